import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, start } from '../harness.ts'
import { runs } from '../runs.ts'
import { answersIn, ask, bytes, type RawAnswer } from './raw-http.ts'

// Requests with a few bytes changed, cut out, doubled or put in, on a real socket: whatever arrives, every answer has the
// form of a cloud or is a problem, none is a 5xx, and the server lives on.

let server: Server
let port: number
const crashes: unknown[] = []
beforeAll(async () => {
  server = await start({
    log: (message, detail) => {
      if (message === 'internal error') crashes.push(detail)
    }
  })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  if (typeof address === 'object' && address !== null) port = address.port
})
afterAll(() => server.close())

const zen = { 'content-type': 'application/json', 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
const asp = '{"name":"p","timePoints":["20"],"repeatWeekdays":["1"],"retentionDays":"7"}'
const originals = [
  bytes('POST', '/api/v2/zec', zen, '{"diskIds":["1"]}'),
  `${bytes('POST', '/api/v2/zec', { ...zen, 'transfer-encoding': 'chunked' })}2\r\n{}\r\n0\r\n\r\n`,
  bytes('GET', '/v2/volume?marker=&maxKeys=10'),
  bytes('POST', '/v2/asp?clientToken=t', { expect: '100-continue' }, asp),
  bytes('PUT', '/v2/asp/asp-1?attach', {}, '{"volumeIds":["v-1"]}'),
  bytes('GET', '/_snapstand/requests?limit=1'),
  bytes('PUT', '/_snapstand/clock', {}, '{"mode":"manual"}')
]

/** All that the server says to these bytes until it closes; the client has said all it will. */
function say(data: Buffer): Promise<readonly RawAnswer[]> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' })
    const finish = () =>
      resolve(answersIn(Buffer.concat(chunks).toString('latin1'), /^HEAD /.exec(data.toString())?.[0].trim()))
    socket.on('connect', () => socket.end(data))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', finish)
    socket.on('error', finish)
    socket.setTimeout(10_000, () => reject(new Error(`no end: ${JSON.stringify(data.toString('latin1'))}`)))
  })
}

const change = fc.record({
  at: fc.noBias(fc.integer({ min: 0, max: 9999 })),
  cut: fc.nat({ max: 6 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 3 }).map((part) => Buffer.from(part)),
    fc
      .constantFrom('\r\n', ' ', ':', '/', '?', '%', '%00', '..', '"', '{', '0', '\n\n', '/~zenlayer/')
      .map((part) => Buffer.from(part))
  )
})

test('no mangled request gets a foreign answer', async () => {
  const statuses = new Map<number, number>()
  const silent: string[] = []
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(change, { minLength: 1, maxLength: 2 }),
      async (original, changes) => {
        let data: Buffer = Buffer.from(original)
        for (const { at, cut, put } of changes) {
          const from = Math.floor((at / 10_000) * data.length)
          data = Buffer.concat([data.subarray(0, from), put, data.subarray(from + cut)])
        }
        const told = await say(data)
        if (told.length === 0) silent.push(data.toString('latin1').slice(0, 200))
        for (const { status, headers, body } of told) {
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          expect(status).toBeLessThan(500)
          const type = headers['content-type']
          if (status === 200) continue
          const members = body === '' ? [] : Object.keys(JSON.parse(body))
          if (type === 'application/json;charset=UTF-8') {
            if (body !== '') expect(members.toSorted()).toStrictEqual(['code', 'message', 'requestId'])
          } else {
            expect(type).toBe('application/problem+json; charset=utf-8')
            if (body !== '') expect(members).toEqual(expect.arrayContaining(['type', 'title', 'status', 'detail']))
          }
        }
      }
    ),
    { seed: 20_260_105, numRuns: runs(200, 1500) }
  )
  expect(crashes).toStrictEqual([])
  // Not one is left without an answer.
  expect(silent).toStrictEqual([])
  expect(Math.min(statuses.get(200) ?? 0, statuses.get(400) ?? 0, statuses.get(404) ?? 0)).toBeGreaterThan(runs(10, 20))
})

test('a client that hangs up in the middle leaves nothing behind', async () => {
  const kept = () =>
    server.core.journals.own.counts().added + (server.core.journals.find('default')?.counts().added ?? 0)
  const before = kept()
  for (const part of [
    'POST /api/v2/zec HTTP/1.1\r\nContent-Le',
    bytes('POST', '/v2/asp', { 'content-length': '100' }),
    ''
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        socket.write(part, () => setTimeout(() => socket.resetAndDestroy(), 20))
      })
      socket.on('close', () => resolve())
    })
  }
  expect((await ask(port, bytes('GET', '/v2/volume'))).status).toBe(200)
  // The last call alone.
  expect(kept()).toBe(before + 1)
  expect(crashes).toStrictEqual([])
})
