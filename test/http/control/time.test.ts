import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { baidu } from '../../../src/providers/baidu/index.ts'
import { ruled } from '../../../src/providers/evidenced-rules.ts'
import type { Provider } from '../../../src/providers/provider.ts'
import { zenlayer } from '../../../src/providers/zenlayer/index.ts'
import { type Answer, type Server, type StartOptions, start } from '../../harness.ts'

const DISK = '1700000000000000102'
const servers: Server[] = []
async function serve(options: StartOptions = {}): Promise<Server> {
  const server = await start(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** A daily policy of each cloud: the Zenlayer one at 09:00 UTC on a disk that is free, the Baidu one on a volume that is not in use. */
async function withPolicies({ zenlayer, baidu }: Server): Promise<{ zenlayer: string; baidu: string }> {
  const made = await zenlayer('CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'daily',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: [9],
    retentionDays: 2
  })
  const policy = textOf(made, 'autoSnapshotPolicyId')
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: [DISK] })
  const asp = await baidu('POST', '/v2/asp', {
    name: 'daily',
    timePoints: [8],
    repeatWeekdays: [0, 1, 2, 3, 4, 5, 6],
    retentionDays: 2
  })
  await baidu('PUT', '/v2/volume/v-Starter2?attach', { instanceId: 'i-Starter1' })
  await baidu('PUT', `/v2/asp/${textOf(asp, 'aspId')}?attach`, { volumeIds: ['v-Starter2'] })
  await baidu('PUT', '/v2/volume/v-Starter2?detach', { instanceId: 'i-Starter1' })
  return { zenlayer: policy, baidu: textOf(asp, 'aspId') }
}
function textOf({ body }: Answer, member: string): string {
  return new RegExp(`"${member}":"([^"]+)"`).exec(JSON.stringify(body))?.[1] ?? ''
}

test('the agenda tells what comes next, in order, each policy as often as it comes round', async () => {
  const server = await serve()
  const ids = await withPolicies(server)
  await server.control('PATCH', '/settings', { 'delays.zenlayer.snapshotCreateMs': 60_000 })
  await server.zenlayer('CreateSnapshot', {
    diskId: DISK,
    snapshotName: 'by-hand',
    retentionTime: '2026-01-06T08:30:00Z'
  })
  const { status, body } = await server.control('GET', '/agenda?limit=5')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    world: 'default',
    mode: 'manual',
    now: '2026-01-05T08:00:00.000Z',
    agenda: [
      { at: '2026-01-05T08:01:00.000Z', kind: 'completes', provider: 'zenlayer', what: 'volume', subject: DISK },
      { at: '2026-01-05T08:01:00.000Z', kind: 'completes', provider: 'zenlayer', what: 'snapshot' },
      { at: '2026-01-05T09:00:00.000Z', kind: 'fires', provider: 'zenlayer', what: 'policy', subject: ids.zenlayer },
      { at: '2026-01-06T00:00:00.000Z', kind: 'fires', provider: 'baidu', what: 'policy', subject: ids.baidu },
      { at: '2026-01-06T08:30:00.000Z', kind: 'expires', provider: 'zenlayer', what: 'snapshot' }
    ],
    more: true
  })
  const { body: all } = await server.control('GET', '/agenda?limit=1000')
  expect(all).toMatchObject({ more: true })
  expect((await serve().then(({ control }) => control('GET', '/agenda'))).body).toMatchObject({
    agenda: [],
    more: false
  })
})

