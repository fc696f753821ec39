import { merged } from '../model/patch.ts'
import type { SnapshotState, VolumeActivity } from '../model/resources.ts'
import type { Transition } from '../model/rules.ts'
import type { StoredInstance } from '../store/instances.ts'
import type { BriefSnapshot } from '../store/snapshot-groups.ts'
import type { StoredSnapshot } from '../store/snapshots.ts'
import type { StoredVolume, VolumePatch } from '../store/volumes.ts'
import type { Scope } from './scope.ts'

/** The transition that an activity takes; the others end by other means, or never. */
const TRANSITION_OF = {
  creating: 'diskCreate',
  attaching: 'attach',
  detaching: 'detach',
  resizing: 'resize',
  charging: 'charge',
  'rolling-back': 'rollback',
  snapshotting: 'snapshotCreate',
  recycling: 'recycle',
  releasing: 'release'
} as const satisfies Partial<Record<VolumeActivity, Transition>>
export type TimedActivity = keyof typeof TRANSITION_OF

/** Starts a timed activity at this instant; with a delay of 0 it is over when this returns. */
export function beginActivity(
  scope: Scope,
  volume: StoredVolume,
  activity: TimedActivity,
  patch: VolumePatch = {}
): StoredVolume {
  const at = scope.now()
  const delayMs = scope.delayMs(TRANSITION_OF[activity])
  const started = { ...patch, activity, activityEndsAt: delayMs === 0 ? null : at + delayMs }
  scope.touch(at)
  if (delayMs === 0) return finishVolume(scope, merged(volume, started), patch)
  return scope.store.volumes.update(volume, started)
}

/**
 * What a volume is when its activity ends, at the scope's instant. `unwritten` are changes that came with an activity
 * of no length: they are written together with its end.
 */
