import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { client, inferred, reference, unsaid } from '../sources.ts'
import { diskStatusOf } from '../wire/convert.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const releaseDisk = operation({
  name: 'ReleaseDisk',
  summary: 'Destroy a disk, or move it to the recycle bin first.',
  evidence: reference('ReleaseDisk', '5.18'),
  route: zec('ReleaseDisk'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ diskId: Id }) },
  response: Nothing,
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_DISK_NOT_PORTABLE',
    'UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE',
    'UNSUPPORTED_OPERATION_DISK_STATUS'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown `diskId`.',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      client('3.1', 'CSI driver', 'Terraform')
    ),
    INVALID_DISK_NOT_PORTABLE: 'A boot disk, in any status.',
    UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE: statement(
      'A disk that is RECYCLING: settings `zenlayer.recycleBin` and `delays.zenlayer.recycleMs`.',
      client('5.18', 'Terraform')
    ),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement(
      'A disk that is neither AVAILABLE nor FAILED nor RECYCLED.',
      inferred('the page has the code and names no statuses', '5.18')
    )
  },
  notes: [
    statement('Without `zenlayer.recycleBin` the disk is destroyed.', reference('ReleaseDisk', '5.18, question 14')),
    statement('With it the first call moves it to the bin for 24 hours.', client('5.18', 'CSI driver')),
    statement(
      'Its snapshots go with it unless `zenlayer.releaseKeepsSnapshots`.',
      client('5.18, question 12', 'CSI driver')
    ),
    statement('It leaves its policy at the first call.', unsaid('5.18, question 12'))
  ],
  run({ body, cloud, fail }) {
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    if (!disk.detail.portable) {
      throw fail('INVALID_DISK_NOT_PORTABLE', why('diskId', `${disk.id} stays with its instance`))
    }
    const refused = diskRefusal('diskId', [disk], diskTable.ReleaseDisk, cloud)
    if (refused) throw fail(refused.code, refused.why)
    if (cloud.setting('zenlayer.recycleBin') && diskStatusOf(disk) === 'AVAILABLE') cloud.recycleVolume(disk)
    else cloud.releaseVolume(disk)
    return {}
  }
})
