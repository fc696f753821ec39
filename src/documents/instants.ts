import { assert } from '../core/model/assert.ts'
import { DAY_MS, EARLIEST_AT, HOUR_MS, LATEST_AT } from '../core/model/clock.ts'

/** A day that there is, as `YYYY-MM-DD`: JavaScript takes 30 February for 2 March. */
const DAY =
  '(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))' +
  '|(?:\\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)'
const HOUR_AND_MINUTE = '(?:[01]\\d|2[0-3]):[0-5]\\d'

/** `2026-01-05T08:00:00Z` and nothing else: how both clouds write an instant. */
export const UTC_SECONDS = `^${DAY}T${HOUR_AND_MINUTE}:[0-5]\\dZ$`
/** ISO 8601 with a time zone. */
export const INSTANT = `^${DAY}T${HOUR_AND_MINUTE}(?::[0-5]\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]${HOUR_AND_MINUTE})$`

const instantPattern = new RegExp(INSTANT)

/** Epoch milliseconds of an instant in ISO 8601, or undefined where it is none or there is no such day or hour. */
export function toInstant(text: string): number | undefined {
  return instantPattern.test(text) ? Date.parse(text) : undefined
}

/** The same of a text that a schema has let through. */
export function instantAt(text: string): number {
  const at = toInstant(text)
  assert(at !== undefined, `${text} is an instant`)
  return at
}

/** In UTC, to the millisecond. */
export function fromInstant(at: number): string {
  return new Date(at).toISOString()
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/**
 * In UTC, cut to the second. Pages are full of these, so it is worked out: `Date` takes three times as long. Years begin in
 * March here, so that the odd day comes last (Hinnant, chrono-compatible low-level date algorithms).
 */
export function fromInstantInSeconds(at: number): string {
  const day = Math.floor(at / DAY_MS)
  const second = Math.floor((at - day * DAY_MS) / 1000)
  const fromMarch = day + 719_468
  const era = Math.floor(fromMarch / 146_097)
  const dayOfEra = fromMarch - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const date = `${year}-${TWO_DIGITS[month]}-${TWO_DIGITS[dayOfYear - Math.floor((153 * march + 2) / 5) + 1]}`
  return `${date}T${TWO_DIGITS[Math.floor(second / 3600)]}:${TWO_DIGITS[Math.floor(second / 60) % 60]}:${TWO_DIGITS[second % 60]}Z`
}

/** An instant that a clock can show: what is expected, and how it is read. */
export const clockInstant = {
  expected: 'an instant from 2000 to 2100 such as 2026-01-05T08:00:00Z',
  read(text: string): number | undefined {
    const at = toInstant(text)
    return at !== undefined && at >= EARLIEST_AT && at <= LATEST_AT ? at : undefined
  }
}

/** The same day so many months later, or the last one of a shorter month. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.getTime()
}

export const DURATION_EXPECTED = 'a duration in ISO 8601, or as 7d, 36h, 1h30m'

const NUMBER = '(\\d{1,12}(?:[.,]\\d{1,9})?)'
const part = (unit: string) => `(?:${NUMBER}${unit})?`
const isoPattern = new RegExp(
  `^([+-]?)P(?=.)${['Y', 'M', 'W', 'D'].map(part).join('')}(?:T(?=.)${['H', 'M', 'S'].map(part).join('')})?$`
)
/** As Go writes it, and people do: `36h0m0s`, `1d12h`, `500ms`. */
const shortPattern = new RegExp(`^([+-]?)(?=.)${['w', 'd', 'h', 'm(?!s)', 's', 'ms'].map(part).join('')}$`, 'i')

/**
 * Milliseconds from `now` on, or undefined where a text is no duration. Months and years are those of the calendar, in
 * UTC, so half a month is none.
 */
export function durationMs(text: string, now: number): number | undefined {
  const iso = isoPattern.exec(text)
  const short = iso ? null : shortPattern.exec(text)
  const [, sign, ...amounts] = iso ?? short ?? []
  if (sign === undefined) return undefined
  const numbers = amounts.map((amount = '0') => Number(amount.replace(',', '.')))
  const [years = 0, months = 0, ...rest] = iso ? numbers : [0, 0, ...numbers]
  const forward = sign === '-' ? -1 : 1
  const inMonths = years * 12 + months
  const ms = rest.reduce((sum, number, index) => sum + number * (UNITS_MS[index] ?? 0), 0)
  const duration = forward * Math.round(ms) + (addMonths(now, forward * inMonths) - now)
  // JavaScript has no date that is so far away.
  return Number.isInteger(inMonths) && !Number.isNaN(duration) ? duration : undefined
}

/** Weeks, days, hours, minutes, seconds, milliseconds. */
const UNITS_MS = [7 * DAY_MS, DAY_MS, HOUR_MS, 60_000, 1000, 1]
