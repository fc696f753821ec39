import type { Journal, JournalEntry, JournalFilter } from '../model/journal.ts'

/** Entries of one world; bodies are the caller's to cut. */
const RING = 1000

/** An entry, in the order of all journals' entries: what goes first stands first. */
interface Slot {
  readonly entry: JournalEntry
  readonly bytes: number
  readonly journal: RingJournal
  older: Slot | undefined
  newer: Slot | undefined
}

/** What all journals of a server may hold together, in bytes; the oldest entries of all go first. */
export interface JournalBudget {
  readonly maxBytes: number
  bytes: number
  oldest: Slot | undefined
  newest: Slot | undefined
}

export function createBudget(maxBytes: number): JournalBudget {
  return { maxBytes, bytes: 0, oldest: undefined, newest: undefined }
}

interface RingJournal extends Journal {
  /** Lets its oldest entry go. */
  dropOldest(): void
}

/** `tell` is told of every entry. */
export function createJournal(budget: JournalBudget, tell: (entry: JournalEntry) => void = () => {}): Journal {
  let ring: Slot[] = []
  let head = 0
  let added = 0
  let bytes = 0
  let calls = 0

  const journal: RingJournal = {
    nextCall: () => ++calls,
    add(entry) {
      const slot: Slot = { entry, bytes: bytesOf(entry), journal, older: budget.newest, newer: undefined }
      ring.push(slot)
      added++
      bytes += slot.bytes
      append(budget, slot)
      if (ring.length - head > RING) journal.dropOldest()
      while (budget.bytes > budget.maxBytes && budget.oldest) budget.oldest.journal.dropOldest()
      tell(entry)
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
    find: (id) => ring.find((slot, at) => at >= head && slot.entry.id === id)?.entry,
    counts: () => ({ added, dropped: added - (ring.length - head), bytes, calls }),
    clear() {
      for (const slot of ring.slice(head)) remove(budget, slot)
      ring = []
      head = 0
      added = 0
      bytes = 0
    },
    restart() {
      journal.clear()
      calls = 0
    },
    dropOldest() {
      const slot = ring[head]
      if (!slot) return
      head++
      bytes -= slot.bytes
      remove(budget, slot)
      // What has gone is let go of in one go, now and then.
      if (head > RING) {
        ring = ring.slice(head)
        head = 0
      }
    }
  }
  return journal
}

function append(budget: JournalBudget, slot: Slot): void {
  if (budget.newest) budget.newest.newer = slot
  else budget.oldest = slot
  budget.newest = slot
  budget.bytes += slot.bytes
}

function remove(budget: JournalBudget, { older, newer, bytes }: Slot): void {
  if (older) older.newer = newer
  else budget.oldest = newer
  if (newer) newer.older = older
  else budget.newest = older
  budget.bytes -= bytes
}

/** Objects, numbers and words that are shared with others. */
const FIXED_BYTES = 512
/** Of a text and of its place in a list. */
const TEXT_BYTES = 32

/** What an entry takes, its texts with two bytes a character as V8 keeps them at the most. */
function bytesOf(entry: JournalEntry): number {
  const { id, url, request, response, unused, resources, refusal, headers = {} } = entry
  let bytes = FIXED_BYTES
  const add = (text: unknown) => {
    if (typeof text === 'string') bytes += TEXT_BYTES + 2 * text.length
  }
  for (const text of [id, url, request, response]) add(text)
  for (const list of [unused, resources]) for (const text of list) add(text)
  if (refusal) for (const text of Object.values(refusal)) add(text)
  for (const [name, value] of Object.entries(headers)) {
    add(name)
    add(value)
  }
  return bytes
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
