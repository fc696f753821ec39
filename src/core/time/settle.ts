import { assert } from '../model/assert.ts'
import { wallNow } from '../model/clock.ts'
import type { Instance } from '../model/resources.ts'
import { nextFiring } from '../model/schedule.ts'
import type { DueEvent } from '../store/due.ts'
import type { Skipped } from '../store/occurrences.ts'
import type { StoredPolicy } from '../store/policies.ts'
import type { BriefSnapshot } from '../store/snapshot-groups.ts'
import type { Store } from '../store/store.ts'
import type { StoredVolume } from '../store/volumes.ts'
import {
  beginDeletingAll,
  dropSnapshot,
  dropSnapshots,
  finishInstance,
  finishSnapshots,
  finishVolume
} from '../verbs/lifecycle.ts'
import type { Scope } from '../verbs/scope.ts'
import { startSnapshot } from '../verbs/snapshots.ts'
import { tellCreated } from '../verbs/telling.ts'
import type { Tally } from './tally.ts'
import { tellCompleted, tellEnded, tellExpired, tellFired, tellSkipped } from './telling.ts'

/** A batch is one transaction of at most this long, so that other worlds wait no longer. */
const BATCH_MS = 10
const BATCH_EVENTS = 1000
/** How often a batch looks at the watch, in events. */
const WATCH_EVERY = 8
/** One group of rows that fall due at one instant. */
const GROUP = 64
/** Occurrences that a policy keeps; they are trimmed now and then, not at each firing. */
export const KEPT_OCCURRENCES = 1000
const TRIM_EVERY = 100
/** Of the volumes that a firing passed over, so many are named for each reason. */
const NAMED_VOLUMES = 20

export interface Settling {
  readonly store: Store
  /** A provider's scope at an instant: what happens there is stamped with it. */
  scope(provider: string, at: number): Scope
  /** Automatic snapshots that are made at most for one tally; beyond it firings pass over their volumes. */
  readonly maxSnapshots: number
}

/** What a world whose database is full does without, one after the other: deletions must go on. */
const RELIEFS = ['none', 'no snapshots', 'no notes'] as const
type Relief = (typeof RELIEFS)[number]

/**
 * Applies what falls due up to `to`, in order, each thing at its own instant, until the batch is full: one transaction.
 * `leave` is told the last instant applied, inside of it. Returns whether nothing is left.
 */
export function runBatch(settling: Settling, to: number, tally: Tally, leave?: (at: number) => void): boolean {
  const { store } = settling
  store.volumes.keepMany()
  for (const relief of RELIEFS) {
    const counted = { ...tally, skipped: { ...tally.skipped } }
    try {
      const done = store.transaction(() => {
        const applied = applyBatch(settling, to, counted, relief)
        const at = applied.done ? to : applied.at
        if (at !== undefined) leave?.(at)
        return applied.done
      })
      Object.assign(tally, counted)
      if (done) store.volumes.keepFew()
      store.due.lookUp()
      return done
    } catch (error) {
      if (!isFull(error) || relief === RELIEFS.at(-1)) throw error
    }
  }
  return true
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL'
}

function applyBatch(
  settling: Settling,
  to: number,
  tally: Tally,
  relief: Relief
): { at: number | undefined; done: boolean } {
  const { store } = settling
  const started = wallNow()
  let events = 0
  let watched = 0
  let last: number | undefined
  let before: DueEvent | undefined
  for (;;) {
    const due = store.due.next()
    if (!due || due.at > to) return { at: last, done: true }
    // A row whose end ends nothing would be due for ever.
    const isSame = before?.n === due.n && before.at === due.at && before.kind === due.kind && due.kind !== 'fires'
    assert(!isSame, `what ${due.kind} at ${due.at} as ${due.n} is still due when it has happened`)
    before = due
    last = due.at
    if (due.kind === 'completes') events += completeAll(settling, due.at, tally)
    else if (due.kind === 'expires') events += expireAll(settling, due.at, tally)
    else events += fire(settling, due.n, due.at, tally, relief)
    if (store.row.changedAt < due.at) store.row.changedAt = due.at
    if (events >= BATCH_EVENTS) return { at: last, done: false }
    if (events - watched >= WATCH_EVERY) {
      watched = events
      if (wallNow() - started >= BATCH_MS) return { at: last, done: false }
    }
  }
}

