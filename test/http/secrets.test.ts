import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOG_FORMATS } from '../../src/config/flags.ts'
import { createLog, type Log } from '../../src/config/log.ts'
import { hiderOf } from '../../src/documents/hiding.ts'
import { type Server, start } from '../harness.ts'

// What the configuration keeps secret is told nowhere, whoever sends it, in whatever form.

const SECRET = 's3cret/"of"+the key é'
const TOKEN = 'tok-en/of=someone'
const SHORT = 'zx9'

/** A text as clients write it: plain, in urls, in JSON, in base64. */
function formsOf(text: string): readonly string[] {
  const everyByte = Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const everyUnit = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
  return [
    text,
    encodeURIComponent(text),
    encodeURIComponent(encodeURIComponent(text)),
    everyByte,
    encodeURIComponent(text).replaceAll('%20', '+'),
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
    everyUnit.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
    Buffer.from(text).toString('base64'),
    Buffer.from(`someone:${text}`).toString('base64'),
    Buffer.from(`no-one:${text}:`).toString('base64url')
  ]
}

describe('what hides a text', () => {
  const hide = hiderOf([SECRET, TOKEN, SHORT])

  test.for([SECRET, TOKEN].flatMap(formsOf))('finds it as %s', (form) => {
    const hidden = hide(`before ${form} after`)
    expect(hidden).toMatch(/^before .*\*\*\*.* after$/)
    expect(hidden.length).toBeLessThan(40)
  })

  test('leaves a short one where it is a part of a word', () => {
    expect(hide(`${SHORT} a${SHORT} "${SHORT}"`)).toBe(`*** a${SHORT} "***"`)
  })

  test('leaves all else as it is', () => {
    expect(hide('s3cret of the key')).toBe('s3cret of the key')
    expect(hiderOf([])(SECRET)).toBe(SECRET)
  })
})

