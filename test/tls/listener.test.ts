import { once } from 'node:events'
import { connect as connectPlainly, createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { ask, bytes, send } from '../http/raw-http.ts'
import { askSecurely, hold } from './hold.ts'

// Whatever holds by http holds by https: there is one way through for both.

let server: Snapstand
beforeAll(async () => {
  server = await startSnapstand({ tls: true, clock: 'manual', cors: ['https://page.example'], logLevel: 'silent' })
})
afterAll(() => server.close())

const ACTION = { 'content-type': 'application/json', 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
const describeDisks = (headers: Readonly<Record<string, string>> = {}) =>
  bytes('POST', '/api/v2/zec', { ...ACTION, ...headers }, '{}')

/** What both ways answer, but for what no two answers share. */
async function both(sent: string) {
  const comparable = ({ headers: { date, ...headers }, status, body }: Awaited<ReturnType<typeof ask>>) => ({
    status,
    headers: { ...headers, 'x-bce-request-id': undefined },
    body: body.replace(/"requestId":"[^"]*"/g, '').replace(/"uptimeMs":\d+/, '')
  })
  const [plain, secure] = [comparable(await ask(server.port, sent)), comparable(await askSecurely(server, sent))]
  expect(secure).toEqual(plain)
  return secure
}

test.for([
  ['a call of Zenlayer', describeDisks(), 200],
  ['a call of Baidu', bytes('GET', '/v2/volume'), 200],
  ['an unknown path of a cloud', bytes('GET', '/v2/none'), 404],
  ['a control call', bytes('GET', '/_snapstand/health'), 200],
  ['a control call to the TLS port’s own name', bytes('GET', '/_snapstand/clock', { host: 'localhost:7421' }), 200],
  ['a control call to a foreign host', bytes('GET', '/_snapstand/clock', { host: 'evil.example:7421' }), 403],
  ['an unsigned call to a foreign host', describeDisks({ host: 'evil.example:7421' }), 401],
  ['a page of another site', describeDisks({ origin: 'https://evil.example' }), 401],
  ['a page that is let in', describeDisks({ origin: 'https://page.example' }), 200],
  ['a page of the server itself', describeDisks({ origin: 'https://127.0.0.1:7421', host: '127.0.0.1:7421' }), 200],
  ['bytes that are no HTTP under a cloud’s path', 'POST /api/v2/zec HTTP/9.x\r\n\r\n', 400],
  ['bytes that are no HTTP', 'HELO there\r\n\r\n', 400],
  ['headers that are too long', bytes('GET', '/v2/volume', { long: 'x'.repeat(20_000) }), 400],
  ['a proxy’s request', bytes('CONNECT', 'example.com:443'), 405]
] as const)('%s is answered as by http', async ([, sent, status]) => {
  expect((await both(sent)).status).toBe(status)
})

test('a connection is kept for the next call, and calls sent at once are answered in order', async () => {
  const held = await hold(server, describeDisks() + bytes('GET', '/v2/volume'))
  while (held.answers().length < 2) await once(held.socket, 'data')
  held.socket.write(bytes('GET', '/_snapstand/health'))
  while (held.answers().length < 3) await once(held.socket, 'data')
  expect(held.answers().map(({ body }) => Object.keys(JSON.parse(body)))).toEqual([
    ['requestId', 'response'],
    expect.arrayContaining(['volumes']),
    expect.arrayContaining(['status'])
  ])
  held.socket.destroy()
})

test('a call by https is in the journal, and its curl line says https', async () => {
  await askSecurely(server, describeDisks({ host: 'localhost:7421' }))
  const journal = await askSecurely(server, bytes('GET', '/_snapstand/requests?limit=1'))
  const { requests }: { requests: { id: string }[] } = JSON.parse(journal.body)
  const line = await askSecurely(server, bytes('GET', `/_snapstand/requests/${requests[0]?.id}/curl`))
  expect(line.body).toMatch(/'https:\/\/127\.0\.0\.1:7420\/api\/v2\/zec'/)
})

test.for([
  ['reset', /^$/],
  ['close-early', /^HTTP\/1\.1 200 OK\r\n/]
] as const)('a fault on the connection, %s, is seen by https, too', async ([connection, seen]) => {
  const rule = (then: object) =>
    bytes('PUT', '/_snapstand/faults/it?world=default', {}, JSON.stringify({ times: 1, then }))
  expect((await askSecurely(server, rule({ connection }))).status).toBe(200)
  const held = await hold(server)
  let text = ''
  held.socket.on('data', (chunk: string) => {
    text += chunk
  })
  held.socket.write(describeDisks())
  await held.ended
  expect(text).toMatch(seen)
  expect(Number(/content-length: (\d+)/.exec(text)?.[1] ?? 1)).toBeGreaterThan((text.split('\r\n\r\n')[1] ?? '').length)
  expect((await askSecurely(server, describeDisks())).status).toBe(200)
})

test('plain http is told that this port speaks TLS', async () => {
  const [answer] = await send(server.tls?.port ?? 0, 1, bytes('GET', '/v2/volume'))
  expect(answer).toMatchObject({ status: 400, headers: { connection: 'close' } })
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({
    status: 400,
    detail: 'This port speaks TLS: call it by https, or the other port by http.'
  })
})

test('a broken handshake ends that connection and no other', async () => {
  const held = await hold(server)
  const broken = connectPlainly(server.tls?.port ?? 0, '127.0.0.1')
  broken.on('error', () => {})
  broken.write(Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]))
  broken.resume()
  await once(broken, 'close')
  held.socket.write(describeDisks())
  await once(held.socket, 'data')
  expect(held.answers()).toMatchObject([{ status: 200 }])
  held.socket.destroy()
})

test.for([
  ['nothing is under way', [], false],
  ['a call was answered', [bytes('GET', '/_snapstand/health')], false],
  ['half a request is there', ['GET /_snapstand/hea'], true],
  ['half a second request is there', [bytes('GET', '/_snapstand/health'), 'GET /_snap'], true]
] as const)('the end waits for its grace only where it must: %s', async ([, sent, waits]) => {
  const own = await startSnapstand({ tls: true, grace: '400ms' })
  const held = await hold(own, ...sent)
  const unfinished = connectPlainly(own.tls?.port ?? 0, '127.0.0.1')
  unfinished.on('error', () => {})
  const gone = new Promise((resolve) => unfinished.once('close', resolve))
  await once(unfinished, 'connect')
  const settled = own.close().then(() => 'closed')
  const late = new Promise((resolve) => setTimeout(resolve, 200, 'waiting'))
  expect(await Promise.race([settled, late])).toBe(waits ? 'waiting' : 'closed')
  await Promise.all([settled, held.ended, gone])
})

test('a port that is taken is told with its flag, and nothing is left listening', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const tlsPort = typeof address === 'object' ? address?.port : undefined
  await expect(startSnapstand({ tls: true, tlsPort: tlsPort ?? 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  taken.close()
})

test('without it there is none', async () => {
  await using plain = await startSnapstand()
  expect(plain.tls).toBeUndefined()
})
