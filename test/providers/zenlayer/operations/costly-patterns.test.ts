import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSearch, isPattern, PatternRefused } from '../../../../src/core/model/patterns.ts'
import { type Server, start } from '../../../harness.ts'

const DISK = '1700000000000000102'
let server: Server
beforeAll(async () => {
  server = await start()
  for (let n = 0; n < 40; n++) {
    await server.zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: `${'Ab9-'.repeat(15)}${n}` })
  }
})
afterAll(() => server.close())

const listed = (snapshotName: string) => server.zenlayer('DescribeSnapshots', { snapshotName })

// A few characters that compile to a large program, each in its own way.
test.for([
  '(?i)(?:\\pL?){330}!',
  '(?:a?){500}!',
  '(x{100}){9}',
  '(?:\\pL|\\pN|x|y){999}',
  '.*a.{900}',
  '((a?){30}){30}'
])('the pattern %s is refused in this cloud’s words, and says why', async (pattern) => {
  const answer = await listed(pattern)
  expect(answer).toMatchObject({ status: 400, code: 'INVALID_PARAMETER_PATTERN_ERROR' })
  expect(decodeURIComponent(String(answer.headers['x-snapstand-hint']))).toMatch(/too costly: its program has \d+/)
})

test.for([
  ['^Ab9-.*7$', 4],
  ['(?i)AB9-.*39$', 1],
  ['(A|b|9|-)+[0-9]{1,2}$', 40],
  ['[a-z]{1,64}-[0-9]{4}', 0],
  ['(unclosed', 0]
] as const)('the pattern %s finds %i', async ([pattern, total]) => {
  const { status, body } = await listed(pattern)
  expect({ status, total: Object(Object(body).response).totalCount }).toEqual({ status: 200, total })
})

test('what matching takes is counted over all names of one call, and the next call begins anew', () => {
  const pattern = '(?i)(?:\\pL?){240}!'
  expect(isPattern(pattern)).toBe(true)
  const search = createSearch()
  const name = 'Ab'.repeat(32)
  const rounds = () => {
    for (let n = 0; n < 1e6; n++) search.matches(pattern, `${name}${n}`)
  }
  search.begin()
  expect(rounds).toThrow(PatternRefused)
  expect(() => search.matches(pattern, name)).toThrow('takes longer than 50 ms')
  search.begin()
  expect(search.matches('b', name)).toBe(true)
})
