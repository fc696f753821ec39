import { Type } from '@sinclair/typebox'
import { fromInstant, toWindow } from '../wire/convert.ts'
import { findResource, unknown } from '../wire/lookups.ts'
import { Id, listOf, paging, Timestamp } from '../wire/schemas.ts'
import { operation, ZRM_VERSION, zrm } from './operation.ts'

export const describeResourceTags = operation({
  name: 'DescribeResourceTags',
  summary: 'List the tags of a disk, a snapshot policy or an instance.',
  source: 'Zenlayer clients, service zrm (zenlayer.md 5.30)',
  route: zrm('DescribeResourceTags'),
  versions: ZRM_VERSION,
  request: { body: Type.Object({ resourceUuid: Id, ...paging }) },
  response: listOf(Type.Object({ key: Type.String(), value: Type.String(), createdDate: Timestamp })),
  errors: ['OPERATION_FAILED_RESOURCE_NOT_FOUND'],
  reach: { OPERATION_FAILED_RESOURCE_NOT_FOUND: 'An unknown `resourceUuid`, or a snapshot’s (proposed).' },
  notes: ['In the order in which they were set; `createdDate` has the form of all times (proposed).'],
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
