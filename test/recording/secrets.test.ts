import { afterEach, expect, test } from 'vitest'
import { startSnapstand } from '../../src/index.ts'
import { baidu } from '../../src/providers/baidu/index.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { readRecording } from '../../src/recording/reader.ts'
import { sign as signBaidu } from '../signers/baidu.ts'
import { signedHeaders as signZenlayer } from '../signers/zenlayer.ts'
import { recorder } from './upstream.ts'

// The other side is a second Snapstand that takes its own key alone; the client signs with another.

const KEY = 'AKIDreal0000000001'
const SECRET = 'r3al/S3cret+of=thecloud'
const CLIENT = 'client-made-up-key'
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

async function cloud() {
  const server = await startSnapstand({ auth: 'strict', keys: [{ id: KEY, secret: SECRET }], controlToken: 'hush' })
  open.push(() => server.close())
  return new URL(server.url)
}
const credentials = { keyId: KEY, secret: SECRET }

type Call = (
  path: string,
  more?: { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> }
) => Promise<Response>

/** Calls of a client that has a key of its own, and calls the recorder by its host. */
function zenlayerClient(
  url: string
): (action: string, body: object, headers?: Record<string, string>) => Promise<Response> {
  return (action, body, headers = {}) => {
    const text = JSON.stringify(body)
    const { host: _, ...signed } = signZenlayer({
      keyId: CLIENT,
      secret: 'its own secret',
      host: new URL(url).host,
      body: text,
      timestampS: Math.floor(Date.now() / 1000)
    })
    return fetch(`${url}/api/v2/zec`, {
      method: 'POST',
      body: text,
      headers: { ...signed, 'x-zc-action': action, 'x-zc-version': '2025-09-01', ...headers }
    })
  }
}

