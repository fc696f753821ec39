import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { models, unsaid } from '../sources.ts'
import { DISK_CATEGORIES, filter } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeDiskCategory = operation({
  name: 'DescribeDiskCategory',
  summary: 'List the disk categories of each zone.',
  evidence: models('5.23'),
  route: zec('DescribeDiskCategory'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ zoneId: filter, diskCategory: filter }) },
  response: Type.Object({
    categoryZoneSet: Type.Array(Type.Object({ zoneId: Type.String(), categorySet: Type.Array(Type.String()) }))
  }),
  errors: [],
  notes: [
    statement('Every zone has both categories.', unsaid('5.23')),
    statement('A zone without a match is left out.', unsaid('5.23'))
  ],
  run({ body, cloud }) {
    const categories = DISK_CATEGORIES.filter((category) => category === (body.diskCategory ?? category))
    const zones = cloud.items('zone').filter((zone) => zone.id === (body.zoneId ?? zone.id))
    return {
      categoryZoneSet: zones.flatMap((zone) =>
        categories.length === 0 ? [] : [{ zoneId: zone.id, categorySet: [...categories] }]
      )
    }
  }
})
