import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApiError, type AuthMode, type Keyring } from '../../../../src/providers/provider.ts'
import { errors } from '../../../../src/providers/zenlayer/errors.ts'
import { zenlayer } from '../../../../src/providers/zenlayer/index.ts'
import { createSnapshot as anyRow } from '../../../../src/providers/zenlayer/operations/create-snapshot.ts'
import { claimedKey } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { runs } from '../../../runs.ts'
import { anyCharacter } from '../../../text.ts'

// Whatever bytes come in, each step of the protocol gives an answer of this cloud.

const { operations } = zenlayer
const protocol = zenlayer.protocolFor(operations)

const odd = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.constantFrom('', ' ', '\t', '__proto__', 'constructor', 'hasOwnProperty', 'x'.repeat(16_000), 'é', '\u0000', ',')
)
const action = fc.oneof(odd, fc.constantFrom(...operations.map(({ name }) => name), 'createsnapshot', 'Fly'))
const version = fc.oneof(odd, fc.constantFrom('2025-09-01', '2024-04-01', '2024-05-29', '2025-10-14', '2025-09-01 '))
const url = fc.oneof(
  odd,
  odd.map((text) => `/api/v2/${text}`),
  odd.map((text) => `/api/v2/zec${text}`),
  odd.map((text) => `/api/v2/zec?${text}`),
  odd.map((text) => `http://${text}/api/v2/user`),
  fc.constantFrom(
    '/api/v2/zec',
    '/api/v2/user',
    '/api/v2/zrm',
    '/api',
    '*',
    '/api/v2/zec#x',
    '/api/v2/%7aec',
    '//api/v2/zec'
  )
)
const authorization = fc.oneof(
  odd,
  odd.map((text) => `Bearer ${text}`),
  odd.map((text) => `ZC2-HMAC-SHA256 ${text}`),
  fc
    .tuple(odd, odd, odd)
    .map(([key, names, hex]) => `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=${names}, Signature=${hex}`),
  fc
    .tuple(fc.oneof(odd, fc.constant('somebody')), fc.oneof(odd, fc.constant('0'.repeat(64))))
    .map(
      ([key, hex]) => `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=content-type;host;__proto__, Signature=${hex}`
    )
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const headers = fc.record(
  {
    'x-zc-action': action,
    'x-zc-version': version,
    'x-zc-timestamp': fc.oneof(odd, fc.constantFrom('0', '9'.repeat(400), '1767225600')),
    'x-zc-signature-method': fc.oneof(odd, fc.constant('ZC2-HMAC-SHA256')),
    'content-type': fc.oneof(odd, fc.constantFrom('application/json', 'application/json;', ';charset=x')),
    host: odd,
    authorization
  },
  { requiredKeys: [] }
)
const request = fc.record({
  method: fc.constantFrom('POST', 'GET', 'post', 'OPTIONS', 'BREW', ''),
  url,
  headers,
  body: fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    odd.map((text) => Buffer.from(text))
  )
})

/** An answer of the catalogue, or what the call gives. */
function outcome<T>(call: () => T): T | string {
  try {
    return call()
  } catch (error) {
    if (error instanceof ApiError) return check(error)
    throw error
  }
}
function check(error: ApiError): string {
  expect(Object.keys(errors)).toContain(error.code)
  expect([400, 401, 404, 405]).toContain(error.status)
  expect(error.why.hint).toMatch(/.{10}/)
  return error.code
}

test('no request breaks a step of the protocol', () => {
  const seen = new Set<string>()
  const holds = fc.property(request, maybe(fc.constantFrom<AuthMode>('strict', 'off')), (sent, mode = 'verify') => {
    const keys: Keyring = {
      mode,
      secrets: [],
      secretOf: (id) => (id.length > 5 ? 'secret' : undefined),
      worldOf: (id) => id,
      worldOfBearer: () => undefined
    }
    const reading = protocol.read(sent)
    expect(reading.operation === undefined || operations.includes(reading.operation)).toBe(true)
    seen.add(reading.refused?.early ? check(reading.refused.error()) : 'not early')
    const caller = outcome(() => protocol.identify(sent, keys, 1_767_225_600_000))
    if (typeof caller === 'string') expect(caller).toMatch(/^AUTHFAILURE_/)
    else expect(caller.world).toMatch(/^[!-~]+$/)
    seen.add(typeof caller === 'string' ? caller : 'a caller')
    expect(claimedKey(sent) ?? 'none').toMatch(/^[!-~]+$/)
    for (const secret of protocol.secrets(sent, keys)) expect(secret).toMatch(/^\S.*$/)
    if (reading.refused) check(reading.refused.error())
    const parsed = outcome(() => protocol.input(reading.operation ?? anyRow, reading, sent))
    seen.add(typeof parsed === 'string' ? parsed : 'an object')
    expect(typeof reading.version).toBe('string')
  })
  fc.assert(holds, { numRuns: runs(1000, 5000), seed: 20_260_105 })
  expect([...seen].sort()).toEqual([
    'AUTHFAILURE_INVALID_AUTHORIZATION',
    'AUTHFAILURE_SIGNATURE_EXPIRED',
    'AUTHFAILURE_SIGNATURE_FAILURE',
    'AUTHFAILURE_UNAUTHORIZED_OPERATION',
    'INVALID_PARAMETER_TYPE',
    'a caller',
    'an object',
    'not early'
  ])
})

test('hints of any request are short and need little of a header', () => {
  const short = fc.property(request, ({ url, ...sent }) => {
    const raw = { ...sent, url: '/api/v2/zec', body: Buffer.from('[') }
    for (const { refused } of [protocol.read(raw), protocol.read({ method: 'GET', url, headers: {} })]) {
      expect(refused?.error().why.hint?.length ?? 0).toBeLessThan(400)
    }
  })
  fc.assert(short, { numRuns: runs(100, 1000), seed: 20_260_105 })
})
