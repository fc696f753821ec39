import type { Events } from '../model/events.ts'
import { type Journal, type Journals, summaryOf } from '../model/journal.ts'
import { createBudget, createJournal, type Tell } from './journal.ts'

/** Journals of worlds that are not there: beyond it the one that waited longest goes. */
const MAX_EARLY = 256

/** All journals of a server: a world's is there before the world is, from its first refused call on. */
export interface ServerJournals extends Journals {
  /** The journal of a world that comes into being. */
  take(id: string): Journal
}

/** The worlds that are there, as far as their journals go. */
export interface Journaled {
  peek(id: string): { readonly journal: Journal } | undefined
  all(): readonly { readonly journal: Journal }[]
}

export function createJournals(maxBytes: number, worlds: () => Journaled, events: Events): ServerJournals {
  const budget = createBudget(maxBytes)
  const early = new Map<string, Journal>()
  const tell: Tell = (world, read) => {
    const teller = events.teller(world)
    if (teller.wants('request')) teller.tell([{ type: 'request', ...summaryOf(read()) }])
  }
  const own = createJournal(budget, tell)
  const worldsOwn = (id: string) => worlds().peek(id)?.journal
  const loose = () => [...early.values(), own]
  return {
    own,
    of(id) {
      const known = worldsOwn(id)
      if (known) return known
      const journal = early.get(id) ?? createJournal(budget, tell)
      early.delete(id)
      early.set(id, journal)
      for (const [other, { clear }] of early) {
        if (early.size <= MAX_EARLY) break
        clear()
        early.delete(other)
      }
      return journal
    },
    find: (id) => worldsOwn(id) ?? early.get(id),
    all: () => [
      ...worlds()
        .all()
        .map(({ journal }) => journal),
      ...loose()
    ],
    loose,
    take(id) {
      const journal = early.get(id) ?? createJournal(budget, tell)
      early.delete(id)
      return journal
    }
  }
}
