import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { baidu } from '../../../src/providers/baidu/index.ts'
import { zenlayer } from '../../../src/providers/zenlayer/index.ts'
import { createRedactor } from '../../../src/recording/redaction/redactor.ts'

const SECRET = 'Gu5t9xGARNpq86cd98joQYCN3/+='
const ids = [...zenlayer.recorded.ids, ...baidu.recorded.ids]
const redactor = (words: readonly string[] = []) =>
  createRedactor({
    known: [
      { text: SECRET, instead: 'REDACTED', kind: 'secret' },
      ...words.map((text, index) => ({ text, instead: `redacted-${index + 1}`, kind: 'word' as const }))
    ],
    ids
  })
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a known secret is replaced', () => {
  test.for([
    ['as it is', `a ${SECRET} b`],
    ['within a word', `a${SECRET}b`],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['in base64', base64(SECRET)],
    ['in base64 behind one byte', base64(`x${SECRET} and more`)],
    ['in base64 behind two bytes', base64(`xy${SECRET} and more`)],
    ['in base64url', Buffer.from(`?>${SECRET}`).toString('base64url')],
    ['in base64 in base64', base64(base64(`the secret is ${SECRET}`))],
    ['in JSON', JSON.stringify({ list: [{ note: SECRET }] })],
    ['in JSON in JSON', JSON.stringify({ note: JSON.stringify({ deep: SECRET }) })],
    ['in JSON in base64 in JSON', JSON.stringify({ data: base64(JSON.stringify({ deep: SECRET })) })],
    ['as a name in JSON', JSON.stringify({ [SECRET]: 1 })],
    [
      'escaped in JSON',
      `{"a":"${[...SECRET].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`
    ]
  ])('%s', ([, text = '']) => {
    const { text: redact } = redactor()
    const after = redact(text)
    expect(after).not.toBe(text)
    expect(after).not.toContain(SECRET)
    expect(decodeURIComponent(decodeURIComponent(after))).not.toContain(SECRET)
    for (const run of after.match(/[\w+/-]{12,}=*/g) ?? []) {
      const inner = Buffer.from(run, 'base64').toString()
      expect(inner).not.toContain(SECRET)
      expect(Buffer.from(inner, 'base64').toString()).not.toContain(SECRET)
    }
  })
})

test('two thousand secrets are looked for in a long list, each in every form', () => {
  const secrets = Array.from({ length: 2000 }, (_, index) => `é+${index}%41 \\"${'x'.repeat(index % 300)}-${index}`)
  const known = secrets.map((text) => ({ text, instead: 'REDACTED', kind: 'secret' as const }))
  const { text: redact } = createRedactor({ known, ids })
  const last = secrets.at(-1) ?? ''
  const escaped = [...last].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const forms = [
    ...[last, last.toUpperCase(), encodeURIComponent(last), encodeURIComponent(encodeURIComponent(last))],
    ...[last.replaceAll(' ', '+'), JSON.stringify(last).slice(1, -1), escaped, Buffer.from(last).toString('hex')]
  ]
  for (const form of forms) expect(redact(`before ${form} behind`)).toBe('before REDACTED behind')
  const list = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ diskName: `disk-${index}`, note: '100%' })))
  expect(redact(list)).toBe(list)
})

test('what has a telling name is replaced, and wherever it comes again', () => {
  const { text, named, url } = redactor()
  expect(text('{"adminPass":"n0body-guesses","deep":[{"secretKey":"0123456789"}]}')).toBe(
    '{"adminPass":"REDACTED","deep":[{"secretKey":"REDACTED"}]}'
  )
  expect(text('it is n0body-guesses or 0123456789')).toBe('it is REDACTED or REDACTED')
  expect(named('X-Bce-Security-Token', 'a-session')).toBe('REDACTED')
  expect(url('/v2/volume?accessKey=abc%2Fdefg&note=a-session&marker=x')).toBe(
    '/v2/volume?accessKey=REDACTED&note=REDACTED&marker=x'
  )
  expect(text('see https://example.org/?token=hgfedcba&x=1')).toBe('see https://example.org/?token=REDACTED&x=1')
})

