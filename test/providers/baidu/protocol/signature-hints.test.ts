import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RawRequest } from '../../../../src/providers/provider.ts'
import { type Signing, sign, type Unsigned } from '../../../signers/baidu.ts'
import { keyring, raw, refusalOf, STAMP, signedRequest, urlOf } from './signed-requests.ts'

const KEYS = keyring('verify', { configured: 'hush' })
const ATTACH: Unsigned = {
  method: 'PUT',
  path: '/v2/asp/asp-1',
  parameters: [['clientToken', 'a b'], ['attach']],
  headers: { host: '127.0.0.1:7420', 'x-bce-date': STAMP, 'content-length': '22' }
}
const SIGNING: Signing = { keyId: 'test', secret: 'test', timestamp: STAMP, habit: ['host', 'x-bce-date'] }
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest('hex')

/** The hint for a request whose signature is over another canonical request, or made with another key. */
function hintOf(slip: (canonical: string, signingKey: string) => string, unsigned = ATTACH, signing = SIGNING): string {
  const { authorization, canonicalRequest, signingKey } = sign(unsigned, signing)
  const wrong = authorization.replace(/[^/]*$/, slip(canonicalRequest, signingKey))
  return hintFor(raw(unsigned.method, urlOf(unsigned), { ...unsigned.headers, authorization: wrong }))
}

function hintFor(request: RawRequest): string {
  const refusal = refusalOf(request, KEYS)
  expect(refusal.code).toBe('SignatureDoesNotMatch')
  return refusal.why.hint ?? ''
}

test('what the client signed is told beside what the server did, and no session token in it', () => {
  const unsigned = { ...ATTACH, headers: { ...ATTACH.headers, 'x-bce-security-token': 'hush-hush' } }
  const signing = { ...SIGNING, habit: ['host', 'x-bce-date', 'x-bce-security-token'] }
  const { authorization, canonicalRequest, signingKey } = sign(unsigned, signing)
  const wrong = authorization.replace(/[^/]*$/, mac(signingKey, canonicalRequest.replace('PUT', 'put')))
  const { why } = refusalOf(raw('PUT', urlOf(unsigned), { ...unsigned.headers, authorization: wrong }), KEYS)
  expect(why.clientCanonicalRequest).toBe(why.canonicalRequest?.replace('PUT', 'put'))
  expect(why.clientCanonicalRequest).not.toContain('hush')
})

/** Signed over a text that differs in one thing. */
const over = (change: (canonical: string) => string) => (canonical: string, key: string) => {
  const changed = change(canonical)
  expect(changed).not.toBe(canonical)
  return mac(key, changed)
}

test.for([
  ['upper-case hex', (text: string, key: string) => mac(key, text).toUpperCase(), 'upper case'],
  ['a raw signing key', (text: string, key: string) => mac(Buffer.from(key, 'hex'), text), '32 raw bytes'],
  ['no signing key', (text: string) => mac('test', text), 'without a signing key'],
  ['a lower-case method', over((text) => text.replace('PUT', 'put')), 'method was signed in lower case'],
  ['a line end at the end', over((text) => `${text}\n`), 'ends with a line end'],
  ['an unsorted query', over((text) => text.replace(/attach=&(.*)/, 'clientToken=a%20b&attach')), 'must be sorted'],
  ['no query', over((text) => text.replace(/attach=.*/, '')), 'query was not signed'],
  ['no action key', over((text) => text.replace('attach=&', '')), 'was left out of the signature'],
  ['an action key without =', over((text) => text.replace('attach=', 'attach')), 'must be signed with its "="'],
  ['a plus for a blank', over((text) => text.replace('a%20b', 'a+b')), 'blank was signed as "+"'],
  ['encoded slashes', over((text) => text.replace('/v2/asp/asp-1', '%2Fv2%2Fasp%2Fasp-1')), 'slashes of the path'],
  ['plain header values', over((text) => text.replaceAll('%3A', ':')), 'without percent-encoding'],
  ['lower-case escapes', over((text) => text.replaceAll('%3A', '%3a').replace('%20', '%20')), 'lower-case hex digits'],
  ['unsorted headers', over((text) => text.replace(/(host.*)\n(x-bce.*)/, '$2\n$1')), 'must be sorted'],
  ['a short signature', () => 'abc', 'not 64 hex digits']
] as const)('the hint names %s', ([, slip, words]) => {
  expect(hintOf(slip)).toContain(words)
})

test('the hint names a host without its port, and another name of this machine', () => {
  for (const host of ['127.0.0.1', 'localhost:7420', 'bcc.bj.baidubce.com']) {
    const signed = signedRequest({ ...ATTACH, headers: { ...ATTACH.headers, host } }, SIGNING)
    const hint = hintFor({ ...signed, headers: { ...signed.headers, host: '127.0.0.1:7420' } })
    expect(hint).toContain(`"127.0.0.1:7420", but "${host}" was signed`)
  }
})

test('the hint names a header that was signed unlisted, or listed and left out, or did not arrive', () => {
  const relisted = (from: string, to: string, signing: Signing) => {
    const { authorization } = sign(ATTACH, signing)
    return hintFor(raw('PUT', urlOf(ATTACH), { ...ATTACH.headers, authorization: authorization.replace(from, to) }))
  }
  expect(relisted('/host;x-bce-date/', '/host/', SIGNING)).toContain('not in the list of signed headers: x-bce-date.')
  expect(relisted('/host/', '/host;x-bce-date/', { ...SIGNING, habit: 'host' })).toContain('"x-bce-date" was left out')
  expect(relisted('/host;', '/Host;', SIGNING)).toContain('"Host" must be listed in lower case')
  expect(relisted('//', '/content-length;host/', { ...SIGNING, habit: 'empty' })).toContain('x-bce-date')
  const signed = signedRequest(ATTACH, { ...SIGNING, habit: ['content-length', 'host'] })
  const { 'content-length': _gone, ...headers } = signed.headers
  expect(hintFor({ ...signed, headers })).toContain('"content-length" did not arrive')
})

test('the hint names a signing key made from another expiry', () => {
  const { authorization } = sign(ATTACH, { ...SIGNING, expiry: 1800 })
  const wrong = authorization.replace('/1800/', '/600/')
  expect(hintFor(raw('PUT', urlOf(ATTACH), { ...ATTACH.headers, authorization: wrong }))).toContain(
    '"bce-auth-v1/test/2026-03-01T12:00:00Z/1800"'
  )
})

test('the hint says what the secret of a key is, never a configured one', () => {
  const withSecret = (keyId: string, secret: string) => hintFor(signedRequest(ATTACH, { ...SIGNING, keyId, secret }))
  expect(withSecret('run-17', 'mine')).toBe(
    'The key "run-17" is not configured, so its secret is the key itself: sign with "run-17", or set its secret.'
  )
  expect(withSecret('configured', 'other')).toContain('Probably the secret is wrong')
  expect(withSecret('configured', 'configured')).toContain('The access key id was used as the secret')
  expect(withSecret('configured', 'hush\n')).toContain('blank or line end')
  for (const secret of ['other', 'configured', 'hush\n']) expect(withSecret('configured', secret)).not.toContain('hush')
})

test('headers that are no UTF-8 leave the hint standing', () => {
  const headers = { ...ATTACH.headers, 'x-bce-date': '\xff\xfe' }
  expect(hintFor(signedRequest({ ...ATTACH, headers }, { ...SIGNING, secret: 'wrong' }))).toContain('sign with "test"')
})
