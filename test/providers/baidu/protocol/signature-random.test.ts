import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identify } from '../../../../src/providers/baidu/protocol/identify.ts'
import type { RawRequest } from '../../../../src/providers/provider.ts'
import { runs } from '../../../runs.ts'
import { type Habit, sign, type Unsigned } from '../../../signers/baidu.ts'
import { anyCharacter } from '../../../text.ts'
import { keyring, NOW, refusalOf, STAMP, signedRequest } from './signed-requests.ts'

const SEED = 20260301
const KEYS = keyring('strict', { test: 'hush-1', 'run-17': 'hush-2', ALTAK9yZ: 'hush-3' })
const SECRETS: Readonly<Record<string, string>> = { test: 'hush-1', 'run-17': 'hush-2', ALTAK9yZ: 'hush-3' }

const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~'), minLength: 1, maxLength: 12 })
const anything = fc.string({ unit: anyCharacter, maxLength: 12 })
const bytes = fc.string({ unit: fc.constantFrom(...'abzAZ09 -_.~/:;=&?%+*!@,"é日'), maxLength: 16 })
const parameter = fc.oneof(
  fc.constantFrom('attach', 'detach', 'resize', 'clientToken').map((key): [string] => [key]),
  fc.tuple(fc.constantFrom('attach', 'clientToken', 'aspName', 'marker', 'maxKeys', 'x-bce-security-token'), bytes),
  fc.tuple(
    anything.filter((key) => key !== '' && key.toLowerCase() !== 'authorization'),
    anything
  )
)
const headerValue = fc.string({ unit: fc.constantFrom(...'abzAZ09 -_.~/:;=&?%+*!@,"'), minLength: 1, maxLength: 20 })

const unsignedRequest: fc.Arbitrary<Unsigned> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc
    .array(fc.oneof({ weight: 4, arbitrary: word }, bytes), { minLength: 1, maxLength: 4 })
    .map((words) => `/v2/${words.join('/')}`),
  parameters: fc.array(parameter, { maxLength: 4 }),
  headers: fc
    .record(
      {
        host: fc.constantFrom('127.0.0.1:7420', 'localhost:80', 'bcc.bj.baidubce.com'),
        'x-bce-date': fc.constant(STAMP),
        'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8'),
        'content-length': fc.nat(100_000).map(String),
        'content-md5': fc.constant('ZqfOPzUVqEKT0ZC6z3pzaw=='),
        'x-bce-request-id': fc.uuid(),
        'x-bce-security-token': headerValue,
        'user-agent': fc.constant('bce-sdk-go/0.9.277')
      },
      { requiredKeys: ['host'] }
    )
    .map((headers) => ({ ...headers }))
})
const habit = fc.constantFrom<Habit>('listed', 'empty', 'host')
const keyId = fc.constantFrom('test', 'run-17', 'ALTAK9yZ')
const hex = fc.boolean()

const generated = fc.record({ unsigned: unsignedRequest, keyId, habit, lowerEscapes: hex })
type Generated = typeof generated extends fc.Arbitrary<infer T> ? T : never

function request({ unsigned, keyId, habit, lowerEscapes }: Generated): RawRequest {
  const signed = signedRequest(unsigned, { keyId, secret: SECRETS[keyId] ?? '', habit })
  // However it is escaped on the wire, it means the same.
  const url = lowerEscapes ? signed.url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) : signed.url
  return { ...signed, url }
}

const REQUESTS = runs(100, 1000)

test(`each of ${REQUESTS} generated requests is accepted in each of the three habits`, () => {
  let accepted = 0
  for (const one of fc.sample(unsignedRequest, { numRuns: REQUESTS, seed: SEED })) {
    for (const habit of ['listed', 'empty', 'host'] as const) {
      const signed = request({ unsigned: one, keyId: 'run-17', habit, lowerEscapes: false })
      expect(identify(signed, KEYS, NOW)).toEqual({ world: 'run-17', keyId: 'run-17', authentic: true })
      accepted++
    }
  }
  expect(accepted).toBe(3 * REQUESTS)
})

/** A place in a request that the signature depends on, and the same request with another text there. */
interface Part {
  readonly text: string
  with(text: string): RawRequest
}

