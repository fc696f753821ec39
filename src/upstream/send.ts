import { wallNow } from '../core/model/clock.ts'
import type { Credentials, Signing } from '../providers/clients.ts'
import { createPasser, type Passed, type Passer } from './pass.ts'
import { pairsOf } from './raw-headers.ts'
import { UpstreamSilent } from './upstream-silent.ts'

/** A call as it is to be made. */
export interface Outgoing {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Names in lower case; those that a signature needs are added. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What is done to the headers once they are signed, by who asks what a wrong one gets. */
  readonly change?:
    | {
        readonly without?: readonly string[]
        readonly headers?: Readonly<Record<string, string>>
        /** How far the clock is off by which it is signed. */
        readonly skewMs?: number
      }
    | undefined
}
/** An answer as it came. */
export interface Incoming {
  readonly status: number
  /** As they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** One that is answered, and calls that are signed. */
export interface Sender {
  /** Throws `UpstreamSilent`, or the signal's reason. */
  send(call: Outgoing, signal?: AbortSignal): Promise<Incoming>
  close(): void
}

/** Calls to a URL, each signed with these credentials; without any none is. `ca`: a certificate that is trusted too. */
export function createSender(url: URL, signing: Signing, credentials?: Credentials, ca?: string): Sender {
  const passer = createPasser(url, ca)
  return {
    async send({ method, path, headers, body, change = {} }, signal) {
      signal?.throwIfAborted()
      const named = { ...headers, host: url.host, ...(body.length > 0 && { 'content-length': String(body.length) }) }
      const signedAt = wallNow() + (change.skewMs ?? 0)
      const added = credentials && signing.sign({ method, url: path, headers: named, body }, credentials, signedAt)
      const sent = Object.entries({ ...named, ...added, ...change.headers })
      const kept = sent.filter(([name]) => !change.without?.includes(name))
      return until(signal, answerTo(passer, { method, target: path, headers: kept.flat(), body }, url))
    },
    close: () => passer.close()
  }
}

/** No answer of a cloud is nearly as large. */
const ANSWER_MAX = 64 * 1024 ** 2

async function answerTo(passer: Passer, call: Passed, url: URL): Promise<Incoming> {
  const response = await passer.pass(call)
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of response) {
      length += piece.length
      if (length > ANSWER_MAX) throw new Error(`its answer is larger than ${ANSWER_MAX} bytes`)
      pieces.push(piece)
    }
  } catch (error) {
    throw new UpstreamSilent(url, error)
  }
  const { statusCode = 0, rawHeaders } = response
  return { status: statusCode, headers: pairsOf(rawHeaders), body: Buffer.concat(pieces) }
}

/** What comes of some work, or the reason of a signal that comes before. */
function until<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
