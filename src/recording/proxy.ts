import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Credentials } from '../providers/clients.ts'
import { ApiError, type Protocol, type Provider, type RawRequest } from '../providers/provider.ts'
import { createPasser, type Passer } from '../upstream/pass.ts'
import { pairsOf } from '../upstream/raw-headers.ts'
import { isAdmitted } from './admission.ts'
import { BODY_MAX } from './bodies.ts'
import type { Captured } from './exchange.ts'
import { passedHeaders, returnedHeaders } from './headers.ts'

export interface ProxyOptions {
  readonly provider: Provider
  readonly protocol: Protocol
  readonly upstream: URL
  readonly credentials: Credentials | undefined
  /** A certificate that is trusted, too. */
  readonly ca?: string | undefined
  /** Asked as a call comes: its number. */
  next(): number
  /** Told at the end of each call that was answered; the proxy does not end before it settles. */
  answered(number: number, captured: Captured, requests: readonly RawRequest[]): Promise<void>
  /** Told of each call that was not passed on, or that the other side did not answer to the end. */
  failed(number: number, operation: string | undefined, reason: string): void
}
export interface Proxy {
  readonly server: Server
  /** Takes no more calls, and settles when those under way have ended. */
  close(): Promise<void>
}

/** What clouds take of a body is far less. */
const REQUEST_MAX = 64 * 1024 ** 2

/** Passes calls on to a cloud and its answers back, unchanged, and tells of them. */
export function createProxy(options: ProxyOptions): Proxy {
  const passer = createPasser(options.upstream, options.ca)
  const underway = new Set<Promise<void>>()
  let firstAt: number | undefined
  const server = createServer({ maxHeaderSize: 128 * 1024, requireHostHeader: false }, (request, response) => {
    const arrivedAt = performance.now()
    firstAt ??= arrivedAt
    const call = serve({ ...options, passer, arrivedAt, at: Math.round(arrivedAt - firstAt) }, request, response)
    underway.add(call)
    call.finally(() => underway.delete(call))
  })
  server.keepAliveTimeout = 72_000
  // An expectation that nobody knows is the cloud's to refuse.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  return {
    server,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      await Promise.all(underway)
      server.closeAllConnections()
      await closed
      passer.close()
    }
  }
}

interface Serving extends ProxyOptions {
  readonly passer: Passer
  readonly arrivedAt: number
  /** Since the first call. */
  readonly at: number
}

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { protocol, upstream, credentials, provider, passer } = serving
  const received = await bodyOf(request).catch(() => undefined)
  if (received === undefined) return // The client has gone before it had said all.
  if (!isAdmitted(request.headers, upstream)) {
    return refuse(serving, response, 403, 'no page of another site is passed on, nor a call by a strange host')
  }
  if (received === 'too-large') {
    const reason = `a body is larger than ${REQUEST_MAX} bytes`
    serving.failed(serving.next(), undefined, reason)
    return refuse(serving, response, 413, reason)
  }
  const raw: RawRequest = {
    method: request.method ?? '',
    url: originForm(request.url ?? '/'),
    headers: request.headers,
    body: received
  }
  const number = serving.next()
  const operation = protocol.read(raw).operation?.name
  const moved: RawRequest = { ...raw, headers: { ...raw.headers, host: upstream.host } }
  const isMoved = raw.headers.host?.toLowerCase() !== upstream.host
  const signed = isMoved && credentials ? provider.recorded.signAgain(moved, credentials) : undefined
  const target = signed?.url ?? raw.url
  const headers = passedHeaders(request.rawHeaders, isMoved ? upstream.host : (raw.headers.host ?? ''), signed)
  try {
    const answer = await passer.pass({ method: raw.method, target, headers, body: raw.body })
    const body = await handBack(answer, response)
    const { statusCode = 0, rawHeaders } = answer
    const took = Math.round(performance.now() - serving.arrivedAt)
    const sent = { method: raw.method, url: target, headers, body: raw.body }
    const captured = {
      at: serving.at,
      took,
      operation,
      request: sent,
      response: { status: statusCode, headers: rawHeaders, body }
    }
    await serving.answered(number, captured, [raw, { ...moved, url: target, headers: byName(headers) }])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    serving.failed(number, operation, reason)
    if (response.headersSent) response.destroy()
    else refuse(serving, response, 502, reason)
  }
}

/** In the cloud's form, so that its clients can read it. */
function refuse({ protocol }: Serving, response: ServerResponse, status: number, reason: string): void {
  const { code } = protocol.refusal({
    kind: status === 403 ? 'not-admitted' : status === 413 ? 'too-large' : 'internal'
  })
  const message = `snapstand record: ${reason}`
  const reply = protocol.failure(new ApiError(code, status, message), protocol.requestId(randomUUID()))
  response.writeHead(status, {
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
    'x-snapstand-hint': encodeURIComponent(message)
  })
  response.end(reply.body)
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue
    length += piece.length
    if (length <= REQUEST_MAX) pieces.push(piece)
    else pieces.length = 0
  }
  return length > REQUEST_MAX ? 'too-large' : Buffer.concat(pieces)
}

const NOTHING = Buffer.alloc(0)

/** Each piece as it comes, as fast as the client takes them. What is told of it: all of it, unless it is too large. */
async function handBack(answer: IncomingMessage, response: ServerResponse): Promise<Buffer | undefined> {
  response.sendDate = false
  response.writeHead(answer.statusCode ?? 0, answer.statusMessage, returnedHeaders(answer.rawHeaders))
  // At once, and in the bytes in which they came: without a piece of the body Node writes them in UTF-8.
  response.write(NOTHING)
  const gone = new Promise((resolve) => response.once('close', resolve))
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of answer) {
    if (!Buffer.isBuffer(piece)) continue
    length += piece.length
    if (length <= BODY_MAX) pieces.push(piece)
    else pieces.length = 0
    // Who has gone is not waited for; the rest of the answer is still heard.
    if (!response.destroyed && !response.write(piece)) await Promise.race([drained(response), gone])
  }
  const trailers = pairsOf(answer.rawTrailers).map(([name, value]): [string, string] => [name, value])
  if (trailers.length > 0) response.addTrailers(trailers)
  response.end()
  return length > BODY_MAX ? undefined : Buffer.concat(pieces)
}

function drained(response: ServerResponse): Promise<unknown> {
  return new Promise((resolve) => response.once('drain', resolve))
}

/** The absolute form of a target is as good as the usual one, and only a proxy gets it. */
function originForm(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/'
}

function byName(headers: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairsOf(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
