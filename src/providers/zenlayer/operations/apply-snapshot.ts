import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable, snapshotRefusal, snapshotTable } from '../rules/states.ts'
import { bySetting, inferred, preRelease, unsaid } from '../sources.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const applySnapshot = operation({
  name: 'ApplySnapshot',
  summary: 'Roll a disk back to one of its snapshots.',
  evidence: preRelease('ApplySnapshot', '5.4'),
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
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_DISK_SNAPSHOT_NOT_FOUND: 'An unknown `snapshotId`, or a snapshot of another disk.',
    OPERATION_DENIED_DISK_STATUS: statement(
      'A disk that is neither IN_USE nor AVAILABLE.',
      inferred('the page has the code and names no statuses', '5.4')
    ),
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: 'A snapshot that is not AVAILABLE.',
    OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED: 'A seed whose disk has a `reinstallTime` after the snapshot.'
  },
  notes: [
    statement('A snapshot of another disk is answered as an unknown one.', unsaid('5.4, question 4')),
    statement('The instance need not be stopped.', unsaid('5.4, question 5')),
    statement('A rollback keeps the size of the disk.', unsaid('5.4'))
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
