import { clouds } from '../../src/clouds.ts'
import { codesOf } from '../../src/providers/faults.ts'
import type { Random } from '../random.ts'

const DELAY_MS_MAX = 20

/**
 * A rule that can act, and that leaves every answer one that its cloud documents: no answer of one's own, no connection
 * that breaks, no failure of the server's side. It is over after a few calls.
 */
export function faultOf(random: Random): object {
  const cloud = random.pick(clouds)
  const row = random.pick(cloud.operations)
  const codes = codesOf(cloud, row).filter((code) => statusOf(cloud, row, code) < 500)
  const error = random.pick(codes)
  const deeds: object[] = [
    { error },
    { error, after: true },
    { error, delayMs: random.below(3) },
    { error, rate: { requests: random.below(4), perSeconds: 1 + random.below(100_000) } },
    { delayMs: random.below(3), after: random.chance(0.5) }
  ]
  if (row.makes) deeds.push({ outcome: 'fails' }, { outcome: 'fails' })
  return {
    provider: cloud.name,
    operation: row.name,
    times: 1 + random.below(4),
    ...(random.chance(0.3) && { skip: random.below(3) }),
    ...(random.chance(0.5) && { probability: random.pick([0, 0.3, 0.5, 0.9, 1]) }),
    ...(random.chance(0.1) && { enabled: false }),
    ...{ then: random.pick(deeds) }
  }
}

type Cloud = (typeof clouds)[number]

function statusOf({ catalogue }: Cloud, { wording }: Cloud['operations'][number], code: string): number {
  return wording[code]?.status ?? catalogue[code]?.status ?? 0
}

/** The same of a rule that was changed at random: what it still does must not keep its lane waiting. */
export function tamed(rule: unknown): unknown {
  const then: unknown = isObject(rule) ? Reflect.get(rule, 'then') : undefined
  if (!isObject(rule) || !isObject(then)) return rule
  const { delayMs, connection: _connection, status: _status, ...others } = { delayMs: undefined, ...Object(then) }
  const isLong = typeof delayMs === 'number' && delayMs > DELAY_MS_MAX && delayMs <= 600_000
  return { ...rule, ...{ then: { ...others, ...(delayMs !== undefined && { delayMs: isLong ? 1 : delayMs }) } } }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
