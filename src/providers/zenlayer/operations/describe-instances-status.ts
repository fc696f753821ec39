import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { models, unsaid } from '../sources.ts'
import { instanceStatusOf, toWindow } from '../wire/convert.ts'
import { filter, InstanceStatus, idFilterUpTo, listOf, paging } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeInstancesStatus = operation({
  name: 'DescribeInstancesStatus',
  summary: 'List the status of instances.',
  evidence: models('5.26'),
  route: zec('DescribeInstancesStatus'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ instanceIds: idFilterUpTo(100), ...paging, resourceGroupId: filter }) },
  response: listOf(InstanceStatus),
  errors: [],
  notes: [statement('Newest first.', unsaid('1.10'))],
  run({ body, cloud }) {
    const page = cloud.pageOfInstances(
      {
        ids: body.instanceIds,
        group: body.resourceGroupId
      },
      toWindow(body)
    )
    return {
      totalCount: page.total,
      dataSet: page.rows.map((instance) => ({ instanceId: instance.id, instanceStatus: instanceStatusOf(instance) }))
    }
  }
})
