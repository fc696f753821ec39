import { isDeepStrictEqual } from 'node:util'
import type { Core } from '../../src/core/model/core.ts'
import { ClockRefused, type World } from '../../src/core/model/world.ts'
import { NaiveBaidu } from './baidu.ts'
import { HOUR, type NaiveCloud, NaiveWorld, type Plan } from './naive.ts'
import { callReal, shownByBaidu, shownByZenlayer } from './real.ts'
import type { Step } from './steps.ts'
import { NaiveZenlayer } from './zenlayer.ts'

export const STARTED_AT = Date.UTC(2026, 1, 26, 8)
const STARTER_AT = Date.UTC(2025, 0, 1)

export class Differs extends Error {}
function same(what: string, real: unknown, naive: unknown): void {
  if (isDeepStrictEqual(real, naive)) return
  throw new Differs(`${what}\nreal:  ${JSON.stringify(real)}\nnaive: ${JSON.stringify(naive)}`)
}

/** What a history came to: calls with the ids they named, instants instead of lengths. */
export type Deed =
  | { readonly kind: 'call'; readonly cloud: string; readonly plan: Omit<Plan, 'refusal' | 'apply'> }
  | { readonly kind: 'advance'; readonly to: number }
  | { readonly kind: 'set'; readonly to: number }
  | { readonly kind: 'setting'; readonly patch: Readonly<Record<string, string | number | boolean>> }

/** One history at a time: each forgets its world when it is over. */
const WORLD = 'history'

/** The real world and the naive one, to which the same is done. */
export interface Pair {
  /** Does it to both, and compares them. Throws `Differs`. */
  step(one: Step): Promise<void>
  /** Compares all that they say. */
  compare(): void
  close(): Promise<void>
}
/** How a plan is called in the real world. */
export type CallReal = (
  world: World,
  cloud: 'zenlayer' | 'baidu',
  plan: Plan
) => ReturnType<typeof callReal> | Promise<ReturnType<typeof callReal>>

/** A pair as new; notes in `deeds` what is done. */
export function openPair(core: Core, deeds: Deed[] = [], call: CallReal = callReal): Pair {
  const world = core.world(WORLD)
  const naive = new NaiveWorld(STARTED_AT, STARTER_AT)
  const clouds = { zenlayer: new NaiveZenlayer(naive), baidu: new NaiveBaidu(naive) }
  return {
    async step(one) {
      const before = naive.now
      const changed = await doStep(world, naive, clouds, one, deeds, call)
      // What a refused call left behind shows after the next one that is not refused, or at the end.
      if (!changed) return
      compare(world, naive, one.kind === 'call' ? [one.cloud] : ['zenlayer', 'baidu'], clouds)
      if (one.kind !== 'call') compareOccurrences(world, clouds, before)
    },
    compare() {
      compare(world, naive, ['zenlayer', 'baidu'], clouds)
      compareOccurrences(world, clouds)
    },
    async close() {
      await core.forget(WORLD)
    }
  }
}

