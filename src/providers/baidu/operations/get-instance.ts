import { Type } from '@sinclair/typebox'
import { instanceOut } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { InstanceOut, InstanceParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getInstance = operation({
  name: 'GetInstance',
  summary: 'Show one instance.',
  source: 'page Query instance details (baidu.md 5.4)',
  route: { method: 'GET', path: '/v2/instance/:instanceId' },
  request: {
    params: InstanceParams,
    query: Type.Object({ isDeploySet: Type.Optional(Type.String({ ignored: true })) })
  },
  response: Type.Object({ instance: InstanceOut }),
  errors: ['NoSuchObject'],
  reach: { NoSuchObject: 'An id that no instance has, or a released one.' },
  notes: ['A minimal instance (baidu.md 4.10): what clients of volumes and snapshots read.'],
  run({ params, cloud, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    return { instance: instanceOut(cloud, instance) }
  }
})
