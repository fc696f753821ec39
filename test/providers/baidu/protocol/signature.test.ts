import { describe, expect, test } from 'vitest'
import { claimedKey, identify } from '../../../../src/providers/baidu/protocol/identify.ts'
import { type Signing, sign, type Unsigned, uriEncode } from '../../../signers/baidu.ts'
import { keyring, NOW, raw, refusalOf, STAMP, signedRequest } from './signed-requests.ts'

const AK = '0123456789abcdef0123456789abcdef'
const SK = 'fedcba9876543210fedcba9876543210'

const at = (text: string) => Date.parse(text)

describe('the worked examples of baidu.md 2.6', () => {
  const body = '{"name":"asp-num1","timePoints":["20"],"repeatWeekdays":["1","5"],"retentionDays":"7"}'
  const create = {
    host: 'bcc.bj.baidubce.com',
    'content-type': 'application/json;charset=utf-8',
    'content-length': '86',
    'content-md5': 'ZqfOPzUVqEKT0ZC6z3pzaw==',
    'x-bce-date': '2015-08-11T04:17:29Z'
  }
  const prefix = `bce-auth-v1/${AK}/2015-08-11T04:17:29Z/3600`
  const all = 'content-length;content-md5;content-type;host;x-bce-date'
  const listedSignature = '6a75831e9be9286e6eac07fd3925cec588d551aac57d5fc2b6c145034d7dddb4'
  const url = '/v2/asp?clientToken=be31b98c-5e41-4838-9830-9be700de5a20'
  const keys = keyring('strict', { [AK]: SK })

  test.for([
    ['A', 'host', '8cebe4afb35c4917a0fd944eceb498c89dfa5afc68c7bd3daa368644603bce54'],
    ['B', 'host;x-bce-date', 'c0fdaabfe12770ebe32e8981d1ff7b4daac0845def2d774a7b142807a4afc69b'],
    ['C', all, listedSignature],
    ['D', '', listedSignature]
  ] as const)('%s is accepted, and its neighbour refused', ([, names, signature]) => {
    const signed = (hex: string) => raw('POST', url, { ...create, authorization: `${prefix}/${names}/${hex}` }, body)
    const now = at('2015-08-11T04:20:00Z')
    expect(identify(signed(signature), keys, now)).toEqual({ world: AK, keyId: AK, authentic: true })
    expect(refusalOf(signed(`${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`), keys, now).code).toBe(
      'SignatureDoesNotMatch'
    )
  })

  test.for([
    ['E', 'PUT', '/v2/asp/asp-oG6prjrl?attach', '5dfac54fe5a2879e12f2e69b043f3a35f321a7312b99d7fc487ac779e352906f'],
    ['E', 'PUT', '/v2/asp/asp-oG6prjrl?attach=', '5dfac54fe5a2879e12f2e69b043f3a35f321a7312b99d7fc487ac779e352906f'],
    [
      'F',
      'GET',
      '/v2/asp?maxKeys=2&aspName=%E6%AF%8F%E6%97%A5%20a%2Fb',
      '6bd1cef8f847a58cb38fc1cfc845960a9d588f468fdda30045e1bee0ad453aea'
    ],
    [
      'F in lower-case escapes and raw slash',
      'GET',
      '/v2/asp?aspName=%e6%af%8f%e6%97%a5%20a/b&maxKeys=2',
      '6bd1cef8f847a58cb38fc1cfc845960a9d588f468fdda30045e1bee0ad453aea'
    ],
    [
      'F as raw UTF-8, which Node hands on byte by byte',
      'GET',
      `/v2/asp?aspName=${Buffer.from('每日').toString('latin1')}%20a/b&maxKeys=2`,
      '6bd1cef8f847a58cb38fc1cfc845960a9d588f468fdda30045e1bee0ad453aea'
    ]
  ] as const)('%s is accepted: %s %s', ([, method, target, signature]) => {
    const headers = {
      host: '127.0.0.1:8080',
      'x-bce-date': '2026-01-02T03:04:05Z',
      authorization: `bce-auth-v1/${AK}/2026-01-02T03:04:05Z/1800/host;x-bce-date/${signature}`
    }
    expect(identify(raw(method, target, headers), keys, at('2026-01-02T03:04:05Z')).authentic).toBe(true)
  })

  test('the refusal keeps the canonical request and the prefix of the example', () => {
    const request = raw('POST', url, { ...create, authorization: `${prefix}/${all}/${'0'.repeat(64)}` }, body)
    const { why } = refusalOf(request, keys, at('2015-08-11T04:20:00Z'))
    expect(why.stringToSign).toBe(prefix)
    expect(why.canonicalRequest).toBe(
      [
        'POST',
        '/v2/asp',
        'clientToken=be31b98c-5e41-4838-9830-9be700de5a20',
        'content-length:86',
        'content-md5:ZqfOPzUVqEKT0ZC6z3pzaw%3D%3D',
        'content-type:application%2Fjson%3Bcharset%3Dutf-8',
        'host:bcc.bj.baidubce.com',
        'x-bce-date:2015-08-11T04%3A17%3A29Z'
      ].join('\n')
    )
  })
})

