import { Type } from '@sinclair/typebox'
import { INSTANCE_SPECS } from '../matters/catalogues.ts'
import { operation } from './operation.ts'

export const listInstanceSpecs = operation({
  name: 'ListInstanceSpecs',
  summary: 'List the sizes of instances.',
  source: 'page Query the instance spec list (baidu.md 5.4)',
  route: { method: 'GET', path: '/v2/instance/spec' },
  response: Type.Object({
    instanceTypes: Type.Array(
      Type.Object({
        type: Type.String(),
        name: Type.String(),
        cpuCount: Type.Integer(),
        memorySizeInGB: Type.Integer(),
        localDiskSizeInGB: Type.Integer()
      })
    )
  }),
  errors: [],
  notes: ['Invented and constant: every family of general instances in all usual sizes, for clients to filter.'],
  run: () => ({ instanceTypes: INSTANCE_SPECS.map((spec) => ({ ...spec })) })
})
