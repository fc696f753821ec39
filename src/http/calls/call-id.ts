import { hash } from 'node:crypto'

/** The UUID (version 4 in form) of a world's n-th call, or of the server's own; made, not drawn, so that runs repeat. */
export function callUuid(world: string | null, call: number, start = 0, series = 0): string {
  // A folder is started with again and again, and counts calls anew each time: its ids take in how often it was. So does
  // each server that a world is moved to: they take in how often it was moved.
  const parts = series > 0 ? [call, start, series] : start > 0 ? [call, start] : [call]
  const name = `[${JSON.stringify(world)},${parts.join(',')}]`
  const hex = hash('sha256', name, 'hex')
  const variant = VARIANTS.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const VARIANTS = '89ab'
