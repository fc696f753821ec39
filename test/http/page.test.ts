import { gunzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { ControlOptions } from '../../src/http/app.ts'
import { type Server, start } from '../harness.ts'

const servers: Server[] = []
async function serve(control: ControlOptions): Promise<Server> {
  const server = await start({ control })
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const HOST = { host: '127.0.0.1:7420' }

test('the page is served at /, with all that it names, and asks nobody else for anything', async () => {
  const { app } = await serve({ mode: 'on' })
  const first = await app.inject({ url: '/', headers: HOST })
  expect(first.statusCode).toBe(200)
  expect(first.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(first.headers['content-security-policy']).toMatch(/^default-src 'self';/)
  expect(first.body).not.toMatch(/<script(?![^>]* src=)|<style|style=|https?:/)
  const named = [...first.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => `/${path}`)
  expect(named).toHaveLength(3)
  for (const url of named) {
    const file = await app.inject({ url, headers: HOST })
    expect(file.statusCode, url).toBe(200)
    // Its name is another when it is another.
    expect(file.headers['cache-control']).toContain('immutable')
  }
})

test('what is sent compressed is the same', async () => {
  const { app } = await serve({ mode: 'on' })
  const plain = await app.inject({ url: '/', headers: HOST })
  const packed = await app.inject({ url: '/', headers: { ...HOST, 'accept-encoding': 'gzip, br' } })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
})

test('it is there for whom the control API is: not by a strange host, not for a page of another site', async () => {
  const { app } = await serve({ mode: 'on' })
  expect((await app.inject({ url: '/', headers: { host: 'example.com' } })).statusCode).toBe(403)
  expect((await app.inject({ url: '/', headers: { ...HOST, 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(403)
})

test('with a token the page itself is anyone’s, and what it would ask for is not', async () => {
  const { app } = await serve({ mode: 'on', token: 'open-sesame' })
  expect((await app.inject({ url: '/', headers: { host: 'example.com' } })).statusCode).toBe(200)
  expect((await app.inject({ url: '/_snapstand/worlds', headers: HOST })).statusCode).toBe(401)
})

test('--control off takes it away', async () => {
  const { app } = await serve({ mode: 'off' })
  expect((await app.inject({ url: '/', headers: HOST })).statusCode).toBe(404)
})

test.for(['/', '/page/app.js'])('%s takes no other method than GET and HEAD', async (url) => {
  const { app } = await serve({ mode: 'on' })
  const answer = await app.inject({ method: 'PUT', url, headers: HOST })
  expect({ status: answer.statusCode, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' })
})

test('a file that it has not is not found, and none beside it', async () => {
  const { app } = await serve({ mode: 'on' })
  for (const url of ['/page/app.js', '/page/index.html', '/page/..%2Fcli.js', '/page/%2e%2e/cli.js']) {
    expect((await app.inject({ url, headers: HOST })).statusCode, url).toBe(404)
  }
})
