import { Type } from '@sinclair/typebox'
import { Text } from '../../../documents/text.ts'
import { statement } from '../../evidence.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { fromInstant } from '../wire/convert.ts'
import { Id, Timestamp } from '../wire/schemas.ts'
import { operation, USER_VERSION, user } from './operation.ts'

export const createResourceGroup = operation({
  name: 'CreateResourceGroup',
  summary: 'Create a resource group.',
  evidence: client('5.30', 'Terraform', 'Zenlayer CLI'),
  route: user('CreateResourceGroup'),
  versions: USER_VERSION,
  request: { body: Type.Object({ name: Text({ minLength: 1, maxLength: 64, emptyIsGiven: true }) }) },
  response: Type.Object({ resourceGroupId: Id, name: Type.String(), createTime: Timestamp }),
  errors: [],
  notes: [
    statement('Names are 1 to 64 characters and need not be unique.', unsaid('5.30')),
    statement(
      'Characters are code points: an emoji is one, half of one is refused.',
      inferred('users count characters so', '5.1')
    )
  ],
  run({ body, cloud }) {
    const group = cloud.addItem('resourceGroup', { detail: { name: body.name, isDefault: false } })
    return { resourceGroupId: group.id, name: group.detail.name, createTime: fromInstant(group.createdAt) }
  }
})
