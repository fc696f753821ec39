import type { FastifyInstance } from 'fastify'
import { createKeyring, type KeyEntry } from '../src/config/keys.ts'
import { createCore } from '../src/core/create-core.ts'
import { MANUAL_START_AT, STARTER_AT } from '../src/core/model/clock.ts'
import type { Core } from '../src/core/model/core.ts'
import type { ClockMode } from '../src/core/model/world.ts'
import { plainDocument } from '../src/documents/document.ts'
import { buildApp, type ControlOptions } from '../src/http/app.ts'
import { baidu } from '../src/providers/baidu/index.ts'
import { faultWrong } from '../src/providers/faults.ts'
import type { AuthMode, Provider } from '../src/providers/provider.ts'
import { zenlayer } from '../src/providers/zenlayer/index.ts'
import { plantSeed, seedOf } from '../src/seed/seed.ts'
import { starterDocument } from '../src/seed/starter.ts'
import { plantedStarter } from '../src/server.ts'
import { judgeOf } from './documented.ts'
import { doorAt, inexactAnswer, watched } from './exact.ts'
import { sign } from './signers/baidu.ts'
import { signedHeaders } from './signers/zenlayer.ts'

export interface StartOptions {
  readonly providers?: readonly Provider[]
  /** A seed document as plain data; default: the built-in starter seed. */
  readonly seed?: object
  /** Default `off`: a key only names its world. */
  readonly auth?: AuthMode
  readonly keys?: readonly KeyEntry[]
  /** Default: a manual clock at 2026-01-05T08:00:00Z. */
  readonly clock?: { readonly mode: ClockMode; readonly at?: number }
  readonly control?: ControlOptions
  readonly cors?: readonly string[]
  readonly maxWorlds?: number
  readonly journalBytes?: number
  /** A folder that keeps the worlds. */
  readonly data?: string
  readonly maxAdvance?: number
  /** Which of several servers it is. */
  readonly shard?: { readonly index: number; readonly count: number }
  /** Told of each route as it is added. */
  readonly onRoute?: (route: { readonly method: string | string[]; readonly url: string }) => void
  readonly log?: (message: string, detail?: object) => void
  /** Faults let the clouds answer what no description of them has. */
  readonly answersOfOnesOwn?: true
}

export interface Answer {
  readonly status: number
  /** The error code, if it is an error of a cloud. */
  readonly code: string | undefined
  /** The parsed body; undefined where there is none. */
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | undefined
}

