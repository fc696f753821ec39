import { createRequire } from 'node:module'
import { Type } from '@sinclair/typebox'
import { expect, test } from 'vitest'
import { callUuid } from '../../src/http/calls/call-id.ts'
import { headerText } from '../../src/http/context.ts'
import { invented } from '../../src/providers/evidence.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { operation } from '../../src/providers/zenlayer/operations/operation.ts'
import { type Server, type StartOptions, start } from '../harness.ts'

const DISK = '1700000000000000101'
const route = (selector: string) => ({ method: 'POST', path: '/api/v2/zec', selector }) as const

/** Zenlayer with rows of ours. */
function withRows(...rows: Provider['operations']): Provider {
  return { ...zenlayer, operations: [...zenlayer.operations, ...rows] }
}

async function using(options: StartOptions, work: (server: Server) => Promise<void>): Promise<void> {
  const server = await start(options)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

const echo = operation({
  name: 'Echo',
  summary: 'Says it again.',
  evidence: invented('for this test', 'zenlayer.md 5'),
  route: route('Echo'),
  request: { body: Type.Object({ text: Type.String({ maxLength: 3 }) }) },
  response: Type.Object({ text: Type.String() }),
  errors: ['INVALID_DISK_NOT_FOUND'],
  run({ body, fail }) {
    if (body.text === 'no') throw fail('INVALID_DISK_NOT_FOUND', { hint: '每日 100%' })
    return { text: body.text }
  }
})
const crash = operation({
  name: 'Crash',
  summary: 'Fails after a write.',
  evidence: invented('for this test', 'zenlayer.md 5'),
  route: route('Crash'),
  response: Type.Object({}),
  errors: [],
  run({ cloud }) {
    const disk = cloud.findVolume(DISK)
    if (disk) cloud.changeVolume(disk, { name: 'half done' })
    throw new Error('a secret of the implementation')
  }
})

test('a hint goes out percent-encoded, and as it is into the journal', () =>
  using({ providers: [withRows(echo)] }, async (server) => {
    const { headers, requestId } = await server.zenlayer('Echo', { text: 'no' })
    const sent = headers['x-snapstand-hint'] ?? ''
    expect(sent).toBe('%E6%AF%8F%E6%97%A5 100%25')
    expect(decodeURIComponent(sent)).toBe('每日 100%')
    const entry = server.core.peek('default')?.journal.find(requestId ?? '')
    expect(entry?.refusal).toMatchObject({ hint: '每日 100%', rule: expect.any(String) })
  }))

test('a header’s text is printable ASCII, whatever it was made of', () => {
  expect(headerText('plain: "text" ~')).toBe('plain: "text" ~')
  expect(headerText('a\r\nb\u0000\ud800é😀')).toBe('a%0D%0Ab%00%EF%BF%BD%C3%A9%F0%9F%98%80')
})

test('Fastify loads neither ajv nor fast-json-stringify: they cost more than all the rest of a start', () =>
  using({}, async ({ app }) => {
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    expect(loaded.filter((path) => /node_modules.fastify.lib.route\.js$/.test(path))).toHaveLength(1)
    expect(
      loaded.filter((path) => /node_modules.(@fastify.(ajv|fast-json)|fast-json-stringify.index)/.test(path))
    ).toStrictEqual([])
    expect(app.printRoutes()).toContain('api/')
  }))

test('a crash of ours is the cloud’s internal error, logged with its stack, and undone', async () => {
  const lines: unknown[] = []
  const log = (message: string, detail?: object) => lines.push({ message, ...detail })
  await using({ providers: [withRows(crash)], log }, async (server) => {
    const reply = await server.zenlayer('Crash')
    expect(reply).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(reply)).not.toContain('secret of the implementation')
    const error = lines.flatMap((line) => (typeof line === 'object' && line && 'error' in line ? line.error : []))
    expect(error).toMatchObject([
      { message: 'a secret of the implementation', stack: expect.stringContaining('app.test.ts') }
    ])
    const disks = await server.zenlayer('DescribeDisks', { diskIds: [DISK] })
    expect(JSON.stringify(disks.body)).not.toContain('half done')
  })
})

