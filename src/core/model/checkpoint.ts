/** What is known of a saved world. */
export interface Checkpoint {
  readonly name: string
  /** The world's instant when it was saved: its clock goes on from there. */
  readonly at: number
  /** By the wall clock. */
  readonly savedAt: number
  readonly bytes: number
}

export const MAX_CHECKPOINT_NAME_LENGTH = 128

/** A checkpoint that can't be: too many, too large together, a name that is none. */
export class CheckpointRefused extends Error {
  readonly reason: 'count' | 'bytes' | 'name'
  constructor(reason: CheckpointRefused['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

/** What was saved can't be had back: its file is damaged, or of a newer version. */
export class CheckpointDamaged extends Error {}
