import { Type } from '@sinclair/typebox'
import { idFilter, RegionInfo } from '../wire/schemas.ts'
import { showRegion, zoneOfEachRegion } from '../wire/views.ts'
import { NEW_VERSION, operation, zec } from './operation.ts'

export const describeRegions = operation({
  name: 'DescribeRegions',
  summary: 'List regions.',
  source: 'Zenlayer Python SDK 2.0.77, DescribeRegions (zenlayer.md 5.24)',
  route: zec('DescribeRegions'),
  versions: NEW_VERSION,
  request: { body: Type.Object({ regionIds: idFilter }) },
  response: Type.Object({ regionSet: Type.Array(RegionInfo) }),
  errors: [],
  notes: [
    'Unknown ids are left out (proposed). The regions are those of the zones.',
    'Names come from the seed’s zones; the wide region is the first word of the region’s id (invented).'
  ],
  run({ body, cloud }) {
    const zones = zoneOfEachRegion(cloud).filter((zone) => body.regionIds?.includes(zone.detail.region) ?? true)
    return { regionSet: zones.map(showRegion) }
  }
})
