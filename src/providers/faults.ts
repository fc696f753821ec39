import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { FaultOutcome, FaultRule } from '../core/model/fault-form.ts'
import { isMeant } from '../core/model/faults.ts'
import { nearest } from '../documents/nearest.ts'
import type { PathWrong } from '../documents/reading.ts'
import type { Path } from '../documents/walk.ts'
import { nameOf, unknownName } from '../documents/words.ts'
import type { Operation, Provider } from './provider.ts'

/** What of a cloud rules are held against. */
export type Faultable = Pick<Provider, 'name' | 'operations' | 'catalogue' | 'throttling'>

/** Why a rule can't act, and what could stand there. */
export interface FaultWrong extends PathWrong {
  readonly example?: unknown
  readonly nearest?: string | undefined
  /** All that are known there. */
  readonly known?: readonly string[] | undefined
}

/** What keeps a rule of the right form from acting; empty: nothing. */
export function wrongsOfFault(rule: FaultRule, providers: readonly Faultable[]): readonly FaultWrong[] {
  const { provider = '*', operation = '*' } = rule
  const names = providers.map(({ name }) => name)
  const clouds = providers.filter(({ name }) => provider === '*' || name === provider)
  if (clouds.length === 0) return [unknown(['provider'], provider, [...names, '*'])]
  const meant = clouds.map((cloud) => ({
    cloud,
    rows: cloud.operations.filter(({ name }) => isMeant(operation, name))
  }))
  const rows = meant.flatMap((each) => each.rows)
  if (rows.length === 0) {
    const known = [...new Set(clouds.flatMap(({ operations }) => operations.map(({ name }) => name)))]
    return [unknown(['operation'], operation, known)]
  }
  return [
    ...wrongsOfMixture(rule.then),
    ...wrongsOfWhen(rule, rows),
    ...meant.flatMap(({ cloud, rows: own }) => wrongsOfCode(rule.then, cloud, own)).slice(0, 1),
    ...wrongsOfMaking(rule, rows, clouds)
  ]
}

/** The first of them in a sentence. */
export function faultWrong(rule: FaultRule, providers: readonly Faultable[]): string | undefined {
  const [wrong] = wrongsOfFault(rule, providers)
  return wrong && `${nameOf(wrong.path)} ${wrong.reason}`
}

/** Of these a rule does one. */
const DEEDS = ['error', 'status', 'connection', 'outcome'] as const

function wrongsOfMixture(then: FaultOutcome): readonly FaultWrong[] {
  const deeds = DEEDS.filter((deed) => then[deed] !== undefined)
  const [first, second] = deeds
  const wrongs: FaultWrong[] = []
  const add = (member: string, reason: string, example: unknown) => {
    wrongs.push({ path: ['then', member], reason, expected: `such as ${JSON.stringify(example)}`, example })
  }
  if (first !== undefined && second !== undefined) {
    add(second, `does not go together with ${first}: a rule does one of ${DEEDS.join(', ')}`, { [first]: then[first] })
  }
  if (first === undefined && then.delayMs === undefined && then.rate === undefined) {
    const reason = `says nothing to do: it needs one of ${DEEDS.join(', ')}, delayMs, rate`
    const example = { error: 'InternalError' }
    wrongs.push({ path: ['then'], reason, expected: `such as ${JSON.stringify(example)}`, example })
  }
  if (then.body !== undefined) {
    if (then.status === undefined) add('body', 'needs status beside it', { status: 502, body: 'Bad Gateway' })
    else if (BODILESS.includes(then.status))
      add('body', `is not sent with status ${then.status}`, { status: then.status })
  }
  if (then.outcome !== undefined && then.rate !== undefined) {
    add('rate', 'does not go together with outcome', { rate: then.rate })
  }
  if (then.after === true && then.outcome !== undefined) {
    add('after', 'does not go together with outcome: the answer of such a call is its own', { outcome: then.outcome })
  }
  return wrongs
}

const BODILESS = [204, 205, 304]

/**
 * A member that no operation reads is never there to be met. Of each part the first is told: there may be thousands, and
 * what was meant takes long to find.
 */
function wrongsOfWhen({ when = {} }: FaultRule, rows: readonly Operation[]): readonly FaultWrong[] {
  return (['params', 'query', 'body'] as const).flatMap((part): FaultWrong[] => {
    const names = Object.keys(when[part] ?? {})
    if (names.length === 0) return []
    const schemas = rows.map(({ request }) => request[part])
    if (schemas.some(isOpen)) return []
    const known = new Set(schemas.flatMap(membersOf))
    const strange = names.find((name) => !known.has(name))
    return strange === undefined ? [] : [unknown(['when', part, strange], strange, [...known], '')]
  })
}

