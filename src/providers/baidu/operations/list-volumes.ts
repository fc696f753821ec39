import { Type } from '@sinclair/typebox'
import { envelopeOf, pageSizeOf, volumeOut, windowOf } from '../wire/convert.ts'
import { startOf } from '../wire/lookups.ts'
import { Envelope, VolumeOut } from '../wire/schemas.ts'
import { VolumeQuery, volumeFilterOf } from '../wire/volume-filter.ts'
import { operation } from './operation.ts'

export const listVolumes = operation({
  name: 'ListVolumes',
  summary: 'List volumes, oldest first.',
  source: 'page Query the disk list (baidu.md 5.3.2)',
  route: { method: 'GET', path: '/v2/volume' },
  request: { query: VolumeQuery },
  response: Type.Object({ ...Envelope, volumes: Type.Array(VolumeOut) }),
  errors: ['BadRequest'],
  reach: {
    BadRequest:
      'maxKeys below 1 or no number; an unknown filter word; a marker that never named a volume (proposed, Q8).'
  },
  notes: [
    'Filters combine with and. name matches exactly (proposed, Q10).',
    'Local disks are not listed; an id that names nothing lists nothing.'
  ],
  run({ query, cloud, fail }) {
    const start = startOf(cloud, 'volume', query.marker, fail)
    const pageSize = pageSizeOf(query.maxKeys)
    const volumes = cloud.volumesFrom(volumeFilterOf(cloud, query), windowOf(start, pageSize))
    return {
      ...envelopeOf(query.marker, pageSize, volumes),
      volumes: volumes.slice(0, pageSize).map((volume) => volumeOut(cloud, volume))
    }
  }
})
