import type { Checkpoint } from './checkpoint.ts'
import type { Cloud } from './cloud.ts'
import type { FaultRule } from './fault-form.ts'
import type { CallToMeet, Fault } from './faults.ts'
import type { Journal } from './journal.ts'
import type { ResourceKind, SettingValue, Shapes } from './resources.ts'
import type { PassedOver, Timeline, TimelineWindow } from './timeline.ts'

export type ClockMode = 'system' | 'manual'
export interface ClockView {
  readonly mode: ClockMode
  /** Epoch milliseconds on the world's clock. */
  readonly now: number
  /** An advance that is under way. */
  readonly advancing?: { readonly to: number; readonly at: number }
}

export interface ClockChange {
  readonly mode?: ClockMode | undefined
  readonly now?: number | undefined
}

/** What will happen next in a world. */
export interface NextEvent {
  readonly at: number
  readonly kind: 'completes' | 'expires' | 'fires'
  /** The id of the volume, snapshot, instance or policy. */
  readonly subject: string
}
/** An event that is known to come. */
export interface AgendaEntry extends NextEvent {
  readonly provider: string
  readonly what: ResourceKind
}
export interface Agenda {
  readonly entries: readonly AgendaEntry[]
  readonly more: boolean
}
/** Strictly after an instant, or the newest. */
export interface OccurrenceWindow {
  readonly after?: number | undefined
  readonly limit: number
}
export interface PolicyOccurrences {
  /** Its id. */
  readonly policy: string
  readonly deleted: boolean
  readonly now: number
  /** Oldest first. */
  readonly past: readonly {
    readonly at: number
    readonly made: number
    /** Those of them that are still there. */
    readonly snapshots: readonly string[]
    readonly skipped: readonly PassedOver[]
  }[]
  /** What will come if nothing changes, and how many volumes are bound now. */
  readonly next: readonly { readonly at: number; readonly volumes: number }[]
}
export interface AdvanceReport {
  readonly from: number
  readonly to: number
  readonly firings: number
  readonly snapshotsCreated: number
  readonly snapshotsExpired: number
  readonly completed: number
  /** Volumes that a firing passed over, by reason. */
  readonly skipped: Readonly<Record<string, number>>
  readonly next: NextEvent | null
}
export type AdvanceTo = { readonly by: number } | { readonly to: number } | { readonly toNext: true }

/** A repeated token gets the first reply again. `request` is all that must be the same. */
export interface Token {
  readonly token: string
  readonly request: string
}

/** What a call brings along. */
export interface Performance {
  readonly token?: Token | undefined
  /** What it makes ends in the cloud’s failed state. */
  readonly fails?: boolean | undefined
}

/** A clock that was asked for what it cannot do: back in time, out of range, before the last change. */
export class ClockRefused extends Error {
  readonly reason: 'back' | 'range' | 'before-change' | 'too-many' | 'stopped'
  readonly detail: Readonly<Record<string, unknown>>
  constructor(reason: ClockRefused['reason'], message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.reason = reason
    this.detail = detail
  }
}
/** A world whose database can't be had: it is left as it is, and all others are served. */
export class WorldDamaged extends Error {
  readonly file: string
  readonly reason: string
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`)
    this.file = file
    this.reason = reason
  }
}
/** A world in which time can't go on: nothing is served until its state is another one. */
export class WorldFrozen extends Error {}
/** A world that was deleted while a call of it waited. */
export class WorldGone extends Error {}
/** A world that is moved to another server, or was: it is served there. */
export class WorldMoved extends Error {}
/** A token that came before with another request. */
export class TokenMismatch extends Error {}
/** No new world: `--max-worlds` is reached and none may be dropped. */
export class WorldsFull extends Error {}

export interface World {
  readonly id: string
  readonly journal: Journal
  /** Applies what is already due, in the order of the callers. Await it directly before `perform`. */
  ready(): Promise<void>
  /** Why its database can't be had, as far as is known: calls throw it; restore, reset and delete still work. */
  readonly damage: WorldDamaged | undefined
  /** Something could not be applied, our bug: calls throw it; export, restore, reset and delete still work. */
  readonly isFrozen: boolean
  now(): number
  /** Runs the body in one transaction at the present instant; a throw undoes all of it. */
  perform<S extends Shapes, T>(provider: string, work: (cloud: Cloud<S>) => T, more?: Performance): T
  /** The rules that hold here, in the order in which they act: its own, then the server's. */
  faults(): readonly Fault[]
  /** In place of a rule of its own of that name. Throws `FaultRefused`. */
  putFault(rule: FaultRule): void
  /** Of its own rules one, or without a name all. Whether there was one. */
  dropFault(id?: string): boolean
  /** Counts a call, and tells the rule that does something to it. Await `ready` directly before. */
  meet(call: CallToMeet): Fault | undefined
  /** Looks at what a provider has now, also while time moves; what is due is not done for it, and nothing is changed. */
  see<S extends Shapes, T>(provider: string, look: (cloud: Cloud<S>) => T): T
  clock(): ClockView
  setClock(change: ClockChange): Promise<ClockView>
  advance(to: AdvanceTo): Promise<AdvanceReport>
  /** Ends an advance that is under way, between two batches: what it has done stands. Whether there was one. */
  stopAdvance(): boolean
  /** What comes next, in order. Read-only, and answered at any time. */
  agenda(limit: number): Agenda
  /** What a policy did and will do; undefined: no such policy. `after` is an instant. Read-only. */
  occurrences(provider: string, policyId: string, window: OccurrenceWindow): PolicyOccurrences | undefined
  /** What there is, was and will be of volumes within a part of time. Read-only, and answered at any time. */
  timeline(window: TimelineWindow): Generator<undefined, Timeline>
  /** Back to the starter image, journal emptied, calls counted from 0. */
  reset(): Promise<void>
  /** Name → value of every setting, defaults included. */
  settings(): Readonly<Record<string, SettingValue>>
  /** Values must be right and names known (`core.settings` says); null: back to the default. */
  changeSettings(patch: Readonly<Record<string, SettingValue>>): void
  /** Oldest first. */
  checkpoints(): readonly Checkpoint[]
  /** Saves the world as it is, under a name; replaces one of the same name. Throws `CheckpointRefused`. */
  saveCheckpoint(name: string): Promise<Checkpoint>
  dropCheckpoint(name: string): boolean
  /** The world as it was then; its clock goes on from that instant, its journal stays. undefined: no such name. */
  restoreCheckpoint(name: string): Checkpoint | undefined
}
