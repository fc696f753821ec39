import { type Static, Type } from '@sinclair/typebox'
import { parse } from 'tinyduration'
import type { AdvanceReport, ClockView, NextEvent } from '../../core/model/world.ts'
import { Problem } from '../problem.ts'

export const INSTANT_EXAMPLE = '2026-02-01T00:00:00Z'
export const DURATION_EXAMPLE = 'P7D'

/** An instant on the wire of the control API. */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$',
  expected: 'an instant in ISO 8601 with a time zone',
  examples: [INSTANT_EXAMPLE]
})
export const Duration = Type.String({
  minLength: 2,
  maxLength: 100,
  expected: 'a duration in ISO 8601, or as 7d, 36h, 90m, 30s',
  examples: [DURATION_EXAMPLE]
})

/** Epoch milliseconds of an instant; the field is named where there is no such day or hour. */
export function toInstant(text: Static<typeof Instant>, field: string): number {
  const at = Date.parse(text)
  // JavaScript takes 31 February for 3 March.
  const day = text.slice(0, 10)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (!Number.isNaN(at) && !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day)) return at
  throw new Problem(400, `${field} cannot be ${JSON.stringify(text)}; there is no such instant.`, {
    field,
    value: text,
    example: INSTANT_EXAMPLE
  })
}

export function fromInstant(at: number): string {
  return new Date(at).toISOString()
}

const SHORT_UNITS = { w: 'weeks', d: 'days', h: 'hours', m: 'minutes', s: 'seconds' } as const
const UNIT_MS = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 } as const

/** Milliseconds from `now` on; months and years are those of the calendar, in UTC. */
export function toDurationMs(text: Static<typeof Duration>, now: number): number {
  const duration = durationOf(text)
  const ms = duration ? msOf(duration, now) : Number.NaN
  // A date so far away that JavaScript has none is no number.
  if (Number.isNaN(ms)) {
    throw new Problem(400, `by cannot be ${JSON.stringify(text)}; it must be ${Duration.expected}.`, {
      field: 'by',
      value: text,
      example: DURATION_EXAMPLE
    })
  }
  return ms
}

function msOf(duration: Parsed, now: number): number {
  const { years = 0, months = 0, negative = false } = duration
  const sign = negative ? -1 : 1
  let ms = 0
  for (const [unit, each] of Object.entries(UNIT_MS)) ms += (partOf(duration, unit) ?? 0) * each
  return sign * Math.round(ms) + (monthsLater(now, sign * (years * 12 + months)) - now)
}

// tinyduration reads as far as it understands and says nothing of the rest.
const NUMBER = '\\d{1,12}(?:[.,]\\d{1,9})?'
const DURATION = new RegExp(
  `^[+-]?P(?=.)(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=.)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`
)

type Parsed = ReturnType<typeof parse>

function partOf(duration: Parsed, unit: string): number | undefined {
  const part = Object.entries(duration).find(([name]) => name === unit)?.[1]
  return typeof part === 'number' ? part : undefined
}

function durationOf(text: string): Parsed | undefined {
  const short = /^(\d+(?:\.\d+)?)([wdhms])$/i.exec(text)
  if (short) {
    const unit = Object.entries(SHORT_UNITS).find(([letter]) => letter === short[2]?.toLowerCase())?.[1]
    return unit && { [unit]: Number(short[1]) }
  }
  if (!DURATION.test(text)) return undefined
  try {
    const duration = parse(text)
    const { years = 0, months = 0 } = duration
    return Number.isInteger(years * 12 + months) ? duration : undefined
  } catch {
    return undefined
  }
}

/** The same day so many months later, or that month's last. */
function monthsLater(at: number, months: number): number {
  if (months === 0) return at
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.getTime()
}

export function shownClock({ mode, now, advancing }: ClockView): object {
  return {
    mode,
    now: fromInstant(now),
    ...(advancing && { advancing: { to: fromInstant(advancing.to), at: fromInstant(advancing.at) } })
  }
}

export function shownReport({ from, to, next, ...counts }: AdvanceReport): object {
  return { from: fromInstant(from), to: fromInstant(to), ...counts, next: shownNext(next) }
}

function shownNext(next: NextEvent | null): object | null {
  return next && { ...next, at: fromInstant(next.at) }
}
