import { afterEach, expect, test } from 'vitest'
import { Unmet } from '../../../src/doors/expectations.ts'
import { Problem } from '../../../src/doors/schemas.ts'
import { unfit } from '../../exact.ts'
import { type Answer, type Server, type StartOptions, start } from '../../harness.ts'

const DISK = '1700000000000000101'
const OTHER = '1700000000000000102'
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function begin(options: StartOptions = {}) {
  const server = await start(options)
  closing.push(() => server.close())
  const expecting = (body: unknown, world = 'default') =>
    server.control('POST', `/requests/expect?world=${encodeURIComponent(world)}`, body)
  return { ...server, expecting, snapshot: (name: string, diskId = DISK) => snapshot(server, name, diskId) }
}
const snapshot = ({ zenlayer }: Server, snapshotName: string, diskId = DISK) =>
  zenlayer('CreateSnapshot', { diskId, snapshotName })

/** A refusal, held to what the row says of it. */
function unmetIn({ status, body }: Answer) {
  expect({ status, body }).toMatchObject({ status: 409 })
  const { type: _type, title: _title, status: _status, detail, ...members } = Object(body)
  expect([unfit('a problem', Problem, body), unfit('unmet', Unmet, members)]).toEqual([undefined, undefined])
  return { detail, ...members }
}

test('calls that were made are found by any of their parts', async () => {
  const { expecting, snapshot, baidu, zenlayer } = await begin()
  await snapshot('first')
  await snapshot('second')
  await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'third' })
  await baidu('GET', '/v2/volume')
  const counted = async (expectation: object) => {
    const { status, body } = await expecting(expectation)
    return [status, Object(body).count]
  }
  const operation = 'CreateSnapshot'
  expect(await counted({ operation })).toEqual([200, 3])
  expect(await counted({ operation: '*', times: 4 })).toEqual([200, 4])
  expect(await counted({ operation: '*', provider: 'baidu', times: 1 })).toEqual([200, 1])
  expect(await counted({ operation, provider: 'zenlayer', atLeast: 3 })).toEqual([200, 3])
  expect(await counted({ operation, status: 200, times: 2 })).toEqual([200, 2])
  expect(await counted({ operation, code: 'INVALID_DISK_NOT_FOUND', atMost: 1 })).toEqual([200, 1])
  expect(await counted({ operation, resource: DISK, times: 2 })).toEqual([200, 2])
  expect(await counted({ operation, body: { snapshotName: 'second' }, times: 1 })).toEqual([200, 1])
  expect(await counted({ operation, after: '2026-01-05T08:00:00Z', times: 3 })).toEqual([200, 3])
  expect(await counted({ operation, after: '2026-01-05T08:00:01Z', times: 0 })).toEqual([200, 0])
  expect(await counted({ operation: 'DeleteSnapshots', times: 0 })).toEqual([200, 0])
  expect(await counted({ operation: 'DeleteSnapshots', atMost: 2 })).toEqual([200, 0])
})

test('what is found is told with the newest first, without bodies', async () => {
  const { expecting, snapshot } = await begin()
  await snapshot('first')
  const { requestId } = await snapshot('second')
  const { requests } = Object((await expecting({ operation: 'CreateSnapshot' })).body)
  expect(requests).toHaveLength(2)
  expect(requests[0]).toMatchObject({ id: requestId, resources: expect.arrayContaining([DISK]), refusal: null })
  expect(requests[0]).not.toHaveProperty('request')
})

test('a world’s calls are its own, and * means all', async () => {
  const { expecting, zenlayer } = await begin()
  await zenlayer('DescribeDisks', {}, { key: 'one' })
  const expectation = { operation: 'DescribeDisks', times: 1 }
  expect((await expecting(expectation, 'one')).status).toBe(200)
  expect((await expecting(expectation, '*')).status).toBe(200)
  expect((await expecting(expectation)).status).toBe(409)
  expect((await expecting({ ...expectation, times: 0 }, 'nobody')).status).toBe(200)
})

