import { hash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Why } from '../../../core/model/journal.ts'
import { DEFAULT_WORLD, isKeyName, worldOfToken } from '../../../core/model/world-names.ts'
import type { Caller, Keyring, RawRequest, RequestLine } from '../../provider.ts'
import { headerOf, trimmed } from '../../wire/headers.ts'
import { hmac, isSame } from '../../wire/hmac.ts'
import { isSecret, SWAPPED } from '../../wire/secrets.ts'
import { targetOf, withoutEndpointSlash } from '../../wire/uri.ts'
import { refusal } from '../errors.ts'
import { canonical, METHOD, MISPRINTED_METHOD, type Signable } from './canonical.ts'
import { BLANKS, habitsOf, MISPRINT } from './habits.ts'
import { causeOfMismatch } from './hints.ts'

const RULE = 'zenlayer.md 2.3'
/** Cloud: five minutes in both directions, zenlayer.md 2.2. */
const TOLERANCE_S = 300

/** What a request says about who it is from. */
export type Claim =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed'; readonly hint: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | Signed
export interface Signed {
  readonly kind: 'signed'
  readonly keyId: string
  /** As received: it is part of what is signed. */
  readonly signedHeaders: string
  /** The same one by one, in lower case, in the order of the canonical form. */
  readonly names: readonly string[]
  readonly signature: string
  /** What is odd about its form. */
  readonly habits: readonly string[]
}

/** Says who is calling, or throws the cloud's refusal, with the canonical forms and the likely cause in `why`. */
export function identify(request: RawRequest, keys: Keyring, wallNow: number): Caller {
  const claim = claimOf(request.headers)
  if (keys.mode === 'off') return callerByName(claim, keys)
  switch (claim.kind) {
    case 'none':
      if (keys.mode !== 'strict') return { world: DEFAULT_WORLD, keyId: null, authentic: false }
      throw invalid({ hint: 'the request is not signed, and the server runs with --auth strict' })
    case 'malformed':
      throw invalid({ hint: claim.hint })
    case 'bearer':
      return callerOfToken(claim.token, keys)
    case 'signed':
      return verify(claim, request, keys, wallNow)
    default:
      return claim satisfies never
  }
}

/** The key that a request claims, or the name of its token's world; never a secret. */
export function claimedKey({ headers }: RequestLine): string | null {
  const claim = claimOf(headers)
  if (claim.kind === 'bearer') return worldOfToken(claim.token)
  return claim.kind === 'signed' ? claim.keyId : null
}

// ZC2-HMAC-SHA256 Credential=<id>, SignedHeaders=<a;b>, Signature=<hex>
// The blanks after the commas are optional, and `_` is a misprint of the vendor's (zenlayer.md 2.1).
const FORM =
  /^ZC2-HMAC([-_])SHA256 Credential=([\x21-\x2b\x2d-\x7e]+)(, *)SignedHeaders=([\x21-\x2b\x2d-\x7e]+)(, *)Signature=([\x21-\x2b\x2d-\x7e]+)$/
