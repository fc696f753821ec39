import { Type } from '@sinclair/typebox'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { diskStatusOf } from '../wire/convert.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const releaseDisk = operation({
  name: 'ReleaseDisk',
  summary: 'Destroy a disk, or move it to the recycle bin first.',
  source: 'Zenlayer API reference, ReleaseDisk (zenlayer.md 5.18)',
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
    OPERATION_FAILED_RESOURCE_NOT_FOUND: 'The same, with the setting `zenlayer.diskNotFoundCode`.',
    INVALID_DISK_NOT_PORTABLE: 'A boot disk, in any status.',
    UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE:
      'A disk that is RECYCLING: settings `zenlayer.recycleBin` and `delays.zenlayer.recycleMs`.',
    UNSUPPORTED_OPERATION_DISK_STATUS: 'A disk that is neither AVAILABLE nor FAILED nor RECYCLED.'
  },
  notes: [
    'Without `zenlayer.recycleBin` the disk is destroyed; with it the first call moves it to the bin for 24 hours.',
    'Its snapshots go with it unless `zenlayer.releaseKeepsSnapshots`; it leaves its policy at the first call (proposed).'
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