describe('what real clients signed', () => {
  const python = '2026-11-21T19:21:26Z'
  const js = '2026-11-21T19:21:36Z'
  const type = 'application/json; charset=UTF-8'
  const listJs = 'content-type;host;x-bce-date'

  test.for([
    [
      'Python GET',
      'GET',
      '/v2/asp',
      python,
      '',
      { 'content-length': '0' },
      '7e274d862775b4d63a6054af3d635db870cd1b8e87095a51391acf95f72ca40c'
    ],
    [
      'Python PUT',
      'PUT',
      '/v2/asp/asp-1?attach=',
      python,
      '',
      { 'content-length': '22' },
      'b9b0c1b2af0177bc24115e536380b8c02f543c809ecac9cba7e0074372cf1f4c'
    ],
    [
      'Python POST',
      'POST',
      '/v2/asp?clientToken=tok',
      python,
      '',
      { 'content-length': '84' },
      'e2f5c530576dd75a7661c6c363cb4e9d5255bf9d32633ef87c99e270c9735ef3'
    ],
    [
      'JS GET',
      'GET',
      '/v2/asp?maxKeys=10',
      js,
      listJs,
      { 'content-type': type },
      'cf23542a52bb443f56e92f18f73d96832454a0e6d8ce31d8872c92bd03373922'
    ],
    [
      'JS DELETE',
      'DELETE',
      '/v2/asp/asp-1',
      js,
      `content-length;${listJs}`,
      { 'content-type': type, 'content-length': '0' },
      'a655b19d16592df12dd27639ccee5e7d202e595dbe4103209a1afdc3be470c12'
    ],
    [
      'Python V2 POST, list unsorted',
      'POST',
      '/v2/asp',
      '2026-11-21T19:24:15Z',
      'x-bce-date;host',
      {},
      '4bf3eb9f1a027da1d91032ec3d21044c24477b7d08e1b961fc90f7786d01bf9d'
    ]
  ] as const)('%s', ([, method, url, date, names, headers, signature]) => {
    const request = raw(method, url, {
      ...headers,
      host: '127.0.0.1:18555',
      'x-bce-date': date,
      authorization: `bce-auth-v1/AK/${date}/1800/${names}/${signature}`
    })
    expect(identify(request, keyring('strict', { AK: 'SK' }), at(date)).keyId).toBe('AK')
  })
})

const LIST: Unsigned = {
  method: 'GET',
  path: '/v2/asp',
  parameters: [['maxKeys', '1000']],
  headers: { host: '127.0.0.1:7420', 'x-bce-date': STAMP }
}

describe('modes', () => {
  const unsigned = raw('GET', '/v2/asp', { host: 'x' })
  const nobody = { world: 'default', keyId: null, authentic: false }

  test('unsigned requests are served in world default by verify and off, and refused by strict', () => {
    expect(identify(unsigned, keyring('verify'), NOW)).toEqual(nobody)
    expect(identify(unsigned, keyring('off'), NOW)).toEqual(nobody)
    expect(refusalOf(unsigned, keyring('strict'), NOW)).toMatchObject({ code: 'AccessDenied', status: 403 })
  })

  test('in verify a key that is not configured has itself as its secret', () => {
    const request = signedRequest(LIST, { keyId: 'run-17', secret: 'run-17' })
    expect(identify(request, keyring('verify'), NOW)).toEqual({ world: 'run-17', keyId: 'run-17', authentic: true })
    expect(refusalOf(request, keyring('strict'), NOW)).toMatchObject({
      code: 'InvalidAccessKeyId',
      status: 403,
      message: 'The Access Key ID you provided doesnot exist in our records.'
    })
  })

  test('in verify a configured key needs its own secret', () => {
    const keys = keyring('verify', { test: 'hush' })
    expect(identify(signedRequest(LIST, { secret: 'hush' }), keys, NOW).authentic).toBe(true)
    expect(refusalOf(signedRequest(LIST), keys, NOW).code).toBe('SignatureDoesNotMatch')
  })

  test('a key may name another world than its own', () => {
    const request = signedRequest(LIST, { keyId: 'shared', secret: 'shared' })
    expect(identify(request, keyring('verify'), NOW)).toEqual({ world: 'team', keyId: 'shared', authentic: true })
  })

  test('with off a wrong, old signature names the world, and a malformed header names none', () => {
    const header = (authorization: string) => raw('GET', '/v2/asp', { host: 'x', authorization })
    const old = header('bce-auth-v1/run-17/2001-01-01T00:00:00Z/1/host/nonsense')
    expect(identify(old, keyring('off'), NOW)).toEqual({ world: 'run-17', keyId: 'run-17', authentic: false })
    expect(identify(header('Bearer abc'), keyring('off'), NOW)).toEqual(nobody)
    expect(identify(header('bce-auth-v1/run-17'), keyring('off'), NOW)).toEqual(nobody)
  })

  test.for(['*', 'bearer-0123456789ab', ''])('"%s" is no access key id', (keyId) => {
    const request = signedRequest(LIST, { keyId, secret: keyId })
    expect(refusalOf(request, keyring('verify'), NOW).code).toBe('InvalidAccessKeyId')
    expect(identify(request, keyring('off'), NOW)).toEqual(nobody)
    expect(claimedKey(request)).toBeNull()
  })

  test('the claimed key is told whether the signature is right or not', () => {
    expect(claimedKey(signedRequest(LIST, { keyId: 'run-17', secret: 'wrong' }))).toBe('run-17')
    expect(claimedKey(unsigned)).toBeNull()
  })
})

