import { flows, keysOf } from './flows.ts'
import type { Server } from './server.ts'

/** What of a journal entry counts here. */
interface Call {
  readonly world: string | null
  readonly operation: string | null
  readonly status: number
  readonly code: string | null
  readonly method: string
  readonly url: string
  readonly unused?: readonly string[]
}

/** What the server saw: calls per flow, unmatched requests, fields that were sent and not used. */
export interface Seen {
  readonly calls: Readonly<Record<string, number>>
  readonly unused: ReadonlyMap<string, number>
  readonly unmatched: readonly string[]
}

/** A refused signature is not an unmatched request, whatever was asked. */
const REFUSALS =
  /^(AUTHFAILURE_(INVALID|SIGNATURE).*|AccessDenied|InvalidHTTPAuthHeader|InvalidAccessKeyId|SignatureDoesNotMatch|RequestExpired)$/

export async function whatItSaw({ url, each }: Pick<Server, 'url' | 'each'>, client: string): Promise<Seen> {
  const calls: Record<string, number> = Object.fromEntries(Object.keys(flows).map((flow) => [flow, 0]))
  const unused = new Map<string, number>()
  const unmatched: string[] = []
  const worlds = [
    ...keysOf(client).map((key) => ({ key, flow: /-f(\d)$/.exec(key)?.[1] ?? '5' })),
    { key: '*', flow: '4' }
  ]
  for (const { key, flow } of worlds) {
    const journals = await Promise.all((key === '*' ? each : [url]).map((at) => journalOf(at, key)))
    const requests = journals.flatMap((journal) => journal.requests)
    const added = journals.reduce((sum, journal) => sum + journal.added, 0)
    const own = key === '*' ? requests.filter((entry) => entry.world === null) : requests
    calls[flow] = (calls[flow] ?? 0) + (key === '*' ? own.length : added)
    for (const entry of own) {
      for (const field of entry.unused ?? []) {
        const name = `${entry.operation} ${field}`
        unused.set(name, (unused.get(name) ?? 0) + 1)
      }
      if (entry.operation === null && !REFUSALS.test(entry.code ?? '')) {
        unmatched.push(`${entry.method} ${entry.url.replace(/\?.*/, '')}: ${entry.status} ${entry.code}`)
      }
    }
  }
  return { calls, unused, unmatched }
}

interface Journal {
  readonly requests: readonly Call[]
  /** How many calls there were, also those that the journal has let go. */
  readonly added: number
}

async function journalOf(url: string, world: string): Promise<Journal> {
  const answer = await fetch(`${url}/_snapstand/requests?world=${encodeURIComponent(world)}&limit=10000`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`GET /_snapstand/requests?world=${world}: ${answer.status} ${text}`)
  return JSON.parse(text)
}
