import { Type } from '@sinclair/typebox'
import { expect, test } from 'vitest'
import { type Walk, walk } from '../../../src/providers/wire/absent.ts'

const nullIsAbsent: Walk = { isAbsent: (value) => value === null }
const Tag = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) })
const Body = Type.Object({
  name: Type.String(),
  size: Type.Optional(Type.Integer()),
  tags: Type.Optional(Type.Object({ tags: Type.Optional(Type.Array(Tag)) })),
  term: Type.Optional(Type.Object({ period: Type.Integer() }, { ignored: true }))
})

test('absent members are dropped at every depth the schema knows', () => {
  const value = { name: null, size: null, tags: { tags: [{ key: 'a', value: null }] } }
  expect(walk(Body, value, 'body', nullIsAbsent)).toEqual({ value: { tags: { tags: [{ key: 'a' }] } }, unused: [] })
})

test('the cloud is told the member, its schema and whether it is required', () => {
  const seen: string[] = []
  const how: Walk = {
    isAbsent: (_, member) => {
      seen.push(`${member.name} ${member.required} ${member.schema.type}`)
      return false
    }
  }
  walk(Body, { name: 'a', size: 1 }, 'body', how)
  expect(seen).toEqual(['name true string', 'size false integer'])
})

test('unknown members are dropped and listed with their path', () => {
  const value = JSON.parse('{"name":"a","__proto__":{"x":1},"constructor":2,"tags":{"tags":[{"key":"k","foo":1}]}}')
  const walked = walk(Body, value, 'body', nullIsAbsent)
  expect(walked.unused).toEqual(['body.__proto__', 'body.constructor', 'body.tags.tags.0.foo'])
  expect(walked.value).toEqual({ name: 'a', tags: { tags: [{ key: 'k' }] } })
})

test('an ignored member stays for validation and is listed', () => {
  expect(walk(Body, { name: 'a', term: { period: 'x' } }, 'body', nullIsAbsent)).toEqual({
    value: { name: 'a', term: { period: 'x' } },
    unused: ['body.term']
  })
})

test('what does not fit the schema is left as it came', () => {
  const value = { name: ['a'], size: { x: 1 }, tags: [1, null] }
  expect(walk(Body, value, 'body', nullIsAbsent)).toEqual({ value, unused: [] })
  expect(walk(Body, 'text', 'body', nullIsAbsent).value).toBe('text')
})

test('the forms of a union count together', () => {
  const Either = Type.Union([
    Type.Null(),
    Type.Array(Type.Object({ id: Type.String() })),
    Type.Object({ id: Type.String() }),
    Type.Object({ name: Type.String() })
  ])
  expect(walk(Either, [{ id: 'a', b: 1 }], 'x', nullIsAbsent)).toEqual({ value: [{ id: 'a' }], unused: ['x.0.b'] })
  expect(walk(Either, { id: 'a', name: 'n', c: 1 }, 'x', nullIsAbsent)).toEqual({
    value: { id: 'a', name: 'n' },
    unused: ['x.c']
  })
})

test('open objects keep what they hold', () => {
  const Open = Type.Object({ any: Type.Unknown(), map: Type.Record(Type.String(), Type.Integer()) })
  const value = { any: { a: null }, map: { b: 1 } }
  expect(walk(Open, value, 'body', nullIsAbsent)).toEqual({ value, unused: [] })
})

test('leaves are converted where the cloud asks for it', () => {
  const how: Walk = {
    isAbsent: () => false,
    convert: (value, schema) => (schema.type === 'integer' ? Number(value) : value)
  }
  expect(walk(Body, { name: '7', size: '7' }, 'query', how).value).toEqual({ name: '7', size: 7 })
})

test('the list of unused members is bounded', () => {
  const value = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${'k'.repeat(500)}${index}`, 1]))
  const { unused } = walk(Body, value, 'body', nullIsAbsent)
  expect(unused).toHaveLength(100)
  expect(unused.every((path) => path.length <= 205)).toBe(true)
})

test('a schema is taken apart once, however many items of it there are', () => {
  let times = 0
  const Item = Type.Object({ id: Type.String() })
  const { properties } = Item
  Object.defineProperty(Item, 'properties', { get: () => [properties, times++][0] })
  const items = Array.from({ length: 1000 }, (_, n) => ({ id: `i-${n}`, other: n }))
  const { value, unused } = walk(Type.Object({ items: Type.Array(Item) }), { items }, 'body', nullIsAbsent)
  expect(value).toEqual({ items: items.map(({ id }) => ({ id })) })
  expect(unused.slice(0, 2)).toEqual(['body.items.0.other', 'body.items.1.other'])
  expect(times).toBeLessThan(10)
})
