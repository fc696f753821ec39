import type { Rules, Setting } from '../model/rules.ts'
import type { World } from '../model/world.ts'
import type { Store } from '../store/store.ts'
import type { Queue } from '../time/queue.ts'
import type { CheckpointStore } from './checkpoints.ts'

/** What every world of a server shares. */
export interface WorldEnvironment {
  readonly rules: Readonly<Record<string, Rules>>
  readonly settings: Readonly<Record<string, Setting>>
  readonly queue: Queue
  readonly maxAdvance: number
  /** Something falls due in some world at this instant of the wall clock. */
  rescheduled(wakesAt: number): void
  readonly checkpoints: CheckpointStore
  /** A world was woken: another one may go to rest. */
  woken(id: string): void
}

/** A world, and what only the registry of worlds may do with it. */
export interface OpenWorld extends World {
  /** Awake, if it was not. */
  readonly store: Store
  /** Opens the database. Throws `FileRefused`. */
  wake(): void
  readonly isOpen: boolean
  /** Nothing is under way in it. */
  readonly isIdle: boolean
  /** Closes the database until the next call, if that saves anything. */
  rest(): void
  /** Takes this image as its state, or is as new. Stops an advance between two batches. */
  replace(image: Buffer | undefined, at?: number): void
  /** An image of the world as it is now, and the instant that this is. */
  copy(): Promise<{ readonly image: Buffer; readonly at: number }>
  calls(): number
  /** The wall clock's instant at which something falls due by itself; Infinity: never, or on a manual clock. */
  wakesAt(): number
  /** The end of the server: the state stays where it is kept. */
  close(): void
  /** The end of the world: nothing stays. */
  forget(): void
}
