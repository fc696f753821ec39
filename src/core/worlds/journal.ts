import type { Journal, JournalEntry, JournalFilter } from '../model/journal.ts'

/** Entries of one world; bodies are the caller's to cut. */
const RING = 1000

/** What all journals of a server may hold together, in bytes; the oldest entries of all go first. */
export interface JournalBudget {
  readonly maxBytes: number
  bytes: number
  /** The journals in the order of their entries; one whose ring let an entry go is ahead of itself by `stale`. */
  readonly order: { head: number; list: RingJournal[] }
}

export function createBudget(maxBytes: number): JournalBudget {
  return { maxBytes, bytes: 0, order: { head: 0, list: [] } }
}

interface RingJournal extends Journal {
  /** Lets the oldest entry go, on the budget's behalf. */
  yieldOldest(): void
}

export function createJournal(budget: JournalBudget): Journal {
  let ring: { entry: JournalEntry; bytes: number }[] = []
  let head = 0
  let added = 0
  let bytes = 0
  // Entries that left by the ring or by clearing are still named in the budget's order.
  let stale = 0

  const dropOldest = () => {
    const oldest = ring[head]
    if (!oldest) return
    head++
    bytes -= oldest.bytes
    budget.bytes -= oldest.bytes
    if (head > RING) {
      ring = ring.slice(head)
      head = 0
    }
  }

  const journal: RingJournal = {
    add(entry) {
      const size = 512 + 2 * (entry.request.length + entry.response.length + entry.url.length)
      ring.push({ entry, bytes: size })
      added++
      bytes += size
      budget.bytes += size
      budget.order.list.push(journal)
      if (ring.length - head > RING) {
        dropOldest()
        stale++
      }
      while (budget.bytes > budget.maxBytes) shrink(budget)
    },
    entries(filter = {}) {
      const found: JournalEntry[] = []
      const limit = filter.limit ?? RING
      for (let at = ring.length - 1; at >= head && found.length < limit; at--) {
        const slot = ring[at]
        if (slot && meets(slot.entry, filter)) found.push(slot.entry)
      }
      return found
    },
    find: (id) => ring.slice(head).find((slot) => slot.entry.id === id)?.entry,
    counts: () => ({ added, dropped: added - (ring.length - head), bytes }),
    clear() {
      stale += ring.length - head
      budget.bytes -= bytes
      ring = []
      head = 0
      added = 0
      bytes = 0
    },
    yieldOldest() {
      if (stale > 0) stale--
      else dropOldest()
    }
  }
  return journal
}

function shrink(budget: JournalBudget): void {
  const { order } = budget
  const journal = order.list[order.head++]
  journal?.yieldOldest()
  if (order.head > 10_000) {
    order.list = order.list.slice(order.head)
    order.head = 0
  }
  if (order.head >= order.list.length) budget.bytes = Math.min(budget.bytes, budget.maxBytes)
}

function meets(entry: JournalEntry, filter: JournalFilter): boolean {
  return (
    (filter.operation === undefined || entry.operation === filter.operation) &&
    (filter.status === undefined || entry.status === filter.status) &&
    (filter.code === undefined || entry.code === filter.code) &&
    (filter.resource === undefined || entry.resources.includes(filter.resource)) &&
    (filter.after === undefined || entry.at >= filter.after) &&
    (filter.before === undefined || entry.at < filter.before)
  )
}
