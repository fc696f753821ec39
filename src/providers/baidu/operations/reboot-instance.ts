import { Type } from '@sinclair/typebox'
import { instanceRefusal } from '../rules/states.ts'
import { REQUEST_ID } from '../wire/convert.ts'
import { instanceMustBe, unknown } from '../wire/reasons.ts'
import { InstanceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Ignored = Type.Optional(Type.Boolean({ ignored: true }))

export const rebootInstance = operation({
  name: 'RebootInstance',
  summary: 'Reboot an instance that is Running.',
  source: 'Go SDK (baidu.md 5.4, 6.6)',
  route: { method: 'PUT', path: '/v2/instance/:instanceId', selector: 'reboot' },
  request: {
    params: InstanceParams,
    query: TokenQuery,
    body: Type.Object({ forceStop: Ignored })
  },
  response: Type.Object({ requestId: Type.String(), failedInstanceIdList: Type.Array(Type.String()) }),
  errors: ['NoSuchObject', 'OperationDenied', 'BadRequest'],
  reach: {
    NoSuchObject: 'An id that no instance has (proposed).',
    OperationDenied: 'An instance that is not Running (proposed).',
    BadRequest: 'A flag that is no boolean.'
  },
  notes: [
    'Rebooting for the delay, then Running. forceStop is accepted and ignored.',
    'failedInstanceIdList is always empty: the Go SDK reads a body here, the others none.'
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
