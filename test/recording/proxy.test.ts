import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { baidu } from '../../src/providers/baidu/index.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { readRecording } from '../../src/recording/reader.ts'
import { exchanged, rawUpstream, recorder } from './upstream.ts'

// The other side here is a socket that answers bytes: what goes through is compared with what it was.

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

async function passing(answer: string | ((request: string) => string), provider: Provider = baidu) {
  const upstream = await rawUpstream((request, socket) => {
    const bytes = typeof answer === 'string' ? answer : answer(request)
    if (bytes === '') socket.destroy()
    else socket.write(bytes, 'latin1')
  })
  open.push(upstream.close)
  const recording = await recorder(provider, upstream.url)
  open.push(recording.drop)
  let closed: ReturnType<typeof recording.close> | undefined
  const close = () => {
    closed ??= recording.close()
    return closed
  }
  open.push(close)
  return { upstream, recording, close }
}

/** Without what is about a single connection: its headers, and how long it is kept. */
function withoutHops(answer: string): string {
  return answer.replace(/^(?:connection|keep-alive): .*\r\n/gim, '')
}
const CLOSE = 'Connection: close\r\n'

test('an answer comes back as it was: status, reason, names in their letters and order, twice what is there twice', async () => {
  const body = '{"odd" : "bytes\u00e9"}'
  const answer = `HTTP/1.1 299 Quite Fine\r\nX-b: 1\r\nx-A: two  words\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const { recording, upstream } = await passing(answer)
  const got = await exchanged(recording.url, `GET /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\n${CLOSE}\r\n`)
  expect(withoutHops(got)).toBe(answer)
  expect(upstream.heard).toHaveLength(1)
})

test('what is no ASCII in the head of an answer keeps its bytes', async () => {
  const answer = 'HTTP/1.1 200 S\u00fc\u00df\r\nX-Name: M\u00fcller \u00c3\u00bc\r\nContent-Length: 2\r\n\r\n{}'
  const { recording } = await passing(answer)
  const got = await exchanged(recording.url, `GET /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\n${CLOSE}\r\n`)
  expect(withoutHops(got)).toBe(answer)
})

test('a call goes on as it was, but for its host and what is about a connection', async () => {
  const { recording, upstream } = await passing('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  const body = '{ "a":1 }'
  await exchanged(
    recording.url,
    `PUT /v2/asp/a%2Fb?attach&x=+%20 HTTP/1.1\r\nhOST: 127.0.0.1:1\r\nX-One: 1\r\nAccept-Encoding: identity\r\nx-one: 2\r\nContent-Length: ${body.length}\r\nConnection: close, X-Hop\r\nX-Hop: gone\r\nExpect: 100-continue\r\n\r\n${body}`
  )
  const host = upstream.url.host
  // Node writes a header that comes twice with the letters of its first.
  expect(upstream.heard).toEqual([
    `PUT /v2/asp/a%2Fb?attach&x=+%20 HTTP/1.1\r\nhOST: ${host}\r\nX-One: 1\r\nX-One: 2\r\nAccept-Encoding: identity\r\nContent-Length: ${body.length}\r\nConnection: keep-alive\r\n\r\n${body}`
  ])
})

test('no length is added to a call that has none', async () => {
  const { recording, upstream } = await passing('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  for (const method of ['POST', 'DELETE', 'PUT', 'GET']) {
    await exchanged(recording.url, `${method} /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\n${CLOSE}\r\n`)
  }
  expect(upstream.heard).toHaveLength(4)
  for (const request of upstream.heard) expect(request).not.toMatch(/content-length|transfer-encoding/i)
})

test('chunks come and go as chunks, on a connection that is kept', async () => {
  const { recording, upstream, close } = await passing(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n5\r\n":12}\r\n0\r\n\r\n'
  )
  const chunked = 'POST /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n'
  const got = await exchanged(
    recording.url,
    `${chunked}\r\n2\r\n{}\r\n0\r\n\r\n${chunked}${CLOSE}\r\n2\r\n{}\r\n0\r\n\r\n`
  )
  const answers = got.split('HTTP/1.1 200 OK').slice(1)
  expect(answers).toHaveLength(2)
  for (const answer of answers) {
    expect(answer).toMatch(/transfer-encoding: chunked/i)
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
    expect(body.replace(/[0-9a-f]+\r\n([^\r]*)\r\n/g, '$1').trim()).toBe('{"a":12}')
  }
  expect(upstream.heard.map((request) => request.slice(request.indexOf('\r\n\r\n') + 4))).toEqual(
    Array(2).fill('2\r\n{}\r\n0\r\n\r\n')
  )
  await close()
  const { exchanges } = await readRecording(recording.folder)
  expect(exchanges.map(({ request, response }) => [request.body, response.body])).toEqual(
    Array(2).fill([{ json: {} }, { json: { a: 12 } }])
  )
})

test('HEAD, 204 and 304 have no body, and whoever calls next on the connection is answered', async () => {
  const { recording } = await passing((request) => {
    if (request.startsWith('HEAD')) return 'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n'
    if (request.includes('/304')) return 'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'
    return 'HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n'
  })
  const line = (method: string, path: string, more = '') =>
    `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`
  const got = await exchanged(
    recording.url,
    line('HEAD', '/v2/asp') + line('GET', '/v2/304') + line('GET', '/v2/204', CLOSE)
  )
  expect(withoutHops(got)).toBe(
    'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\nHTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\nHTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n'
  )
})

test('a large answer comes back whole, and one that is too large to keep is said to be', async () => {
  const length = 9 * 1024 ** 2
  const body = 'x'.repeat(length)
  const { recording, close } = await passing(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`)
  const got = await exchanged(recording.url, `GET /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\n${CLOSE}\r\n`)
  expect(got.slice(got.indexOf('\r\n\r\n') + 4) === body).toBe(true)
  await close()
  const { exchanges } = await readRecording(recording.folder)
  expect(exchanges.map(({ response }) => response.body)).toEqual([{ omitted: 'more than 8388608 bytes' }])
})

