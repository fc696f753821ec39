import { assert } from '../model/assert.ts'
import type { Cloud, NewSnapshot } from '../model/cloud.ts'
import { merged } from '../model/patch.ts'
import type { Shapes, Snapshot } from '../model/resources.ts'
import type { StoredSnapshot } from '../store/snapshots.ts'
import type { StoredVolume } from '../store/volumes.ts'
import { storedVolume } from './binding.ts'
import { beginActivity, beginDeleting, dropSnapshot, finishSnapshot } from './lifecycle.ts'
import type { Scope } from './scope.ts'
import { tellCreated } from './telling.ts'

type SnapshotVerbs = Pick<
  Cloud,
  | 'findSnapshot'
  | 'pageOfSnapshots'
  | 'snapshotsFrom'
  | 'countSnapshots'
  | 'sumSnapshotSizes'
  | 'snapshotsByVolume'
  | 'startSnapshot'
  | 'copySnapshot'
  | 'changeSnapshot'
  | 'rollBack'
  | 'deleteSnapshot'
  | 'dropSnapshot'
>

/** Transition `snapshotCreate`; a volume that the cloud's rules mark is busy for just as long. */
export function startSnapshot(scope: Scope, volume: StoredVolume, snapshot: NewSnapshot<Shapes>): StoredSnapshot {
  const n = scope.nextN()
  const now = scope.now()
  const createdAt = snapshot.createdAt ?? now
  const delayMs = snapshot.state === undefined ? scope.delayMs('snapshotCreate') : 0
  const fails = snapshot.state === undefined && scope.fails()
  const row: StoredSnapshot = {
    n,
    provider: scope.provider,
    id: snapshot.id ?? scope.newId('snapshot', n),
    name: snapshot.name,
    volumeN: volume.n,
    zone: snapshot.zone ?? volume.zone,
    kind: snapshot.kind ?? volume.kind,
    group: snapshot.group ?? volume.group,
    sizeGiB: snapshot.sizeGiB ?? volume.sizeGiB,
    origin: snapshot.origin ?? 'manual',
    policyN: snapshot.policyN ?? null,
    firedAt: snapshot.firedAt ?? null,
    createdAt,
    expiresAt: snapshot.expiresAt,
    state: snapshot.state ?? (delayMs > 0 ? 'creating' : fails ? 'failed' : 'available'),
    stateEndsAt: delayMs > 0 ? now + delayMs : null,
    fails,
    contentHash: volume.contentHash,
    detail: snapshot.detail
  }
  scope.store.snapshots.insert(row)
  scope.touch(createdAt)
  if (delayMs > 0 && volume.activity === 'idle' && scope.rules.marksVolume(scope)) {
    scope.store.volumes.update(volume, { activity: 'snapshotting', activityEndsAt: now + delayMs })
  }
  return row
}

export function snapshotVerbs(scope: Scope): SnapshotVerbs {
  const { provider, store } = scope
  const { snapshots } = store
  const stored = (snapshot: Snapshot): StoredSnapshot => {
    const row = snapshots.byN(snapshot.n)
    assert(row && row.provider === provider, `snapshot ${snapshot.id} is not here`)
    return row
  }

  return {
    findSnapshot: (id) => snapshots.byId(provider, id),
    pageOfSnapshots: (filter, window) => snapshots.page(provider, filter, window),
    snapshotsFrom: (filter, window) => snapshots.from(provider, filter, window),
    countSnapshots: (filter) => snapshots.count(provider, filter),
    sumSnapshotSizes: (filter) => snapshots.sumSizes(provider, filter),
    snapshotsByVolume: (filter) => snapshots.byVolume(provider, filter),
    startSnapshot(volume, snapshot) {
      const row = startSnapshot(scope, storedVolume(scope, volume), snapshot)
      tellCreated(scope, 'snapshot', row, { volume: volume.id })
      return row
    },

    copySnapshot(source, copy) {
      const n = scope.nextN()
      const createdAt = copy.createdAt ?? scope.now()
      const delayMs = copy.state === undefined ? scope.delayMs('snapshotCopy') : 0
      const fails = copy.state === undefined && scope.fails()
      const from = stored(source)
      const row: StoredSnapshot = {
        ...from,
        n,
        id: copy.id ?? scope.newId('snapshot', n),
        name: copy.name,
        volumeN: 0,
        zone: copy.zone ?? from.zone,
        kind: copy.kind ?? from.kind,
        group: copy.group ?? from.group,
        sizeGiB: copy.sizeGiB ?? from.sizeGiB,
        origin: 'copy',
        policyN: null,
        firedAt: null,
        createdAt,
        expiresAt: copy.expiresAt,
        state: copy.state ?? (delayMs > 0 ? 'creating' : fails ? 'failed' : 'available'),
        stateEndsAt: delayMs > 0 ? scope.now() + delayMs : null,
        fails,
        detail: copy.detail
      }
      snapshots.insert(row)
      scope.touch(createdAt)
      tellCreated(scope, 'snapshot', row)
      return row
    },

    changeSnapshot(snapshot, change) {
      const row = stored(snapshot)
      const { detail, ...columns } = change
      scope.touch(scope.now())
      return snapshots.update(row, { ...columns, detail: detail && merged(row.detail, detail) })
    },

    rollBack(volume, snapshot) {
      const row = stored(snapshot)
      assert(row.state === 'available', `snapshot ${snapshot.id} is ${row.state}`)
      const delayMs = scope.delayMs('rollback')
      beginActivity(scope, storedVolume(scope, volume), 'rolling-back', { pending: { contentHash: row.contentHash } })
      if (delayMs > 0) {
        snapshots.update(row, { state: 'rolling-back', stateEndsAt: scope.now() + delayMs })
      } else finishSnapshot(scope, row)
    },

    deleteSnapshot: (snapshot) => beginDeleting(scope, stored(snapshot)),
    dropSnapshot: (snapshot) => dropSnapshot(scope, stored(snapshot))
  }
}
