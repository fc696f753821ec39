import { expect, test } from 'vitest'
import { ApiError, type AuthMode, type Keyring, type RawRequest } from '../../../../src/providers/provider.ts'
import { claimedKey, identify } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'

const NOW_S = 1_767_225_600
const secrets: Record<string, string> = { 'key-1': 'secret-1', shared: 'secret-2' }
const worlds: Record<string, string> = { shared: 'team' }
function keyring(mode: AuthMode = 'verify'): Keyring {
  return {
    mode,
    secrets: [],
    secretOf: (id) => (Object.hasOwn(secrets, id) ? secrets[id] : undefined),
    worldOf: (id) => worlds[id] ?? id,
    worldOfBearer: (token) => (token === 'token-1' ? 'of-token' : undefined)
  }
}

/** A request as Node hands it on: header values with one character per byte. */
function received(headers: Record<string, string>, body: string | Uint8Array = '{}', url = '/api/v2/zec'): RawRequest {
  const asLatin1 = Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')])
  return { method: 'POST', url, headers: Object.fromEntries(asLatin1), body: Buffer.from(body) }
}
const toSign = { keyId: 'key-1', secret: 'secret-1', host: '127.0.0.1:7420', body: '{}', timestampS: NOW_S }
function signed(change: Partial<ToSign> = {}, headers: Record<string, string> = {}, body = change.body ?? '{}') {
  return received({ ...signedHeaders({ ...toSign, ...change }), ...headers }, body)
}
function outcome(request: RawRequest, mode: AuthMode = 'verify', nowS = NOW_S) {
  try {
    return identify(request, keyring(mode), nowS * 1000)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { code: error.code, status: error.status, ...error.why }
  }
}
const INVALID = { code: 'AUTHFAILURE_INVALID_AUTHORIZATION', status: 401 }
const EXPIRED = { code: 'AUTHFAILURE_SIGNATURE_EXPIRED', status: 401 }
const FAILURE = { code: 'AUTHFAILURE_SIGNATURE_FAILURE', status: 401 }

// The vectors of zenlayer.md 2.4 and more of the same kind, as literal text.
const BODY_A = '{"diskId":"1440908808376556310","snapshotName":"snap-1"}'
const vectors = [
  {
    name: 'A',
    contentType: 'application/json',
    host: 'console.zenlayer.com',
    body: BODY_A,
    hash: 'b418845a81cc6af8f989ef1d9a723893868365e6b46d2aab92f75c13c68df380',
    signature: 'd8bc123a9977df844dd02e1aaa83d3e830eb0bd270b82a03d42e7345b17d6733'
  },
  {
    name: 'B',
    contentType: 'application/json',
    host: '127.0.0.1:8080',
    body: BODY_A,
    hash: 'b3950843553b5a236b0be72015da6a79b1a267bae40e0a7c48a36935397c0f3a',
    signature: '2fd2cd3e4b4ab4609ec2bd8e7ca55389b6e66bcf6e86a96d5c22e263da279d5c'
  },
  {
    name: 'C',
    contentType: 'application/json; charset=utf-8',
    host: 'console.zenlayer.com',
    body: BODY_A,
    hash: '7249ac38f38e5a399ae3c17f7374db5d5b073a962fc9a331b0d99caf7a8964e7',
    signature: 'bc342d5bc0324a90d19b1b6e297b4d1f67ff1948d16c4589d75cc1481eaba0e7'
  },
  {
    name: 'A2',
    contentType: 'application/json',
    host: 'console.zenlayer.com',
    body: '{}',
    hash: '2eb6d40a6d77fe762274e366f8d05626427e80b1c9e1a816d9c08676d12257a4',
    signature: 'cb4096452c8354e6e293680438cd6481835897861a1160b2a6d2af162018af6d'
  },
  {
    name: 'D, published by the vendor',
    contentType: 'application/json; charset=utf-8',
    host: 'console.zenlayer.com',
    body: '{"pageSize":10,"pageNum":1,"zoneId":"HKG-A"}',
    keyId: '0D9UtpyKYcHxms5v',
    secret: 'Gu5t9xGARNpq86cd98joQYCN3',
    timestamp: '1673361177',
    hash: '29396f9dfa0f03820b931e8aa06e20cda197e73285ebd76aceb83f7dede493ee',
    signature: 'efb356c32e55c781e10dc676da59462c22596d82e91c57803666243379555b2f'
  },
  {
    name: 'of the Python SDK',
    contentType: 'application/json',
    host: '127.0.0.1:18555',
    body: '{"diskId": "d1", "snapshotName": "\\u5feb \\u7167"}',
    keyId: 'AK',
    secret: 'PW',
    timestamp: '1795288855',
    hash: undefined,
    signature: '374d5e5bbf64e5cb8130273df8255f20f72c4594fc7ed712f9f2fd063963b2db'
  }
].map((vector) => ({
  keyId: 'AKIDEXAMPLE0001',
  secret: 'SKEXAMPLEpassword0001',
  timestamp: '1767225600',
  ...vector
}))

