import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, unsaid } from '../sources.ts'
import { fromInstant } from '../wire/convert.ts'
import { Id, Timestamp } from '../wire/schemas.ts'
import { operation, USER_VERSION, user } from './operation.ts'

export const describeResourceGroups = operation({
  name: 'DescribeResourceGroups',
  summary: 'List resource groups, oldest first.',
  evidence: client('5.30', 'Terraform', 'Zenlayer CLI'),
  route: user('DescribeResourceGroups'),
  versions: USER_VERSION,
  request: { body: Type.Object({}) },
  response: Type.Object({
    resourceGroups: Type.Array(Type.Object({ resourceGroupId: Id, name: Type.String(), createTime: Timestamp }))
  }),
  errors: [],
  notes: [statement('Oldest first.', unsaid('5.30'))],
  run({ cloud }) {
    return {
      resourceGroups: cloud.items('resourceGroup').map((group) => ({
        resourceGroupId: group.id,
        name: group.detail.name,
        createTime: fromInstant(group.createdAt)
      }))
    }
  }
})
