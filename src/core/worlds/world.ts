import { assert } from '../model/assert.ts'
import { wallNow } from '../model/clock.ts'
import type { Cloud } from '../model/cloud.ts'
import type { CoreOptions } from '../model/core.ts'
import type { Replacement, Teller } from '../model/events.ts'
import type { Journal } from '../model/journal.ts'
import type { Shapes } from '../model/resources.ts'
import type { ClockMode, Performance, World, WorldDamaged } from '../model/world.ts'
import type { Store } from '../store/store.ts'
import { agendaOf, occurrencesOf } from '../time/agenda.ts'
import { createWorldClock } from '../time/clock.ts'
import { createLine } from '../time/line.ts'
import type { Queue } from '../time/queue.ts'
import { emptyTally } from '../time/tally.ts'
import { timelineOf } from '../time/timeline.ts'
import { dropFault, faultsOf, meet, putFault } from '../verbs/faults.ts'
import { once } from '../verbs/tokens.ts'
import { type CheckpointStore, checkName, checkRoom } from './checkpoints.ts'
import type { KeptServerFaults } from './server-faults.ts'
import { createState, type ProviderTables } from './state.ts'
import { imageOf, type WorldStorage } from './storage.ts'

/** What every world of a core shares, wherever its database lies. */
export interface CoreEnvironment extends ProviderTables {
  readonly queue: Queue
  readonly maxAdvance: number
  /** Rules that hold in every world. */
  readonly faults: Pick<KeptServerFaults, 'rules' | 'note'>
  readonly faultWrong?: CoreOptions['faultWrong']
}

/** And whom a world tells what it does. */
export interface WorldEnvironment extends CoreEnvironment {
  readonly checkpoints: CheckpointStore
  /** Something falls due in some world at this instant of the wall clock. */
  rescheduled(wakesAt: number): void
  /** A world was woken: another one may go to rest. */
  woken(id: string): void
  damaged(id: string, damage: WorldDamaged): void
  /** Whether it is moved to another server, or from one: then its calls are not served, and no time passes. */
  isMoved(id: string): boolean
  /** Throws `WorldMoved` for one that is. */
  checkServed(id: string): void
  tellerOf(id: string): Teller
}

/** A world, and what only the registry of worlds may do with it. */
export interface OpenWorld extends World {
  /** Awake, if it was not. */
  readonly store: Store
  /** Opens the database. Throws `WorldDamaged`. */
  wake(): void
  readonly isOpen: boolean
  /** Nothing is under way in it. */
  readonly isIdle: boolean
  /** Closes the database until the next call, if that saves anything. */
  rest(): void
  /** Takes this image as its state, and goes on from that instant. Stops an advance between two batches. */
  replace(image: Buffer, at: number, why: Replacement): void
  /** An image of the world as it is now, and the instant that this is. */
  copy(): Promise<{ readonly image: Buffer; readonly at: number }>
  /** The wall clock's instant at which something falls due by itself; Infinity: never, or on a manual clock. */
  wakesAt(): number
  /** Comes when what is under way is done: `mark` is told how the clock was, which stands from then on. */
  hold(mark: (mode: ClockMode) => void): Promise<void>
  /** The clock of one that was held is as it was. */
  release(mode: ClockMode): Promise<void>
  /** The end of the server: the state stays where it is kept. */
  close(): void
  /** The end of the world: nothing stays, but of one that was moved its journal. */
  forget(why?: 'deleted' | 'moved'): void
}

/** The usual answer to who asks whether anything is due. */
const READY = Promise.resolve()

