import { expect, test } from 'vitest'
import { bodyOf, valueIn } from '../../src/compare/exchange.ts'

test('what is nested deeper than any answer of a cloud is a text', () => {
  const deep = (levels: number) => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  expect(bodyOf(deep(100))).toHaveProperty('json')
  expect(bodyOf(deep(200_000))).toEqual({ text: deep(200_000).toString() })
  expect(valueIn(bodyOf(deep(200_000)))).toBeTypeOf('string')
})
