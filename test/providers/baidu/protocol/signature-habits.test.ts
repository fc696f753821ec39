import { expect, test } from 'vitest'
import { identify } from '../../../../src/providers/baidu/protocol/identify.ts'
import type { RawRequest } from '../../../../src/providers/provider.ts'
import { start } from '../../../harness.ts'
import { sign, type Unsigned } from '../../../signers/baidu.ts'
import { row, rows } from '../stage.ts'
import { keyring, NOW, raw, refusalOf, STAMP, signedRequest } from './signed-requests.ts'

const KEYS = keyring('verify')
const HOST = { host: '127.0.0.1:7420', 'x-bce-date': STAMP }
const PLUS = 'a blank in the query sent as + and signed as %20'
const SLASH = 'the path signed without the slash that its endpoint ends in'

/** A request whose url is another than the one that was signed. */
function sentAs(url: string, path: string, ...parameters: Unsigned['parameters']): RawRequest {
  return { ...signedRequest({ method: 'GET', path, parameters, headers: HOST }), url }
}

test.for([
  ['a blank as + ', '/v2/asp?aspName=a+b', '/v2/asp', [['aspName', 'a b']], PLUS],
  [
    'several, and another order',
    '/v2/asp?b=+&a=x+y+z',
    '/v2/asp',
    [
      ['a', 'x y z'],
      ['b', ' ']
    ],
    PLUS
  ],
  ['a slash that is not signed', '//v2/asp?a=b', '/v2/asp', [['a', 'b']], SLASH],
  ['several slashes', '///v2/asp', '/v2/asp', [], SLASH],
  ['both', '//v2/asp?aspName=a+b', '/v2/asp', [['aspName', 'a b']], `${PLUS}; ${SLASH}`]
] as const)('%s: accepted, and the habit is told', ([, url, path, parameters, habit]) => {
  const caller = identify(sentAs(url, path, ...parameters), KEYS, NOW)
  expect(caller).toEqual({ world: 'test', keyId: 'test', authentic: true, habit })
})

test.for([
  ['a plus sign', '/v2/asp?aspName=a+b', '/v2/asp', [['aspName', 'a+b']]],
  ['a blank as %20', '/v2/asp?aspName=a%20b', '/v2/asp', [['aspName', 'a b']]],
  ['the path as it was sent', '//v2/asp', '//v2/asp', []]
] as const)('%s is no habit', ([, url, path, parameters]) => {
  const caller = identify(sentAs(url, path, ...parameters), KEYS, NOW)
  expect(caller).toMatchObject({ authentic: true })
  expect(caller.habit).toBeUndefined()
})

test.for([
  ['an escaped plus sign for a blank', '/v2/asp?aspName=a%2Bb', '/v2/asp', [['aspName', 'a b']]],
  ['one blank of two', '/v2/asp?aspName=a+b+c', '/v2/asp', [['aspName', 'a+b c']]],
  ['a slash that was not sent', '/v2/asp', '//v2/asp', []]
] as const)('%s: refused', ([, url, path, parameters]) => {
  expect(refusalOf(sentAs(url, path, ...parameters), KEYS).code).toBe('SignatureDoesNotMatch')
})

test('the filter reads a + as the blank that was signed, and the journal tells the habit', async () => {
  const { app, control, baidu, close } = await start({ auth: 'verify' })
  const body = { name: 'a b', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 }
  expect((await baidu('POST', '/v2/asp', body, { key: 'test' })).status).toBe(200)
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host: '127.0.0.1:7420', 'x-bce-date': timestamp }
  const unsigned: Unsigned = { method: 'GET', path: '/v2/asp', parameters: [['aspName', 'a b']], headers }
  const { authorization } = sign(unsigned, { keyId: 'test', secret: 'test', timestamp, habit: 'listed' })
  const { url } = raw('GET', '/v2/asp?aspName=a+b', {})
  const reply = await app.inject({ method: 'GET', url, headers: { ...headers, authorization } })
  expect(reply.statusCode).toBe(200)
  expect(rows(row(reply.json()).autoSnapshotPolicys)).toMatchObject([{ name: 'a b' }])
  const [latest] = rows(row((await control('GET', '/requests?world=test')).body).requests)
  expect(latest).toMatchObject({ operation: 'ListAsps', habit: PLUS })
  await close()
})
