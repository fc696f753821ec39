import { type Static, Type } from '@sinclair/typebox'
import { resting } from '../../evidence.ts'
import type { DiskCategory } from '../rules/shapes.ts'
import { invented } from '../sources.ts'
import { nullable } from '../wire/schemas.ts'

// Invented, constant and plausible: no source tells prices or performance (zenlayer.md 5.28).

const OURS = invented('no source tells prices or performance', '5.28')
const price = nullable(Type.Number())
const StepPrice = Type.Object({ stepStart: price, stepEnd: price, unitPrice: price, discountUnitPrice: price })
export const PriceItem = Type.Object({
  discount: Type.Number(),
  discountPrice: price,
  originalPrice: price,
  unitPrice: resting(price, OURS),
  discountUnitPrice: resting(price, OURS),
  chargeUnit: Type.Union([Type.Literal('HOUR'), Type.Literal('DAY'), Type.Literal('MONTH')]),
  stepPrices: nullable(Type.Array(StepPrice)),
  amountUnit: nullable(Type.String()),
  excessUnitPrice: price,
  excessDiscountUnitPrice: price,
  excessAmountUnit: nullable(Type.String()),
  category: Type.Union([Type.Literal('STANDARD'), Type.Literal('CUSTOMIZED')])
})
export const DiskPerfItem = Type.Object(
  {
    maxIops: Type.Integer(),
    maxBandwidth: Type.Integer(),
    iopsBurst: Type.Integer(),
    bandwidthBurst: Type.Integer()
  },
  { evidence: OURS }
)

/** Millionths of a dollar for a GiB and an hour; performance: a base, a step per GiB, an upper limit. */
const TABLE = {
  'Basic NVMe SSD': { microsPerGiBHour: 110, iops: [1800, 20, 20_000], bandwidth: [90, 0.3, 250] },
  'Standard NVMe SSD': { microsPerGiBHour: 170, iops: [3000, 50, 50_000], bandwidth: [120, 0.5, 450] }
} as const satisfies Record<DiskCategory, unknown>

const BURST = 1.5

/** By the hour, without a discount and without steps. */
export function priceOf(category: DiskCategory, sizeGiB: number, amount: number): Static<typeof PriceItem> {
  const unitPrice = (TABLE[category].microsPerGiBHour * sizeGiB * amount) / 1_000_000
  return {
    discount: 100,
    discountPrice: null,
    originalPrice: null,
    unitPrice,
    discountUnitPrice: unitPrice,
    chargeUnit: 'HOUR',
    stepPrices: null,
    amountUnit: null,
    excessUnitPrice: null,
    excessDiscountUnitPrice: null,
    excessAmountUnit: null,
    category: 'STANDARD'
  }
}

export function performanceOf(category: DiskCategory, sizeGiB: number): Static<typeof DiskPerfItem> {
  const upTo = ([base, perGiB, most]: readonly [number, number, number]) =>
    Math.floor(Math.min(base + perGiB * sizeGiB, most))
  const maxIops = upTo(TABLE[category].iops)
  const maxBandwidth = upTo(TABLE[category].bandwidth)
  return {
    maxIops,
    maxBandwidth,
    iopsBurst: Math.floor(maxIops * BURST),
    bandwidthBurst: Math.floor(maxBandwidth * BURST)
  }
}
