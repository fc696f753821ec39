import { Type } from '@sinclair/typebox'
import { diskRefusal, diskTable, snapshotRefusal, snapshotTable } from '../rules/states.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const applySnapshot = operation({
  name: 'ApplySnapshot',
  summary: 'Roll a disk back to one of its snapshots.',
  source: 'Zenlayer API reference, ApplySnapshot (zenlayer.md 5.4)',
  route: zec('ApplySnapshot'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ snapshotId: Id, diskId: Id }) },
  response: Nothing,
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_DISK_SNAPSHOT_NOT_FOUND',
    'OPERATION_DENIED_DISK_STATUS',
    'OPERATION_DENIED_DISK_SNAPSHOT_STATUS',
    'OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown `diskId`.',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: 'The same, with the setting `zenlayer.diskNotFoundCode`.',
    INVALID_DISK_SNAPSHOT_NOT_FOUND: 'An unknown `snapshotId`, or a snapshot of another disk.',
    OPERATION_DENIED_DISK_STATUS: 'A disk that is neither IN_USE nor AVAILABLE.',
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: 'A snapshot that is not AVAILABLE.',
    OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED: 'A seed whose disk has a `reinstallTime` after the snapshot.'
  },
  notes: [
    'A snapshot of another disk is answered as an unknown one; the instance need not be stopped (proposed).',
    'A rollback keeps the size of the disk (proposed).'
  ],
  run({ body, cloud, fail }) {
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    const snapshot = cloud.findSnapshot(body.snapshotId)
    if (!snapshot) throw fail('INVALID_DISK_SNAPSHOT_NOT_FOUND', unknown('snapshotId', body.snapshotId))
    if (snapshot.volumeN !== disk.n) {
      throw fail('INVALID_DISK_SNAPSHOT_NOT_FOUND', why('snapshotId', `${snapshot.id} is of another disk`, snapshot.id))
    }
    const refusedDisk = diskRefusal('diskId', [disk], diskTable.ApplySnapshot, cloud)
    if (refusedDisk) throw fail(refusedDisk.code, refusedDisk.why)
    const refusedSnapshot = snapshotRefusal('snapshotId', [snapshot], snapshotTable.ApplySnapshot)
    if (refusedSnapshot) throw fail(refusedSnapshot.code, refusedSnapshot.why)
    const { reinstalledAt } = disk.detail
    if (reinstalledAt !== null && snapshot.createdAt < reinstalledAt) {
      throw fail('OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED', why('diskId', `${disk.id} was reinstalled later`))
    }
    cloud.rollBack(disk, snapshot)
    return {}
  }
})
