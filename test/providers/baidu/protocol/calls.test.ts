import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuthMode } from '../../../../src/providers/provider.ts'
import { type Habit, sign } from '../../../signers/baidu.ts'
import { type Answer, listen, type Sent } from '../listening.ts'
import { urlOf } from './signed-requests.ts'

type Server = Awaited<ReturnType<typeof listen>>
const servers: Partial<Record<AuthMode, Server>> = {}
beforeAll(async () => {
  servers.verify = await listen({ auth: 'verify', keys: [{ id: 'team-key', secret: 'hush-hush', world: 'team' }] })
  servers.strict = await listen({ auth: 'strict', keys: [{ id: 'team-key', secret: 'hush-hush', world: 'team' }] })
})
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())))

interface Signing {
  readonly mode?: AuthMode
  readonly keyId?: string
  readonly secret?: string
  readonly habit?: Habit
  readonly headers?: Readonly<Record<string, string>>
  readonly ageS?: number
  /** How the url goes over the wire, if not in canonical escapes. */
  readonly url?: string
}

/** A signed call over a real socket, as a client in `habit` would send it now. */
function call(
  method: string,
  path: string,
  parameters: readonly (readonly [string, string?])[],
  body: string,
  { mode = 'verify', keyId = 'run-17', secret = keyId, habit = 'listed', headers = {}, ageS = 0, url }: Signing = {}
): Promise<Answer> {
  const server = servers[mode]
  if (!server) throw new Error('not started')
  const timestamp = `${new Date(Date.now() - ageS * 1000).toISOString().slice(0, 19)}Z`
  const all = {
    host: `127.0.0.1:${server.port}`,
    'x-bce-date': timestamp,
    'content-length': String(Buffer.byteLength(body)),
    ...headers
  }
  const { authorization } = sign({ method, path, parameters, headers: all }, { keyId, secret, timestamp, habit })
  const sent: Sent = { body, headers: { ...all, authorization } }
  return server.call(method, url ?? urlOf({ path, parameters }), sent)
}

const codeOf = ({ text }: Answer): unknown => (text === '' ? undefined : JSON.parse(text).code)
const ASP = '{"name":"每日","timePoints":["20"],"repeatWeekdays":["1","5"],"retentionDays":"7"}'

describe('signed calls', () => {
  test.for(['listed', 'empty', 'host'] as const)('are served in the habit "%s"', async (habit) => {
    const created = await call('POST', '/v2/asp', [['clientToken', `tok-${habit}`]], ASP, { habit })
    expect(created.status, created.text).toBe(200)
    const { aspId }: { aspId: string } = JSON.parse(created.text)
    const volumes = '{"volumeIds":["v-used0000"]}'
    for (const value of [undefined, '']) {
      const pairs: [string, string?][] = [value === undefined ? ['attach'] : ['attach', value]]
      expect(await call('PUT', `/v2/asp/${aspId}`, pairs, volumes, { habit })).toMatchObject({ status: 200, text: '' })
    }
    const listed = await call(
      'GET',
      '/v2/asp',
      [
        ['aspName', '每日'],
        ['maxKeys', '2']
      ],
      '',
      { habit }
    )
    expect(JSON.parse(listed.text)).toMatchObject({ maxKeys: 2, autoSnapshotPolicys: [{ name: '每日' }] })
    expect(await call('DELETE', `/v2/asp/${aspId}`, [], '', { habit })).toMatchObject({ status: 200, text: '' })
  })

  test.for([
    ['Go', { 'content-type': 'application/json;charset=utf-8' }, 'listed'],
    ['Python', {}, 'empty'],
    ['Java', { 'content-type': 'application/json; charset=utf-8', date: new Date().toUTCString() }, 'host'],
    ['JS', { 'content-type': 'application/json; charset=UTF-8', connection: 'close' }, 'listed'],
    ['anyone', { 'content-type': 'text/xml; charset=' }, 'listed'],
    ['anyone else', { 'content-type': 'a' }, 'empty']
  ] as const)('carry a content type or none, with a body or without, as %s does', async ([who, headers, habit]) => {
    const signing = { headers, habit, keyId: `typed-${who}` }
    const created = await call('POST', '/v2/asp', [], ASP, signing)
    expect(created.status, created.text).toBe(200)
    const { aspId }: { aspId: string } = JSON.parse(created.text)
    expect((await call('GET', `/v2/asp/${aspId}`, [], '', signing)).status).toBe(200)
    expect((await call('DELETE', `/v2/asp/${aspId}`, [], '', signing)).status).toBe(200)
  })

  test('may escape their query as they like', async () => {
    const pairs = [['aspName', 'a/b 每']] as const
    const url = '/v2/asp?aspName=a/b%20%e6%af%8f'
    expect((await call('GET', '/v2/asp', pairs, '', { url })).status).toBe(200)
  })

  test('need the key to be configured in strict only', async () => {
    const configured = { keyId: 'team-key', secret: 'hush-hush' }
    for (const mode of ['verify', 'strict'] as const) {
      expect((await call('GET', '/v2/asp', [], '', { mode, ...configured })).status).toBe(200)
      expect(codeOf(await call('GET', '/v2/asp', [], '', { mode, ...configured, secret: 'no' }))).toBe(
        'SignatureDoesNotMatch'
      )
    }
    expect(codeOf(await call('GET', '/v2/asp', [], '', { mode: 'strict' }))).toBe('InvalidAccessKeyId')
    expect(codeOf(await call('GET', '/v2/asp', [], '', { ageS: 1801 }))).toBe('RequestExpired')
  })
})

