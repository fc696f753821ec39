import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify'
import type { AnswerOf, Door } from '../../doors/door.ts'
import type { Answer } from '../../providers/provider.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The row that a route of the control API serves. */
    readonly door?: Door
  }
}

/** A row's schemas under the names that Fastify has for them. */
type SchemasOf<D extends Door> = {
  readonly params: D['request']['params']
  readonly querystring: D['request']['query']
  readonly body: D['request']['body']
}
type Server = FastifyInstance['server']
type Line = FastifyRequest['raw']

/** A call of a door: what its row says is sent, checked, in the types that TypeBox has for it. */
export type Asked<D extends Door> = FastifyRequest<
  RouteGenericInterface,
  Server,
  Line,
  SchemasOf<D>,
  TypeBoxTypeProvider
>
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
  const { answer } = door
  const request = part(door, 'request')
  const { text } = request
  app.withTypeProvider<TypeBoxTypeProvider>().route<RouteGenericInterface, unknown, SchemasOf<D>>({
    method: door.method,
    url: door.path,
    schema: given({
      params: part(request, 'params'),
      querystring: part(request, 'query'),
      body: part(request, 'body')
    }),
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

/** A member in the row's own type, which `row.member` would widen to what any row has. */
function part<T extends object, Name extends keyof T>(row: T, name: Name): T[Name] {
  return row[name]
}

/** Without members that are undefined: Fastify warns of a schema that is named and not there. */
function given<T extends object>(schemas: T): T {
  for (const [name, schema] of Object.entries(schemas)) if (!schema) Reflect.deleteProperty(schemas, name)
  return schemas
}
