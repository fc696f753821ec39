import { statement } from '../../evidence.ts'
import { instanceRefusal } from '../rules/states.ts'
import { client, unsaid } from '../sources.ts'
import { instanceMustBe, unknown } from '../wire/reasons.ts'
import { InstanceParams, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const startInstance = operation({
  name: 'StartInstance',
  summary: 'Start an instance that is Stopped.',
  evidence: client('5.4, 6.6', 'Go SDK'),
  route: { method: 'PUT', path: '/v2/instance/:instanceId', selector: 'start' },
  request: { params: InstanceParams, query: TokenQuery },
  response: NoBody,
  errors: ['NoSuchObject', 'OperationDenied'],
  reach: {
    NoSuchObject: statement('An id that no instance has.', unsaid('5.4')),
    OperationDenied: statement('An instance that is not Stopped.', unsaid('5.4'))
  },
  notes: [statement('Starting for the delay, then Running.', unsaid('6.6'))],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    const refusal = instanceRefusal('StartInstance', instance)
    if (refusal) throw fail(refusal, instanceMustBe('Stopped', instance))
    cloud.startInstance(instance)
  }
})