const HEADER_NAMES = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:;[!#$%&'*+.^_`|~0-9A-Za-z-]+)*$/

/** What the headers say. */
export function claimOf(headers: IncomingHttpHeaders): Claim {
  const { authorization } = headers
  if (authorization === undefined) return { kind: 'none' }
  const token = /^Bearer +([\x21-\x7e]+)$/.exec(authorization)?.[1]
  if (token !== undefined) return { kind: 'bearer', token }
  const [, dash, keyId, first, signedHeaders, second, signature] = FORM.exec(authorization) ?? []
  if (keyId === undefined || signedHeaders === undefined || signature === undefined) {
    return { kind: 'malformed', hint: hintOfForm(authorization) }
  }
  if (!isKeyName(keyId)) return { kind: 'malformed', hint: `${keyId} names worlds and cannot be an access key id` }
  const names = signedHeaders.toLowerCase().split(';').sort()
  if (!HEADER_NAMES.test(signedHeaders) || names.some((name, index) => name === names[index + 1])) {
    return { kind: 'malformed', hint: 'SignedHeaders must be header names, each once, joined by semicolons' }
  }
  const habits: string[] = []
  if (dash === '_') habits.push(MISPRINT)
  if (first !== ', ' || second !== ', ') habits.push(BLANKS)
  return { kind: 'signed', keyId, signedHeaders, names, signature, habits }
}

function hintOfForm(authorization: string): string {
  const form = `the form is: ${METHOD} Credential=<access key id>, SignedHeaders=content-type;host, Signature=<hex>`
  if (authorization.startsWith('Bearer')) return 'Bearer wants one blank and a token without blanks after it'
  if (!/^ZC2-HMAC[-_]SHA256 /.test(authorization)) return `the signature method is not ${METHOD}; ${form}`
  const missing = ['Credential=', 'SignedHeaders=', 'Signature='].find((part) => !authorization.includes(part))
  return missing ? `Authorization lacks ${missing}; ${form}` : form
}

/** With authentication off the key or token only names the world. */
function callerByName(claim: Claim, keys: Keyring): Caller {
  if (claim.kind === 'signed' && !isSecret(claim.keyId, keys)) {
    return { world: keys.worldOf(claim.keyId), keyId: claim.keyId, authentic: false }
  }
  if (claim.kind !== 'bearer') return { world: DEFAULT_WORLD, keyId: null, authentic: false }
  return { world: keys.worldOfBearer(claim.token) ?? worldOfToken(claim.token), keyId: null, authentic: false }
}

function callerOfToken(token: string, keys: Keyring): Caller {
  const world = keys.worldOfBearer(token)
  if (world !== undefined) return { world, keyId: null, authentic: true }
  if (keys.mode === 'strict') {
    throw invalid({ hint: 'unknown bearer token: with --auth strict it must be configured' })
  }
  return { world: worldOfToken(token), keyId: null, authentic: false }
}

function verify(claim: Signed, request: RawRequest, keys: Keyring, wallNow: number): Caller {
  const { keyId, signedHeaders, names } = claim
  const configured = keys.secretOf(keyId)
  const secret = configured ?? (keys.mode === 'strict' ? undefined : keyId)
  const timestamp = receivedValue(request.headers, 'x-zc-timestamp')
  const signable: Signable = {
    method: 'POST',
    path: '/', // Cloud: always "/", not the real path, zenlayer.md 2.1
    query: '',
    headers: names.map((name) => [name, receivedValue(request.headers, name) ?? ''] as const),
    signedHeaders,
    bodyHash: hash('sha256', request.body, 'hex'),
    timestamp: timestamp ?? '',
    algorithm: METHOD
  }
  // Whatever it is refused for, the journal shows what would have been signed.
  const forms = canonical(signable)

  const method = receivedValue(request.headers, 'x-zc-signature-method')
  if (method !== undefined && method !== METHOD && method !== MISPRINTED_METHOD) {
    throw invalid({ hint: `X-ZC-Signature-Method must be ${METHOD} or be left out`, ...forms })
  }
  const unsigned = ['content-type', 'host'].find((name) => !names.includes(name))
  if (unsigned) throw invalid({ hint: `${unsigned} is not among the SignedHeaders`, ...forms })
  if (isSecret(keyId, keys)) throw invalid({ hint: SWAPPED })
  if (secret === undefined) {
    throw invalid({ hint: `unknown key ${keyId}: with --auth strict it must be configured`, ...forms })
  }
  if (timestamp === undefined || !/^\d+$/.test(timestamp)) {
    const hint = 'X-ZC-Timestamp must be there and hold whole seconds since 1970 in decimal digits'
    throw invalid({ hint, ...forms })
  }
  const aheadS = Number(timestamp) - Math.floor(wallNow / 1000)
  if (Math.abs(aheadS) > TOLERANCE_S) {
    throw refusal('AUTHFAILURE_SIGNATURE_EXPIRED', { hint: hintOfTime(timestamp, aheadS), rule: RULE, ...forms })
  }
  const habits = [...claim.habits]
  if (method === MISPRINTED_METHOD && !habits.includes(MISPRINT)) habits.push(MISPRINT)
  const isRight = (toSign: string) => isSame(claim.signature, hmac(secret, toSign))
  if (!isRight(forms.stringToSign)) {
    const { path } = targetOf(request.url)
    const occasion = { isMisprinted: habits.includes(MISPRINT), hasEndpointSlash: withoutEndpointSlash(path) !== path }
    const other = [...habitsOf(signable, occasion)].find((way) => isRight(canonical(way.signable).stringToSign))
    if (!other) {
      const cause = causeOfMismatch({ claim, signable, request, secret, isConfigured: configured !== undefined })
      throw refusal('AUTHFAILURE_SIGNATURE_FAILURE', { ...cause, rule: RULE, ...forms })
    }
    if (!habits.includes(other.habit)) habits.push(other.habit)
  }
  return {
    world: keys.worldOf(keyId),
    keyId,
    authentic: true,
    habit: habits.length > 0 ? habits.join('; ') : undefined
  }
}

function hintOfTime(timestamp: string, aheadS: number): string {
  if (timestamp.length === 13) return 'X-ZC-Timestamp is in milliseconds: the cloud wants whole seconds'
  const shown = Math.abs(aheadS) < 1e9 ? `${Math.abs(aheadS)} seconds` : 'years'
  return `X-ZC-Timestamp is ${shown} ${aheadS > 0 ? 'ahead of' : 'behind'} the wall clock, which signatures are checked by`
}

function receivedValue(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headerOf(headers, name)
  return value === undefined ? undefined : trimmed(value)
}

function invalid(why: Why) {
  return refusal('AUTHFAILURE_INVALID_AUTHORIZATION', { rule: RULE, ...why })
}
