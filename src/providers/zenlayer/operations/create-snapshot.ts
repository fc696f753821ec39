import { Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { isAtQuota, startOfSecond } from '../rules/time.ts'
import { bySetting, inferred, reference, unsaid } from '../sources.ts'
import { toInstant } from '../wire/convert.ts'
import { unknown, why, withoutSnapshots } from '../wire/lookups.ts'
import { Id, SnapshotName, UtcTime } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const createSnapshot = operation({
  name: 'CreateSnapshot',
  summary: 'Start a manual snapshot of one disk.',
  evidence: reference('CreateSnapshot', '5.1'),
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
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    UNSUPPORTED_OPERATION_DISK_STATUS:
      'A disk that is neither IN_USE nor AVAILABLE (for example while another snapshot of it is made), or one in a zone without snapshot support.',
    INVALID_SNAPSHOT_QUOTA_EXCEED: 'The setting `zenlayer.snapshotQuota`, and as many snapshots of the disk.'
  },
  notes: [
    statement(
      'Characters of names are code points: an emoji is one, half of one is refused.',
      inferred('users count characters so', '5.1')
    ),
    statement(
      'Names are 1 to 64 characters, without a pattern.',
      inferred('the CSI driver knows 64, and the page has no rule', '5.1')
    ),
    statement('Names need not be unique.', inferred('the CSI driver looks for duplicates by itself', '5.1')),
    statement(
      'Boot disks are allowed.',
      inferred('today’s page dropped the note and the code that forbade them', '5.1')
    ),
    statement('The quota is per disk, manual and automatic together, off by default.', unsaid('5.1, question 1')),
    statement('A disk in a zone without snapshots is answered as one in a wrong status.', unsaid('5.1')),
    statement('The 24 hours are reckoned from now cut to the second.', unsaid('5.1, question 20'))
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
