import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { baidu } from '../../src/providers/baidu/index.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { type Server, start } from '../harness.ts'
import { answersIn, ask, bytes, type RawAnswer, send } from './raw-http.ts'

// Whatever a client sends under a cloud’s paths, it gets an answer in the form of that cloud.

let server: Server
let port: number
beforeAll(async () => {
  server = await start()
  port = await listen(server)
})
afterAll(() => server.close())

async function listen({ app }: Server): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

interface Cloud {
  readonly name: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  check(answer: RawAnswer, status: number, code: string): void
}

const zen: Cloud = {
  name: 'zenlayer',
  path: '/api/v2/zec',
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' },
  body: '{}',
  check(answer, status, code) {
    const body: unknown = JSON.parse(answer.body)
    const requestId = expect.stringMatching(/^T[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/)
    expect({ status: answer.status, body }).toStrictEqual({
      status,
      body: { requestId, code, message: expect.any(String) }
    })
    expect(answer.headers['content-type']).toBe('application/json;charset=UTF-8')
    expect(Object.keys(zenlayer.catalogue)).toContain(code)
  }
}
const bce: Cloud = {
  name: 'baidu',
  path: '/v2/asp',
  method: 'POST',
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: '{"name":"p","timePoints":["20"],"repeatWeekdays":["1"],"retentionDays":"7"}',
  check(answer, status, code) {
    const body: unknown = JSON.parse(answer.body)
    const requestId = answer.headers['x-bce-request-id']
    expect({ status: answer.status, body }).toStrictEqual({
      status,
      body: { requestId, code, message: expect.any(String) }
    })
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(answer.headers['content-type']).toBe('application/json;charset=UTF-8')
    expect(Object.keys(baidu.catalogue)).toContain(code)
  }
}
const clouds = [zen, bce]
const UNAUTHORIZED = 'AUTHFAILURE_UNAUTHORIZED_OPERATION'

/** A good request of a cloud, but for what is given. */
function request(
  cloud: Cloud,
  change: { method?: string; url?: string; headers?: Headers; body?: string } = {}
): string {
  const { method = cloud.method, url = cloud.path, headers = {}, body = cloud.body } = change
  return bytes(method, url, { ...cloud.headers, ...headers }, body)
}
type Headers = Readonly<Record<string, string | undefined>>

describe.each(clouds)('$name', (cloud) => {
  const isZen = cloud === zen
  const expected = (forZen: readonly [number, string], forBaidu: readonly [number, string]) =>
    isZen ? forZen : forBaidu
  const refused = async (wanted: readonly [number, string], ...parts: readonly (string | Buffer)[]) => {
    cloud.check(await ask(port, ...parts), ...wanted)
  }
  const served = async (...parts: readonly (string | Buffer)[]) => {
    const answer = await ask(port, ...parts)
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json;charset=UTF-8' } })
  }

  test('a good request is served, with the wall clock as its date', async () => {
    const answer = await ask(port, request(cloud))
    expect(answer.status).toBe(200)
    expect(Math.abs(Date.parse(answer.headers.date ?? '') - Date.now())).toBeLessThan(5000)
  })

  test('an unknown path', () =>
    refused(
      expected([404, UNAUTHORIZED], [404, 'NoSuchObject']),
      request(cloud, { url: isZen ? '/api/v2/nope' : '/v2/nope' })
    ))

  const wrongMethods = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', ...(isZen ? ['GET'] : [])]
  test.each(wrongMethods)('method %s', (method) =>
    refused(expected([405, UNAUTHORIZED], [400, 'BadRequest']), bytes(method, cloud.path, cloud.headers))
  )

  test('HEAD has no body and no header of the framework', async () => {
    const answer = await ask(port, bytes('HEAD', cloud.path, cloud.headers))
    expect(answer.status).toBe(isZen ? 405 : 400)
    expect(answer.headers['content-type']).toBe('application/json;charset=UTF-8')
    expect(answer.headers).not.toHaveProperty('allow')
  })

  test('HEAD of what is no HTTP has no body either', async () => {
    const lines = [`HEAD ${cloud.path}/\xff HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', '', '']
    const socket = connect(port, '127.0.0.1')
    socket.end(Buffer.from(lines.join('\r\n'), 'latin1'))
    let answer = ''
    for await (const piece of socket) answer += piece
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*\r\nContent-Length: [1-9]\d*\r\n.*\r\n\r\n$/s)
  })

  test.each([
    undefined,
    '',
    'foo',
    'text/plain',
    'multipart/form-data; boundary=x',
    ';;',
    'application/json; charset=x'
  ])('content type %j', async (type) => {
    const answer = await ask(port, request(cloud, { headers: { 'content-type': type } }))
    // Zenlayer takes a missing one and JSON with any parameter, Baidu everything.
    if (!isZen || type === undefined || type === '' || type.startsWith('application/json')) {
      expect(answer.status).toBe(200)
    } else cloud.check(answer, 400, 'INVALID_PARAMETER_TYPE')
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '1',
    '"x"',
    '{"a":',
    '\u0000',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":1}}'
  ])('body %j', async (body) => {
    const answer = await ask(port, request(cloud, { headers: { 'content-length': String(body.length) }, body }))
    if (isZen) {
      if (body === '' || body.includes('to')) expect(answer.status).toBe(200)
      else cloud.check(answer, 400, 'INVALID_PARAMETER_TYPE')
    } else {
      const isObject = body === '' || body.includes('to')
      const code = /^(null|\[\]|1|"x")$/.test(body) ? 'BadRequest' : 'MalformedJSON'
      cloud.check(answer, 400, isObject ? 'Asp.NameInvalid' : code)
    }
  })

  test('a wrong type', () =>
    refused(
      expected([400, 'INVALID_PARAMETER_TYPE'], [400, 'BadRequest']),
      request(cloud, { body: isZen ? '{"diskIds":7}' : '{"name":7}' })
    ))

  const tooLarge = expected([400, 'INVALID_PARAMETER_EXCEED_LENGTH'], [400, 'BadRequest'])
  test('a body over 1 MiB that is announced', async () => {
    const body = ' '.repeat(2 * 1024 ** 2)
    await refused(tooLarge, request(cloud, { body }))
  })
  test('a body over 1 MiB that is announced and never sent', () =>
    refused(tooLarge, request(cloud, { headers: { 'content-length': '2000000' }, body: '' })))
  test('a body over 1 MiB in chunks', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const head = request(cloud, { headers: { 'transfer-encoding': 'chunked' }, body: '' })
    await refused(tooLarge, head, `${chunk.repeat(20)}0\r\n\r\n`)
  })
  test('a body in chunks is served', () =>
    served(
      request(cloud, { headers: { 'transfer-encoding': 'chunked' }, body: '' }) +
        `${cloud.body.length.toString(16)}\r\n${cloud.body}\r\n0\r\n\r\n`
    ))

  test.each(['%zz', '%', '%c3', '%ff%fe'])('a path with %s', (odd) =>
    refused(
      expected([404, UNAUTHORIZED], [400, 'InvalidURI']),
      bytes('GET', isZen ? `/api/v2/${odd}` : `/v2/asp/${odd}`)
    )
  )
  test.each([101, 300, 12_000])('a path member of %i characters', (length) =>
    refused(
      expected([404, UNAUTHORIZED], [404, 'NoSuchObject']),
      bytes('GET', isZen ? `/api/v2/${'x'.repeat(length)}` : `/v2/asp/${'x'.repeat(length)}`)
    )
  )
  test('an odd method and a path that is longer than the router takes', () =>
    refused(
      expected([404, UNAUTHORIZED], [404, 'NoSuchObject']),
      bytes('PROPFIND', isZen ? `/api/v2/${'x'.repeat(300)}` : `/v2/${'x'.repeat(300)}`)
    ))

  const notHttp = expected([400, 'INVALID_PARAMETER_TYPE'], [400, 'InvalidHTTPRequest'])
  test.each([
    ['a method that does not exist', (path: string) => `NOPE ${path} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a version that does not exist', (path: string) => `POST ${path} HTTP/9.9\r\nHost: x\r\n\r\n`],
    ['a header without a colon', (path: string) => `POST ${path} HTTP/1.1\r\nHost x\r\n\r\n`],
    ['a blank in a header name', (path: string) => `POST ${path} HTTP/1.1\r\nHo st: x\r\n\r\n`],
    [
      'Content-Length and Transfer-Encoding',
      (path: string) =>
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`
    ],
    [
      'two lengths',
      (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`
    ],
    ['a length that is no number', (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n{}`],
    [
      'an encoding that nobody knows',
      (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: zip\r\n\r\n{}`
    ]
  ])('%s', (_what, make) => refused(notHttp, make(cloud.path)))
  test('a request line without a version is one of HTTP 0.9', () =>
    refused(expected([401, UNAUTHORIZED], [400, 'Asp.NameInvalid']), `POST ${cloud.path}\r\nHost: localhost\r\n\r\n`))
  test('a chunk that is no chunk, after the headers', () =>
    refused(notHttp, request(cloud, { headers: { 'transfer-encoding': 'chunked' }, body: '' }), 'zzz\r\n{}\r\n'))

  test.each([
    ['at once', (text: string) => [text]],
    ['in two parts', (text: string) => [text.slice(0, 200), text.slice(200)]],
    [
      'as the first of a connection in three',
      (text: string) => [text.slice(0, 9000), text.slice(9000, 18_000), text.slice(18_000)]
    ]
  ])('headers over 16 KiB, %s', (how, split) => {
    const text = request(cloud, { headers: { 'x-long': 'y'.repeat(20_000) } })
    const wanted = expected([400, 'INVALID_PARAMETER_EXCEED_LENGTH'], [400, 'InvalidHTTPRequest'])
    return how !== 'in two parts' ? refused(wanted, ...split(text)) : refusedAfter(wanted, split(text))
  })
  const refusedAfter = async (wanted: readonly [number, string], parts: readonly string[]) => {
    const [first, last] = await send(port, 2, request(cloud), ...parts)
    expect(first?.status).toBe(200)
    if (!last) throw new Error('no second answer')
    cloud.check(last, ...wanted)
  }

  test('the absolute form of the target', () => served(request(cloud, { url: `http://127.0.0.1:7420${cloud.path}` })))
  test('the absolute form of an unknown path', () =>
    refused(
      expected([404, UNAUTHORIZED], [404, 'NoSuchObject']),
      request(cloud, { url: isZen ? 'http://x/api/v2/nope' : 'http://x/v2/nope' })
    ))
  test('no Host', () => served(request(cloud, { headers: { host: undefined } })))
  test('HTTP/1.0 without Host', () =>
    served(request(cloud, { headers: { host: undefined } }).replace('HTTP/1.1', 'HTTP/1.0')))
  test('an expectation that nobody knows', () => served(request(cloud, { headers: { expect: 'banana' } })))
  test('an expectation of 100 is met', () => served(request(cloud, { headers: { expect: '100-continue' } })))
  test('an offer to upgrade is passed over', () =>
    served(request(cloud, { headers: { connection: 'upgrade', upgrade: 'websocket' } })))
  test('a wish to close is granted', async () => {
    const answer = await ask(port, request(cloud, { headers: { connection: 'close' } }))
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } })
  })
  test('an error leaves the connection open', async () => {
    const bad = request(cloud, { body: '{' })
    const answers = await send(port, 2, bad, request(cloud))
    expect(answers.map((answer) => answer.status)).toStrictEqual([400, 200])
    expect(answers[0]?.headers).not.toMatchObject({ connection: 'close' })
  })
  test('a body that is too large leaves the connection open', async () => {
    const body = ' '.repeat(2 * 1024 ** 2)
    const answers = await send(port, 2, request(cloud, { body }), request(cloud))
    expect(answers.map((answer) => answer.status)).toStrictEqual([400, 200])
  })
  test('garbage after a request is answered after it', async () => {
    const answers = await send(port, 2, `${request(cloud)}NOPE ${cloud.path} HTTP/1.1\r\n\r\n`)
    expect(answers.map((answer) => answer.status)).toStrictEqual([200, 400])
    if (answers[1]) cloud.check(answers[1], ...notHttp)
  })
  test('a request that arrives while the server closes is served, and its connection closed', async () => {
    const own = await start()
    const text = request(cloud)
    const socket = connect({ port: await listen(own), host: '127.0.0.1' })
    const [inner] = await Promise.all([once(own.app.server, 'connection'), once(socket, 'connect')])
    socket.write(text.slice(0, 20))
    await vi.waitUntil(() => inner[0].bytesRead === 20, { interval: 5 })
    const closed = own.close()
    await vi.waitUntil(() => !own.app.server.listening, { interval: 5 })
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.write(text.slice(20))
    await once(socket, 'end')
    const [answer] = answersIn(Buffer.concat(chunks).toString('latin1'))
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } })
    await closed
  })
})

