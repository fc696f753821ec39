import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { models, unsaid } from '../sources.ts'
import { idFilter, ZoneInfo } from '../wire/schemas.ts'
import { showZone } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeZones = operation({
  name: 'DescribeZones',
  summary: 'List zones.',
  evidence: models('5.24'),
  route: zec('DescribeZones'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ zoneIds: idFilter }) },
  response: Type.Object({ zoneSet: Type.Array(ZoneInfo) }),
  errors: [],
  notes: [
    statement('Unknown ids are left out.', unsaid('5.24')),
    statement('Both versions answer all ten fields.', unsaid('7.1'))
  ],
  run({ body, cloud }) {
    const zones = cloud.items('zone').filter((zone) => body.zoneIds?.includes(zone.id) ?? true)
    return { zoneSet: zones.map(showZone) }
  }
})
