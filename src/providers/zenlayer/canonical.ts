import { createHmac, hash } from 'node:crypto'

/** The only signature method there is. */
export const METHOD = 'ZC2-HMAC-SHA256'

/** All that a signature depends on, but for the secret. */
export interface Signable {
  readonly method: string
  readonly path: string
  readonly query: string
  /** In the order of the canonical form, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly signedHeaders: string
  readonly body: Uint8Array
  readonly timestamp: string
}
export interface Canonical {
  readonly canonicalRequest: string
  readonly stringToSign: string
}

/** Header values reach us as latin1, one character per byte; so do these forms, and so they are hashed. */
export function canonical(signable: Signable): Canonical {
  const headers = signable.headers.map(([name, value]) => `${name}:${value}\n`).join('')
  const canonicalRequest = [
    signable.method,
    signable.path,
    signable.query,
    headers,
    signable.signedHeaders,
    hash('sha256', signable.body, 'hex')
  ].join('\n')
  const hashed = hash('sha256', Buffer.from(canonicalRequest, 'latin1'), 'hex')
  return { canonicalRequest, stringToSign: `${METHOD}\n${signable.timestamp}\n${hashed}` }
}

/** In lower-case hex, the only notation of this cloud. */
export function sign(stringToSign: string, secret: string): string {
  return createHmac('sha256', secret).update(stringToSign, 'latin1').digest('hex')
}
