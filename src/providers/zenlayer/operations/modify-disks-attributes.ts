import { Type } from '@sinclair/typebox'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { lookUp, unknown } from '../wire/lookups.ts'
import { DiskName, ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const modifyDisksAttributes = operation({
  name: 'ModifyDisksAttributes',
  summary: 'Rename disks.',
  source: 'Zenlayer API reference, ModifyDisksAttributes (zenlayer.md 5.20)',
  route: zec('ModifyDisksAttributes'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ diskIds: ids(100), diskName: DiskName }) },
  response: Nothing,
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown id among `diskIds`; nothing is changed (proposed).',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: 'The same, with the setting `zenlayer.diskNotFoundCode`.',
    UNSUPPORTED_OPERATION_DISK_STATUS: 'A disk that is DELETING (proposed).',
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: 'A disk that is RECYCLING or RECYCLED (setting `zenlayer.recycleBin`).'
  },
  notes: ['At most 100 disks (proposed).'],
  run({ body, cloud, fail }) {
    const { rows: disks, unknownId } = lookUp(body.diskIds, (id) => cloud.findVolume(id))
    if (unknownId !== undefined) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskIds', unknownId))
    const refused = diskRefusal('diskIds', disks, diskTable.ModifyDisksAttributes, cloud)
    if (refused) throw fail(refused.code, refused.why)
    for (const disk of disks) cloud.changeVolume(disk, { name: body.diskName })
    return {}
  }
})
