import { expect, test } from 'vitest'
import { isKeyName, worldOfToken } from '../../../src/core/model/world-names.ts'

test.for([
  ['default', true],
  ['bearer-of-news', true],
  ['bearer-0123456789AB', true],
  ['', false],
  ['*', false],
  ['bearer-0123456789ab', false]
] as const)('whether a key may be called %j: %s', ([name, may]) => expect(isKeyName(name)).toBe(may))

test('a token names a world that no key can', () => {
  expect(worldOfToken('secret-token')).toBe('bearer-930bbdc51b6a')
  expect(isKeyName(worldOfToken('any'))).toBe(false)
})
