import { Type } from '@sinclair/typebox'
import { CAPACITY_GIB, diskInfos } from '../matters/catalogues.ts'
import { dataVolumes } from '../wire/lookups.ts'
import { DiskInfo, OptionalText } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getDiskQuota = operation({
  name: 'GetDiskQuota',
  summary: 'Show how much of the disk capacity is used.',
  source: 'SDKs and meta (baidu.md 5.3.10)',
  route: { method: 'GET', path: '/v2/volume/disk/quota' },
  request: { query: Type.Object({ zoneName: OptionalText }) },
  response: Type.Object({
    cdsTotalCapacityGB: Type.String(),
    cdsUsedCapacityGB: Type.String(),
    diskInfos: Type.Array(DiskInfo)
  }),
  errors: [],
  notes: ['The capacity is invented and nothing enforces it (Q34). A known zone counts its own volumes only.'],
  run({ query, cloud }) {
    const all = dataVolumes(cloud)
    const isKnown = query.zoneName !== undefined && cloud.findItem('zone', query.zoneName) !== undefined
    const volumes = isKnown ? all.filter((volume) => volume.zone === query.zoneName) : all
    return {
      cdsTotalCapacityGB: String(CAPACITY_GIB),
      cdsUsedCapacityGB: String(volumes.reduce((sum, volume) => sum + volume.sizeGiB, 0)),
      diskInfos: diskInfos()
    }
  }
})
