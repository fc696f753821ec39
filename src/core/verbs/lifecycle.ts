import type { Pending, SnapshotState, VolumeActivity } from '../model/resources.ts'
import type { Leg } from '../model/rules.ts'
import type { StoredInstance } from '../store/instances.ts'
import type { BriefSnapshot } from '../store/snapshot-groups.ts'
import type { StoredSnapshot } from '../store/snapshots.ts'
import type { StoredVolume, VolumePatch } from '../store/volumes.ts'
import type { Hand } from './scope.ts'

/** The leg that an activity takes; the others end by other means, or never. */
const LEG_OF = {
  creating: 'diskCreate',
  attaching: 'attach',
  detaching: 'detach',
  resizing: 'resize',
  charging: 'charge',
  'rolling-back': 'rollback',
  snapshotting: 'snapshotCreate',
  recycling: 'recycle',
  releasing: 'release'
} as const satisfies Partial<Record<VolumeActivity, Leg>>
export type TimedActivity = keyof typeof LEG_OF

/** Starts a timed activity at this instant; with a delay of 0 it is over when this returns. */
export function beginActivity(
  hand: Hand,
  volume: StoredVolume,
  activity: TimedActivity,
  patch: VolumePatch & { pending?: Pending | null } = {}
): StoredVolume {
  const at = hand.now()
  const delayMs = hand.delayMs(LEG_OF[activity])
  const started = { ...patch, activity, activityEndsAt: delayMs === 0 ? null : at + delayMs }
  hand.touch(at)
  if (delayMs === 0) return finishVolume(hand, { ...volume, ...started }, patch)
  return hand.store.volumes.update(volume, started)
}

/**
 * What a volume is when its activity ends, at the hand's instant. `unwritten` are changes that came with an activity
 * of no length: they are written together with its end.
 */
export function finishVolume(hand: Hand, volume: StoredVolume, unwritten: VolumePatch = {}): StoredVolume {
  const { volumes } = hand.store
  const rest = (patch: VolumePatch = {}) =>
    volumes.update(volume, { ...unwritten, activity: 'idle', activityEndsAt: null, pending: null, ...patch })
  const { pending } = volume
  hand.touch(hand.now())
  switch (volume.activity) {
    case 'creating':
      if (volumes.fails(volume.n)) return rest({ activity: 'failed', instanceN: null })
      if (pending?.instanceN === undefined) return rest()
      return beginActivity(hand, rest(), 'attaching', { instanceN: pending.instanceN })
    case 'detaching':
      if (pending?.instanceN === undefined) return rest({ instanceN: null })
      return beginActivity(hand, rest({ instanceN: null }), 'attaching', { instanceN: pending.instanceN })
    case 'resizing':
    case 'charging':
      return rest({
        ...(pending?.sizeGiB !== undefined && { sizeGiB: pending.sizeGiB }),
        ...(pending?.detail && { detail: { ...volume.detail, ...pending.detail } })
      })
    case 'rolling-back':
      return rest(pending?.contentHash === undefined ? {} : { contentHash: pending.contentHash })
    case 'attaching':
    case 'snapshotting':
      return rest()
    case 'recycling': {
      const { binMs } = hand.rules
      return rest({ activity: 'recycled', activityEndsAt: binMs === null ? null : hand.now() + binMs })
    }
    case 'recycled':
      return beginActivity(hand, volume, 'releasing', unwritten)
    case 'releasing':
      return endVolume(hand, volume)
    case 'idle':
    case 'failed':
    case 'expired':
    case 'error':
    case 'unavailable':
      return volume
    default:
      return volume.activity satisfies never
  }
}

/** Gone. Its row stays while snapshots name it. */
function endVolume(hand: Hand, volume: StoredVolume): StoredVolume {
  const { volumes, snapshots } = hand.store
  const keeps = hand.rules.keepsSnapshots(hand)
  if (!keeps) for (const policyN of snapshots.dropOfVolume(volume.n)) forgetPolicy(hand, policyN)
  const gone = volumes.update(volume, {
    activity: 'idle',
    activityEndsAt: null,
    pending: null,
    instanceN: null,
    goneAt: hand.now()
  })
  forgetVolume(hand, volume.n)
  return gone
}

