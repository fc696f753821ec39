import { wallNow } from './model/clock.ts'
import type { Core, CoreOptions, Damage, Starter, WorldFigures, WorldSummary } from './model/core.ts'
import { DEFAULTS } from './model/defaults.ts'
import { settingsOf } from './model/rules.ts'
import { ClockRefused, type ClockView, WorldDamaged } from './model/world.ts'
import { loadAddon } from './store/addon.ts'
import { createQueue } from './time/queue.ts'
import { memoryCheckpoints } from './worlds/checkpoints.ts'
import { createEvents } from './worlds/events.ts'
import { openFolder } from './worlds/folder.ts'
import { composeImage, composeInSlices, detach, loadImage } from './worlds/images.ts'
import { createJournals } from './worlds/journals.ts'
import { createMoves } from './worlds/moves.ts'
import { lookAtNew } from './worlds/passing.ts'
import { createWorlds } from './worlds/registry.ts'
import { createServerFaults } from './worlds/server-faults.ts'
import { memoryStorage, newWorldOf, seedOf, startOf } from './worlds/storage.ts'
import { type CoreEnvironment, createWorld, type OpenWorld, type WorldEnvironment } from './worlds/world.ts'

/** Everything below `http/`: the worlds, their state and their time. Throws `NoDatabase` where SQLite can’t be had. */
export function createCore(options: CoreOptions): Core {
  // Worlds open their databases when they are called: without this, a server would start and then refuse every call.
  loadAddon()
  const settings = settingsOf(options.rules)
  const events = createEvents()
  const journals = createJournals(options.journalBytes ?? DEFAULTS.journalBytes, () => worlds, events)
  const folder = options.data === undefined ? undefined : openFolder(options.data)
  const checkpoints = folder?.checkpoints ?? memoryCheckpoints()
  const faults = createServerFaults(folder?.faults)
  const environment: CoreEnvironment = {
    faults,
    faultWrong: options.faultWrong,
    rules: options.rules,
    settings,
    queue: createQueue(),
    maxAdvance: options.maxAdvance ?? DEFAULTS.maxAdvance
  }
  const newWorld = newWorldOf(starterImage(options, environment), options.clock, options.rules)
  const env: WorldEnvironment = {
    ...environment,
    rescheduled: (wakesAt) => worlds.rescheduled(wakesAt),
    woken: (id) => worlds.woken(id),
    damaged: (world, { file, reason }) => options.log?.('a world can’t be served', { world, file, reason }),
    tellerOf: events.teller,
    isMoved: (id) => moves.isMoved(id),
    checkServed: (id) => moves.checkServed(id),
    checkpoints
  }
  const worlds = createWorlds({
    make: (id) =>
      createWorld(id, journals.take(id), env, folder ? folder.storage(id, newWorld) : memoryStorage(id, newWorld)),
    // What lies in the folder is served, however many that is.
    maxWorlds: Math.max(options.maxWorlds ?? DEFAULTS.maxWorlds, folder?.ids().length ?? 0),
    mayDrop: !folder,
    isHeld: (id) => moves.isMoved(id),
    maxOpen: options.maxOpen ?? (folder ? Math.min(DEFAULTS.maxOpen, folder.maxOpen) : DEFAULTS.maxOpen),
    log: options.log ?? (() => {})
  })
  const drop = (id: string): boolean => {
    const world = worlds.remove(id)
    world?.forget()
    return world !== undefined
  }
  const moves = createMoves(
    {
      ...worlds,
      left(id) {
        const world = worlds.remove(id)
        world?.forget('moved')
        if (world) journals.keep(id, world.journal)
        events.end(id)
      },
      drop
    },
    folder?.moves
  )
  /** One that is to be changed, or to come into being. */
  const served = (id: string): OpenWorld => {
    moves.checkServed(id)
    return worlds.get(id)
  }
  const beginnings = { environment, newWorld, checkpointBytes: checkpoints.bytes }
  const look = async <T>(id: string, see: (world: OpenWorld) => T | Promise<T>): Promise<T> =>
    worlds.peek(id) ? see(worlds.get(id)) : lookAtNew(id, beginnings, see)
  const summaryOf = (world: OpenWorld): WorldSummary => {
    const { mode, now } = clockOf(world)
    const damaged = world.damage && toldOf(world.damage)
    return { id: world.id, now, mode, calls: world.journal.counts().calls, keep: worlds.isKept(world.id), damaged }
  }
  for (const id of folder?.ids() ?? []) worlds.get(id)
  for (const id of folder?.leftOpen() ?? []) wake(worlds.get(id), options)
  worlds.rescheduled(Math.min(...worlds.all().map((world) => world.wakesAt())))

  return {
    world: served,
    peek: worlds.peek,
    look,
    worlds: () => worlds.all().map(summaryOf),
    survey() {
      const all = worlds.all()
      const damaged = all.flatMap(({ id, damage }) => (damage ? [{ world: id, ...toldOf(damage) }] : []))
      return { count: all.length, damaged }
    },
    figures: () => worlds.all().map((world) => figuresOf(world, Object.keys(options.rules))),
    keep(id, keep) {
      const world = served(id)
      worlds.keep(id, keep)
      return summaryOf(world)
    },
    async forget(id) {
      if (worlds.peek(id)) moves.checkServed(id)
      moves.forget(id)
      return drop(id)
    },
    fork(id, name, as) {
      const saved = checkpoints.load(id, name)
      if (saved) served(as).replace(saved.image, saved.checkpoint.at, 'forked')
      return saved?.checkpoint
    },
    async detach(id) {
      const { image, at } = await look(id, (world) => world.copy())
      return detach(image, at, environment)
    },
    async plantState(id, plant, clock) {
      const mode = clock.mode ?? options.clock.mode
      const at = clock.at ?? startOf({ mode, at: options.clock.at })
      const image = await composeInSlices(environment, plant, (changedAt) => {
        checkStart(at, changedAt)
        return { mode, at, seed: seedOf(id) }
      })
      served(id).replace(image, at, 'imported')
    },
    async loadState(id, tables, move) {
      const { image, at } = await loadImage(tables, environment)
      if (move === undefined) served(id).replace(image, at, 'imported')
      else {
        moves.checkComing(id, move)
        worlds.get(id).replace(image, at, 'imported')
      }
    },
    moves,
    faults,
    journals,
    events,
    start: folder?.start ?? 0,
    settings,
    wallNow,
    stop() {
      environment.queue.stop()
      events.stop()
    },
    async close() {
      environment.queue.close()
      worlds.close()
      folder?.close()
    }
  }
}

