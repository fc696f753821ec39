import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readCredentials } from '../../src/config/config.ts'
import { startSnapstand } from '../../src/index.ts'
import { baidu } from '../../src/providers/baidu/index.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { createSender } from '../../src/upstream/send.ts'
import { upstreamOf } from '../../src/upstream/target.ts'
import { UpstreamSilent } from '../../src/upstream/upstream-silent.ts'

const NOTHING = Buffer.alloc(0)

test('calls of both clouds are signed with the credentials of the environment', async () => {
  await using server = await startSnapstand({ auth: 'strict', keys: [{ id: 'mine', secret: 'a secret of its own' }] })
  const url = upstreamOf(server.url)
  const env = {
    ZENLAYERCLOUD_ACCESS_KEY_ID: 'mine',
    ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: 'a secret of its own',
    BAIDUCLOUD_ACCESS_KEY: 'mine',
    BAIDUCLOUD_SECRET_KEY: 'a secret of its own'
  }
  const inZenlayer = createSender(url, zenlayer, readCredentials(zenlayer, env))
  const headers = { 'content-type': 'application/json', 'x-zc-action': 'DescribeZones', 'x-zc-version': '2025-09-01' }
  const post = { method: 'POST', path: '/api/v2/zec', headers, body: Buffer.from('{}') }
  expect((await inZenlayer.send(post)).status).toBe(200)
  const inBaidu = createSender(url, baidu, readCredentials(baidu, env))
  const answer = await inBaidu.send({
    method: 'GET',
    path: '/v2/volume?maxKeys=2&name=a%20b',
    headers: {},
    body: NOTHING
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.map(([name]) => name.toLowerCase())).toContain('x-bce-request-id')
  const wrong = createSender(url, baidu, { keyId: 'mine', secret: 'another' })
  const refused = await wrong.send({ method: 'GET', path: '/v2/zone', headers: {}, body: NOTHING })
  expect(JSON.parse(refused.body.toString())).toMatchObject({ code: 'SignatureDoesNotMatch' })
  for (const sender of [inZenlayer, inBaidu, wrong]) sender.close()
})

test('names of headers come as they were written, and nothing is sent that was not named', async () => {
  let seen: IncomingHttpHeaders = {}
  const server = createServer((request, response) => {
    seen = request.headers
    response.writeHead(204, { 'X-Odd-CASE': 'yes' }).end()
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const sender = createSender(new URL(`http://127.0.0.1:${port}`), baidu)
  const answer = await sender.send({ method: 'GET', path: '/v2/zone', headers: { 'x-mine': '1' }, body: NOTHING })
  expect(answer).toMatchObject({ status: 204, body: NOTHING })
  expect(answer.headers).toContainEqual(['X-Odd-CASE', 'yes'])
  expect(Object.keys(seen).toSorted()).toEqual(['connection', 'host', 'x-mine'])
  sender.close()
  server.close()
  await expect(sender.send({ method: 'GET', path: '/', headers: {}, body: NOTHING })).rejects.toThrow(UpstreamSilent)
})

test('an answer without an end is given up', async () => {
  const piece = Buffer.alloc(8 * 1024 ** 2)
  const server = createServer((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', more)
    more()
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const sender = createSender(new URL(`http://127.0.0.1:${port}`), baidu)
  const sent = sender.send({ method: 'GET', path: '/v2/zone', headers: {}, body: NOTHING })
  await expect(sent).rejects.toThrow('its answer is larger than 67108864 bytes')
  sender.close()
  server.close()
})

test.for([
  ['nowhere', 'is no URL'],
  ['ftp://cloud.example', 'is no URL'],
  ['https://key:secret@cloud.example', 'holds credentials'],
  ['https://cloud.example/api/v2/zec', 'behind the host']
] as const)('%s is no upstream', ([text, reason]) => {
  expect(() => upstreamOf(text)).toThrow(reason)
})

test('credentials that are missing are told by the names of their variables', () => {
  expect(() => readCredentials(zenlayer, {})).toThrow(
    /ZENLAYERCLOUD_ACCESS_KEY_ID: is not set.*\nZENLAYERCLOUD_ACCESS_KEY_PASSWORD/
  )
  expect(() => readCredentials(baidu, { BAIDUCLOUD_ACCESS_KEY: 'a' })).toThrow(/^BAIDUCLOUD_SECRET_KEY: is not set/)
  expect(readCredentials(baidu, { BAIDUCLOUD_ACCESS_KEY: 'a', BAIDUCLOUD_SECRET_KEY: 'b' })).toEqual({
    keyId: 'a',
    secret: 'b'
  })
})
