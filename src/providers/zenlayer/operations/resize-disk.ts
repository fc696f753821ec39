import { Type } from '@sinclair/typebox'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const resizeDisk = operation({
  name: 'ResizeDisk',
  summary: 'Make a disk larger.',
  source: 'Zenlayer API reference, ResizeDisk (zenlayer.md 5.17)',
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
    INVALID_DISK_NOT_FOUND: 'An unknown `diskId` (proposed).',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: 'The same, with the setting `zenlayer.diskNotFoundCode`.',
    INVALID_PARAMETER_LESS_MINIMUM: 'A `diskSize` that is not larger than now (proposed).',
    UNSUPPORTED_OPERATION_DISK_STATUS: 'A disk that is neither IN_USE nor AVAILABLE (proposed).'
  },
  notes: ['Boot disks can be resized, attached disks online.'],
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
