import { expect, test } from 'vitest'
import { ApiError, type Caller, type Keyring } from '../../../../src/providers/provider.ts'
import { identify } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { start } from '../../../harness.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'
import { row, rows } from '../stage.ts'

const NOW_S = 1_767_225_600
const MISPRINT = 'ZC2-HMAC_SHA256'
const toSign: ToSign = { keyId: 'run-17', secret: 'run-17', host: '127.0.0.1:7420', body: '{}', timestampS: NOW_S }
const keys: Keyring = {
  mode: 'verify',
  secrets: [],
  secretOf: () => undefined,
  worldOf: (id) => id,
  worldOfBearer: () => undefined
}

interface Sends {
  readonly headers?: Readonly<Record<string, string>>
  readonly url?: string
}

/** Who is calling, where one thing is signed and another sent. */
function callerOf(signs: Partial<ToSign>, { headers, url = '/api/v2/zec' }: Sends = {}): Caller {
  // As Node hands it on: one character for each byte.
  const sent = Object.entries({ ...signedHeaders({ ...toSign, ...signs }), ...headers }).map(
    ([name, value]) => [name, Buffer.from(value).toString('latin1')] as const
  )
  const request = { method: 'POST', url, headers: Object.fromEntries(sent), body: Buffer.from('{}') }
  return identify(request, keys, NOW_S * 1000)
}
function codeOf(...args: Parameters<typeof callerOf>): string {
  try {
    callerOf(...args)
  } catch (error) {
    if (error instanceof ApiError) return error.code
    throw error
  }
  return 'accepted'
}

test('who signs as the SDKs do has no habit', () => {
  expect(callerOf({})).toEqual({ world: 'run-17', keyId: 'run-17', authentic: true })
})

test.for([
  [
    'values in lower case',
    { contentType: 'application/json; charset=utf-8' },
    { headers: { 'content-type': 'application/json; charset=UTF-8' } },
    'header values in lower case'
  ],
  [
    'a host in lower case',
    { host: 'emulator.test:7420' },
    { headers: { host: 'Emulator.Test:7420' } },
    'header values in lower case'
  ],
  [
    'letters that are no ASCII as they came',
    { extra: { 'x-note': 'É b' } },
    { headers: { 'x-note': 'É B' } },
    'header values in lower case'
  ],
  [
    'the misprinted method in its header',
    {},
    { headers: { 'x-zc-signature-method': MISPRINT } },
    `the signature method is named ${MISPRINT}`
  ],
  [
    'the misprinted method everywhere',
    { algorithm: MISPRINT },
    {},
    `the signature method is named ${MISPRINT}; signed under that name`
  ],
  [
    'the misprinted method with values in lower case',
    { algorithm: MISPRINT, host: 'localhost:7420' },
    { headers: { host: 'LOCALHOST:7420' } },
    `the signature method is named ${MISPRINT}; header values in lower case; signed under that name`
  ],
  ['no blanks after commas', { blanks: '' }, {}, 'no single blank after each comma of Authorization'],
  ['two blanks after commas', { blanks: '  ' }, {}, 'no single blank after each comma of Authorization'],
  [
    'a Host with the slash of the endpoint',
    { host: '127.0.0.1:7420/' },
    { headers: { host: '127.0.0.1:7420' }, url: '//api/v2/zec' },
    'the Host signed with the slash that its endpoint ends in'
  ]
] as const)('%s: accepted, and the habit is told', ([, signs, sends, habit]) => {
  expect(callerOf(signs, sends)).toEqual({ world: 'run-17', keyId: 'run-17', authentic: true, habit })
})

test.for([
  ['values in upper case', { host: 'LOCALHOST' }, { headers: { host: 'localhost' } }],
  ['some values in lower case', { host: 'a', contentType: 'B/c' }, { headers: { host: 'A', 'content-type': 'B/C' } }],
  [
    'a misprint that the request does not have',
    { algorithm: MISPRINT },
    { headers: { 'x-zc-signature-method': 'ZC2' } }
  ],
  ['a slash that the endpoint does not have', { host: 'a/' }, { headers: { host: 'a' } }]
] as const)('%s: refused', ([, signs, sends]) => {
  expect(codeOf(signs, sends)).toMatch(/^AUTHFAILURE_/)
})

test('the journal says which habit it was, and leaves the member out where there is none', async () => {
  const { app, control, close } = await start({ auth: 'verify' })
  const send = (contentType: string) => {
    const signed = signedHeaders({
      ...toSign,
      timestampS: Math.floor(Date.now() / 1000),
      contentType: 'application/json; charset=utf-8'
    })
    const named = { 'x-zc-action': 'DescribeZones', 'x-zc-version': '2025-09-01' }
    return app.inject({
      method: 'POST',
      url: '/api/v2/zec',
      headers: { ...signed, ...named, 'content-type': contentType },
      payload: '{}'
    })
  }
  for (const charset of ['UTF-8', 'utf-8']) {
    expect((await send(`application/json; charset=${charset}`)).statusCode).toBe(200)
  }
  const [plain, odd] = rows(row((await control('GET', '/requests?world=run-17')).body).requests)
  expect(odd).toMatchObject({ operation: 'DescribeZones', habit: 'header values in lower case' })
  expect(plain).not.toHaveProperty('habit')
  await close()
})
