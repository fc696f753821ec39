import { randomUUID } from 'node:crypto'
import { type Arriving, type Move, MoveRefused, type Moves } from '../model/moves.ts'
import { type ClockMode, WorldMoved } from '../model/world.ts'
import { ALL_WORLDS } from '../model/world-names.ts'
import type { MoveRows } from '../store/register.ts'
import type { OpenWorld } from './world.ts'

/** The worlds of a server, as far as they are moved. */
export interface MovedWorlds {
  peek(id: string): OpenWorld | undefined
  isKept(id: string): boolean
  keep(id: string, keep: boolean): void
  /** The world has left: nothing of it stays but its journal. */
  left(id: string): void
  /** What has come of it is not to stay. */
  drop(id: string): void
}

export interface KeptMoves extends Moves {
  /** Whether it is on its way, or has left. */
  isMoved(id: string): boolean
  /** Throws `MoveRefused` unless the world is to come by this move. */
  checkComing(id: string, move: string): void
  /** Nothing is known of a world that was forgotten. */
  forget(id: string): void
}

/** What is kept of a world that has arrived. */
interface Arrived {
  readonly way: 'arrived'
  readonly series: number
}
type UnderWay = Omit<Move, 'world' | 'isThere'> & {
  /** What holds again where it is given up. */
  readonly before: Kept | null
}
type Kept = UnderWay | Arrived

