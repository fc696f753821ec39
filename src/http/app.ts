import type { TSchema } from '@sinclair/typebox'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Core } from '../core/model/core.ts'
import type { Keyring, Provider } from '../providers/provider.ts'
import { internalUrl, providerRoutes } from './calls/call.ts'
import { exchangeOf, NO_BODY } from './calls/exchange.ts'
import { showContentType } from './content-type.ts'
import { type HttpContext, type Log, originForm, ownerOf } from './context.ts'
import { type ControlOptions, control } from './control/index.ts'
import { answerOf, errorHandler, problemOf, write } from './errors.ts'
import { createHttpServer } from './foreign.ts'
import { replyOf } from './problem.ts'
import { lazyValidator } from './validate.ts'

export type { ControlOptions } from './control/index.ts'

export interface AppOptions {
  readonly core: Core
  readonly providers: readonly Provider[]
  readonly keys: Keyring
  readonly control?: ControlOptions
  readonly log?: Log
}

const BODY_BYTES_MAX = 1024 ** 2

/** The whole server over a core, ready for `listen` or `inject`. */
export function buildApp({ core, providers, keys, control: controlOptions, log }: AppOptions): FastifyInstance {
  const context: HttpContext = { core, providers, keys, log: log ?? (() => {}) }
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    // Fastify would set a timer for each route while it starts; nothing here waits for anything.
    pluginTimeout: 0,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 16_384 },
    serverFactory: (handler) => createHttpServer(context, handler),
    // The server has its own, also where Fastify listens on several addresses.
    clientErrorHandler: () => {},
    rewriteUrl: (request) => rewritten(context, request.method ?? '', request.url ?? '/', request.headers),
    frameworkErrors: (error, request, reply) => {
      const { raw, originalUrl: url } = request
      const provider = ownerOf(providers, url)
      if (!provider) {
        const isLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH'
        write(reply, replyOf(isLong ? notFound(request) : problemOf(context, error)))
        return
      }
      const call = { method: raw.method ?? '', url, headers: raw.headers, body: NO_BODY }
      write(reply, answerOf(context, exchangeOf(provider, undefined, call, core.wallNow()), error))
    },
    schemaController: {
      compilersFactory: {
        buildSerializer: () => () => (value) => JSON.stringify(value),
        // Never asked: the compiler is set below. Without it Fastify would load ajv.
        buildValidator: () => () => {
          throw new Error('the app has a validator compiler of its own')
        }
      }
    }
  })
  app.setValidatorCompiler<TSchema>(({ schema }) => lazyValidator(schema))
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.decorateRequest('exchange', null)
  app.decorateRequest('sentContentType', undefined)
  const handleError = errorHandler(context)
  app.setErrorHandler((error, request, reply) => {
    showContentType(request)
    return handleError(error, request, reply)
  })
  providerRoutes(app, context)
  const notFound = control(app, context, controlOptions ?? { mode: 'on' })
  app.setNotFoundHandler((request) => {
    throw notFound(request)
  })
  return app
}

/** Where Fastify finds what is meant. */
function rewritten(context: HttpContext, method: string, url: string, headers: FastifyRequest['headers']): string {
  const provider = ownerOf(context.providers, url)
  return provider ? internalUrl(context, provider, method, url, headers) : originForm(url)
}
