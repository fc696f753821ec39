import { Type } from '@sinclair/typebox'
import { resting, statement } from '../../evidence.ts'
import { client, models, unsaid } from '../sources.ts'
import { filter } from '../wire/schemas.ts'
import { zoneOfEachRegion } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeDiskRegions = operation({
  name: 'DescribeDiskRegions',
  summary: 'List the regions that have disks.',
  evidence: models('5.22'),
  route: zec('DescribeDiskRegions'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ chargeType: resting(filter, client('5.22', 'Go SDK')) }) },
  response: Type.Object({ regionIds: Type.Array(Type.String()) }),
  errors: [],
  notes: [
    statement('`chargeType` makes no difference.', unsaid('5.22')),
    statement('It serves as a health probe.', client('5.22', 'CSI driver'))
  ],
  run({ cloud }) {
    return { regionIds: zoneOfEachRegion(cloud).map((zone) => zone.detail.region) }
  }
})
