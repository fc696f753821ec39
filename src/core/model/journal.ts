import type { FaultConnection } from './fault-form.ts'

/** What one call was, and why it was answered so. Bodies are cut at 16 KiB; secrets are never in it. */
export interface JournalEntry {
  /** The request id that the client got. */
  readonly id: string
  /** null: refused before it was known who calls. The world need not be there: a refused call makes none. */
  readonly world: string | null
  readonly provider: string
  /** null: no such operation. */
  readonly operation: string | null
  readonly version: string | null
  /** The world's instant, or the wall clock's where there is no world. */
  readonly at: number
  readonly wallAt: number
  readonly durationMs: number
  readonly method: string
  readonly url: string
  /** 0: none was sent. */
  readonly status: number
  readonly code: string | null
  readonly request: string
  readonly response: string
  /** What the client sent and no operation reads: paths as `body.foo`, `query.bar`. */
  readonly unused: readonly string[]
  /** Ids of resources named in the request's path or body or in its answer, for filtering. */
  readonly resources: readonly string[]
  readonly refusal: Why | null
  /** What a replay has to send: content type and the cloud's own headers, nothing that authenticates. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the client's signature did in another way than the cloud's own clients do; accepted all the same. */
  readonly habit?: string | undefined
  /** The rule that did something to it: refused it, delayed it, or let what it made fail. */
  readonly fault?: string | undefined
  /** What a fault did to the connection: nobody got `response`, or its beginning only. */
  readonly connection?: FaultConnection | undefined
  /** The bodies that were cut. */
  readonly cut?: readonly ('request' | 'response')[]
}

/** Why a call was refused: what the cloud never tells. */
export interface Why {
  /** A plain sentence: what is wrong, and the way out. */
  readonly hint?: string
  readonly field?: string
  /** What was sent there, or what is meant by it. */
  readonly value?: string
  /** Which rule refused, and where it comes from: `zenlayer.md 2.3`. */
  readonly rule?: string
  /** The canonical forms that the server computed. */
  readonly canonicalRequest?: string
  readonly stringToSign?: string
  /** The canonical form that the client signed, where a guess has found it. */
  readonly clientCanonicalRequest?: string
}

/** What is told of a call where its entry would be too much: bounded, without bodies and canonical forms. */
export type RequestSummary = Omit<JournalEntry, 'request' | 'response' | 'headers' | 'refusal' | 'cut'> & {
  readonly refusal: Pick<Why, 'hint' | 'field' | 'value' | 'rule'> | null
}

const SUMMARY_LENGTH_MAX = 1024
const SUMMARY_PATHS_MAX = 20
const SUMMARY_PATH_LENGTH_MAX = 100
const SUMMARY_RESOURCES_MAX = 64

export function summaryOf(entry: JournalEntry): RequestSummary {
  const { request: _request, response: _response, headers: _headers, cut: _cut, refusal, ...told } = entry
  return {
    ...told,
    url: shortened(told.url, SUMMARY_LENGTH_MAX),
    unused: told.unused.slice(0, SUMMARY_PATHS_MAX).map((path) => shortened(path, SUMMARY_PATH_LENGTH_MAX)),
    resources: told.resources.slice(0, SUMMARY_RESOURCES_MAX),
    refusal: refusal && shortRefusal(refusal)
  }
}

function shortRefusal({ hint, field, value, rule }: Why): RequestSummary['refusal'] {
  const short = (text: string) => shortened(text, SUMMARY_LENGTH_MAX)
  return {
    ...(hint !== undefined && { hint: short(hint) }),
    ...(field !== undefined && { field: short(field) }),
    ...(value !== undefined && { value: short(value) }),
    ...(rule !== undefined && { rule })
  }
}

function shortened(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax)}…`
}

export interface JournalFilter {
  readonly provider?: string | undefined
  readonly operation?: string | undefined
  readonly status?: number | undefined
  readonly code?: string | undefined
  readonly resource?: string | undefined
  /** Whether it was refused. */
  readonly refusal?: boolean | undefined
  /** The rule that did something to it. */
  readonly fault?: string | undefined
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly limit?: number | undefined
}

/** What an entry takes beside its texts: objects, numbers and words that are shared with others. */
export const ENTRY_BYTES = 512
/** Of a text and of its place in a list: two bytes a character, as V8 keeps them at the most. */
export function bytesOfText(text: string): number {
  return 32 + 2 * text.length
}

/** What an entry is found by while it is not made yet. */
export type EntryKey = Pick<JournalEntry, 'id' | 'world' | 'operation' | 'status' | 'code' | 'at'>

/** Whether an entry may be one that is looked for, as far as is known before it is made. */
export function mayMeet(key: EntryKey, { operation, status, code, after, before }: JournalFilter): boolean {
  return (
    (operation === undefined || key.operation === operation) &&
    (status === undefined || key.status === status) &&
    (code === undefined || key.code === code) &&
    (after === undefined || key.at >= after) &&
    (before === undefined || key.at < before)
  )
}

/** What an entry is made of when somebody reads it: few are ever read. */
export interface LateEntry extends EntryKey {
  /** What is held until then. */
  readonly bytes: number
  made(): JournalEntry
}

export interface Journal {
  /**
   * The number of the next call, from 1: request ids are made of it. A world that is not there has its own series, too, so
   * that it depends on no other, and goes on with it when it comes into being.
   */
  nextCall(): number
  add(entry: JournalEntry): void
  addLate(late: LateEntry): void
  /** Newest first. */
  entries(filter?: JournalFilter): readonly JournalEntry[]
  /** The same one by one, as they were when the first was asked for: making a thousand takes a while. */
  each(filter?: JournalFilter): Generator<JournalEntry, void>
  find(id: string): JournalEntry | undefined
  /**
   * How many were added since it was last emptied, and how many of them the ring has let go; how many calls were counted.
   */
  counts(): { readonly added: number; readonly dropped: number; readonly bytes: number; readonly calls: number }
  clear(): void
  /** Emptied, and the next call is the first. */
  restart(): void
}

/** One who wants to know at once what is written down. Both are called within other work: they must be quick, and not throw. */
export interface JournalWatcher {
  added(key: EntryKey, read: () => JournalEntry): void
  /** null: the server's own. */
  emptied(world: string | null): void
}

/** The journals of a server. */
export interface Journals {
  /** Calls of which nobody knows in which world they belong. */
  readonly own: Journal
  /** A world's, which is there before the world is: it comes into being. */
  of(world: string): Journal
  /** A world's, if there is one. */
  find(world: string): Journal | undefined
  all(): readonly Journal[]
  /** Those that are no world's: the server's own, and those of worlds that are not there. */
  loose(): readonly Journal[]
  /** Until what it gives back is called. */
  watch(watcher: JournalWatcher): () => void
}
