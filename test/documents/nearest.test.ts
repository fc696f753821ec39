import { expect, test } from 'vitest'
import { nearest } from '../../src/documents/nearest.ts'
import { unknownName } from '../../src/documents/words.ts'

const actions = ['CreateSnapshot', 'DescribeSnapshots', 'DeleteSnapshots', 'DescribeDisks']

test.for([
  ['CreateSnapshots', 'CreateSnapshot'],
  ['createsnapshot', 'CreateSnapshot'],
  ['DescribeSnapshot', 'DescribeSnapshots'],
  ['DecsribeDisks', 'DescribeDisks'],
  ['DeleteSnapshot', 'DeleteSnapshots']
] as const)('%s means %s', ([name, meant]) => {
  expect(nearest(name, actions)).toBe(meant)
})

test.for(['', 'Fly', 'x'.repeat(20_000)])('nothing is near an unrelated name', (name) => {
  expect(nearest(name, actions)).toBeUndefined()
})

test('a name that shares nothing with another does not mean it, however short both are', () => {
  expect(nearest('x', ['by', 'to'])).toBeUndefined()
  expect(nearest('bz', ['by', 'to'])).toBe('by')
})

test('a name that shares no more than half of its characters with another does not mean it', () => {
  expect(nearest('nope', ['move', 'wait'])).toBeUndefined()
  expect(nearest('zone', ['zoneId'])).toBe('zoneId')
  expect(nearest('mvoe', ['move', 'wait'])).toBe('move')
})

test('where nothing is taken, nothing is said to be known', () => {
  expect(unknownName('world', [])).toEqual({ reason: 'is not known', expected: 'nothing is taken here' })
})
