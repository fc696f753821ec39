import type { EventType, Happening, Missed, Told } from '../model/events.ts'

/** What is kept: more than two batches of an advance can make. */
const MOST_EVENTS = 8192
const MOST_BYTES = 4 * 1024 ** 2

interface Slot {
  /** Counts all events of the server. */
  readonly n: number
  readonly told: Told
  readonly bytes: number
}
type Counts = Record<EventType, number>

/** The last events that some reader wanted; who is slower than it finds the oldest gone, and counted. */
export interface Ring {
  wants(type: EventType): boolean
  /** From `n` on this type is kept, if it was not before. */
  want(type: EventType, n: number): void
  /** `room` is what it may take in bytes. */
  push(slot: Slot, room: number): void
  /** Lets the oldest go until it takes no more than that. */
  shrink(room: number): void
  /** Whether nothing of these types that came after `n` has been let go, or was never kept. */
  holdsAllAfter(n: number, types: ReadonlySet<EventType>): boolean
  from(n: number, types: ReadonlySet<EventType>): Cursor
}

/** A place in the ring. */
export interface Cursor {
  take(bytes: number): (Told | Missed)[]
}

export function createRing(): Ring {
  let slots: Slot[] = []
  let head = 0
  let bytes = 0
  /** How many went before the one at `head`, in all and of each type. */
  let gone = 0
  const goneOf = none()
  const lastGone = none()
  const keptFrom = new Map<EventType, number>()

  const letGo = () => {
    const slot = slots[head]
    if (!slot) return
    const { type } = slot.told.happening
    head++
    gone++
    goneOf[type]++
    lastGone[type] = slot.n
    bytes -= slot.bytes
    // What has gone is let go of in one go, now and then.
    if (head > MOST_EVENTS) {
      slots = slots.slice(head)
      head = 0
    }
  }

  const shrink = (room: number) => {
    const most = Math.min(room, MOST_BYTES)
    // The latest stays in any case.
    while (slots.length - head > 1 && (slots.length - head > MOST_EVENTS || bytes > most)) letGo()
  }

  return {
    wants: (type) => keptFrom.has(type),
    want(type, n) {
      if (!keptFrom.has(type)) keptFrom.set(type, n)
    },
    push(slot, room) {
      slots.push(slot)
      bytes += slot.bytes
      shrink(room)
    },
    shrink,
    holdsAllAfter: (n, types) =>
      [...types].every((type) => (keptFrom.get(type) ?? Number.POSITIVE_INFINITY) <= n && lastGone[type] <= n),
    from(n, types) {
      let at = gone + firstAfter(slots, head, n)
      /** How many of each type lie before this place. */
      const passed: Counts = { ...goneOf }
      for (const slot of slots.slice(head, head + at - gone)) passed[slot.told.happening.type]++
      return {
        take(most) {
          const taken: (Told | Missed)[] = []
          if (at < gone) {
            let missed = 0
            for (const type of types) missed += goneOf[type] - passed[type]
            if (missed > 0) taken.push({ missed })
            Object.assign(passed, goneOf)
            at = gone
          }
          for (let room = most; room > 0; at++) {
            const slot = slots[head + at - gone]
            if (!slot) break
            const { type } = slot.told.happening
            passed[type]++
            if (!types.has(type)) continue
            taken.push(slot.told)
            room -= slot.bytes
          }
          return taken
        }
      }
    }
  }
}

/** How many of them came up to `n`. */
function firstAfter(slots: readonly Slot[], head: number, n: number): number {
  const index = slots.findIndex((slot, at) => at >= head && slot.n > n)
  return (index === -1 ? slots.length : index) - head
}

function none(): Counts {
  return {
    request: 0,
    fired: 0,
    created: 0,
    completed: 0,
    expired: 0,
    skipped: 0,
    clock: 0,
    fault: 0,
    replaced: 0
  } satisfies Counts
}

/** An event's own objects and names, and what it says. */
const FIXED_BYTES = 400

/** About what an event takes, in memory or on the wire. */
export function bytesOfHappening(happening: Happening): number {
  if (happening.type !== 'request') return FIXED_BYTES
  const { url, unused, resources, refusal } = happening
  let bytes = FIXED_BYTES + url.length
  for (const list of [unused, resources]) for (const text of list) bytes += 32 + text.length
  if (refusal) for (const text of Object.values(refusal)) bytes += text.length
  return bytes * 2
}
