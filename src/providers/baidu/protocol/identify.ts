import { DEFAULT_WORLD, isKeyName } from '../../../core/model/world-names.ts'
import type { Caller, Keyring, RawRequest, RequestLine } from '../../provider.ts'
import { headerOf } from '../../wire/headers.ts'
import { hmac, isSame } from '../../wire/hmac.ts'
import { isSecret, SWAPPED } from '../../wire/secrets.ts'
import { bytesOf, decoded, parametersOf, targetOf } from '../../wire/uri.ts'
import { refusal, requestExpired } from '../errors.ts'
import { type Authorization, authorizationOf, httpInstant, isoInstant, isoText, prefixOf } from './authorization.ts'
import { type Canonical, canonicalOf, signedNames, textOf } from './canonical.ts'
import { habitsOf } from './habits.ts'
import { causeOfMismatch } from './hints.ts'

/** Cloud: the clocks may differ by this much, either way (baidu.md 2.5, from a copied design document). */
const SKEW_MS = 30 * 60_000
const RULE = 'baidu.md 2.5'

const NOBODY: Caller = { world: DEFAULT_WORLD, keyId: null, authentic: false }

/** The access key that a request claims to have, true or not. */
export function claimedKey(request: RequestLine): string | null {
  const authorization = authorizationOf(authorizationHeader(request) ?? '')
  return typeof authorization === 'object' && isKeyName(authorization.keyId) ? authorization.keyId : null
}

/** A session token, and what signs a url, are secrets too. */
export function sessionSecrets({ url, headers }: RequestLine): readonly string[] {
  const token = headerOf(headers, 'x-bce-security-token')
  const secrets = token === undefined || token === '' ? [] : [token]
  for (const { key, value } of parametersOf(targetOf(url).query)) {
    if (value !== '' && /^(authorization|x-bce-security-token)$/i.test(key)) {
      secrets.push(value, decoded(value) ?? value)
    }
  }
  return secrets
}

function authorizationHeader(request: RequestLine): string | undefined {
  const header = headerOf(request.headers, 'authorization')
  return header === undefined ? undefined : bytesOf(header).toString('utf8')
}

/** Who is calling, in the order of baidu.md 2.5: form, key, signature, expiry, clock. */
export function identify(request: RawRequest, keys: Keyring, wallNow: number): Caller {
  if (keys.mode === 'off') {
    const keyId = claimedKey(request)
    return keyId === null || isSecret(keyId, keys) ? NOBODY : { world: keys.worldOf(keyId), keyId, authentic: false }
  }
  const header = authorizationHeader(request)
  if (header === undefined) {
    if (keys.mode === 'verify') return NOBODY
    throw refusal('AccessDenied', {
      hint: 'The request has no Authorization header, and this server runs with --auth strict: sign with a configured key.',
      field: 'header.authorization',
      rule: RULE
    })
  }
  const authorization = wellFormed(header)
  const { keyId } = authorization
  const secret = secretOf(keyId, keys)
  const habit = habitOfSigner(request, authorization, secret, keys)
  checkTimes(request, authorization, wallNow)
  return { world: keys.worldOf(keyId), keyId, authentic: true, habit }
}

function wellFormed(header: string): Authorization {
  const authorization = authorizationOf(header)
  if (typeof authorization === 'string') throw badHeader(`The Authorization header is malformed: ${authorization}.`)
  const { timestamp, expiry } = authorization
  if (isoInstant(timestamp) === undefined) {
    throw badHeader(
      `The timestamp of the Authorization header is "${timestamp}", not a time like 2026-01-02T03:04:05Z.`
    )
  }
  if (!/^\d+$/.test(expiry) || Number(expiry) < 1) {
    throw badHeader(`The expiry of the Authorization header is "${expiry}", not a number of seconds from 1.`)
  }
  return authorization
}

function badHeader(hint: string, field = 'header.authorization') {
  return refusal('InvalidHTTPAuthHeader', { hint, field, rule: RULE })
}

