import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, invented, unsaid } from '../sources.ts'
import { idFilter, RegionInfo } from '../wire/schemas.ts'
import { showRegion, zoneOfEachRegion } from '../wire/views.ts'
import { NEW_VERSION, operation, zec } from './operation.ts'

export const describeRegions = operation({
  name: 'DescribeRegions',
  summary: 'List regions.',
  evidence: client('5.24', 'Python SDK 2.0.77'),
  route: zec('DescribeRegions'),
  versions: NEW_VERSION,
  request: { body: Type.Object({ regionIds: idFilter }) },
  response: Type.Object({ regionSet: Type.Array(RegionInfo) }),
  errors: [],
  notes: [
    statement('Unknown ids are left out.', unsaid('5.24')),
    statement('The regions are those of the zones.', invented('the seed has no others', '5.24')),
    statement('Names come from the seed’s zones; the wide region is the first word of the region’s id.', unsaid('4.6'))
  ],
  run({ body, cloud }) {
    const zones = zoneOfEachRegion(cloud).filter((zone) => body.regionIds?.includes(zone.detail.region) ?? true)
    return { regionSet: zones.map(showRegion) }
  }
})
