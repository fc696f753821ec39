import type { SignedAgain } from '../providers/recorded.ts'
import { pairsOf, type RawHeaders } from '../upstream/raw-headers.ts'

/** Those are about one connection, RFC 9110 7.6.1. */
const OF_CONNECTION = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade'
]

/** The headers of a call as they are passed on: with the host of the other side, and the signature of another key. */
export function passedHeaders(raw: RawHeaders, host: string, signed?: SignedAgain): readonly string[] {
  const changed = new Map<string, string | undefined>([...Object.entries(signed?.headers ?? {}), ['host', host]])
  const isGone = ofConnection(raw)
  const passed = pairsOf(raw).flatMap(([name, value]) => {
    const low = name.toLowerCase()
    // The body is here already, so nobody waits to be told to go on.
    if (isGone(low) || low === 'expect') return []
    if (!changed.has(low)) return [name, value]
    const instead = changed.get(low)
    changed.set(low, undefined)
    return instead === undefined ? [] : [name, instead]
  })
  const added = [...changed].flatMap(([name, value]) => (value === undefined ? [] : [name, value]))
  return [...passed, ...added]
}

/** The headers of an answer as they are handed back. How it is framed is a matter of each connection. */
export function returnedHeaders(raw: RawHeaders): string[] {
  const isGone = ofConnection(raw)
  return pairsOf(raw).flatMap(([name, value]) => {
    const low = name.toLowerCase()
    return isGone(low) || low === 'transfer-encoding' ? [] : [name, value]
  })
}

function ofConnection(raw: RawHeaders): (name: string) => boolean {
  const named = pairsOf(raw).flatMap(([name, value]) =>
    name.toLowerCase() === 'connection' ? value.split(',').map((each) => each.trim().toLowerCase()) : []
  )
  return (name) => OF_CONNECTION.includes(name) || named.includes(name)
}
