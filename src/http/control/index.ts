import type { FastifyInstance, FastifyRequest } from 'fastify'
import { nearest } from '../../documents/nearest.ts'
import { type HttpContext, pathOf } from '../context.ts'
import { PAGE_PATHS, page } from '../page.ts'
import { Problem } from '../problem.ts'
import { controlCheck } from './access.ts'
import { agenda } from './agenda.ts'
import { checkpoints } from './checkpoints.ts'
import { clock } from './clock.ts'
import { content } from './content.ts'
import { createEventStreams, type EventStreams, type EventStreamsOptions } from './event-streams.ts'
import { events } from './events.ts'
import { expectations } from './expectations.ts'
import { faults } from './faults.ts'
import { health } from './health.ts'
import { controlValidator, readBody } from './input.ts'
import { createLongAnswers, type LongAnswers, type LongAnswersOptions } from './long-answers.ts'
import { metrics } from './metrics.ts'
import { moves } from './moves.ts'
import { occurrences } from './occurrences.ts'
import { openapi } from './openapi.ts'
import { operations } from './operations.ts'
import { placeCheck } from './place.ts'
import { PREFIX } from './prefix.ts'
import { requests } from './requests.ts'
import { resources } from './resources.ts'
import { settings } from './settings.ts'
import { state } from './state.ts'
import { timeline } from './timeline.ts'
import { worlds } from './worlds.ts'

/** How the emulator's own API is served. */
export interface ControlOptions {
  readonly mode: 'on' | 'off'
  /** Hosts besides the loopback ones. */
  readonly hosts?: readonly string[] | undefined
  /** When set, wanted of every call, whatever its host. */
  readonly token?: string | undefined
  readonly version?: string | undefined
  readonly longAnswers?: LongAnswersOptions | undefined
  readonly eventStreams?: EventStreamsOptions | undefined
}

export interface ControlContext extends HttpContext {
  readonly options: ControlOptions
  readonly longAnswers: LongAnswers
  readonly eventStreams: EventStreams
}

/** The emulator's own API, in the order of its description. */
const TOPICS: readonly ((app: FastifyInstance, context: ControlContext) => void)[] = [
  worlds,
  moves,
  clock,
  agenda,
  occurrences,
  timeline,
  resources,
  requests,
  expectations,
  events,
  operations,
  openapi,
  settings,
  state,
  checkpoints,
  faults,
  content,
  metrics
]

/** Adds the routes, and gives back what says why a path has none. */
export function control(
  app: FastifyInstance,
  http: HttpContext,
  options: ControlOptions
): (request: FastifyRequest) => Problem {
  const context: ControlContext = {
    ...http,
    options,
    longAnswers: createLongAnswers(options.longAnswers ?? {}),
    eventStreams: createEventStreams(http.core.events, options.eventStreams ?? {})
  }
  const check = controlCheck(http.access, options.token)
  const routes: Route[] = []
  app.register(
    (plugin, _options, done) => {
      plugin.setValidatorCompiler(controlValidator)
      plugin.addHook('onRoute', ({ method, url }) => {
        for (const each of Array.isArray(method) ? method : [method]) routes.push({ method: each, path: url })
      })
      health(plugin, context)
      if (options.mode === 'on') {
        plugin.addHook('onRequest', (request, _reply, next) => {
          // Liveness is anyone's to ask.
          next(request.routeOptions.url === `${PREFIX}/health` ? undefined : check(request.headers))
        })
        plugin.addHook('onRequest', placeCheck(context))
        plugin.addHook('preValidation', readBody)
        for (const topic of TOPICS) topic(plugin, context)
      }
      done()
    },
    { prefix: PREFIX }
  )
  const refusalOf = (request: FastifyRequest): Problem => {
    const path = pathOf(request.originalUrl)
    const isOurs = path === PREFIX || path.startsWith(`${PREFIX}/`)
    const shown = options.mode === 'on' ? PAGE_PATHS.map((each) => ({ method: 'GET', path: each })) : []
    return (isOurs && options.mode === 'on' && check(request.headers)) || missing(path, request.method, routes, shown)
  }
  if (options.mode === 'on') {
    // With a token the page itself is anyone's: what it shows it asks for with the token.
    const isOpen = options.token !== undefined
    page(app, { check: ({ headers }) => (isOpen ? undefined : check(headers)), missing: refusalOf })
  }
  return refusalOf
}

interface Route {
  readonly method: string
  readonly path: string
}

/** Why there is nothing for a method and a path. */
function missing(path: string, method: string, routes: readonly Route[], shown: readonly Route[]): Problem {
  const served = [...routes, ...shown].filter((route) => fits(route.path, path)).map((route) => route.method)
  // What the page asks for by its method, and has not, is not found.
  if (served.length > 0 && !served.includes(method)) {
    const allowed = [...new Set(served.flatMap((each) => (each === 'GET' ? [each, 'HEAD'] : each)))]
    const allow = allowed.join(', ')
    return new Problem(405, `${path} takes ${allow}, not ${method}.`, { method, allowed }, { allow })
  }
  const near = nearest(path, new Set(routes.map((route) => route.path)))
  const detail = `Nothing is served at ${path}${near === undefined ? '.' : `; the nearest path is ${near}.`}`
  return new Problem(404, detail, { path, nearest: near })
}

function fits(route: string, path: string): boolean {
  const wanted = route.split('/')
  const parts = path.split('/')
  return wanted.length === parts.length && wanted.every((part, index) => part.startsWith(':') || part === parts[index])
}