/** Does every step to the real world and to the naive one, and compares them after each; notes what it did. */
export async function runHistory(core: Core, steps: readonly Step[], deeds: Deed[] = []): Promise<void> {
  const pair = openPair(core, deeds)
  try {
    for (const [index, one] of steps.entries()) {
      try {
        await pair.step(one)
      } catch (error) {
        const where = `at step ${index}: ${JSON.stringify(one)}`
        throw new Differs(`${where}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      }
    }
    pair.compare()
  } finally {
    await pair.close()
  }
}

async function doStep(
  world: World,
  naive: NaiveWorld,
  clouds: { zenlayer: NaiveZenlayer; baidu: NaiveBaidu },
  one: Step,
  deeds: Deed[],
  call: CallReal
): Promise<boolean> {
  if (one.kind === 'setting') {
    deeds.push({ kind: 'setting', patch: { [one.name]: one.value } })
    world.changeSettings({ [one.name]: one.value })
    naive.settings[one.name] = one.value
    return false
  }
  if (one.kind === 'call') {
    const { plans } = clouds[one.cloud]
    const plan = plans[one.plan % plans.length]?.(...one.picks)
    if (!plan) throw new Error('no plan')
    deeds.push({ kind: 'call', cloud: one.cloud, plan })
    await world.ready()
    const { refusal, reply } = await call(world, one.cloud, plan)
    same(`${plan.operation} ${JSON.stringify(plan.body)}`, refusal, plan.refusal)
    if (plan.refusal === undefined) {
      plan.apply(reply)
      naive.changedAt = Math.max(naive.changedAt, naive.now)
    }
    return plan.refusal === undefined
  }
  if (one.kind === 'set') {
    // What an accepted call without any effect counts as is nobody's business: the real world says what it last did.
    const to = naive.now + one.ms
    const before = world.now()
    deeds.push({ kind: 'set', to })
    const refusal = await world.setClock({ now: to }).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof ClockRefused)) throw error
        return error
      }
    )
    if (refusal) {
      same('why the clock was not set', refusal.reason, 'before-change')
      same('the clock after a refusal', world.now(), before)
      if (Number(refusal.detail.changedAt) > naive.changedAt) throw new Error('the last change is too late')
    } else if (to >= naive.now) naive.advance(to)
    else naive.now = to
    return !refusal
  }
  const expected = naive.nextEvent()
  const to =
    one.kind === 'advance'
      ? naive.now + one.ms
      : one.kind === 'to-hour'
        ? (Math.floor(naive.now / HOUR) + one.hours) * HOUR
        : (expected ?? naive.now)
  deeds.push({ kind: 'advance', to })
  const [first] = world.agenda(1).entries
  same('the first of the agenda', first?.at, expected)
  const previews = policiesOf(clouds).map(({ name, cloud, policy }) => {
    const preview = naive.preview(policy, cloud, 5)
    const real = world.occurrences(name, policy.id, { limit: 5 })
    if (!policy.gone) {
      same(
        `the preview of ${policy.id}`,
        real?.next.map((occurrence) => occurrence.at),
        preview
      )
    }
    return { policy, foreseen: preview.filter((at) => at <= to), seen: policy.occurrences.length }
  })
  const {
    from: _from,
    to: reached,
    next: _next,
    ...counts
  } = await world.advance(one.kind === 'next' ? { toNext: true } : { to })
  same('how far it went', reached, to)
  same('the counts', counts, naive.advance(to))
  for (const { policy, foreseen, seen } of previews) {
    same(
      `what was foreseen of ${policy.id}`,
      policy.occurrences.slice(seen, seen + foreseen.length).map((occurrence) => occurrence.at),
      foreseen
    )
  }
  return true
}

function policiesOf(clouds: { zenlayer: NaiveZenlayer; baidu: NaiveBaidu }) {
  return Object.entries(clouds).flatMap(([name, cloud]: [string, NaiveCloud]) =>
    cloud.policies().map((policy) => ({ name, cloud, policy }))
  )
}

function compare(
  world: World,
  naive: NaiveWorld,
  names: readonly ('zenlayer' | 'baidu')[],
  clouds: { zenlayer: NaiveZenlayer; baidu: NaiveBaidu }
): void {
  same('the clock', world.now(), naive.now)
  for (const name of names) {
    const cloud = clouds[name]
    const real = name === 'zenlayer' ? shownByZenlayer(world) : shownByBaidu(world)
    // Members without a value are left out on the wire.
    same('what is shown', JSON.stringify(real.shown), JSON.stringify(cloud.shown()))
    for (const [index, snapshot] of cloud.snapshots.entries()) {
      snapshot.id ??= real.ids[index] ?? null
      same('the id of a snapshot', real.ids[index], snapshot.id)
    }
  }
}

/** All occurrences, or those after an instant. */
function compareOccurrences(
  world: World,
  clouds: { zenlayer: NaiveZenlayer; baidu: NaiveBaidu },
  after?: number
): void {
  for (const { name, policy } of policiesOf(clouds)) {
    const naive = policy.occurrences.filter((occurrence) => after === undefined || occurrence.at > after)
    const real = world.occurrences(name, policy.id, { limit: 1000, ...(after !== undefined && { after }) })
    if (!real) {
      // A deleted policy is dropped with the last snapshot that names it.
      same(`whether ${policy.id} is forgotten`, policy.gone, true)
      const left = policy.occurrences.flatMap((occurrence) => occurrence.made).filter((it) => !isGone(it))
      same(`the snapshots of ${policy.id}, which is forgotten`, left.length, 0)
      continue
    }
    same(
      `the occurrences of ${policy.id}`,
      real.past.map(({ at, made, snapshots, skipped }) => ({
        at,
        made,
        snapshots,
        skipped: Object.fromEntries(skipped.map(({ reason, volumes }) => [reason, volumes]))
      })),
      naive.map(({ at, made, skipped }) => ({
        at,
        made: made.length,
        snapshots: made.flatMap((it) => (isGone(it) ? [] : [idOf(it)])),
        skipped
      }))
    )
  }
}

function isGone(snapshot: unknown): boolean {
  return typeof snapshot === 'object' && snapshot !== null && 'gone' in snapshot && snapshot.gone === true
}
function idOf(snapshot: unknown): unknown {
  return typeof snapshot === 'object' && snapshot !== null && 'id' in snapshot ? snapshot.id : undefined
}