test.for(vectors)('vector $name is accepted', (vector) => {
  const keys: Keyring = { ...keyring(), secretOf: (id) => (id === vector.keyId ? vector.secret : undefined) }
  const headers = {
    authorization: `ZC2-HMAC-SHA256 Credential=${vector.keyId}, SignedHeaders=content-type;host, Signature=${vector.signature}`,
    'content-type': vector.contentType,
    host: vector.host,
    'x-zc-timestamp': vector.timestamp
  }
  const caller = identify(received(headers, vector.body), keys, Number(vector.timestamp) * 1000)
  expect(caller).toEqual({ world: vector.keyId, keyId: vector.keyId, authentic: true })
})

test.for(vectors)('the signer of the tests makes vector $name', (vector) => {
  const headers = signedHeaders({ ...vector, timestampS: Number(vector.timestamp) })
  expect(headers.authorization?.split('Signature=')[1]).toBe(vector.signature)
})

test.for(vectors)('a refusal shows the forms of vector $name', (vector) => {
  const headers = signedHeaders({ ...vector, secret: 'another', timestampS: Number(vector.timestamp) })
  const refused = outcome(received(headers, vector.body), 'verify', Number(vector.timestamp))
  if (!('stringToSign' in refused)) throw new Error('accepted')
  expect(refused.canonicalRequest).toMatch(/^POST\n\/\n\ncontent-type:.+\nhost:.+\n\ncontent-type;host\n[0-9a-f]{64}$/)
  const hash = vector.hash ?? expect.stringMatching(/^[0-9a-f]{64}$/)
  expect(refused.stringToSign?.split('\n')).toEqual(['ZC2-HMAC-SHA256', vector.timestamp, hash])
})

test('the secret is the configured one, or the key itself where none is', () => {
  expect(outcome(signed())).toEqual({ world: 'key-1', keyId: 'key-1', authentic: true })
  expect(outcome(signed({ keyId: 'run-17', secret: 'run-17' }))).toMatchObject({ world: 'run-17', authentic: true })
  expect(outcome(signed({ secret: 'key-1' }))).toMatchObject(FAILURE)
  expect(outcome(signed({ keyId: 'run-17', secret: 'other' }))).toMatchObject(FAILURE)
})

test.for([1, 63, 64, 65, 128, 1000])('a secret of %i bytes is as good as any', (length) => {
  const keyId = 'k'.repeat(length)
  expect(outcome(signed({ keyId, secret: keyId }))).toMatchObject({ world: keyId, authentic: true })
})

test('a key may name another world than its own id', () => {
  expect(outcome(signed({ keyId: 'shared', secret: 'secret-2' }))).toMatchObject({ world: 'team', keyId: 'shared' })
})

test('one signature serves any number of times', () => {
  const request = signed()
  expect(Array.from({ length: 20 }, () => outcome(request))).toEqual(
    Array(20).fill({ world: 'key-1', keyId: 'key-1', authentic: true })
  )
})

test.for([
  [-301, EXPIRED],
  [-300, { authentic: true }],
  [300, { authentic: true }],
  [301, EXPIRED]
] as const)('a timestamp %i seconds off', ([offset, expected]) => {
  expect(outcome(signed({ timestampS: NOW_S + offset }))).toMatchObject(expected)
})

test('the wall clock counts in whole seconds, as timestamps do', () => {
  expect(outcome(signed({ timestampS: NOW_S - 300 }), 'verify', NOW_S + 0.999)).toMatchObject({ authentic: true })
})

