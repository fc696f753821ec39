import { describe, expect, test } from 'vitest'
import { countFirings, type Firing, nextFiring } from '../../../src/core/model/schedule.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (text: string) => Date.parse(text)
const shown = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().slice(0, 16))
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const UTC = 0
const CHINA = 480

function next(weekdays: readonly number[], hours: readonly number[], after: string, utcOffsetMinutes = UTC) {
  return shown(nextFiring({ weekdays, hours, utcOffsetMinutes }, at(after)))
}

test.for([
  ['later the same day', [1], [9], '2026-01-05T08:00Z', '2026-01-05T09:00'],
  ['never twice at one instant', [1], [9], '2026-01-05T09:00Z', '2026-01-12T09:00'],
  ['a moment before its hour', [1], [9], '2026-01-05T08:59:59.999Z', '2026-01-05T09:00'],
  ['a moment after its hour not before the next', [1], [9, 10], '2026-01-05T09:00:00.001Z', '2026-01-05T10:00'],
  ['over the end of a month', EVERY_DAY, [0], '2026-04-30T12:00Z', '2026-05-01T00:00'],
  ['over the end of a year', EVERY_DAY, [0], '2026-12-31T00:00Z', '2027-01-01T00:00'],
  ['on a leap day', EVERY_DAY, [12], '2028-02-28T12:00Z', '2028-02-29T12:00'],
  ['after a leap day', EVERY_DAY, [12], '2028-02-29T12:00Z', '2028-03-01T12:00'],
  ['from 28 February to 1 March in a common year', EVERY_DAY, [12], '2027-02-28T12:00Z', '2027-03-01T12:00'],
  ['on a Tuesday that is a leap day', [2], [23], '2028-02-23T00:00Z', '2028-02-29T23:00']
] as const)('a policy in UTC fires %s', ([, weekdays, hours, after, expected]) => {
  expect(next(weekdays, hours, after)).toBe(expected)
})

test.for([
  ['midnight there is 16:00 of the day before', [1], [0], '2026-01-01T00:00Z', '2026-01-04T16:00'],
  ['its Sunday begins on Saturday', [0], [7], '2026-01-03T22:00Z', '2026-01-03T23:00'],
  ['its last hour of Saturday', [6], [23], '2026-01-03T00:00Z', '2026-01-03T15:00'],
  ['its New Year', EVERY_DAY, [0], '2026-12-31T15:59:59Z', '2026-12-31T16:00'],
  ['its leap day', [2], [0], '2028-02-28T00:00Z', '2028-02-28T16:00'],
  ['eight in the morning is midnight', EVERY_DAY, [8], '2026-03-01T00:00Z', '2026-03-02T00:00']
] as const)('a policy in UTC+8: %s', ([, weekdays, hours, after, expected]) => {
  expect(next(weekdays, hours, after, CHINA)).toBe(expected)
})

test('a policy without hours or days never fires', () => {
  expect(next([], [9], '2026-01-05T08:00Z')).toBeNull()
  expect(next([1], [], '2026-01-05T08:00Z')).toBeNull()
})

const FROM = at('2026-01-01T00:00Z')
const TO = at('2037-01-01T00:00Z')

/** Every hour of eleven years by the calendar of the platform, told the weekday and hour by Intl and not by sums. */
function hoursByCalendar(timeZone: string): Map<string, number[]> {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
  const hours = new Map<string, number[]>()
  for (let instant = FROM + HOUR; instant <= TO; instant += HOUR) {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]))
    const key = `${parts.weekday} ${Number(parts.hour)}`
    const list = hours.get(key) ?? []
    list.push(instant)
    hours.set(key, list)
  }
  return hours
}

describe.each([
  ['UTC', UTC, 'UTC'],
  ['UTC+8', CHINA, 'Asia/Shanghai']
] as const)('from 2026 to 2036 in %s', (_name, utcOffsetMinutes, timeZone) => {
  test('every hour of every weekday comes when the calendar says', { timeout: 60_000 }, () => {
    const calendar = hoursByCalendar(timeZone)
    expect(calendar.size).toBe(7 * 24)
    for (const [index, word] of ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].entries()) {
      for (let hour = 0; hour < 24; hour++) {
        const policy: Firing = { weekdays: [index], hours: [hour], utcOffsetMinutes }
        const found: number[] = []
        for (let instant = nextFiring(policy, FROM); instant !== null && instant <= TO; ) {
          found.push(instant)
          instant = nextFiring(policy, instant)
        }
        expect(found, `${word} ${hour}`).toEqual(calendar.get(`${word} ${hour}`))
        expect(countFirings(policy, FROM, TO)).toBe(found.length)
      }
    }
  })

  test('a daily policy fires once a day, leap days included', () => {
    const policy: Firing = { weekdays: EVERY_DAY, hours: [9], utcOffsetMinutes }
    const years = Array.from({ length: 11 }, (_, index) => 2026 + index)
    const counts = years.map((year) =>
      countFirings(
        policy,
        Date.UTC(year, 0, 1) - utcOffsetMinutes * 60_000,
        Date.UTC(year + 1, 0, 1) - utcOffsetMinutes * 60_000
      )
    )
    expect(counts).toEqual(years.map((year) => (year % 4 === 0 ? 366 : 365)))
  })
})

test('the count of firings is that of a walk, wherever it begins and ends', () => {
  const policy: Firing = { weekdays: [0, 3], hours: [0, 5, 23], utcOffsetMinutes: -210 }
  for (let index = 0; index < 300; index++) {
    const from = FROM + index * 7_919_000
    const to = from + index * 12_345_678
    let walked = 0
    for (let instant = nextFiring(policy, from); instant !== null && instant <= to; walked++) {
      instant = nextFiring(policy, instant)
    }
    expect(countFirings(policy, from, to)).toBe(walked)
  }
  expect(countFirings(policy, TO, FROM)).toBe(0)
  expect(countFirings(policy, FROM, FROM + DAY * 7)).toBe(6)
})
