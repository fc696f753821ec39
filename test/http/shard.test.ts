import { afterEach, expect, test } from 'vitest'
import { worldOfToken } from '../../src/core/model/world-names.ts'
import { type Answer, answerOf, type Server, type StartOptions, start } from '../harness.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function shard(options: StartOptions = {}): Promise<Server> {
  const server = await start({ shard: { index: 1, count: 3 }, ...options })
  servers.push(server)
  return server
}

type Headers = Readonly<Record<string, string>>
const TYPED = { host: '127.0.0.1:7420', 'content-type': 'application/json' }
const zenlayerKey = (key: string) => ({
  authorization: `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=content-type;host, Signature=0`
})
const baiduKey = (key: string) => ({ authorization: `bce-auth-v1/${key}/2026-01-05T08:00:00Z/1800/host/0` })

async function zenlayer({ app }: Server, headers: Headers): Promise<Answer> {
  const action = { 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
  const asked = { headers: { ...TYPED, ...action, ...headers }, payload: '{}' }
  return answerOf(await app.inject({ method: 'POST', url: '/api/v2/zec', ...asked }))
}
async function baidu({ app }: Server, headers: Headers): Promise<Answer> {
  return answerOf(await app.inject({ url: '/v2/volume', headers: { ...TYPED, ...headers } }))
}
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
async function control({ app }: Server, method: Method, path: string, headers: Headers, body?: object) {
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
  return answerOf(
    await app.inject({ method, url: `/_snapstand${path}`, headers: { ...TYPED, ...headers }, ...payload })
  )
}
const sent = (name: string, key?: string): Headers => ({
  'x-snapstand-shard': name,
  ...(key !== undefined && { 'x-snapstand-shard-key': key })
})
const hintOf = ({ headers }: Answer) => decodeURIComponent(headers['x-snapstand-hint'] ?? '')

test('a call that was sent here, by its world, is served', async () => {
  const server = await shard()
  for (const name of ['snapstand-1', '1', 'snapstand-1.', 'pod-01']) {
    const status = name.endsWith('.') ? 500 : 200
    expect(await zenlayer(server, { ...zenlayerKey('a'), ...sent(name, 'a') }), name).toMatchObject({ status })
    expect(await baidu(server, { ...baiduKey('a'), ...sent(name, 'a') }), name).toMatchObject({ status })
    const clock = await control(server, 'GET', '/clock?world=a', sent(name, 'a'))
    expect(clock.status, name).toBe(status === 500 ? 421 : 200)
  }
  expect(await zenlayer(server, sent('snapstand-1', 'default'))).toMatchObject({ status: 200 })
})

test.for([
  ['that names no shard', {}, 'the call names none: it has passed by the proxy'],
  ['that was sent to another shard', sent('snapstand-2', 'a'), 'was sent to "snapstand-2": the proxy and --shard'],
  ['to a name without a number', sent('snapstand', 'a'), 'was sent to "snapstand"'],
  ['that was not sharded by its world', sent('snapstand-1', 'b'), 'The call is about the world "a", by which']
] as const)('a call %s is refused in the form of its cloud, and makes no world', async ([, headers, hint]) => {
  const told: unknown[] = []
  const server = await shard({ log: (message, detail) => told.push([message, detail]) })
  const answers = [
    await zenlayer(server, { ...zenlayerKey('a'), ...headers }),
    await baidu(server, { ...baiduKey('a'), ...headers })
  ]
  expect(answers).toMatchObject([
    { status: 500, code: 'INTERNAL_SERVER_ERROR' },
    { status: 500, code: 'InternalError' }
  ])
  for (const answer of answers) expect(hintOf(answer)).toContain(hint)
  expect(told).toMatchObject([
    ['refused', { world: 'a', hint: expect.stringContaining(hint) }],
    ['refused', { world: 'a', hint: expect.stringContaining(hint) }]
  ])
  const refused = await control(server, 'PUT', '/clock?world=a', headers, { mode: 'system' })
  expect(refused).toMatchObject({ status: 421, body: { detail: expect.stringContaining(hint) } })
  expect(server.core.worlds()).toEqual([])
})

test('a key that names another world goes where that world is, or is refused', async () => {
  const server = await shard({ keys: [{ id: 'alice', secret: 'x', world: 'team' }] })
  const alice = zenlayerKey('alice')
  expect(await zenlayer(server, { ...alice, ...sent('snapstand-1', 'team') })).toMatchObject({ status: 200 })
  const strayed = await zenlayer(server, { ...alice, ...sent('snapstand-1', 'alice') })
  expect(strayed).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
  expect(hintOf(strayed)).toContain('the world "team", by which the proxy has not sharded')
})

test('worlds of tokens may be sharded as one, and what they were sharded by is not told', async () => {
  const server = await shard()
  const token = 'a-token-of-someone'
  const call = { authorization: `Bearer ${token}` }
  const world = worldOfToken(token)
  expect(await zenlayer(server, { ...call, ...sent('snapstand-1', 'bearer-') })).toMatchObject({ status: 200 })
  expect(await zenlayer(server, { ...call, ...sent('snapstand-1', world) })).toMatchObject({ status: 200 })
  expect(await control(server, 'GET', `/clock?world=${world}`, sent('snapstand-1', 'bearer-'))).toMatchObject({
    status: 200
  })
  expect(await control(server, 'GET', '/clock?world=a', sent('snapstand-1', 'bearer-'))).toMatchObject({ status: 421 })
  const strayed = await zenlayer(server, { ...call, ...sent('snapstand-1', token) })
  expect(strayed.status).toBe(500)
  expect(JSON.stringify(strayed)).not.toContain(token)
})

test('what the proxy adds is not told as the client’s', async () => {
  const server = await shard()
  await zenlayer(server, { ...zenlayerKey('a'), ...sent('snapstand-1', 'a'), 'x-mine': '1' })
  const [entry] = [...(server.core.journals.find('a')?.each({}) ?? [])]
  expect(entry?.headers).toMatchObject({ 'x-mine': '1' })
  expect(Object.keys(entry?.headers ?? {}).join()).not.toContain('shard')
})

test('a name beyond ASCII is sharded by as it is sent', async () => {
  const server = await shard()
  const bytes = Buffer.from('schlüssel/1').toString('latin1')
  const path = `/clock?world=${encodeURIComponent('schlüssel/1')}`
  expect(await control(server, 'GET', path, sent('snapstand-1', bytes))).toMatchObject({ status: 200 })
})

test.for([
  ['POST', '/reset?world=*'],
  ['GET', '/requests?world=*'],
  ['GET', '/requests/T00000000-0000-4000-8000-000000000000'],
  ['GET', '/worlds'],
  ['DELETE', '/faults?world=*']
] as const)('%s %s is about all worlds, which no proxy can ask', async ([method, path]) => {
  const server = await shard()
  for (const key of ['*', 'default']) {
    expect(await control(server, method, path, sent('snapstand-1', key))).toMatchObject({
      status: 421,
      body: { detail: expect.stringContaining('--all') }
    })
  }
  // By the shard's own address it can be asked.
  expect((await control(server, method, path, sent('snapstand-1'))).status).not.toBe(421)
})

test('a world that a path names is the one that counts', async () => {
  const server = await shard()
  const put = (key: string) => control(server, 'PUT', '/worlds/a%2Fb', sent('snapstand-1', key), { keep: true })
  expect(await put('a')).toMatchObject({ status: 421, body: { field: 'X-Snapstand-Shard-Key', example: 'a/b' } })
  expect(await put('a/b')).toMatchObject({ status: 200, body: { id: 'a/b' } })
})

test('a checkpoint makes no world of which it is not known that it belongs here', async () => {
  const server = await shard()
  await control(server, 'PUT', '/checkpoints/clean?world=a', sent('snapstand-1', 'a'), {})
  const fork = (headers: Headers) => control(server, 'POST', '/checkpoints/clean/restore?world=a', headers, { as: 'b' })
  expect(await fork(sent('snapstand-1', 'a'))).toMatchObject({ status: 421 })
  expect(server.core.peek('b')).toBeUndefined()
  expect(await fork(sent('snapstand-1'))).toMatchObject({ status: 200 })
})

test('health is anyone’s to ask, and tells the shard', async () => {
  const server = await shard()
  expect(await control(server, 'GET', '/health', {})).toMatchObject({ status: 200, body: { shard: '1/3' } })
  expect(await control(server, 'GET', '/operations', {})).toMatchObject({ status: 200 })
})

test('a server alone does not care what a proxy says', async () => {
  const server = await start()
  servers.push(server)
  expect(await zenlayer(server, { ...zenlayerKey('a'), ...sent('snapstand-2', 'b') })).toMatchObject({ status: 200 })
  expect(await control(server, 'GET', '/health', {})).not.toMatchObject({ body: { shard: expect.anything() } })
})
