import {
  bytesOfText,
  ENTRY_BYTES,
  type EntryKey,
  type Journal,
  type JournalEntry,
  type JournalFilter,
  type LateEntry,
  mayMeet
} from '../model/journal.ts'

/** Entries of one world; bodies are the caller's to cut. */
const RING = 1000

/** An entry, in the order of all journals' entries: what goes first stands first. */
interface Slot {
  /** Made when it is read for the first time. */
  entry: JournalEntry | LateEntry
  bytes: number
  /** It counts: it has not been let go. */
  isKept: boolean
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

/** Who is told of every entry, and of the end of all of them. */
export interface JournalEvents {
  added(key: EntryKey, read: () => JournalEntry): void
  emptied(): void
}
const NOBODY: JournalEvents = { added: () => {}, emptied: () => {} }

export function createJournal(budget: JournalBudget, tell = NOBODY): Journal {
  let ring: (Slot | undefined)[] = []
  let head = 0
  let added = 0
  let bytes = 0
  let calls = 0

  const append = (entry: JournalEntry | LateEntry, size: number) => {
    const slot: Slot = { entry, bytes: size, isKept: true, journal, older: budget.newest, newer: undefined }
    ring.push(slot)
    added++
    bytes += size
    link(budget, slot)
    if (ring.length - head > RING) journal.dropOldest()
    while (budget.bytes > budget.maxBytes && budget.oldest) budget.oldest.journal.dropOldest()
    tell.added(entry, () => read(slot))
  }
  const read = (slot: Slot): JournalEntry => {
    const { entry } = slot
    if (!('made' in entry)) return entry
    const made = entry.made()
    slot.entry = made
    if (slot.isKept) {
      const more = bytesOf(made) - slot.bytes
      slot.bytes += more
      bytes += more
      budget.bytes += more
    }
    return made
  }

  const journal: RingJournal = {
    nextCall: () => ++calls,
    add: (entry) => append(entry, bytesOf(entry)),
    addLate: (late) => append(late, late.bytes),
    entries: (filter) => [...journal.each(filter)],
    *each(filter = {}) {
      let left = filter.limit ?? RING
      for (const slot of ring.slice(head).reverse()) {
        if (left === 0) return
        if (!slot || !mayMeet(slot.entry, filter)) continue
        const entry = read(slot)
        if (!holds(entry, filter)) continue
        left--
        yield entry
      }
    },
    find(id) {
      const found = ring.find((slot) => slot?.entry.id === id)
      return found && read(found)
    },
    counts: () => ({ added, dropped: added - (ring.length - head), bytes, calls }),
    clear() {
      for (const slot of ring.slice(head)) if (slot) remove(budget, slot)
      ring = []
      head = 0
      added = 0
      bytes = 0
      tell.emptied()
    },
    restart() {
      journal.clear()
      calls = 0
    },
    dropOldest() {
      const slot = ring[head]
      if (!slot) return
      ring[head++] = undefined
      bytes -= slot.bytes
      remove(budget, slot)
      // The places of what has gone are given back in one go, now and then.
      if (head > RING) {
        ring = ring.slice(head)
        head = 0
      }
    }
  }
  return journal
}

function link(budget: JournalBudget, slot: Slot): void {
  if (budget.newest) budget.newest.newer = slot
  else budget.oldest = slot
  budget.newest = slot
  budget.bytes += slot.bytes
}

function remove(budget: JournalBudget, slot: Slot): void {
  const { older, newer, bytes } = slot
  slot.isKept = false
  if (older) older.newer = newer
  else budget.oldest = newer
  if (newer) newer.older = older
  else budget.newest = older
  budget.bytes -= bytes
  // One that is old must not hold one that is young: what the collector lets live once lives long.
  slot.older = undefined
  slot.newer = undefined
}

function bytesOf(entry: JournalEntry): number {
  const { id, url, request, response, unused, resources, refusal, fault, headers = {} } = entry
  let bytes = ENTRY_BYTES
  const add = (text: unknown) => {
    if (typeof text === 'string') bytes += bytesOfText(text)
  }
  for (const text of [id, url, request, response, fault]) add(text)
  for (const list of [unused, resources]) for (const text of list) add(text)
  if (refusal) for (const text of Object.values(refusal)) add(text)
  for (const [name, value] of Object.entries(headers)) {
    add(name)
    add(value)
  }
  return bytes
}

/** What is known only of what is made. */
function holds(entry: JournalEntry, { provider, resource, refusal, fault }: JournalFilter): boolean {
  return (
    (provider === undefined || entry.provider === provider) &&
    (resource === undefined || entry.resources.includes(resource)) &&
    (refusal === undefined || (entry.refusal !== null) === refusal) &&
    (fault === undefined || entry.fault === fault)
  )
}