describe('malformed headers', () => {
  const hex = 'a'.repeat(64)
  test.for([
    ['a bearer token', 'Bearer abc'],
    ['nothing', ''],
    ['five parts', `bce-auth-v1/test/${STAMP}/1800/${hex}`],
    ['seven parts', `bce-auth-v1/te/st/${STAMP}/1800/host/${hex}`],
    ['another version', `bce-auth-v2/test/${STAMP}/1800/host/${hex}`],
    ['an upper-case prefix', `BCE-AUTH-V1/test/${STAMP}/1800/host/${hex}`],
    ['a timestamp with an offset', `bce-auth-v1/test/2026-03-01T12:00:00+00:00/1800/host/${hex}`],
    ['a timestamp with a fraction', `bce-auth-v1/test/2026-03-01T12:00:00.000Z/1800/host/${hex}`],
    ['February 30', `bce-auth-v1/test/2026-02-30T12:00:00Z/1800/host/${hex}`],
    ['an expiry of 0', `bce-auth-v1/test/${STAMP}/0/host/${hex}`],
    ['a negative expiry', `bce-auth-v1/test/${STAMP}/-5/host/${hex}`],
    ['a broken expiry', `bce-auth-v1/test/${STAMP}/1.5/host/${hex}`],
    ['no expiry', `bce-auth-v1/test/${STAMP}//host/${hex}`]
  ])('%s is 400 InvalidHTTPAuthHeader', ([, authorization]) => {
    const error = refusalOf(
      raw('GET', '/v2/asp', { host: 'x', authorization: authorization ?? '' }),
      keyring('verify'),
      NOW
    )
    expect(error).toMatchObject({
      code: 'InvalidHTTPAuthHeader',
      status: 400,
      message: 'The HTTP authorization header is invalid. Consult the service documentation for details.'
    })
    expect(error.why.hint).not.toContain('abc')
  })
})

describe('times', () => {
  const keys = keyring('verify')
  const minutes = 60_000

  test('a signature is good to the end of its last second, and then expired by its own timestamp', () => {
    const request = signedRequest(LIST, { expiry: 600 })
    expect(identify(request, keys, NOW + 600_000).authentic).toBe(true)
    expect(refusalOf(request, keys, NOW + 601_000)).toMatchObject({
      code: 'RequestExpired',
      status: 400,
      message: 'Request has expired. Timestamp date is 2026-03-01T12:00:00Z.'
    })
  })

  test.for([
    ['x-bce-date', { 'x-bce-date': '2026-03-01T12:00:00Z' }],
    ['Date, in ISO form', { date: 'Sun, 01 Mar 2026 12:00:00 GMT' }],
    ['the timestamp, where neither is there', {}],
    [
      'x-bce-date, where both are there',
      { 'x-bce-date': '2026-03-01T12:00:00Z', date: 'Sun, 01 Mar 2020 12:00:00 GMT' }
    ]
  ] as const)('the clock is compared with %s', ([, headers]) => {
    const unsigned = { ...LIST, headers: { host: 'x', ...headers } }
    const request = signedRequest(unsigned, { expiry: 86_400, habit: 'host' })
    for (const distance of [-30 * minutes, 0, 30 * minutes]) {
      expect(identify(request, keys, NOW + distance).authentic).toBe(true)
    }
    for (const distance of [-31 * minutes, 31 * minutes]) {
      expect(refusalOf(request, keys, NOW + distance)).toMatchObject({
        code: 'RequestExpired',
        message: 'Request has expired. Timestamp date is 2026-03-01T12:00:00Z.'
      })
    }
  })

  test.for([
    ['x-bce-date', '2026-03-01 12:00:00'],
    ['x-bce-date', 'Sun, 01 Mar 2026 12:00:00 GMT'],
    ['date', 'yesterday']
  ] as const)('a %s of "%s" cannot be read', ([name, value]) => {
    const request = signedRequest({ ...LIST, headers: { host: 'x', [name]: value } }, { habit: 'host' })
    expect(refusalOf(request, keys, NOW)).toMatchObject({ code: 'InvalidHTTPAuthHeader', status: 400 })
  })
})

