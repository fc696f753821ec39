import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { CAPACITY_GIB, diskInfos } from '../matters/catalogues.ts'
import { client, invented, unsaid } from '../sources.ts'
import { dataVolumes } from '../wire/lookups.ts'
import { DiskInfo, OptionalText } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getDiskQuota = operation({
  name: 'GetDiskQuota',
  summary: 'Show how much of the disk capacity is used.',
  evidence: client('5.3.10', 'Go SDK', 'Go SDK V2', 'Java SDK', 'meta'),
  route: { method: 'GET', path: '/v2/volume/disk/quota' },
  request: { query: Type.Object({ zoneName: OptionalText }) },
  response: Type.Object({
    cdsTotalCapacityGB: Type.String(),
    cdsUsedCapacityGB: Type.String(),
    diskInfos: Type.Array(DiskInfo)
  }),
  errors: [],
  notes: [
    statement('The capacity is constant and nothing enforces it.', invented('a world has no hardware', '5.3.10, Q34')),
    statement('A known zone counts its own volumes only.', unsaid('5.3.10'))
  ],
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