test('occurrences tell what was made, what was passed over and why, and what will come', async () => {
  const server = await serve()
  const ids = await withPolicies(server)
  await server.control('POST', '/clock/advance', { by: 'P3D' })
  const zenlayer = await server.control('GET', `/zenlayer/policies/${ids.zenlayer}/occurrences?limit=2`)
  expect(zenlayer.body).toMatchObject({
    world: 'default',
    provider: 'zenlayer',
    policy: ids.zenlayer,
    deleted: false,
    now: '2026-01-08T08:00:00.000Z',
    past: [
      { at: '2026-01-06T09:00:00.000Z', made: 1, skipped: [] },
      { at: '2026-01-07T09:00:00.000Z', made: 1, skipped: [] }
    ],
    next: [
      { at: '2026-01-08T09:00:00.000Z', volumes: 1 },
      { at: '2026-01-09T09:00:00.000Z', volumes: 1 }
    ]
  })
  const listed = await server.zenlayer('DescribeSnapshots', {})
  const shown = JSON.stringify(zenlayer.body)
  for (const [, id] of JSON.stringify(listed.body).matchAll(/"snapshotId":"(\d+)"/g)) expect(shown).toContain(id)

  const after = await server.control(
    'GET',
    `/baidu/policies/${ids.baidu}/occurrences?after=2026-01-07T00:00:00Z&limit=1`
  )
  expect(after.body).toMatchObject({
    past: [
      {
        at: '2026-01-08T00:00:00.000Z',
        made: 0,
        snapshots: [],
        skipped: [{ reason: 'volume-not-in-use', count: 1, volumes: ['v-Starter2'] }]
      }
    ],
    next: [{ at: '2026-01-09T00:00:00.000Z', volumes: 1 }]
  })
  const far = await server.control('GET', `/baidu/policies/${ids.baidu}/occurrences?after=2028-02-28T00:00:00Z&limit=1`)
  expect(far.body).toMatchObject({ past: [], next: [{ at: '2028-02-29T00:00:00.000Z', volumes: 1 }] })
})

test('a deleted policy is told of while snapshots name it, and not after', async () => {
  const server = await serve()
  const { zenlayer: id } = await withPolicies(server)
  await server.control('POST', '/clock/advance', { by: 'P1D' })
  await server.zenlayer('DeleteAutoSnapshotPolicies', { autoSnapshotPolicyIds: [id] })
  const path = `/zenlayer/policies/${id}/occurrences`
  expect((await server.control('GET', path)).body).toMatchObject({ deleted: true, past: [{ made: 1 }], next: [] })
  await server.control('POST', '/clock/advance', { by: 'P2D' })
  expect((await server.control('GET', path)).status).toBe(404)
})

test('reading changes nothing', async () => {
  const server = await serve()
  const { zenlayer: id } = await withPolicies(server)
  const before = await server.control('GET', '/state')
  await server.control('GET', '/agenda')
  await server.control('GET', `/zenlayer/policies/${id}/occurrences`)
  await server.control('GET', '/clock')
  expect((await server.control('GET', '/state')).body).toStrictEqual(before.body)
})

