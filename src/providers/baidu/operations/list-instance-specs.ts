import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { INSTANCE_SPECS } from '../matters/catalogues.ts'
import { client, invented } from '../sources.ts'
import { operation } from './operation.ts'

export const listInstanceSpecs = operation({
  name: 'ListInstanceSpecs',
  summary: 'List the sizes of instances.',
  evidence: client('5.4', 'Terraform'),
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
  notes: [
    statement(
      'Every family of general instances in all usual sizes, always the same.',
      invented('for clients to filter', '5.4')
    )
  ],
  run: () => ({ instanceTypes: INSTANCE_SPECS.map((spec) => ({ ...spec })) })
})
