import { WorldDamaged, WorldFrozen, WorldGone } from '../model/world.ts'

/** The line of calls that one world's state is changed by, first in, first out, and whether the world is served at all. */
export interface Line {
  /**
   * The call comes when those before it are done, in a turn of its own, so that a caller of `ready` acts before the next.
   * It gets the epoch that it was asked in.
   */
  run<T>(call: (asked: number) => Promise<T>): Promise<T>
  /** Nothing is under way, and nothing waits. */
  readonly isIdle: boolean
  /** What was asked of one state of the world is not done to the next. */
  isOfNow(asked: number): boolean
  /** The world has another state, or none: an advance under way stops between two batches. */
  renew(): void
  /** Something could not be applied, our bug: nothing is served until the state is another one. */
  readonly isFrozen: boolean
  /** Throws what froze it. */
  checkSound(): void
  /** What this throws freezes the world, but for a full disk and the like, which pass. */
  guard<T>(work: () => T): T
}

export function createLine(): Line {
  let epoch = 0
  let waiting = 0
  let tail: Promise<unknown> = Promise.resolve()
  let frozen: { readonly error: unknown } | undefined

  return {
    run(call) {
      const asked = epoch
      waiting++
      const result = tail.then(() => new Promise<void>((resolve) => setImmediate(resolve))).then(() => call(asked))
      tail = result.then(
        () => waiting--,
        () => waiting--
      )
      return result
    },
    get isIdle() {
      return waiting === 0
    },
    isOfNow: (asked) => asked === epoch,
    renew() {
      epoch++
      frozen = undefined
    },
    get isFrozen() {
      return frozen !== undefined
    },
    checkSound() {
      if (!frozen) return
      const reason = frozen.error instanceof Error ? frozen.error.message : String(frozen.error)
      throw new WorldFrozen(`time cannot go on in this world (${reason}): reset or restore it`)
    },
    guard(work) {
      try {
        return work()
      } catch (error) {
        if (!passes(error)) frozen = { error }
        throw error
      }
    }
  }
}

/** No room, no descriptors, a disk that fails: not the world is wrong but what it lies on. */
function passes(error: unknown): boolean {
  if (error instanceof WorldDamaged || error instanceof WorldGone) return true
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return (
    typeof code === 'string' && /^(SQLITE_(FULL|IOERR|CANTOPEN|READONLY|NOMEM)|ENOSPC|EMFILE|ENFILE|EIO)/.test(code)
  )
}
