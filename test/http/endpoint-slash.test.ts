import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, start } from '../harness.ts'
import { sign } from '../signers/baidu.ts'
import { signedHeaders } from '../signers/zenlayer.ts'
import { ask, bytes, type RawAnswer } from './raw-http.ts'

// A client whose endpoint ends in a slash asks for `//api/v2/zec` and `//v2/asp`.

let server: Server
let port: number
beforeAll(async () => {
  server = await start({ auth: 'verify' })
  port = Number(new URL(await server.app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => server.close())

const zec = { 'x-zc-action': 'DescribeZones', 'x-zc-version': '2025-09-01', 'content-type': 'application/json' }

async function answer(method: string, path: string, headers: Readonly<Record<string, string>>, body = '') {
  return parsed(await ask(port, bytes(method, path, headers, body)))
}

function parsed({ status, body }: RawAnswer) {
  return { status, body: JSON.parse(body) }
}

test.for(['//', '///'])('both clouds are served behind %s', async (slashes) => {
  const host = `127.0.0.1:${port}`
  expect(await answer('POST', `${slashes}api/v2/zec`, { host, ...zec }, '{}')).toMatchObject({ status: 200 })
  expect(await answer('GET', `${slashes}v2/asp?maxKeys=1`, { host })).toMatchObject({ status: 200 })
})

test.for([
  ['the Python SDK, which sends what it signs', '/', '/'],
  ['the Go SDK, whose transport drops the slash', '/', '']
] as const)('Zenlayer: %s, is served', async ([, signed, sent]) => {
  const host = `127.0.0.1:${port}`
  const timestampS = Math.floor(Date.now() / 1000)
  const headers = signedHeaders({ keyId: 'slash', secret: 'slash', host: host + signed, body: '{}', timestampS })
  const reply = await answer('POST', '//api/v2/zec', { ...headers, ...zec, host: host + sent }, '{}')
  expect(reply).toMatchObject({ status: 200, body: { response: { zoneSet: expect.any(Array) } } })
})

test.for(['/v2/asp', '//v2/asp'])('Baidu: who signs %s is served', async (path) => {
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host: `127.0.0.1:${port}`, 'x-bce-date': timestamp }
  const signing = { keyId: 'slash', secret: 'slash', timestamp, habit: 'listed' } as const
  const { authorization } = sign({ method: 'GET', path, parameters: [['maxKeys', '1']], headers }, signing)
  const reply = await answer('GET', '//v2/asp?maxKeys=1', { ...headers, authorization })
  expect(reply).toMatchObject({ status: 200, body: { autoSnapshotPolicys: expect.any(Array) } })
})

test.for([
  ['another method', 'GET', '//api/v2/zec', 405, 'AUTHFAILURE_UNAUTHORIZED_OPERATION'],
  ['another service', 'POST', '//api/v2/sea', 404, 'AUTHFAILURE_UNAUTHORIZED_OPERATION'],
  ['another path', 'GET', '//v2/sea', 404, 'NoSuchObject'],
  ['another version', 'GET', '//v7/asp', 404, 'InvalidVersion'],
  ['a path that cannot be decoded', 'GET', '//v2/asp/%zz', 400, 'InvalidURI']
] as const)('%s is refused in the form of the cloud', async ([, method, path, status, code]) => {
  const reply = await answer(method, path, { host: 'localhost', ...zec })
  expect(reply).toMatchObject({ status, body: { code, message: expect.any(String), requestId: expect.any(String) } })
})

test.for([
  ['//api/v2/zec', 'INVALID_PARAMETER_TYPE'],
  ['//v2/asp', 'InvalidHTTPRequest']
] as const)('what is no HTTP under %s is refused in the form of the cloud', async ([path, code]) => {
  const reply = await ask(port, `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n`)
  expect(parsed(reply)).toMatchObject({ status: 400, body: { code } })
})

test('the slash is no part of what a repeated clientToken stands for', async () => {
  const policy = JSON.stringify({ name: 'once', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 })
  const headers = { host: 'localhost' }
  const first = await answer('POST', '/v2/asp?clientToken=slash', headers, policy)
  expect(first.status).toBe(200)
  expect(await answer('POST', '//v2/asp?clientToken=slash', headers, policy)).toEqual(first)
})

test('outside the clouds a second slash is another path', async () => {
  expect((await answer('GET', '//_snapstand/health', { host: 'localhost' })).status).toBe(404)
  expect((await answer('GET', '//vendor', { host: 'localhost' })).status).toBe(404)
})
