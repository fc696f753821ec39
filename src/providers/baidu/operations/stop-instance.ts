import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { instanceRefusal } from '../rules/states.ts'
import { client, unsaid } from '../sources.ts'
import { instanceMustBe, unknown } from '../wire/reasons.ts'
import { InstanceParams, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Ignored = Type.Optional(Type.Boolean({ ignored: true }))

export const stopInstance = operation({
  name: 'StopInstance',
  summary: 'Stop an instance that is Running.',
  evidence: client('5.4, 6.6', 'Go SDK'),
  route: { method: 'PUT', path: '/v2/instance/:instanceId', selector: 'stop' },
  request: {
    params: InstanceParams,
    query: TokenQuery,
    body: Type.Object({ forceStop: Ignored, stopWithNoCharge: Ignored })
  },
  response: NoBody,
  errors: ['NoSuchObject', 'OperationDenied', 'BadRequest'],
  reach: {
    NoSuchObject: statement('An id that no instance has.', unsaid('5.4')),
    OperationDenied: statement('An instance that is not Running.', unsaid('5.4')),
    BadRequest: statement('A flag that is no boolean.', unsaid('5.4'))
  },
  notes: [
    statement('Stopping for the delay, then Stopped.', unsaid('6.6')),
    statement('Its volumes stay attached.', unsaid('6.6')),
    statement('forceStop and stopWithNoCharge are accepted and ignored.', unsaid('5.4'))
  ],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    const refusal = instanceRefusal('StopInstance', instance)
    if (refusal) throw fail(refusal, instanceMustBe('Running', instance))
    cloud.stopInstance(instance)
  }
})
