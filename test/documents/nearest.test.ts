import { expect, test } from 'vitest'
import { nearest } from '../../src/documents/nearest.ts'

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
