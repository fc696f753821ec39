import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hiderOf, hiderOfOwn } from '../../src/documents/hiding.ts'
import { BODY_BYTES_MAX } from '../../src/http/calls/journal-entry.ts'
import { type Server, start } from '../harness.ts'
import { row, rows } from '../providers/zenlayer/stage.ts'

// A request may bring secrets along that are as long as its headers may be, and as many: they are hidden all the same.

/** A token that looks like any other. */
function token(length: number, seed = 1): string {
  let text = ''
  while (text.length < length) text += createHash('sha256').update(`${seed}:${text.length}`).digest('hex')
  return text.slice(0, length)
}

let server: Server
beforeAll(async () => {
  server = await start({ auth: 'verify' })
})
afterAll(() => server.close())

const zec = {
  host: '127.0.0.1:7420',
  'content-type': 'application/json',
  'x-zc-action': 'DescribeDisks',
  'x-zc-version': '2025-09-01'
}

async function journal(): Promise<string> {
  return JSON.stringify([
    (await server.control('GET', '/requests?world=*&limit=1000')).body,
    server.core.worlds().flatMap(({ id }) => server.core.peek(id)?.journal.entries() ?? [])
  ])
}

test.for([20, 64, 1000, 14_000])(
  'a bearer token of %i characters is hidden in whatever form it comes',
  async (length) => {
    const secret = token(length)
    const headers = { ...zec, authorization: `Bearer ${secret}` }
    const everyByte = Array.from(Buffer.from(secret), (byte) => `%${byte.toString(16)}`).join('')
    const bodies = [
      secret,
      everyByte,
      Buffer.from(secret).toString('base64'),
      Buffer.from(`a:${secret}`).toString('base64')
    ]
    for (const form of bodies) {
      const payload = JSON.stringify({ diskName: form, pageSize: 7 })
      const reply = await server.app.inject({ method: 'POST', url: `/api/v2/zec?x=${secret}&y=1`, headers, payload })
      expect([200, 400]).toContain(reply.statusCode)
      const world = server.core.worlds().find(({ id }) => id.startsWith('bearer-'))?.id
      const [latest] = rows(row((await server.control('GET', `/requests?world=${world}&limit=1`)).body).requests)
      expect(latest?.url).toBe('/api/v2/zec?x=***&y=1')
    }
    const told = await journal()
    for (const form of bodies)
      for (const at of [0, 30, 500, 9000])
        if (form.length >= at + 20) expect(told).not.toContain(form.slice(at, at + 20))
  }
)

test('hundreds of tokens in one query are hidden', async () => {
  const secrets = Array.from({ length: 300 }, (_, n) => token(30, n + 1))
  const query = secrets.map((secret) => `authorization=${secret}`).join('&')
  const reply = await server.app.inject({
    method: 'POST',
    url: `/v2/asp?${query}`,
    headers: { host: '127.0.0.1:7420' },
    payload: '{}'
  })
  expect(reply.statusCode).toBe(400)
  const told = await journal()
  for (const secret of secrets) expect(told).not.toContain(secret)
})

test.for([-20, -10, -1, 0, 1])(
  'a token that stands %i characters from where bodies are cut is not told by half',
  async (offset) => {
    const secret = token(200, 3)
    const headers = { ...zec, authorization: `Bearer ${secret}` }
    const payload = `{"x":"${'.'.repeat(BODY_BYTES_MAX + offset - 6)}${secret}${'.'.repeat(50_000)}"}`
    expect((await server.app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload })).statusCode).toBe(200)
    expect(await journal()).not.toContain(secret.slice(0, 12))
  }
)

test('the end of what is looked at may be half a token', async () => {
  const secret = token(100, 5)
  const headers = { ...zec, authorization: `Bearer ${secret}` }
  for (let at = BODY_BYTES_MAX + 4000; at < BODY_BYTES_MAX + 4200; at += 11) {
    // Hundreds of tokens, each of which leaves three characters, move the end up to where the journal cuts.
    const many = `${secret} `.repeat(130)
    const payload = `{"x":"${many}${'.'.repeat(at - many.length)}${secret}"}`
    await server.app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload })
  }
  expect(await journal()).not.toContain(secret.slice(0, 12))
})

test('a thousand configured secrets, and one of many kilobytes, are hidden to their ends', () => {
  const long = token(5000, 7)
  const secrets = [long, ...Array.from({ length: 1000 }, (_, n) => `secret-${n}-${token(20, n)}`)]
  const hidden = hiderOf(secrets)(secrets.map((secret) => `<${secret}> <${encodeURIComponent(secret)}>`).join('\n'))
  const lines = hidden.split('\n')
  expect(lines).toHaveLength(secrets.length)
  expect(lines.filter((line) => !/^<(?:\*\*\*)+> <(?:\*\*\*)+>$/.test(line))).toEqual([])
})

test('what a request brought along and is short stays where it is part of a word', () => {
  expect(hiderOfOwn(['zx9'])('zx9 azx9 "zx9"')).toBe('*** azx9 "***"')
  expect(hiderOfOwn(['longer-than-it', 'another-one', 'zx9'])('zx9 azx9 another-one')).toBe('*** azx9 ***')
  expect(hiderOfOwn([])('zx9')).toBe('zx9')
})
