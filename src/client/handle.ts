/// <reference lib="esnext.disposable" preserve="true" />
// Its declarations say `AsyncDisposable`, which the `lib` of who uses them may lack.
import type { Agenda, AgendaQuery } from '../doors/agenda.ts'
import type { Checkpoints, WorldCheckpoint } from '../doors/checkpoints.ts'
import type { AdvanceReport, AdvanceStop, Clock } from '../doors/clock.ts'
import type { Event } from '../doors/events.ts'
import type { Expectation, Expected } from '../doors/expectations.ts'
import type { Fault, FaultRule, Faults } from '../doors/faults.ts'
import type { Health } from '../doors/health.ts'
import type { Move, MoveBeginning, Moves } from '../doors/moves.ts'
import type { Occurrences, OccurrencesQuery } from '../doors/occurrences.ts'
import type { OpenApiDocument } from '../doors/openapi.ts'
import type { Operations } from '../doors/operations.ts'
import type { JournalEntry, Requests, RequestsQuery } from '../doors/requests.ts'
import type { ResourceDetail, Resources, ResourcesQuery } from '../doors/resources.ts'
import type { Settings } from '../doors/settings.ts'
import type { ImportReport, State } from '../doors/state.ts'
import type { Timeline, TimelineQuery } from '../doors/timeline.ts'
import type { ResetReport, WorldSummary, Worlds } from '../doors/worlds.ts'
import type { Credentials, Key } from './credentials.ts'

/** What any call takes besides. */
export interface CallOptions {
  /** Ends the call: it throws the signal's reason. What the server has begun it ends all the same. */
  readonly signal?: AbortSignal | undefined
}

export interface ConnectOptions {
  /** What `--control-token` says, where it says something. */
  readonly token?: string | undefined
  /** Which of several servers this is: `snapstand-0`. One with `--shard` answers only who means it. */
  readonly shard?: string | undefined
  /** Keys that the server was started with, so that `credentials` tell their secrets; others are their own. */
  readonly keys?: readonly Key[] | undefined
  /** What sends; default: the fetch of this program, without a time limit. */
  readonly fetch?: typeof fetch | undefined
}

/** A running server, in this process or anywhere else. */
export interface Server extends AsyncDisposable {
  /** `http://127.0.0.1:7420`, what clients take as their endpoint. */
  readonly url: string
  /** One world: as a rule a test's own, for which it makes up a key. Nothing is sent. Default: `default`; `*` is all. */
  world(key?: string): World
  health(options?: CallOptions): Promise<Health>
  worlds(options?: CallOptions): Promise<Worlds>
  /** What is served of each cloud, or of one. */
  operations(provider?: string, options?: CallOptions): Promise<Operations>
  /** The control API as OpenAPI 3.1, or that of a cloud. */
  openApi(cloud?: string, options?: CallOptions): Promise<OpenApiDocument>
  /** What it counts, in the text format of Prometheus; refused where it was not started with `--metrics`. */
  metrics(options?: CallOptions): Promise<string>
  /** A world back to its starter seed and its journal emptied; `*`: all of them. */
  reset(world: string, options?: CallOptions): Promise<ResetReport>
  /** The worlds that are moved from there or to there, and those that have left. */
  moves(options?: CallOptions): Promise<Moves>
  /** Ends what is under way from here; and the server, if it was started here. */
  close(): Promise<void>
}

/** An instant of a world’s time: ISO 8601 with a time zone, or a date. */
export type InstantLike = string | Date

/** A way to let time pass: a duration (`P7D`, `36h`), until an instant, or until the next event. */
export type AdvanceBy =
  | (string & {})
  | 'next'
  | { readonly by: string }
  | { readonly to: InstantLike }
  | { readonly toNext: true }

/** One world of a server. */
export interface World {
  /** Its name, and the access key of its own. */
  readonly key: string
  readonly clock: WorldClock
  readonly faults: WorldFaults
  readonly requests: WorldRequests
  readonly checkpoints: WorldCheckpoints
  readonly settings: WorldSettings
  readonly state: WorldState
  /** The world on its way to another server; `snapstand move` takes these steps on both. */
  readonly move: WorldMove
  /** What the clients of both clouds want to be told. */
  readonly credentials: Credentials
  /** What will happen next, in order. */
  agenda(query?: { readonly limit?: AgendaQuery['limit'] }, options?: CallOptions): Promise<Agenda>
  /** What a policy did, with reasons, and what it will do. */
  occurrences(
    provider: string,
    policy: string,
    query?: { readonly after?: InstantLike; readonly limit?: OccurrencesQuery['limit'] },
    options?: CallOptions
  ): Promise<Occurrences>
  /** Disks and volumes through time: snapshots, until when they are kept, and what policies did and will do. */
  timeline(filter?: TimelineFilter, options?: CallOptions): Promise<Timeline>
  readonly resources: WorldResources
  /** The content marker of a volume: a text that snapshots capture and rollbacks bring back. */
  content(provider: string, volume: string): VolumeContent
  /** What happens, live, from this call on. */
  events(filter?: EventsFilter, options?: CallOptions): EventStream
  /** Back to its starter seed, its journal emptied. */
  reset(options?: CallOptions): Promise<ResetReport>
  /** Forgets it; false: it was not there. */
  delete(options?: CallOptions): Promise<boolean>
  /** Whether `--max-worlds` passes it over; default true. */
  keep(keep?: boolean, options?: CallOptions): Promise<WorldSummary>
}

