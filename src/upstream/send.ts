import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp
} from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { wallNow } from '../core/model/clock.ts'
import type { Credentials, Signing } from '../providers/clients.ts'

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
    | { readonly without?: readonly string[]; readonly headers?: Readonly<Record<string, string>> }
    | undefined
}
/** An answer as it came. */
export interface Incoming {
  readonly status: number
  /** As they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** Nobody answered, or not to the end. */
export class UpstreamSilent extends Error {
  constructor(url: URL, cause: unknown) {
    super(`${url.origin} does not answer: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** One that is answered, and calls that are signed. */
export interface Sender {
  /** Throws `UpstreamSilent`, or the signal's reason. */
  send(call: Outgoing, signal?: AbortSignal): Promise<Incoming>
  close(): void
}

/** A cloud that takes so long does not answer. */
const PATIENCE_MS = 60_000

/** Calls to a URL, each signed with these credentials; without any none is. */
export function createSender(url: URL, signing: Signing, credentials?: Credentials): Sender {
  const isSecure = url.protocol === 'https:'
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const request = isSecure ? requestHttps : requestHttp
  return {
    async send({ method, path, headers, body, change }, signal) {
      signal?.throwIfAborted()
      const named = { ...headers, host: url.host, ...(body.length > 0 && { 'content-length': String(body.length) }) }
      const added = credentials && signing.sign({ method, url: path, headers: named, body }, credentials, wallNow())
      const sent: OutgoingHttpHeaders = { ...named, ...added, ...change?.headers }
      for (const name of change?.without ?? []) delete sent[name]
      try {
        return await answerTo(
          request({
            host: url.hostname.replace(/^\[|\]$/g, ''),
            port: url.port,
            method,
            path,
            headers: sent,
            agent,
            signal
          }),
          body
        )
      } catch (error) {
        throw signal?.aborted ? signal.reason : new UpstreamSilent(url, error)
      }
    },
    close: () => agent.destroy()
  }
}

function answerTo(request: ClientRequest, body: Buffer): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    request.setTimeout(PATIENCE_MS, () => request.destroy(new Error(`nothing came for ${PATIENCE_MS / 1000} seconds`)))
    request.on('error', reject)
    request.on('response', (response: IncomingMessage) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, rawHeaders } = response
        resolve({ status: statusCode, headers: pairsOf(rawHeaders), body: Buffer.concat(pieces) })
      })
    })
    request.end(body)
  })
}

function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
}
