import { hash } from 'node:crypto'

/** The only signature method there is. */
export const METHOD = 'ZC2-HMAC-SHA256'
/** Cloud: how an early edition of the signature page prints its name (zenlayer.md 2.1). */
export const MISPRINTED_METHOD = 'ZC2-HMAC_SHA256'

/** All that a signature depends on, but for the secret. */
export interface Signable {
  readonly method: string
  readonly path: string
  readonly query: string
  /** In the order of the canonical form, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly signedHeaders: string
  /** SHA-256 of the body as received, in lower-case hex. */
  readonly bodyHash: string
  readonly timestamp: string
  /** `METHOD`, as the string to sign names it. */
  readonly algorithm: string
}
export interface Canonical {
  readonly canonicalRequest: string
  readonly stringToSign: string
}

export function canonical(signable: Signable): Canonical {
  const request = canonicalRequest(signable)
  return { canonicalRequest: request, stringToSign: stringToSign(signable, request) }
}

export function canonicalRequest({ method, path, query, headers, signedHeaders, bodyHash }: Signable): string {
  let lines = ''
  for (const [name, value] of headers) lines += `${name}:${value}\n`
  return `${method}\n${path}\n${query}\n${lines}\n${signedHeaders}\n${bodyHash}`
}

/** Header values reach us as latin1, one character per byte; so does a canonical request, and so it is hashed. */
export function stringToSign({ algorithm, timestamp }: Signable, request: string): string {
  return `${algorithm}\n${timestamp}\n${hash('sha256', Buffer.from(request, 'latin1'), 'hex')}`
}
