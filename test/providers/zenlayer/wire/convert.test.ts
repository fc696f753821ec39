import { expect, test } from 'vitest'
import {
  ascending,
  changeTags,
  fromInstant,
  fromWeekdays,
  toNameFilter,
  toWeekdays,
  toWindow
} from '../../../../src/providers/zenlayer/wire/convert.ts'

test.for([
  ['vol-1', { contains: 'vol-1' }],
  ['^vol-1$', { is: 'vol-1' }],
  ['^vol-1', { startsWith: 'vol-1' }],
  ['vol-1$', { matches: 'vol-1$' }],
  ['^vol.1$', { matches: '^vol.1$' }],
  ['^a|b$', { matches: '^a|b$' }],
  ['^$', { is: '' }],
  ['^', { startsWith: '' }],
  ['a(', { contains: 'a(' }],
  ['^a(', { contains: '^a(' }],
  ['(?<=a)b', { contains: '(?<=a)b' }],
  ['a{2000}', { contains: 'a{2000}' }],
  ['^快照$', { is: '快照' }],
  ['(a+)+$', { matches: '(a+)+$' }]
] as const)('the name filter %s means %j', ([pattern, filter]) => {
  expect(toNameFilter(pattern)).toEqual(filter)
})

test('week days start with Monday = 1 on the wire and end with Sunday = 7', () => {
  expect(toWeekdays([1, 7, 6, 7])).toEqual([0, 1, 6])
  expect(fromWeekdays([0, 1, 6])).toEqual([1, 6, 7])
  expect(fromWeekdays(toWeekdays([1, 2, 3, 4, 5, 6, 7]))).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(ascending([23, 0, 9, 0])).toEqual([0, 9, 23])
})

test('times are cut to the second, never rounded', () => {
  expect(fromInstant(Date.UTC(2026, 0, 5, 8, 0, 0, 999))).toBe('2026-01-05T08:00:00Z')
})

test('pages start at 1 and are 20 long; no offset is too large for SQLite', () => {
  expect(toWindow({})).toEqual({ offset: 0, limit: 20 })
  expect(toWindow({ pageNum: 3, pageSize: 7 })).toEqual({ offset: 14, limit: 7 })
  expect(Number.isSafeInteger(toWindow({ pageNum: Number.MAX_VALUE, pageSize: 1000 }).offset)).toBe(true)
})

test('a tag that stays the same keeps its time', () => {
  const old = { tags: [['a', '1'] as const, ['b', '2'] as const], tagTimes: [10, 10] }
  const replace = [{ key: 'a', value: '1' }, { key: 'b', value: '3' }, { key: '__proto__' }]
  expect(changeTags(old, replace, [], 20)).toEqual({
    tags: [
      ['a', '1'],
      ['b', '3'],
      ['__proto__', '']
    ],
    tagTimes: [10, 20, 20]
  })
})