function figuresOf(world: OpenWorld, providers: readonly string[]): WorldFigures {
  const { calls, bytes } = world.journal.counts()
  const count = (provider: string) => [provider, world.store.totals.sum({ provider, what: 'snapshot' })] as const
  const snapshots = world.isOpen ? Object.fromEntries(providers.map(count)) : {}
  return { id: world.id, isOpen: world.isOpen, calls, journalBytes: bytes, snapshots }
}

/** A world that was open when the server was killed: when it is due only its database knows. */
function wake(world: OpenWorld, options: CoreOptions): void {
  try {
    world.wake()
  } catch (error) {
    if (!(error instanceof WorldDamaged)) options.log?.('a world can’t be served', { world: world.id, error })
  }
}

function toldOf({ file, reason }: WorldDamaged): Omit<Damage, 'world'> {
  return { file, reason }
}

/** A damaged world may be found to be so only now. */
function clockOf(world: OpenWorld): ClockView {
  try {
    return world.clock()
  } catch (error) {
    if (error instanceof WorldDamaged) return world.clock()
    throw error
  }
}

/** The starter of these rules and this seed, to be kept: planting it takes a tenth of a start. */
export function composeStarter({ rules, plant }: Pick<CoreOptions, 'rules' | 'plant'>): Starter {
  return composeImage(
    {
      rules,
      settings: settingsOf(rules),
      queue: createQueue(),
      maxAdvance: DEFAULTS.maxAdvance,
      faults: createServerFaults()
    },
    plant
  )
}

/** The image that every new world is opened from: the starter seed, planted. */
function starterImage(options: CoreOptions, environment: CoreEnvironment): Buffer {
  const { image, changedAt } = options.starter ?? composeImage(environment, options.plant)
  const { at } = options.clock
  if (at !== undefined) checkStart(at, changedAt)
  return image
}

function checkStart(at: number, changedAt: number): void {
  if (at >= changedAt) return
  throw new ClockRefused('before-change', 'the clock is not set before the rows of the seed', { changedAt, asked: at })
}
