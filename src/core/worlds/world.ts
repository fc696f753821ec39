import { assert } from '../model/assert.ts'
import { type Anchor, instantOf, wallNow } from '../model/clock.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Journal } from '../model/journal.ts'
import type { Shapes } from '../model/resources.ts'
import { ClockRefused, type Token } from '../model/world.ts'
import type { Store } from '../store/store.ts'
import { createClockMoves } from '../time/advance.ts'
import { agendaOf, occurrencesOf } from '../time/agenda.ts'
import { runBatch } from '../time/settle.ts'
import { emptyTally, type Tally } from '../time/tally.ts'
import { createCloud } from '../verbs/cloud.ts'
import { createScope, type Scope } from '../verbs/scope.ts'
import { once } from '../verbs/tokens.ts'
import { checkName, checkRoom } from './checkpoints.ts'
import type { OpenWorld, WorldEnvironment } from './open-world.ts'
import { imageOf, type Resting, type WorldStorage } from './storage.ts'

export function createWorld(id: string, journal: Journal, env: WorldEnvironment, storage: WorldStorage): OpenWorld {
  let open: Store | undefined
  /** While it rests: what the timer and a look at its clock must know. */
  let resting: Resting | undefined = storage.resting()
  let clouds = new Map<string, { scope: Scope; cloud: Cloud }>()
  /** The instant at which the verbs of the running transaction happen. */
  let instant = 0
  let calls = 0
  /** Moves when the store is replaced or closed: an advance that sees it stops between two batches. */
  let epoch = 0
  /** What time could not apply: our bug. Nothing is served until the state is another one. */
  let frozen: { readonly error: unknown } | undefined
  let waiting = 0
  let tail: Promise<unknown> = Promise.resolve()

  const awake = (): Store => {
    if (!open) {
      open = storage.open()
      clouds = new Map()
      env.woken(id)
    }
    return open
  }
  const anchorOf = (): Anchor => open?.row ?? resting?.anchor ?? awake().row
  const now = () => instantOf(anchorOf(), wallNow())
  const wakesAt = () => {
    if (frozen) return Number.POSITIVE_INFINITY
    if (!open) return resting?.wakesAt ?? Number.POSITIVE_INFINITY
    const { mode, anchorWall, anchorAt } = open.row
    return mode === 'manual' ? Number.POSITIVE_INFINITY : anchorWall + (open.dueAt() - anchorAt)
  }
  const roomOf = (provider: string) => {
    let room = clouds.get(provider)
    if (!room) {
      const rules = env.rules[provider]
      assert(rules, `no provider ${provider}`)
      const scope = createScope({ provider, rules, store: awake(), now: () => instant, settings: env.settings })
      room = { scope, cloud: createCloud(scope) }
      clouds.set(provider, room)
    }
    return room
  }
  const settling = {
    get store() {
      return awake()
    },
    scope(provider: string, at: number) {
      instant = at
      return roomOf(provider).scope
    },
    maxSnapshots: env.maxAdvance
  }

  /** A clock that runs may have passed the instant meanwhile. */
  const reach = (at: number) => anchor(Math.max(at, now()))
  const checkSound = () => {
    if (frozen) throw frozen.error
  }
  /** One batch; `move` leaves the clock at the last instant applied. */
  const batch = (to: number, tally: Tally, move: boolean): boolean => {
    checkSound()
    try {
      const done = runBatch(settling, to, tally, move ? reach : undefined)
      if (done) env.rescheduled(wakesAt())
      return done
    } catch (error) {
      frozen = { error }
      throw error
    }
  }
  const anchor = (at: number) => {
    const store = awake()
    store.row.anchorAt = at
    store.row.anchorWall = wallNow()
  }

  /** First in, first out; each begins in a turn of its own, so that a caller of `ready` acts before the next. */
  const queued = <T>(job: (asked: number) => Promise<T>): Promise<T> => {
    const asked = epoch
    waiting++
    const result = tail.then(() => new Promise<void>((resolve) => setImmediate(resolve))).then(() => job(asked))
    tail = result.then(
      () => waiting--,
      () => waiting--
    )
    return result
  }

  /** What was `asked` of one state of the world is not done to the next. */
  const settleTo = async (to: number, tally: Tally, asked: number): Promise<void> => {
    for (;;) {
      const done = await env.queue.run(() => (epoch === asked ? batch(to, tally, true) : undefined))
      if (done === undefined) {
        throw new ClockRefused('stopped', 'the world was reset, restored or deleted meanwhile', { done: { ...tally } })
      }
      if (done) return
    }
  }
  /** Applies what is already due, of whatever state the world is in by then. */
  const catchUp = async (tally = emptyTally()): Promise<void> => {
    while (awake().dueAt() <= now()) await env.queue.run(() => batch(now(), tally, false))
  }

  const moves = createClockMoves({
    awake,
    now,
    anchor,
    turn: env.queue.run,
    catchUp,
    settleTo,
    maxAdvance: env.maxAdvance
  })

  return {
    id,
    journal,
    get store() {
      return awake()
    },
    wake() {
      awake()
    },
    get isFrozen() {
      return frozen !== undefined
    },
    get isOpen() {
      return open !== undefined
    },
    get isIdle() {
      return waiting === 0
    },
    rest() {
      if (!open) return
      const at = wakesAt()
      const { mode, anchorAt, anchorWall } = open.row
      const next = { wakesAt: at, anchor: { mode, anchorAt, anchorWall } }
      if (!storage.rest(open, next)) return
      resting = next
      open = undefined
      clouds = new Map()
    },
    replace(image, at) {
      epoch++
      open?.db.close()
      open = undefined
      resting = undefined
      frozen = undefined
      storage.replace(image)
      if (image && at !== undefined) {
        // The clock goes on from the saved instant.
        awake().transaction(() => {
          awake().row.name = id
          anchor(at)
        })
      }
      env.rescheduled(wakesAt())
    },

    async ready() {
      checkSound()
      const tally = emptyTally()
      if (waiting === 0) {
        if (awake().dueAt() > now()) return
        // Mostly a snapshot or two has been completed: not worth waiting for a turn.
        if (batch(now(), tally, false)) return
      }
      await queued(() => catchUp(tally))
    },

    now,

    perform<S extends Shapes, T>(provider: string, work: (cloud: Cloud<S>) => T, token?: Token): T {
      // Between `ready` and here a system clock may have reached the next event: nothing is due when a call runs.
      checkSound()
      const store = awake()
      for (let tally: Tally | undefined; store.dueAt() <= now(); ) {
        tally ??= emptyTally()
        batch(now(), tally, false)
      }
      // Which shapes a provider has only its callers know: the core never reads them.
      const cloud = roomOf(provider).cloud as Cloud<S>
      const at = now()
      const before = store.dueAt()
      const outcome = store.transaction(() => {
        instant = at
        return token ? once(store, provider, token, at, () => work(cloud)) : { reply: work(cloud) }
      })
      if (store.dueAt() < before) env.rescheduled(wakesAt())
      if ('mismatch' in outcome) throw outcome.mismatch
      return outcome.reply
    },

    clock() {
      const advancing = moves.advancing()
      return { mode: anchorOf().mode, now: now(), ...(advancing && { advancing }) }
    },
    setClock: (change) =>
      queued(async (asked) => {
        await moves.setClock(change, asked)
        env.rescheduled(wakesAt())
        return { mode: awake().row.mode, now: now() }
      }),
    advance: (to) => queued((asked) => moves.advance(to, asked)),
    agenda: (limit) => agendaOf(awake(), limit),
    occurrences: (provider, policyId, window) => occurrencesOf(awake(), provider, policyId, now(), window),

    async reset() {
      this.replace(undefined)
      calls = 0
      journal.clear()
    },

    settings: () => {
      const all = awake().settings.all()
      return Object.fromEntries(Object.entries(env.settings).map(([name, row]) => [name, all[name] ?? row.default]))
    },
    changeSettings(patch) {
      const store = awake()
      store.transaction(() => {
        for (const [name, value] of Object.entries(patch)) {
          assert(env.settings[name], `no setting ${name}`)
          if (value === null) store.settings.drop(name)
          else store.settings.put(name, value)
        }
      })
    },

    copy: () => queued(async () => imageOf(awake())),
    checkpoints: () => env.checkpoints.list(id),
    saveCheckpoint: (name) =>
      queued(async () => {
        checkName(name)
        const { image, at } = imageOf(awake())
        checkRoom(env.checkpoints, id, name, image.length)
        const checkpoint = { name, at, savedAt: wallNow(), bytes: image.length }
        env.checkpoints.save(id, checkpoint, image)
        return checkpoint
      }),
    dropCheckpoint: (name) => env.checkpoints.drop(id, name),
    restoreCheckpoint(name) {
      const saved = env.checkpoints.load(id, name)
      if (saved) this.replace(saved.image, saved.checkpoint.at)
      return saved?.checkpoint
    },

    nextCall: () => ++calls,
    calls: () => calls,
    wakesAt,
    close() {
      epoch++
      this.rest()
      open?.db.close()
      open = undefined
    },
    forget() {
      epoch++
      open?.db.close()
      open = undefined
      storage.forget()
      env.checkpoints.dropAll(id)
      journal.clear()
    }
  }
}
