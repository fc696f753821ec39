import { createHmac } from 'node:crypto'

/** HMAC-SHA256 in lower-case hex. The key is a text, also where it is itself the hex of another HMAC. */
export function hmac(key: string | Buffer, message: string): string {
  return createHmac('sha256', key).update(message).digest('hex')
}