test.for(['', ' ', 'abc', '-1767225600', '1767225600.0', '1e9', '0x10', '１７６７２２５６００'])(
  'timestamp %j is refused',
  (timestamp) => {
    expect(outcome(signed({}, { 'x-zc-timestamp': timestamp }))).toMatchObject(INVALID)
  }
)

test('a missing timestamp is refused, a missing signature method is not', () => {
  const { 'x-zc-timestamp': _, ...untimed } = signed().headers
  expect(outcome({ ...signed(), headers: untimed })).toMatchObject(INVALID)
  const { 'x-zc-signature-method': __, ...unnamed } = signed().headers
  expect(outcome({ ...signed(), headers: unnamed })).toMatchObject({ authentic: true })
})

test.for(['ZC2_HMAC_SHA256', 'zc2-hmac-sha256', 'HMAC-SHA1', ''])('signature method %j is refused', (method) => {
  expect(outcome(signed({}, { 'x-zc-signature-method': method }))).toMatchObject(INVALID)
})

test.for([
  ['empty', ''],
  ['another scheme', 'Basic a2V5OnNlY3JldA=='],
  ['the scheme in lower case', 'zc2-hmac-sha256 Credential=a, SignedHeaders=content-type;host, Signature=00'],
  ['another algorithm', 'ZC2-HMAC-SHA1 Credential=a, SignedHeaders=content-type;host, Signature=00'],
  ['no credential', 'ZC2-HMAC-SHA256 SignedHeaders=content-type;host, Signature=00'],
  ['an empty credential', 'ZC2-HMAC-SHA256 Credential=, SignedHeaders=content-type;host, Signature=00'],
  ['no signature', 'ZC2-HMAC-SHA256 Credential=a, SignedHeaders=content-type;host'],
  ['an empty signature', 'ZC2-HMAC-SHA256 Credential=a, SignedHeaders=content-type;host, Signature='],
  ['no signed headers', 'ZC2-HMAC-SHA256 Credential=a, Signature=00'],
  ['a header twice', 'ZC2-HMAC-SHA256 Credential=a, SignedHeaders=content-type;host;Host, Signature=00'],
  ['an empty header name', 'ZC2-HMAC-SHA256 Credential=a, SignedHeaders=content-type;;host, Signature=00'],
  ['commas without a part', 'ZC2-HMAC-SHA256 Credential=a,, SignedHeaders=content-type;host, Signature=00'],
  ['something after it', 'ZC2-HMAC-SHA256 Credential=a, SignedHeaders=content-type;host, Signature=00, X=1'],
  ['the star', 'ZC2-HMAC-SHA256 Credential=*, SignedHeaders=content-type;host, Signature=00'],
  ['a token’s world', 'ZC2-HMAC-SHA256 Credential=bearer-0123456789ab, SignedHeaders=content-type;host, Signature=00'],
  ['a bearer without token', 'Bearer'],
  ['a bearer with an empty token', 'Bearer  '],
  ['a bearer with two words', 'Bearer one two']
] as const)('an Authorization with %s is refused', ([, authorization]) => {
  const refused = outcome(signed({}, { authorization }))
  expect(refused).toMatchObject({ ...INVALID, rule: 'zenlayer.md 2.3' })
  expect(refused).toHaveProperty('hint', expect.stringMatching(/.{10,}/))
  expect(outcome(signed({}, { authorization }), 'off')).toEqual({ world: 'default', keyId: null, authentic: false })
})

test.for(['host', 'content-type', 'x-host;content-type'])('signing %s alone is refused', (SignedHeaders) => {
  const authorization = `ZC2-HMAC-SHA256 Credential=key-1, SignedHeaders=${SignedHeaders}, Signature=00`
  expect(outcome(signed({}, { authorization }))).toMatchObject(INVALID)
})

test('names of built-in properties among the signed headers are ordinary, absent headers', () => {
  const SignedHeaders = '__proto__;constructor;content-type;host;tostring'
  const authorization = `ZC2-HMAC-SHA256 Credential=a, SignedHeaders=${SignedHeaders}, Signature=${'0'.repeat(64)}`
  expect(outcome(signed({}, { authorization }))).toMatchObject(FAILURE)
})

