import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { instanceRefusal, instanceTable } from '../rules/states.ts'
import { models, unread, unsaid } from '../sources.ts'
import { lookUp, unknown } from '../wire/lookups.ts'
import { Id, ids } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const startInstances = operation({
  name: 'StartInstances',
  summary: 'Start instances that are STOPPED.',
  evidence: models('5.29'),
  route: zec('StartInstances'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ instanceIds: ids(100) }) },
  response: Type.Object({ instanceIds: Type.Array(Id) }),
  errors: ['INVALID_INSTANCE_NOT_FOUND', 'UNSUPPORTED_OPERATION_INSTANCE_STATUS'],
  reach: {
    INVALID_INSTANCE_NOT_FOUND: statement('An unknown id among `instanceIds`.', unread('5.29')),
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: statement('An instance that is not STOPPED.', unread('5.29, question 36'))
  },
  notes: [
    statement('All or nothing: `instanceIds` of the answer, the failed ones, is always empty.', unsaid('3.3')),
    statement('Disks stay attached.', unsaid('5.29'))
  ],
  run({ body, cloud, fail }) {
    const { rows: instances, unknownId } = lookUp(body.instanceIds, (id) => cloud.findInstance(id))
    if (unknownId !== undefined) throw fail('INVALID_INSTANCE_NOT_FOUND', unknown('instanceIds', unknownId))
    const refused = instanceRefusal('instanceIds', instances, instanceTable.StartInstances)
    if (refused) throw fail(refused.code, refused.why)
    for (const instance of instances) cloud.startInstance(instance)
    return { instanceIds: [] }
  }
})