export function createMoves(worlds: MovedWorlds, rows: MoveRows = memoryRows()): KeptMoves {
  const kept = new Map<string, Kept>()
  for (const { world, row } of rows.all()) kept.set(world, JSON.parse(row))
  const watchers = new Set<(world: string) => void>()

  const put = (world: string, what: Kept | undefined) => {
    // First where it outlives the server: what is not kept does not hold.
    if (what) rows.put(world, JSON.stringify(what))
    else rows.drop(world)
    if (what) kept.set(world, what)
    else kept.delete(world)
  }
  const underWay = (world: string): UnderWay | undefined => {
    const known = kept.get(world)
    return known && known.way !== 'arrived' ? known : undefined
  }
  const series = (world: string) => kept.get(world)?.series ?? 0
  const shown = (world: string, { before: _, ...move }: UnderWay): Move => {
    return { world, ...move, isThere: worlds.peek(world) !== undefined }
  }
  const begun = (world: string, move: UnderWay): Move => {
    put(world, move)
    return shown(world, move)
  }
  /** The move of this world, if it is this one. */
  const mine = (world: string, move: string): UnderWay => {
    const known = underWay(world)
    if (known?.move === move) return known
    if (!known) throw new MoveRefused('unknown', `${named(world)} is not being moved`)
    throw new MoveRefused('replaced', `the move of ${named(world)} has been begun again since`)
  }

  const leaveLast = (to: string): Move => {
    return begun(ALL_WORLDS, { ...NOTHING_HELD, way: 'away', move: randomUUID(), url: to })
  }
  const resume = (world: string, known: UnderWay, to: string): Move => {
    // What has left lies where it was sent, and nowhere else.
    if (known.url !== to) throw new MoveRefused('under-way', `${named(world)} was moved to ${known.url}, not to ${to}`)
    return begun(world, { ...known, move: randomUUID() })
  }

  return {
    all: () =>
      [...kept.keys()].toSorted().flatMap((world) => {
        const move = underWay(world)
        return move ? shown(world, move) : []
      }),
    find(world) {
      const move = underWay(world)
      return move && shown(world, move)
    },
    series,

    async leave(world, to, dropsCheckpoints) {
      if (world === ALL_WORLDS) return leaveLast(to)
      const known = underWay(world)
      if (known?.way === 'here') {
        throw new MoveRefused('under-way', `${named(world)} is being moved here from ${known.url}: finish that first`)
      }
      const held = worlds.peek(world)
      if (!held) {
        if (known) return resume(world, known, to)
        throw new MoveRefused('unknown', `there is no world ${JSON.stringify(world)}`)
      }
      held.wake()
      const checkpoints = held.checkpoints().length
      if (checkpoints > 0 && !dropsCheckpoints) {
        const some = checkpoints === 1 ? '1 checkpoint' : `${checkpoints} checkpoints`
        throw new MoveRefused('checkpoints', `${named(world)} has ${some}, which a move does not take along`)
      }
      const move = randomUUID()
      const mark = (mode: ClockMode) => {
        const first = underWay(world)
        // What was held already was so before.
        const how = first ?? {
          mode,
          keep: worlds.isKept(world),
          series: series(world),
          before: kept.get(world) ?? null
        }
        put(world, { ...how, way: 'away', move, url: to })
        for (const watcher of watchers) watcher(world)
      }
      try {
        await held.hold(mark)
      } catch (error) {
        const marked = underWay(world)
        if (!known && marked?.move === move) put(world, marked.before ?? undefined)
        throw error
      }
      return shown(world, mine(world, move))
    },

    expect(world, { from, mode, keep, series: before }: Arriving) {
      const known = underWay(world)
      const isThere = worlds.peek(world) !== undefined
      if (isThere && known?.way !== 'here') {
        throw new MoveRefused('there', `there is a world ${JSON.stringify(world)} already`)
      }
      const drained = underWay(ALL_WORLDS)
      if (drained) {
        const way = `give up the move of ${JSON.stringify(ALL_WORLDS)} first`
        throw new MoveRefused('drained', `this server takes no further world, as they go to ${drained.url}: ${way}`)
      }
      const first = known?.way === 'here' ? known.before : (kept.get(world) ?? null)
      const one = { way: 'here', move: randomUUID(), url: from, mode, keep, series: before + 1 } as const
      return begun(world, { ...one, before: first })
    },

    async finish(world, move) {
      const { way, mode, keep, series: count } = mine(world, move)
      const found = worlds.peek(world)
      if (way === 'away') {
        // It stays marked: whoever calls it here is told to come again, until the proxy sends him elsewhere.
        if (found) worlds.left(world)
        return
      }
      if (!found) throw new MoveRefused('unknown', `nothing has come of ${named(world)} yet`)
      await found.release(mode)
      mine(world, move)
      worlds.keep(world, keep)
      put(world, { way: 'arrived', series: count })
    },

    async giveUp(world, move) {
      const known = move === undefined ? underWay(world) : mine(world, move)
      if (!known) return false
      const found = worlds.peek(world)
      if (known.way === 'here' && found) {
        if (move === undefined) {
          const name = `name the move, ${known.move}, if it is to be lost`
          throw new MoveRefused('copy', `what has come of ${named(world)} may be all there is of it: ${name}`)
        }
        worlds.drop(world)
      } else if (found) {
        await found.release(known.mode)
        mine(world, known.move)
      }
      // What has left, and may have been moved on since, is nothing to go back to.
      put(world, found || known.way === 'here' ? (known.before ?? undefined) : undefined)
      return true
    },

    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    checkServed(id) {
      if (kept.size === 0) return
      const move = underWay(id)
      if (move) throw new WorldMoved(whyNotServed(move))
      const last = underWay(ALL_WORLDS)
      if (last && !worlds.peek(id)) throw new WorldMoved(`No new world is made here, they go to ${last.url}: ${RELOAD}`)
    },
    isMoved: (id) => underWay(id) !== undefined,
    checkComing(id, move) {
      if (mine(id, move).way === 'here') return
      throw new MoveRefused('under-way', `${named(id)} is moved away from here by that move`)
    },
    forget(id) {
      if (kept.get(id)?.way === 'arrived') put(id, undefined)
    }
  }
}

const NOTHING_HELD = { mode: 'manual', keep: false, series: 0, before: null } as const
const RELOAD = 'reload the proxy'

function whyNotServed({ way, url }: UnderWay): string {
  if (way === 'away') return `The world is moved to ${url}: ${RELOAD}.`
  return `The world is being moved here from ${url}, and has not come yet: try again.`
}

function named(world: string): string {
  return `the world ${JSON.stringify(world)}`
}

function memoryRows(): MoveRows {
  return { all: () => [], put: () => {}, drop: () => {} }
}