test('an upper-case signature does not match', () => {
  const { authorization = '' } = signed().headers
  const upper = authorization.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase())
  expect(outcome(signed({}, { authorization: upper }))).toMatchObject(FAILURE)
})

test.for(['', ' ', '   '])('%j after the commas of Authorization is fine', (blanks) => {
  expect(outcome(signed({ blanks }))).toMatchObject({ authentic: true })
})

test('further headers may be signed, with bytes beyond ASCII too', () => {
  const extra = { 'x-zc-action': 'DescribeZones', 'x-note': '每日 snapshot' }
  expect(outcome(signed({ extra }))).toMatchObject({ authentic: true })
  expect(outcome(signed({ extra }, { 'x-note': '每日 snapshots' }))).toMatchObject(FAILURE)
})

test('the modes: unsigned requests', () => {
  const unsigned = received({ host: 'x' })
  expect(outcome(unsigned, 'verify')).toEqual({ world: 'default', keyId: null, authentic: false })
  expect(outcome(unsigned, 'off')).toEqual({ world: 'default', keyId: null, authentic: false })
  expect(outcome(unsigned, 'strict')).toMatchObject(INVALID)
})

test('the modes: signed requests', () => {
  const unknown = signed({ keyId: 'run-17', secret: 'run-17' })
  const wrong = signed({ secret: 'wrong' })
  expect(outcome(signed(), 'strict')).toMatchObject({ world: 'key-1', authentic: true })
  expect(outcome(unknown, 'strict')).toMatchObject(INVALID)
  expect(outcome(wrong, 'strict')).toMatchObject(FAILURE)
  expect(outcome(wrong, 'off')).toEqual({ world: 'key-1', keyId: 'key-1', authentic: false })
  expect(outcome(signed({ keyId: 'shared' }), 'off')).toEqual({ world: 'team', keyId: 'shared', authentic: false })
  expect(outcome(signed({ timestampS: 1 }), 'off')).toMatchObject({ world: 'key-1' })
})

test('the modes: bearer tokens', () => {
  // The first 12 digits of the SHA-256 of "secret-token".
  const world = 'bearer-930bbdc51b6a'
  const known = received({ authorization: 'Bearer token-1' })
  const other = received({ authorization: 'Bearer secret-token' })
  expect(outcome(known, 'verify')).toEqual({ world: 'of-token', keyId: null, authentic: true })
  expect(outcome(known, 'strict')).toEqual({ world: 'of-token', keyId: null, authentic: true })
  expect(outcome(known, 'off')).toEqual({ world: 'of-token', keyId: null, authentic: false })
  expect(outcome(other, 'verify')).toEqual({ world, keyId: null, authentic: false })
  expect(outcome(other, 'off')).toEqual({ world, keyId: null, authentic: false })
  expect(outcome(other, 'strict')).toMatchObject(INVALID)
})

test('of a request with a token neither timestamp nor method is looked at', () => {
  const headers = { authorization: 'Bearer token-1', 'x-zc-timestamp': 'x', 'x-zc-signature-method': 'x' }
  expect(outcome(received(headers))).toMatchObject({ world: 'of-token' })
})

test('the order: form, then time, then signature', () => {
  const late = { timestampS: NOW_S - 1000 }
  expect(outcome(signed({ ...late, secret: 'wrong' }))).toMatchObject(EXPIRED)
  expect(outcome(signed(late, { 'x-zc-signature-method': 'x' }))).toMatchObject(INVALID)
  expect(outcome(signed({ ...late, keyId: 'unknown' }), 'strict')).toMatchObject(INVALID)
  expect(outcome(signed({ ...late, keyId: 'unknown' }), 'verify')).toMatchObject(EXPIRED)
})

test('the claimed key is told without any check, a token never', () => {
  expect(claimedKey(signed({ secret: 'wrong' }))).toBe('key-1')
  const claimed = (headers: RawRequest['headers']) => claimedKey({ method: 'POST', url: '/', headers })
  expect(claimed({ authorization: 'Bearer secret-token' })).toBe('bearer-930bbdc51b6a')
  expect(claimed({ authorization: 'ZC2-HMAC-SHA256 Credential=*, SignedHeaders=host, Signature=0' })).toBeNull()
  expect(claimed({ authorization: 'nonsense' })).toBeNull()
  expect(claimed({})).toBeNull()
})