test('an answer in gzip comes back as it is, and is kept as what it says', async () => {
  const zipped = gzipSync('{"ip":"10.9.8.7","n":12345678901234567890}').toString('latin1')
  const answer = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped}`
  const { recording, close } = await passing(answer)
  const got = await exchanged(recording.url, `GET /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\n${CLOSE}\r\n`)
  expect(withoutHops(got)).toBe(answer)
  await close()
  const { exchanges } = await readRecording(recording.folder)
  // No number of JSON is as long as that one.
  expect(exchanges[0]?.response.body).toEqual({ text: '{"ip":"192.0.2.1","n":12345678901234567890}' })
})

test('bytes that are no text are kept in base64, those in an unknown encoding, or packed, not at all', async () => {
  const { recording, close } = await passing((request) => {
    const encoding = request.includes('/v2/odd') ? 'Content-Encoding: odd\r\n' : ''
    const zipped = gzipSync('password=hunter2').toString('latin1')
    if (request.includes('/v2/zip')) return `HTTP/1.1 200 OK\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped}`
    return `HTTP/1.1 200 OK\r\n${encoding}Content-Length: 4\r\n\r\n\u00ff\u00fe\u0000x`
  })
  for (const path of ['/v2/asp', '/v2/odd', '/v2/zip']) {
    await exchanged(recording.url, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${CLOSE}\r\n`)
  }
  await close()
  const { exchanges } = await readRecording(recording.folder)
  expect(exchanges.map(({ response }) => response.body)).toEqual([
    { base64: '//4AeA==' },
    { omitted: '4 bytes in the encoding odd' },
    { omitted: expect.stringMatching(/^\d+ bytes that are packed$/) }
  ])
})

