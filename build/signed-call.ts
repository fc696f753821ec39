import { createHash, createHmac } from 'node:crypto'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Headers of a signed Zenlayer call (zenlayer.md 2.1), for a key that is its own secret. */
export function signedHeaders(key: string, host: string, action: string, body: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000)
  const type = 'application/json'
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\n\ncontent-type;host\n${sha256(body)}`
  const toSign = `ZC2-HMAC-SHA256\n${timestamp}\n${sha256(canonical)}`
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return {
    host,
    'content-type': type,
    'x-zc-action': action,
    'x-zc-version': '2025-09-01',
    'x-zc-timestamp': String(timestamp),
    'x-zc-signature-method': 'ZC2-HMAC-SHA256',
    authorization: `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=content-type;host, Signature=${signature}`
  }
}
