import { Type } from '@sinclair/typebox'
import { idFilter, ZoneInfo } from '../wire/schemas.ts'
import { showZone } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeZones = operation({
  name: 'DescribeZones',
  summary: 'List zones.',
  source: 'Zenlayer API reference, DescribeZones (zenlayer.md 5.24)',
  route: zec('DescribeZones'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ zoneIds: idFilter }) },
  response: Type.Object({ zoneSet: Type.Array(ZoneInfo) }),
  errors: [],
  notes: ['Unknown ids are left out (proposed). Both versions answer all ten fields.'],
  run({ body, cloud }) {
    const zones = cloud.items('zone').filter((zone) => body.zoneIds?.includes(zone.id) ?? true)
    return { zoneSet: zones.map(showZone) }
  }
})