export function finishVolume(scope: Scope, volume: StoredVolume, unwritten: VolumePatch = {}): StoredVolume {
  const { volumes } = scope.store
  const rest = (patch: VolumePatch = {}) =>
    volumes.update(volume, { ...unwritten, activity: 'idle', activityEndsAt: null, pending: null, ...patch })
  const { pending } = volume
  scope.touch(scope.now())
  switch (volume.activity) {
    case 'creating':
      if (volume.fails) return rest({ activity: 'failed', instanceN: null })
      if (pending?.instanceN === undefined) return rest()
      return beginActivity(scope, rest(), 'attaching', { instanceN: pending.instanceN })
    case 'detaching':
      if (pending?.instanceN === undefined) return rest({ instanceN: null })
      return beginActivity(scope, rest({ instanceN: null }), 'attaching', { instanceN: pending.instanceN })
    case 'resizing':
    case 'charging':
      return rest({ sizeGiB: pending?.sizeGiB, detail: pending?.detail && merged(volume.detail, pending.detail) })
    case 'rolling-back':
      return rest({ contentHash: pending?.contentHash })
    case 'attaching':
    case 'snapshotting':
      return rest()
    case 'recycling': {
      const { binMs } = scope.rules
      return rest({ activity: 'recycled', activityEndsAt: binMs === null ? null : scope.now() + binMs })
    }
    case 'recycled':
      return beginActivity(scope, volume, 'releasing', unwritten)
    case 'releasing':
      return endVolume(scope, volume)
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
function endVolume(scope: Scope, volume: StoredVolume): StoredVolume {
  const { volumes, snapshots } = scope.store
  const keeps = scope.rules.keepsSnapshots(scope)
  if (!keeps) for (const policyN of snapshots.dropOfVolume(volume.n)) forgetPolicy(scope, policyN)
  const gone = volumes.update(volume, {
    activity: 'idle',
    activityEndsAt: null,
    pending: null,
    instanceN: null,
    goneAt: scope.now()
  })
  forgetVolume(scope, volume.n)
  return gone
}

/** What a snapshot is when its state ends, at the scope's instant; undefined: gone. */
export function finishSnapshot(scope: Scope, snapshot: StoredSnapshot): StoredSnapshot | undefined {
  const { snapshots } = scope.store
  scope.touch(scope.now())
  switch (snapshot.state) {
    case 'creating':
      return snapshots.update(snapshot, {
        state: snapshot.fails ? 'failed' : 'available',
        stateEndsAt: null
      })
    case 'rolling-back':
      return snapshots.update(snapshot, { state: 'available', stateEndsAt: null })
    case 'deleting':
      dropSnapshot(scope, snapshot)
      return undefined
    case 'available':
    case 'failed':
    case 'unavailable':
      return snapshot
    default:
      return snapshot.state satisfies never
  }
}

/** By way of `deleting`, for the transition's time. */
export function beginDeleting(scope: Scope, snapshot: StoredSnapshot): void {
  const delayMs = scope.delayMs('snapshotDelete')
  scope.touch(scope.now())
  if (delayMs === 0) dropSnapshot(scope, snapshot)
  else scope.store.snapshots.update(snapshot, { state: 'deleting', stateEndsAt: scope.now() + delayMs })
}

/** Gone at once; the last one takes along a volume and a policy that were gone before. */
export function dropSnapshot(scope: Scope, snapshot: StoredSnapshot): void {
  scope.touch(scope.now())
  scope.store.snapshots.drop(snapshot)
  if (snapshot.volumeN !== 0) forgetVolume(scope, snapshot.volumeN)
  if (snapshot.policyN !== null) forgetPolicy(scope, snapshot.policyN)
}

/** The same for many. */
export function finishSnapshots(scope: Scope, snapshots: readonly BriefSnapshot[]): void {
  const { snapshotGroups } = scope.store
  const inState = (state: SnapshotState) => snapshots.filter((snapshot) => snapshot.state === state)
  scope.touch(scope.now())
  const made = inState('creating')
  const good = made.filter((snapshot) => !snapshot.fails)
  snapshotGroups.change([...good, ...inState('rolling-back')], 'available', null)
  snapshotGroups.change(
    made.filter((snapshot) => snapshot.fails),
    'failed',
    null
  )
  dropSnapshots(scope, inState('deleting'))
}
export function beginDeletingAll(scope: Scope, snapshots: readonly BriefSnapshot[]): void {
  const delayMs = scope.delayMs('snapshotDelete')
  scope.touch(scope.now())
  if (delayMs === 0) dropSnapshots(scope, snapshots)
  else scope.store.snapshotGroups.change(snapshots, 'deleting', scope.now() + delayMs)
}
export function dropSnapshots(scope: Scope, snapshots: readonly BriefSnapshot[]): void {
  if (snapshots.length === 0) return
  scope.touch(scope.now())
  scope.store.snapshotGroups.drop(snapshots)
  const volumes = new Set(snapshots.map((snapshot) => snapshot.volumeN))
  for (const n of volumes) if (n !== 0) forgetVolume(scope, n)
  const policies = new Set(snapshots.map((snapshot) => snapshot.policyN))
  for (const n of policies) if (n !== null) forgetPolicy(scope, n)
}

function forgetVolume(scope: Scope, n: number): void {
  if (scope.store.volumes.isPresent(n)) return
  const volume = scope.store.volumes.byN(n)
  if (volume && volume.goneAt !== null && volume.manualCount + volume.autoCount === 0) scope.store.volumes.drop(n)
}

export function forgetPolicy(scope: Scope, n: number): void {
  const policy = scope.store.policies.byN(n)
  if (policy && policy.goneAt !== null && !scope.store.snapshots.policyHasAny(n)) scope.store.policies.drop(n)
}

/** `starting` and `rebooting` become `running`, `stopping` `stopped`. */
export function finishInstance(scope: Scope, instance: StoredInstance): StoredInstance {
  scope.touch(scope.now())
  const state = instance.state === 'stopping' ? 'stopped' : 'running'
  return scope.store.instances.update(instance, { state, stateEndsAt: null })
}
