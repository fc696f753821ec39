import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Reply } from '../../providers/provider.ts'
import { type HttpContext, ownerOf } from '../context.ts'
import { write } from '../errors.ts'
import { breakOff } from './break-off.ts'
import { answer } from './call.ts'
import type { Answered } from './conclude.ts'
import { preflightReply, readable } from './cors.ts'

/** The clouds' calls, each cloud at its real addresses: its reading names the row. */
export interface CloudCalls {
  /** Answers a request whose path is a cloud's, past Fastify, which would look for a route first; false: it is none. */
  serve(request: IncomingMessage, response: ServerResponse): boolean
  /** The same for one that nobody sent: `inject` asks Fastify, past the server. */
  serveInjected(request: FastifyRequest, reply: FastifyReply): boolean
}

export function cloudCalls(context: HttpContext): CloudCalls {
  return {
    serve: (request, response) =>
      isAnswered(context, request, (reply) => {
        if (reply?.connection) breakOff(context, request.socket, reply)
        else if (reply) writeOn(response, reply)
      }),
    serveInjected: ({ raw }, reply) =>
      isAnswered(context, raw, (given) => {
        if (given && !given.connection) write(reply, given)
        else reply.hijack()
        // There is no connection to do anything to.
        if (given?.connection && given.connection !== 'hang') reply.raw.destroy()
      })
  }
}

/** Injected calls are answered before Fastify has a look at their bodies. */
export function takeInjected(app: FastifyInstance, { clouds }: HttpContext, calls: CloudCalls): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!calls.serveInjected(request, reply)) done()
  })
  for (const { protocol } of clouds) {
    // What comes here is no call: `/v*` also takes `/vendor`.
    app.all(protocol.address, (_request, reply) => reply.callNotFound())
  }
}

/** undefined: the client has hung up. Whether it is a cloud's call at all. */
function isAnswered(
  context: HttpContext,
  request: IncomingMessage,
  tell: (reply: Answered | undefined) => void
): boolean {
  const cloud = ownerOf(context.clouds, request.url ?? '/')
  if (!cloud) return false
  const { method = '', headers } = request
  const preflight = preflightReply(context.access, { method, headers })
  if (preflight) tell(preflight)
  else {
    void answer(context, cloud, request).then((reply) => tell(reply && readable(context.access, headers, reply)))
  }
  return true
}

/** Writes head and body in one piece. */
function writeOn(response: ServerResponse, { status, headers, body }: Reply): void {
  const lines: string[] = []
  for (const name in headers) lines.push(name, headers[name] ?? '')
  const bytes = Buffer.byteLength(body)
  if (bytes > 0 || status !== 204) lines.push('content-length', String(bytes))
  response.writeHead(status, lines)
  // Of a text in ASCII there is nothing to encode.
  response.end(body, bytes === body.length ? 'latin1' : 'utf8')
}
