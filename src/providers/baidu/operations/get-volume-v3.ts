import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { volumeV3Out } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ResourceParams, VolumeV3Out } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getVolumeV3 = operation({
  name: 'GetVolumeV3',
  summary: "Show one volume with v3's names.",
  evidence: client('5.3.11, 7.5', 'Go SDK'),
  route: { method: 'GET', path: '/v3/volume/:volumeId' },
  versions: ['v3'],
  request: { params: ResourceParams.volume },
  response: Type.Object({ volume: VolumeV3Out }),
  errors: ['NoSuchObject'],
  reach: {
    NoSuchObject: statement(
      'An id that no volume has, or one that was released or recycled.',
      inferred('the one code that Terraform takes for gone', '3.2, 5.3.3')
    )
  },
  notes: [statement('A recycled volume is not found.', unsaid('5.3.6, Q33'))],
  run({ params, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    return { volume: volumeV3Out(cloud, volume) }
  }
})
