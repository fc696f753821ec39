import { UTC_SECONDS } from '../../../documents/instants.ts'

const PREFIX = 'bce-auth-v1'

/** The six parts of an `Authorization` header, as texts. */
export interface Authorization {
  readonly keyId: string
  readonly timestamp: string
  readonly expiry: string
  readonly signedHeaders: string
  readonly signature: string
}

/** The parts, or why there are none. */
export function authorizationOf(header: string): Authorization | string {
  const [prefix, keyId, timestamp, expiry, signedHeaders, signature, ...rest] = header.trim().split('/')
  if (prefix !== PREFIX) return `it ${schemeOf(header)}must begin with "${PREFIX}/"`
  if (
    keyId === undefined ||
    timestamp === undefined ||
    expiry === undefined ||
    signedHeaders === undefined ||
    signature === undefined ||
    rest.length > 0
  ) {
    return `it must have six parts between slashes, ${PREFIX}/{accessKeyId}/{timestamp}/{seconds}/{signedHeaders}/{signature}`
  }
  return { keyId, timestamp, expiry, signedHeaders, signature }
}

/** Only the scheme is told: what follows it may be a secret. */
function schemeOf(header: string): string {
  const scheme = /^([A-Za-z]{1,12}) /.exec(header.trim())?.[1]
  return scheme === undefined ? '' : `is of the scheme "${scheme}", and `
}

/** What the signing key is made of. */
export function prefixOf(authorization: Authorization): string {
  return `${PREFIX}/${authorization.keyId}/${authorization.timestamp}/${authorization.expiry}`
}

/** Epoch milliseconds of `YYYY-MM-DDThh:mm:ssZ`. */
export function isoInstant(text: string): number | undefined {
  return isoPattern.test(text) ? Date.parse(text) : undefined
}
const isoPattern = new RegExp(UTC_SECONDS)

/** Epoch milliseconds of an HTTP date (`Wed, 03 Dec 2014 06:42:19 GMT`), as the Java SDK sends it. */
export function httpInstant(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/.test(text))
    return undefined
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}

/** The one form of this cloud's times. */
export function isoText(instant: number): string | undefined {
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
