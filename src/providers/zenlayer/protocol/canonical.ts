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

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32

/**
 * HMAC-SHA-256 in lower-case hex, the only notation of this cloud. From two one-shot hashes (RFC 2104): an Hmac object
 * takes longer, and the garbage collector as long again.
 */
export function sign(stringToSign: string, secret: string): string {
  const bytes = Buffer.from(secret)
  const key = bytes.length > BLOCK_BYTES ? hash('sha256', bytes, 'buffer') : bytes
  const inner = Buffer.allocUnsafe(BLOCK_BYTES + stringToSign.length).fill(0x36, 0, BLOCK_BYTES)
  const outer = Buffer.allocUnsafe(BLOCK_BYTES + DIGEST_BYTES).fill(0x5c, 0, BLOCK_BYTES)
  for (let index = 0; index < key.length; index++) {
    const byte = key[index] ?? 0
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  inner.write(stringToSign, BLOCK_BYTES, 'latin1')
  outer.write(hash('sha256', inner, 'hex'), BLOCK_BYTES, 'hex')
  return hash('sha256', outer, 'hex')
}
