import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ControlRefused,
  connect,
  ExpectationUnmet,
  type Server,
  Unreachable,
  type World
} from '../../src/client/index.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { sign } from '../signers/baidu.ts'
import { signedHeaders } from '../signers/zenlayer.ts'

const DISK = '1700000000000000101'
const VOLUME = 'v-Starter2'
const KEYS = [{ id: 'team-key', secret: 'not-a-secret', world: 'team' }]

let started: Snapstand
let connected: Server
beforeAll(async () => {
  started = await startSnapstand({ clock: 'manual', keys: KEYS, controlToken: 'open-sesame', metrics: true })
  connected = connect(started.url, { token: 'open-sesame', keys: KEYS })
})
afterAll(async () => {
  await connected.close()
  await started.close()
})

let made = 0
/** A world that no other test knows. */
const worldOf = (server: Server): World => server.world(`client-${made++}`)

/** A call of Zenlayer’s, signed by what the world says its credentials are. */
async function zenlayer(
  { credentials }: World,
  action: string,
  body: object
): Promise<{ status: number; text: string }> {
  const { endpoint, domain, accessKeyId, accessKeyPassword } = credentials.zenlayer
  const payload = JSON.stringify(body)
  const timestampS = Math.floor(Date.now() / 1000)
  const signature = signedHeaders({
    keyId: accessKeyId,
    secret: accessKeyPassword,
    host: domain,
    body: payload,
    timestampS
  })
  const headers = { ...signature, 'x-zc-action': action, 'x-zc-version': '2025-09-01' }
  const response = await fetch(endpoint, { method: 'POST', headers, body: payload })
  return { status: response.status, text: await response.text() }
}

/** A list of Baidu’s volumes, signed by what the world says its credentials are. */
async function baiduVolumes({ credentials }: World): Promise<number> {
  const { endpoint, ak, sk } = credentials.baidu
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host: new URL(endpoint).host, 'x-bce-date': timestamp }
  const request = { method: 'GET', path: '/v2/volume', parameters: [], headers }
  const { authorization } = sign(request, { keyId: ak, secret: sk, timestamp, habit: 'listed' })
  return (await fetch(`${endpoint}/v2/volume`, { headers: { ...headers, authorization } })).status
}

async function refusalOf(work: Promise<unknown>): Promise<ControlRefused> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason
  )
  expect(error).toBeInstanceOf(ControlRefused)
  if (!(error instanceof ControlRefused)) throw error
  return error
}