describe('outside the clouds', () => {
  const problem = async (status: number, ...parts: readonly (string | Buffer)[]) => {
    const answer = await ask(port, ...parts)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect({ status: answer.status, body: JSON.parse(answer.body) }).toMatchObject({
      status,
      body: { type: 'about:blank', status, title: expect.any(String), detail: expect.any(String) }
    })
  }
  test('bytes that are no HTTP', () => problem(400, '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n'))
  test('an HTTP/2 preface', () => problem(400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))
  test('CONNECT', () => problem(405, 'CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: x\r\n\r\n'))
  test('OPTIONS *', () => problem(404, 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'))
  test('an unknown path', () => problem(404, bytes('GET', '/nope')))
  test('no Host for the control API', () => problem(403, bytes('GET', '/_snapstand/clock', { host: undefined })))
  test('a long unknown path', () => problem(404, bytes('GET', `/${'x'.repeat(3000)}`)))
  test('a path that cannot be decoded', () => problem(400, bytes('GET', '/_snapstand/%zz')))
  test('headers over 16 KiB', () => problem(431, bytes('GET', '/', { x: 'y'.repeat(20_000) })))
})

test('what is refused on the wire is found where its caller looks, who names no key', async () => {
  const own = await start()
  const ownPort = await listen(own)
  const answer = await ask(ownPort, `NOPE ${zen.path} HTTP/1.1\r\n\r\n`)
  const requestId: unknown = JSON.parse(answer.body).requestId
  expect(own.core.worlds()).toStrictEqual([])
  expect(own.core.journals.find('default')?.entries()).toMatchObject([
    {
      id: requestId,
      world: 'default',
      provider: 'zenlayer',
      operation: null,
      method: 'NOPE',
      url: zen.path,
      status: 400
    }
  ])
  await own.close()
})
