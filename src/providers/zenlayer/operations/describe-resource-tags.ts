import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { fromInstant, toWindow } from '../wire/convert.ts'
import { findResource, unknown } from '../wire/lookups.ts'
import { Id, listOf, paging, Timestamp } from '../wire/schemas.ts'
import { operation, ZRM_VERSION, zrm } from './operation.ts'

export const describeResourceTags = operation({
  name: 'DescribeResourceTags',
  summary: 'List the tags of a disk, a snapshot policy or an instance.',
  evidence: client('5.30', 'Terraform', 'Zenlayer CLI'),
  route: zrm('DescribeResourceTags'),
  versions: ZRM_VERSION,
  request: { body: Type.Object({ resourceUuid: Id, ...paging }) },
  response: listOf(Type.Object({ key: Type.String(), value: Type.String(), createdDate: Timestamp })),
  errors: ['OPERATION_FAILED_RESOURCE_NOT_FOUND'],
  reach: {
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement('An unknown `resourceUuid`, or a snapshot’s.', unsaid('5.30'))
  },
  notes: [
    statement('Tags come in the order in which they were set.', unsaid('5.30')),
    statement('`createdDate` has the form of all times.', inferred('all other times have it', '1.9'))
  ],
  run({ body, cloud, now, fail }) {
    const resource = findResource(cloud, body.resourceUuid)
    if (!resource) throw fail('OPERATION_FAILED_RESOURCE_NOT_FOUND', unknown('resourceUuid', body.resourceUuid))
    const { tags, tagTimes } = resource.row.detail
    const { offset, limit } = toWindow(body)
    const dataSet = tags.map(([key, value], index) => ({
      key,
      value,
      createdDate: fromInstant(tagTimes[index] ?? now)
    }))
    return { totalCount: tags.length, dataSet: dataSet.slice(offset, offset + limit) }
  }
})
