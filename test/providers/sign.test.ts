import { expect, test } from 'vitest'
import { createKeyring } from '../../src/config/keys.ts'
import { baidu } from '../../src/providers/baidu/index.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { sign as signedOnItsOwn } from '../signers/baidu.ts'
import { signedHeaders } from '../signers/zenlayer.ts'

const credentials = { keyId: 'key', secret: 'the secret of key' }
const AT = Date.UTC(2026, 0, 5, 8, 0, 1, 234)
const HOST = 'cloud.example'

test('what zenlayer signs is what an independent signer signs', () => {
  const body = '{"pageSize":1,"diskName":"Größe"}'
  const headers = { host: HOST, 'content-type': 'application/json' }
  const request = { method: 'POST', url: '/api/v2/zec', headers, body: Buffer.from(body) }
  expect(zenlayer.sign(request, credentials, AT)).toEqual(
    signedHeaders({ ...credentials, host: HOST, body, timestampS: Math.floor(AT / 1000) })
  )
})

test('what baidu signs is what an independent signer signs', () => {
  const headers = { host: HOST, 'content-type': 'application/json', 'user-agent': 'not signed' }
  const request = { method: 'PUT', url: '/v2/asp/asp-1%20x?attach&b=%E4%B8%AD', headers, body: Buffer.from('{}') }
  const timestamp = '2026-01-05T08:00:01Z'
  const { authorization } = signedOnItsOwn(
    {
      method: 'PUT',
      path: '/v2/asp/asp-1 x',
      parameters: [['attach'], ['b', '中']],
      headers: { host: HOST, 'content-type': 'application/json', 'x-bce-date': timestamp }
    },
    { ...credentials, timestamp, habit: 'listed' }
  )
  expect(baidu.sign(request, credentials, AT)).toEqual({ 'x-bce-date': timestamp, authorization })
})

test('a token that was lent with a key is sent and signed', () => {
  const request = { method: 'GET', url: '/v2/zone', headers: { host: HOST }, body: Buffer.alloc(0) }
  const lent = { ...credentials, sessionToken: 'lent' }
  const added = baidu.sign(request, lent, AT)
  expect(added).toMatchObject({ 'x-bce-security-token': 'lent' })
  expect(added.authorization).toContain('/host;x-bce-date;x-bce-security-token/')
  const keys = createKeyring('strict', [{ id: 'key', secret: credentials.secret }])
  const protocol = baidu.protocolFor(baidu.operations)
  const signed = { ...request, headers: { ...request.headers, ...added } }
  expect(protocol.identify(signed, keys, AT)).toMatchObject({ keyId: 'key', authentic: true })
  const changed = { ...signed, headers: { ...signed.headers, 'x-bce-security-token': 'another' } }
  expect(() => protocol.identify(changed, keys, AT)).toThrow()
})
