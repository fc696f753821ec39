import { EARLIEST_AT, LATEST_AT } from '../model/clock.ts'
import { countFirings, nextFiring } from '../model/schedule.ts'
import { type AdvanceReport, type AdvanceTo, ClockRefused, type ClockView, type NextEvent } from '../model/world.ts'
import type { Store } from '../store/store.ts'
import { nextDue } from './settle.ts'
import { emptyTally, type Tally } from './tally.ts'

/** What moving a world's clock needs of the world. */
export interface MovedWorld {
  /** The store as it is now: it may be another after each await. */
  awake(): Store
  now(): number
  /** Leaves the clock at an instant; part of a transaction. */
  anchor(at: number): void
  /** Waits for its turn among all worlds. */
  turn<T>(work: () => T): Promise<T>
  /** Applies what is already due. */
  catchUp(): Promise<void>
  /** Applies all that falls due, and takes the clock along. Throws `ClockRefused` when the world is another by then. */
  settleTo(to: number, tally: Tally, asked: number): Promise<void>
  /** The most snapshots that one advance may make. */
  readonly maxAdvance: number
}

/** Moving a world's clock: forward by way of everything that falls due, back only where nothing has changed since. */
export interface ClockMoves {
  /** `asked` tells which state of the world the caller meant. */
  advance(to: AdvanceTo, asked: number): Promise<AdvanceReport>
  setClock(change: { readonly mode?: ClockView['mode']; readonly now?: number }, asked: number): Promise<void>
  advancing(): ClockView['advancing']
}

export function createClockMoves({ awake, now, anchor, turn, catchUp, settleTo, maxAdvance }: MovedWorld): ClockMoves {
  let underWay: number | undefined

  const checkRange = (at: number) => {
    if (!Number.isInteger(at) || at < EARLIEST_AT || at > LATEST_AT) {
      throw new ClockRefused('range', 'a world’s clock lies in 2000 to 2100', { asked: at })
    }
  }

  /** Snapshots that an advance could make at most: occurrences × volumes bound now. */
  const checkSize = (from: number, to: number) => {
    let most = 0
    for (const policy of awake().policies.schedules()) most += countFirings(policy, from, to) * policy.volumeCount
    if (most > maxAdvance) {
      throw new ClockRefused('too-many', `this advance would make up to ${most} snapshots`, { most, max: maxAdvance })
    }
  }

  const moveTo = async (target: (from: number) => number, asked: number): Promise<AdvanceReport> => {
    await catchUp()
    const from = now()
    const to = target(from)
    checkRange(to)
    if (to < from) throw new ClockRefused('back', 'a clock is not advanced back', { now: from, asked: to })
    // With thousands of policies this takes as long as a batch.
    await turn(() => checkSize(from, to))
    const tally = emptyTally()
    underWay = to
    try {
      await settleTo(to, tally, asked)
    } finally {
      underWay = undefined
    }
    return { from, to, ...tally, next: nextEvent(awake()) }
  }

  return {
    advance(way, asked) {
      if ('to' in way) return moveTo(() => way.to, asked)
      if ('by' in way) return moveTo((from) => from + way.by, asked)
      return moveTo((from) => Math.max(from, nextDue(awake())?.at ?? from), asked)
    },
    async setClock(change, asked) {
      await catchUp()
      const current = now()
      const to = change.now ?? current
      checkRange(to)
      const { changedAt } = awake().row
      if (to < changedAt) {
        throw new ClockRefused('before-change', 'the clock is not set before the last change in this world', {
          changedAt,
          asked: to
        })
      }
      if (to > now()) await moveTo(() => to, asked)
      const store = awake()
      store.transaction(() => {
        store.row.mode = change.mode ?? store.row.mode
        anchor(to)
        if (to >= current) return
        // Nothing has changed since that instant, so what was to fire after it fires.
        for (const policy of store.policies.scheduled()) {
          store.policies.update(policy, { firesAt: nextFiring(policy, to) })
        }
      })
      store.noteExactly(nextDue(store)?.at)
    },
    advancing: () => (underWay === undefined ? undefined : { to: underWay, at: awake().row.anchorAt })
  }
}

function nextEvent(store: Store): NextEvent | null {
  const due = nextDue(store)
  if (!due) return null
  const row =
    due.kind === 'fires'
      ? store.policies.byN(due.n)
      : (store.snapshots.byN(due.n) ?? store.volumes.byN(due.n) ?? store.instances.byN(due.n))
  return { at: due.at, kind: due.kind, subject: row?.id ?? '' }
}
