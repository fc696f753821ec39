import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { ask, bytes, send } from './raw-http.ts'

let server: Snapstand
beforeAll(async () => {
  server = await startSnapstand({ clock: 'manual' })
})
afterAll(() => server.close())

const HOST = { host: 'localhost' }

test.for([
  '/_snapstand/clock',
  '/_snapstand/worlds',
  '/_snapstand/agenda?limit=3',
  '/_snapstand/settings',
  '/_snapstand/operations?provider=baidu',
  '/_snapstand/checkpoints',
  '/_snapstand/zenlayer/volumes/1700000000000000101/content'
])('HEAD of %s has the headers of GET and no body', async (path) => {
  const [get, head] = [
    await ask(server.port, bytes('GET', path, HOST)),
    await ask(server.port, bytes('HEAD', path, HOST))
  ]
  expect(get).toMatchObject({ status: 200, headers: { 'content-length': expect.any(String) } })
  const { date: _, ...wanted } = get.headers
  expect(head).toMatchObject({ status: 200, headers: wanted, body: '' })
})

test('HEAD of what is streamed says its type and ends', async () => {
  const [head] = await send(server.port, 1, bytes('HEAD', '/_snapstand/state', HOST))
  expect(head).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' }, body: '' })
})

test('health is told to HEAD, on any Host, and the connection goes on', async () => {
  const asked = bytes('HEAD', '/_snapstand/health', { host: 'far.example' })
  const answers = await send(server.port, 2, asked, asked)
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual([
    { status: 200, body: '' },
    { status: 200, body: '' }
  ])
})

test.for([
  ['/_snapstand/clock/advance', 405, 'POST'],
  ['/_snapstand/nothing', 404, undefined]
] as const)('HEAD of %s is refused like GET', async ([path, status, allow]) => {
  const { headers, ...head } = await ask(server.port, bytes('HEAD', path, HOST))
  expect(head).toEqual({ status, body: '' })
  expect(headers.allow).toBe(allow)
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
})

test('Allow names HEAD where GET is served', async () => {
  const { status, headers } = await ask(server.port, bytes('DELETE', '/_snapstand/clock', HOST))
  expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD, PUT' })
})

test('at the clouds’ addresses HEAD stays what it was: no method of theirs', async () => {
  const zenlayer = await ask(server.port, bytes('HEAD', '/api/v2/zec', HOST))
  expect(zenlayer).toMatchObject({ status: 405, headers: { 'content-type': 'application/json;charset=UTF-8' } })
  const baidu = await ask(server.port, bytes('HEAD', '/v2/volume', HOST))
  expect(baidu).toMatchObject({ status: 400, headers: { 'x-bce-request-id': expect.any(String) } })
})
