import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { bySetting, inferred, invented, models, unread } from '../sources.ts'
import { lookUp, unknown } from '../wire/lookups.ts'
import { Id, ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const modifyDisksResourceGroup = operation({
  name: 'ModifyDisksResourceGroup',
  summary: 'Move disks to a resource group; their snapshots stay where they are.',
  evidence: models('5.21'),
  route: zec('ModifyDisksResourceGroup'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ diskIds: ids(100), resourceGroupId: Id }) },
  response: Nothing,
  errors: [
    'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND',
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'
  ],
  reach: {
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: statement('An unknown `resourceGroupId`.', unread('5.21')),
    INVALID_DISK_NOT_FOUND: statement('An unknown id among `diskIds`.', unread('5.21')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement('A disk that is DELETING.', unread('5.21')),
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: statement(
      'A disk that is RECYCLING or RECYCLED (setting `zenlayer.recycleBin`).',
      inferred('the common code is for actions that have none of their own for the bin', '3.1, question 32')
    )
  },
  notes: [statement('Every key counts as an administrator’s.', invented('a world knows no users', '5.21'))],
  run({ body, cloud, fail }) {
    const group = cloud.findItem('resourceGroup', body.resourceGroupId)
    if (!group) {
      throw fail('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND', unknown('resourceGroupId', body.resourceGroupId))
    }
    const { rows: disks, unknownId } = lookUp(body.diskIds, (id) => cloud.findVolume(id))
    if (unknownId !== undefined) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskIds', unknownId))
    const refused = diskRefusal('diskIds', disks, diskTable.ModifyDisksResourceGroup, cloud)
    if (refused) throw fail(refused.code, refused.why)
    for (const disk of disks) cloud.changeVolume(disk, { group: group.id })
    return {}
  }
})