describe('the order of checks', () => {
  const wrong = { secret: 'wrong' }
  test.for([
    ['an unknown path', 'GET', '/v2/none', '', 'NoSuchObject'],
    ['an unknown version', 'GET', '/v7/asp', '', 'InvalidVersion'],
    ['a wrong method', 'DELETE', '/v2/asp', '', 'BadRequest'],
    ['bad JSON', 'POST', '/v2/asp', '{', 'MalformedJSON'],
    ['a body of another encoding', 'POST', '/v2/asp', '\u0000', 'MalformedJSON'],
    ['a wrong member', 'POST', '/v2/asp', '{"name":"1"}', 'Asp.NameInvalid'],
    ['an unknown id', 'GET', '/v2/asp/asp-none0000', '', 'NoSuchObject']
  ] as const)('a wrong signature is told before %s', async ([, method, path, body, code]) => {
    expect(codeOf(await call(method, path, [], body, wrong))).toBe('SignatureDoesNotMatch')
    expect(codeOf(await call(method, path, [], body))).toBe(code)
  })

  test('what is no URI, or too large, is told before the signature', async () => {
    expect(codeOf(await call('GET', '/v2/asp', [], '', { ...wrong, url: '/v2/asp/%zz' }))).toBe('InvalidURI')
    const large = await call('POST', '/v2/asp', [], `{"name":"${'a'.repeat(1024 ** 2)}"}`, wrong)
    expect([large.status, codeOf(large)]).toEqual([400, 'BadRequest'])
  })
})

describe('answers', () => {
  test('carry the headers of the examples, Date by the wall clock, and an id of their own', async () => {
    const mine = '1b4e28ba-2fa1-11d2-883f-0016d3cca427'
    const { headers, text } = await call('GET', '/v2/asp', [], '', { headers: { 'x-bce-request-id': mine } })
    expect(headers).toMatchObject({
      'content-type': 'application/json;charset=UTF-8',
      'content-length': String(Buffer.byteLength(text)),
      server: 'BWS'
    })
    expect(headers['x-bce-request-id']).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(headers['x-bce-request-id']).not.toBe(mine)
    expect(Math.abs(Date.parse(String(headers.date)) - Date.now())).toBeLessThan(5000)
  })

  test('without a result are empty with Content-Length 0', async () => {
    const { headers, text } = await call('PUT', '/v2/asp/asp-policy00', [['detach']], '{"volumeIds":["v-used0000"]}')
    expect([headers['content-length'], headers['transfer-encoding'], text]).toEqual(['0', undefined, ''])
  })

  test.for([
    ['GET', '/v2/asp'],
    ['DELETE', '/v2/asp/asp-none0000']
  ] as const)('close the connection of a client that asks for it: %s', async ([method, path]) => {
    expect((await call(method, path, [], '', { headers: { connection: 'close' } })).headers.connection).toBe('close')
  })
})

describe('the journal', () => {
  async function entry(answer: Answer, world: string): Promise<Record<string, unknown>> {
    const id = String(answer.headers['x-bce-request-id'])
    const { text } = (await servers.verify?.call('GET', `/_snapstand/requests/${id}?world=${world}`)) ?? { text: '' }
    return JSON.parse(text)
  }

  test('says why a signature is wrong, with the canonical form that the server computed', async () => {
    const answer = await call('GET', '/v2/asp', [['marker', '每']], '', { keyId: 'team-key', secret: 'wrong' })
    const hint =
      'Probably the secret is wrong: the key "team-key" is configured with another one, or the request was changed on its way.'
    expect(decodeURIComponent(String(answer.headers['x-snapstand-hint']))).toBe(hint)
    const kept = await entry(answer, '*')
    expect(kept).toMatchObject({
      code: 'SignatureDoesNotMatch',
      refusal: {
        hint,
        canonicalRequest: expect.stringContaining('GET\n/v2/asp\nmarker=%E6%AF%8F\n'),
        stringToSign: expect.stringMatching(/^bce-auth-v1\/team-key\//)
      }
    })
    expect(JSON.stringify(kept)).not.toContain('hush')
  })

  test('lists what was sent and not read', async () => {
    const answer = await call(
      'POST',
      '/v2/asp',
      [
        ['action', 'x'],
        ['clientToken', 't']
      ],
      ASP.replace('{', '{"aspId":"x",')
    )
    expect(answer.status).toBe(200)
    expect(await entry(answer, 'run-17')).toMatchObject({
      operation: 'CreateAsp',
      unused: ['query.action', 'body.aspId']
    })
  })
})
