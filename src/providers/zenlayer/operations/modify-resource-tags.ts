import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { changeTags, hasDuplicateKeys } from '../wire/convert.ts'
import { findResource, unknown, why } from '../wire/lookups.ts'
import { Id, Nothing, TagInput } from '../wire/schemas.ts'
import { operation, ZRM_VERSION, zrm } from './operation.ts'

export const modifyResourceTags = operation({
  name: 'ModifyResourceTags',
  summary: 'Set and remove tags of a disk, a snapshot policy or an instance.',
  evidence: client('5.30', 'Terraform', 'Zenlayer CLI'),
  route: zrm('ModifyResourceTags'),
  versions: ZRM_VERSION,
  request: {
    body: Type.Object({
      resourceUuid: Id,
      replaceTags: Type.Optional(Type.Array(TagInput)),
      deleteTagKeys: Type.Optional(Type.Array(Type.String()))
    })
  },
  response: Nothing,
  errors: ['INVALID_PARAMETER_VALUE', 'OPERATION_FAILED_RESOURCE_NOT_FOUND', 'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'],
  reach: {
    INVALID_PARAMETER_VALUE: statement('The same key twice in `replaceTags`.', unsaid('5.30')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement('An unknown `resourceUuid`, or a snapshot’s.', unsaid('5.30')),
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: statement(
      'A disk that is RECYCLING or RECYCLED (setting `zenlayer.recycleBin`).',
      inferred('the common code is for actions that have none of their own for the bin', '3.1, question 32')
    )
  },
  notes: [
    statement('Tags named in neither list stay.', inferred('else `deleteTagKeys` would be for nothing', '5.30')),
    statement('`deleteTagKeys` is applied last.', unsaid('5.30'))
  ],
  run({ body, cloud, now, fail }) {
    const replace = body.replaceTags ?? []
    if (hasDuplicateKeys(replace)) throw fail('INVALID_PARAMETER_VALUE', why('replaceTags', 'a key comes twice'))
    const resource = findResource(cloud, body.resourceUuid)
    if (!resource) throw fail('OPERATION_FAILED_RESOURCE_NOT_FOUND', unknown('resourceUuid', body.resourceUuid))
    const disks = resource.kind === 'disk' ? [resource.row] : []
    const refused = diskRefusal('resourceUuid', disks, diskTable.ModifyResourceTags, cloud)
    if (refused) throw fail(refused.code, refused.why)
    const detail = changeTags(resource.row.detail, replace, body.deleteTagKeys ?? [], now)
    if (resource.kind === 'disk') cloud.changeVolume(resource.row, { detail })
    else if (resource.kind === 'policy') cloud.changePolicy(resource.row, { detail })
    else cloud.changeInstance(resource.row, { detail })
    return {}
  }
})
