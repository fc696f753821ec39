import type { Static, TObject, TSchema } from '@sinclair/typebox'

/** A body that is taken as it is, whatever it says of its type. */
export interface TextBody {
  /** What it may be; the first is what clients are told to send. */
  readonly types: readonly string[]
  readonly bytesMax: number
}

/** What a success looks like. */
export type Success =
  /** JSON; one that may be long is sent in pieces. */
  | { readonly status: 200; readonly schema: TSchema; readonly isLong?: true }
  /** JSON in pieces, or a text of another type where the caller accepts that. */
  | { readonly status: 200; readonly schema: TSchema; readonly isLong: true; readonly orText: string }
  /** A text of this type. */
  | { readonly status: 200; readonly text: string }
  /** Server-sent events, as long as somebody reads them, each with such data. */
  | { readonly status: 200; readonly text: string; readonly isLong: true; readonly event: TSchema }
  /** Done, and nothing to tell. */
  | { readonly status: 204 }

/** One call of the control API: what is sent, and what is answered. */
export interface Door {
  /** Unique, in the words of who calls: `advanceClock`. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/_snapstand`, with `:name` for parameters. */
  readonly path: string
  readonly summary: string
  /** What one would not expect. */
  readonly notes?: readonly string[]
  /**
   * What it is about: the server; one world, named by `?world=` or the header `X-Snapstand-World`; or, with `*` as the
   * name, all of them.
   */
  readonly about: 'server' | 'world' | 'worlds'
  /** Whether it is answered also of a world that is moved to another server, or from one; all others are refused. */
  readonly isServedMoved?: true
  readonly request: {
    readonly params?: TObject
    readonly query?: TObject
    /** Those that change what is answered; who may call and how bodies are written is the same for all. */
    readonly headers?: TObject
    readonly body?: TSchema
    readonly text?: TextBody
  }
  readonly answer: Success
  /** Statuses of its problem details, besides those that any call may meet. */
  readonly refusals: readonly number[]
}

/** Statuses of problem details that any call may meet: its form, who calls, its size and encoding, another shard’s world, our crash, no room, a world that is moved. */
export const COMMON_REFUSALS = [400, 401, 403, 408, 413, 415, 421, 500, 503] as const

/** A row of the table, its types kept. */
export function door<const D extends Door>(row: D): D {
  return row
}

type Part<D extends Door, Name extends keyof Door['request']> =
  D['request'] extends Readonly<Record<Name, infer S extends TSchema>> ? Static<S> : Record<never, never>

/** What a door is asked with, checked. */
export type ParamsOf<D extends Door> = Part<D, 'params'>
export type QueryOf<D extends Door> = Part<D, 'query'>
export type BodyOf<D extends Door> = Part<D, 'body'>

/** What a door answers, as a client reads it. */
export type AnswerOf<D extends Door> = D['answer'] extends { readonly schema: infer S extends TSchema }
  ? Static<S>
  : D['answer'] extends { readonly text: string }
    ? string
    : undefined
