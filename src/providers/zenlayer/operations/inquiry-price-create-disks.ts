import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { PriceItem, priceOf } from '../matters/prices.ts'
import { invented, models, unsaid } from '../sources.ts'
import { unknownZone } from '../wire/lookups.ts'
import { DiskCategory, Id } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const inquiryPriceCreateDisks = operation({
  name: 'InquiryPriceCreateDisks',
  summary: 'What new disks would cost.',
  evidence: models('5.28'),
  route: zec('InquiryPriceCreateDisks'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      zoneId: Id,
      diskSize: Type.Integer({ minimum: 20, maximum: 32768 }),
      diskAmount: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 1 })),
      diskCategory: Type.Optional(DiskCategory)
    })
  },
  response: Type.Object({ dataDiskPrice: PriceItem }),
  errors: ['INVALID_ZONE_NOT_FOUND'],
  reach: { INVALID_ZONE_NOT_FOUND: statement('An unknown `zoneId`.', unsaid('5.28')) },
  notes: [
    statement('A constant rate for a GiB and an hour by category.', invented('no source tells prices', '5.28')),
    statement('Limits are those of CreateDisks.', unsaid('5.28'))
  ],
  run({ body, cloud, fail }) {
    const zone = cloud.findItem('zone', body.zoneId)
    if (!zone) throw fail('INVALID_ZONE_NOT_FOUND', unknownZone(cloud, body.zoneId))
    return { dataDiskPrice: priceOf(body.diskCategory ?? 'Standard NVMe SSD', body.diskSize, body.diskAmount ?? 1) }
  }
})
