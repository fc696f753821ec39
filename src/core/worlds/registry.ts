import { wallNow } from '../model/clock.ts'
import { ClockRefused, WorldDamaged, WorldMoved, WorldsFull } from '../model/world.ts'
import type { OpenWorld } from './world.ts'

/** Node's timers hold no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
/** What could not be applied, for want of room perhaps, is tried again then. */
const RETRY_MS = 1000

export interface WorldsOptions {
  readonly make: (id: string) => OpenWorld
  /** How many there may be; the least recently used one that is not kept is dropped, if any may be. */
  readonly maxWorlds: number
  readonly mayDrop: boolean
  /** Whether one must not be dropped, whether or not it is kept. */
  readonly isHeld: (id: string) => boolean
  /** How many databases may be open; the least recently used ones go to rest. */
  readonly maxOpen: number
  readonly log: (message: string, detail?: object) => void
}

/** Which worlds there are, which of them are awake, and the one timer that wakes them. */
export interface Worlds {
  get(id: string): OpenWorld
  peek(id: string): OpenWorld | undefined
  all(): readonly OpenWorld[]
  isKept(id: string): boolean
  keep(id: string, keep: boolean): void
  /** Takes it out of the register; what it holds is the caller's to end. */
  remove(id: string): OpenWorld | undefined
  woken(id: string): void
  rescheduled(wakesAt: number): void
  close(): void
}

export function createWorlds(options: WorldsOptions): Worlds {
  const { make, maxWorlds, mayDrop, isHeld, maxOpen, log } = options
  /** In the order of their last use: the first is the one that waits longest. */
  const worlds = new Map<string, OpenWorld>()
  const kept = new Set<string>()
  /** The worlds whose database is open, in the order in which they were last used. */
  const open = new Set<string>()
  /** Those that the timer has called and that are not ready yet: a long catching up is not called twice. */
  const called = new Set<OpenWorld>()
  let timer: { at: number; handle: NodeJS.Timeout } | undefined
  let closed = false

  const arm = (at: number) => {
    if (closed || at === Number.POSITIVE_INFINITY || (timer && timer.at <= at)) return
    if (timer) clearTimeout(timer.handle)
    const handle = setTimeout(fire, Math.min(Math.max(0, at - wallNow()), LONGEST_TIMER_MS))
    handle.unref()
    timer = { at, handle }
  }
  const fire = () => {
    timer = undefined
    const wall = wallNow()
    for (const world of [...worlds.values()]) {
      const at = world.wakesAt()
      if (at > wall) arm(at)
      else if (!called.has(world)) {
        called.add(world)
        world
          .ready()
          .then(() => wallNow())
          .catch((error: unknown) => {
            const isTold = error instanceof ClockRefused || error instanceof WorldDamaged || error instanceof WorldMoved
            if (!isTold) log('what fell due could not be applied', { world: world.id, error })
            return wallNow() + RETRY_MS
          })
          .then((notBefore) => {
            called.delete(world)
            arm(Math.max(world.wakesAt(), notBefore))
          })
      }
    }
  }

  const makeRoom = () => {
    if (worlds.size < maxWorlds) return
    for (const [id, world] of worlds) {
      if (!mayDrop || kept.has(id) || isHeld(id)) continue
      world.forget()
      worlds.delete(id)
      open.delete(id)
      log('the least recently used world was dropped', { world: id, maxWorlds })
      return
    }
    throw new WorldsFull(`--max-worlds is reached: there are ${maxWorlds} worlds already, and none may be dropped`)
  }

  const letRest = () => {
    for (const id of open) {
      if (open.size <= maxOpen) return
      const world = worlds.get(id)
      if (world && !world.isIdle) continue
      world?.rest()
      if (!world?.isOpen) open.delete(id)
    }
  }

  return {
    get(id) {
      let world = worlds.get(id)
      if (world) worlds.delete(id)
      else {
        makeRoom()
        world = make(id)
      }
      worlds.set(id, world)
      if (open.delete(id)) open.add(id)
      return world
    },
    peek: (id) => worlds.get(id),
    all: () => [...worlds.values()],
    isKept: (id) => kept.has(id),
    keep(id, keep) {
      if (keep) kept.add(id)
      else kept.delete(id)
    },
    remove(id) {
      const world = worlds.get(id)
      worlds.delete(id)
      open.delete(id)
      kept.delete(id)
      return world
    },
    woken(id) {
      open.delete(id)
      open.add(id)
      // Not the one that was just woken: it is the last in the row.
      if (open.size > maxOpen) letRest()
    },
    rescheduled: arm,
    close() {
      closed = true
      if (timer) clearTimeout(timer.handle)
      for (const world of worlds.values()) {
        try {
          world.close()
        } catch (error) {
          log('a world could not be closed in order', { world: world.id, error })
        }
      }
      worlds.clear()
    }
  }
}
