import { hash, timingSafeEqual } from 'node:crypto'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32

/**
 * HMAC-SHA-256 in lower-case hex, the notation of both clouds. A key is a text, also where it is itself the hex of another
 * HMAC. From two one-shot hashes (RFC 2104): an Hmac object takes longer, and the garbage collector as long again.
 */
export function hmac(key: string | Buffer, message: string): string {
  const inner = Buffer.allocUnsafe(BLOCK_BYTES + Buffer.byteLength(message)).fill(0, 0, BLOCK_BYTES)
  const outer = Buffer.allocUnsafe(BLOCK_BYTES + DIGEST_BYTES)
  if (typeof key === 'string' && Buffer.byteLength(key) <= BLOCK_BYTES) inner.write(key)
  else if (key.length <= BLOCK_BYTES && typeof key === 'object') key.copy(inner)
  else hash('sha256', key, 'buffer').copy(inner)
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const byte = inner[index] ?? 0
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
