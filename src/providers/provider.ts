import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TObject, TSchema } from '@sinclair/typebox'
import { Type } from '@sinclair/typebox'
import type { Cloud } from '../core/model/cloud.ts'
import type { Why } from '../core/model/journal.ts'
import type { Shapes } from '../core/model/resources.ts'
import type { Rules } from '../core/model/rules.ts'
import type { Token } from '../core/model/world.ts'

/** A documented refusal: its HTTP status, its literal text, where it stands, and if any operation may answer it. */
export interface Refusal {
  readonly status: number
  readonly message: string
  readonly source: string
  readonly common?: true
  /** Of a common one: how it is reached, or why only a fault does (rows say it of theirs). */
  readonly reach?: string
}
export type Catalogue = Readonly<Record<string, Refusal>>

/** An answer of the cloud that is no success. `message` is sent, `why` is kept in the journal. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly why: Why
  constructor(code: string, status: number, message: string, why: Why = {}) {
    super(message)
    this.code = code
    this.status = status
    this.why = why
  }
}

/** Where an operation lives on the wire. Several share one method and path and differ by a selector. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `:name` for parameters: `/v2/asp/:aspId`. */
  readonly path: string
  /** An action header's value, or a query key. */
  readonly selector?: string
}

type NoInput = TObject<Record<never, never>>
const none = Type.Object({})

/** What `run` gets. `fail` is a method, so that a table of rows needs no cast (methods compare bivariantly). */
export interface Call<P, Q, B, Code extends string, C> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly cloud: C
  /** The instant of the call on the world's clock, epoch milliseconds. */
  readonly now: number
  /** The API version that the client asked for. */
  readonly version: string
  /** The HTTP method, for the few operations that have two (Baidu's release: DELETE or POST). */
  readonly method: string
  fail(code: Code, why?: Why): ApiError
}

export interface Row<
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  R extends TSchema,
  Code extends string,
  C
> {
  readonly name: string
  readonly summary: string
  readonly source: string
  readonly route: Route
  /** Paths that mean the same operation. */
  readonly aliases?: readonly Route[]
  /** API versions that have it; without, all of its provider's. */
  readonly versions?: readonly string[]
  readonly request?: { readonly params?: P; readonly query?: Q; readonly body?: B }
  /** `Type.Undefined()` where the answer has no body. */
  readonly response: R
  /** Documented (or proposed) codes of this operation, and how each is reached by real state or input. */
  readonly errors: readonly Code[]
  readonly reach?: Readonly<Partial<Record<Code, string>>>
  /** Where this operation's wording or status differs from the catalogue's. */
  readonly wording?: Readonly<Partial<Record<Code, Partial<Refusal>>>>
  /** What is inferred, invented or accepted and ignored. */
  readonly notes?: readonly string[]
  run(call: Call<Static<P>, Static<Q>, Static<B>, Code, C>): Static<R>
}

/** A row as the router, the docs and the tests see it: its types forgotten, its schemas kept. */
export interface Operation<C = Cloud> {
  readonly name: string
  readonly summary: string
  readonly source: string
  readonly route: Route
  readonly aliases: readonly Route[]
  readonly versions: readonly string[] | undefined
  readonly request: { readonly params: TSchema; readonly query: TSchema; readonly body: TSchema }
  readonly response: TSchema
  readonly errors: readonly string[]
  readonly reach: Readonly<Record<string, string | undefined>>
  readonly wording: Readonly<Record<string, Partial<Refusal> | undefined>>
  readonly notes: readonly string[]
  run(call: Call<unknown, unknown, unknown, string, C>): unknown
}

/** Binds `operation` to one provider's catalogue: a row lists only codes that exist and throws only codes it lists. */
export function operationOf<C>() {
  return <const Cat extends Catalogue>(_catalogue: Cat) => ({
    operation: <
      R extends TSchema,
      const Code extends keyof Cat & string,
      P extends TSchema = NoInput,
      Q extends TSchema = NoInput,
      B extends TSchema = NoInput
    >(
      row: Row<P, Q, B, R, Code, C>
    ): Operation<C> => ({
      ...row,
      aliases: row.aliases ?? [],
      versions: row.versions,
      reach: row.reach ?? {},
      wording: row.wording ?? {},
      notes: row.notes ?? [],
      run: (call) => row.run(call), // the router's validation is trusted here, and only here
      request: {
        params: row.request?.params ?? none,
        query: row.request?.query ?? none,
        body: row.request?.body ?? none
      }
    })
  })
}