function baiduClient(url: string, habit: 'listed' | 'empty' | 'host' = 'listed'): Call {
  return (path, { method = 'GET', body = '', headers = {} } = {}) => {
    const target = new URL(path, url)
    const timestamp = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    const sent = {
      host: target.host,
      'x-bce-date': timestamp,
      ...(body !== '' && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
      ...headers
    }
    const parameters = [...target.searchParams].map(([key, value]) => [key, value] as const)
    const { authorization } = signBaidu(
      { method, path: decodeURIComponent(target.pathname), parameters, headers: sent },
      { keyId: CLIENT, secret: 'its own secret', timestamp, habit }
    )
    const { host: _, 'content-length': __, ...own } = { 'content-length': '', ...sent }
    return fetch(target, { method, headers: { ...own, authorization }, ...(body !== '' && { body }) })
  }
}

test('calls of Zenlayer that another key signed for this host are signed again, and served', async () => {
  const recording = await recorder(zenlayer, await cloud(), { credentials })
  open.push(recording.drop, recording.close)
  const call = zenlayerClient(recording.url)
  const made = await call('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'nightly' })
  expect(made.status).toBe(200)
  const listed = await call('DescribeSnapshots', {})
  expect(await listed.json()).toMatchObject({ response: { totalCount: 1 } })
})

test.for(['listed', 'empty', 'host'] as const)('so are those of Baidu, signed %s', async (habit) => {
  const recording = await recorder(baidu, await cloud(), { credentials })
  open.push(recording.drop, recording.close)
  const call = baiduClient(recording.url, habit)
  const body = '{"volumeId":"v-Starter2","snapshotName":"nightly"}'
  const made = await call('/v2/snapshot?clientToken=one%20two', { method: 'POST', body })
  expect([made.status, await made.json()]).toEqual([200, { snapshotId: expect.stringMatching(/^s-/) }])
  expect((await call('/v2/snapshot?volumeId=v-Starter2')).status).toBe(200)
})

test('a session token goes with its key, and the client’s own is dropped', async () => {
  for (const sessionToken of ['token-of-the-cloud', undefined]) {
    const recording = await recorder(baidu, await cloud(), { credentials: { ...credentials, sessionToken } })
    open.push(recording.drop, recording.close)
    for (const habit of ['listed', 'empty'] as const) {
      const call = baiduClient(recording.url, habit)
      const answer = await call('/v2/asp', { headers: { 'x-bce-security-token': 'token-of-the-client' } })
      expect(answer.status).toBe(200)
    }
    await recording.close()
    const { exchanges } = await readRecording(recording.folder)
    const shown = exchanges.map(({ request }) => request.headers.find(([name]) => name === 'x-bce-security-token')?.[1])
    expect(shown).toEqual(Array(2).fill(sessionToken === undefined ? undefined : 'REDACTED'))
  }
})

test('without credentials a call goes on with the signature that it came with, and is refused for it', async () => {
  const recording = await recorder(zenlayer, await cloud())
  open.push(recording.drop, recording.close)
  const answer = await zenlayerClient(recording.url)('DescribeSnapshots', {})
  expect([answer.status, await answer.json()]).toEqual([
    401,
    expect.objectContaining({ code: 'AUTHFAILURE_INVALID_AUTHORIZATION' })
  ])
})

test('a call without a signature stays without one', async () => {
  const recording = await recorder(baidu, await cloud(), { credentials })
  open.push(recording.drop, recording.close)
  expect((await fetch(`${recording.url}/v2/asp`)).status).toBe(403)
})

const PLANTED = {
  cookie: 'sid-1234567890abcdef',
  bearer: 'bearer-0987654321fedcba',
  password: 'Pa$$w0rd "quoted"',
  word: 'Umbrella'
}

test('no secret reaches the disk, wherever it was and however it was written', async () => {
  const recording = await recorder(zenlayer, await cloud(), { credentials, words: [PLANTED.word] })
  open.push(recording.drop)
  const call = zenlayerClient(recording.url)
  const all = [KEY, SECRET, CLIENT, ...Object.values(PLANTED)]
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  // First a call that tells which of them are secret, then those in which they stand as anything.
  await call('DescribeDisks', { adminPass: PLANTED.password }, { cookie: `sid=${PLANTED.cookie}; a=b` })
  await fetch(`${recording.url}/api/v2/zec`, { method: 'POST', headers: { authorization: `Bearer ${PLANTED.bearer}` } })
  for (const secret of all) {
    await call('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: secret })
    await call('DescribeDisks', { note: `x${secret}y`, [secret]: { deep: [JSON.stringify({ in: secret })] } })
    await call('DescribeDisks', { data: base64(`user: ${secret}\n`), more: Buffer.from(secret).toString('hex') })
    await call('DescribeDisks', { data: base64(JSON.stringify({ nested: base64(secret) })) })
    await call(
      'DescribeDisks',
      {},
      { 'x-note': encodeURIComponent(secret), referer: `http://a.example/?q=${encodeURIComponent(secret)}` }
    )
    await fetch(
      `${recording.url}/api/v2/${encodeURIComponent(secret)}?a=${encodeURIComponent(secret)}&${base64(secret)}`,
      { method: 'POST', body: `plain ${secret}` }
    )
  }
  expect(await recording.close()).toMatchObject({ withheld: [], failed: 0 })
  const text = Object.values(await recording.files()).join('\n')
  expect(text.match(/"DescribeDisks"/g)?.length).toBeGreaterThan(all.length * 4)
  for (const secret of all) {
    const forms = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
      encodeURIComponent(secret),
      base64(secret).replace(/=+$/, '').slice(0, -1),
      Buffer.from(secret).toString('hex'),
      base64(base64(secret)).replace(/=+$/, '').slice(0, -4)
    ]
    for (const form of forms) expect(text.toLowerCase().includes(form.toLowerCase()), form).toBe(false)
  }
  for (const run of text.match(/[\w+/-]{12,}=*/g) ?? []) {
    const inner = Buffer.from(run, 'base64').toString('latin1')
    for (const secret of all) expect(inner.includes(secret), run).toBe(false)
  }
})

test('what a later call tells to be secret is taken back where it was written before', async () => {
  const recording = await recorder(zenlayer, await cloud(), { credentials })
  open.push(recording.drop)
  const call = zenlayerClient(recording.url)
  await call('DescribeDisks', { note: PLANTED.cookie })
  await call('DescribeDisks', { note: 'harmless' })
  await call('DescribeZones', {}, { cookie: `sid=${PLANTED.cookie}` })
  expect(await recording.close()).toMatchObject({ kept: 2, withheld: ['0001-DescribeDisks.json'] })
  const files = await recording.files()
  expect(Object.keys(files)).toEqual(['0002-DescribeDisks.json', '0003-DescribeZones.json', 'manifest.json'])
  expect(Object.values(files).join('\n')).not.toContain(PLANTED.cookie)
  expect((await readRecording(recording.folder)).manifest).toMatchObject({ exchanges: 2, withheld: 1 })
})

test('an exchange in which a secret would be left is not written at all', async () => {
  // Percent-encoded three times: the redactor knows two.
  const recording = await recorder(zenlayer, await cloud(), { credentials })
  open.push(recording.drop)
  const call = zenlayerClient(recording.url)
  const odd = [...SECRET].map((each) => `%2525${each.charCodeAt(0).toString(16)}`).join('')
  await call('DescribeDisks', { note: odd })
  await call('DescribeZones', {})
  const { kept, withheld } = await recording.close()
  expect({ kept, withheld }).toEqual({ kept: 1, withheld: ['0001-DescribeDisks.json'] })
  expect(recording.events.map(({ kind }) => kind)).toEqual(['withheld', 'kept'])
  expect(Object.keys(await recording.files())).toEqual(['0002-DescribeZones.json', 'manifest.json'])
})

test('an id has one name over the whole recording, in bodies, paths, queries and headers', async () => {
  const recording = await recorder(baidu, await cloud(), { credentials })
  open.push(recording.drop)
  const call = baiduClient(recording.url)
  const made = await call('/v2/snapshot', { method: 'POST', body: '{"volumeId":"v-Starter2","snapshotName":"a"}' })
  const { snapshotId } = Object(await made.json())
  const shown = await call(`/v2/snapshot/${snapshotId}`)
  expect(shown.status).toBe(200)
  await call('/v2/snapshot?volumeId=v-Starter2')
  await call(`/v2/snapshot/${snapshotId}`, { method: 'DELETE' })
  await recording.close()
  const { exchanges } = await readRecording(recording.folder)
  const [created, got, list, gone] = exchanges
  expect(created).toMatchObject({
    operation: 'CreateSnapshot',
    request: { body: { json: { volumeId: 'v-00000001' } } },
    response: { status: 200, body: { json: { snapshotId: 's-00000001' } } }
  })
  expect(got?.request.url).toBe('/v2/snapshot/s-00000001')
  expect(got?.response.body).toMatchObject({ json: { snapshot: { id: 's-00000001', volumeId: 'v-00000001' } } })
  expect(list?.request.url).toBe('/v2/snapshot?volumeId=v-00000001')
  expect(list?.response.body).toMatchObject({ json: { snapshots: [{ id: 's-00000001' }] } })
  expect(gone?.request.url).toBe('/v2/snapshot/s-00000001')
  const host = (exchanges[0]?.request.headers ?? []).find(([name]) => name.toLowerCase() === 'host')
  expect(host?.[1]).toBe('upstream.example')
  const text = Object.values(await recording.files()).join('\n')
  expect(text).not.toContain('127.0.0.1')
  expect(text).not.toContain(snapshotId)
  const authorization = created?.request.headers.find(([name]) => name === 'authorization')?.[1]
  expect(authorization).toMatch(/^bce-auth-v1\/REDACTED\/\d{4}-\d\d-\d\dT[\d:]+Z\/1800\/[a-z;-]+\/REDACTED$/)
})