test.for([
  ['zenlayer', zenlayer, '/api/v2/zec', { code: 'INTERNAL_SERVER_ERROR' }],
  ['baidu', baidu, '/v2/asp', { code: 'InternalError' }]
] as const)(
  'where nobody answers, %s says so in its own form, and nothing is recorded',
  async ([, provider, path, form]) => {
    const { recording, upstream, close } = await passing('', provider)
    await upstream.close()
    open.shift()
    const answer = await fetch(`${recording.url}${path}`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(502)
    expect(decodeURIComponent(answer.headers.get('x-snapstand-hint') ?? '')).toContain('does not answer')
    expect(await answer.json()).toMatchObject({
      ...form,
      requestId: expect.any(String),
      message: expect.stringMatching(/^snapstand record: .* does not answer: .*ECONNREFUSED/)
    })
    expect(await close()).toMatchObject({ kept: 0, failed: 1 })
    expect(recording.events).toEqual([expect.objectContaining({ kind: 'failed', number: 1 })])
    expect(Object.keys(await recording.files())).toEqual(['manifest.json'])
  }
)

test('an answer that breaks off breaks off for the client, and is not recorded', async () => {
  const { recording, upstream, close } = await passing('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')
  const got = exchanged(recording.url, 'GET /v2/asp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  while (upstream.heard.length === 0) await new Promise((resolve) => setImmediate(resolve))
  await upstream.close()
  open.shift()
  expect(await got).toMatch(/half$/)
  expect(await close()).toMatchObject({ kept: 0, failed: 1 })
})

test.for(['SSH-2.0-OpenSSH_9.6\r\n', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'])(
  'what is no HTTP of the other side, or the end of it, is told as no answer: %s',
  async (answer) => {
    const { recording } = await passing(answer)
    expect((await fetch(`${recording.url}/v2/asp`)).status).toBe(502)
  }
)

test.for([
  ['Origin: https://elsewhere.example', 'Host: 127.0.0.1'],
  ['Sec-Fetch-Site: cross-site', 'Host: 127.0.0.1'],
  ['X-A: 1', 'Host: rebound.example']
])('a page of another site cannot call through it: %s, %s', async (headers) => {
  const { recording, upstream, close } = await passing('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  const got = await exchanged(recording.url, `GET /v2/asp HTTP/1.1\r\n${headers.join('\r\n')}\r\n${CLOSE}\r\n`)
  expect(got).toMatch(/^HTTP\/1\.1 403 /)
  expect(got).toContain('"code":"AccessDenied"')
  expect(upstream.heard).toEqual([])
  expect(await close()).toMatchObject({ kept: 0 })
})

test('a page of this machine may, and a client that calls the other side by its own name', async () => {
  const { recording, upstream } = await passing('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  const hosts = [`Host: localhost:1\r\nOrigin: http://localhost:3000`, `Host: ${upstream.url.host}`]
  for (const headers of hosts) {
    const got = await exchanged(recording.url, `GET /v2/asp HTTP/1.1\r\n${headers}\r\n${CLOSE}\r\n`)
    expect(got).toMatch(/^HTTP\/1\.1 200 /)
  }
  expect(upstream.heard).toHaveLength(2)
})

test('a body that no cloud takes is refused, and the recording says that a call is missing', async () => {
  const { recording, upstream, close } = await passing('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  const answer = await fetch(`${recording.url}/v2/asp`, { method: 'POST', body: Buffer.alloc(64 * 1024 ** 2 + 1) })
  expect(answer.status).toBe(413)
  expect(upstream.heard).toEqual([])
  expect(await close()).toMatchObject({ kept: 0, failed: 1 })
  const reason = 'a body is larger than 67108864 bytes'
  expect(recording.events).toEqual([{ kind: 'failed', number: 1, operation: undefined, reason }])
})

test('calls that overlap keep their numbers, in the order in which they came', async () => {
  const { recording, close } = await passing((request) => {
    const name = /GET \/v2\/(\w+)/.exec(request)?.[1] ?? ''
    return `HTTP/1.1 200 OK\r\nContent-Length: ${name.length}\r\n\r\n${name}`
  })
  const names = Array.from({ length: 20 }, (_, index) => `a${index}`)
  const bodies = await Promise.all(names.map(async (name) => (await fetch(`${recording.url}/v2/${name}`)).text()))
  expect(bodies).toEqual(names)
  expect(await close()).toMatchObject({ kept: 20, failed: 0 })
  const { exchanges, manifest } = await readRecording(recording.folder)
  expect(exchanges.map(({ number }) => number)).toEqual(names.map((_, index) => index + 1))
  expect(exchanges.every(({ at }, index) => index === 0 || at >= (exchanges[index - 1]?.at ?? 0))).toBe(true)
  for (const { request, response } of exchanges) expect(response.body).toEqual({ text: request.url.slice(4) })
  expect(manifest).toMatchObject({ exchanges: 20, rehearsal: true, upstream: 'upstream.example' })
})
