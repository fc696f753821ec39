import type { AdvanceReport, ClockView, NextEvent } from '../../core/model/world.ts'
import { DURATION_EXPECTED, durationMs, fromInstant } from '../../documents/instants.ts'
import { DURATION_EXAMPLE } from '../../doors/schemas.ts'
import { Problem } from '../problem.ts'
import { sentenceOf } from './input.ts'

/** Milliseconds from `now` on. */
export function toDurationMs(text: string, now: number): number {
  const ms = durationMs(text, now)
  if (ms !== undefined) return ms
  const words = { reason: `is ${JSON.stringify(text)}`, expected: `expected ${DURATION_EXPECTED}` }
  throw new Problem(400, sentenceOf('by', words), { field: 'by', value: text, example: DURATION_EXAMPLE })
}

export function shownClock({ mode, now, advancing }: ClockView) {
  return {
    mode,
    now: fromInstant(now),
    advancing: advancing && { to: fromInstant(advancing.to), at: fromInstant(advancing.at) }
  }
}

export function shownReport({ from, to, next, ...counts }: AdvanceReport) {
  return { from: fromInstant(from), to: fromInstant(to), ...counts, next: shownNext(next) }
}

function shownNext(next: NextEvent | null) {
  return next && { ...next, at: fromInstant(next.at) }
}
