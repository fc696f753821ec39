import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, invented } from '../sources.ts'
import { instanceOut } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { InstanceOut, InstanceParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getInstance = operation({
  name: 'GetInstance',
  summary: 'Show one instance.',
  evidence: client('5.4', 'Go SDK', 'Terraform', 'CSI driver'),
  route: { method: 'GET', path: '/v2/instance/:instanceId' },
  request: {
    params: InstanceParams,
    query: Type.Object({ isDeploySet: Type.Optional(Type.String({ ignored: true })) })
  },
  response: Type.Object({ instance: InstanceOut }),
  errors: ['NoSuchObject'],
  reach: {
    NoSuchObject: statement('An id that no instance has, or a released one.', client('5.4', 'Terraform', 'CSI driver'))
  },
  notes: [
    statement(
      'A minimal instance: what clients of volumes and snapshots read.',
      invented('clients of volumes need no more', '4.10')
    )
  ],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    return { instance: instanceOut(cloud, instance) }
  }
})
