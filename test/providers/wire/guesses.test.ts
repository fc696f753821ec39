import type { IncomingHttpHeaders } from 'node:http'
import { expect, test } from 'vitest'
import { isTooDeep } from '../../../src/documents/depth.ts'
import { identify as baidu } from '../../../src/providers/baidu/protocol/identify.ts'
import { ApiError, type Keyring, type Protocol } from '../../../src/providers/provider.ts'
import { type Guess, guessOf } from '../../../src/providers/wire/guesses.ts'
import { trimmed } from '../../../src/providers/wire/headers.ts'
import { identify as zenlayer } from '../../../src/providers/zenlayer/protocol/identify.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const keys: Keyring = {
  mode: 'verify',
  secrets: [],
  secretOf: () => undefined,
  worldOf: (id) => id,
  worldOfBearer: () => undefined
}
const sign = (key: string | Buffer, text: string) => `${key}:${text.length}`

/** Guesses without end, all of one length; what was asked of them is counted. */
function endless(text: string, bytes?: number): { readonly guesses: Iterable<Guess>; readonly made: () => number } {
  let made = 0
  function* guesses(): Generator<Guess> {
    for (;;) yield { key: `${++made}`, text, hint: `${made}`, ...(bytes !== undefined && { bytes }) }
  }
  return { guesses: guesses(), made: () => made }
}

test('the first guess that leads to the signature says its hint, and no further one is made', () => {
  const { guesses, made } = endless('abc')
  expect(guessOf(guesses, sign, '5:3')?.hint).toBe('5')
  expect(made()).toBe(5)
})

test.for([
  ['short', 'x'.repeat(1024), undefined, 513],
  ['long', 'x'.repeat(48 * 1024), undefined, 11],
  ['made of a long body', 'x', 64 * 1024 - 1, 9]
] as const)('of %s texts no more are guessed than half a megabyte holds', ([, text, bytes, most]) => {
  const { guesses, made } = endless(text, bytes)
  expect(guessOf(guesses, sign, 'none')).toBeUndefined()
  expect(made()).toBe(most)
})

/** How often the headers were read until the signature was refused. */
function readsOf(identify: Protocol['identify'], url: string, headers: Readonly<Record<string, string>>): number {
  let reads = 0
  const counted: IncomingHttpHeaders = {}
  for (const [name, value] of Object.entries(headers)) {
    Object.defineProperty(counted, name, { enumerable: true, get: () => [value, reads++][0] })
  }
  expect(() => identify({ method: 'POST', url, headers: counted, body: Buffer.from('{}') }, keys, NOW)).toThrow(
    ApiError
  )
  return reads
}
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-bce-${n}`, 'é'.repeat(9)]))

test.for([
  ['baidu', 100],
  ['baidu', 600],
  ['zenlayer', 100],
  ['zenlayer', 600]
] as const)('%s reads each of %i signed headers a few times, however many mistakes are thinkable', ([cloud, count]) => {
  const others = many(count)
  const names = ['content-type', 'host', ...Object.keys(others)].sort().join(';')
  const signature = '0'.repeat(64)
  const [identify, authorization] =
    cloud === 'baidu'
      ? ([baidu, `bce-auth-v1/a/2026-03-01T12:00:00Z/1800/${names}/${signature}`] as const)
      : ([zenlayer, `ZC2-HMAC-SHA256 Credential=a, SignedHeaders=${names}, Signature=${signature}`] as const)
  const headers = { host: 'h', 'content-type': 'json', 'x-zc-timestamp': String(NOW / 1000), ...others, authorization }
  expect(readsOf(identify, '/v2/asp', headers)).toBeLessThan(5 * count)
})

test.for([
  ['blanks and tabs at both ends', ' \t a b\t ', 'a b'],
  ['blanks alone', ' \t ', ''],
  ['nothing', '', ''],
  ['a byte that is a blank in Unicode', ' \u00a0é\u00a0 ', '\u00a0é\u00a0'],
  ['blanks in the middle', `a${' '.repeat(2_000_000)}b`, `a${' '.repeat(2_000_000)}b`]
] as const)('a value is trimmed of %s', ([, value, plain]) => {
  expect(trimmed(value)).toBe(plain)
})

test.for([
  ['lists', '[[[]]]', 3],
  ['objects', '{"a":{"b":{}}}', 3],
  ['both', '[{"a":[]},[[]]]', 3],
  ['brackets in texts', '["[[[[",{"]":"\\"[["}]', 2],
  ['what is no JSON', '[[[[', 4]
] as const)('the depth of %s is known', ([, text, depth]) => {
  expect(isTooDeep(text, depth)).toBe(false)
  expect(isTooDeep(text, depth - 1)).toBe(true)
})