test.for([
  ['an unknown policy', 'GET', '/zenlayer/policies/none/occurrences', undefined, 404, 'id'],
  ['a policy of the other cloud', 'GET', '/baidu/policies/ZENLAYER/occurrences', undefined, 404, 'id'],
  ['an unknown cloud', 'GET', '/aws/policies/x/occurrences', undefined, 404, 'provider'],
  ['no instant', 'GET', '/zenlayer/policies/ZENLAYER/occurrences?after=monday', undefined, 400, 'after'],
  ['no such day', 'GET', '/zenlayer/policies/ZENLAYER/occurrences?after=2026-02-30T00:00:00Z', undefined, 400, 'after'],
  ['a limit of nothing', 'GET', '/zenlayer/policies/ZENLAYER/occurrences?limit=0', undefined, 400, 'limit'],
  ['a limit too far', 'GET', '/agenda?limit=1001', undefined, 400, 'limit'],
  ['a limit that is no number', 'GET', '/agenda?limit=ten', undefined, 400, 'limit'],
  ['an unknown query', 'GET', '/agenda?limits=3', undefined, 400, 'limits'],
  ['a duration that is none', 'POST', '/clock/advance', { by: 'a week' }, 400, 'by'],
  ['a negative duration', 'POST', '/clock/advance', { by: '-PT1H' }, 409, 'by'],
  ['a duration beyond the calendar', 'POST', '/clock/advance', { by: 'P99999999999Y' }, 400, 'by'],
  ['a duration in numbers', 'POST', '/clock/advance', { by: 7 }, 400, 'by'],
  ['an instant that is none', 'POST', '/clock/advance', { to: 'tomorrow' }, 400, 'to'],
  ['an instant before now', 'POST', '/clock/advance', { to: '2026-01-05T07:59:59Z' }, 409, 'to'],
  ['an instant too late', 'POST', '/clock/advance', { to: '2100-01-01T00:00:01Z' }, 400, 'to'],
  ['a clock before the last change', 'PUT', '/clock', { now: '2026-01-05T07:59:59Z' }, 409, 'now'],
  ['a clock too early', 'PUT', '/clock', { now: '1999-12-31T23:59:59Z' }, 400, 'now'],
  ['an unknown mode', 'PUT', '/clock', { mode: 'automatic' }, 400, 'mode'],
  ['an unknown setting', 'PATCH', '/settings', { 'delays.snapshotCreate': 1 }, 400, 'delays.snapshotCreate'],
  ['a delay below nothing', 'PATCH', '/settings', { 'delays.snapshotCreateMs': -1 }, 400, 'delays.snapshotCreateMs']
] as const)(
  '%s is a problem that names the field, and nothing changes',
  async ([, method, path, body, status, field]) => {
    const server = await serve()
    const ids = await withPolicies(server)
    const before = await server.control('GET', '/state')
    const refused = await server.control(method, path.replace('ZENLAYER', ids.zenlayer), body)
    expect(refused).toMatchObject({ status, body: { status, field } })
    expect(refused.headers['content-type']).toContain('application/problem+json')
    expect(Object.keys(Object(refused.body)).some((member) => ['example', 'nearest', 'known'].includes(member))).toBe(
      true
    )
    expect((await server.control('GET', '/state')).body).toStrictEqual(before.body)
  }
)

/** So much to do that it takes many batches. */
async function moving(server: Server, ms: number): Promise<{ readonly advance: Promise<Answer> }> {
  for (let index = 0; index < 20; index++) {
    const policy = await server.zenlayer('CreateAutoSnapshotPolicy', {
      zoneId: 'asia-east-1a',
      autoSnapshotPolicyName: `hourly-${index}`,
      repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
      hours: Array.from({ length: 24 }, (_, hour) => hour),
      retentionDays: 1
    })
    const disk = await server.zenlayer('CreateDisks', { zoneId: 'asia-east-1a', diskName: 'busy', diskSize: 20 })
    const diskId = /"diskIds":\["(\d+)"/.exec(JSON.stringify(disk.body))?.[1]
    await server.zenlayer('ApplyAutoSnapshotPolicy', {
      autoSnapshotPolicyId: textOf(policy, 'autoSnapshotPolicyId'),
      diskIds: [diskId]
    })
  }
  const to = new Date(Date.UTC(2026, 0, 5, 8) + ms).toISOString()
  const advance = server.control('POST', '/clock/advance', { to })
  while (!JSON.stringify((await server.control('GET', '/clock')).body).includes('advancing')) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { advance }
}

test('while a clock is moved, looking is answered at once and all else waits its turn', async () => {
  const server = await serve()
  const order: string[] = []
  const noted = async (name: string, call: Promise<Answer>) => {
    const answer = await call
    order.push(name)
    return answer
  }
  const to = '2026-01-15T08:00:00.000Z'
  const { advance } = await moving(server, 10 * 86_400_000)
  const answers = await Promise.all([
    noted('advance', advance),
    noted('call', server.zenlayer('DescribeSnapshots', { pageSize: 1 })),
    noted('second advance', server.control('POST', '/clock/advance', { by: 'PT1H' })),
    noted('clock', server.control('GET', '/clock')),
    noted('agenda', server.control('GET', '/agenda?limit=1')),
    noted('requests', server.control('GET', '/requests')),
    noted('health', server.control('GET', '/health')),
    noted('other world', server.zenlayer('DescribeSnapshots', {}, { key: 'other' }))
  ])
  const [moved, , second, clock, agenda] = answers
  expect(moved.body).toMatchObject({ to, firings: 20 * 24 * 10, snapshotsCreated: 20 * 24 * 10 })
  expect(clock.body).toMatchObject({ advancing: { to } })
  expect(agenda.body).toMatchObject({ advancing: { to } })
  expect(second.body).toMatchObject({ from: to, to: '2026-01-15T09:00:00.000Z', firings: 20 })
  expect(order.slice(0, 5).sort()).toEqual(['agenda', 'clock', 'health', 'other world', 'requests'])
  expect(order.slice(5)).toEqual(['advance', 'call', 'second advance'])
})

test('a reset stops an advance, which tells what it had done; what waited behind it is refused too', async () => {
  const server = await serve()
  const { advance } = await moving(server, 30 * 86_400_000)
  const second = server.control('POST', '/clock/advance', { by: 'P1D' })
  const call = server.zenlayer('DescribeSnapshots', {})
  // Both have to arrive before the reset does.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect((await server.control('POST', '/reset')).status).toBeLessThan(300)
  const stopped = await advance
  expect(stopped).toMatchObject({ status: 409, body: { reason: 'stopped', done: { firings: expect.any(Number) } } })
  expect((await second).body).toMatchObject({ status: 409, reason: 'stopped', done: { firings: 0 } })
  // The call is answered by the world as it is now: new.
  expect((await call).body).toMatchObject({ response: { totalCount: 0 } })
  expect((await server.control('GET', '/clock')).body).toMatchObject({ now: '2026-01-05T08:00:00.000Z' })
})

test('a client that hangs up does not stop an advance', async () => {
  const server = await serve()
  await withPolicies(server)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const body = JSON.stringify({ by: 'P2Y' })
  const socket = connect(port, '127.0.0.1')
  const head = `POST /_snapstand/clock/advance HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${body.length}`
  socket.write(`${head}\r\n\r\n${body}`)
  const clock = async () => JSON.stringify((await server.control('GET', '/clock')).body)
  while ((await clock()).includes('"now":"2026-01-05')) await new Promise((resolve) => setImmediate(resolve))
  socket.destroy()
  while ((await clock()).includes('advancing')) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await clock()).toContain('"now":"2028-01-05T08:00:00.000Z"')
})

