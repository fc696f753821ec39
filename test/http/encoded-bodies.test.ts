import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, start } from '../harness.ts'
import { row, rows } from '../providers/zenlayer/stage.ts'
import { sign } from '../signers/baidu.ts'
import { signedHeaders } from '../signers/zenlayer.ts'

const MEBI = 1024 ** 2
const HOST = '127.0.0.1:7420'
const DISK = '1700000000000000102'

let server: Server
beforeAll(async () => {
  server = await start({ auth: 'verify' })
})
afterAll(() => server.close())

const encoders = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br: brotliCompressSync } as const

interface Sending {
  readonly encoding: string
  readonly payload: Buffer
}

async function zenlayer({ encoding, payload }: Sending, action = 'DescribeDisks') {
  // Signed are the bytes that are sent.
  const timestampS = Math.floor(Date.now() / 1000)
  const headers = {
    ...signedHeaders({ keyId: 'packed', secret: 'packed', host: HOST, body: payload, timestampS }),
    'x-zc-action': action,
    'x-zc-version': '2025-09-01',
    'content-encoding': encoding
  }
  return answered(await server.app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload }))
}

async function baidu({ encoding, payload }: Sending) {
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host: HOST, 'x-bce-date': timestamp, 'content-encoding': encoding }
  const signing = { keyId: 'packed', secret: 'packed', timestamp, habit: 'listed' } as const
  const { authorization } = sign({ method: 'POST', path: '/v2/asp', parameters: [], headers }, signing)
  const sent = { method: 'POST', url: '/v2/asp', headers: { ...headers, authorization }, payload } as const
  return answered(await server.app.inject(sent))
}

type Injected = Awaited<ReturnType<Server['app']['inject']>>
function answered(reply: Injected) {
  const hint = decodeURIComponent(String(reply.headers['x-snapstand-hint'] ?? ''))
  return { status: reply.statusCode, body: row(reply.json()), hint }
}

const POLICY = JSON.stringify({ name: 'packed', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 })

test.for([...Object.entries(encoders), ['GZIP', gzipSync] as const])(
  'a body in %s is read by both clouds',
  async ([encoding, encode]) => {
    const disks = await zenlayer({ encoding, payload: encode(JSON.stringify({ diskIds: [DISK] })) })
    expect(disks).toMatchObject({ status: 200, body: { response: { totalCount: 1 } } })
    expect(await baidu({ encoding, payload: encode(POLICY) })).toMatchObject({
      status: 200,
      body: { aspId: expect.any(String) }
    })
  }
)

test('deflate without its header, identity and nothing at all are read, too', async () => {
  const text = JSON.stringify({ diskIds: [DISK] })
  for (const [encoding, payload] of [
    ['deflate', deflateRawSync(text)],
    ['identity', Buffer.from(text)],
    ['', Buffer.from(text)]
  ] as const) {
    expect(await zenlayer({ encoding, payload })).toMatchObject({ status: 200, body: { response: { totalCount: 1 } } })
  }
  expect((await zenlayer({ encoding: 'gzip', payload: Buffer.alloc(0) })).status).toBe(200)
})

test('the journal shows what was read, and can send it again', async () => {
  const text = JSON.stringify({ diskIds: [DISK], pageSize: 7 })
  await zenlayer({ encoding: 'gzip', payload: gzipSync(text) })
  const [latest] = rows(row((await server.control('GET', '/requests?world=packed')).body).requests)
  expect(latest).toMatchObject({ operation: 'DescribeDisks', request: text })
  expect(latest?.headers).not.toHaveProperty('content-encoding')
})

test.for([
  ['an encoding that is unknown', 'zstd', Buffer.from('{}'), 'zstd'],
  ['two encodings', 'gzip, br', gzipSync('{}'), 'gzip, br'],
  ['what is not encoded', 'gzip', Buffer.from('{}'), 'not what its Content-Encoding, gzip, says'],
  ['half of a body', 'br', brotliCompressSync(POLICY).subarray(0, 20), 'not what its Content-Encoding, br, says'],
  ['a name of a kilobyte', 'x'.repeat(1024), Buffer.from('{}'), 'x'.repeat(100)]
] as const)('%s is refused by name, in the form of the cloud', async ([, encoding, payload, words]) => {
  const zen = await zenlayer({ encoding, payload })
  expect(zen).toMatchObject({ status: 400, body: { code: 'INVALID_PARAMETER_TYPE' } })
  const bce = await baidu({ encoding, payload })
  expect(bce).toMatchObject({ status: 400, body: { code: 'InvalidHTTPRequest' } })
  for (const { hint } of [zen, bce]) {
    expect(hint).toContain('Content-Encoding')
    expect(hint).toContain(words)
    expect(hint.length).toBeLessThan(300)
  }
})

test.for(['gzip', 'deflate', 'br'] as const)('a bomb in %s is a body that is too large', async (encoding) => {
  const payload = encoders[encoding](Buffer.alloc(16 * MEBI, 0x20))
  expect(payload.length).toBeLessThan(MEBI / 4)
  expect(await zenlayer({ encoding, payload })).toMatchObject({
    status: 400,
    body: { code: 'INVALID_PARAMETER_EXCEED_LENGTH' },
    hint: 'the body is larger than 1 MiB'
  })
  expect(await baidu({ encoding, payload })).toMatchObject({ status: 400, body: { code: 'BadRequest' } })
})

test('a body that is just as large as may be is read', async () => {
  const fill = (bytes: number) => gzipSync(`{"diskIds":["${DISK}"]}`.padEnd(bytes))
  expect((await zenlayer({ encoding: 'gzip', payload: fill(MEBI) })).status).toBe(200)
  expect((await zenlayer({ encoding: 'gzip', payload: fill(MEBI + 1) })).status).toBe(400)
})

test("who is not the key's owner has nothing inflated", async () => {
  const payload = gzipSync('{}')
  const timestampS = Math.floor(Date.now() / 1000)
  const signed = signedHeaders({ keyId: 'packed', secret: 'other', host: HOST, body: payload, timestampS })
  const headers = {
    ...signed,
    'x-zc-action': 'DescribeDisks',
    'x-zc-version': '2025-09-01',
    'content-encoding': 'zstd'
  }
  const reply = answered(await server.app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload }))
  expect(reply).toMatchObject({ status: 401, body: { code: 'AUTHFAILURE_SIGNATURE_FAILURE' } })
})

test('control calls read them, too', async () => {
  const send = (encoding: string, payload: Buffer) =>
    server.app.inject({
      method: 'PATCH',
      url: '/_snapstand/settings?world=packed',
      headers: { 'content-encoding': encoding },
      payload
    })
  const settings = { 'zenlayer.snapshotQuota': 3 }
  const patched = await send('gzip', gzipSync(JSON.stringify(settings)))
  expect(patched.statusCode).toBe(200)
  const refused = await send('zstd', Buffer.from('{}'))
  expect(refused.statusCode).toBe(415)
  expect(refused.headers['accept-encoding']).toBe('gzip, deflate, br')
  expect(refused.json()).toMatchObject({ status: 415, detail: expect.stringContaining('zstd') })
  expect((await send('gzip', gzipSync(Buffer.alloc(16 * MEBI)))).statusCode).toBe(413)
})
