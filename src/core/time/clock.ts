import { type Anchor, EARLIEST_AT, instantOf, LATEST_AT, wallNow } from '../model/clock.ts'
import { countFirings, nextFiring } from '../model/schedule.ts'
import {
  type AdvanceReport,
  type AdvanceTo,
  type ClockChange,
  ClockRefused,
  type ClockView,
  type NextEvent
} from '../model/world.ts'
import type { StoredPolicy } from '../store/policies.ts'
import type { Store } from '../store/store.ts'
import type { Scope } from '../verbs/scope.ts'
import type { Line } from './line.ts'
import type { Queue } from './queue.ts'
import { runBatch } from './settle.ts'
import { emptyTally, type Tally } from './tally.ts'

/** What a clock needs of its world's state, which may be another one after each await. */
export interface ClockedState {
  /** Opened, if it was not. */
  readonly store: Store
  /** Known without opening the store. */
  readonly anchor: Anchor
  /** A provider's scope at an instant: what happens there is stamped with it. */
  scope(provider: string, at: number): Scope
}

/** A world's clock: it stands on an anchor and moves by way of everything that falls due. */
export interface WorldClock {
  now(): number
  view(): ClockView
  /** Something is due that has not been applied. */
  isDue(): boolean
  /** One batch of what is due, at once. Returns whether nothing is left. */
  settle(tally: Tally): boolean
  /** All that is due, of whatever state the world is in by then, in turns with other worlds. */
  catchUp(tally?: Tally): Promise<void>
  /** Stands at an instant from now on; part of a transaction. */
  set(at: number): void
  /** Forward by way of everything that falls due. `asked` tells which state of the world the caller meant. */
  advance(to: AdvanceTo, asked: number): Promise<AdvanceReport>
  /** Ends an advance that is under way, between two batches. Whether there was one. */
  stop(): boolean
  /** Back only where nothing has changed since. */
  change(to: ClockChange, asked: number): Promise<ClockView>
}

export interface ClockOptions {
  readonly line: Line
  /** In which all worlds take turns. */
  readonly queue: Queue
  /** The most snapshots that one advance may make. */
  readonly maxAdvance: number
  /** What falls due next is another thing now. */
  readonly rescheduled: () => void
  /** The clock was moved or set by somebody. */
  readonly moved: () => void
}

