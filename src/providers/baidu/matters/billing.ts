import { addMonths } from '../../../documents/instants.ts'
import type { AutoRenewal, PaymentTiming } from '../rules/shapes.ts'
import type { BillingIn } from '../wire/schemas.ts'
import { meant } from '../wire/words.ts'

/** Months that a reservation may last (baidu.md 4.7). */
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36]
/** On charge changes these, too; 0 aligns with the instance. */
const LENGTHS_OF_CHANGES = [0, ...LENGTHS, 48, 60]
const USUAL_MONTHS = 1

/** The last instant that `YYYY-…` can write: who renews for ever ends here. */
const LAST_AT = Date.UTC(9999, 11, 31, 23, 59, 59)

/** When a reservation of so many months ends. */
export function reservedUntil(at: number, months: number): number {
  return Math.min(addMonths(at, months), LAST_AT)
}

const TIMINGS: readonly PaymentTiming[] = ['Prepaid', 'Postpaid']
/** In any letter case, as SDKs and pages write it. */
export function paymentTimingOf(word: string): PaymentTiming | undefined {
  return meant(TIMINGS, word)
}

/**
 * The form that is asked for: `chargeType` if given, else that of `billing` (baidu.md 5.3.1). undefined: neither says;
 * null: a word that is none. Bidding is a form of instances; a volume of one is paid afterwards.
 */
export function paymentOf(chargeType: string | undefined, billing: BillingIn): PaymentTiming | null | undefined {
  const word = chargeType ?? billing?.paymentTiming
  if (word === undefined) return undefined
  if (word.toLowerCase() === 'bidding') return 'Postpaid'
  return paymentTimingOf(word) ?? null
}

/** Months of a reservation, one without; undefined: a length or unit that there is none of. */
export function reservedMonths(billing: BillingIn, isChange = false): number | undefined {
  const { reservationLength, reservationTimeUnit = 'month' } = billing?.reservation ?? {}
  if (reservationLength === undefined || (reservationLength === 0 && !isChange)) return USUAL_MONTHS
  // Cloud: `Month`, `month` and `MONTH` are all sent (baidu.md 4.7).
  const isKnown = reservationTimeUnit.toLowerCase() === 'month'
  return isKnown && (isChange ? LENGTHS_OF_CHANGES : LENGTHS).includes(reservationLength)
    ? reservationLength
    : undefined
}

const RENEWALS: Readonly<Record<string, number>> = { month: 9, year: 3 }

/** undefined: not wanted; null: a unit or time that there is none of. */
export function renewalOf(unit: string | undefined, time: number | undefined): AutoRenewal | null | undefined {
  if (time === undefined) return undefined
  const renewal = { unit: (unit ?? 'month').toLowerCase(), time }
  return time >= 1 && time <= (RENEWALS[renewal.unit] ?? 0) ? renewal : null
}
