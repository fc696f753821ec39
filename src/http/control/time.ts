import { type Static, Type } from '@sinclair/typebox'
import type { AdvanceReport, ClockView, NextEvent } from '../../core/model/world.ts'
import { DURATION_EXPECTED, durationMs, fromInstant, INSTANT } from '../../documents/instants.ts'
import { Problem } from '../problem.ts'
import { sentenceOf } from './input.ts'

export const INSTANT_EXAMPLE = '2026-02-01T00:00:00Z'
export const DURATION_EXAMPLE = 'P7D'

/** An instant on the wire of the control API. */
export const Instant = Type.String({
  pattern: INSTANT,
  expected: 'an instant in ISO 8601 with a time zone',
  examples: [INSTANT_EXAMPLE]
})
export const Duration = Type.String({
  minLength: 2,
  maxLength: 100,
  expected: DURATION_EXPECTED,
  examples: [DURATION_EXAMPLE]
})

/** Milliseconds from `now` on. */
export function toDurationMs(text: Static<typeof Duration>, now: number): number {
  const ms = durationMs(text, now)
  if (ms !== undefined) return ms
  const words = { reason: `is ${JSON.stringify(text)}`, expected: `expected ${DURATION_EXPECTED}` }
  throw new Problem(400, sentenceOf('by', words), { field: 'by', value: text, example: DURATION_EXAMPLE })
}

export function shownClock({ mode, now, advancing }: ClockView): object {
  return {
    mode,
    now: fromInstant(now),
    advancing: advancing && { to: fromInstant(advancing.to), at: fromInstant(advancing.at) }
  }
}

export function shownReport({ from, to, next, ...counts }: AdvanceReport): object {
  return { from: fromInstant(from), to: fromInstant(to), ...counts, next: shownNext(next) }
}

function shownNext(next: NextEvent | null): object | null {
  return next && { ...next, at: fromInstant(next.at) }
}