/** What a snapshot is when its state ends, at the hand's instant; undefined: gone. */
export function finishSnapshot(hand: Hand, snapshot: StoredSnapshot): StoredSnapshot | undefined {
  const { snapshots } = hand.store
  hand.touch(hand.now())
  switch (snapshot.state) {
    case 'creating':
      return snapshots.update(snapshot, {
        state: snapshots.fails(snapshot.n) ? 'failed' : 'available',
        stateEndsAt: null
      })
    case 'rolling-back':
      return snapshots.update(snapshot, { state: 'available', stateEndsAt: null })
    case 'deleting':
      dropSnapshot(hand, snapshot)
      return undefined
    case 'available':
    case 'failed':
    case 'unavailable':
      return snapshot
    default:
      return snapshot.state satisfies never
  }
}

/** By way of `deleting`, for the leg's time. */
export function beginDeleting(hand: Hand, snapshot: StoredSnapshot): void {
  const delayMs = hand.delayMs('snapshotDelete')
  hand.touch(hand.now())
  if (delayMs === 0) dropSnapshot(hand, snapshot)
  else hand.store.snapshots.update(snapshot, { state: 'deleting', stateEndsAt: hand.now() + delayMs })
}

/** Gone at once; the last one takes along a volume and a policy that were gone before. */
export function dropSnapshot(hand: Hand, snapshot: StoredSnapshot): void {
  hand.touch(hand.now())
  hand.store.snapshots.drop(snapshot)
  if (snapshot.volumeN !== 0) forgetVolume(hand, snapshot.volumeN)
  if (snapshot.policyN !== null) forgetPolicy(hand, snapshot.policyN)
}

/** The same for many. */
export function finishSnapshots(hand: Hand, snapshots: readonly BriefSnapshot[]): void {
  const { snapshotGroups } = hand.store
  const inState = (state: SnapshotState) => snapshots.filter((snapshot) => snapshot.state === state)
  hand.touch(hand.now())
  const made = inState('creating')
  const failing = snapshotGroups.failing(made)
  const good = made.filter((snapshot) => !failing.has(snapshot.n))
  snapshotGroups.change([...good, ...inState('rolling-back')], 'available', null)
  if (failing.size > 0)
    snapshotGroups.change(
      made.filter((snapshot) => failing.has(snapshot.n)),
      'failed',
      null
    )
  dropSnapshots(hand, inState('deleting'))
}
export function beginDeletingAll(hand: Hand, snapshots: readonly BriefSnapshot[]): void {
  const delayMs = hand.delayMs('snapshotDelete')
  hand.touch(hand.now())
  if (delayMs === 0) dropSnapshots(hand, snapshots)
  else hand.store.snapshotGroups.change(snapshots, 'deleting', hand.now() + delayMs)
}
export function dropSnapshots(hand: Hand, snapshots: readonly BriefSnapshot[]): void {
  if (snapshots.length === 0) return
  hand.touch(hand.now())
  hand.store.snapshotGroups.drop(snapshots)
  const volumes = new Set(snapshots.map((snapshot) => snapshot.volumeN))
  for (const n of volumes) if (n !== 0) forgetVolume(hand, n)
  const policies = new Set(snapshots.map((snapshot) => snapshot.policyN))
  for (const n of policies) if (n !== null) forgetPolicy(hand, n)
}

function forgetVolume(hand: Hand, n: number): void {
  if (hand.store.volumes.isPresent(n)) return
  const volume = hand.store.volumes.byN(n)
  if (volume && volume.goneAt !== null && volume.manualCount + volume.autoCount === 0) hand.store.volumes.drop(n)
}

export function forgetPolicy(hand: Hand, n: number): void {
  const policy = hand.store.policies.byN(n)
  if (policy && policy.goneAt !== null && !hand.store.snapshots.policyHasAny(n)) hand.store.policies.drop(n)
}

/** `starting` becomes `running`, `stopping` `stopped`. */
export function finishInstance(hand: Hand, instance: StoredInstance): StoredInstance {
  hand.touch(hand.now())
  const state = instance.state === 'stopping' ? 'stopped' : 'running'
  return hand.store.instances.update(instance, { state, stateEndsAt: null })
}
