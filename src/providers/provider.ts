import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TSchema } from '@sinclair/typebox'
import type { Cloud } from '../core/model/cloud.ts'
import type { Why } from '../core/model/journal.ts'
import type { SettingValue, Shapes } from '../core/model/resources.ts'
import type { Token } from '../core/model/world.ts'
import type { Wrong } from '../documents/wrongs.ts'
import type { ClientLines, Signing } from './clients.ts'
import type { Description } from './description.ts'
import type { Evidence, Statement } from './evidence.ts'
import type { EvidencedRules, StateTable } from './evidenced-rules.ts'
import type { Recorded } from './recorded.ts'
import type { SeedRoom } from './seed-room.ts'
import type { Views } from './views.ts'

/** A refusal: its HTTP status, its literal text, what they rest on, and if any operation may answer it. */
export interface Refusal {
  readonly status: number
  readonly message: string
  readonly evidence: Evidence
  /** What the text alone rests on, where that differs. */
  readonly textEvidence?: Evidence
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
  readonly selector?: string | undefined
}

/** What is made of a schema's type for JSON to send: a member that may be absent may be undefined, which JSON leaves out. */
export type Answer<T> = T extends readonly unknown[] | object
  ? { readonly [M in keyof T]: Answer<T[M]> | (Record<never, never> extends Pick<T, M> ? undefined : never) }
  : T

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
  /** What it rests on, and all of it that says nothing else. */
  readonly evidence: Evidence
  readonly route: Route
  /** Paths that mean the same operation. */
  readonly aliases?: readonly Route[]
  /** API versions that have it; without, all of its provider's. */
  readonly versions?: readonly string[]
  readonly request?: { readonly params?: P; readonly query?: Q; readonly body?: B }
  /** `Type.Undefined()` where the answer has no body. */
  readonly response: R
  /** Codes of this operation, and how each is reached by real state or input. */
  readonly errors: readonly Code[]
  readonly reach?: Readonly<Partial<Record<Code, string | Statement>>>
  /** Where this operation's wording or status differs from the catalogue's. */
  readonly wording?: Readonly<Partial<Record<Code, Partial<Refusal>>>>
  /** What a success of it leaves in the making, and a fault can let fail then. */
  readonly makes?: 'volume' | 'snapshot'
  /** What is inferred, invented or accepted and ignored. */
  readonly notes?: readonly Statement[]
  run(call: Call<Static<P>, Static<Q>, Static<B>, Code, C>): Answer<Static<R>>
}

/** A row as the router, the docs and the tests see it: its types forgotten, its schemas kept. */
export interface Operation<C = Cloud> {
  readonly name: string
  readonly summary: string
  readonly evidence: Evidence
  /** The same in words. */
  readonly source: string
  readonly route: Route
  readonly aliases: readonly Route[]
  readonly versions: readonly string[] | undefined
  readonly request: { readonly params: TSchema; readonly query: TSchema; readonly body: TSchema }
  readonly response: TSchema
  readonly errors: readonly string[]
  readonly reach: Readonly<Record<string, string | undefined>>
  /** What each of these ways rests on. */
  readonly reachEvidence: Readonly<Record<string, Evidence | undefined>>
  readonly wording: Readonly<Record<string, Partial<Refusal> | undefined>>
  readonly makes: 'volume' | 'snapshot' | undefined
  readonly notes: readonly Statement[]
  run(call: Call<unknown, unknown, unknown, string, C>): unknown
}