test('identical runs get identical request ids, and no two calls the same', async () => {
  const run = async () => {
    const ids: unknown[] = []
    await using({}, async ({ zenlayer, baidu }) => {
      for (const key of ['a', 'b', undefined]) {
        const as = key === undefined ? {} : { key }
        ids.push((await zenlayer('DescribeDisks', {}, as)).requestId)
        ids.push((await baidu('GET', '/v2/volume', undefined, as)).requestId)
        ids.push((await baidu('GET', '/v2/nope', undefined, as)).requestId)
      }
    })
    return ids
  }
  const ids = await run()
  expect(await run()).toStrictEqual(ids)
  expect(new Set(ids).size).toBe(9)
  expect(ids).not.toContain(undefined)
})

test('call numbers make version 4 UUIDs', () => {
  expect(callUuid('default', 1, 0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(callUuid('default', 1, 0)).toBe(callUuid('default', 1, 0))
  expect(callUuid(null, 1, 0)).not.toBe(callUuid('null', 1, 0))
})

test('a refused request brings no world into being, an accepted one does', () =>
  using({ auth: 'verify' }, async ({ core, zenlayer, baidu, app }) => {
    await zenlayer('DescribeDisks', { diskIds: 7 }, { key: 'a' })
    await zenlayer('Nope', {}, { key: 'a' })
    await baidu('POST', '/v2/asp', {}, { key: 'a' })
    await app.inject({ method: 'GET', url: '/v2/volume', headers: { authorization: 'bce-auth-v1/a/b/c/d/e' } })
    expect(core.worlds()).toStrictEqual([])
    expect(core.journals.find('a')?.counts().added).toBe(3)
    expect(core.journals.own.counts().added).toBe(1)
    // Accepted is what is valid, whatever the operation then answers.
    const refused = await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' }, { key: 'a' })
    expect(refused.status).toBe(404)
    expect(core.worlds().map((world) => world.id)).toStrictEqual(['a'])
    expect(core.peek('a')?.journal.entries()).toMatchObject([{ id: refused.requestId, world: 'a' }, {}, {}, {}])
  }))

test('a refusal is found in the world of who proved to own it, and nobody else’s', () =>
  using({ auth: 'verify' }, async ({ core, zenlayer, app }) => {
    await zenlayer('DescribeDisks', {}, { key: 'a' })
    const proven = await zenlayer('DescribeDisks', { diskIds: 7 }, { key: 'a' })
    expect(core.peek('a')?.journal.entries()).toMatchObject([{ id: proven.requestId, status: 400 }, { status: 200 }])
    const forged = {
      authorization: `ZC2-HMAC-SHA256 Credential=a, SignedHeaders=content-type;host, Signature=${'0'.repeat(64)}`,
      'x-zc-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-zc-action': 'DescribeDisks',
      'x-zc-version': '2025-09-01',
      'x-zc-signature-method': 'ZC2-HMAC-SHA256'
    }
    await app.inject({ method: 'POST', url: '/api/v2/zec', headers: forged, payload: {} })
    expect(core.peek('a')?.journal.counts().added).toBe(2)
    expect(core.journals.own.entries()).toMatchObject([
      { world: null, code: 'AUTHFAILURE_SIGNATURE_FAILURE', refusal: { stringToSign: expect.any(String) } }
    ])
  }))

test('no journal and no log line holds a configured secret or a token', async () => {
  const secrets = ['s3cret-of-zen', 's3cret/of+bce', 'tok-en-of-someone', 'sts-session-token', '(a.b)']
  const lines: unknown[] = []
  const keys = [
    { id: 'zen', secret: 's3cret-of-zen' },
    { id: 'bce', secret: 's3cret/of+bce' },
    { bearer: 'tok-en-of-someone', world: 'w' }
  ]
  const log = (message: string, detail?: object) => lines.push({ message, ...detail })
  await using({ auth: 'verify', keys, log }, async ({ app, core, zenlayer, baidu, control }) => {
    // Clients that put their secrets where they do not belong.
    await zenlayer('DescribeDisks', { diskIds: ['s3cret-of-zen'], foo: 's3cret-of-zen' }, { key: 'zen' })
    await zenlayer('CreateSnapshot', { diskId: 's3cret-of-zen', snapshotName: 'x' }, { key: 'zen' })
    await baidu('GET', '/v2/volume?marker=s3cret%2Fof%2Bbce', undefined, { key: 'bce' })
    await baidu('GET', '/v2/nope/s3cret%2Fof%2Bbce?x-bce-security-token=sts-session-token', undefined, { key: 'bce' })
    const headers = {
      authorization: 'Bearer tok-en-of-someone',
      'x-zc-action': 'Nope-tok-en-of-someone',
      'x-zc-version': '1'
    }
    const named = { ...headers, 'x-bce-security-token': 'sts-session-token' }
    await app.inject({ method: 'POST', url: '/api/v2/zec', headers: named, payload: { token: 'tok-en-of-someone' } })
    await app.inject({ method: 'GET', url: '/v2/volume', headers: named })
    await app.inject({ method: 'GET', url: '/v2/volume?marker=(a.b)', headers: { authorization: 'Bearer (a.b)' } })
    const { body } = await control('GET', '/requests?world=*')
    expect(body).toMatchObject({ found: 7 })
    const told = JSON.stringify([body, lines, core.journals.own.entries()])
    for (const secret of [...secrets, 's3cret%2Fof%2Bbce']) expect(told).not.toContain(secret)
    expect(told).not.toContain('ZC2-HMAC-SHA256 Credential')
  })
})

test('a new key is refused when no world can be made', () =>
  using({ maxWorlds: 1 }, async ({ core, zenlayer, baidu }) => {
    await zenlayer('DescribeDisks', {}, { key: 'a' })
    core.keep('a', true)
    expect(await zenlayer('DescribeDisks', {}, { key: 'b' })).toMatchObject({
      status: 503,
      code: 'SERVICE_TEMPORARY_UNAVAILABLE',
      headers: { 'x-snapstand-hint': expect.any(String) }
    })
    expect(await baidu('GET', '/v2/volume', undefined, { key: 'b' })).toMatchObject({
      status: 500,
      code: 'InternalError',
      headers: { 'x-snapstand-hint': expect.any(String) }
    })
    expect(core.journals.find('b')?.counts().added).toBe(2)
  }))

test('the journal keeps the headers that were sent, also of a call that is refused before its body is read', () =>
  using({}, async ({ control, app }) => {
    const headers = { 'content-type': 'text/odd', 'x-zc-action': 'A', authorization: 'Bearer t', cookie: 'c' }
    await app.inject({ method: 'PUT', url: '/api/v2/zec', headers, payload: 'x' })
    await app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload: ' '.repeat(1024 ** 2 + 1) })
    await app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload: 'x' })
    const sent = { headers: { 'content-type': 'text/odd', 'x-zc-action': 'A' } }
    expect((await control('GET', '/requests?world=*')).body).toMatchObject({ requests: [sent, sent, sent] })
  }))

