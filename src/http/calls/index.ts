import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type HttpContext, ownerOf } from '../context.ts'
import { write } from '../errors.ts'
import { answer } from './call.ts'
import { preflightReply, readable } from './cors.ts'

/** The clouds' calls, on their way through Fastify. */
export interface CloudCalls {
  /** Answers a request whose path is a cloud's; false: it is none. */
  serve(request: FastifyRequest, reply: FastifyReply): boolean
}

/**
 * Each cloud at its real addresses, by a catch-all whose reading names the row. Its calls are answered before Fastify has
 * a look at their bodies, and so are those that its router has no route for: another method, an address such as `//api`.
 */
export function cloudCalls(app: FastifyInstance, context: HttpContext): CloudCalls {
  const serve: CloudCalls['serve'] = ({ raw }, reply) => {
    const cloud = ownerOf(context.clouds, raw.url ?? '/')
    if (!cloud) return false
    const { method = '', headers } = raw
    const preflight = preflightReply(context.access, { method, headers })
    if (preflight) {
      write(reply, preflight)
      return true
    }
    void answer(context, cloud, raw).then((answered) => {
      if (answered) write(reply, readable(context.access, headers, answered))
      else reply.hijack()
    })
    return true
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (!serve(request, reply)) done()
  })
  for (const { protocol } of context.clouds) {
    // What comes here is no call: `/v*` also takes `/vendor`.
    app.all(protocol.address, (_request, reply) => reply.callNotFound())
  }
  return { serve }
}
