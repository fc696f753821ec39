import { Type } from '@sinclair/typebox'
import { filter } from '../wire/schemas.ts'
import { zoneOfEachRegion } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeDiskRegions = operation({
  name: 'DescribeDiskRegions',
  summary: 'List the regions that have disks.',
  source: 'Zenlayer API reference, DescribeDiskRegions (zenlayer.md 5.22)',
  route: zec('DescribeDiskRegions'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ chargeType: filter }) },
  response: Type.Object({ regionIds: Type.Array(Type.String()) }),
  errors: [],
  notes: ['`chargeType` makes no difference. The CSI driver uses this action as its health probe.'],
  run({ cloud }) {
    return { regionIds: zoneOfEachRegion(cloud).map((zone) => zone.detail.region) }
  }
})
