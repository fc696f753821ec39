import { expect, test } from 'vitest'
import {
  addMonths,
  clockInstant,
  durationMs,
  fromInstant,
  fromInstantInSeconds,
  toInstant,
  UTC_SECONDS
} from '../../src/documents/instants.ts'

test.for([
  ['2026-01-05T08:00:00Z', '2026-01-05T08:00:00.000Z'],
  ['2026-01-05T08:00Z', '2026-01-05T08:00:00.000Z'],
  ['2026-01-05T08:00:00.25+01:00', '2026-01-05T07:00:00.250Z'],
  ['2024-02-29T23:59:59.999999999-23:59', '2024-03-01T23:58:59.999Z'],
  ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z']
] as const)('%s is %s', ([text, shown]) => {
  expect(fromInstant(toInstant(text) ?? Number.NaN)).toBe(shown)
})

test.for([
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-05T25:00:00Z',
  '2026-01-05T08:60:00Z',
  '2026-01-05T08:00:00',
  '2026-01-05T08:00:00+25:00',
  '2026-01-05',
  '2026-01-05 08:00:00Z',
  ' 2026-01-05T08:00:00Z',
  'now',
  ''
])('%j is no instant', (text) => expect(toInstant(text)).toBeUndefined())

test('every day of four years is one, and no other', () => {
  const pattern = new RegExp(UTC_SECONDS)
  for (let year = 2023; year <= 2026; year++) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const date = new Date(Date.UTC(year, month - 1, day))
        const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year
        expect([text, pattern.test(`${text}T00:00:00Z`)]).toEqual([text, isDay])
      }
    }
  }
})

test('a clock shows the years from 2000 to 2100', () => {
  const years = ['1999-12-31T23:59:59Z', '2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z', '2100-01-01T00:00:01Z']
  expect(years.map((text) => clockInstant.read(text) !== undefined)).toEqual([false, true, true, false])
})

test('seconds are cut, not rounded', () => {
  expect(fromInstantInSeconds(Date.UTC(2026, 0, 5, 8, 0, 0, 999))).toBe('2026-01-05T08:00:00Z')
})

test.for([
  ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00.000Z'],
  ['2024-01-31T10:00:00Z', 1, '2024-02-29T10:00:00.000Z'],
  ['2026-03-31T10:00:00Z', -1, '2026-02-28T10:00:00.000Z'],
  ['2026-01-15T10:00:00Z', 24, '2028-01-15T10:00:00.000Z']
] as const)('%s and %i months are %s', ([from, months, to]) => {
  expect(fromInstant(addMonths(toInstant(from) ?? 0, months))).toBe(to)
})

const HOUR = 3_600_000
test.for([
  ['P7D', 168 * HOUR],
  ['-P1D', -24 * HOUR],
  ['PT1H30M', 1.5 * HOUR],
  ['PT0,5S', 500],
  ['P1W', 168 * HOUR],
  ['P1M', 28 * 24 * HOUR],
  ['P1Y', 365 * 24 * HOUR],
  ['7d', 168 * HOUR],
  ['7D', 168 * HOUR],
  ['36h', 36 * HOUR],
  ['36h0m0s', 36 * HOUR],
  ['1d12h', 36 * HOUR],
  ['1.5h', 1.5 * HOUR],
  ['1m30s', 90_000],
  ['1h0m0.5s', HOUR + 500],
  ['500ms', 500],
  ['1m500ms', 60_500],
  ['0s', 0],
  ['-1h', -HOUR],
  ['2w', 336 * HOUR]
] as const)('from 1 February 2026 on, %s is %i ms', ([text, ms]) => {
  expect(durationMs(text, Date.UTC(2026, 1, 1))).toBe(ms)
})

test.for([
  ...['', 'P', 'PT', 'P1DT', 'xP1D', 'P1D ', ' 7d', '7 d', '1', 'd', '7days', 'soon', 'P7D1H', 'P1H', 'PT1D', 'P0.5M'],
  ...['h', '1h1h', '1m1h', '1s1d', '36h0', '-', '+', '1e3s', '١h', '1.h', 'P999999999999Y']
])('%j is no duration', (text) => expect(durationMs(text, Date.UTC(2026, 0, 1))).toBeUndefined())

test('every second that a world can show is written as Date writes it', () => {
  const [from, to] = [Date.UTC(1970, 0, 1), Date.UTC(2101, 0, 1)]
  for (let at = from; at < to; at += 86_399_000 * 3) {
    expect(fromInstantInSeconds(at)).toBe(`${new Date(at).toISOString().slice(0, 19)}Z`)
  }
  for (const at of [
    Date.UTC(2000, 1, 29, 23, 59, 59),
    Date.UTC(2100, 1, 28),
    Date.UTC(2100, 2, 1),
    Date.UTC(9999, 11, 31)
  ]) {
    expect(fromInstantInSeconds(at)).toBe(`${new Date(at).toISOString().slice(0, 19)}Z`)
  }
})
