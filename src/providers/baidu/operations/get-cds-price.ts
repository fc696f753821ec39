import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { paymentTimingOf } from '../matters/billing.ts'
import { DISK_SIZES, pricePerGiB, STORAGE_TYPES } from '../matters/catalogues.ts'
import { client, invented, unsaid } from '../sources.ts'
import { badBilling } from '../wire/reasons.ts'
import { OptionalText, StorageType, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Amount = (maximum: number) => Type.Optional(Type.Integer({ minimum: 1, maximum, zeroIsAbsent: true }))
const MINUTES_OF_MONTH = 43_200

export const getCdsPrice = operation({
  name: 'GetCdsPrice',
  summary: 'Ask what volumes cost.',
  evidence: client('5.3.9', 'SDKs'),
  route: { method: 'POST', path: '/v2/volume/getPrice' },
  request: {
    query: TokenQuery,
    body: Type.Object({
      cdsSizeInGB: Amount(DISK_SIZES.max),
      storageType: StorageType,
      purchaseLength: Amount(60),
      purchaseCount: Amount(1000),
      zoneName: Type.Optional(Type.String({ ignored: true })),
      paymentTiming: OptionalText
    })
  },
  response: Type.Object({
    price: Type.Array(
      Type.Object({
        storageType: Type.String(),
        cdsSizeInGB: Type.Integer(),
        // Cloud: JSON numbers; Go fails on text.
        price: Type.Number(),
        specPrice: Type.Number(),
        unit: Type.String()
      })
    )
  }),
  errors: ['BadRequest'],
  reach: { BadRequest: statement('A size above 32765, or an unknown paymentTiming.', unsaid('5.3.9')) },
  notes: [
    statement(
      'Prices are constant: per GB and month if Prepaid, per minute if Postpaid (the default).',
      invented('no source tells prices', '5.3.9')
    ),
    statement('Without a storageType all are answered, without a size that of the smallest volume.', unsaid('5.3.9'))
  ],
  run({ body, fail }) {
    const { cdsSizeInGB = DISK_SIZES.min, purchaseLength = 1, purchaseCount = 1 } = body
    const paymentTiming = paymentTimingOf(body.paymentTiming ?? 'Postpaid')
    if (!paymentTiming) throw fail('BadRequest', badBilling)
    const isPrepaid = paymentTiming === 'Prepaid'
    const times = isPrepaid ? purchaseLength * purchaseCount : purchaseCount / MINUTES_OF_MONTH
    const price = (body.storageType === undefined ? STORAGE_TYPES : [body.storageType]).map((storageType) => {
      const amount = Number((pricePerGiB(storageType) * cdsSizeInGB * times).toFixed(6))
      return { storageType, cdsSizeInGB, price: amount, specPrice: amount, unit: isPrepaid ? 'month' : 'minute' }
    })
    return { price }
  }
})