describe('a server', () => {
  let server: Server
  const lines: string[] = []
  const keys = [
    { id: 'zen', secret: SECRET },
    { id: 'team', secret: 'plain-secret', world: 'team' },
    { bearer: TOKEN, world: 'tokens' }
  ]
  const configured = [SECRET, 'plain-secret', TOKEN]
  beforeAll(async () => {
    const write = (line: string) => lines.push(line)
    const logs = LOG_FORMATS.map((format) => createLog({ level: 'info', format, hide: hiderOf(configured), write }))
    const log: Log = (message, detail) => {
      for (const each of logs) each(message, detail)
    }
    server = await start({ auth: 'verify', keys, log })
  })
  afterAll(() => server.close())

  const inject = async (method: 'GET' | 'POST' | 'PUT', url: string, headers: object, payload = '') => {
    const reply = await server.app.inject({ method, url, headers: { host: 'localhost', ...headers }, payload })
    return reply.headers
  }

  test('tells none of its secrets in journal, log or header, wherever they were planted', async () => {
    const told: unknown[] = []
    const action = { 'content-type': 'application/json', 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
    for (const secret of configured) {
      for (const form of formsOf(secret)) {
        const inHeader = /^[ -~]*$/.test(form) ? form : encodeURIComponent(form)
        const inUrl = form.replace(/[^!-~]/g, encodeURIComponent)
        told.push(
          await inject('POST', '/api/v2/zec', action, `{"zoneId":${JSON.stringify(form)},"foo":"${form}"}`),
          await inject('POST', '/api/v2/zec', { ...action, 'x-zc-action': `Describe${inHeader}` }, '{}'),
          await inject('POST', `/api/v2/zec?x=${inUrl}`, { ...action, cookie: `session=${inHeader}` }, '{}'),
          await inject('POST', '/api/v2/zec', { ...action, 'x-note': inHeader }, `{"diskName":["${form}"]}`),
          await inject('GET', `/v2/volume?marker=${inUrl}&${inUrl}=1`, { 'x-note': inHeader }),
          await inject('GET', `/v2/${inUrl}`, {}),
          await inject('PUT', '/v2/asp/update', {}, `{"name":"${form}"}`)
        )
        const swapped = `Credential=${inHeader.replace(/[ ,]/g, '')}, SignedHeaders=content-type;host, Signature=0`
        told.push(await inject('POST', '/api/v2/zec', { ...action, authorization: `ZC2-HMAC-SHA256 ${swapped}` }, '{}'))
        const signedAt = new Date().toISOString().replace(/\.\d+/, '')
        const authorization = `bce-auth-v1/${inHeader.replaceAll('/', '')}/${signedAt}/1800/host/${'0'.repeat(64)}`
        told.push(await inject('GET', '/v2/volume', { authorization }))
      }
    }
    const entries = server.core.worlds().flatMap(({ id }) => server.core.peek(id)?.journal.entries() ?? [])
    told.push(entries, server.core.journals.own.entries(), lines)
    told.push((await server.control('GET', '/requests?world=*&limit=1000')).body)
    expect(entries.length + server.core.journals.own.entries().length).toBeGreaterThan(200)
    const text = JSON.stringify(told)
    for (const secret of configured) for (const form of formsOf(secret)) expect(text).not.toContain(form)
  })

  test('tells the token of its control API to nobody, wherever it was planted', async () => {
    const token = 'control/tok-en of "mine"'
    const guarded = await start({ control: { mode: 'on', token } })
    const told: unknown[] = []
    try {
      for (const form of formsOf(token)) {
        const inUrl = form.replace(/[^!-~]/g, encodeURIComponent)
        const inHeader = /^[ -~]*$/.test(form) ? form : encodeURIComponent(form)
        const headers = { host: 'localhost', 'x-note': inHeader, authorization: `Bearer ${inHeader}` }
        const calls = [
          { method: 'GET', url: `/v2/volume?marker=${inUrl}`, headers: { host: 'localhost' } },
          { method: 'GET', url: `/v2/${inUrl}`, headers },
          { method: 'PUT', url: '/v2/asp/update', headers: { host: 'localhost' }, payload: `{"name":"${form}"}` },
          { method: 'POST', url: '/api/v2/zec', headers: { ...headers, 'x-zc-action': inHeader }, payload: '{}' }
        ] as const
        for (const call of calls) told.push((await guarded.app.inject(call)).headers)
      }
      const { journals } = guarded.core
      const entries = journals.all().flatMap((journal) => journal.entries())
      expect(entries.length).toBeGreaterThan(40)
      const read = await guarded.app.inject({
        url: '/_snapstand/requests?world=*&limit=1000',
        headers: { host: 'localhost', authorization: `Bearer ${token}` }
      })
      told.push(entries, read.json())
      const text = JSON.stringify(told)
      for (const form of formsOf(token)) expect(text).not.toContain(form)
    } finally {
      await guarded.close()
    }
  })

  test('names no world after a secret that came in the place of a key, whether signatures are checked or not', async () => {
    const authorization = 'ZC2-HMAC-SHA256 Credential=plain-secret, SignedHeaders=content-type;host, Signature=0'
    const headers = { 'content-type': 'application/json', 'x-zc-action': 'DescribeZones', 'x-zc-version': '2025-09-01' }
    const lax = await start({ auth: 'off', keys })
    for (const { app, core } of [server, lax]) {
      const reply = await app.inject({
        method: 'POST',
        url: '/api/v2/zec',
        headers: { host: 'localhost', authorization, ...headers },
        payload: '{}'
      })
      expect(reply.statusCode).toBe(core === lax.core ? 200 : 401)
      expect(core.worlds().map(({ id }) => id)).not.toContain('plain-secret')
    }
    const hint = decodeURIComponent(
      String((await inject('POST', '/api/v2/zec', { authorization, ...headers }, '{}'))['x-snapstand-hint'])
    )
    expect(hint).toContain('swapped')
    await lax.close()
  })
})
