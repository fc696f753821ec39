import { hash, timingSafeEqual } from 'node:crypto'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32

/**
 * HMAC-SHA-256 in lower-case hex, the notation of both clouds. A key is a text, also where it is itself the hex of another
 * HMAC. From two one-shot hashes (RFC 2104): an Hmac object takes longer, and the garbage collector as long again.
 */
export function hmac(key: string | Buffer, message: string): string {
  const given = typeof key === 'string' ? Buffer.from(key) : key
  const bytes = given.length > BLOCK_BYTES ? hash('sha256', given, 'buffer') : given
  const inner = Buffer.allocUnsafe(BLOCK_BYTES + Buffer.byteLength(message)).fill(0x36, 0, BLOCK_BYTES)
  const outer = Buffer.allocUnsafe(BLOCK_BYTES + DIGEST_BYTES).fill(0x5c, 0, BLOCK_BYTES)
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  inner.write(message, BLOCK_BYTES)
  outer.write(hash('sha256', inner, 'hex'), BLOCK_BYTES, 'hex')
  return hash('sha256', outer, 'hex')
}

/** Whether a signature is the one that was computed, in a time that tells nothing of where they differ. */
export function isSame(given: string, computed: string): boolean {
  const theirs = Buffer.from(given)
  const ours = Buffer.from(computed)
  return theirs.length === ours.length && timingSafeEqual(theirs, ours)
}
