import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { assert } from '../../core/model/assert.ts'
import type { Cloud } from '../../core/model/cloud.ts'
import type { Input, Operation, Provider } from '../../providers/provider.ts'
import { hideContentType, showContentType } from '../content-type.ts'
import { type HttpContext, ownerOf } from '../context.ts'
import { logCrash, write } from '../errors.ts'
import { Problem } from '../problem.ts'
import { succeed } from './conclude.ts'
import { type Exchange, exchangeOf, NO_BODY } from './exchange.ts'
import { refusalOf } from './refusal.ts'

/** The methods that Fastify knows by itself. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE']

/** The internal url of a cloud's request: a row's route, or one that catches the rest. */
export function internalUrl(
  context: HttpContext,
  { name, protocol }: Provider,
  method: string,
  url: string,
  headers: Headers
): string {
  const rest = `/~${name}/-`
  // Fastify has no routes for other methods, and its own 404 refuses long paths.
  if (!METHODS.includes(method)) return rest
  try {
    return protocol.target(method, url, headers)
  } catch (error) {
    logCrash(context, error)
    return rest
  }
}
type Headers = FastifyRequest['headers']

/** Each row as one ordinary route for each of its addresses, and for each cloud one that catches the rest. */
export function providerRoutes(app: FastifyInstance, context: HttpContext): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(attempt(() => begin(context, request)))
  })
  app.addHook('preValidation', (request, _reply, done) => {
    done(attempt(() => examine(context, request)))
  })
  const perform = performer(context)
  inOneTurn(app, () => {
    for (const provider of context.providers) {
      for (const operation of provider.operations) {
        for (const { method, path } of addressesOf(provider, operation)) {
          const config = { provider, operation }
          app.route({ method, url: path, config, schema: schemaOf(operation), handler: perform })
        }
      }
      app.route({ method: METHODS, url: `/~${provider.name}/*`, config: { provider }, handler: perform })
    }
  })
}

type Turn = (error: Error | null, done: () => void) => void

/**
 * Each route asks by `after` for a turn of its own while the app gets ready, which takes longer than what it does there.
 * All of these share one turn: a tenth of a start.
 */
export function inOneTurn(app: Pick<FastifyInstance, 'after'>, register: () => void): void {
  const { after } = app
  const turns: Turn[] = []
  const answer = (value: unknown) => Object.defineProperty(app, 'after', { configurable: true, writable: true, value })
  answer((turn: Turn) => turns.push(turn))
  try {
    register()
  } finally {
    answer(after)
  }
  app.after((error) => {
    for (const turn of turns) turn(error, () => {})
  })
}

/** What an operation does not read needs no validator. */
function schemaOf({ request: { params, query, body } }: Operation): FastifySchema {
  return {
    ...(readsAny(params) && { params }),
    ...(readsAny(query) && { querystring: query }),
    ...(readsAny(body) && { body })
  }
}

function readsAny(schema: TSchema): boolean {
  return !KindGuard.IsObject(schema) || Object.keys(schema.properties).length > 0
}

/** A row's alias may come out at the address of its route. */
function addressesOf(provider: Provider, operation: Operation): ReturnType<Provider['protocol']['routes']> {
  const addresses = new Map(
    provider.protocol.routes(operation).map((address) => [`${address.method} ${address.path}`, address])
  )
  return [...addresses.values()]
}

/** What is thrown becomes an error that Fastify hands on. */
function attempt(work: () => void): Error | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Before the body is read. */
function begin(context: HttpContext, request: FastifyRequest): void {
  const { raw, originalUrl, headers } = request
  const { config } = request.routeOptions
  request.sentContentType = headers['content-type']
  const provider = ownerOf(context.providers, originalUrl)
  // Nothing but a cloud's own paths leads to its routes.
  if (!provider && config.provider) throw new Problem(404, 'Nothing is served at this path.')
  if (provider) {
    const operation = config.provider === provider ? config.operation : undefined
    const call = { method: raw.method ?? '', url: originalUrl, headers, body: NO_BODY }
    request.exchange = exchangeOf(provider, operation, call, context.core.wallNow())
    const refusal = provider.protocol.early(call.method, originalUrl, headers)
    if (refusal) throw refusal
  }
  hideContentType(request)
}

/** With the body: who is calling, what is meant, and what was sent. */
function examine({ core, keys }: HttpContext, request: FastifyRequest): void {
  showContentType(request)
  const { exchange } = request
  if (!exchange) return
  const { operation } = exchange
  const { protocol } = exchange.provider
  if (Buffer.isBuffer(request.body)) exchange.raw = { ...exchange.raw, body: request.body }
  exchange.caller = protocol.authenticate(exchange.raw, keys, core.wallNow())
  if (!operation) throw protocol.unmatched(exchange.raw)
  const sent: Input = { params: request.params, query: request.query, body: protocol.parse(exchange.raw) }
  const { unused, ...input } = protocol.normalise(operation, sent)
  Object.assign(exchange, { unused, input })
  Object.assign(request, input)
}

/** The handler of all rows: the call is accepted here, performed and answered. */
function performer(context: HttpContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { exchange } = request
    assert(exchange?.operation && exchange.caller, 'only an examined call is performed')
    const { provider, operation, caller, raw, input } = exchange
    const token = provider.protocol.token?.(operation, raw, input)
    const world = context.core.world(caller.world)
    exchange.world = world
    await world.ready()
    const result = world.perform(provider.name, (cloud) => run(exchange, operation, cloud), token)
    return write(reply, succeed(context, exchange, result))
  }
}

function run(exchange: Exchange, operation: Operation, cloud: Cloud): unknown {
  const { provider, raw, input } = exchange
  const { now } = cloud
  exchange.at = now
  const version = provider.protocol.version(raw)
  const fail: Parameters<Operation['run']>[0]['fail'] = (code, why) => refusalOf(provider, operation, code, why)
  return operation.run({ ...input, cloud, now, version, method: raw.method, fail })
}