export function createWorldClock(state: ClockedState, options: ClockOptions): WorldClock {
  const { line, queue, maxAdvance, rescheduled, moved } = options
  /** Where an advance that is under way goes. */
  let target: number | undefined
  let isStopAsked = false

  const now = () => instantOf(state.anchor, wallNow())
  const isDue = () => state.store.due.at() <= now()
  const set = (at: number) => {
    const { row } = state.store
    row.anchorAt = at
    row.anchorWall = wallNow()
  }
  /** A clock that runs may have passed the instant meanwhile. */
  const reach = (at: number) => set(Math.max(at, now()))
  const batch = (to: number, tally: Tally, leave?: (at: number) => void): boolean => {
    line.checkSound()
    return line.guard(() => {
      const { store, scope } = state
      const isDone = runBatch({ store, scope, maxSnapshots: maxAdvance }, to, tally, leave)
      if (isDone) rescheduled()
      return isDone
    })
  }
  const settle = (tally: Tally) => batch(now(), tally)
  const catchUp = async (tally = emptyTally()): Promise<void> => {
    while (isDue()) await queue.run(() => settle(tally))
  }
  const whyStopped = (asked: number): string => {
    if (queue.isStopped) return 'the server is ending'
    return line.isOfNow(asked) ? 'somebody stopped it' : 'the world was reset, restored or deleted meanwhile'
  }
  /** Takes the clock along, batch by batch. */
  const settleTo = async (to: number, tally: Tally, asked: number): Promise<void> => {
    for (;;) {
      const mayGoOn = () => line.isOfNow(asked) && !queue.isStopped && !isStopAsked
      const isDone = await queue.run(() => (mayGoOn() ? batch(to, tally, reach) : undefined))
      if (isDone === undefined) {
        throw new ClockRefused('stopped', whyStopped(asked), { done: { ...tally } })
      }
      if (isDone) return
      moved()
    }
  }
  const moveTo = async (targetOf: (from: number) => number, asked: number): Promise<AdvanceReport> => {
    await catchUp()
    const from = now()
    const to = targetOf(from)
    checkRange(to)
    if (to < from) throw new ClockRefused('back', 'a clock is not advanced back', { now: from, asked: to })
    // With thousands of policies this takes as long as a batch.
    await queue.run(() => checkSize(state.store, from, to, maxAdvance))
    const tally = emptyTally()
    target = to
    isStopAsked = false
    try {
      await settleTo(to, tally, asked)
    } finally {
      target = undefined
      moved()
    }
    return { from, to, ...tally, next: nextEvent(state.store) }
  }

  return {
    now,
    view() {
      const view = { mode: state.anchor.mode, now: now() }
      return target === undefined ? view : { ...view, advancing: { to: target, at: state.anchor.anchorAt } }
    },
    stop() {
      isStopAsked = target !== undefined
      return isStopAsked
    },
    isDue,
    settle,
    catchUp,
    set,
    advance(way, asked) {
      if ('to' in way) return moveTo(() => way.to, asked)
      if ('by' in way) return moveTo((from) => from + way.by, asked)
      return moveTo((from) => Math.max(from, state.store.due.next()?.at ?? from), asked)
    },
    async change(change, asked) {
      await catchUp()
      const current = now()
      const to = change.now ?? current
      checkRange(to)
      checkUnchanged(state.store, to)
      if (to > now()) await moveTo(() => to, asked)
      const { store } = state
      store.transaction(() => {
        store.row.mode = change.mode ?? store.row.mode
        set(to)
        // Nothing has changed since that instant, so what was to fire after it fires.
        if (to < current) reschedule(store, to)
      })
      store.due.lookUp()
      rescheduled()
      moved()
      return { mode: store.row.mode, now: now() }
    }
  }
}

/** Every policy with volumes fires next strictly after this instant; part of a transaction. */
export function reschedule(store: Store, at: number): void {
  for (const policy of store.policies.scheduled()) rescheduleOne(store, policy, at)
}

/** The same in transactions of its own, between which others may have a turn: of a store that nobody else knows. */
export function* rescheduling(store: Store, at: number): Generator<void, void> {
  const policies = store.policies.scheduled()
  for (let from = 0; from < policies.length; from += RESCHEDULED_AT_ONCE) {
    store.transaction(() => {
      for (const policy of policies.slice(from, from + RESCHEDULED_AT_ONCE)) rescheduleOne(store, policy, at)
    })
    yield
  }
}
const RESCHEDULED_AT_ONCE = 500

function rescheduleOne({ policies }: Store, policy: StoredPolicy, at: number): void {
  policies.update(policy, { firesAt: nextFiring(policy, at) })
}

function checkRange(at: number): void {
  if (!Number.isInteger(at) || at < EARLIEST_AT || at > LATEST_AT) {
    throw new ClockRefused('range', 'a world’s clock lies in 2000 to 2100', { asked: at })
  }
}

function checkUnchanged({ row }: Store, to: number): void {
  if (to >= row.changedAt) return
  throw new ClockRefused('before-change', 'the clock is not set before the last change in this world', {
    changedAt: row.changedAt,
    asked: to
  })
}

/** Snapshots that an advance could make at most: occurrences × volumes bound now. */
function checkSize({ policies }: Store, from: number, to: number, max: number): void {
  const most = policies
    .schedules()
    .reduce((sum, policy) => sum + countFirings(policy, from, to) * policy.volumeCount, 0)
  if (most > max) {
    throw new ClockRefused('too-many', `this advance would make up to ${most} snapshots`, { most, max })
  }
}

function nextEvent(store: Store): NextEvent | null {
  const due = store.due.next()
  if (!due) return null
  const row =
    due.kind === 'fires'
      ? store.policies.byN(due.n)
      : (store.snapshots.byN(due.n) ?? store.volumes.byN(due.n) ?? store.instances.byN(due.n))
  return { at: due.at, kind: due.kind, subject: row?.id ?? '' }
}
