import { expect, test } from 'vitest'
import { createAliases } from '../../src/compare/differences/aliases.ts'

test('ids within a text are those of our side, the longer before what is a part of it', () => {
  const aliases = createAliases()
  expect(aliases.match('asp-AAAAAAAA', 'asp-BBBBBBBB')).toBe(true)
  expect(aliases.match('asp-AAAAAAAA.2', 'asp-CCCCCCCC')).toBe(true)
  expect(aliases.match('v-same0001', 'v-same0001')).toBe(true)
  expect(aliases.match('short', 'other')).toBe(true)
  expect(aliases.translated('/v2/asp/asp-AAAAAAAA.2?x=asp-AAAAAAAA&y=v-same0001')).toBe(
    '/v2/asp/asp-CCCCCCCC?x=asp-BBBBBBBB&y=v-same0001'
  )
  // What is short means something else within a text, and an id where it stands alone.
  expect([aliases.translated('a short text'), aliases.translated('short')]).toEqual(['a short text', 'other'])
})

test('each has one partner, and keeps it', () => {
  const aliases = createAliases()
  expect(aliases.match('disk-1', 'disk-a')).toBe(true)
  expect(aliases.match('disk-1', 'disk-a')).toBe(true)
  expect(aliases.match('disk-1', 'disk-b')).toBe(false)
  expect(aliases.match('disk-2', 'disk-a')).toBe(false)
})
