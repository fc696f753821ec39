import { Type } from '@sinclair/typebox'
import { Text } from '../../../documents/text.ts'
import { fromInstant } from '../wire/convert.ts'
import { Id, Timestamp } from '../wire/schemas.ts'
import { operation, USER_VERSION, user } from './operation.ts'

export const createResourceGroup = operation({
  name: 'CreateResourceGroup',
  summary: 'Create a resource group.',
  source: 'Zenlayer clients, service user (zenlayer.md 5.30)',
  route: user('CreateResourceGroup'),
  versions: USER_VERSION,
  request: { body: Type.Object({ name: Text({ minLength: 1, maxLength: 64, emptyIsGiven: true }) }) },
  response: Type.Object({ resourceGroupId: Id, name: Type.String(), createTime: Timestamp }),
  errors: [],
  notes: [
    'Names are 1 to 64 characters and need not be unique (proposed).',
    'Characters are code points: an emoji is one, half of one is refused (inferred).'
  ],
  run({ body, cloud }) {
    const group = cloud.addItem('resourceGroup', { detail: { name: body.name, isDefault: false } })
    return { resourceGroupId: group.id, name: group.detail.name, createTime: fromInstant(group.createdAt) }
  }
})
