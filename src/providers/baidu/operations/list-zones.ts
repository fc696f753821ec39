import { Type } from '@sinclair/typebox'
import { page } from '../sources.ts'
import { zonesOf } from '../wire/lookups.ts'
import { operation } from './operation.ts'

export const listZones = operation({
  name: 'ListZones',
  summary: 'List the zones of the region.',
  evidence: page('Query the zone list', '5.4'),
  route: { method: 'GET', path: '/v2/zone' },
  response: Type.Object({ zones: Type.Array(Type.Object({ zoneName: Type.String() })) }),
  errors: [],
  run({ cloud }) {
    return { zones: zonesOf(cloud).map((zoneName) => ({ zoneName })) }
  }
})