const EACH_HIDDEN = '{"sessionId":"REDACTED","pass":"REDACTED","auth":"REDACTED"}'
test.for([
  [
    '{"secret":{"value":"hunter66","list":[{"a":"hunter67"}]},"b":"plain"}',
    '{"secret":{"value":"REDACTED","list":[{"a":"REDACTED"}]},"b":"plain"}'
  ],
  ['password: hunter33', 'password: REDACTED'],
  ["token = 'abcdef12'", "token = 'REDACTED'"],
  ['a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.dozjgNryP4J3 b', 'a REDACTED b'],
  ['Basic dXNlcjpodW50ZXI3Nw== and Bearer abc123def', 'Basic REDACTED and Bearer REDACTED'],
  ['https://bob:hunter88@h.example/x', 'https://REDACTED@h.example/x'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----REDACTED-----END RSA PRIVATE KEY-----'
  ],
  ['{"password":"hunter 34?&=x","b":"plain"', '{"password":"REDACTED","b":"plain"'],
  ['{"a":1}\n{"b":{"rootPwd" : "hunter\\"35"}}', '{"a":1}\n{"b":{"rootPwd" : "REDACTED"}}'],
  ['{"password":12345678,"pin":987654,"size":20}', '{"password":0,"pin":0,"size":20}'],
  ['{"sessionId":"s-of-mine","pass":"hunter36","auth":"hunter37"}', EACH_HIDDEN],
  [`{"userData":"${gzipSync('password=hunter38').toString('base64')}"}`, '{"userData":"REDACTED"}'],
  ['Basic NVMe SSD, Bearer of news', 'Basic NVMe SSD, Bearer of news'],
  ['{"autoSnapshotPolicyId":"1","passes":"all of them"}', '{"autoSnapshotPolicyId":"1","passes":"all of them"}']
])('a secret is known by its form or by what it lies in: %s', ([text = '', shown = '']) => {
  expect(redactor().text(text)).toBe(shown)
})

test.for(['x', 'a-', 'a.', '1.', 'a:', 'a@', '[', 'eyJ', '://a:', '=a', '%', '\\u', '"aa":"', '"aa":"\\'])(
  'many of %s cost no more than they are long',
  (piece) => {
    // A pattern that looks at all of it from each place would not come to its end.
    const text = piece.repeat(400_000 / piece.length)
    expect(redactor().text(text).length).toBeGreaterThan(0)
  }
)

test('what stands for something is not taken for a secret or an account itself', () => {
  const { text } = redactor(['acme'])
  expect(text(`{"user":"${SECRET}","password":"acme","owner":"acme","note":"user: plain"}`)).toBe(
    '{"user":"REDACTED","password":"REDACTED","owner":"redacted-1","note":"user: plain"}'
  )
  expect(text('REDACTED redacted-1 acme')).toBe('REDACTED redacted-1 redacted-1')
})

test('tokens of idempotence and paging are kept', () => {
  const { url, named } = redactor()
  expect(url('/v2/snapshot?clientToken=my-own-one')).toBe('/v2/snapshot?clientToken=my-own-one')
  expect(named('X-ZC-Signature-Method', 'ZC2-HMAC-SHA256')).toBe('ZC2-HMAC-SHA256')
})

test('ids keep their shape, and the same one has the same name', () => {
  const { text, url } = redactor()
  const first = text('{"diskId":"1700000000000000101","other":"1834567890123456789","n":1700000000000000101}')
  expect(first).toBe('{"diskId":"1000000000000000001","other":"1000000000000000002","n":1000000000000000001}')
  expect(text('disk 1834567890123456789 is gone')).toBe('disk 1000000000000000002 is gone')
  expect(text('["v-IgJOjBWj","s-6r3dam6F","v-Trb3rQXa","share-y0ennXXfEB"]')).toBe(
    '["v-00000001","s-00000001","v-00000002","share-0000000001"]'
  )
  expect(url('/v2/volume/v-Trb3rQXa?marker=s-6r3dam6F&attach')).toBe('/v2/volume/v-00000002?marker=s-00000001&attach')
  expect(text('T10F60B9E-1A20-4DE7-9D3D-205D952B89DF 10f60b9e-1a20-4de7-9d3d-205d952b89df')).toBe(
    'T00000000-0000-4000-8000-000000000001 00000000-0000-4000-8000-000000000001'
  )
})