function completeAll({ store, scope }: Settling, at: number, tally: Tally): number {
  const group = store.due.completionsAt(at, GROUP)
  let snapshots: number[] = []
  const finishThem = () => {
    if (snapshots.length === 0) return
    const ending = store.snapshotGroups.endingAt(at, snapshots)
    for (const [provider, own] of byProvider(ending)) {
      tellEnded(scope(provider, at), own)
      finishSnapshots(scope(provider, at), own)
    }
    tally.completed += ending.length
    snapshots = []
  }
  for (const { what, n } of group) {
    if (what === 'snapshot') {
      snapshots.push(n)
      continue
    }
    finishThem()
    // Read again: one that completed before it may have taken it along (a released disk its snapshots).
    if (what === 'volume') {
      const volume = store.volumes.byN(n)
      if (volume?.activityEndsAt !== at) continue
      const { goneAt, activity } = finishVolume(scope(volume.provider, at), volume)
      const state = goneAt === null ? activity : 'gone'
      tellCompleted(scope(volume.provider, at), { what, subject: volume.id, was: volume.activity, state })
    } else {
      const instance = store.instances.byN(n)
      if (instance?.stateEndsAt !== at) continue
      const { state } = finishInstance(scope(instance.provider, at), instance)
      tellCompleted(scope(instance.provider, at), { what, subject: instance.id, was: instance.state, state })
    }
    tally.completed++
  }
  finishThem()
  return group.length
}

function expireAll({ store, scope }: Settling, at: number, tally: Tally): number {
  const group = store.snapshotGroups.expiredBy(at, GROUP)
  for (const [provider, snapshots] of byProvider(group)) {
    const own = scope(provider, at)
    tellExpired(own, snapshots)
    if (own.rules.onExpiry() === 'deleting') beginDeletingAll(own, snapshots)
    else dropSnapshots(own, snapshots)
  }
  tally.snapshotsExpired += group.length
  return group.length
}

function byProvider(snapshots: readonly BriefSnapshot[]): Map<string, BriefSnapshot[]> {
  const groups = new Map<string, BriefSnapshot[]>()
  for (const snapshot of snapshots) {
    const group = groups.get(snapshot.provider)
    if (group) group.push(snapshot)
    else groups.set(snapshot.provider, [snapshot])
  }
  return groups
}

/** One policy at one instant, or the next part of it: up to a group of its volumes. */
function fire(settling: Settling, policyN: number, at: number, tally: Tally, relief: Relief): number {
  const { store, scope, maxSnapshots } = settling
  const policy = store.policies.byN(policyN)
  if (!policy) return 1
  const own = scope(policy.provider, at)
  const before = policy.fireCursor > 0 ? store.occurrences.find(policyN, at) : undefined
  const skipped: Skipped = before?.skipped ? JSON.parse(before.skipped) : {}
  let made = before?.made ?? 0
  const volumes = store.volumes.ofPolicy(policyN, policy.fireCursor, GROUP)
  const instances = new Map<number, Instance | undefined>()
  for (const volume of volumes) {
    const reason =
      relief !== 'none'
        ? 'world-full'
        : tally.snapshotsCreated >= maxSnapshots
          ? 'too-many'
          : fireFor(own, policy, volume, instances, at)
    if (reason === undefined) {
      made++
      tally.snapshotsCreated++
      continue
    }
    tellSkipped(own, policy, volume, reason)
    tally.skipped[reason] = (tally.skipped[reason] ?? 0) + 1
    const entry = skipped[reason] ?? { count: 0, volumes: [] }
    skipped[reason] = entry
    entry.count++
    if (entry.volumes.length < NAMED_VOLUMES) entry.volumes.push(volume.id)
  }
  const skippedText = Object.keys(skipped).length > 0 ? JSON.stringify(skipped) : null
  if (relief !== 'no notes') store.occurrences.put({ policyN, at, made, skipped: skippedText })
  const last = volumes.at(-1)
  if (last && volumes.length === GROUP) {
    store.policies.update(policy, { fireCursor: last.n })
    return volumes.length
  }
  tally.firings++
  tellFired(own, policy, made, skipped)
  const firedCount = policy.firedCount + 1
  if (firedCount % TRIM_EVERY === 0) store.occurrences.trim(policyN, KEPT_OCCURRENCES)
  store.policies.update(policy, { firesAt: nextFiring(policy, at), fireCursor: 0, lastFiredAt: at, firedCount })
  return volumes.length + 1
}

/** One automatic snapshot, or the reason why there is none. */
function fireFor(
  scope: Scope,
  policy: StoredPolicy,
  volume: StoredVolume,
  instances: Map<number, Instance | undefined>,
  at: number
): string | undefined {
  const { rules, store } = scope
  let instance: Instance | undefined
  if (volume.instanceN !== null) {
    if (!instances.has(volume.instanceN)) instances.set(volume.instanceN, store.instances.byN(volume.instanceN))
    instance = instances.get(volume.instanceN)
  }
  const reason = rules.skip(volume, instance)
  if (reason !== undefined) return reason
  const limit = rules.atLimit(volume, scope)
  if (limit === 'skip') return 'quota'
  if (limit === 'replace-oldest') {
    const oldest = store.snapshots.oldestAutomatic(volume.n)
    if (!oldest) return 'quota'
    dropSnapshot(scope, oldest)
  }
  const snapshot = rules.automaticSnapshot(policy, volume, at)
  const made = startSnapshot(scope, volume, { ...snapshot, origin: 'policy', policyN: policy.n, firedAt: at })
  tellCreated(scope, 'snapshot', made, { volume: volume.id, policy: policy.id })
  return undefined
}