function isOpen(schema: TSchema): boolean {
  const parts = partsOf(schema)
  return parts ? parts.some(isOpen) : !KindGuard.IsObject(schema)
}

function membersOf(schema: TSchema): readonly string[] {
  return partsOf(schema)?.flatMap(membersOf) ?? (KindGuard.IsObject(schema) ? Object.keys(schema.properties) : [])
}

function partsOf(schema: TSchema): readonly TSchema[] | undefined {
  if (KindGuard.IsUnion(schema)) return schema.anyOf
  return KindGuard.IsIntersect(schema) ? schema.allOf : undefined
}

/** Every operation that is meant must have the code: one of its own or a common one of its cloud. */
function wrongsOfCode(then: FaultOutcome, cloud: Faultable, rows: readonly Operation[]): readonly FaultWrong[] {
  const code = codeOf(then, cloud)
  if (code === undefined) {
    if (then.rate === undefined || DEEDS.some((deed) => then[deed] !== undefined)) return []
    const example = { rate: then.rate, error: anyFailure(cloud) }
    return [
      {
        path: ['then', 'rate'],
        reason: `needs error beside it: ${cloud.name} documents no answer to who calls too often`,
        expected: `such as ${JSON.stringify(example)}`,
        example
      }
    ]
  }
  const missing = rows.filter((row) => !codesOf(cloud, row).includes(code))
  const [row] = missing
  if (!row) return []
  const shared = Object.keys(cloud.catalogue).filter((each) =>
    rows.every((other) => codesOf(cloud, other).includes(each))
  )
  const { expected, ...wrong } = unknown(['then', 'error'], code, shared)
  const whose = Object.hasOwn(cloud.catalogue, code) ? `${row.name} in ${cloud.name}` : cloud.name
  return [{ ...wrong, expected, reason: `${JSON.stringify(code)} is no code of ${whose}` }]
}

/** A code that says the cloud is at fault. */
function anyFailure({ catalogue }: Faultable): string | undefined {
  return Object.keys(catalogue).find((code) => (catalogue[code]?.status ?? 0) >= 500)
}

/** The code that a rule answers with in a cloud; undefined: it answers with none. */
export function codeOf(then: FaultOutcome, { throttling }: Pick<Provider, 'throttling'>): string | undefined {
  if (then.error !== undefined) return then.error
  return then.rate !== undefined && DEEDS.every((deed) => then[deed] === undefined) ? throttling : undefined
}

/** The name of what a rule does. */
export function deedOf(then: FaultOutcome, cloud: Pick<Provider, 'throttling'>): string {
  if (codeOf(then, cloud) !== undefined) return 'error'
  return DEEDS.find((deed) => then[deed] !== undefined) ?? 'delayMs'
}

/** What an operation may answer: its own codes, then the common ones. */
export function codesOf({ catalogue }: Pick<Provider, 'catalogue'>, { errors }: Operation): readonly string[] {
  const common = Object.entries(catalogue).flatMap(([code, refusal]) => (refusal.common ? [code] : []))
  return [...new Set([...errors, ...common])]
}

/** Only what makes something can end in a state that failed. */
function wrongsOfMaking(
  { then, operation = '*' }: FaultRule,
  rows: readonly Operation[],
  clouds: readonly Faultable[]
): readonly FaultWrong[] {
  if (then.outcome === undefined || rows.every(({ makes }) => makes !== undefined)) return []
  const making = clouds.flatMap(({ operations }) => operations.flatMap(({ name, makes }) => (makes ? [name] : [])))
  const known = [...new Set(making)]
  return [
    {
      path: ['operation'],
      reason: `${JSON.stringify(operation)} makes nothing that could fail afterwards, as then.outcome wants it`,
      expected: `expected one of ${known.join(', ')}`,
      example: known[0],
      known
    }
  ]
}

/** A name that nobody knows; `said` is how a sentence calls it, where its path does not. */
function unknown(path: Path, name: string, known: readonly string[], said = `${JSON.stringify(name)} `): FaultWrong {
  const { reason, expected } = unknownName(name, known)
  const near = nearest(name, known)
  return { path, reason: said + reason, expected, example: near ?? known[0], nearest: near, known }
}
