import { assert } from './assert.ts'
import { DAY_MS, EARLIEST_AT, instantOf, LATEST_AT, wallNow } from './clock.ts'
import type { Cloud } from './cloud.ts'
import { createCloud } from './create-cloud.ts'
import { createHand, emptyTally, type Hand, type Tally } from './hand.ts'
import type { Journal } from './journal.ts'
import type { Shapes } from './model.ts'
import type { Queue } from './queue.ts'
import type { Rules, Setting } from './rules.ts'
import { countFirings, nextFiring } from './schedule.ts'
import { applyBatch, nextDue } from './settle.ts'
import type { Store } from './store/store.ts'
import { type AdvanceReport, ClockRefused, type NextEvent, type Token, TokenMismatch, type World } from './world.ts'

/** What every world of a server shares. */
export interface WorldEnvironment {
  readonly rules: Readonly<Record<string, Rules>>
  readonly settings: Readonly<Record<string, Setting>>
  readonly queue: Queue
  readonly maxAdvance: number
  /** A fresh store from the starter image, named and with its clock set. */
  open(id: string): Store
  /** The world's next due instant has changed. */
  rescheduled(): void
}

/** A world, and what only the registry of worlds may do with it. */
export interface OpenWorld extends World {
  readonly store: Store
  calls(): number
  /** The wall clock's instant at which something falls due by itself; Infinity: never, or on a manual clock. */
  wakesAt(): number
  close(): void
}