function signedParts(request: RawRequest, unsigned: Unsigned, habit: Habit): readonly Part[] {
  const named = (name: string): Part => ({
    text: String(request.headers[name]),
    with: (text) => ({ ...request, headers: { ...request.headers, [name]: text } })
  })
  const isDefault = (name: string) => /^(?:host|content-(?:length|type|md5)|x-bce-.*)$/.test(name)
  const names = habit === 'host' ? ['host'] : Object.keys(unsigned.headers).filter(isDefault)
  return [
    { text: request.method, with: (method) => ({ ...request, method }) },
    { text: request.url, with: (url) => ({ ...request, url }) },
    named('authorization'),
    named('authorization'), // twice as often
    ...names.map(named)
  ]
}

/** What the signature says of a request, in this test's own words; undefined if it can't be read. */
function meaningOf(request: RawRequest): string | undefined {
  const authorization = String(request.headers.authorization).trim().split('/')
  const [, , , , list = ''] = authorization
  const [path = '', ...rest] = request.url.split('?')
  try {
    const pairs = rest
      .join('?')
      .split('&')
      .filter((piece) => piece !== '')
      .map((piece) => {
        const [key = '', ...value] = piece.split('=')
        return [decodeURIComponent(key), decodeURIComponent(value.join('='))] as const
      })
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        name === 'authorization' ? [] : [[name, String(value)]]
      )
    )
    const unsigned = { method: request.method, path: decodeURIComponent(path), parameters: pairs, headers }
    const signing = { keyId: '', secret: '', timestamp: '', habit: list === '' ? 'empty' : list.split(';') } as const
    const { canonicalRequest } = sign(unsigned, signing)
    return [...authorization.slice(0, 4), canonicalRequest, authorization.slice(5).join('/')].join('\n')
  } catch {
    return undefined
  }
}

/** Codes that a change at this place of the Authorization header may get; everything else is a wrong signature. */
function codesFor(mutated: RawRequest): readonly string[] {
  const parts = String(mutated.headers.authorization).trim().split('/')
  const [prefix, id = '', timestamp = '', expiry = ''] = parts
  if (parts.length !== 6 || prefix !== 'bce-auth-v1') return ['InvalidHTTPAuthHeader']
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp) && !Number.isNaN(Date.parse(timestamp))
  if (!isTime || !/^[0-9]+$/.test(expiry) || /^0+$/.test(expiry)) return ['InvalidHTTPAuthHeader']
  return [Object.hasOwn(SECRETS, id) ? 'SignatureDoesNotMatch' : 'InvalidAccessKeyId']
}

const CHANGES = runs(500, 10_000)

test(`each of ${CHANGES} one-byte changes of what is signed is refused with the right code`, () => {
  const counts: Record<string, number> = {}
  let same = 0
  let refused = 0
  const random = fc.record({
    one: generated,
    part: fc.nat(),
    index: fc.nat(),
    byte: fc.integer({ min: 0x21, max: 0x7e })
  })
  const choices = fc.sample(random, { numRuns: CHANGES * 1.1, seed: SEED })
  for (const { one, part, index, byte } of choices) {
    if (refused === CHANGES) break
    const original = request(one)
    const parts = signedParts(original, one.unsigned, one.habit)
    const place = parts[part % parts.length]
    if (!place) throw new Error('no such part')
    const at = index % place.text.length
    const mutated = place.with(place.text.slice(0, at) + String.fromCharCode(byte) + place.text.slice(at + 1))
    // Some changes change nothing: the same byte, %2f for %2F, `attach&` for `attach=`.
    const before = meaningOf(original)
    if (before === undefined || before === meaningOf(mutated)) {
      same++
      continue
    }
    const error = refusalOf(mutated, KEYS)
    expect(codesFor(mutated), `${JSON.stringify(mutated)}`).toContain(error.code)
    counts[error.code] = (counts[error.code] ?? 0) + 1
    refused++
  }
  expect(refused).toBe(CHANGES)
  expect(same).toBeLessThan(CHANGES * 0.07)
  expect(Object.keys(counts).sort()).toEqual(['InvalidAccessKeyId', 'InvalidHTTPAuthHeader', 'SignatureDoesNotMatch'])
})
