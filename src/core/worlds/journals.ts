import type { Events } from '../model/events.ts'
import { type Journal, type Journals, type JournalWatcher, summaryOf } from '../model/journal.ts'
import { createBudget, createJournal, type JournalEvents } from './journal.ts'

/** Journals of worlds that are not there: beyond it the one that waited longest goes. */
const MAX_EARLY = 256

/** All journals of a server: a world's is there before the world is, from its first refused call on. */
export interface ServerJournals extends Journals {
  /** The journal of a world that comes into being. */
  take(id: string): Journal
  /** The journal of a world that was moved: it stays, as that of one that is not there. */
  keep(id: string, journal: Journal): void
}

/** The worlds that are there, as far as their journals go. */
export interface Journaled {
  peek(id: string): { readonly journal: Journal } | undefined
  all(): readonly { readonly journal: Journal }[]
}

export function createJournals(maxBytes: number, worlds: () => Journaled, events: Events): ServerJournals {
  const budget = createBudget(maxBytes)
  const early = new Map<string, Journal>()
  const watchers = new Set<JournalWatcher>()
  const eventsOf = (id: string | null): JournalEvents => {
    const teller = events.teller(id)
    return {
      added(key, read) {
        if (teller.wants('request')) teller.tell([{ type: 'request', ...summaryOf(read()) }])
        for (const watcher of watchers) watcher.added(key, read)
      },
      emptied() {
        for (const watcher of watchers) watcher.emptied(id)
      }
    }
  }
  const own = createJournal(budget, eventsOf(null))
  const worldsOwn = (id: string) => worlds().peek(id)?.journal
  const loose = () => [...early.values(), own]
  const keep = (id: string, journal: Journal) => {
    early.delete(id)
    early.set(id, journal)
    for (const [other, { clear }] of early) {
      if (early.size <= MAX_EARLY) break
      clear()
      early.delete(other)
    }
  }
  return {
    own,
    of(id) {
      const known = worldsOwn(id)
      if (known) return known
      const journal = early.get(id) ?? createJournal(budget, eventsOf(id))
      keep(id, journal)
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
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    take(id) {
      const journal = early.get(id) ?? createJournal(budget, eventsOf(id))
      early.delete(id)
      return journal
    },
    keep
  }
}
