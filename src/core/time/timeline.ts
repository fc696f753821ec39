import { nextFiring } from '../model/schedule.ts'
import type { Lane, Timeline, TimelinePolicy, TimelineWindow } from '../model/timeline.ts'
import type { LaneRow } from '../store/lanes.ts'
import type { Occurrence } from '../store/occurrences.ts'
import type { StoredPolicy } from '../store/policies.ts'
import type { Store } from '../store/store.ts'
import { skippedOf } from './agenda.ts'

/**
 * What there is, was and will be of some volumes within a part of time. It may be interrupted wherever it yields: each lane
 * is true of one instant, and a world that is moving meanwhile has moved on by the next.
 */
export function* timelineOf(
  storeNow: () => Store,
  now: number,
  window: TimelineWindow
): Generator<undefined, Timeline> {
  const { total, rows } = storeNow().lanes.page(window)
  const lanes: Lane[] = []
  for (const row of rows) {
    lanes.push(laneOf(storeNow(), row, window))
    yield
  }
  const policies: TimelinePolicy[] = []
  for (const n of new Set(rows.flatMap(({ policyN }) => policyN ?? []))) {
    const store = storeNow()
    const policy = store.policies.byN(n)
    if (policy) policies.push(policyOf(store, policy, now, window))
    yield
  }
  return { total, lanes, policies }
}

function laneOf(store: Store, row: LaneRow, window: TimelineWindow): Lane {
  const { n, policyN, ...shown } = row
  const { marks } = window
  const policy = policyN === null ? null : (store.policies.byN(policyN)?.id ?? null)
  const snapshots = store.lanes.snapshots(n, window, marks + 1)
  const told = snapshots.length <= marks ? { snapshots } : { parts: store.lanes.parts(n, window, marks) }
  return { ...shown, policy, ...told }
}

function policyOf(
  store: Store,
  policy: StoredPolicy,
  now: number,
  { from, to, marks }: TimelineWindow
): TimelinePolicy {
  const next: number[] = []
  const begin = Math.max(from, now)
  let at = policy.firesAt
  if (at !== null && at < begin) at = nextFiring(policy, begin - 1)
  while (at !== null && at <= to && next.length <= marks) {
    next.push(at)
    at = nextFiring(policy, at)
  }
  const { provider, id, name } = policy
  const past = store.occurrences.within(policy.n, from, to, marks).map(shown)
  return { provider, id, name, past, next: next.slice(0, marks), more: next.length > marks }
}

function shown({ at, made, skipped }: Occurrence): TimelinePolicy['past'][number] {
  return { at, made, skipped: skippedOf(skipped) }
}