test('what the client sends and nobody reads is listed', () =>
  using({}, async ({ core, zenlayer, baidu }) => {
    await zenlayer('DescribeDisks', { foo: 1, diskIds: [DISK] })
    await baidu('GET', '/v2/volume?bar=1')
    expect(core.peek('default')?.journal.entries()).toMatchObject([
      { operation: 'ListVolumes', unused: ['query.bar'] },
      { operation: 'DescribeDisks', unused: ['body.foo'], resources: expect.arrayContaining([DISK]) }
    ])
  }))

test('long bodies are cut for the journal, between characters', () =>
  using({}, async ({ core, zenlayer }) => {
    await zenlayer('DescribeDisks', { diskName: `x${'每'.repeat(10_000)}` })
    const entry = core.journals.find('default')?.entries()[0]
    expect(Buffer.byteLength(entry?.request ?? '')).toBeGreaterThan(16 * 1024 - 3)
    expect(Buffer.byteLength(entry?.request ?? '')).toBeLessThanOrEqual(16 * 1024)
    expect(entry?.request).toMatch(/每$/)
    expect(entry?.cut).toContain('request')
  }))

test('two keys share nothing, one key is one world in both clouds', () =>
  using({}, async ({ core, zenlayer, baidu }) => {
    const made = await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'nightly' }, { key: 'a' })
    expect(made.status).toBe(200)
    expect(await zenlayer('DescribeSnapshots', {}, { key: 'a' })).toMatchObject({
      body: { response: { totalCount: 1 } }
    })
    expect(await zenlayer('DescribeSnapshots', {}, { key: 'b' })).toMatchObject({
      body: { response: { totalCount: 0 } }
    })
    await baidu('GET', '/v2/volume', undefined, { key: 'a' })
    const calls = core.worlds().map(({ id, calls }) => ({ id, calls }))
    expect(calls).toStrictEqual(
      expect.arrayContaining([
        { id: 'a', calls: 3 },
        { id: 'b', calls: 1 }
      ])
    )
    expect(core.peek('b')?.journal.counts().added).toBe(1)
  }))
