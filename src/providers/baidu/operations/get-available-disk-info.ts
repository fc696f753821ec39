import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { CAPACITY_GIB, DISKS_TOTAL, diskInfos } from '../matters/catalogues.ts'
import { invented, page, unsaid } from '../sources.ts'
import { dataVolumes, zonesOf } from '../wire/lookups.ts'
import { DiskInfo, OptionalText } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getAvailableDiskInfo = operation({
  name: 'GetAvailableDiskInfo',
  summary: 'Show which disks can be bought in a zone.',
  evidence: page('Query available disk information', '5.3.10'),
  route: { method: 'GET', path: '/v2/volume/disk' },
  request: { query: Type.Object({ zoneName: OptionalText }) },
  // Cloud: the five counters are text.
  response: Type.Object({
    cdsRatio: Type.String(),
    cdsTotalCapacityGB: Type.String(),
    cdsTotal: Type.String(),
    cdsCreated: Type.String(),
    cdsUsedCapacityGB: Type.String(),
    diskZoneResources: Type.Array(Type.Object({ zoneName: Type.String(), diskInfos: Type.Array(DiskInfo) }))
  }),
  errors: [],
  notes: [
    statement('An empty or unknown zone means all.', unsaid('5.3.10')),
    statement(
      'Capacities and the ratio are constant; nothing enforces them.',
      invented('a world has no hardware', '5.3.10, Q34')
    )
  ],
  run({ query, cloud }) {
    const volumes = dataVolumes(cloud)
    const zones = zonesOf(cloud)
    const asked = zones.filter((zone) => zone === query.zoneName)
    return {
      cdsRatio: '8',
      cdsTotalCapacityGB: String(CAPACITY_GIB),
      cdsTotal: String(DISKS_TOTAL),
      cdsCreated: String(volumes.length),
      cdsUsedCapacityGB: String(volumes.reduce((sum, volume) => sum + volume.sizeGiB, 0)),
      diskZoneResources: (asked.length > 0 ? asked : zones).map((zoneName) => ({ zoneName, diskInfos: diskInfos() }))
    }
  }
})
