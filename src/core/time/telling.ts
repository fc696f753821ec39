import type { Policy, Volume } from '../model/resources.ts'
import type { Completion } from '../store/due.ts'
import type { Skipped } from '../store/occurrences.ts'
import type { BriefSnapshot } from '../store/snapshot-groups.ts'
import type { Scope } from '../verbs/scope.ts'

interface Completed {
  readonly what: Completion['what']
  readonly subject: string
  readonly was: string
  readonly state: string
}

export function tellCompleted({ store: { outbox }, provider, now }: Scope, completed: Completed): void {
  if (outbox.wants('completed')) outbox.put({ type: 'completed', at: now(), provider, ...completed })
}

/** Of snapshots whose state ends; asked before it does, for some of them are gone then. */
export function tellEnded(scope: Scope, snapshots: readonly BriefSnapshot[]): void {
  const { snapshotGroups, outbox } = scope.store
  if (!outbox.wants('completed')) return
  const ids = snapshotGroups.idsOf(snapshots)
  for (const { n, state: was, fails } of snapshots) {
    const state = was === 'deleting' ? 'gone' : was === 'creating' && fails ? 'failed' : 'available'
    tellCompleted(scope, { what: 'snapshot', subject: ids.get(n) ?? '', was, state })
  }
}

/** Of snapshots whose time is over; asked before they go. */
export function tellExpired({ store, provider, now }: Scope, snapshots: readonly BriefSnapshot[]): void {
  const { snapshotGroups, volumes, outbox } = store
  if (!outbox.wants('expired')) return
  const ids = snapshotGroups.idsOf(snapshots)
  for (const { n, volumeN } of snapshots) {
    const volume = volumes.byN(volumeN)?.id
    const about = { provider, what: 'snapshot', subject: ids.get(n) ?? '' } as const
    outbox.put({ type: 'expired', at: now(), ...about, ...(volume !== undefined && { volume }) })
  }
}

export function tellSkipped(
  { store: { outbox }, provider, now }: Scope,
  policy: Policy,
  volume: Volume,
  reason: string
): void {
  if (!outbox.wants('skipped')) return
  const about = { provider, what: 'volume', subject: volume.id } as const
  outbox.put({ type: 'skipped', at: now(), ...about, policy: policy.id, reason })
}

export function tellFired({ store: { outbox }, provider, now }: Scope, policy: Policy, made: number, passed: Skipped) {
  if (!outbox.wants('fired')) return
  const skipped = Object.fromEntries(Object.entries(passed).map(([reason, { count }]) => [reason, count]))
  outbox.put({ type: 'fired', at: now(), provider, what: 'policy', subject: policy.id, made, skipped })
}
