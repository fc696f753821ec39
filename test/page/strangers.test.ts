import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { sign } from '../signers/baidu.ts'
import { hasBrowser, openBrowser } from './browser.ts'

// Pages of other sites, in the browser that would open them.

/** In the page, whose words the types of the tests do not have. */
const INTRUSION = `(async (url) => {
  const body = '{"cdsSizeInGB":20,"zoneName":"cn-bj-a","storageType":"cloud_hp1"}'
  await fetch(url + '/v2/volume', { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body })
  await fetch(url + '/_snapstand/clock/advance', { method: 'POST', mode: 'no-cors', body: '{"by":"P1D"}' })
  const picture = new Image()
  const over = new Promise((resolve) => { picture.onload = picture.onerror = resolve })
  picture.src = url + '/v2/volume?authorization=bce-auth-v1/pictured/2026-01-01T00:00:00Z/1800/host/0'
  await over
  const form = document.createElement('form')
  Object.assign(form, { method: 'POST', action: url + '/v2/volume', enctype: 'text/plain', target: 'elsewhere' })
  const frame = Object.assign(document.createElement('iframe'), { name: 'elsewhere' })
  document.body.append(frame, form)
  const sent = new Promise((resolve) => { frame.onload = resolve })
  form.submit()
  await sent
  return fetch(url + '/_snapstand/worlds').then(() => 'read', () => 'refused')
})('URL')`
const CALL = `(async (url, authorization) => {
  const volumes = await fetch(url + '/v2/volume', { headers: { authorization } }).then((answer) => answer.json())
  const clock = await fetch(url + '/_snapstand/clock').then(() => 'read', () => 'refused')
  return { volumes: volumes.volumes.length, clock }
})('URL', 'SIGNED')`

describe.skipIf(!hasBrowser)('a page of another site', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let pages: Server
  let origin = ''
  const servers: Snapstand[] = []
  beforeAll(async () => {
    browser = await openBrowser('--host-resolver-rules=MAP other.example 127.0.0.1')
    pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>a page</p>'))
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    origin = `http://other.example:${(pages.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await browser?.close()
    pages?.close()
    for (const server of servers) await server.close()
  })

  async function opened(options: Parameters<typeof startSnapstand>[0]) {
    const server = await startSnapstand(options)
    servers.push(server)
    const page = await browser.newPage()
    await page.goto(origin)
    return { server, page }
  }

  test('reaches no world: not by a form, not by a picture, not by a script', async () => {
    const { server, page } = await opened({ clock: 'manual' })
    const told = await page.evaluate(INTRUSION.replace('URL', server.url))
    expect(told).toBe('refused')
    expect(await server.worlds()).toStrictEqual([])
    await page.close()
  })

  test('calls the clouds where it is let in, with a signature of its own, and the control API never', async () => {
    const { server, page } = await opened({ clock: 'manual', cors: [origin] })
    const { host } = new URL(server.url)
    const timestamp = new Date().toISOString().replace(/\.\d+/, '')
    const request = { method: 'GET', path: '/v2/volume', parameters: [], headers: { host } }
    const { authorization } = sign(request, { keyId: 'paged', secret: 'paged', timestamp, habit: 'host' })
    const told = await page.evaluate(CALL.replace('URL', server.url).replace('SIGNED', authorization))
    expect(told).toStrictEqual({ volumes: 2, clock: 'refused' })
    expect((await server.worlds()).map(({ id }) => id)).toStrictEqual(['paged'])
    await page.close()
  })
})
