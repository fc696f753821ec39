import type { Checkpoint } from './checkpoint.ts'
import type { Detached, TableDump } from './detached.ts'
import type { Events } from './events.ts'
import type { FaultRule } from './fault-form.ts'
import type { ServerFaults } from './faults.ts'
import type { Journals } from './journal.ts'
import type { Moves } from './moves.ts'
import type { Rules, Setting } from './rules.ts'
import type { ClockMode, World } from './world.ts'

export interface WorldSummary {
  readonly id: string
  readonly now: number
  readonly mode: ClockMode
  readonly calls: number
  readonly keep: boolean
  /** Why it is not served. Then its clock is not known, and these are the wall clock's. */
  readonly damaged?: Omit<Damage, 'world'> | undefined
}
export interface Damage {
  readonly world: string
  readonly file: string
  readonly reason: string
}

/** What is counted of a world. */
export interface WorldFigures {
  readonly id: string
  readonly isOpen: boolean
  readonly calls: number
  readonly journalBytes: number
  /** By provider; nothing of a world that rests. */
  readonly snapshots: Readonly<Record<string, number>>
}

/** The image that every new world is opened from, and the instant of its newest row. */
export interface Starter {
  readonly image: Buffer
  readonly changedAt: number
}

/** A world that is being planted: nobody else knows it yet, and its time stands still. */
export type Bed = Pick<World, 'perform' | 'changeSettings' | 'putFault'>
/** Fills a world. What it gives back is work that may be interrupted wherever it yields. */
export type Plant = (bed: Bed) => Iterable<unknown> | undefined

export interface CoreOptions {
  /** Provider name → its rules. */
  readonly rules: Readonly<Record<string, Rules>>
  /** Plants the starter seed; called once, into an image that nobody else knows. */
  readonly plant: Plant
  /** What `plant` would come to, where somebody has kept it. */
  readonly starter?: Starter | undefined
  readonly clock: { readonly mode: ClockMode; readonly at?: number | undefined }
  readonly maxWorlds?: number | undefined
  /** How many databases may be open; default 256. Which are makes no difference that anyone can see. */
  readonly maxOpen?: number | undefined
  readonly journalBytes?: number | undefined
  /** A folder with a file per world; without it all is in memory. Throws `FolderRefused`. */
  readonly data?: string | undefined
  /** The most snapshots that one advance may make; default a million. */
  readonly maxAdvance?: number | undefined
  /** Why a rule of a state that somebody brought can’t act. */
  readonly faultWrong?: ((rule: FaultRule) => string | undefined) | undefined
  readonly log?: ((message: string, detail?: object) => void) | undefined
}

/** A folder that can't be used: another server holds it, or it can't be written. */
export class FolderRefused extends Error {}

/** Everything below `http/`, behind one small face. */
export interface Core {
  /** Brings the world into being. Throws `WorldsFull`, `WorldMoved`. */
  world(id: string): World
  /** The world, if it exists. */
  peek(id: string): World | undefined
  /** Shows the world, or one as new that is gone again afterwards: looking brings none into being. */
  look<T>(id: string, see: (world: World) => T | Promise<T>): Promise<T>
  worlds(): readonly WorldSummary[]
  /** How many there are, and which of them are known to be damaged. */
  survey(): { readonly count: number; readonly damaged: readonly Damage[] }
  /** What is counted, world by world; none is woken for it. */
  figures(): readonly WorldFigures[]
  /** Whether `--max-worlds` may drop it. It comes into being. Throws `WorldsFull`, `WorldMoved`. */
  keep(id: string, keep: boolean): WorldSummary
  /** Whether it was there. Throws `WorldMoved`. */
  forget(id: string): Promise<boolean>
  /** A checkpoint of one world becomes the state of another. undefined: no such world or name. */
  fork(id: string, name: string, as: string): Checkpoint | undefined
  /** A copy of a world as it is now. The caller closes it. */
  detach(id: string): Promise<Detached>
  /** A world as `plant` fills it, from nothing, in slices. All or nothing: what `plant` throws leaves the world as it was. */
  plantState(
    id: string,
    plant: Plant,
    clock: { readonly mode?: ClockMode | undefined; readonly at?: number | undefined }
  ): Promise<void>
  /** A world as an export tells it row by row; `move` is whose it is that comes. Throws `StateRefused`, and it is as it was. */
  loadState(id: string, tables: readonly TableDump[], move?: string): Promise<void>
  readonly moves: Moves
  /** Rules that hold in every world, counted in each. */
  readonly faults: ServerFaults
  readonly journals: Journals
  readonly events: Events
  /** How often the folder was started with, 0 in memory: request ids take it in. */
  readonly start: number
  readonly settings: Readonly<Record<string, Setting>>
  wallNow(): number
  /** The server ends soon: an advance under way stops between two batches, one that is yet to come does nothing. */
  stop(): void
  close(): Promise<void>
}