describe('the order of checks (baidu.md 2.5)', () => {
  const late = NOW + 86_400_000
  const unreadable = { ...LIST, headers: { host: 'x', 'x-bce-date': 'never' } }

  test('form, then key, then signature, then expiry, then clock', () => {
    const strict = keyring('strict', { test: 'hush' })
    const codeOf = (signing: Partial<Signing>, now: number) =>
      refusalOf(signedRequest(unreadable, { habit: 'host', secret: 'hush', ...signing }), strict, now).code
    expect(codeOf({ keyId: 'nobody', secret: 'x', expiry: 0 }, late)).toBe('InvalidHTTPAuthHeader')
    expect(codeOf({ keyId: 'nobody', secret: 'x' }, late)).toBe('InvalidAccessKeyId')
    expect(codeOf({ secret: 'x' }, late)).toBe('SignatureDoesNotMatch')
    expect(codeOf({}, late)).toBe('RequestExpired')
    expect(codeOf({}, NOW)).toBe('InvalidHTTPAuthHeader')
  })
})

describe('session tokens', () => {
  test.for([
    ['in a signed header', [], { 'x-bce-security-token': 'session+/=' }],
    ['in the query', [['x-bce-security-token', 'session+/=']], {}]
  ] as const)('are accepted %s, and kept out of the journal', ([, parameters, headers]) => {
    const unsigned = {
      ...LIST,
      parameters: [...LIST.parameters, ...parameters],
      headers: { ...LIST.headers, ...headers }
    }
    expect(identify(signedRequest(unsigned), keyring('verify'), NOW).authentic).toBe(true)
    const { why } = refusalOf(signedRequest(unsigned, { secret: 'wrong' }), keyring('verify'), NOW)
    expect(why.canonicalRequest).toContain('x-bce-security-token')
    expect(why.canonicalRequest).not.toContain('session')
  })
})

describe('which headers are signed', () => {
  const keys = keyring('verify')

  test('a list names exactly what is signed, in any order and also without host', () => {
    for (const habit of [['x-bce-date', 'host'], ['x-bce-date'], ['host', 'host', 'x-bce-date']]) {
      const names = [...new Set(habit)]
      const { authorization } = sign(LIST, { keyId: 'test', secret: 'test', timestamp: STAMP, habit: names })
      const request = signedRequest(
        LIST,
        {},
        { authorization: authorization.replace(names.join(';'), habit.join(';')) }
      )
      expect(identify(request, keys, NOW).authentic).toBe(true)
    }
  })

  test('an unlisted x-bce header is not signed, and an empty value counts as none', () => {
    const extra = { 'x-bce-request-id': '1b4e28ba-2fa1-11d2-883f-0016d3cca427' }
    expect(identify(signedRequest(LIST, {}, extra), keys, NOW).authentic).toBe(true)
    expect(refusalOf(signedRequest(LIST, { habit: 'empty' }, extra), keys, NOW).code).toBe('SignatureDoesNotMatch')
    expect(identify(signedRequest(LIST, { habit: 'empty' }, { 'x-bce-x': ' ' }), keys, NOW).authentic).toBe(true)
  })

  test('a listed name that is a word of JavaScript is a header that did not arrive', () => {
    const request = signedRequest(LIST, { habit: ['constructor', 'host', '__proto__'] })
    expect(identify(request, keys, NOW).authentic).toBe(true)
  })

  test('the authentication string in the query is not supported', () => {
    const { authorization } = sign(LIST, { keyId: 'test', secret: 'test', timestamp: STAMP, habit: 'host' })
    const request = raw('GET', `/v2/asp?maxKeys=1000&authorization=${uriEncode(authorization)}`, { ...LIST.headers })
    expect(identify(request, keyring('verify'), NOW).keyId).toBeNull()
    expect(refusalOf(request, keyring('strict'), NOW).code).toBe('AccessDenied')
  })
})

test('2.3 a value is trimmed of blanks, not of a byte that ends a character', () => {
  const headers = { host: 'localhost', 'x-bce-date': STAMP, 'x-bce-note': 'voilà' }
  const request = signedRequest({ method: 'GET', path: '/v2/asp', parameters: [], headers }, { habit: 'empty' })
  const received = Buffer.from(`\t ${headers['x-bce-note']} `).toString('latin1')
  const arrived = { ...request, headers: { ...request.headers, 'x-bce-note': received } }
  expect(identify(arrived, keyring('verify'), NOW).authentic).toBe(true)
})
