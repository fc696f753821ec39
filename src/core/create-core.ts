import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { MANUAL_START_AT, STARTER_AT, wallNow } from './clock.ts'
import type { Core, CoreOptions } from './core.ts'
import { createBudget, createJournal } from './create-journal.ts'
import { createWorld, type OpenWorld, type WorldEnvironment } from './create-world.ts'
import { createQueue } from './queue.ts'
import { LEGS, type Setting } from './rules.ts'
import { nextFiring } from './schedule.ts'
import { nextDue } from './settle.ts'
import { openStore } from './store/store.ts'
import { ClockRefused, WorldsFull } from './world.ts'

const MAX_WORLDS = 10_000
const MAX_ADVANCE = 1_000_000
const JOURNAL_BYTES = 64 * 1024 * 1024
/** Node's timers hold no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Everything below `http/`: the worlds, their state and their time. */
export function createCore(options: CoreOptions): Core {
  const settings = settingsOf(options.rules)
  const budget = createBudget(options.journalBytes ?? JOURNAL_BYTES)
  const maxWorlds = options.maxWorlds ?? MAX_WORLDS
  const queue = createQueue()
  let calls = 0
  let closed = false
  let timer: { at: number; handle: NodeJS.Timeout } | undefined

  const starter = starterImage(options, settings)

  const env: WorldEnvironment = {
    rules: options.rules,
    settings,
    queue,
    maxAdvance: options.maxAdvance ?? MAX_ADVANCE,
    open(id) {
      const store = openStore(starter.image)
      store.transaction(() => {
        const wall = wallNow()
        store.row.name = id
        store.row.seed = createHash('sha256').update(id).digest().readUInt32BE(0)
        store.row.mode = options.clock.mode
        store.row.anchorWall = wall
        store.row.anchorAt = options.clock.at ?? (options.clock.mode === 'manual' ? MANUAL_START_AT : wall)
        // A seed's policies fire from the world's birth on, not from the seed's date.
        for (const policy of store.policies.scheduled()) {
          store.policies.update(policy, { firesAt: nextFiring(policy, store.row.anchorAt) })
        }
      })
      store.noteExactly(nextDue(store)?.at)
      return store
    },
    rescheduled: () => {
      if (!closed) arm()
    }
  }
  /** In the order of their last use: the first is the one that waits longest. */
  const worlds = new Map<string, OpenWorld>()
  const kept = new Set<string>()

  /** One timer for all worlds on a system clock. */
  const arm = () => {
    let at = Number.POSITIVE_INFINITY
    for (const world of worlds.values()) at = Math.min(at, world.wakesAt())
    if (timer && timer.at <= at && timer.at > wallNow()) return
    if (timer) clearTimeout(timer.handle)
    timer = undefined
    if (at === Number.POSITIVE_INFINITY) return
    const handle = setTimeout(fire, Math.min(Math.max(0, at - wallNow()), LONGEST_TIMER_MS))
    handle.unref()
    timer = { at, handle }
  }
  const fire = () => {
    timer = undefined
    const due = [...worlds.values()].filter((world) => world.wakesAt() <= wallNow())
    for (const world of due) {
      world.ready().catch((error: unknown) => {
        if (!(error instanceof ClockRefused))
          options.log?.('what fell due could not be applied', { error, world: world.id })
      })
    }
    arm()
  }

  const makeRoom = () => {
    if (worlds.size < maxWorlds) return
    for (const [id, world] of worlds) {
      if (kept.has(id)) continue
      world.close()
      worlds.delete(id)
      options.log?.('the least recently used world was dropped', { world: id, maxWorlds })
      return
    }
    throw new WorldsFull(`all ${maxWorlds} worlds are kept`)
  }

  return {
    world(id) {
      let world = worlds.get(id)
      if (world) worlds.delete(id)
      else {
        makeRoom()
        world = createWorld(id, createJournal(budget), env)
      }
      worlds.set(id, world)
      return world
    },
    peek: (id) => worlds.get(id),
    worlds: () =>
      [...worlds.values()].map((world) => {
        const { mode, now } = world.clock()
        return { id: world.id, now, mode, calls: world.calls(), keep: kept.has(world.id) }
      }),
    keep(id, keep) {
      if (keep) kept.add(id)
      else kept.delete(id)
    },
    async forget(id) {
      const world = worlds.get(id)
      if (!world) return false
      worlds.delete(id)
      kept.delete(id)
      world.journal.clear()
      world.close()
      arm()
      return true
    },
    journal: createJournal(budget),
    nextCall: () => ++calls,
    settings,
    wallNow,
    async close() {
      closed = true
      if (timer) clearTimeout(timer.handle)
      for (const world of worlds.values()) world.close()
      worlds.clear()
    }
  }
}

/** What the providers declare, and one short name for each leg that stands for all of them. */
export function settingsOf(rules: CoreOptions['rules']): Readonly<Record<string, Setting>> {
  const legs = LEGS.map((leg): [string, Setting] => [
    `delays.${leg}Ms`,
    {
      default: null,
      form: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      description: `How long ${leg} takes, in milliseconds on the world’s clock, in every cloud that has it; null: 300 on a system clock, 0 on a manual one.`,
      source: 'product.md 3'
    }
  ])
  return Object.fromEntries([...Object.values(rules).flatMap((own) => Object.entries(own.settings)), ...legs])
}

/** The image that every new world is opened from: an empty world with the starter seed planted. */
function starterImage(options: CoreOptions, settings: Readonly<Record<string, Setting>>): { image: Buffer } {
  const store = openStore()
  store.transaction(() => {
    store.row.anchorAt = STARTER_AT
    store.row.changedAt = STARTER_AT
  })
  const world = createWorld('', createJournal(createBudget(0)), {
    rules: options.rules,
    settings,
    queue: createQueue(),
    maxAdvance: MAX_ADVANCE,
    open: () => store,
    rescheduled: () => {}
  })
  options.plant(world)
  const { at } = options.clock
  if (at !== undefined && at < store.row.changedAt) {
    throw new ClockRefused('before-change', 'the clock is not set before the rows of the seed', {
      changedAt: store.row.changedAt,
      asked: at
    })
  }
  store.db.run('VACUUM')
  const image = store.db.serialize()
  store.db.close()
  return { image }
}