export function createWorld(id: string, journal: Journal, env: WorldEnvironment, storage: WorldStorage): OpenWorld {
  const line = createLine()
  const teller = env.tellerOf(id)
  const state = createState(storage, env, {
    teller,
    woken: () => env.woken(id),
    damaged: (damage) => env.damaged(id, damage)
  })
  const wakesAt = () => (line.isFrozen || env.isMoved(id) ? Number.POSITIVE_INFINITY : state.wakesAt())
  const rescheduled = () => env.rescheduled(wakesAt())
  const { queue, maxAdvance } = env
  const checkServed = () => {
    env.checkServed(id)
    line.checkSound()
  }
  /** In its turn, unless the world has been moved until then. */
  const served = <T>(call: (asked: number) => Promise<T>): Promise<T> =>
    line.run(async (asked) => {
      env.checkServed(id)
      return call(asked)
    })
  const moved = () => {
    if (teller.wants('clock')) teller.tell([{ type: 'clock', at: clock.now(), ...clock.view() }])
  }
  const clock = createWorldClock(state, { line, queue, maxAdvance, rescheduled, moved })

  const tellReplaced = (why: Replacement, checkpoint?: string) => {
    if (!teller.wants('replaced')) return
    teller.tell([{ type: 'replaced', at: clock.now(), why, ...(checkpoint !== undefined && { checkpoint }) }])
  }
  const replace = (image?: Buffer, at?: number) => {
    line.renew()
    state.replace(image)
    if (image && at !== undefined) {
      const { store } = state
      store.transaction(() => {
        store.row.name = id
        // The clock goes on from the saved instant.
        clock.set(at)
      })
    }
    rescheduled()
  }

  return {
    id,
    journal,
    get store() {
      return state.store
    },
    wake: state.wake,
    get damage() {
      return state.damage
    },
    get isFrozen() {
      return line.isFrozen
    },
    get isOpen() {
      return state.isOpen
    },
    get isIdle() {
      return line.isIdle
    },
    wakesAt,
    rest: () => state.rest(wakesAt()),
    replace(image, at, why) {
      replace(image, at)
      tellReplaced(why)
    },
    close() {
      state.rest(wakesAt())
      state.close()
      line.renew()
    },
    hold: (mark) =>
      line.run(async (asked) => {
        const { mode } = clock.view()
        mark(mode)
        if (mode === 'system') await clock.change({ mode: 'manual' }, asked)
      }),
    release: (mode) =>
      line.run(async (asked) => {
        if (mode === 'system') await clock.change({ mode }, asked)
      }),
    forget(why = 'deleted') {
      line.renew()
      state.forget()
      env.checkpoints.dropAll(id)
      if (why === 'deleted') journal.clear()
      tellReplaced(why)
    },

    ready() {
      try {
        checkServed()
        state.verify()
        if (line.isIdle && !clock.isDue()) return READY
        const tally = emptyTally()
        // Mostly a snapshot or two has been completed: not worth waiting for a turn.
        if (line.isIdle && clock.settle(tally)) return READY
        return line.run(() => clock.catchUp(tally))
      } catch (error) {
        return Promise.reject(error)
      }
    },
    now: clock.now,
    perform<S extends Shapes, T>(
      provider: string,
      work: (cloud: Cloud<S>) => T,
      { token, fails }: Performance = {}
    ): T {
      checkServed()
      // Between `ready` and here a system clock may have reached the next event: nothing is due when a call runs.
      if (clock.isDue()) for (const tally = emptyTally(); clock.isDue(); ) clock.settle(tally)
      const { store } = state
      const at = clock.now()
      const before = store.due.at()
      const outcome = store.transaction(() => {
        // Which shapes a provider has only its callers know: the core never reads them.
        const cloud = state.cloud(provider, at, fails) as Cloud<S>
        return token ? once(store, provider, token, at, () => work(cloud)) : { reply: work(cloud) }
      })
      if (store.due.at() < before) rescheduled()
      if ('mismatch' in outcome) throw outcome.mismatch
      return outcome.reply
    },

    faults: () => faultsOf(state.store, env.faults.rules()),
    putFault(rule) {
      env.checkServed(id)
      const { store } = state
      store.transaction(() => putFault(store, rule))
    },
    dropFault(name) {
      env.checkServed(id)
      const { store } = state
      return store.transaction(() => dropFault(store, name))
    },
    meet(call) {
      checkServed()
      const { met, fault } = meet(state.store, env.faults.rules(), call, clock.now())
      for (const { scope, rule } of met) if (scope === 'server') env.faults.note(rule.id, fault?.rule === rule)
      return fault
    },
    see<S extends Shapes, T>(provider: string, look: (cloud: Cloud<S>) => T): T {
      line.checkSound()
      const cloud = state.cloud(provider, clock.now()) as Cloud<S>
      return look(cloud)
    },

    clock: clock.view,
    setClock: (change) => served((asked) => clock.change(change, asked)),
    advance: (to) => served((asked) => clock.advance(to, asked)),
    stopAdvance: clock.stop,
    agenda: (limit) => agendaOf(state.store, limit),
    occurrences: (provider, policyId, window) => occurrencesOf(state.store, provider, policyId, clock.now(), window),
    timeline: (window) => timelineOf(() => state.store, clock.now(), window),

    async reset() {
      env.checkServed(id)
      replace()
      journal.restart()
      tellReplaced('reset')
    },

    settings: () => {
      const all = state.store.settings.all()
      return Object.fromEntries(Object.entries(env.settings).map(([name, row]) => [name, all[name] ?? row.default]))
    },
    changeSettings(patch) {
      env.checkServed(id)
      const { store } = state
      store.transaction(() => {
        for (const [name, value] of Object.entries(patch)) {
          assert(env.settings[name], `no setting ${name}`)
          if (value === null) store.settings.drop(name)
          else store.settings.put(name, value)
        }
      })
    },

    copy: () => line.run(async () => imageOf(state.store)),
    checkpoints: () => env.checkpoints.list(id),
    saveCheckpoint: (name) =>
      served(async () => {
        checkName(name)
        const { image, at } = imageOf(state.store)
        checkRoom(env.checkpoints, id, name, image.length)
        const checkpoint = { name, at, savedAt: wallNow(), bytes: image.length }
        env.checkpoints.save(id, checkpoint, image)
        return checkpoint
      }),
    dropCheckpoint(name) {
      env.checkServed(id)
      return env.checkpoints.drop(id, name)
    },
    restoreCheckpoint(name) {
      env.checkServed(id)
      const saved = env.checkpoints.load(id, name)
      if (saved) {
        replace(saved.image, saved.checkpoint.at)
        tellReplaced('restored', name)
      }
      return saved?.checkpoint
    }
  }
}
