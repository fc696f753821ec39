import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { bySetting, inferred, models, unread, unsaid } from '../sources.ts'
import { lookUp, unknown } from '../wire/lookups.ts'
import { DiskName, ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const modifyDisksAttributes = operation({
  name: 'ModifyDisksAttributes',
  summary: 'Rename disks.',
  evidence: models('5.20'),
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
    INVALID_DISK_NOT_FOUND: statement('An unknown id among `diskIds`; nothing is changed.', unread('5.20')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement('A disk that is DELETING.', unread('5.20')),
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: statement(
      'A disk that is RECYCLING or RECYCLED (setting `zenlayer.recycleBin`).',
      inferred('the common code is for actions that have none of their own for the bin', '3.1, question 32')
    )
  },
  notes: [statement('At most 100 disks.', unsaid('5.20'))],
  run({ body, cloud, fail }) {
    const { rows: disks, unknownId } = lookUp(body.diskIds, (id) => cloud.findVolume(id))
    if (unknownId !== undefined) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskIds', unknownId))
    const refused = diskRefusal('diskIds', disks, diskTable.ModifyDisksAttributes, cloud)
    if (refused) throw fail(refused.code, refused.why)
    for (const disk of disks) cloud.changeVolume(disk, { name: body.diskName })
    return {}
  }
})
