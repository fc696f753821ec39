import { Type } from '@sinclair/typebox'
import { instanceRefusal } from '../rules/states.ts'
import { instanceMustBe, unknown } from '../wire/reasons.ts'
import { InstanceParams, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Ignored = Type.Optional(Type.Boolean({ ignored: true }))

export const stopInstance = operation({
  name: 'StopInstance',
  summary: 'Stop an instance that is Running.',
  source: 'Go SDK (baidu.md 5.4, 6.6)',
  route: { method: 'PUT', path: '/v2/instance/:instanceId', selector: 'stop' },
  request: {
    params: InstanceParams,
    query: TokenQuery,
    body: Type.Object({ forceStop: Ignored, stopWithNoCharge: Ignored })
  },
  response: NoBody,
  errors: ['NoSuchObject', 'OperationDenied', 'BadRequest'],
  reach: {
    NoSuchObject: 'An id that no instance has (proposed).',
    OperationDenied: 'An instance that is not Running (proposed).',
    BadRequest: 'A flag that is no boolean.'
  },
  notes: [
    'Stopping for the delay, then Stopped. Its volumes stay attached.',
    'forceStop and stopWithNoCharge are accepted and ignored.'
  ],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    const refusal = instanceRefusal('StopInstance', instance)
    if (refusal) throw fail(refusal, instanceMustBe('Running', instance))
    cloud.stopInstance(instance)
  }
})
