import { expect, test } from 'vitest'
import type { FaultRule } from '../../../src/core/model/fault-form.ts'
import { type CallToMeet, type Fault, isMeant, matcherOf, metBy, UNCOUNTED } from '../../../src/core/model/faults.ts'

function call(more: Partial<CallToMeet> = {}): CallToMeet {
  return {
    provider: 'plain',
    operation: 'CreateSnapshot',
    params: {},
    query: {},
    body: {},
    resources: () => ['disk-1'],
    ...more
  }
}
const ruleOf = (more: Partial<FaultRule> = {}): FaultRule => ({ id: 'r', then: { error: 'X' }, ...more })

test.for([
  ['*', 'DescribeDisks', true],
  ['Describe*', 'DescribeDisks', true],
  ['Describe*', 'CreateDisks', false],
  ['DescribeDisks', 'DescribeDisks', true],
  ['DescribeDisks', 'DescribeDisksAgain', false],
  ['describedisks', 'DescribeDisks', false]
] as const)('%s means %s: %s', ([pattern, name, expected]) => {
  expect(isMeant(pattern, name)).toBe(expected)
})

const body = { diskId: 'disk-1', size: 20, tags: [{ key: 'a', value: '1' }, { key: 'b' }], ids: ['x', 'y'] }
test.for<[string, FaultRule['when'], boolean]>([
  ['nothing', {}, true],
  ['a member', { body: { diskId: 'disk-1' } }, true],
  ['another value', { body: { diskId: 'disk-2' } }, false],
  ['a number', { body: { size: 20 } }, true],
  ['a number as a text, as a query has it', { body: { size: '20' } }, true],
  ['a member that is not there', { body: { other: 'x' } }, false],
  ['a member that every object has', { body: { constructor: {} } }, false],
  ['some items of a list, in any order', { body: { ids: ['y'] } }, true],
  ['an item that is not there', { body: { ids: ['y', 'z'] } }, false],
  ['a part of an item', { body: { tags: [{ key: 'a' }] } }, true],
  ['parts of two items as one', { body: { tags: [{ key: 'b', value: '1' }] } }, false],
  ['a list where there is none', { body: { diskId: ['disk-1'] } }, false],
  ['a resource', { resource: 'disk-1' }, true],
  ['another resource', { resource: 'disk-2' }, false],
  ['query and path', { query: { a: '1' }, params: { id: 'p' } }, true],
  ['all of them or none', { query: { a: '1' }, params: { id: 'q' } }, false]
])('a rule about %s', ([, when, expected]) => {
  const isAbout = matcherOf(call({ body, query: { a: 1 }, params: { id: 'p' } }))
  expect(isAbout(ruleOf(when && { when }))).toBe(expected)
})

test('of a call with more values than anyone looks at nothing is said', () => {
  const many = Array.from({ length: 1000 }, (_, index) => index)
  const isAbout = matcherOf(call({ body: { ids: Array.from({ length: 1000 }, () => -1) } }))
  expect(isAbout(ruleOf({ when: { body: { ids: many } } }))).toBe(false)
})

/** What a rule makes of so many calls, one a second. */
function lifeOf(rule: FaultRule, calls: number, drawn: (n: number) => number = () => 0): string {
  let fault: Fault = { scope: 'world', rule, ...UNCOUNTED }
  let life = ''
  for (let n = 0; n < calls; n++) {
    const { acts, ...counts } = metBy(fault, n * 1000, drawn)
    fault = { ...fault, ...counts }
    life += acts ? 'x' : '.'
  }
  expect(fault.met).toBe(calls)
  expect(fault.acted).toBe([...life].filter((each) => each === 'x').length)
  return life
}

test.for<[string, Partial<FaultRule>, string]>([
  ['always', {}, 'xxxxxxxx'],
  ['after those that it skips', { skip: 3 }, '...xxxxx'],
  ['never at probability 0', { probability: 0 }, '........'],
  ['as drawn', { probability: 0.5 }, 'x.x.x.x.'],
  ['beyond a rate, in windows that begin with a call', { then: { rate: { requests: 2, perSeconds: 4 } } }, '..xx..xx'],
  ['at a rate of none', { then: { rate: { requests: 0, perSeconds: 4 } } }, 'xxxxxxxx'],
  [
    'beyond a rate that begins when it is done with skipping',
    { skip: 3, then: { rate: { requests: 1, perSeconds: 3 } } },
    '....xx.x'
  ]
])('a rule acts %s', ([, more, expected]) => {
  expect(lifeOf(ruleOf(more), 8, (n) => (n % 2 === 1 ? 0.4 : 0.6))).toBe(expected)
})