test('where they are not, the nearest are told with what differs', async () => {
  const { expecting, snapshot, zenlayer } = await begin()
  await zenlayer('DescribeDisks')
  await snapshot('nightly', OTHER)
  await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' })
  const wanted = { operation: 'CreateSnapshot', status: 200, body: { diskId: DISK, snapshotName: 'nightly' } }
  const { detail, count, misses } = unmetIn(await expecting({ ...wanted, atLeast: 2 }))
  expect(detail).toBe('Expected were at least 2 such CreateSnapshot calls, and the journal holds 0.')
  expect(count).toBe(0)
  const differing = misses.map(({ differences }: { readonly differences: unknown }) => differences)
  expect(differing).toEqual([
    [{ member: 'body.diskId', expected: DISK, actual: OTHER }],
    [
      { member: 'status', expected: 200, actual: 404 },
      { member: 'body.diskId', expected: DISK, actual: 'none' }
    ],
    [
      { member: 'operation', expected: 'CreateSnapshot', actual: 'DescribeDisks' },
      { member: 'body.diskId', expected: DISK },
      { member: 'body.snapshotName', expected: 'nightly' }
    ]
  ])
})

test('where there are too many they are told', async () => {
  const { expecting, snapshot } = await begin()
  for (const name of ['a', 'b', 'c']) await snapshot(name)
  for (const bound of [{ times: 2 }, { atMost: 2 }]) {
    const { count, requests } = unmetIn(await expecting({ operation: 'CreateSnapshot', ...bound }))
    expect([count, requests.length]).toEqual([3, 3])
  }
})

test.for([
  [{ snapshotName: 'a' }, true],
  [{}, true],
  [{ snapshotName: 'A' }, false],
  [{ snapshotname: 'a' }, false],
  [{ snapshotName: null }, false],
  [{ tags: { tags: [{ key: 'k' }, {}] } }, true],
  [{ tags: { tags: [{ key: 'k' }] } }, false],
  [{ tags: { tags: [{}, { key: 'k' }] } }, false],
  [{ tags: [] }, false],
  [{ size: 1 }, true],
  [{ size: '1' }, false],
  [{ constructor: {} }, false],
  [{ toString: 'x' }, false]
])('a body is found by %j: %s', async ([body, isFound]) => {
  const { expecting, zenlayer } = await begin()
  const tags = { tags: [{ key: 'k', value: 'v' }, { key: 'l' }] }
  await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'a', tags, size: 1 })
  expect((await expecting({ operation: 'CreateSnapshot', body })).status).toBe(isFound ? 200 : 409)
})

test('of a body that the journal cut nothing is known, and that is said', async () => {
  const { expecting, zenlayer } = await begin()
  await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'a', padding: 'x'.repeat(20_000) })
  const { misses } = unmetIn(await expecting({ operation: 'CreateSnapshot', body: { snapshotName: 'a' } }))
  expect(misses[0].differences).toEqual([
    { member: 'body', expected: { snapshotName: 'a' }, reason: 'The body is longer than the journal keeps.' }
  ])
})

test('a secret is found as what the journal has instead, and not told', async () => {
  const secret = 'a-great-secret'
  const { expecting, snapshot } = await begin({ keys: [{ id: 'key', secret }] })
  await snapshot(secret)
  const operation = 'CreateSnapshot'
  expect((await expecting({ operation, body: { snapshotName: secret } })).status).toBe(200)
  const refused = await expecting({ operation, code: secret, body: { [secret]: secret, snapshotName: 1 } })
  expect(JSON.stringify(unmetIn(refused))).not.toContain(secret)
})

const soon = { operation: 'CreateSnapshot', withinMs: 30_000 }

test('what is yet to come is waited for, no longer than it takes', async () => {
  const { expecting, snapshot } = await begin()
  await snapshot('before')
  const waiting = [
    expecting({ ...soon, atLeast: 2 }),
    expecting({ ...soon, times: 2 }),
    expecting({ ...soon, body: { snapshotName: 'second' } })
  ]
  await snapshot('second')
  expect((await Promise.all(waiting)).map(({ status, body }) => [status, Object(body).count])).toEqual([
    [200, 2],
    [200, 2],
    [200, 1]
  ])
})

test('one too many is refused at once', async () => {
  const { expecting, snapshot } = await begin()
  const waiting = [expecting({ ...soon, atMost: 0 }), expecting({ ...soon, times: 0 })]
  await snapshot('one')
  for (const refused of await Promise.all(waiting)) expect(unmetIn(refused).count).toBe(1)
})

