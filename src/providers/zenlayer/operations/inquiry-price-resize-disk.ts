import { Type } from '@sinclair/typebox'
import { resting, statement } from '../../evidence.ts'
import { DiskPerfItem, PriceItem, performanceOf, priceOf } from '../matters/prices.ts'
import { bySetting, client, invented, models, unsaid } from '../sources.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, nullable } from '../wire/schemas.ts'
import { NEW_VERSION, operation, zec } from './operation.ts'

const none = nullable(PriceItem)

export const inquiryPriceResizeDisk = operation({
  name: 'InquiryPriceResizeDisk',
  summary: 'What a larger disk would cost, and how fast it would be.',
  evidence: models('5.28'),
  route: zec('InquiryPriceResizeDisk'),
  versions: NEW_VERSION,
  request: { body: Type.Object({ diskId: Id, diskSize: Type.Integer({ minimum: 20, maximum: 20000 }) }) },
  response: Type.Object({
    diskPrice: PriceItem,
    specPrice: none,
    gpuPrice: none,
    acceleratorPrice: resting(none, client('5.28', 'Python SDK 2.0.77')),
    diskPerf: DiskPerfItem,
    previousPrices: resting(
      nullable(Type.Object({ diskPrice: none, specPrice: none, gpuPrice: none, acceleratorPrice: none })),
      client('5.28', 'Python SDK 2.0.77')
    )
  }),
  errors: ['INVALID_DISK_NOT_FOUND', 'OPERATION_FAILED_RESOURCE_NOT_FOUND', 'INVALID_PARAMETER_LESS_MINIMUM'],
  reach: {
    INVALID_DISK_NOT_FOUND: statement('An unknown `diskId`.', unsaid('5.28')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_PARAMETER_LESS_MINIMUM: statement('A `diskSize` smaller than now.', unsaid('5.28'))
  },
  notes: [
    statement(
      'Prices and performance go by category and size.',
      invented('no source tells prices or performance', '5.28')
    ),
    statement('`specPrice`, `gpuPrice`, `acceleratorPrice` and `previousPrices` are always null.', unsaid('5.28'))
  ],
  run({ body, cloud, fail }) {
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    if (body.diskSize < disk.sizeGiB) {
      throw fail(
        'INVALID_PARAMETER_LESS_MINIMUM',
        why('diskSize', `the disk has ${disk.sizeGiB} GiB already`, body.diskSize)
      )
    }
    return {
      diskPrice: priceOf(disk.detail.category, body.diskSize, 1),
      specPrice: null,
      gpuPrice: null,
      acceleratorPrice: null,
      diskPerf: performanceOf(disk.detail.category, body.diskSize),
      previousPrices: null
    }
  }
})
