import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, unsaid } from '../sources.ts'
import { envelopeOf, instanceOut, pageSizeOf, windowOf } from '../wire/convert.ts'
import { startOf } from '../wire/lookups.ts'
import { Envelope, InstanceOut, MarkerQuery, OptionalText } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listInstances = operation({
  name: 'ListInstances',
  summary: 'List instances, oldest first.',
  evidence: client('5.4', 'Go SDK', 'Terraform'),
  route: { method: 'GET', path: '/v2/instance' },
  request: { query: Type.Object({ ...MarkerQuery, zoneName: OptionalText, instanceIds: OptionalText }) },
  response: Type.Object({ ...Envelope, instances: Type.Array(InstanceOut) }),
  errors: ['BadRequest'],
  reach: {
    BadRequest: statement('maxKeys below 1 or no number; a marker that never named an instance.', unsaid('1.8, Q8'))
  },
  notes: [
    statement('Oldest first.', unsaid('1.8, Q8')),
    statement('instanceIds are separated by commas; an id that names nothing lists nothing.', unsaid('5.4'))
  ],
  run({ query, cloud, fail }) {
    const start = startOf(cloud, 'instance', query.marker, fail)
    const pageSize = pageSizeOf(query.maxKeys)
    const ids = query.instanceIds?.split(',').flatMap((id) => id.trim() || [])
    const filter = {
      zone: query.zoneName,
      ids: ids && ids.length > 0 ? ids : undefined
    }
    const instances = cloud.instancesFrom(filter, windowOf(start, pageSize))
    return {
      ...envelopeOf(query.marker, pageSize, instances),
      instances: instances.slice(0, pageSize).map((instance) => instanceOut(cloud, instance))
    }
  }
})
