import { type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrongsOf } from '../../src/documents/wrongs.ts'

const Disk = Type.Object({
  id: Type.String({ minLength: 2, maxLength: 4, pattern: '^[a-z]+$' }),
  size: Type.Integer({ minimum: 1, maximum: 100 }),
  kind: Type.Union([Type.Literal('A'), Type.Literal('B')], { refusal: 'BAD_KIND' }),
  at: Type.Optional(Type.String({ pattern: '^\\d{4}$', wrong: 'date' })),
  tags: Type.Optional(
    Type.Object(
      { names: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 2 }) },
      { refusal: 'BAD_TAGS' }
    )
  )
})
const good = { id: 'abc', size: 7, kind: 'A' }
/** `path kind refusal`, in order. */
const told = (value: unknown, schema: TSchema = Disk) =>
  wrongsOf('body', schema, value).map(({ path, kind, refusal }) => [path.join('.'), kind, refusal].join(' ').trim())

test.each<[string, unknown, string[]]>([
  ['nothing wrong', good, []],
  ['members that nobody knows', { ...good, foo: 1 }, []],
  ['no object', [], ['type']],
  ['all missing, in the order of the schema', {}, ['id missing', 'size missing', 'kind missing BAD_KIND']],
  ['wrong types', { id: 7, size: '7', kind: 7 }, ['id type', 'size type', 'kind type BAD_KIND']],
  ['a text that is wrong in two ways', { ...good, id: 'A' }, ['id too-short', 'id pattern']],
  ['too long', { ...good, id: 'abcde' }, ['id too-long']],
  ['too small', { ...good, size: 0 }, ['size too-small']],
  ['too large', { ...good, size: 101 }, ['size too-large']],
  ['no integer', { ...good, size: 1.5 }, ['size type']],
  ['larger than a double', { ...good, size: JSON.parse('1e999') }, ['size too-large']],
  ['no such word', { ...good, kind: 'C' }, ['kind value BAD_KIND']],
  ['a kind of its own', { ...good, at: 'x' }, ['at date']],
  ['the refusal of what is around it', { ...good, tags: { names: [''] } }, ['tags.names.0 too-short BAD_TAGS']],
  ['a list that is too short', { ...good, tags: { names: [] } }, ['tags.names too-short BAD_TAGS']],
  ['a list that is too long', { ...good, tags: { names: ['a', 'b', 'c'] } }, ['tags.names too-long BAD_TAGS']],
  ['a null', { ...good, size: null }, ['size type']]
])('%s', (_what, value, expected) => {
  expect(told(value)).toStrictEqual(expected)
})

test('of several forms the nearest says what is wrong', () => {
  const days = Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^[0-9]+$' })])
  expect(told(0, days)).toStrictEqual(['too-small'])
  expect(told('x', days)).toStrictEqual(['pattern'])
  expect(told(true, days)).toStrictEqual(['type'])
  const bound = Type.Union([Type.Object({ id: Type.String() }), Type.Array(Type.Object({ id: Type.String() }))])
  expect(told({ id: 7 }, bound)).toStrictEqual(['id type'])
  expect(told([{ id: 'a' }, {}], bound)).toStrictEqual(['1.id missing'])
})

test('a fault says what is wanted', () => {
  const expected = wrongsOf('body', Disk, {}).map((wrong) => wrong.expected)
  expect(expected).toStrictEqual([
    'text of 2 to 4 characters that matches ^[a-z]+$',
    'an integer of 1 to 100',
    'one of "A", "B"'
  ])
})

test('a list of a million wrong values makes a hundred faults', () => {
  const values = Array.from({ length: 1_000_000 }, () => 7)
  expect(wrongsOf('body', Type.Array(Type.String()), values)).toHaveLength(100)
})

test('a list of wrong values hides no fault of another kind after it', () => {
  const schema = Type.Object({ days: Type.Array(Type.Integer({ maximum: 7 })), hours: Type.Array(Type.Integer()) })
  const kinds = wrongsOf('body', schema, { days: Array(500).fill(9), hours: 'x' }).map(({ kind }) => kind)
  expect([...new Set(kinds)]).toEqual(['too-large', 'type'])
  const late = [...Array(20_000).fill(1), 'x']
  expect(wrongsOf('body', schema, { days: late, hours: [] })).toMatchObject([{ kind: 'type', path: ['days', '20000'] }])
})

test('what has faults and what does not fit are the same', () => {
  const leaf = fc.oneof(
    fc.constant(Type.String({ minLength: 1, maxLength: 3 })),
    fc.constant(Type.String({ pattern: '^a' })),
    fc.constant(Type.Integer({ minimum: 0, exclusiveMaximum: 5 })),
    fc.constant(Type.Number({ exclusiveMinimum: 0, maximum: 5, multipleOf: 0.5 })),
    fc.constant(Type.Boolean()),
    fc.constant(Type.Null()),
    fc.constant(Type.Literal('a')),
    fc.constant(Type.Literal(1)),
    fc.constant(Type.Unknown()),
    fc.constant(Type.Record(Type.String(), Type.Integer()))
  )
  const { schema } = fc.letrec<{ schema: TSchema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('schema').map((items) => Type.Array(items, { maxItems: 2 })),
      fc.tuple(tie('schema'), tie('schema')).map((forms) => Type.Union(forms)),
      fc.tuple(tie('schema'), tie('schema')).map(([a, b]) => Type.Object({ a, b: Type.Optional(b) }))
    )
  }))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>('', 'a', 'ab', 'b', 'abcd', 0, 1, 2.5, 7, -1, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.record({ a: tie('value'), b: tie('value') }, { requiredKeys: [] })
    )
  }))
  let fitting = 0
  fc.assert(
    fc.property(schema, value, (one, other) => {
      const fits = TypeCompiler.Compile(one).Check(other)
      if (fits) fitting++
      expect(wrongsOf('body', one, other).length === 0).toBe(fits)
    }),
    { seed: 1, numRuns: 3000 }
  )
  expect(fitting).toBeGreaterThan(300)
})