/** A request as it came: the bytes that signatures are about. */
export interface RawRequest {
  readonly method: string
  /** As received, with its query. */
  readonly url: string
  /** Names in lower case, values as received. */
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export type AuthMode = 'verify' | 'strict' | 'off'
/** The keys that the server knows; pure look-ups. */
export interface Keyring {
  readonly mode: AuthMode
  /** The secret, or undefined for a key that is not configured (in `verify` such a key is its own secret). */
  secretOf(keyId: string): string | undefined
  /** The world that a key names: its own id, unless it was configured with another. */
  worldOf(keyId: string): string
  /** The world of a configured bearer token. */
  worldOfBearer(token: string): string | undefined
}
/** Who is calling: the world it belongs to. */
export interface Caller {
  readonly world: string
  readonly keyId: string | null
  /** A signature that was verified, or a configured token. */
  readonly authentic: boolean
}

/** One fault of an input, in the order in which the schema declares its members. */
export interface Fault {
  readonly in: 'params' | 'query' | 'body'
  /** Member names and indexes: `['timePoints', '0']`. */
  readonly path: readonly string[]
  readonly kind:
    | 'missing'
    | 'type'
    | 'too-large'
    | 'too-small'
    | 'too-long'
    | 'too-short'
    | 'pattern'
    | 'date'
    | 'value'
  /** `refusal` of the innermost schema on the path that names one. */
  readonly refusal: string | undefined
  /** What the schema wants, in words. */
  readonly expected: string
}

/** What the HTTP layer itself finds wrong. */
export type Trouble =
  | 'too-large' // body over 1 MiB
  | 'headers-too-large'
  | 'not-http' // bytes that are no request, or framing that contradicts itself
  | 'bad-path' // a path that cannot be decoded
  | 'unavailable' // no new world can be made
  | 'internal' // a crash of ours

export interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Empty: no body, `Content-Length: 0`. */
  readonly body: string
}

/** How a cloud speaks HTTP. All of it pure: `wallNow` and the keys are arguments. */
export interface Protocol {
  /** Whether a path (without query, as received) is this cloud's. */
  owns(path: string): boolean
  /**
   * The internal path of what is meant, with the query as received: `/~zenlayer/xx/service/zec/action/CreateSnapshot`,
   * `/~baidu/xx/selector-attach/path/v2/asp/asp-1?attach`. One that no row has is answered by `unmatched`. Never throws.
   */
  target(method: string, url: string, headers: IncomingHttpHeaders): string
  /** The internal routes of a row, in Fastify's notation, that `target` points at. */
  routes(operation: Operation): readonly { readonly method: Route['method']; readonly path: string }[]
  /** What is refused before anyone asks who is calling. */
  early(method: string, url: string, headers: IncomingHttpHeaders): ApiError | undefined
  /** Throws the cloud's refusal, with the canonical forms and a hint in `why`. */
  authenticate(request: RawRequest, keys: Keyring, wallNow: number): Caller
  /** The key that a request claims, verified or not: for the journal. */
  claimed(request: RawRequest): string | null
  /** After authentication: no row was meant. Says the nearest one in the hint. */
  unmatched(request: RawRequest): ApiError
  version(request: RawRequest): string
  /** The body as JSON, `{}` when empty. Throws for another content type, malformed JSON, no object. */
  parse(request: RawRequest): unknown
  /** Drops what this cloud treats as absent, converts query values, and lists what no operation reads. */
  normalise(operation: Operation, input: Input): Input & { readonly unused: readonly string[] }
  /** The one refusal of an input with these faults, at least one. */
  invalid(operation: Operation, faults: readonly Fault[]): ApiError
  /** The idempotency token of a call, if this cloud has such a thing. May throw. */
  token?(operation: Operation, request: RawRequest, input: Input): Token | undefined
  tokenMismatch?(): ApiError
  trouble(kind: Trouble): ApiError
  /** A UUID version 4 in lower case becomes this cloud's request id. */
  requestId(uuid: string): string
  success(operation: Operation, result: unknown, requestId: string): Reply
  failure(error: ApiError, requestId: string): Reply
}

/** What a world has of one cloud, as the lists of a seed's section. */
export type Harvest = Readonly<Record<string, Iterable<unknown>>>

/** One cloud's part of a seed document: read with `schema`, planted, and harvested again by an export. */
export interface SeedRoom<S extends Shapes = Shapes> {
  readonly schema: TSchema
  /** Throws `SeedFault` for what a schema cannot say (an unknown zone, a duplicate id). */
  plant(cloud: Cloud<S>, section: unknown): void
  /** List by list; long ones item by item. */
  harvest(cloud: Cloud<S>): Harvest
}
/** Faults in a seed that only looking across it can find. */
export class SeedFault extends Error {
  readonly faults: readonly { readonly path: string; readonly reason: string }[]
  constructor(faults: readonly { readonly path: string; readonly reason: string }[]) {
    super(faults.map((fault) => `${fault.path}: ${fault.reason}`).join('; '))
    this.faults = faults
  }
}

/** A cloud, as a value. A third one is a new folder and one line in `index.ts`. */
export interface Provider<S extends Shapes = Shapes> {
  readonly name: string
  readonly catalogue: Catalogue
  readonly operations: readonly Operation<Cloud<S>>[]
  /** Known operations that are not served, with the reason. */
  readonly notServed: readonly { readonly name: string; readonly reason: string; readonly source: string }[]
  readonly protocol: Protocol
  readonly rules: Rules<S>
  readonly seed: SeedRoom<S>
}
