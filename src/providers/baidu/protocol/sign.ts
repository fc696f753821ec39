import type { Credentials } from '../../clients.ts'
import type { RawRequest } from '../../provider.ts'
import { hmac } from '../../wire/hmac.ts'
import { isoText, prefixOf } from './authorization.ts'
import { canonicalOf, signedNames, textOf } from './canonical.ts'

const EXPIRY_S = '1800'

/** The headers that make a request one of a key's, baidu.md 2.3: they go in place of any of their names. */
export function sign(request: RawRequest, credentials: Credentials, wallNow: number): Record<string, string> {
  const timestamp = isoText(wallNow) ?? ''
  const { sessionToken } = credentials
  const added = {
    'x-bce-date': timestamp,
    ...(sessionToken !== undefined && { 'x-bce-security-token': sessionToken })
  }
  const headers = { ...request.headers, ...added }
  // The default set, named one by one, so that what the way adds is not signed.
  const names = signedNames('', headers).toSorted()
  const prefix = prefixOf({
    keyId: credentials.keyId,
    timestamp,
    expiry: EXPIRY_S,
    signedHeaders: '',
    signature: ''
  })
  const signature = hmac(hmac(credentials.secret, prefix), textOf(canonicalOf({ ...request, headers }, names)))
  return { ...added, authorization: `${prefix}/${names.join(';')}/${signature}` }
}
