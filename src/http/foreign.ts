import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Reply, Trouble } from '../providers/provider.ts'
import { NO_BODY } from './calls/body.ts'
import { begin } from './calls/call.ts'
import { refuse } from './calls/conclude.ts'
import type { CloudCalls } from './calls/index.ts'
import { type HttpContext, originForm, ownerOf } from './context.ts'
import { answerLast } from './last-answer.ts'
import { Problem, replyOf } from './problem.ts'

/** The last request of a connection. */
interface Latest {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What the clouds take of a request's line and headers. */
const HEADER_BYTES_MAX = 16 * 1024
/** More than that is read all the same, so that it is known whose call it was when it comes in many pieces, as by TLS. */
const HEADER_BYTES_READ = 128 * 1024

/** An HTTP server that answers calls of the clouds by itself, and in a cloud's form also what never becomes a request. */
export function createHttpServer(context: HttpContext, calls: CloudCalls, handler: RequestListener): Server {
  const latest = new WeakMap<Duplex, Latest>()
  const server = createServer({ requireHostHeader: false, maxHeaderSize: HEADER_BYTES_READ })
  context.connections.watch(server)
  // A client that has said all it has to say still waits for its answer.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('request', (request, response) => {
    latest.set(request.socket, { request, response })
    // The absolute form of a target is as good as the usual one.
    if (request.url !== undefined && !request.url.startsWith('/')) request.url = originForm(request.url)
    if (headerBytes(request) >= HEADER_BYTES_MAX) {
      refuseHeaders(context, request, response)
      return
    }
    if (calls.serve(request, response)) return
    // Of an answer to HEAD, Node sends all but the body: outside the clouds it is asked for as by GET.
    if (request.method === 'HEAD') {
      context.heads.add(request)
      request.method = 'GET'
    }
    handler(request, response)
  })
  // Longer than clients keep idle connections, so that it is never the server that closes one in use.
  server.keepAliveTimeout = 72_000
  server.on('clientError', (error, socket) => {
    answerClientError(context, error, socket, latest.get(socket))
  })
  server.on('connect', (request, socket) => {
    answerLast(socket, refusedConnect(context, request), { wallAt: context.core.wallNow() })
  })
  // Cloud: neither cloud answers 417; an expectation that nobody knows is no reason to refuse.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  return server
}

/** As Node counts them: without what stands between them. */
function headerBytes({ url = '', rawHeaders }: IncomingMessage): number {
  let bytes = url.length
  for (const text of rawHeaders) bytes += text.length
  return bytes
}

function refuseHeaders(context: HttpContext, { method, url }: IncomingMessage, response: ServerResponse): void {
  const { status, headers, body } = refusedBytes(context, 'HPE_HEADER_OVERFLOW', { method, url })
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
  response.end(body)
}

function answerClientError(context: HttpContext, error: Error, socket: Duplex, latest: Latest | undefined): void {
  if (!socket.writable || isHangUp(error)) {
    socket.destroy()
    return
  }
  const broken = latest && !latest.request.complete ? latest : undefined
  const target = broken ? targetBefore(broken) : targetOf(error, latest)
  const answer = (): void => {
    if (!socket.writable) return
    const reply = refusedBytes(context, codeOf(error), target)
    answerLast(socket, reply, { wallAt: context.core.wallNow(), method: target.method })
  }
  if (broken?.response.headersSent) socket.destroy()
  // What came before on this connection is answered first.
  else if (!broken && latest && !latest.response.writableFinished) latest.response.once('close', answer)
  else answer()
}

interface Target {
  readonly method?: string | undefined
  readonly url?: string | undefined
}

function refusedBytes(context: HttpContext, code: unknown, { method = '', url = '' }: Target): Reply {
  const cloud = ownerOf(context.clouds, url)
  if (!cloud) return replyOf(foreignProblem(code))
  const kind: Trouble = code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'not-http'
  return refuse(context, begin(context, cloud, { method, url, headers: {} }), cloud.protocol.refusal({ kind }))
}

function foreignProblem(code: unknown): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'The headers are larger than 16 KiB.')
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'The request did not arrive in time.')
    default:
      return new Problem(400, 'The bytes received are no HTTP request.')
  }
}

function refusedConnect(context: HttpContext, { method = '', url = '', headers }: IncomingMessage): Reply {
  const cloud = ownerOf(context.clouds, url)
  if (!cloud) return replyOf(new Problem(405, 'This server is no proxy: CONNECT is refused.'))
  const call = begin(context, cloud, { method, url, headers })
  return refuse(context, call, call.reading.refused?.error())
}

/** The request line that the parser stumbled in or after. */
function targetOf(error: Error, latest: Latest | undefined): Target {
  const packet = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : NO_BODY
  const parsed = 'bytesParsed' in error && typeof error.bytesParsed === 'number' ? error.bytesParsed : 0
  let found: Target | undefined
  let start = 0
  for (const line of packet.toString('latin1').split('\n')) {
    const [, method, url] = (start === 0 ? FIRST_LINE : REQUEST_LINE).exec(line) ?? []
    if (url !== undefined) found = { method, url }
    start += line.length + 1
    if (start > parsed) break
  }
  return found ?? targetBefore(latest)
}

function targetBefore(latest: Latest | undefined): Target {
  return { method: latest?.request.method, url: latest?.request.url }
}

// The first line of a packet may be so wrong that no version ends it.
const FIRST_LINE = /^([!-~]+) +(\/[^ ]*|https?:\/\/[^ ]+)/i
const REQUEST_LINE = /^([!-~]+) +(\/[^ ]*|https?:\/\/[^ ]+) +HTTP\//i

function isHangUp(error: Error): boolean {
  const code = codeOf(error)
  return code === 'ECONNRESET' || code === 'EPIPE'
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined
}
