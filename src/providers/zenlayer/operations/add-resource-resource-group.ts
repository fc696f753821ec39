import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { findResource, lookUp, unknown } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { operation, USER_VERSION, user } from './operation.ts'

export const addResourceResourceGroup = operation({
  name: 'AddResourceResourceGroup',
  summary: 'Move disks, snapshot policies and instances to a resource group.',
  evidence: client('5.30', 'Terraform', 'Zenlayer CLI'),
  route: user('AddResourceResourceGroup'),
  versions: USER_VERSION,
  request: { body: Type.Object({ resources: Type.Array(Id, { minItems: 1 }), resourceGroupId: Id }) },
  response: Nothing,
  errors: [
    'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'
  ],
  reach: {
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: statement('An unknown `resourceGroupId`.', unsaid('5.30')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'An unknown id among `resources`, or a snapshot’s; nothing is changed.',
      unsaid('5.30')
    ),
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: statement(
      'A disk that is RECYCLING or RECYCLED (setting `zenlayer.recycleBin`).',
      inferred('the common code is for actions that have none of their own for the bin', '3.1, question 32')
    )
  },
  notes: [statement('Snapshots stay in the group that their disk had when they were made.', unsaid('4.1'))],
  run({ body, cloud, fail }) {
    const group = cloud.findItem('resourceGroup', body.resourceGroupId)
    if (!group) {
      throw fail('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND', unknown('resourceGroupId', body.resourceGroupId))
    }
    const { rows, unknownId } = lookUp(body.resources, (id) => findResource(cloud, id))
    if (unknownId !== undefined) throw fail('OPERATION_FAILED_RESOURCE_NOT_FOUND', unknown('resources', unknownId))
    const disks = rows.flatMap((resource) => (resource.kind === 'disk' ? [resource.row] : []))
    const refused = diskRefusal('resources', disks, diskTable.AddResourceResourceGroup, cloud)
    if (refused) throw fail(refused.code, refused.why)
    for (const resource of rows) {
      if (resource.kind === 'disk') cloud.changeVolume(resource.row, { group: group.id })
      else if (resource.kind === 'policy') cloud.changePolicy(resource.row, { group: group.id })
      else cloud.changeInstance(resource.row, { group: group.id })
    }
    return {}
  }
})
