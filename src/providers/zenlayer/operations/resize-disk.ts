import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { bySetting, client, inferred, models, unread } from '../sources.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const resizeDisk = operation({
  name: 'ResizeDisk',
  summary: 'Make a disk larger.',
  evidence: models('5.17'),
  route: zec('ResizeDisk'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ diskId: Id, diskSize: Type.Integer({ minimum: 1, maximum: 32768 }) }) },
  response: Nothing,
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_PARAMETER_LESS_MINIMUM',
    'UNSUPPORTED_OPERATION_DISK_STATUS'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: statement('An unknown `diskId`.', unread('5.17')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_PARAMETER_LESS_MINIMUM: statement('A `diskSize` that is not larger than now.', unread('5.17')),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement('A disk that is neither IN_USE nor AVAILABLE.', unread('5.17'))
  },
  notes: [
    statement('Boot disks can be resized.', inferred('InquiryPriceResizeDisk speaks of them', '5.17')),
    statement('Attached disks can be resized online.', client('5.17', 'CSI driver'))
  ],
  run({ body, cloud, fail }) {
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    if (body.diskSize <= disk.sizeGiB) {
      throw fail(
        'INVALID_PARAMETER_LESS_MINIMUM',
        why('diskSize', `the disk has ${disk.sizeGiB} GiB already`, body.diskSize)
      )
    }
    const refused = diskRefusal('diskId', [disk], diskTable.ResizeDisk, cloud)
    if (refused) throw fail(refused.code, refused.why)
    cloud.resizeVolume(disk, { sizeGiB: body.diskSize })
    return {}
  }
})
