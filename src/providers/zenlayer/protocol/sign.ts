import { hash } from 'node:crypto'
import type { Credentials } from '../../clients.ts'
import type { RawRequest } from '../../provider.ts'
import { hmac } from '../../wire/hmac.ts'
import { canonical, METHOD } from './canonical.ts'

const SIGNED = ['content-type', 'host'] as const

/** The headers that make a request one of a key's, zenlayer.md 2.1: they go in place of any of their names. */
export function sign({ headers, body }: RawRequest, credentials: Credentials, wallNow: number): Record<string, string> {
  const timestamp = String(Math.floor(wallNow / 1000))
  const values = { 'content-type': headers['content-type'] ?? 'application/json', host: headers.host ?? '' }
  const signedHeaders = SIGNED.join(';')
  const { stringToSign } = canonical({
    method: 'POST',
    path: '/', // Cloud: always "/", not the real path, zenlayer.md 2.1
    query: '',
    headers: SIGNED.map((name) => [name, values[name].trim()] as const),
    signedHeaders,
    bodyHash: hash('sha256', body, 'hex'),
    timestamp,
    algorithm: METHOD
  })
  const signature = hmac(credentials.secret, stringToSign)
  return {
    ...values,
    'x-zc-timestamp': timestamp,
    'x-zc-signature-method': METHOD,
    authorization: `${METHOD} Credential=${credentials.keyId}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  }
}
