import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { volumeOut } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ResourceParams, VolumeOut } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getVolume = operation({
  name: 'GetVolume',
  summary: 'Show one volume.',
  evidence: page('Query disk details', '5.3.3'),
  route: { method: 'GET', path: '/v2/volume/:volumeId' },
  request: { params: ResourceParams.volume },
  response: Type.Object({ volume: VolumeOut }),
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
    return { volume: volumeOut(cloud, volume) }
  }
})