test('that there are no more is known when the time is over', async () => {
  const { expecting, snapshot } = await begin()
  await snapshot('one')
  const operation = 'CreateSnapshot'
  const [most, none, few] = await Promise.all([
    expecting({ operation, atMost: 1, withinMs: 50 }),
    expecting({ operation: 'DeleteSnapshots', times: 0, withinMs: 50 }),
    expecting({ operation, atLeast: 2, withinMs: 50 })
  ])
  expect([most?.status, none?.status]).toEqual([200, 200])
  expect(unmetIn(few).misses).toEqual([])
})

test('what was emptied meanwhile no longer counts', async () => {
  const { expecting, snapshot, control } = await begin()
  await snapshot('one')
  const waiting = expecting({ ...soon, atLeast: 2 })
  await control('POST', '/reset')
  await snapshot('two')
  await control('DELETE', '/requests')
  await snapshot('three')
  await snapshot('four')
  const { status, body } = await waiting
  expect([status, Object(body).count]).toEqual([200, 2])
})

test('more than may wait are refused, until some go', async () => {
  const { expecting, snapshot } = await begin()
  const waiting = Array.from({ length: 64 }, () => expecting(soon))
  const refused = await expecting(soon)
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
  // Who does not wait is answered all the same.
  expect((await expecting({ operation: 'CreateSnapshot', times: 0 })).status).toBe(200)
  await snapshot('one')
  expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]))
  expect((await expecting(soon)).status).toBe(200)
})

test('who waits when the server ends is told what is known until then', async () => {
  const { expecting, app } = await begin()
  const waiting = expecting({ ...soon, atMost: 2 })
  await new Promise((resolve) => setImmediate(resolve))
  await app.close()
  const { reason, detail } = unmetIn(await waiting)
  expect(reason).toBe('stopped')
  expect(detail).toContain('The server is ending')
})

test.for([
  ['nothing', {}, 'operation'],
  ['a list', [], 'body'],
  [
    'an unknown operation',
    { operation: 'CreateSnapshoot' },
    'operation',
    { value: 'CreateSnapshoot', example: 'CreateSnapshot' }
  ],
  ['another cloud’s operation', { operation: 'CreateAsp', provider: 'zenlayer' }, 'operation'],
  ['an operation that is a number', { operation: 7 }, 'operation'],
  ['an empty operation', { operation: '' }, 'operation'],
  ['a huge operation', { operation: 'x'.repeat(10_000) }, 'operation'],
  ['an unknown cloud', { operation: '*', provider: 'aws' }, 'provider'],
  ['no status', { operation: '*', status: '200' }, 'status'],
  ['a status out of range', { operation: '*', status: 1000 }, 'status'],
  ['a code that is none', { operation: '*', code: null }, 'code'],
  ['a resource that is none', { operation: '*', resource: ['a'] }, 'resource'],
  ['a body that is a list', { operation: '*', body: [] }, 'body'],
  ['a body that is a text', { operation: '*', body: '{}' }, 'body'],
  ['a body that is longer than any', { operation: '*', body: { a: 'x'.repeat(20_000) } }, 'body'],
  ['fewer than none', { operation: '*', times: -1 }, 'times'],
  ['half a call', { operation: '*', atLeast: 0.5 }, 'atLeast'],
  ['a number in quotes', { operation: '*', atMost: '1' }, 'atMost'],
  ['a number past all', { operation: '*', atMost: 1e300 }, 'atMost'],
  ['two bounds', { operation: '*', atLeast: 1, atMost: 2 }, 'body'],
  ['no instant', { operation: '*', after: 'yesterday' }, 'after'],
  ['no such day', { operation: '*', after: '2026-02-30T00:00:00Z' }, 'after'],
  ['too long a wait', { operation: '*', withinMs: 60_001 }, 'withinMs'],
  ['an unknown member', { operation: '*', stauts: 200 }, 'stauts', { nearest: 'status' }]
] as const)('%s is refused with the member and a right value', async ([, body, field, members = {}]) => {
  const { expecting } = await begin()
  const refused = await expecting(body)
  expect(refused).toMatchObject({ status: 400, body: { field, ...members } })
  const { nearest, example, detail } = Object(refused.body)
  expect(nearest ?? example ?? /known are|did you mean/.exec(detail)?.[0]).toBeDefined()
})
