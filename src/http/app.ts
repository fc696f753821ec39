import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Core } from '../core/model/core.ts'
import { hiderOf } from '../documents/hiding.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Keyring, Provider } from '../providers/provider.ts'

import { createAccess } from './access.ts'
import { decodedBody } from './calls/body.ts'
import { createDelays } from './calls/delays.ts'

import { cloudCalls, takeInjected } from './calls/index.ts'
import { createConnections } from './connections.ts'
import { type HttpContext, type Log, served } from './context.ts'
import { type ControlOptions, control } from './control/index.ts'
import { errorHandler, problemOf, write } from './errors.ts'
import { createHttpServer } from './foreign.ts'
import { replyOf } from './problem.ts'
import type { Shard } from './shard.ts'

export type { ControlOptions } from './control/index.ts'

export interface AppOptions {
  readonly core: Core
  readonly providers: readonly Provider[]
  readonly keys: Keyring
  readonly control?: ControlOptions
  readonly log?: Log
  readonly metrics?: Metrics | undefined
  /** Origins whose pages may call the clouds. */
  readonly cors?: readonly string[]
  /** Which of several servers behind a proxy this is. */
  readonly shard?: Shard | undefined
  /** How long the end waits for what is under way; default five seconds. */
  readonly graceMs?: number
}

const BODY_BYTES_MAX = 1024 ** 2
const GRACE_MS = 5000

/** The whole server over a core, ready for `listen` or `inject`. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { core, providers, keys, control: controlOptions, log, cors = [], graceMs = GRACE_MS } = options
  const ending = new AbortController()
  const context: HttpContext = {
    core,
    clouds: providers.map(served),
    keys,
    hide: hiderOf(controlOptions?.token === undefined ? keys.secrets : [...keys.secrets, controlOptions.token]),
    log: log ?? (() => {}),
    connections: createConnections(),
    ending: ending.signal,
    heads: new WeakSet(),
    delays: createDelays(),
    metrics: options.metrics,
    access: createAccess({ hosts: controlOptions?.hosts ?? [], cors }),
    shard: options.shard
  }
  const calls = cloudCalls(context)
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    // Fastify would set a timer for each route while it starts; nothing here waits for anything.
    pluginTimeout: 0,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 16_384 },
    serverFactory: (handler) => createHttpServer(context, calls, handler),
    // The server has its own, also where Fastify listens on several addresses.
    clientErrorHandler: () => {},
    frameworkErrors: (error, request, reply) => {
      if (calls.serveInjected(request, reply)) return
      const isLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      write(reply, replyOf(isLong ? notFound(request) : problemOf(context, error)))
    },
    schemaController: {
      compilersFactory: {
        buildSerializer: () => () => (value) => JSON.stringify(value),
        // Never asked: those who validate set their own. Without it Fastify would load ajv.
        buildValidator: () => () => {
          throw new Error('routes with schemas have a validator compiler of their own')
        }
      }
    }
  })
  app.removeAllContentTypeParsers()
  const decode = ({ raw, routeOptions }: FastifyRequest, body: Buffer) =>
    decodedBody(body, raw.headers['content-encoding'], routeOptions.bodyLimit ?? BODY_BYTES_MAX)
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, decode)
  // A body is read whatever its type is called: Fastify has opinions about missing and odd ones.
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    request.headers = { 'content-type': 'application/json' }
    done()
  })
  app.addHook('preClose', (done) => {
    core.stop()
    ending.abort()
    context.delays.end()
    context.connections.end(graceMs)
    done()
  })
  app.setErrorHandler(errorHandler(context))
  takeInjected(app, context, calls)
  const notFound = control(app, context, controlOptions ?? { mode: 'on' })
  app.setNotFoundHandler((request) => {
    throw notFound(request)
  })
  return app
}
