import type { ClockMode } from './world.ts'

/** What a server keeps of a world that goes to another server, or comes from one. */
export interface Move {
  readonly world: string
  /** `away`: to the server at `url`; `here`: from there. */
  readonly way: 'away' | 'here'
  /** Whose move it is: who begins it again has it from then on. */
  readonly move: string
  readonly url: string
  /** How the world's clock was, which stands meanwhile. */
  readonly mode: ClockMode
  /** Whether `--max-worlds` passes it over. */
  readonly keep: boolean
  /** How often the world had been moved: its request ids take it in, so that no two servers give the same. */
  readonly series: number
  /** Whether the server has it: the world itself, or what has come of it. */
  readonly isThere: boolean
}

/** A move that can't be begun, or go on. */
export class MoveRefused extends Error {
  readonly reason: 'unknown' | 'there' | 'under-way' | 'checkpoints' | 'replaced' | 'copy' | 'drained'
  constructor(reason: MoveRefused['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

/** Where a world comes from, and what its server said of it. */
export interface Arriving extends Pick<Move, 'mode' | 'keep' | 'series'> {
  readonly from: string
}

/**
 * The worlds that are moved. From its beginning to its end no call is served of them, on either server; what has left
 * stays marked, so that no call makes it anew.
 */
export interface Moves {
  all(): readonly Move[]
  find(world: string): Move | undefined
  /** Throws `WorldMoved` for a world that is moved, and for a new one where none may come into being. */
  checkServed(world: string): void
  /** How often the world was moved before it came here. */
  series(world: string): number
  /**
   * The world is to leave: what is under way in it is done, no call is served from then on, and its clock stands. With
   * `*` as the world: those that are not there come into being elsewhere. Begun again, it goes on. Throws `MoveRefused`.
   */
  leave(world: string, to: string, dropsCheckpoints: boolean): Promise<Move>
  /** The world is to come: no call makes it before. Throws `MoveRefused`. */
  expect(world: string, arriving: Arriving): Move
  /** What has left is forgotten here; what has come is served. Throws `MoveRefused`. */
  finish(world: string, move: string): Promise<void>
  /** As if it had not been begun; what has left may come into being again. Whether there was one. Throws `MoveRefused`. */
  giveUp(world: string, move: string | undefined): Promise<boolean>
  /** Is told of each world that begins to leave, until what it gives back is called. */
  watch(watcher: (world: string) => void): () => void
}
