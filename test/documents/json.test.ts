import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../src/documents/json.ts'
import type { Path } from '../../src/documents/walk.ts'

function read(text: string, paths: readonly Path[] = []) {
  const reading = readJson(text, paths)
  for (let step = reading.next(); ; step = reading.next()) if (step.done) return step.value
}
const troublesOf = (text: string) => read(text).troubles.map(({ offset, reason }) => [offset, reason])

describe('what JSON.parse reads', () => {
  test('is read as it reads it, however it is written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(read(text)).toStrictEqual({ value: JSON.parse(text), troubles: [], more: 0, offsets: [] })
      }),
      { seed: 1, numRuns: 2000 }
    )
  })

  test.for([
    ' \r\n\t[1 , 2]\n',
    '{"a":{"b":[{},[],{"c":null}]}}',
    '"\\u00e9\\n\\\\\\" \\/"',
    '"\\\\"',
    '-0',
    '1e999',
    '-1.5E+3',
    '0.1e-2',
    '{"__proto__":{"a":1},"constructor":2}',
    '{"":0}',
    '"\ud800"',
    'true'
  ])('%s', (text) => {
    expect(read(text).value).toStrictEqual(JSON.parse(text))
    expect(Object.getPrototypeOf(Object(read('{"__proto__":[]}').value))).toBe(Object.prototype)
  })
})

describe('what JSON.parse refuses', () => {
  test('is refused, whatever was changed in what it reads', () => {
    const mutated = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', '}', ']', '{', '0', 'x', '\n', '\u0001', '-', '.')
      )
      .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1))
    let refused = 0
    fc.assert(
      fc.property(mutated, (text) => {
        let expected: unknown
        try {
          expected = JSON.parse(text)
        } catch {
          refused++
          expect(read(text).troubles).toHaveLength(1)
          return
        }
        expect(read(text).value).toStrictEqual(expected)
      }),
      { seed: 2, numRuns: 3000 }
    )
    expect(refused).toBeGreaterThan(500)
  })

  test.for([
    ['', 0, 'ends in the middle: a value is missing'],
    ['{"a": [1, 2', 11, 'ends in the middle: "," or "]" is missing'],
    ['{"a": "b', 8, 'ends in the middle of a text'],
    ['{"a" 1}', 5, 'is no JSON: ":" is expected here, not "1}"'],
    ['{a: 1}', 1, 'is no JSON: a name in double quotes is expected here, not "a: 1}"'],
    ['[1, 2,]', 6, 'is no JSON: a value is expected here, not "]"'],
    ['[1] 2', 4, 'is no JSON: the end is expected here, not "2"'],
    ['[01]', 2, 'is no JSON: "," or "]" is expected here, not "1]"'],
    ['[nul]', 1, 'is no JSON: a value is expected here, not "nul]"'],
    ['["a\nb"]', 1, 'is no JSON: this text holds a bare line break, or an escape that there is not']
  ] as const)('%j, at its offset', ([text, offset, reason]) => {
    expect(troublesOf(text)).toEqual([[offset, reason]])
  })
})

test('a member that comes twice is told with its place, and so are many of them, up to a bound', () => {
  expect(read('{"a":[{"b":1,"b":2}],"a":3}').troubles).toEqual([
    { offset: 13, path: ['a', 0, 'b'], reason: 'is named twice' },
    { offset: 21, path: ['a'], reason: 'is named twice' }
  ])
  const { troubles, more } = read(`{${Array(1000).fill('"a":1').join()}}`)
  expect([troubles.length, more]).toEqual([50, 949])
})

test('members are found by their names, items by themselves, and what is missing by its holder', () => {
  const text = '{ "a": [10, {"b": 1}],\n  "c": {} }'
  const paths = [[], ['a'], ['a', 0], ['a', 1], ['a', 1, 'b'], ['c', 'none'], ['a', 7, 'x'], ['none']]
  expect(read(text, paths).offsets).toEqual([0, 2, 8, 12, 13, 25, 2, 0])
})

test('nothing is nested deeper than five hundred levels', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(read(nested(500)).troubles).toEqual([])
  expect(troublesOf(nested(501))).toEqual([[500, 'is nested deeper than 500 levels']])
  expect(troublesOf('{"a":'.repeat(1_000_000))).toEqual([[2500, 'is nested deeper than 500 levels']])
})

test('it can be interrupted at any few hundred values', () => {
  const text = JSON.stringify(Array.from({ length: 100_000 }, (_, n) => ({ n })))
  expect([...readJson(text)].length).toBeGreaterThan(100)
})
