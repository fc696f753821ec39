import { expect, test } from 'vitest'
import { type Answer, type Server, type StartOptions, start } from '../harness.ts'

const DISK = '1700000000000000102'
const SNAPSHOT = { diskId: DISK, snapshotName: 'nightly' }
const ASP = { name: 'nightly', timePoints: ['20'], repeatWeekdays: ['0'], retentionDays: '7' }

async function using<T>(options: StartOptions, work: (server: Server) => Promise<T>): Promise<T> {
  const server = await start(options)
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

async function put({ control }: Server, id: string, rule: object, world = 'default'): Promise<void> {
  const { status, body } = await control('PUT', `/faults/${id}?world=${encodeURIComponent(world)}`, rule)
  expect(status, JSON.stringify(body)).toBe(200)
}
const codesOf = async (calls: number, call: () => Promise<Answer>) => {
  const codes: (string | number)[] = []
  for (let n = 0; n < calls; n++) {
    const { code, status } = await call()
    codes.push(code ?? status)
  }
  return codes
}
const snapshotsIn = async ({ zenlayer }: Server, key?: string) =>
  Object(Object((await zenlayer('DescribeSnapshots', {}, key === undefined ? {} : { key })).body).response).totalCount
const newest = async ({ control }: Server, world = 'default'): Promise<Record<string, unknown>> => {
  const { body } = await control('GET', `/requests?limit=1&world=${world}`)
  return Object(Object(body).requests)[0]
}

test('an error answers for as long as the rule has times, and nothing is done', () =>
  using({}, async (server) => {
    await put(server, 'quota', {
      provider: 'zenlayer',
      operation: 'CreateSnapshot',
      when: { body: { diskId: DISK } },
      skip: 1,
      times: 2,
      then: { error: 'INVALID_SNAPSHOT_QUOTA_EXCEED' }
    })
    const quota = 'INVALID_SNAPSHOT_QUOTA_EXCEED'
    expect(await codesOf(4, () => server.zenlayer('CreateSnapshot', SNAPSHOT))).toEqual([200, quota, quota, 200])
    expect(await snapshotsIn(server)).toBe(2)
    const { body } = await server.control('GET', '/faults')
    expect(body).toMatchObject([{ id: 'quota', world: 'default', met: 3, acted: 2 }])
  }))

test('the journal alone says which rule it was', () =>
  using({}, async (server) => {
    await put(server, 'down', { provider: 'baidu', operation: 'CreateAsp', then: { error: 'InternalError' } })
    const answer = await server.baidu('POST', '/v2/asp', ASP)
    expect(JSON.stringify([answer.headers, answer.body])).not.toMatch(/down|fault/i)
    expect(await newest(server)).toMatchObject({
      id: answer.requestId,
      operation: 'CreateAsp',
      status: 500,
      code: 'InternalError',
      fault: 'down',
      refusal: { hint: expect.stringContaining('"down"') }
    })
  }))

test('request ids go on counting, whoever answers', () =>
  using({}, async (server) => {
    await put(server, 'once', {
      operation: 'DescribeDisks',
      times: 1,
      then: { error: 'REQUEST_TIMED_OUT' },
      provider: 'zenlayer'
    })
    const [one, two] = [await server.zenlayer('DescribeDisks'), await server.zenlayer('DescribeDisks')]
    const plain = await using({}, async (other) => [
      (await other.zenlayer('DescribeDisks')).requestId,
      (await other.zenlayer('DescribeDisks')).requestId
    ])
    expect([one.requestId, two.requestId]).toEqual(plain)
  }))

test('calls that are refused for what they are meet nothing, those that the world would refuse do', () =>
  using({ auth: 'verify' }, async (server) => {
    await put(server, 'all', { provider: 'zenlayer', then: { error: 'REQUEST_TIMED_OUT' } })
    const { zenlayer, app } = server
    const wrong = {
      'x-zc-action': 'DescribeDisks',
      'x-zc-version': '2025-09-01',
      authorization: 'ZC2-HMAC-SHA256 none'
    }
    await app.inject({ method: 'POST', url: '/api/v2/zec', headers: wrong, payload: '{}' })
    expect((await zenlayer('Fly')).status).toBe(401)
    expect((await zenlayer('CreateSnapshot', {})).code).toBe('MISSING_PARAMETER')
    const met = async () => Object(Object((await server.control('GET', '/faults')).body)[0]).met
    expect(await met()).toBe(0)
    expect((await zenlayer('CreateSnapshot', { ...SNAPSHOT, diskId: 'none' })).code).toBe('REQUEST_TIMED_OUT')
    expect(await met()).toBe(1)
  }))

test('worlds have faults of their own, and the server’s hold in all of them', () =>
  using({}, async (server) => {
    const { zenlayer, control } = server
    await put(server, 'mine', { provider: 'zenlayer', then: { error: 'REQUEST_TIMED_OUT' } }, 'one')
    const codes = async (key: string) => codesOf(2, () => zenlayer('DescribeDisks', {}, { key }))
    expect(await codes('two')).toEqual([200, 200])
    await put(server, 'ours', { provider: 'zenlayer', times: 1, then: { error: 'INTERNAL_SERVER_ERROR' } }, '*')
    expect(await codes('one')).toEqual(['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'])
    expect(await codes('two')).toEqual(['INTERNAL_SERVER_ERROR', 200])
    expect(await codes('three')).toEqual(['INTERNAL_SERVER_ERROR', 200])
    expect((await control('GET', '/faults?world=one')).body).toMatchObject([
      { id: 'mine', world: 'one', met: 2 },
      { id: 'ours', world: '*', met: 0 }
    ])
    expect((await control('GET', '/faults?world=*')).body).toMatchObject([{ id: 'ours', world: '*', met: 2, acted: 2 }])
    expect((await control('DELETE', '/faults?world=*')).status).toBe(204)
    expect((await control('GET', '/faults?world=two')).body).toEqual([])
    expect((await control('DELETE', '/faults/mine?world=one')).status).toBe(204)
    expect(await codes('one')).toEqual([200, 200])
  }))

test('looking for faults makes no world', () =>
  using({}, async ({ control }) => {
    expect((await control('GET', '/faults?world=none')).body).toEqual([])
    expect((await control('DELETE', '/faults?world=none')).status).toBe(204)
    expect((await control('DELETE', '/faults/x?world=none')).status).toBe(404)
    expect((await control('PUT', '/faults/x?world=none', { then: {} })).status).toBe(400)
    expect((await control('GET', '/worlds')).body).toEqual([])
  }))

test('a lost answer to a create with a token makes one snapshot, a refused one none', () =>
  using({}, async (server) => {
    const create = (token: string) =>
      server.baidu('POST', `/v2/snapshot?clientToken=${token}`, { volumeId: 'v-Starter2', snapshotName: 'nightly' })
    const count = async () => Object((await server.baidu('GET', '/v2/snapshot')).body).snapshots.length
    const rule = { provider: 'baidu', operation: 'CreateSnapshot', times: 1 }
    await put(server, 'lost', { ...rule, then: { error: 'InternalError', after: true } })
    const lost = await create('a')
    expect(lost).toMatchObject({ status: 500, code: 'InternalError' })
    const { resources } = await newest(server)
    expect(await count()).toBe(1)
    const again = await create('a')
    expect(again.status).toBe(200)
    expect(resources).toEqual(['v-Starter2', Object(again.body).snapshotId])
    expect(await create('a')).toMatchObject({ body: again.body })
    expect(await count()).toBe(1)
    const made = Object(Object((await server.baidu('GET', '/v2/snapshot')).body).snapshots)[0].id
    expect(again.body).toEqual({ snapshotId: made })

    await put(server, 'lost', { ...rule, then: { error: 'InternalError' } })
    expect((await create('b')).status).toBe(500)
    expect(await count()).toBe(1)
    expect((await create('b')).status).toBe(200)
    expect(await count()).toBe(2)
  }))

test('an answer that is lost hides a refusal, too', () =>
  using({ answersOfOnesOwn: true }, async (server) => {
    await put(server, 'lost', { provider: 'zenlayer', then: { status: 504, body: '<html>', after: true } })
    const answer = await server.zenlayer('CreateSnapshot', { ...SNAPSHOT, diskId: 'none' })
    expect(answer).toMatchObject({ status: 504, body: '<html>' })
    expect(await newest(server)).toMatchObject({ status: 504, code: null, fault: 'lost', response: '<html>' })
  }))

test.for([
  [{ status: 502, body: 'Bad Gateway' }, 'Bad Gateway'],
  [{ status: 503 }, undefined],
  [{ status: 200, body: { surprise: true } }, { surprise: true }],
  [{ status: 418, body: '{"half' }, '{"half']
] as const)('%j is sent as it is', ([then, body]) =>
  using({ answersOfOnesOwn: true }, async (server) => {
    await put(server, 'own', { provider: 'baidu', then })
    const answer = await server.baidu('GET', '/v2/asp')
    expect(answer).toMatchObject({ status: then.status, headers: { 'x-bce-request-id': answer.requestId } })
    expect(answer.body).toEqual(body)
  })
)

test.for([0, 500])('the call succeeds and what it makes ends in the failed state, with a delay of %i ms', (delayMs) =>
  using({}, async (server) => {
    const { zenlayer, baidu, control } = server
    await control('PATCH', '/settings', { 'delays.snapshotCreateMs': delayMs, 'delays.diskCreateMs': delayMs })
    await put(server, 'fails', { operation: 'Create*', provider: 'baidu', then: { delayMs: 1 } })
    await put(server, 'snapshot', { operation: 'CreateSnapshot', times: 2, then: { outcome: 'fails' } })
    await control('DELETE', '/faults/fails')
    await put(server, 'disk', { provider: 'zenlayer', operation: 'CreateDisks', then: { outcome: 'fails' } })
    await put(server, 'volume', { provider: 'baidu', operation: 'CreateVolume*', then: { outcome: 'fails' } })
    const made = [
      await zenlayer('CreateSnapshot', SNAPSHOT),
      await baidu('POST', '/v2/snapshot', { volumeId: 'v-Starter2', snapshotName: 'nightly' }),
      await zenlayer('CreateDisks', {
        zoneId: 'asia-east-1a',
        diskName: 'data',
        diskSize: 20,
        instanceId: '1700000000000000001'
      }),
      await baidu('POST', '/v2/volume', {
        purchaseCount: 1,
        cdsSizeInGB: 50,
        storageType: 'cloud_hp1',
        billing: { paymentTiming: 'Postpaid' },
        zoneName: 'cn-bj-a'
      })
    ]
    expect(made.map(({ status, body }) => (status === 200 ? status : body))).toEqual([200, 200, 200, 200])
    await control('POST', '/clock/advance', { by: 'PT5S' })
    const snapshots = Object(Object((await zenlayer('DescribeSnapshots')).body).response).dataSet
    expect(snapshots[0].status).toBe('FAILED')
    const disks = Object(Object((await zenlayer('DescribeDisks')).body).response).dataSet
    expect(disks[0]).toMatchObject({ diskStatus: 'FAILED', instanceId: null })
    expect(Object((await baidu('GET', '/v2/snapshot')).body).snapshots[0].status).toBe('CreatedFailed')
    const [id] = Object(made[3]?.body).volumeIds
    expect(Object((await baidu('GET', `/v2/volume/${id}`)).body).volume.status).toBe('Error')
    expect((await newest(server)).fault).toBeUndefined()
  })
)

test('beyond a rate the cloud’s own throttling answers, by the world’s clock', () =>
  using({}, async (server) => {
    const { zenlayer, baidu, control } = server
    await put(server, 'rate', { provider: 'zenlayer', then: { rate: { requests: 2, perSeconds: 10 } } })
    const limit = 'REQUEST_LIMIT_EXCEEDED'
    expect(await codesOf(4, () => zenlayer('DescribeDisks'))).toEqual([200, 200, limit, limit])
    await control('POST', '/clock/advance', { by: 'PT9S' })
    expect(await codesOf(1, () => zenlayer('DescribeDisks'))).toEqual([limit])
    await control('POST', '/clock/advance', { by: 'PT1S' })
    expect(await codesOf(3, () => zenlayer('DescribeDisks'))).toEqual([200, 200, limit])
    await put(server, 'rate', {
      provider: 'baidu',
      then: { rate: { requests: 1, perSeconds: 10 }, error: 'OptInRequired' }
    })
    expect(await codesOf(2, () => baidu('GET', '/v2/asp'))).toEqual([200, 'OptInRequired'])
  }))

test('a call that is delayed holds nobody up, neither in its world nor in another', () =>
  using({}, async (server) => {
    const { zenlayer } = server
    await put(server, 'slow', { operation: 'CreateSnapshot', times: 2, then: { delayMs: 400 } })
    const over: string[] = []
    const told = (name: string, call: Promise<Answer>) =>
      call.then(({ status }) => {
        over.push(`${name} ${status}`)
      })
    await Promise.all([
      told('slow', zenlayer('CreateSnapshot', SNAPSHOT)),
      told('quick', zenlayer('DescribeDisks')),
      told('other', zenlayer('CreateSnapshot', SNAPSHOT, { key: 'other' })),
      told('reset', server.control('POST', '/clock/advance', { by: 'P1D' }))
    ])
    expect(over.at(-1)).toBe('slow 200')
    expect(await snapshotsIn(server)).toBe(1)
    expect(await newest(server)).toMatchObject({ operation: 'DescribeSnapshots' })
  }))

test('of a delay after the work only the answer is late', () =>
  using({}, async (server) => {
    await put(server, 'late', { operation: 'CreateSnapshot', times: 1, then: { delayMs: 300, after: true } })
    const late = server.zenlayer('CreateSnapshot', SNAPSHOT)
    while ((await snapshotsIn(server)) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const { body } = await server.control('GET', '/requests?operation=CreateSnapshot')
    expect(Object(body).found).toBe(0)
    expect((await late).status).toBe(200)
    expect(await snapshotsIn(server)).toBe(1)
  }))

test('a call that is delayed while its world is deleted is answered by what there is then', () =>
  using({}, async (server) => {
    await put(server, 'slow', { operation: 'DescribeDisks', then: { delayMs: 200 } }, 'gone')
    const slow = server.zenlayer('DescribeDisks', {}, { key: 'gone' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await server.control('DELETE', '/worlds/gone')
    expect([200, 503]).toContain((await slow).status)
  }))

test('who listens is told of each fault, before the call that it was about', () =>
  using({}, async (server) => {
    const { core, zenlayer, control } = server
    const told: unknown[] = []
    const take = () => told.push(...reader.take(100_000))
    const types = new Set(['fault', 'request'] as const)
    const reader = core.events.read({ world: 'default', types, news: () => {}, ended: () => {} })
    await put(server, 'down', {
      operation: 'DescribeDisks',
      times: 1,
      provider: 'zenlayer',
      then: { error: 'REQUEST_TIMED_OUT' }
    })
    await put(server, 'slow', { operation: 'DescribeDisks', times: 1, then: { delayMs: 1 } })
    const [first, second, third] = [
      await zenlayer('DescribeDisks'),
      await zenlayer('DescribeDisks'),
      await zenlayer('DescribeDisks')
    ]
    take()
    const about = { type: 'fault', provider: 'zenlayer', operation: 'DescribeDisks' }
    expect(told.map((each) => Object(each).happening)).toMatchObject([
      { ...about, fault: 'down', outcome: 'error', request: first.requestId },
      { type: 'request', id: first.requestId, fault: 'down' },
      { ...about, fault: 'slow', outcome: 'delayMs', request: second.requestId },
      { type: 'request', id: second.requestId, fault: 'slow' },
      { type: 'request', id: third.requestId }
    ])
    reader.close()
    expect((await control('GET', '/requests?fault=slow')).body).toMatchObject({
      found: 1,
      requests: [{ id: second.requestId }]
    })
  }))