/** What comes before the body, as received. */
export interface RequestLine {
  readonly method: string
  /** With its query. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
}
/** A request as it came: the bytes that signatures are about. */
export interface RawRequest extends RequestLine {
  readonly body: Buffer
}

/** What a request line asks for: a row, or a refusal. */
export type Reading = {
  /** Of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Of the query, decoded; of a repeated one the last value. */
  readonly query: Readonly<Record<string, string>>
  /** The API version, '' where none is named. */
  readonly version: string
} & (
  | { readonly operation: Operation; readonly refused?: undefined }
  | { readonly operation: undefined; readonly refused: LineRefusal }
)
/** Why no row is meant. */
export interface LineRefusal {
  /** Told before anyone asks who is calling; else only to a caller who is known. */
  readonly early: boolean
  /** In the cloud's words. Made when it is wanted: looking for what was nearly meant takes a while. */
  error(): ApiError
}

export type AuthMode = 'verify' | 'strict' | 'off'
/** The keys that the server knows; pure look-ups. */
export interface Keyring {
  readonly mode: AuthMode
  /** The secret, or undefined for a key that is not configured (in `verify` such a key is its own secret). */
  secretOf(keyId: string): string | undefined
  /** The world that a key names: its own id, unless it was configured with another. */
  worldOf(keyId: string): string
  /** All that is configured and must never be told: secrets and bearer tokens. */
  readonly secrets: readonly string[]
  /** The world of a configured bearer token. */
  worldOfBearer(token: string): string | undefined
}
/** Who is calling: the world it belongs to. */
export interface Caller {
  readonly world: string
  readonly keyId: string | null
  /** A signature that was verified, or a configured token. */
  readonly authentic: boolean
  /** What its signature did in another way than the cloud's own clients, for the journal to tell. */
  readonly habit?: string | undefined
}

/** What the HTTP layer itself finds wrong. */
export type Trouble =
  | 'too-large' // body over 1 MiB
  | 'headers-too-large'
  | 'not-http' // bytes that are no request, or framing that contradicts itself
  | 'encoding' // a body in an encoding that is not read, or not in the one that its Content-Encoding says
  | 'bad-path' // a path that cannot be decoded
  | 'costly-pattern' // a pattern that takes too long
  | 'not-admitted' // a page of another site, or an unsigned call by a strange host
  | 'unavailable' // no new world can be made
  | 'internal' // a crash of ours

export interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}
/** What was sent, parsed once. */
export interface Sent {
  /** Without what this cloud treats as absent. */
  readonly input: Input
  /** What no operation reads: `query.foo`, `body.tags.0.bar`. */
  readonly unused: readonly string[]
  /** The idempotency token of the call. Asked for once the input is known to be right; may throw. */
  token?(): Token | undefined
}
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Empty: no body, `Content-Length: 0`. */
  readonly body: string
}

/** Why a call is refused that no row has refused. */
export type Cause =
  | { readonly kind: Trouble | 'token-mismatch' }
  /** By a fault: the refusal as catalogue and row have it, to be worded for this request where the cloud does. */
  | { readonly kind: 'injected'; readonly error: ApiError; readonly request: RequestLine; readonly wallNow: number }
  /** An input with these wrongs, at least one. */
  | {
      readonly kind: 'invalid'
      readonly operation: Operation
      readonly wrongs: readonly Wrong[]
      /** Those of the caller's world, if it is there. */
      readonly settings?: () => Readonly<Record<string, SettingValue>> | undefined
    }

/** How a cloud speaks HTTP: each question is asked once a call, in this order. All of it pure. */
export interface Protocol {
  /** Where its calls come in, as the router writes it: `/api/*`. */
  readonly address: string
  /** Whether a path (without query, as received) is this cloud's. */
  owns(path: string): boolean
  /** Never throws. */
  read(line: RequestLine): Reading
  /** The key that a request claims to have, true or not, or the world of its token; null: it names none. */
  claim(line: RequestLine): string | null
  /** Who is calling. Throws the cloud's refusal, with the canonical forms and a hint in `why`. */
  identify(request: RawRequest, keys: Keyring, wallNow: number): Caller
  /** Of the body as it is decoded. Throws where it is none of this cloud's. */
  input(operation: Operation, reading: Reading, request: RawRequest): Sent
  refusal(cause: Cause): ApiError
  /** A UUID version 4 in lower case becomes this cloud's request id. */
  requestId(uuid: string): string
  success(result: unknown, requestId: string): Reply
  failure(error: ApiError, requestId: string): Reply
  /** What a request holds that must never be told: its key's secret, tokens. */
  secrets(request: RawRequest, keys: Keyring): readonly string[]
}

/** A cloud, as a value. A third one is a new folder and one line in `index.ts`. */
export interface Provider<S extends Shapes = Shapes> extends Signing {
  readonly name: string
  /** The page, as a path of this repository, whose sections comments, sources and rules cite: `zenlayer.md 3.3`. */
  readonly specification: string
  readonly catalogue: Catalogue
  /** The code that answers who calls too often, where the cloud documents one. */
  readonly throttling?: string
  readonly operations: readonly Operation<Cloud<S>>[]
  /** Known operations that are not served, with the reason. */
  readonly notServed: readonly { readonly name: string; readonly reason: string; readonly source: string }[]
  /** How these rows are found and spoken of; the table is built once. */
  protocolFor(operations: readonly Operation[]): Protocol
  readonly rules: EvidencedRules<S>
  /** Which operation asks which state, by the kind of thing whose state it is. */
  readonly states: Readonly<Record<string, StateTable>>
  readonly seed: SeedRoom<S>
  readonly views: Views<S>
  readonly description: Description
  readonly recorded: Recorded
  /** What a start prints of it, where the server has this URL. */
  clients?(url: string, trusted?: string): ClientLines
}
