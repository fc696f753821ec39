import { expect, test } from 'vitest'
import { isLike, isLikeText } from './likeness.ts'

const ID = 'a6336ae0-a33a-435e-9cca-062e513b1dd5'
const OTHER = '10f60b9e-1a20-4de7-9d3d-205d952b89df'
const now = () => new Date().toISOString()

test.for([
  ['the same', { a: [1, 'x', null] }, { a: [1, 'x', null] }],
  ['another request id', { requestId: `T${ID}` }, { requestId: `T${OTHER}` }],
  ['another present', { now: '2024-02-03T04:05:06.789Z' }, { now: now() }],
  ['another duration', { durationMs: 3 }, { durationMs: 17 }]
] as const)('as JSON, %s is like what is shown', ([, shown, printed]) => {
  expect(isLike(shown, printed)).toBe(true)
})

test.for([
  ['another number', { total: 1 }, { total: 2 }],
  ['another id of a resource', { id: 's-PqXDtshL' }, { id: 's-0OdCTg9B' }],
  ['another instant that is not now', { at: '2026-01-05T08:00:00Z' }, { at: '2020-01-05T08:00:00Z' }],
  ['an instant where another text is', { at: 'never' }, { at: now() }],
  ['a member more', { a: 1 }, { a: 1, b: 2 }],
  ['a member less', { a: 1, b: 2 }, { a: 1 }],
  ['another order of members', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['a list of another length', [1, 1], [1]],
  ['null', {}, null],
  ['another type', { total: 1 }, { total: '1' }]
] as const)('as JSON, %s is not', ([, shown, printed]) => {
  expect(isLike(shown, printed)).toBe(false)
})

test.for([
  ['the same', 'a\nb\n', 'a\nb\n'],
  ['wider columns', 'id  name\n', 'id       name\n'],
  ['another request id', `refused ${ID}\n`, `refused ${OTHER}\n`],
  ['another duration', 'done (3 ms)\n', 'done (12.5 ms)\n'],
  ['another present', 'at 2024-02-03T04:05:06.789Z\n', `at ${now()}\n`],
  ['any lines for an ellipsis', 'a\n…\nd\n', 'a\nb\nc\nd\n'],
  ['no lines for an ellipsis', 'a\n…\n', 'a\n']
] as const)('as a text, %s is like what is shown', ([, shown, printed]) => {
  expect(isLikeText(shown, printed)).toBe(true)
})

test.for([
  ['another word', 'a b\n', 'a c\n'],
  ['a line more', 'a\n', 'a\nb\n'],
  ['a line less', 'a\nb\n', 'a\n'],
  ['another instant that is not now', 'at 2026-01-05T08:00:00Z\n', 'at 2020-01-05T08:00:00Z\n'],
  ['what only a pattern would match', 'a.b\n', 'axb\n'],
  ['another number', '3 made\n', '4 made\n'],
  ['nothing', 'a\n', '']
] as const)('as a text, %s is not', ([, shown, printed]) => {
  expect(isLikeText(shown, printed)).toBe(false)
})
