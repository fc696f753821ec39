import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AnswerOf, BodyOf, Door, ParamsOf, QueryOf } from '../../doors/door.ts'
import type { Answer } from '../../providers/provider.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The row that a route of the control API serves. */
    readonly door?: Door
  }
}

/** A call of a door: what its row says is sent, checked. */
export type Asked<D extends Door> = FastifyRequest<{
  Params: ParamsOf<D>
  Querystring: QueryOf<D>
  Body: BodyOf<D>
}>
type Answered<D extends Door> = D['answer'] extends { readonly status: 204 }
  ? Done
  : Answer<AnswerOf<D>> | (D['answer'] extends { readonly isLong: true } ? Done : never)
/** Nothing to tell, or all is told in pieces. */
type Done = Awaited<FastifyReply>

/** Smaller bodies are read all the same, so that what refuses them can say how much there may be. */
const BODY_BYTES_MAX = 1024 ** 2

/** Adds a door's route: its row says what is taken, and what may be answered. */
export function serve<D extends Door>(
  app: FastifyInstance,
  door: D,
  handle: (request: Asked<D>, reply: FastifyReply) => Answered<D> | Promise<Answered<D>>
): void {
  const { params, query, body, text } = door.request
  const { answer } = door
  app.route<{ Params: ParamsOf<D>; Querystring: QueryOf<D>; Body: BodyOf<D> }>({
    method: door.method,
    url: door.path,
    schema: { ...(params && { params }), ...(query && { querystring: query }), ...(body && { body }) },
    config: { door },
    ...(text && { bodyLimit: Math.max(text.bytesMax, BODY_BYTES_MAX) }),
    async handler(request, reply) {
      const answered = await handle(request, reply)
      if (reply.sent) return reply
      if (answer.status === 204) return reply.code(204).send()
      if ('text' in answer) reply.type(answer.text)
      return reply.send(answered)
    }
  })
}
