import { signal } from '@preact/signals'
import { DAY_MS, HOUR_MS, YEAR_MS } from '../instants.ts'

/** The part of time that is in view, epoch milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}
export const span = signal<Span>({ from: 0, to: 1 })
/** Whether the view goes along when the clock moves. */
export const isFollowing = signal(true)

export const SHORTEST_MS = HOUR_MS
export const LONGEST_MS = 10 * YEAR_MS
/** Where now stands in a view that is made around it. */
const NOW_AT = 0.7

export const LENGTHS = [
  ['1 h', HOUR_MS],
  ['1 d', DAY_MS],
  ['1 w', 7 * DAY_MS],
  ['1 m', 30 * DAY_MS],
  ['1 y', YEAR_MS],
  ['10 y', LONGEST_MS]
] as const

export function aroundNow(now: number, length: number): Span {
  const from = now - NOW_AT * length
  return { from, to: from + length }
}

/** Longer or shorter by a factor; what lies at `part` of it stays where it is. */
export function zoomed({ from, to }: Span, factor: number, part: number): Span {
  const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (to - from) * factor))
  const fixed = from + part * (to - from)
  return { from: fixed - part * length, to: fixed + (1 - part) * length }
}

/** Moved by a part of its length. */
export function moved({ from, to }: Span, part: number): Span {
  const by = part * (to - from)
  return { from: from + by, to: to + by }
}

/** The clock went from one instant to another: a view that had it in sight goes along. */
export function following(view: Span, before: number, now: number): Span {
  const hadIt = before >= view.from && before <= view.to
  if (!hadIt) return view
  return { from: view.from + now - before, to: view.to + now - before }
}

const STEPS_MS = [
  ...[5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14].map((days) => days * DAY_MS)
]

/** Where the axis is divided, and what is written there: never closer than so many to the view. */
export function ticksOf({ from, to }: Span, most: number): readonly { readonly at: number; readonly text: string }[] {
  const least = (to - from) / Math.max(1, most)
  const step = STEPS_MS.find((each) => each >= least)
  if (step === undefined) return monthTicks(from, to, least)
  const ticks = []
  // 1970-01-05 was a Monday: weeks begin on one.
  const origin = step >= 7 * DAY_MS ? 4 * DAY_MS : 0
  for (let at = Math.ceil((from - origin) / step) * step + origin; at <= to; at += step) {
    const iso = new Date(at).toISOString()
    const isDay = at % DAY_MS === 0
    ticks.push({ at, text: isDay || step >= DAY_MS ? iso.slice(0, 10) : iso.slice(11, 16) })
  }
  return ticks
}

function monthTicks(from: number, to: number, least: number) {
  const months = [1, 3, 6, 12, 24].find((count) => count * 28 * DAY_MS >= least) ?? 24
  const ticks = []
  const start = new Date(from)
  for (
    let month = start.getUTCFullYear() * 12 + Math.ceil((start.getUTCMonth() + 1) / months) * months;
    ;
    month += months
  ) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1)
    if (at > to) return ticks
    if (at >= from) ticks.push({ at, text: new Date(at).toISOString().slice(0, months >= 12 ? 4 : 7) })
  }
}