test('addresses, e-mail and accounts are replaced, the same one by the same name', () => {
  const { text } = redactor()
  expect(text('{"ip":"10.1.2.3","to":["10.1.2.4","10.1.2.3:7420"],"v6":"fe80::1:2"}')).toBe(
    '{"ip":"192.0.2.1","to":["192.0.2.2","192.0.2.1:7420"],"v6":"2001:db8::1"}'
  )
  expect(text('ask Somebody@Corp.example or somebody@corp.example')).toBe('ask user1@example.com or user1@example.com')
  expect(text('{"accountId":"8e6ad4d3c2b14f0f9d8e7c6b5a493827","userIds":["41234567","corp-admin"]}')).toBe(
    '{"accountId":"a0000000000000000000000000000001","userIds":["40000001","account-2"]}'
  )
  expect(text('of corp-admin, 8e6ad4d3c2b14f0f9d8e7c6b5a493827')).toBe('of account-2, a0000000000000000000000000000001')
  expect(text('1741234567 is none, 41234567 is one')).toBe('1741234567 is none, 40000001 is one')
  expect(text('{"owner":41234567}')).toBe('{"owner":40000001}')
})

test('words that are named are replaced wherever they stand', () => {
  const { text, url } = redactor(['Acme', '公司'])
  expect(text('{"name":"acme-nightly","tag":"ACME 公司","raw":"\\u516c\\u53f8"}')).toBe(
    '{"name":"redacted-1-nightly","tag":"redacted-1 redacted-2","raw":"redacted-2"}'
  )
  expect(url('/v2/volume?name=acme%2Fone&k=%E5%85%AC%E5%8F%B8')).toBe('/v2/volume?name=redacted-1%2Fone&k=redacted-2')
})

test('what is nobody’s business to change stays as it is written', () => {
  const { text, url } = redactor()
  const plain = '{ "zoneId" : "asia-east-1a", "size":40.0, "n": 1e3, "time":"2026-01-05T08:00:00Z", "u":"\\u00e9/\\/" }'
  expect(text(plain)).toBe(plain)
  expect(url('/v2/asp?name=a+b%20c&maxKeys=10')).toBe('/v2/asp?name=a+b%20c&maxKeys=10')
  expect(text('my-snapshot, 08:00:00, version 1.2.3, std::string, 1700000000')).toBe(
    'my-snapshot, 08:00:00, version 1.2.3, std::string, 1700000000'
  )
})

test('what was replaced is counted', () => {
  const { text, names } = redactor(['acme'])
  text(`${SECRET} acme acme 10.0.0.1 a@b.example v-IgJOjBWj {"x":1}`)
  expect(names.counts).toEqual({ secret: 1, word: 2, address: 1, 'e-mail': 1, id: 1 })
})

test('of very many secrets that calls brought along the latest are looked for, and those known from the start', () => {
  const { secrets } = redactor()
  for (let n = 0; n < 2100; n++) secrets.add({ text: `brought-along-${n}-x`, instead: 'REDACTED', kind: 'secret' })
  expect(secrets.all[0]?.text).toBe(SECRET)
  expect(secrets.all.at(-1)?.text).toBe('brought-along-2099-x')
  expect(secrets.count).toBe(2101)
  expect(secrets.since(2099).map((each) => each.text)).toEqual(['brought-along-2098-x', 'brought-along-2099-x'])
  expect(secrets.since(0)).toEqual(secrets.all)
  expect(secrets.since(50)).toHaveLength(2000)
})
