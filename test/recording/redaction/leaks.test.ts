import { expect, test } from 'vitest'
import { leaksIn } from '../../../src/recording/redaction/leaks.ts'
import type { Known } from '../../../src/recording/redaction/secrets.ts'

const SECRET = 'Gu5t9xGARNpq86cd98joQYCN3/+"'
const secret: Known = { text: SECRET, instead: 'REDACTED', kind: 'secret' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.for([
  ['as it is', `a${SECRET}b`],
  ['in other case', SECRET.toLowerCase()],
  ['in JSON', JSON.stringify({ a: SECRET })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify(JSON.stringify(SECRET)))],
  ['in the escapes of JSON', [...SECRET].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('')],
  ['percent-encoded', encodeURIComponent(SECRET)],
  ['percent-encoded in lower case', encodeURIComponent(SECRET).toLowerCase()],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
  ['in hex', Buffer.from(`__${SECRET}__`).toString('hex')],
  ['in upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ['in base64', base64(SECRET)],
  ['in base64 behind one byte', base64(`.${SECRET}.`)],
  ['in base64 behind two bytes', base64(`..${SECRET}..`)],
  ['in base64url', Buffer.from(`>?${SECRET}`).toString('base64url')],
  ['in base64 with letters before it', `abc${base64(SECRET)}`],
  ['in base64 in base64', base64(base64(`.${SECRET}`))]
])('a secret is found %s', ([, text = '']) => {
  expect(leaksIn(text, [secret])).toEqual([secret])
})

test('a secret that is not there is not found', () => {
  expect(leaksIn(`${SECRET.slice(1)} ${base64(SECRET.slice(2))}`, [secret])).toEqual([])
})

test('a short secret is found where it stands for itself, and not as a part of words', () => {
  const short: Known = { text: 'test', instead: 'REDACTED', kind: 'secret' }
  expect(leaksIn('latest, testing, contest7', [short])).toEqual([])
  expect(leaksIn('a "Test" of it', [short])).toEqual([short])
  expect(leaksIn('k=%74est', [short])).toEqual([short])
})

test('a word is found within others, unless its own replacement has it', () => {
  const word: Known = { text: 'acme', instead: 'redacted-1', kind: 'word' }
  expect(leaksIn('my-acme-disk', [word])).toEqual([word])
  const part: Known = { text: 'redacted', instead: 'redacted-1', kind: 'word' }
  expect(leaksIn('redacted-1', [part])).toEqual([])
})

test('many backslashes cost no more than they are long', () => {
  // A pattern that looks at all of them from each would not come to its end.
  expect(leaksIn('\\'.repeat(1_000_000), [secret])).toEqual([])
})