export interface WorldMove {
  /** From now on none of its calls is served here. Begun again, it is another's move. */
  begin(how: MoveBeginning, options?: CallOptions): Promise<Move>
  /** What leaves is forgotten here, what has come is served. */
  finish(move: string, options?: CallOptions): Promise<void>
  /** As if it had not been begun; what has left may come into being again. False: there was none. */
  giveUp(move?: string, options?: CallOptions): Promise<boolean>
}

export interface WorldClock {
  get(options?: CallOptions): Promise<Clock>
  /** Its mode, its instant, or both. */
  set(change: { readonly mode?: Clock['mode']; readonly now?: InstantLike }, options?: CallOptions): Promise<Clock>
  /** Answered when all that fell due is done, however long that takes. */
  advance(how: AdvanceBy, options?: CallOptions): Promise<AdvanceReport>
  /** Stops an advance that is under way: what it has done stands. */
  stop(options?: CallOptions): Promise<AdvanceStop>
}

/** Which part of time, and which volumes. */
export type TimelineFilter = Omit<TimelineQuery, 'world' | 'from' | 'to'> & {
  readonly from?: InstantLike
  readonly to?: InstantLike
}

/** What a world has in a cloud, as the cloud's own lists show it. */
export interface WorldResources {
  /** The newest first. */
  list(
    provider: string,
    kind: Resources['kind'],
    filter?: Omit<ResourcesQuery, 'world'>,
    options?: CallOptions
  ): Promise<Resources>
  /** One, with its content marker, what it was made from and what it made. */
  get(provider: string, kind: Resources['kind'], id: string, options?: CallOptions): Promise<ResourceDetail>
}

export interface WorldFaults {
  /** In the order in which they act: its own, then those of the server, with how often each was met and acted. */
  list(options?: CallOptions): Promise<Faults>
  /** One of the same name is replaced. */
  put(id: string, rule: FaultRule, options?: CallOptions): Promise<Fault>
  delete(id: string, options?: CallOptions): Promise<void>
  /** Of this world; those of the server stay. */
  clear(options?: CallOptions): Promise<void>
}

/** Which calls of the journal. */
export type RequestsFilter = Omit<RequestsQuery, 'world' | 'after' | 'before'> & {
  readonly after?: InstantLike
  readonly before?: InstantLike
}

/** Calls that there should be, and how many of them: at least one where nothing else is said. */
export type ExpectedRequests = Omit<Expectation, 'after'> & { readonly after?: InstantLike }

export interface WorldRequests {
  /** The newest first, with how many there were of what. */
  list(filter?: RequestsFilter, options?: CallOptions): Promise<Requests>
  /** One, by the request id that its client got. */
  get(id: string, options?: CallOptions): Promise<JournalEntry>
  /** The shell command that sends it again, without its credentials. */
  curl(id: string, options?: CallOptions): Promise<string>
  clear(options?: CallOptions): Promise<void>
  /** Whether the journal holds such calls, or will within `withinMs`. Throws `ExpectationUnmet` where it does not. */
  expect(expected: ExpectedRequests, options?: CallOptions): Promise<Expected>
}

export interface WorldCheckpoints {
  /** The oldest first. */
  list(options?: CallOptions): Promise<Checkpoints>
  /** One of the same name is replaced. */
  save(name: string, options?: CallOptions): Promise<WorldCheckpoint>
  /** This world, or with `as` another one, becomes as it was then. */
  restore(name: string, options?: CallOptions & { readonly as?: string | undefined }): Promise<WorldCheckpoint>
  drop(name: string, options?: CallOptions): Promise<void>
  /** Another world becomes as this one was then. */
  fork(name: string, as: string, options?: CallOptions): Promise<World>
}

export interface WorldSettings {
  get(options?: CallOptions): Promise<Settings>
  /** Name to value, null: back to the default. All or nothing. */
  patch(changes: Readonly<Record<string, boolean | number | string | null>>, options?: CallOptions): Promise<Settings>
}

export interface WorldState {
  /** All that the world holds: what `import` and the flag `--seed` take. */
  export(options?: CallOptions): Promise<State>
  /** The same as it comes, for a file; worlds may be large. */
  stream(form: 'json' | 'yaml', options?: CallOptions): Promise<ReadableStream<Uint8Array>>
  /** A seed or an export in place of all that the world holds; a text may be JSON or YAML. `move`: what comes by it. */
  import(state: object | string, options?: CallOptions & { readonly move?: string | undefined }): Promise<ImportReport>
}

export interface EventsFilter {
  /** Only these. */
  readonly types?: readonly Exclude<Event['type'], 'missed'>[]
  /** Goes on after this one: `lastId` of a stream before. */
  readonly after?: string | undefined
}

/**
 * Events as they come: `for await (const event of world.events())`. It ends when the server ends, when the loop is left, or
 * by `close`; it throws where the server refuses, cannot be reached, or breaks off.
 */
export interface EventStream extends AsyncIterableIterator<Event, void>, AsyncDisposable {
  /** From here on nothing is missed; throws what the first event would. */
  readonly opened: Promise<void>
  /** The id of the newest event that was handed on. */
  readonly lastId: string | undefined
  close(): Promise<void>
}

export interface VolumeContent {
  get(options?: CallOptions): Promise<string>
  set(text: string, options?: CallOptions): Promise<void>
}
