import { describe, expect, test } from 'vitest'
import { reservedMonths, reservedUntil } from '../../../../src/providers/baidu/matters/billing.ts'
import { idOf, numberOf } from '../../../../src/providers/baidu/rules/ids.ts'
import { fromOffsetMinutes, toOffsetMinutes } from '../../../../src/providers/baidu/wire/convert.ts'

describe('ids', () => {
  test.for([
    ['volume', /^v-[0-9A-Za-z]{8}$/],
    ['snapshot', /^s-[0-9A-Za-z]{8}$/],
    ['policy', /^asp-[0-9A-Za-z]{8}$/],
    ['instance', /^i-[0-9A-Za-z]{8}$/],
    ['chain', /^sl-[0-9A-Za-z]{8}$/],
    ['share', /^share-[0-9A-Za-z]{10}$/]
  ] as const)('of a %s have their form, and never come twice', ([kind, form]) => {
    for (const seed of [0, 1, 4_294_967_295]) {
      const ids = Array.from({ length: 20_000 }, (_, n) => idOf(kind, n + 1, seed))
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.every((id) => form.test(id))).toBe(true)
    }
  })

  test.for(['volume', 'snapshot', 'policy', 'instance', 'share'])(
    'of a %s tell their number, in their world',
    (kind) => {
      for (const seed of [0, 1, 4_294_967_295]) {
        for (const n of [0, 1, 2, 61, 62, 3843, 1_000_003, 2 ** 40 + 1]) {
          const id = idOf(kind, n, seed)
          expect(numberOf(kind, id, seed)).toBe(n)
          expect(numberOf(kind, id, seed ^ 1)).not.toBe(n)
        }
      }
    }
  )

  test.for([
    ['volume', 's-00000001'],
    ['volume', 'v-'],
    ['volume', 'v-000000001'],
    ['volume', 'v-0000000'],
    ['volume', 'v-0000000-'],
    ['volume', 'v-0000000é'],
    ['volume', 'V-00000001'],
    ['volume', ''],
    ['share', 'share-00000001'],
    ['order', '0000000001']
  ] as const)('of a %s are none like %j', ([kind, id]) => {
    expect(numberOf(kind, id, 0)).toBeUndefined()
  })

  test('differ from world to world, and are the same again in one', () => {
    expect(idOf('volume', 7, 1)).not.toBe(idOf('volume', 7, 2))
    expect(idOf('volume', 7, 1)).toBe(idOf('volume', 7, 1))
  })

  test('that follow each other do not look it: every letter moves', () => {
    const ids = Array.from({ length: 500 }, (_, n) => idOf('snapshot', n + 1, 5).slice(2))
    for (let place = 0; place < 8; place++) {
      expect(new Set(ids.map((id) => id[place])).size, `letter ${place}`).toBeGreaterThan(30)
    }
  })
})

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

test.for([
  ['+08:00', 480],
  ['-05:30', -330],
  ['+00:00', 0],
  ['+14:00', 840]
] as const)('%s is %i minutes', ([text, minutes]) => {
  expect(toOffsetMinutes(text)).toBe(minutes)
  expect(fromOffsetMinutes(minutes)).toBe(text)
})