export function createWorld(id: string, journal: Journal, env: WorldEnvironment, opened?: Store): OpenWorld {
  let store = opened ?? env.open(id)
  let clouds = new Map<string, { hand: Hand; cloud: Cloud }>()
  /** The instant at which the verbs of the running transaction happen. */
  let instant = 0
  let calls = 0
  /** Moves when the store is replaced or closed: an advance that sees it stops between two batches. */
  let epoch = 0
  let waiting = 0
  let tail: Promise<unknown> = Promise.resolve()
  let advancing: { to: number; at: number } | undefined

  const now = () => instantOf(store.row, wallNow())
  const roomOf = (provider: string) => {
    let room = clouds.get(provider)
    if (!room) {
      const rules = env.rules[provider]
      assert(rules, `no provider ${provider}`)
      const hand = createHand({ provider, rules, store, now: () => instant, settings: env.settings })
      room = { hand, cloud: createCloud(hand) }
      clouds.set(provider, room)
    }
    return room
  }
  const settling = {
    get store() {
      return store
    },
    hand(provider: string, at: number) {
      instant = at
      return roomOf(provider).hand
    }
  }

  /** One batch, in one transaction; `move` leaves the clock at the last instant applied. */
  const batch = (to: number, tally: Tally, move: boolean): boolean => {
    const done = store.transaction(() => {
      const applied = applyBatch(settling, to, tally)
      if (move) anchor(applied.done ? to : (applied.at ?? now()))
      return applied.done
    })
    store.noteExactly(nextDue(store)?.at)
    env.rescheduled()
    return done
  }
  const anchor = (at: number) => {
    store.row.anchorAt = at
    store.row.anchorWall = wallNow()
  }

  /** First in, first out; each begins in a turn of its own, so that a caller of `ready` acts before the next. */
  const queued = <T>(job: () => Promise<T>): Promise<T> => {
    waiting++
    const result = tail.then(() => new Promise<void>((resolve) => setImmediate(resolve))).then(job)
    tail = result.then(
      () => waiting--,
      () => waiting--
    )
    return result
  }

  const settleTo = async (to: number, tally: Tally, move: boolean): Promise<void> => {
    const started = epoch
    for (;;) {
      const done = await env.queue.run(() => (epoch === started ? batch(to, tally, move) : undefined))
      if (done === undefined) {
        throw new ClockRefused('stopped', 'the world was reset, restored or deleted meanwhile', { done: { ...tally } })
      }
      if (done) return
      if (advancing) advancing.at = store.row.anchorAt
    }
  }

  const checkRange = (at: number) => {
    if (at < EARLIEST_AT || at > LATEST_AT) {
      throw new ClockRefused('range', 'a world’s clock lies in 2000 to 2100', { asked: at })
    }
  }

  /** Snapshots that an advance could make at most: occurrences × volumes bound now. */
  const checkSize = (from: number, to: number) => {
    let most = 0
    for (const policy of store.policies.scheduled()) most += countFirings(policy, from, to) * policy.volumeCount
    if (most > env.maxAdvance) {
      throw new ClockRefused('too-many', `this advance would make up to ${most} snapshots`, {
        most,
        max: env.maxAdvance
      })
    }
  }

  const moveTo = async (target: number): Promise<AdvanceReport> => {
    const from = now()
    checkRange(target)
    if (target < from) throw new ClockRefused('back', 'a clock is not advanced back', { now: from, asked: target })
    checkSize(from, target)
    const tally = emptyTally()
    advancing = { to: target, at: from }
    try {
      await settleTo(target, tally, true)
    } finally {
      advancing = undefined
    }
    return { from, to: target, ...tally, next: nextEvent() }
  }

  const nextEvent = (): NextEvent | null => {
    const due = nextDue(store)
    if (!due) return null
    const row =
      due.kind === 'fires'
        ? store.policies.byN(due.n)
        : (store.snapshots.byN(due.n) ?? store.volumes.byN(due.n) ?? store.instances.byN(due.n))
    return { at: due.at, kind: due.kind, subject: row?.id ?? '' }
  }

  return {
    id,
    journal,
    get store() {
      return store
    },

    async ready() {
      if (waiting === 0 && store.dueAt() > now()) return
      await queued(() => settleTo(now(), emptyTally(), false))
    },

    now,

    perform<S extends Shapes, T>(provider: string, work: (cloud: Cloud<S>) => T, token?: Token): T {
      // Between `ready` and here a system clock may have reached the next event: nothing is due when a call runs.
      while (store.dueAt() <= now()) batch(now(), emptyTally(), false)
      // Which shapes a provider has only its callers know: the core never reads them.
      const cloud = roomOf(provider).cloud as Cloud<S>
      const at = now()
      const before = store.dueAt()
      const result = store.transaction(() => {
        instant = at
        if (token) {
          const known = store.tokens.find(provider, token.token)
          if (known && at - known.usedAt < DAY_MS) {
            if (known.request !== token.request) throw new TokenMismatch()
            store.tokens.touch(provider, token.token, at)
            return known.reply === null ? undefined : JSON.parse(known.reply)
          }
        }
        const made = work(cloud)
        if (token) {
          store.tokens.forgetBefore(at - DAY_MS)
          const reply = made === undefined ? null : JSON.stringify(made)
          store.tokens.put(provider, token.token, { request: token.request, reply, usedAt: at })
        }
        return made
      })
      if (store.dueAt() < before) env.rescheduled()
      return result
    },

    clock: () => ({ mode: store.row.mode, now: now(), ...(advancing && { advancing: { ...advancing } }) }),

    setClock: (change) =>
      queued(async () => {
        await settleTo(now(), emptyTally(), false)
        const current = now()
        const target = change.now ?? current
        checkRange(target)
        if (target < store.row.changedAt) {
          throw new ClockRefused('before-change', 'the clock is not set before the last change in this world', {
            changedAt: store.row.changedAt,
            asked: target
          })
        }
        if (target > current) await moveTo(target)
        store.transaction(() => {
          store.row.mode = change.mode ?? store.row.mode
          anchor(target)
          if (target < current) {
            // Nothing has changed since that instant, so what was to fire after it fires.
            for (const policy of store.policies.scheduled()) {
              store.policies.update(policy, { firesAt: nextFiring(policy, target) })
            }
          }
        })
        store.noteExactly(nextDue(store)?.at)
        env.rescheduled()
        return { mode: store.row.mode, now: now() }
      }),

    advance: (to) =>
      queued(() => {
        if ('to' in to) return moveTo(to.to)
        if ('by' in to) return moveTo(now() + to.by)
        return moveTo(Math.max(now(), nextDue(store)?.at ?? now()))
      }),

    async reset() {
      epoch++
      store.db.close()
      store = env.open(id)
      clouds = new Map()
      calls = 0
      journal.clear()
      env.rescheduled()
    },

    settings: () => {
      const all = store.settings.all()
      return Object.fromEntries(Object.entries(env.settings).map(([name, row]) => [name, all[name] ?? row.default]))
    },
    changeSettings(patch) {
      store.transaction(() => {
        for (const [name, value] of Object.entries(patch)) {
          assert(env.settings[name], `no setting ${name}`)
          if (value === null) store.settings.drop(name)
          else store.settings.put(name, value)
        }
      })
    },

    nextCall: () => ++calls,
    calls: () => calls,
    wakesAt: () =>
      store.row.mode === 'manual'
        ? Number.POSITIVE_INFINITY
        : store.row.anchorWall + (store.dueAt() - store.row.anchorAt),
    close() {
      epoch++
      store.db.close()
    }
  }
}
