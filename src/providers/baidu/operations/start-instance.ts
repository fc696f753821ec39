import { instanceRefusal } from '../rules/states.ts'
import { instanceMustBe, unknown } from '../wire/reasons.ts'
import { InstanceParams, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const startInstance = operation({
  name: 'StartInstance',
  summary: 'Start an instance that is Stopped.',
  source: 'Go SDK (baidu.md 5.4, 6.6)',
  route: { method: 'PUT', path: '/v2/instance/:instanceId', selector: 'start' },
  request: { params: InstanceParams, query: TokenQuery },
  response: NoBody,
  errors: ['NoSuchObject', 'OperationDenied'],
  reach: {
    NoSuchObject: 'An id that no instance has (proposed).',
    OperationDenied: 'An instance that is not Stopped (proposed).'
  },
  notes: ['Starting for the delay, then Running.'],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    const refusal = instanceRefusal('StartInstance', instance)
    if (refusal) throw fail(refusal, instanceMustBe('Stopped', instance))
    cloud.startInstance(instance)
  }
})
