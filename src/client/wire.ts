import type { AnswerOf, BodyOf, Door, ParamsOf, QueryOf } from '../doors/door.ts'
import type { DOORS } from '../doors/index.ts'
import type { ConnectOptions } from './handle.ts'
import { patientDispatcher } from './patience.ts'
import { ControlRefused, NoPath, refusalOf, Unreachable } from './refusals.ts'

type Doors = (typeof DOORS)[number]
type Method = Doors['method']
type PathOf<M extends Method> = Extract<Doors, { readonly method: M }>['path']
type DoorAt<M extends Method, P> = Extract<Doors, { readonly method: M; readonly path: P }>

/** What goes to a door: its parts as the row says, and `undefined` is as if it were not there. */
type Sent<D extends Door> = Needed<D, 'params', ParamsOf<D>> &
  Needed<D, 'body', BodyOf<D>> & {
    readonly query?: Loose<QueryOf<D>>
    readonly text?: string
    /** The type that is wanted of the answer, or that the text has. */
    readonly type?: string
    readonly signal?: AbortSignal | undefined
  }
type Needed<D extends Door, Part extends keyof Door['request'], T> =
  D['request'] extends Readonly<Record<Part, unknown>> ? Readonly<Record<Part, Loose<T>>> : unknown
type Loose<T> = { readonly [M in keyof T]: T[M] | (Record<never, never> extends Pick<T, M> ? undefined : never) }
/** The same with its types forgotten. */
interface AnySent {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly text?: string
  readonly type?: string
  readonly signal?: AbortSignal | undefined
}

/** How calls get to a server. That there is a door for a method and a path, the compiler sees to. */
export interface Wire {
  readonly url: string
  /** The answer as its row has it. Throws `ControlRefused`, `Unreachable`, or the signal's reason. */
  send<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    sent: Sent<DoorAt<M, P>>
  ): Promise<AnswerOf<DoorAt<M, P>>>
  /** The answer as it comes. */
  open<M extends Method, P extends PathOf<M>>(method: M, path: P, sent: Sent<DoorAt<M, P>>): Promise<Response>
  /** Ends what is under way. */
  close(): void
}

export function createWire(url: string, { token, shard, fetch: given }: ConnectOptions): Wire {
  const base = new URL(url.endsWith('/') ? url : `${url}/`)
  const ended = new AbortController()
  let dispatcher: ReturnType<typeof patientDispatcher>
  const open = async (method: string, path: string, sent: AnySent): Promise<Response> => {
    const target = targetOf(base, path, sent)
    const { signal } = sent
    signal?.throwIfAborted()
    if (!given) dispatcher ??= patientDispatcher()
    try {
      const response = await (given ?? fetch)(target, {
        method,
        headers: headersOf(sent, token, shard),
        body: sent.text ?? (sent.body === undefined ? null : JSON.stringify(sent.body)),
        signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
        ...(dispatcher && { dispatcher })
      })
      if (response.ok) return response
      throw refusalOf(response.status, problemIn(await response.text()), `${method} ${target.pathname}`)
    } catch (error) {
      throw error instanceof ControlRefused ? error : (signal?.reason ?? new Unreachable(url, error))
    }
  }
  return {
    url,
    open,
    async send(method, path, sent) {
      const response = await open(method, path, sent)
      try {
        const text = await response.text()
        return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
      } catch (error) {
        throw sent.signal?.reason ?? new Unreachable(url, error)
      }
    },
    close: () => ended.abort(new Error('the client was closed'))
  }
}

function targetOf(base: URL, path: string, { params = {}, query = {} }: AnySent): URL {
  const named = path.replaceAll(/:(\w+)/g, (_, name: string) => segmentOf(params[name] ?? ''))
  const url = new URL(`_snapstand${named}`, base)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

/** One part of a path. */
function segmentOf(name: string): string {
  // URLs take these for steps up and down, however they are written.
  if (name === '' || name === '.' || name === '..') throw new NoPath(name)
  return encodeURIComponent(name)
}

function headersOf(
  { query = {}, body, text, type }: AnySent,
  token: string | undefined,
  shard: string | undefined
): Record<string, string> {
  const isSent = text !== undefined || body !== undefined
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(shard !== undefined && { 'x-snapstand-shard': shard }),
    ...worldHeader(query.world),
    ...(isSent && { 'content-type': type ?? (text === undefined ? 'application/json' : 'text/plain') }),
    ...(!isSent && type !== undefined && { accept: type })
  }
}

/**
 * A proxy that distributes worlds over several servers may not decode queries: a name that is encoded there is sent as it
 * is, too, unless no header can hold it.
 */
function worldHeader(world: unknown): Record<string, string> {
  if (typeof world !== 'string' || !/[^\w.*-]/.test(world) || /\p{Cc}|^ | $/u.test(world)) return {}
  return { 'x-snapstand-world': String.fromCharCode(...new TextEncoder().encode(world)) }
}

function problemIn(text: string): ControlRefused['problem'] {
  try {
    const problem: unknown = JSON.parse(text)
    return typeof problem === 'object' && problem !== null ? { ...problem } : {}
  } catch {
    return {}
  }
}
