import type { RequestSummary } from './journal.ts'
import type { ResourceKind } from './resources.ts'
import type { ClockView } from './world.ts'

/** What readers of a world's events are told of, by its name. */
export const EVENT_TYPES = [
  'request',
  'fired',
  'created',
  'completed',
  'expired',
  'skipped',
  'clock',
  'fault',
  'replaced'
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** What an event is about: one of a provider's resources, by its id. */
interface About {
  readonly at: number
  readonly provider: string
  readonly what: ResourceKind
  readonly subject: string
}

/** Something that happened in a world, at an instant of its clock. */
export type Happening =
  /** A call of a cloud was answered: its journal entry, without its bodies. */
  | ({ readonly type: 'request' } & RequestSummary)
  /** A policy's instant came: how many snapshots it made, and how many volumes it passed over, by reason. */
  | ({ readonly type: 'fired'; readonly made: number; readonly skipped: Readonly<Record<string, number>> } & About)
  /** A resource is there now. Of a snapshot: of which volume, and which policy made it. */
  | ({ readonly type: 'created'; readonly state: string; readonly volume?: string; readonly policy?: string } & About)
  /** What took its time has ended; `gone` is a state, too. */
  | ({ readonly type: 'completed'; readonly was: string; readonly state: string } & About)
  /** A snapshot's time is over. */
  | ({ readonly type: 'expired'; readonly volume?: string } & About)
  /** A firing passed over this volume. */
  | ({ readonly type: 'skipped'; readonly policy: string; readonly reason: string } & About)
  /** The clock was set, or an advance moves it: told between its batches, and at its end. */
  | ({ readonly type: 'clock'; readonly at: number } & ClockView)
  | FaultHappening
  /** The world has another state now, or is no more: what a reader knew of it is void. */
  | { readonly type: 'replaced'; readonly at: number; readonly why: Replacement; readonly checkpoint?: string }

export type Replacement = 'reset' | 'restored' | 'forked' | 'imported' | 'deleted' | 'moved'

/** A rule did something to a call. */
export interface FaultHappening {
  readonly type: 'fault'
  readonly at: number
  readonly provider: string
  readonly operation: string
  /** The request id of the call. */
  readonly request: string
  /** The rule's id. */
  readonly fault: string
  /** What it did: the name of its outcome. */
  readonly outcome: string
}

/** Who tells what happens in one world. It costs next to nothing while nobody listens: ask `wants` first. */
export interface Teller {
  wants(type: EventType): boolean
  /** What is told has happened: nothing that may yet be undone. Never throws, and waits for nobody. */
  tell(happenings: readonly Happening[]): void
}

/** An event as it is told: the same to all who read it. */
export interface Told {
  /** No two events of a server have the same, nor those of another start of it. */
  readonly id: string
  /** null: nobody knows in which world the call belongs. */
  readonly world: string | null
  readonly happening: Happening
}
/** Instead of events that nobody keeps any more. */
export interface Missed {
  /** How many of those that were asked for; null: nobody counted them. */
  readonly missed: number | null
}

export interface Reading {
  /** Or `*` for all. */
  readonly world: string
  readonly types: ReadonlySet<EventType>
  /** The id of the last event that the reader knows; without it what is to come is told. */
  readonly after?: string | undefined
  /** There is something to take. */
  readonly news: () => void
  /** The server ends: what is left can be taken, and no more comes. */
  readonly ended: () => void
}

/** One who reads events. Nothing is kept for a reader: one who is slow is told how many were missed. */
export interface EventReader {
  /** Where the reading begins: to go on from there, should it break before the first event. */
  readonly beginsAt: string
  /** What comes next, up to about so many bytes; empty: nothing yet. */
  take(bytes: number): readonly (Told | Missed)[]
  close(): void
}

/** What happens in the worlds of a server, for whoever wants to know. */
export interface Events {
  read(reading: Reading): EventReader
  /** null: of calls of which nobody knows in which world they belong. */
  teller(world: string | null): Teller
}
