import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { instanceRefusal } from '../rules/states.ts'
import { client, unsaid } from '../sources.ts'
import { REQUEST_ID } from '../wire/convert.ts'
import { instanceMustBe, unknown } from '../wire/reasons.ts'
import { InstanceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Ignored = Type.Optional(Type.Boolean({ ignored: true }))

export const rebootInstance = operation({
  name: 'RebootInstance',
  summary: 'Reboot an instance that is Running.',
  evidence: client('5.4, 6.6', 'Go SDK'),
  route: { method: 'PUT', path: '/v2/instance/:instanceId', selector: 'reboot' },
  request: {
    params: InstanceParams,
    query: TokenQuery,
    body: Type.Object({ forceStop: Ignored })
  },
  response: Type.Object({ requestId: Type.String(), failedInstanceIdList: Type.Array(Type.String()) }),
  errors: ['NoSuchObject', 'OperationDenied', 'BadRequest'],
  reach: {
    NoSuchObject: statement('An id that no instance has.', unsaid('5.4')),
    OperationDenied: statement('An instance that is not Running.', unsaid('5.4')),
    BadRequest: statement('A flag that is no boolean.', unsaid('5.4'))
  },
  notes: [
    statement('Rebooting for the delay, then Running.', unsaid('6.6')),
    statement('forceStop is accepted and ignored.', unsaid('5.4')),
    statement('There is an answer.', client('5.4', 'Go SDK')),
    statement('failedInstanceIdList is always empty.', unsaid('5.4'))
  ],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    const refusal = instanceRefusal('RebootInstance', instance)
    if (refusal) throw fail(refusal, instanceMustBe('Running', instance))
    cloud.rebootInstance(instance)
    return { requestId: REQUEST_ID, failedInstanceIdList: [] }
  }
})
