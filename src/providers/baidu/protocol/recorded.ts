import type { Credentials } from '../../clients.ts'
import type { RawRequest } from '../../provider.ts'
import { HIDDEN, type Recorded } from '../../recorded.ts'
import { headerOf } from '../../wire/headers.ts'
import { hmac } from '../../wire/hmac.ts'
import { bytesOf, decoded, parametersOf, targetOf, uriEncode } from '../../wire/uri.ts'
import { type Authorization, authorizationOf, prefixOf } from './authorization.ts'
import { canonicalOf, signedNames, textOf } from './canonical.ts'

const TOKEN = 'x-bce-security-token'

/** What who records calls to Baidu must know of it. */
export const recorded: Recorded = {
  isOwnHost: (host) => host === 'baidubce.com' || host.endsWith('.baidubce.com'),
  // Cloud: a prefix and letters (baidu.md 4.11), those of networks too; accounts and orders are 32 hex digits.
  ids: [
    /(?<![\w-])(?:asp|share|sl|[vsitgm]|vpc|sbn|eip|eni)-(?<id>[0-9A-Za-z]{8}(?:[0-9A-Za-z]{2}){0,2})(?![\w-])/,
    /(?<!\w)(?<id>[0-9a-f]{32})(?!\w)/
  ],
  signAgain(request, credentials) {
    const inHeader = headerOf(request.headers, 'authorization')
    const inQuery = inHeader === undefined ? parameterOf(request.url) : undefined
    const given = inHeader ?? decoded(inQuery?.value ?? '')
    const authorization = given === undefined ? undefined : authorizationOf(given)
    if (typeof authorization !== 'object') return undefined
    if (!signedNames(authorization.signedHeaders, request.headers).includes('host')) return undefined
    const { signed, token } = signedBy(request, authorization, credentials)
    if (inQuery === undefined) return { url: request.url, headers: { authorization: signed, ...token } }
    const url = request.url.replace(`${inQuery.key}=${inQuery.value}`, `${inQuery.key}=${uriEncode(bytesOf(signed))}`)
    return { url, headers: token }
  },
  withoutSecrets(text) {
    const authorization = authorizationOf(text)
    if (typeof authorization !== 'object') return text.startsWith('Bearer ') ? `Bearer ${HIDDEN}` : HIDDEN
    return `${prefixOf({ ...authorization, keyId: HIDDEN })}/${authorization.signedHeaders}/${HIDDEN}`
  }
}

function parameterOf(url: string) {
  return parametersOf(targetOf(url).query).find(({ key }) => key.toLowerCase() === 'authorization')
}

/** A session token belongs to its key: that of the other key goes in its place, or none. */
function signedBy(request: RawRequest, given: Authorization, { keyId, secret, sessionToken }: Credentials) {
  const { [TOKEN]: _, ...others } = request.headers
  const headers = sessionToken === undefined ? others : { ...others, [TOKEN]: sessionToken }
  const authorization = { ...given, keyId, signedHeaders: listWith(given.signedHeaders, sessionToken !== undefined) }
  const canonical = canonicalOf({ ...request, headers }, signedNames(authorization.signedHeaders, headers))
  const prefix = prefixOf(authorization)
  const signature = hmac(hmac(secret, prefix), textOf(canonical))
  const isChanged = sessionToken !== undefined || request.headers[TOKEN] !== undefined
  return {
    signed: `${prefix}/${authorization.signedHeaders}/${signature}`,
    token: isChanged ? { [TOKEN]: sessionToken } : {}
  }
}

/** Cloud: an empty list covers the token wherever there is one (baidu.md 2.4). */
function listWith(list: string, hasToken: boolean): string {
  if (list === '') return list
  const others = list.split(';').filter((name) => name !== TOKEN)
  return (hasToken ? [...others, TOKEN] : others).join(';')
}
