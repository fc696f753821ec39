import { type Journal, type JournalEntry, type Journals, mayMeet } from '../../core/model/journal.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { inSlices } from '../../documents/slices.ts'
import { EXPECTED_LISTED, MISSES_LISTED } from '../../doors/expectations.ts'
import { busy } from '../problem.ts'
import { journalsOf } from './found.ts'
import { type Difference, differencesOf, meets, type Wanted } from './matching.ts'
import { createTurns } from './turns.ts'

/** How many there should be. */
export type Bound = { readonly times: number } | { readonly atLeast: number } | { readonly atMost: number }

export interface Asked {
  /** Or `*` for all. */
  readonly world: string
  readonly wanted: Wanted
  readonly bound: Bound
  readonly withinMs: number
  /** Nobody waits any more, or nobody may. */
  readonly signal: AbortSignal
}
export interface Judgement {
  /** undefined: it was not waited for to the end. */
  readonly isMet: boolean | undefined
  readonly count: number
  /** The newest first. */
  readonly found: readonly JournalEntry[]
}
export interface NearMiss {
  readonly entry: JournalEntry
  readonly differences: readonly Difference[]
}

/** Who asks for calls that there should be, and waits for them. */
export interface Awaiting {
  /** Refused with 503 where too many wait. */
  judge(asked: Asked): Promise<Judgement>
  /** The calls that were nearly it. */
  misses(world: string, wanted: Wanted): Promise<readonly NearMiss[]>
}

/** How many may wait at a time. */
const WAITING_MAX = 64
const TOO_MANY = `${WAITING_MAX} calls wait for requests already, which is the most at a time: try again.`
const RETRY_AFTER_S = 2
/** More news than a world's journal keeps is looked up there. */
const NEWS_MAX = 1000

export function createAwaiting(journals: Journals): Awaiting {
  // Each goes through journals in slices: all at once would make one long slice.
  const inTurn = createTurns()
  let waiting = 0

  const judge = async ({ world, wanted, bound, withinMs, signal }: Asked): Promise<Judgement> => {
    const endsAt = performance.now() + withinMs
    const concerns = (id: string | null) => world === ALL_WORLDS || id === world
    let matches = createMatches()
    let news: (() => JournalEntry)[] = []
    /** What was found is found anew. */
    let isStale = true
    let wake = () => {}
    const unwatch = journals.watch({
      added(key, read) {
        if (!concerns(key.world) || !mayMeet(key, wanted)) return
        if (news.length < NEWS_MAX) news.push(read)
        else isStale = true
        wake()
      },
      emptied(id) {
        if (!concerns(id)) return
        isStale = true
        wake()
      }
    })
    function* lookUp(): Generator<undefined, void> {
      if (isStale) {
        isStale = false
        news = []
        matches = createMatches()
        for (const journal of journalsOf(journals, world)) {
          for (const entry of journal.each(wanted)) {
            if (meets(entry, wanted)) matches.add(entry)
            yield
          }
          yield
        }
      }
      for (const read of news.splice(0)) {
        const entry = read()
        if (meets(entry, wanted)) matches.add(entry)
        yield
      }
    }
    try {
      for (;;) {
        await inTurn(() => inSlices(lookUp()))
        const isOver = performance.now() >= endsAt
        if (isStale && !isOver) continue
        const isMet = judged(matches.count(), bound, isOver)
        if (isMet !== undefined || signal.aborted) return { isMet, count: matches.count(), found: matches.newest() }
        if (news.length > 0) continue
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(1, endsAt - performance.now()))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
          signal.addEventListener('abort', wake, { once: true })
        })
        signal.removeEventListener('abort', wake)
      }
    } finally {
      unwatch()
    }
  }

  return {
    async judge(asked) {
      if (asked.withinMs === 0) return judge(asked)
      if (waiting >= WAITING_MAX) throw busy(TOO_MANY, RETRY_AFTER_S)
      waiting++
      try {
        return await judge(asked)
      } finally {
        waiting--
      }
    },
    misses: (world, wanted) => inTurn(() => inSlices(nearest(journalsOf(journals, world), wanted)))
  }
}

/** Whether it is as it should be; undefined: that is yet to be seen. */
function judged(count: number, bound: Bound, isOver: boolean): boolean | undefined {
  if ('atLeast' in bound) return count >= bound.atLeast || (isOver ? false : undefined)
  const most = 'times' in bound ? bound.times : bound.atMost
  if (count > most) return false
  // That there are none is seen at the end only.
  if ('times' in bound && count === most && most > 0) return true
  return isOver ? 'atMost' in bound || count === most : undefined
}

/** Entries by their ids, which no two have. Most are only counted. */
function createMatches() {
  const ids = new Set<string>()
  let newest: JournalEntry[] = []
  return {
    add(entry: JournalEntry) {
      if (ids.has(entry.id)) return
      ids.add(entry.id)
      newest.push(entry)
      if (newest.length >= 2 * EXPECTED_LISTED) newest = sorted(newest)
    },
    count: () => ids.size,
    newest: () => sorted(newest)
  }
}

function sorted(entries: readonly JournalEntry[]): JournalEntry[] {
  return entries.toSorted((one, other) => other.wallAt - one.wallAt).slice(0, EXPECTED_LISTED)
}

function* nearest(journals: readonly Journal[], wanted: Wanted): Generator<undefined, readonly NearMiss[]> {
  let best: (NearMiss & { readonly distance: number })[] = []
  for (const journal of journals) {
    for (const entry of journal.each()) {
      yield
      const differences = differencesOf(entry, wanted)
      if (differences.length === 0) continue
      const distance = distanceOf(differences)
      const last = best.at(-1)
      if (last && best.length === MISSES_LISTED && last.distance <= distance) continue
      best = [...best, { entry, differences, distance }]
        .sort((one, other) => one.distance - other.distance)
        .slice(0, MISSES_LISTED)
    }
  }
  return best
}

/** Another operation is another call; one member more or less of a body is less than another status. */
function distanceOf(differences: readonly Difference[]): number {
  return differences.reduce((sum, { member }) => {
    if (member === 'operation' || member === 'provider') return sum + 10
    return sum + (member.startsWith('body.') ? 0.5 : 1)
  }, 0)
}
