import { Type } from '@sinclair/typebox'
import { volumeV3Out } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ResourceParams, VolumeV3Out } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getVolumeV3 = operation({
  name: 'GetVolumeV3',
  summary: "Show one volume with v3's names.",
  source: 'Go SDK (baidu.md 5.3.11, 7.5)',
  route: { method: 'GET', path: '/v3/volume/:volumeId' },
  versions: ['v3'],
  request: { params: ResourceParams.volume },
  response: Type.Object({ volume: VolumeV3Out }),
  errors: ['NoSuchObject'],
  reach: { NoSuchObject: 'An id that no volume has, or one that was released or recycled (inferred).' },
  run({ params, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    return { volume: volumeV3Out(cloud, volume) }
  }
})
