import { hash } from 'node:crypto'

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
  /** SHA-256 of the body as received, in lower-case hex. */
  readonly bodyHash: string
  readonly timestamp: string
}
export interface Canonical {
  readonly canonicalRequest: string
  readonly stringToSign: string
}

/** Header values reach us as latin1, one character per byte; so do these forms, and so they are hashed. */
export function canonical(signable: Signable): Canonical {
  const { method, path, query, signedHeaders, bodyHash } = signable
  let headers = ''
  for (const [name, value] of signable.headers) headers += `${name}:${value}\n`
  const canonicalRequest = `${method}\n${path}\n${query}\n${headers}\n${signedHeaders}\n${bodyHash}`
  const hashed = hash('sha256', Buffer.from(canonicalRequest, 'latin1'), 'hex')
  return { canonicalRequest, stringToSign: `${METHOD}\n${signable.timestamp}\n${hashed}` }
}
