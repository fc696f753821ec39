import { expect, test } from 'vitest'
import { reservedMonths, reservedUntil } from '../../../../src/providers/baidu/matters/billing.ts'

test.for([
  ['2026-01-31T08:00:00Z', 1, '2026-02-28T08:00:00Z'],
  ['2028-01-31T08:00:00Z', 1, '2028-02-29T08:00:00Z'],
  ['2026-11-30T00:00:00Z', 3, '2027-02-28T00:00:00Z'],
  ['2026-03-15T23:59:59Z', 36, '2029-03-15T23:59:59Z']
] as const)('%s and %i months is %s', ([from, months, expected]) => {
  expect(new Date(reservedUntil(Date.parse(from), months)).toISOString()).toBe(expected.replace('Z', '.000Z'))
})

test.for([
  [undefined, 1, 1],
  [{ reservation: { reservationLength: 9, reservationTimeUnit: 'Month' } }, 9, 9],
  [{ reservation: { reservationLength: 36, reservationTimeUnit: 'MONTH' } }, 36, 36],
  [{ reservation: { reservationLength: 48, reservationTimeUnit: 'month' } }, undefined, 48],
  [{ reservation: { reservationLength: 0, reservationTimeUnit: 'month' } }, 1, 0],
  [{ reservation: { reservationLength: 10, reservationTimeUnit: 'month' } }, undefined, undefined],
  [{ reservation: { reservationLength: 1, reservationTimeUnit: 'year' } }, undefined, undefined]
] as const)('a reservation by %j lasts %s months, on a change %s', ([billing, months, onChange]) => {
  expect(reservedMonths(billing)).toBe(months)
  expect(reservedMonths(billing, true)).toBe(onChange)
})
