import { assert } from '../model/assert.ts'
import type { Cloud, NewSnapshot } from '../model/cloud.ts'
import type { Shapes, Snapshot } from '../model/resources.ts'
import type { StoredSnapshot } from '../store/snapshots.ts'
import type { StoredVolume } from '../store/volumes.ts'
import { storedVolume } from './binding.ts'
import { beginActivity, beginDeleting, dropSnapshot, finishSnapshot } from './lifecycle.ts'
import type { Hand } from './scope.ts'

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

/** Leg `snapshotCreate`; a volume that the cloud's rules mark is busy for just as long. */
export function startSnapshot(hand: Hand, volume: StoredVolume, snapshot: NewSnapshot<Shapes>): StoredSnapshot {
  const n = hand.nextN()
  const now = hand.now()
  const createdAt = snapshot.createdAt ?? now
  const delayMs = snapshot.state === undefined ? hand.delayMs('snapshotCreate') : 0
  const row: StoredSnapshot = {
    n,
    provider: hand.provider,
    id: snapshot.id ?? hand.newId('snapshot', n),
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
    state: snapshot.state ?? (delayMs > 0 ? 'creating' : 'available'),
    stateEndsAt: delayMs > 0 ? now + delayMs : null,
    contentHash: volume.contentHash,
    detail: snapshot.detail
  }
  hand.store.snapshots.insert(row)
  hand.touch(createdAt)
  if (delayMs > 0 && volume.activity === 'idle' && hand.rules.marksVolume(hand)) {
    hand.store.volumes.update(volume, { activity: 'snapshotting', activityEndsAt: now + delayMs })
  }
  return row
}

export function snapshotVerbs(hand: Hand): SnapshotVerbs {
  const { provider, store } = hand
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
    startSnapshot: (volume, snapshot) => startSnapshot(hand, storedVolume(hand, volume), snapshot),

    copySnapshot(source, copy) {
      const n = hand.nextN()
      const createdAt = copy.createdAt ?? hand.now()
      const delayMs = copy.state === undefined ? hand.delayMs('snapshotCopy') : 0
      const from = stored(source)
      const row: StoredSnapshot = {
        ...from,
        n,
        id: copy.id ?? hand.newId('snapshot', n),
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
        state: copy.state ?? (delayMs > 0 ? 'creating' : 'available'),
        stateEndsAt: delayMs > 0 ? hand.now() + delayMs : null,
        detail: copy.detail
      }
      snapshots.insert(row)
      hand.touch(createdAt)
      return row
    },

    changeSnapshot(snapshot, change) {
      const row = stored(snapshot)
      const { detail, ...columns } = change
      hand.touch(hand.now())
      return snapshots.update(row, { ...columns, ...(detail && { detail: { ...row.detail, ...detail } }) })
    },

    rollBack(volume, snapshot) {
      const row = stored(snapshot)
      assert(row.state === 'available', `snapshot ${snapshot.id} is ${row.state}`)
      const delayMs = hand.delayMs('rollback')
      beginActivity(hand, storedVolume(hand, volume), 'rolling-back', { pending: { contentHash: row.contentHash } })
      if (delayMs > 0) {
        snapshots.update(row, { state: 'rolling-back', stateEndsAt: hand.now() + delayMs })
      } else finishSnapshot(hand, row)
    },

    deleteSnapshot: (snapshot) => beginDeleting(hand, stored(snapshot)),
    dropSnapshot: (snapshot) => dropSnapshot(hand, stored(snapshot))
  }
}
