import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, inferred, page, unsaid } from '../sources.ts'
import { envelopeOf, pageSizeOf, volumeV3Out, windowOf } from '../wire/convert.ts'
import { startOf } from '../wire/lookups.ts'
import { Envelope, VolumeV3Out } from '../wire/schemas.ts'
import { VolumeQuery, volumeFilterOf } from '../wire/volume-filter.ts'
import { operation } from './operation.ts'

export const listVolumesV3 = operation({
  name: 'ListVolumesV3',
  summary: "List volumes with v3's names, oldest first.",
  evidence: client('5.3.11, 7.5', 'Go SDK'),
  route: { method: 'GET', path: '/v3/volume' },
  versions: ['v3'],
  request: { query: VolumeQuery },
  response: Type.Object({ ...Envelope, volumes: Type.Array(VolumeV3Out) }),
  errors: ['BadRequest'],
  reach: {
    BadRequest: statement(
      'maxKeys below 1 or no number; an unknown filter word; a marker that never named a volume.',
      unsaid('1.8, Q8')
    )
  },
  notes: [
    statement('Oldest first.', unsaid('1.8, Q8')),
    statement('Filters combine with and.', inferred('each is said to narrow the list', '5.3.2')),
    statement('name matches exactly.', unsaid('5.3.2, Q10')),
    statement('Local disks are not listed.', page('Query the disk list', '5.3.2')),
    statement('An id that names nothing lists nothing.', unsaid('5.3.2'))
  ],
  run({ query, cloud, fail }) {
    const start = startOf(cloud, 'volume', query.marker, fail)
    const pageSize = pageSizeOf(query.maxKeys)
    const volumes = cloud.volumesFrom(volumeFilterOf(cloud, query), windowOf(start, pageSize))
    return {
      ...envelopeOf(query.marker, pageSize, volumes),
      volumes: volumes.slice(0, pageSize).map((volume) => volumeV3Out(cloud, volume))
    }
  }
})
