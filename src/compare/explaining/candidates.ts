import { Kind, type TSchema } from '@sinclair/typebox'
import type { Setting } from '../../core/model/rules.ts'
import { Delay, Limit } from '../../core/model/setting-forms.ts'
import type { Finding } from '../differences/difference.ts'
import type { Exchange } from '../exchange.ts'
import { isSuccess } from '../exchange.ts'
import type { Recorded } from '../replay/replay.ts'
import { durationsIn } from './durations.ts'

/** A setting, and the values that might be the other side's. */
export interface Candidate {
  readonly setting: string
  readonly preset: Setting['default']
  readonly values: readonly (boolean | number | string)[]
}

/** The settings that could explain what differs, by what differs and what was seen. */
export function candidatesFor({ cloud, exchanges }: Recorded, findings: readonly Finding[]): readonly Candidate[] {
  // Headers depend on no setting.
  if (findings.every(({ kind }) => kind === 'header')) return []
  const durations = findings.some(({ kind }) => kind === 'states') ? durationsIn(exchanges, cloud.members) : []
  const found = Object.entries(cloud.provider.rules.settings).flatMap(([setting, { form, default: preset }]) => {
    const values = valuesOf(form, preset, { durations, findings, exchanges })
    return values.length === 0 ? [] : [{ setting, preset, values }]
  })
  // The fewer values there are, the more each says.
  return found.toSorted((one, other) => one.values.length - other.values.length)
}

interface Seen {
  readonly durations: readonly number[]
  readonly findings: readonly Finding[]
  readonly exchanges: readonly Exchange[]
}

function valuesOf(form: TSchema, preset: Setting['default'], seen: Seen): Candidate['values'] {
  if (form === Delay) return seen.durations
  if (form === Limit) return isAboutLimits(seen.findings) ? limitsIn(seen.exchanges) : []
  if (typeof preset === 'boolean') return [!preset]
  if (form[Kind] === 'Union') {
    const words: readonly TSchema[] = form.anyOf ?? []
    return words.flatMap(({ const: word }) => (typeof word === 'string' && word !== preset ? [word] : []))
  }
  return typeof preset === 'string' && OFFSET.test(preset) && isAboutPolicies(seen) ? offsetsBeside(preset) : []
}

function isAboutLimits(findings: readonly Finding[]): boolean {
  return findings.some(({ kind, theirs, ours }) => kind === 'code' && /QUOTA|LIMIT/i.test(`${theirs} ${ours}`))
}

const LIMITS_MAX = 16
const SMALL_LIMIT_MAX = 8

/** How often an operation had gone through when it was refused. */
function limitsIn(exchanges: readonly Exchange[]): readonly number[] {
  const done = new Map<string | undefined, number>()
  const limits = new Set<number>()
  for (const exchange of exchanges) {
    const before = done.get(exchange.operation) ?? 0
    if (isSuccess(exchange)) done.set(exchange.operation, before + 1)
    else if (before > 0) limits.add(before)
  }
  for (let limit = 1; limit <= SMALL_LIMIT_MAX; limit++) limits.add(limit)
  return [...limits].slice(0, LIMITS_MAX)
}

const OFFSET = /^([+-])(\d\d):(\d\d)$/

function isAboutPolicies({ findings, exchanges }: Seen): boolean {
  const isFired = exchanges.some(({ operation }) => operation === 'AttachAsp' || operation === 'ListAsps')
  return isFired && findings.some(({ kind }) => kind === 'count' || kind === 'time' || kind === 'value')
}

function offsetsBeside(preset: string): readonly string[] {
  const hours = Array.from({ length: 27 }, (_, index) => index - 12)
  const texts = hours.map((hour) => `${hour < 0 ? '-' : '+'}${String(Math.abs(hour)).padStart(2, '0')}:00`)
  return texts.filter((text) => text !== preset)
}
