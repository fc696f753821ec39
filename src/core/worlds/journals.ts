import type { Journal, Journals } from '../model/journal.ts'
import { createBudget, createJournal } from './journal.ts'

/** Journals of worlds that are not there: beyond it the one that waited longest goes. */
const MAX_EARLY = 256

/** All journals of a server: a world's is there before the world is, from its first refused call on. */
export interface ServerJournals extends Journals {
  /** The journal of a world that comes into being. */
  take(id: string): Journal
}

export function createJournals(maxBytes: number, worldsOwn: (id: string) => Journal | undefined): ServerJournals {
  const budget = createBudget(maxBytes)
  const early = new Map<string, Journal>()
  const own = createJournal(budget)
  return {
    own,
    of(id) {
      const known = worldsOwn(id)
      if (known) return known
      const journal = early.get(id) ?? createJournal(budget)
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
    loose: () => [...early.values(), own],
    take(id) {
      const journal = early.get(id) ?? createJournal(budget)
      early.delete(id)
      return journal
    }
  }
}