/** In `verify` a key that is not configured has itself as its secret. */
function secretOf(keyId: string, keys: Keyring): string {
  if (isSecret(keyId, keys))
    throw refusal('InvalidAccessKeyId', { hint: SWAPPED, field: 'header.authorization', rule: RULE })
  const configured = isKeyName(keyId) ? keys.secretOf(keyId) : undefined
  if (configured !== undefined) return configured
  if (keys.mode === 'verify' && isKeyName(keyId)) return keyId
  throw refusal('InvalidAccessKeyId', {
    hint: isKeyName(keyId)
      ? `The access key "${keyId}" is not configured, and this server runs with --auth strict: add it with --key.`
      : `"${keyId}" can be no access key id.`,
    field: 'header.authorization',
    rule: RULE
  })
}

/** What is odd about a right signature. Throws where it is wrong. */
function habitOfSigner(
  request: RawRequest,
  authorization: Authorization,
  secret: string,
  keys: Keyring
): string | undefined {
  const canonical = canonicalOf(request, signedNames(authorization.signedHeaders, request.headers))
  const prefix = prefixOf(authorization)
  const key = hmac(secret, prefix)
  const isRight = (form: Canonical) => isSame(authorization.signature, hmac(key, textOf(form)))
  if (isRight(canonical)) return undefined
  for (const { canonical: other, habit } of habitsOf(request, canonical)) if (isRight(other)) return habit
  const { hint, clientCanonicalRequest } = causeOfMismatch({ request, authorization, canonical, secret }, keys)
  throw refusal('SignatureDoesNotMatch', {
    hint,
    ...(clientCanonicalRequest !== undefined && { clientCanonicalRequest: withoutToken(clientCanonicalRequest) }),
    field: 'header.authorization',
    rule: 'baidu.md 2.3',
    canonicalRequest: withoutToken(textOf(canonical)),
    stringToSign: prefix
  })
}

/** A session token is a secret: the journal keeps the form without it. */
function withoutToken(canonical: string): string {
  return canonical.replace(/(x-bce-security-token[:=])[^\n&]*/g, '$1(not shown)')
}

function checkTimes(request: RawRequest, authorization: Authorization, wallNow: number): void {
  const { timestamp, expiry } = authorization
  const signedAt = isoInstant(timestamp) ?? Number.NaN
  if (wallNow > signedAt + Number(expiry) * 1000) {
    throw requestExpired(timestamp, {
      hint: `The signature was valid for ${expiry} s from ${timestamp}; it is ${isoText(wallNow)} by the wall clock.`,
      field: 'header.authorization',
      rule: RULE
    })
  }
  const { text, instant, field } = dateOf(request, timestamp)
  if (Math.abs(wallNow - instant) <= SKEW_MS) return
  const date = isoText(instant) ?? text
  throw requestExpired(date, {
    hint: `${field} says ${date}, which is more than 30 minutes from ${isoText(wallNow)}, the wall clock.`,
    field,
    rule: RULE
  })
}

/** The date that a refusal of it as expired names; of a request without any the wall clock's, as a signer would write it. */
export function dateIn(request: RequestLine, wallNow: number): string {
  const authorization = authorizationOf(authorizationHeader(request) ?? '')
  const signedAt = typeof authorization === 'object' ? authorization.timestamp : undefined
  return headerOf(request.headers, 'x-bce-date')?.trim() ?? signedAt ?? isoText(wallNow) ?? ''
}

/** Cloud: `x-bce-date` wins over `Date`, which is shown in ISO form; without either the signature's own time counts. */
function dateOf(request: RawRequest, timestamp: string): { text: string; instant: number; field: string } {
  const ours = headerOf(request.headers, 'x-bce-date')
  const plain = headerOf(request.headers, 'date')
  const field =
    ours === undefined ? (plain === undefined ? 'header.authorization' : 'header.date') : 'header.x-bce-date'
  const text = (ours ?? plain ?? timestamp).trim()
  const instant = ours === undefined ? (isoInstant(text) ?? httpInstant(text)) : isoInstant(text)
  if (instant === undefined) throw badHeader(`The ${field.slice(7)} header cannot be read as a time: "${text}".`, field)
  return { text, instant, field }
}
