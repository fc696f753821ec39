import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Why } from '../../../../src/core/model/journal.ts'
import { ApiError, type Keyring } from '../../../../src/providers/provider.ts'
import { identify } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'

const NOW_S = 1_767_225_600
const BODY = '{"diskId": "d1", "hours": [0, 4], "snapshotName": "\\u5feb \\u7167 <"}'
const toSign: ToSign = {
  keyId: 'key-1',
  secret: 's3cr3t-of-key-1',
  host: '127.0.0.1:7420',
  body: BODY,
  timestampS: NOW_S
}
const keys: Keyring = {
  mode: 'verify',
  secrets: [],
  secretOf: (id) => (id === 'key-1' ? 's3cr3t-of-key-1' : undefined),
  worldOf: (id) => id,
  worldOfBearer: () => undefined
}

/** Signs one thing and sends another; why it is refused. */
function whyOf(
  signs: Partial<ToSign>,
  sends: { headers?: Record<string, string>; body?: string; url?: string } = {},
  authorization: (signed: string) => string = (signed) => signed
): Why {
  const headers: Record<string, string> = {
    ...signedHeaders({ ...toSign, ...signs }),
    host: toSign.host,
    'content-type': 'application/json'
  }
  const sent = { ...headers, ...sends.headers, authorization: authorization(headers.authorization ?? '') }
  const request = {
    method: 'POST',
    url: sends.url ?? '/api/v2/zec',
    headers: sent,
    body: Buffer.from(sends.body ?? BODY)
  }
  try {
    identify(request, keys, NOW_S * 1000)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    expect(error.code).toMatch(/^AUTHFAILURE_/)
    expect(JSON.stringify(error.why)).not.toContain(toSign.secret)
    return error.why
  }
  throw new Error('accepted')
}
function hintOf(...slip: Parameters<typeof whyOf>): string {
  return whyOf(...slip).hint ?? ''
}
const flip = (change: (hex: string) => string) => (signed: string) => signed.replace(/[0-9a-f]{64}$/, change)

test('what the client signed is told beside what the server did, where a guess has found it', () => {
  const { canonicalRequest = '', clientCanonicalRequest } = whyOf({ uri: '/api/v2/zec' })
  expect(clientCanonicalRequest).toBe(canonicalRequest.replace('POST\n/\n', 'POST\n/api/v2/zec\n'))
  // The form is right, and the key is not; or nobody knows.
  expect(whyOf({ secret: 'key-1' }).clientCanonicalRequest).toBeUndefined()
  expect(whyOf({ secret: 'other' }).clientCanonicalRequest).toBeUndefined()
})

test('a right request needs no hint', () => {
  expect(() => hintOf({})).toThrow('accepted')
})

test.for([
  ['the key itself as secret', { secret: 'key-1' }, /wrong secret: the key itself/],
  ['an unrelated secret', { secret: 'other' }, /^wrong secret, or/],
  [
    'an unknown key with a secret',
    { keyId: 'run-17', secret: 'other' },
    /^unknown key: set its secret, or use the key/
  ],
  ['a secret with a newline', { secret: 's3cr3t-of-key-1\n' }, /ends in a newline/],
  ['the path', { uri: '/api/v2/zec' }, /path was signed/],
  [
    'the host without its port',
    { host: '127.0.0.1' },
    /^Host differs: 127\.0\.0\.1 was signed, 127\.0\.0\.1:7420 arrived/
  ],
  ['localhost', { host: 'localhost:7420' }, /^Host differs: localhost:7420 was signed/],
  ['the real host', { host: 'console.zenlayer.com' }, /^Host differs: console\.zenlayer\.com was signed/],
  [
    'a charset that was not sent',
    { contentType: 'application/json; charset=utf-8' },
    /^Content-Type differs: .*charset/
  ],
  ['the body without blanks', { body: JSON.stringify(JSON.parse(BODY)) }, /re-serialised/],
  ['the body indented', { body: JSON.stringify(JSON.parse(BODY), null, 2) }, /re-serialised/],
  ['the body as Go writes it', { body: JSON.stringify(JSON.parse(BODY)).replace('<', '\\u003c') }, /re-serialised/],
  ['a newline after the body', { body: `${BODY}\n` }, /re-serialised/],
  ['no body', { body: '' }, /an empty body was signed/],
  ['the body {}', { body: '{}' }, /the body \{\} was signed/]
] as const)('whoever signs %s is told so', ([, signs, hint]) => {
  expect(hintOf(signs)).toMatch(hint)
})

test('a body with other blanks or sorted keys is seen as re-serialised', () => {
  const python = '{"b": 1, "a": "\\u5feb"}'
  expect(hintOf({ body: python }, { body: '{"b":1,"a":"快"}' })).toMatch(/re-serialised/)
  expect(hintOf({ body: '{"a":"快","b":1}' }, { body: python })).toMatch(/re-serialised/)
})

test('a signature in another notation is told', () => {
  expect(
    hintOf(
      {},
      {},
      flip((hex) => hex.toUpperCase())
    )
  ).toMatch(/lower-case hex$/)
  expect(
    hintOf(
      {},
      {},
      flip((hex) => Buffer.from(hex, 'hex').toString('base64'))
    )
  ).toMatch(/base64/)
})

test('a path with a query is found too', () => {
  expect(hintOf({ uri: '/api/v2/zec' }, { url: 'http://127.0.0.1:7420/api/v2/zec?x=1' })).toMatch(/path was signed/)
})

test('a timestamp is explained', () => {
  expect(hintOf({ timestampS: NOW_S * 1000 })).toMatch(/milliseconds/)
  expect(hintOf({ timestampS: NOW_S - 400 })).toMatch(/400 seconds behind the wall clock/)
  expect(hintOf({ timestampS: NOW_S + 400 })).toMatch(/400 seconds ahead of the wall clock/)
})

test('a content type in another letter case is found', () => {
  const sent = { headers: { 'content-type': 'application/json; charset=utf-8' } }
  expect(hintOf({ contentType: 'application/json; charset=UTF-8' }, sent)).toMatch(/^Content-Type differs/)
})

test('a canonical request without its empty line is found', () => {
  const signed = ['POST', '/', '', 'content-type:application/json', 'host:127.0.0.1:7420', 'content-type;host']
  const request = [...signed, sha256(BODY)].join('\n')
  const toSignIt = ['ZC2-HMAC-SHA256', String(NOW_S), sha256(request)].join('\n')
  const signature = createHmac('sha256', toSign.secret).update(toSignIt).digest('hex')
  expect(
    hintOf(
      {},
      {},
      flip(() => signature)
    )
  ).toMatch(/empty line/)
})
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('a huge body that matches nothing is refused quickly', () => {
  const body = JSON.stringify({ ids: Array.from({ length: 60_000 }, (_, index) => `id-${index}`) })
  const startAt = performance.now()
  expect(hintOf({ secret: 'other' }, { body })).toMatch(/^wrong secret/)
  expect(performance.now() - startAt).toBeLessThan(1000)
})

test('a body that is nested too deep to be written again is refused like any other', () => {
  expect(hintOf({ secret: 'other' }, { body: '['.repeat(30_000) + ']'.repeat(30_000) })).toMatch(/^wrong secret/)
})