describe.for([
  ['the handle that a start gives', () => started],
  ['a client of a server somewhere', () => connected]
] as const)('%s', ([, serverOf]) => {
  test('shows volumes through time, and resources in the words of their cloud', async () => {
    const world = worldOf(serverOf())
    await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'one' })
    const { lanes, total } = await world.timeline({ text: DISK, from: '2026-01-01T00:00:00Z', marks: 5 })
    expect(total).toBe(1)
    expect(lanes).toMatchObject([{ id: DISK, snapshots: [{ origin: 'manual' }] }])
    const { resources } = await world.resources.list('zenlayer', 'snapshots', { text: 'ONE' })
    expect(resources).toMatchObject([{ name: 'one', shown: { status: 'AVAILABLE' } }])
    const detail = await world.resources.get('zenlayer', 'volumes', DISK)
    expect(detail.related).toContainEqual(expect.objectContaining({ is: 'made', name: 'one' }))
  })

  test('stops an advance, where there is one', async () => {
    expect(await worldOf(serverOf()).clock.stop()).toMatchObject({ stopped: false })
  })

  test('tells of the server', async () => {
    const server = serverOf()
    expect(await server.health()).toMatchObject({ status: 'ok', clouds: ['zenlayer', 'baidu'] })
    const { operations } = await server.operations('baidu')
    expect(operations.map(({ name }) => name)).toContain('CreateAsp')
    expect(operations.every(({ provider }) => provider === 'baidu')).toBe(true)
    expect((await server.operations()).operations.length).toBeGreaterThan(operations.length)
    const [own, cloud] = await Promise.all([server.openApi(), server.openApi('baidu')])
    expect(await server.metrics()).toMatch(/^# HELP /)
    expect(own.openapi).toMatch(/^3\.1/)
    expect(cloud.info.title).not.toBe(own.info.title)
  })

  test('turns a world’s clock', async () => {
    const { clock, key } = worldOf(serverOf())
    expect(await clock.set({ mode: 'manual', now: new Date('2026-03-01T00:00:00Z') })).toEqual({
      world: key,
      mode: 'manual',
      now: '2026-03-01T00:00:00.000Z'
    })
    expect(await clock.advance('P7D')).toMatchObject({
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-08T00:00:00.000Z'
    })
    expect(await clock.advance({ by: '36h' })).toMatchObject({ to: '2026-03-09T12:00:00.000Z' })
    expect(await clock.advance({ to: new Date('2026-04-01T00:00:00Z') })).toMatchObject({ firings: 0, next: null })
    expect(await clock.get()).toMatchObject({ now: '2026-04-01T00:00:00.000Z' })
    expect((await refusalOf(clock.advance({ to: '2026-01-01T00:00:00Z' }))).problem).toMatchObject({ reason: 'back' })
  })

  test('goes from event to event, and knows what a policy does', async () => {
    const world = worldOf(serverOf())
    const schedule = { zoneId: 'asia-east-1a', autoSnapshotPolicyName: 'nightly', repeatWeekDays: [2], hours: [9] }
    const { text } = await zenlayer(world, 'CreateAutoSnapshotPolicy', schedule)
    const [policy = ''] = /\d{19}/.exec(text) ?? []
    await zenlayer(world, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: [DISK] })
    const { agenda } = await world.agenda({ limit: 1 })
    expect(agenda).toMatchObject([{ kind: 'fires', subject: policy, provider: 'zenlayer' }])
    expect(await world.clock.advance('next')).toMatchObject({ to: agenda[0]?.at, firings: 1, snapshotsCreated: 1 })
    const { past, next } = await world.occurrences('zenlayer', policy, { limit: 2 })
    expect(past).toMatchObject([{ at: agenda[0]?.at, made: 1, skipped: [] }])
    expect(next).toHaveLength(2)
    const later = await world.occurrences('zenlayer', policy, { after: new Date(Date.parse(agenda[0]?.at ?? '')) })
    expect(later.past).toEqual([])
  })

  test('lets calls fail, and tells how often', async () => {
    const world = worldOf(serverOf())
    const lost = { operation: 'DescribeDisks', times: 1, then: { error: 'INTERNAL_SERVER_ERROR' } } as const
    expect(await world.faults.put('lost', lost)).toMatchObject({ id: 'lost', world: world.key, met: 0, acted: 0 })
    expect((await zenlayer(world, 'DescribeDisks', {})).text).toContain('INTERNAL_SERVER_ERROR')
    expect((await zenlayer(world, 'DescribeDisks', {})).status).toBe(200)
    expect(await world.faults.list()).toMatchObject([{ id: 'lost', acted: 1 }])
    const unknown = await refusalOf(world.faults.put('lost', { ...lost, operation: 'DescribeDisk' }))
    expect(unknown).toMatchObject({ status: 400, field: 'operation' })
    await world.faults.delete('lost')
    expect((await refusalOf(world.faults.delete('lost'))).status).toBe(404)
    await world.faults.put('later', { then: { delayMs: 1 } })
    await world.faults.clear()
    expect(await world.faults.list()).toEqual([])
  })

  test('reads the journal of a world', async () => {
    const world = worldOf(serverOf())
    await zenlayer(world, 'DescribeDisks', {})
    await zenlayer(world, 'CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' })
    const { requests, counts } = await world.requests.list({ status: 404 })
    expect(counts.operation).toEqual({ CreateSnapshot: 1 })
    const [{ id, code } = { id: '', code: '' }] = requests
    expect(code).toBe('INVALID_DISK_NOT_FOUND')
    expect((await world.requests.get(id)).request).toContain('nightly')
    expect(await world.requests.curl(id)).toMatch(/^curl .*CreateSnapshot/)
    expect((await world.requests.list({ after: new Date('2090-01-01T00:00:00Z') })).found).toBe(0)
    await world.requests.clear()
    expect((await world.requests.list()).found).toBe(0)
    expect((await serverOf().world('*').requests.list({ limit: 0 })).requests).toEqual([])
  })

  test('expects calls, and tells those that were nearly it', async () => {
    const world = worldOf(serverOf())
    const { requests } = world
    const awaited = requests.expect({ operation: 'CreateSnapshot', atLeast: 1, withinMs: 30_000 })
    await zenlayer(world, 'CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' })
    expect(await awaited).toMatchObject({ count: 1, requests: [{ operation: 'CreateSnapshot', status: 404 }] })
    const after = new Date('2026-01-01T00:00:00Z')
    expect(await requests.expect({ operation: '*', times: 1, after })).toMatchObject({ count: 1 })
    const error = await refusalOf(requests.expect({ operation: 'CreateSnapshot', body: { snapshotName: 'daily' } }))
    if (!(error instanceof ExpectationUnmet)) throw error
    expect(error).toMatchObject({ name: 'ExpectationUnmet', status: 409, count: 0 })
    expect(error.misses).toMatchObject([{ request: { status: 404 }, differences: [{ member: 'body.snapshotName' }] }])
    expect(error.message).toMatch(/\n- CreateSnapshot \(.*\): body\.snapshotName is "nightly", not "daily"$/)
    const unknown = await refusalOf(requests.expect({ operation: 'CreateSnapshots' }))
    expect(unknown).not.toBeInstanceOf(ExpectationUnmet)
  })

  test('follows what happens, live', async () => {
    const world = worldOf(serverOf())
    const types = ['clock', 'created', 'request'] as const
    const events = world.events({ types })
    await events.opened
    await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'live' })
    const told: string[] = []
    for await (const event of events) {
      told.push(event.type)
      expect(event).toMatchObject(event.type === 'request' ? { operation: 'CreateSnapshot' } : { subject: /\d+/ })
      if (told.length === 2) break
    }
    expect(told.toSorted()).toEqual(['created', 'request'])
    expect(await events.next()).toEqual({ done: true, value: undefined })
    await zenlayer(world, 'DescribeDisks', {})
    await using later = world.events({ types, after: events.lastId })
    expect((await later.next()).value).toMatchObject({ type: 'request', operation: 'DescribeDisks' })
  })

  test('ends a stream of events when it is told to, with the signal, and not for who is refused', async () => {
    const world = worldOf(serverOf())
    const closing = world.events()
    const next = closing.next()
    await closing.opened
    await closing.close()
    expect(await next).toEqual({ done: true, value: undefined })
    const reason = new Error('enough')
    const stopped = new AbortController()
    const stopping = world.events({}, { signal: stopped.signal })
    const awaited = stopping.next()
    await stopping.opened
    stopped.abort(reason)
    await expect(awaited).rejects.toBe(reason)
    const refused = world.events({ after: 'nonsense' })
    expect(await refusalOf(refused.opened)).toMatchObject({ status: 400, field: 'lastEventId' })
    expect((await refusalOf(refused.next())).status).toBe(400)
  })

  test('saves a world, goes back and makes another of it', async () => {
    const world = worldOf(serverOf())
    const { get, set } = world.content('zenlayer', DISK)
    await set('before')
    expect(await world.checkpoints.save('a/b ?')).toMatchObject({ world: world.key, name: 'a/b ?' })
    await set('after')
    const other = await world.checkpoints.fork('a/b ?', `${world.key}-fork`)
    expect(await other.content('zenlayer', DISK).get()).toBe('before')
    expect(await get()).toBe('after')
    await world.checkpoints.restore('a/b ?')
    expect(await get()).toBe('before')
    expect(await world.checkpoints.list()).toHaveLength(1)
    await world.checkpoints.drop('a/b ?')
    expect((await refusalOf(world.checkpoints.drop('a/b ?'))).status).toBe(404)
    await expect(world.checkpoints.drop('..')).rejects.toThrow(RangeError)
  })

  test('reads and changes settings', async () => {
    const { settings } = worldOf(serverOf())
    const changed = await settings.patch({ 'zenlayer.snapshotQuota': 2 })
    expect(changed.find(({ name }) => name === 'zenlayer.snapshotQuota')?.value).toBe(2)
    const error = await refusalOf(settings.patch({ 'zenlayer.snapshotQuotas': 3 }))
    expect(error).toMatchObject({ status: 400, field: 'zenlayer.snapshotQuotas' })
    expect(error.problem.nearest).toBe('zenlayer.snapshotQuota')
    expect(error.message).toBe(error.detail)
    await settings.patch({ 'zenlayer.snapshotQuota': null })
    const [found] = (await settings.get()).filter(({ name }) => name === 'zenlayer.snapshotQuota')
    expect(found?.value).toBe(found?.default)
  })

  test('exports a world and imports it, as data, as JSON and as YAML', async () => {
    const world = worldOf(serverOf())
    await world.content('baidu', VOLUME).set('marker')
    const exported = await world.state.export()
    expect(exported.clock.mode).toBe('manual')
    expect(await worldOf(serverOf()).state.import(exported)).toMatchObject({ exact: true })
    for (const form of ['json', 'yaml'] as const) {
      const other = worldOf(serverOf())
      const text = await new Response(await world.state.stream(form)).text()
      expect(text.startsWith('{')).toBe(form === 'json')
      expect(await other.state.import(text)).toMatchObject({ world: other.key, exact: true })
      expect(await other.content('baidu', VOLUME).get()).toBe('marker')
    }
    expect((await refusalOf(world.state.import('{ nonsense'))).problem.wrongs).toHaveLength(1)
  })

  test('keeps a world, puts it back, and forgets it', async () => {
    const server = serverOf()
    const world = worldOf(server)
    expect(await world.delete()).toBe(false)
    expect(await world.keep()).toMatchObject({ id: world.key, keep: true })
    expect(await world.keep(false)).toMatchObject({ keep: false })
    await world.content('baidu', VOLUME).set('marker')
    expect(await world.reset()).toEqual({ worlds: [world.key] })
    expect(await world.content('baidu', VOLUME).get()).toBe('')
    expect((await server.worlds()).map(({ id }) => id)).toContain(world.key)
    expect(await server.reset(world.key)).toEqual({ worlds: [world.key] })
    expect(await world.delete()).toBe(true)
    expect((await server.worlds()).map(({ id }) => id)).not.toContain(world.key)
  })

  test('names the credentials that both clouds take', async () => {
    const world = worldOf(serverOf())
    expect(world.credentials.zenlayer).toMatchObject({ accessKeyId: world.key, accessKeyPassword: world.key })
    const team = serverOf().world('team')
    expect(team.credentials.baidu).toMatchObject({ ak: 'team-key', sk: 'not-a-secret' })
    await team.requests.clear()
    for (const each of [world, team]) {
      expect((await zenlayer(each, 'DescribeDisks', {})).status).toBe(200)
      expect(await baiduVolumes(each)).toBe(200)
      expect((await each.requests.list()).requests.map(({ world: id }) => id)).toEqual([each.key, each.key])
    }
    expect(serverOf().world().key).toBe('default')
  })

  test('throws the reason of a signal', async () => {
    const world = worldOf(serverOf())
    const reason = new Error('changed my mind')
    await expect(world.clock.get({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const late = new AbortController()
    const asked = world.agenda({}, { signal: late.signal })
    late.abort(reason)
    await expect(asked).rejects.toBe(reason)
    expect(await world.clock.get({ signal: new AbortController().signal })).toMatchObject({ world: world.key })
  })
})

test('without the token a client is refused, in words', async () => {
  const error = await refusalOf(connect(started.url).world().clock.get())
  expect(error).toMatchObject({ name: 'ControlRefused', status: 401, field: 'Authorization' })
})

test('nobody there is told from a refusal', async () => {
  const ended = await startSnapstand()
  const away = connect(ended.url)
  await ended.close()
  const error = await away.health().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Unreachable)
  expect(error).toMatchObject({ url: ended.url, message: expect.stringContaining(ended.url) })
  await expect(ended.world().clock.get()).rejects.toBeInstanceOf(Unreachable)
})

test('a stream of events ends with its server', async () => {
  const server = await startSnapstand()
  const events = connect(server.url).world('*').events()
  await events.opened
  await Promise.all([server.close(), expect(events.next()).resolves.toEqual({ done: true, value: undefined })])
})

test('an answer that is no problem is a refusal all the same', async () => {
  const bad = connect('http://127.0.0.1:1', { fetch: async () => new Response('<html>', { status: 502 }) })
  expect(await refusalOf(bad.world('one').clock.get())).toMatchObject({
    status: 502,
    message: 'GET /_snapstand/clock was answered with 502'
  })
})

test('a server below a path is reached there', async () => {
  const asked: string[] = []
  const fetch = async (url: unknown) => {
    asked.push(String(url))
    return Response.json([])
  }
  await connect('https://tests.example/snapstand', { fetch }).worlds()
  await connect('https://tests.example/snapstand/', { fetch }).world('a b&c').checkpoints.list()
  expect(asked).toEqual([
    'https://tests.example/snapstand/_snapstand/worlds',
    'https://tests.example/snapstand/_snapstand/checkpoints?world=a+b%26c'
  ])
})