export interface Server {
  readonly app: FastifyInstance
  readonly core: Core
  /** An action; without a key it is unsigned, in world `default`. */
  zenlayer(action: string, body?: unknown, as?: { readonly key?: string; readonly version?: string }): Promise<Answer>
  /** `url` with its query; a body that is given is sent as JSON. */
  baidu(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    as?: { readonly key?: string }
  ): Promise<Answer>
  /** `path` without `/_snapstand`. */
  control(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  close(): Promise<void>
}

const CLOUDS: readonly Provider[] = [zenlayer, baidu]
const HOST = '127.0.0.1:7420'
/** Planted once, as the build does: worlds that start from it are the same, and servers start three times as fast. */
const planted = { image: plantedStarter(), changedAt: STARTER_AT }

/** A server in memory with both clouds, which nobody else shares. */
export async function start(options: StartOptions = {}): Promise<Server> {
  const { auth = 'off', keys = [], control, log } = options
  const inexact: string[] = []
  const given = options.providers ?? CLOUDS
  const providers = given.map((each) => watched(each, (fault) => inexact.push(fault)))
  const judged = given.map(judgeOf)
  const seed = seedOf(options.seed ? plainDocument('seed', options.seed) : starterDocument, providers)
  const core = createCore({
    rules: Object.fromEntries(providers.map((provider) => [provider.name, provider.rules])),
    plant: (world) => plantSeed(seed, providers, world),
    ...(!options.seed && !options.providers && { starter: planted }),
    faultWrong: (rule) => faultWrong(rule, providers),
    clock: options.clock ?? { mode: 'manual', at: MANUAL_START_AT },
    ...(options.maxWorlds !== undefined && { maxWorlds: options.maxWorlds }),
    ...(options.journalBytes !== undefined && { journalBytes: options.journalBytes }),
    ...(options.data !== undefined && { data: options.data }),
    ...(options.maxAdvance !== undefined && { maxAdvance: options.maxAdvance }),
    ...(log && { log })
  })
  const app = buildApp({
    core,
    providers,
    keys: createKeyring(auth, keys),
    ...(control && { control }),
    cors: options.cors ?? [],
    shard: options.shard,
    ...(log && { log })
  })
  if (options.onRoute) app.addHook('onRoute', options.onRoute)
  app.addHook('onSend', (request, reply, payload, done) => {
    const { door } = request.routeOptions.config
    const type = String(reply.getHeader('content-type'))
    const told = typeof payload === 'string' ? payload : payload ? undefined : ''
    const fault = door && told !== undefined ? inexactAnswer(door, reply.statusCode, type, told) : undefined
    if (fault !== undefined) inexact.push(fault)
    done()
  })
  // Every answer of a cloud is one that its description has.
  app.addHook('onSend', ({ raw }, reply, payload, done) => {
    const { method = '', url = '', headers } = raw
    const owner = judged.find(({ owns }) => owns(url.split('?', 1)[0] ?? ''))
    const body = typeof payload === 'string' ? payload : ''
    const fault = owner?.judge({ method, url, headers, status: reply.statusCode, body })
    if (fault !== undefined && !options.answersOfOnesOwn) inexact.push(fault)
    done()
  })
  await app.ready()

  const call = async (method: Method, url: string, headers: Record<string, string>, payload?: string) => {
    const body = payload === undefined ? {} : { payload }
    const answered = await app.inject({ method, url, headers: { host: HOST, ...headers }, ...body })
    const type = String(answered.headers['content-type'])
    // What is sent in pieces passes no hook as a text.
    const row = answered.headers['content-length'] === undefined ? doorAt(method, url) : undefined
    const fault = row && inexactAnswer(row, answered.statusCode, type, answered.body)
    if (fault !== undefined) inexact.push(fault)
    const reply = answerOf(answered)
    if (inexact.length > 0) throw new Error(inexact.splice(0).join('\n'))
    return reply
  }
  const secretOf = (key: string) => {
    const entry = keys.find((each) => 'id' in each && each.id === key)
    return entry && 'secret' in entry ? entry.secret : key
  }

  return {
    app,
    core,
    zenlayer(action, body = {}, { key, version } = {}) {
      const row = zenlayer.operations.find((operation) => operation.name === action)
      const payload = JSON.stringify(body)
      const timestampS = Math.floor(Date.now() / 1000)
      const signature =
        key === undefined
          ? { 'content-type': 'application/json' }
          : signedHeaders({ keyId: key, secret: secretOf(key), host: HOST, body: payload, timestampS })
      const named = { 'x-zc-action': action, 'x-zc-version': version ?? row?.versions?.at(-1) ?? '2025-09-01' }
      return call('POST', row?.route.path ?? '/api/v2/zec', { ...signature, ...named }, payload)
    },
    baidu(method, url, body, { key } = {}) {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const type = { 'content-type': 'application/json;charset=utf-8' }
      return call(
        method,
        url,
        key === undefined ? type : { ...type, ...signed(method, url, key, secretOf(key)) },
        payload
      )
    },
    control: (method, path, body) =>
      call(method, `/_snapstand${path}`, {}, body === undefined ? undefined : JSON.stringify(body)),
    async close() {
      await app.close()
      await core.close()
      if (inexact.length > 0) throw new Error(inexact.splice(0).join('\n'))
    }
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Headers of a signed call of Baidu. */
function signed(method: string, url: string, keyId: string, secret: string): Record<string, string> {
  const { pathname, searchParams } = new URL(url, `http://${HOST}`)
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host: HOST, 'x-bce-date': timestamp }
  const request = { method, path: decodeURIComponent(pathname), parameters: [...searchParams], headers }
  return { ...headers, authorization: sign(request, { keyId, secret, timestamp, habit: 'listed' }).authorization }
}

type Injected = Awaited<ReturnType<FastifyInstance['inject']>>

/** A reply in the form that tests compare. */
export function answerOf(reply: Pick<Injected, 'statusCode' | 'headers' | 'body'>): Answer {
  const body = parsed(reply.body)
  const members = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const headers = Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, String(value)]))
  const text = (name: string) => {
    const value = members.find(([key]) => key === name)?.[1]
    return typeof value === 'string' ? value : undefined
  }
  return {
    status: reply.statusCode,
    code: text('code'),
    body,
    headers,
    requestId: headers['x-bce-request-id'] ?? text('requestId')
  }
}

function parsed(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
