import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApiError, type AuthMode, type Keyring, type RawRequest } from '../../../../src/providers/provider.ts'
import { identify } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { runs } from '../../../runs.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'

const NOW_S = 1_767_225_600

const keyId = fc.stringMatching(/^[!-+\--~]{1,40}$/).filter((id) => id !== '*' && !/^bearer-[0-9a-f]{12}$/.test(id))
const host = fc.constantFrom('console.zenlayer.com', '127.0.0.1:7420', 'localhost:1', '[::1]:8080', 'emulator')
const contentType = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'application/JSON;x="1"')
const body = fc.oneof(
  fc.json(),
  fc.json().map((text) => JSON.stringify(JSON.parse(text), null, 2)),
  fc.constantFrom('', '{}', '{"name": "\\u5feb \\u7167"}', '{"name":"快 照 \\u003c"}'),
  fc.uint8Array({ maxLength: 300 })
)
const extra = fc.dictionary(
  fc.constantFrom('x-zc-action', 'x-zc-version', 'X-Note', 'accept', 'x_odd.name'),
  fc.oneof(fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/), fc.constantFrom('', '每日', 'a  b'))
)
const request = fc.record({
  keyId,
  secret: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  host,
  contentType,
  body,
  extra,
  blanks: fc.constantFrom('', ' ', '  '),
  timestampS: fc.integer({ min: NOW_S - 300, max: NOW_S + 300 })
})

/** As Node hands it on: names in lower case, one character per byte of a value. */
function received(headers: Record<string, string>, content: string | Uint8Array): RawRequest {
  const onWire = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Buffer.from(value).toString('latin1')
  ])
  return { method: 'POST', url: '/api/v2/zec', headers: Object.fromEntries(onWire), body: Buffer.from(content) }
}
function outcome(sent: RawRequest, { keyId, secret }: ToSign, mode: AuthMode = 'verify') {
  const keys: Keyring = {
    mode,
    secrets: [],
    secretOf: (id) => (id === keyId ? secret : undefined),
    worldOf: (id) => id,
    worldOfBearer: () => undefined
  }
  try {
    return identify(sent, keys, NOW_S * 1000).authentic ? 'accepted' : 'unsigned'
  } catch (error) {
    if (error instanceof ApiError) return error.code
    throw error
  }
}

const REQUESTS = runs(100, 1000)

test(`${REQUESTS} requests signed by another signer are accepted`, () => {
  const accept = fc.property(request, (toSign) => {
    expect(outcome(received(signedHeaders(toSign), toSign.body), toSign)).toBe('accepted')
    expect(outcome(received(signedHeaders(toSign), toSign.body), toSign, 'strict')).toBe('accepted')
  })
  fc.assert(accept, { numRuns: REQUESTS, seed: 20_260_105 })
})

const INVALID = 'AUTHFAILURE_INVALID_AUTHORIZATION'
const EXPIRED = 'AUTHFAILURE_SIGNATURE_EXPIRED'
const FAILURE = 'AUTHFAILURE_SIGNATURE_FAILURE'

/** What zenlayer.md 2.3 says of an Authorization one byte of which is another. */
function codeOfAuthorization(whole: string, mode: AuthMode): string {
  const match = /^ZC2-HMAC-SHA256 Credential=(.*?), *SignedHeaders=(.*?), *Signature=(.*)$/s.exec(whole)
  const parts = match?.slice(1) ?? []
  if (parts.length === 0 || parts.some((part) => !/^[!-+\--~]+$/.test(part))) return INVALID
  const [, names = ''] = parts
  const list = names.toLowerCase().split(';')
  if (!list.includes('content-type') || !list.includes('host')) return INVALID
  if (list.some((name) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) || new Set(list).size < list.length) return INVALID
  return mode === 'strict' && parts[0] !== base.keyId ? INVALID : FAILURE
}

const base: ToSign = {
  keyId: 'AKIDEXAMPLE0001',
  secret: 'SKEXAMPLEpassword0001',
  host: '127.0.0.1:7420',
  contentType: 'application/json; charset=utf-8',
  body: '{"diskId":"1440908808376556310","snapshotName":"快照 1"}',
  extra: { 'x-note': 'signed too' },
  timestampS: NOW_S
}

/** Signers that sign header values in lower case, and the misprinted name of the method, are accepted (zenlayer.md 2.1). */
function isHabit(part: string, old: string, mutated: string): boolean {
  if (part === 'authorization') return mutated === old.replace('ZC2-HMAC-SHA256 ', 'ZC2-HMAC_SHA256 ')
  // What was signed is in lower case, and what came differs from it in the case of a letter.
  return ['host', 'content-type', 'x-note'].includes(part) && mutated.toLowerCase() === old
}

const CHANGES = runs(500, 10_000)

test(`each of ${CHANGES} one-byte mutations of signed parts is refused with the right code`, () => {
  const sent = received(signedHeaders(base), base.body)
  const parts = ['authorization', 'authorization', 'host', 'content-type', 'x-note', 'x-zc-timestamp', 'body'] as const
  const codes = new Map<string, number>()
  let mutations = 0

  const refuse = fc.property(
    fc.constantFrom(...parts),
    fc.nat(),
    fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0, max: 255 })),
    fc.boolean(),
    fc.constantFrom('verify' as const, 'strict' as const),
    (part, at, byte, drops, mode) => {
      const old = part === 'body' ? sent.body : Buffer.from(String(sent.headers[part]), 'latin1')
      const index = at % old.length
      if (!drops && old[index] === byte) return
      const middle = drops ? [] : [Buffer.from([byte])]
      const mutated = Buffer.concat([old.subarray(0, index), ...middle, old.subarray(index + 1)])
      // The blanks after the commas are optional.
      if (part === 'authorization' && drops && old.toString()[index] === ' ' && old.toString()[index - 1] === ',')
        return
      mutations++
      const changed =
        part === 'body'
          ? { ...sent, body: mutated }
          : { ...sent, headers: { ...sent.headers, [part]: mutated.toString('latin1') } }
      const code = outcome(changed, base, mode)
      codes.set(code, (codes.get(code) ?? 0) + 1)
      const wanted = isHabit(part, old.toString('latin1'), mutated.toString('latin1'))
        ? 'accepted'
        : expected(part, mutated.toString('latin1'), mode)
      expect(code, `${part}: ${mutated.toString('latin1')}`).toBe(wanted)
    }
  )
  fc.assert(refuse, { numRuns: CHANGES * 1.1, seed: 20_260_105 })
  expect(mutations).toBeGreaterThan(CHANGES)
  const refused = [...codes.keys()].filter((code) => code !== 'accepted')
  expect(refused.sort()).toEqual([INVALID, EXPIRED, FAILURE].sort())
  expect(codes.get('accepted') ?? 0).toBeLessThan(CHANGES / 100)
})

function expected(part: string, text: string, mode: AuthMode): string {
  if (part === 'authorization') return codeOfAuthorization(text, mode)
  if (part !== 'x-zc-timestamp') return FAILURE
  const trimmed = text.replace(/^[ \t]|[ \t]$/g, '') // a blank around a value is none of it
  if (!/^[0-9]+$/.test(trimmed)) return INVALID
  return Math.abs(Number(trimmed) - NOW_S) > 300 ? EXPIRED : FAILURE
}
