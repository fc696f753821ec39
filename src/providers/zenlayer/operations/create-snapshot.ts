import { Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { isAtQuota, startOfSecond } from '../rules/time.ts'
import { toInstant } from '../wire/convert.ts'
import { unknown, why, withoutSnapshots } from '../wire/lookups.ts'
import { Id, SnapshotName, UtcTime } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const createSnapshot = operation({
  name: 'CreateSnapshot',
  summary: 'Start a manual snapshot of one disk.',
  source: 'Zenlayer API reference, CreateSnapshot (zenlayer.md 5.1)',
  route: zec('CreateSnapshot'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({ diskId: Id, snapshotName: SnapshotName, retentionTime: Type.Optional(UtcTime) })
  },
  response: Type.Object({ snapshotId: Id }),
  makes: 'snapshot',
  errors: [
    'INVALID_SNAPSHOT_RETENTION_TIME',
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'INVALID_SNAPSHOT_QUOTA_EXCEED'
  ],
  reach: {
    INVALID_SNAPSHOT_RETENTION_TIME: '`retentionTime` less than 24 hours after now, cut to the second.',
    INVALID_DISK_NOT_FOUND: 'An unknown `diskId`.',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: 'The same, with the setting `zenlayer.diskNotFoundCode`.',
    UNSUPPORTED_OPERATION_DISK_STATUS:
      'A disk that is neither IN_USE nor AVAILABLE (for example while another snapshot of it is made), or one in a zone without snapshot support.',
    INVALID_SNAPSHOT_QUOTA_EXCEED: 'The setting `zenlayer.snapshotQuota`, and as many snapshots of the disk.'
  },
  notes: [
    'Characters of names are code points: an emoji is one, half of one is refused (inferred).',
    'Names are 1 to 64 characters, without a pattern, and need not be unique (inferred from clients).',
    'Boot disks are allowed: the current page dropped the code that forbade them.',
    'The quota is proposed: per disk, manual and automatic together, off by default.'
  ],
  run({ body, cloud, now, fail }) {
    const expiresAt = body.retentionTime === undefined ? null : toInstant(body.retentionTime)
    if (expiresAt !== null && expiresAt < startOfSecond(now) + DAY_MS) {
      throw fail(
        'INVALID_SNAPSHOT_RETENTION_TIME',
        why('retentionTime', 'less than 24 hours after now in this world', body.retentionTime)
      )
    }
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    const refused = diskRefusal('diskId', [disk], diskTable.CreateSnapshot, cloud)
    if (refused) throw fail(refused.code, refused.why)
    // Cloud: the code for a disk without the ability is unknown, this one is proposed (zenlayer.md 5.1).
    if (!disk.detail.snapshotAbility) {
      throw fail('UNSUPPORTED_OPERATION_DISK_STATUS', withoutSnapshots(cloud, 'diskId', disk.zone))
    }
    const quota = cloud.setting('zenlayer.snapshotQuota')
    if (isAtQuota(disk, quota)) {
      throw fail('INVALID_SNAPSHOT_QUOTA_EXCEED', why('diskId', `zenlayer.snapshotQuota is ${quota}`))
    }
    const detail = { retentionTime: body.retentionTime ?? null }
    return { snapshotId: cloud.startSnapshot(disk, { name: body.snapshotName, expiresAt, detail }).id }
  }
})