test('a world in which time cannot go on is exported, reset and deleted; calls get the internal error', async () => {
  const broken: Provider = {
    ...zenlayer,
    rules: {
      ...zenlayer.rules,
      automaticSnapshot: ruled(zenlayer.rules.automaticSnapshot.statement, () => {
        throw new Error('a bug')
      })
    }
  }
  const logged: string[] = []
  const server = await serve({ providers: [broken, baidu], log: (message) => logged.push(message) })
  await withPolicies(server)
  expect((await server.control('POST', '/clock/advance', { by: 'P1D' })).status).toBe(500)
  expect((await server.zenlayer('DescribeSnapshots', {})).status).toBe(500)
  expect((await server.baidu('GET', '/v2/snapshot')).status).toBe(500)
  expect((await server.zenlayer('DescribeSnapshots', {}, { key: 'other' })).status).toBe(200)
  expect(logged.length).toBeGreaterThan(0)
  const exported = await server.control('GET', '/state')
  expect(exported.status).toBe(200)
  expect(JSON.stringify(exported.body)).toContain('"autoSnapshotPolicyName":"daily"')
  expect((await server.control('POST', '/reset')).status).toBeLessThan(300)
  expect((await server.zenlayer('DescribeSnapshots', {})).status).toBe(200)
})

test('an advance that would make too many is refused before it starts, with the number', async () => {
  const server = await serve({ maxAdvance: 100 })
  await withPolicies(server)
  const refused = await server.control('POST', '/clock/advance', { by: 'P1Y' })
  expect(refused).toMatchObject({
    status: 409,
    body: { field: 'by', reason: 'too-many', most: 730, max: 100, example: expect.any(String) }
  })
  expect((await server.control('GET', '/clock')).body).toMatchObject({ now: '2026-01-05T08:00:00.000Z' })
  expect((await server.control('PUT', '/clock', { now: '2027-01-05T08:00:00Z' })).status).toBe(409)
  expect((await server.control('POST', '/clock/advance', { by: 'P50D' })).body).toMatchObject({ snapshotsCreated: 50 })
})
