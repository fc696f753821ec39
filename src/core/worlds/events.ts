import { wallNow } from '../model/clock.ts'
import type { EventReader, Events, EventType, Happening, Missed, Reading, Teller, Told } from '../model/events.ts'
import { ALL_WORLDS } from '../model/world-names.ts'
import { bytesOfHappening, createRing, type Ring } from './event-ring.ts'

/** So long what happens is kept after the last reader has gone: he may come back with the id of the last event he knows. */
const LINGER_MS = 60_000
/** Of so many worlds without readers; beyond it the one that waited longest is kept no more. */
const LINGERING_MAX = 32
/** What all that is kept may take. */
const TOTAL_BYTES = 32 * 1024 ** 2

/** The events of one world, or of all, kept from the first reader on. */
interface Channel {
  readonly ring: Ring
  readonly readers: Set<Reading>
  lingering: NodeJS.Timeout | undefined
}

/** All events of a server, and the end of it. */
export interface ServerEvents extends Events {
  /** A world is here no more: who reads of it is told, and that is the last. */
  end(world: string): void
  /** The server ends soon: readers are told. */
  stop(): void
}

export function createEvents(): ServerEvents {
  const channels = new Map<string, Channel>()
  // What another start of the server called an event is no event of this one.
  const start = wallNow().toString(36)
  let latest = 0
  let isStopped = false

  const idOf = (n: number) => `${start}-${n}`
  /** Whether an id is one of this start's; else nobody knows what came after it. */
  const numberOf = (id: string): number | undefined => {
    const [own, n = ''] = id.split('-')
    return own === start && Number(n) <= latest ? Number(n) : undefined
  }
  const roomOfEach = () => TOTAL_BYTES / channels.size
  const drop = (name: string) => {
    const channel = channels.get(name)
    if (channel) clearTimeout(channel.lingering)
    channels.delete(name)
  }
  const linger = (name: string, channel: Channel) => {
    channel.lingering = setTimeout(drop, LINGER_MS, name)
    channel.lingering.unref()
    // The one that began to wait last stands last.
    channels.delete(name)
    channels.set(name, channel)
    const alone = [...channels].filter(([, { readers }]) => readers.size === 0)
    for (const [other] of alone.slice(0, -LINGERING_MAX)) drop(other)
  }
  const channelOf = (name: string): Channel => {
    const known = channels.get(name)
    if (known) {
      clearTimeout(known.lingering)
      return known
    }
    const channel: Channel = { ring: createRing(), readers: new Set(), lingering: undefined }
    channels.set(name, channel)
    for (const { ring } of channels.values()) ring.shrink(roomOfEach())
    return channel
  }

  const tell = (world: string | null, happenings: readonly Happening[]) => {
    const heard = [channels.get(ALL_WORLDS), world === null ? undefined : channels.get(world)].flatMap(
      (channel) => channel ?? []
    )
    if (heard.length === 0) return
    const room = roomOfEach()
    for (const happening of happenings) {
      const n = ++latest
      const told: Told = { id: idOf(n), world, happening }
      const bytes = bytesOfHappening(happening)
      for (const { ring } of heard) if (ring.wants(happening.type)) ring.push({ n, told, bytes }, room)
    }
    for (const { readers } of heard) for (const { news } of readers) news()
  }

  return {
    read(reading: Reading): EventReader {
      const { world, types, after, ended } = reading
      const { ring, readers } = channelOf(world)
      const known = after === undefined ? latest : numberOf(after)
      for (const type of types) ring.want(type, latest)
      const cursor = ring.from(known ?? latest, types)
      let missed: Missed | undefined
      if (known === undefined || !ring.holdsAllAfter(known, types)) missed = { missed: null }
      readers.add(reading)
      if (isStopped) ended()
      return {
        beginsAt: idOf(known ?? latest),
        take(bytes) {
          const taken = cursor.take(bytes)
          if (!missed) return taken
          const first = missed
          missed = undefined
          return [first, ...taken]
        },
        close() {
          const channel = channels.get(world)
          if (channel && readers.delete(reading) && readers.size === 0) linger(world, channel)
        }
      }
    },
    teller(world): Teller {
      return {
        wants: (type: EventType) =>
          channels.size > 0 &&
          (channels.get(ALL_WORLDS)?.ring.wants(type) === true ||
            (world !== null && channels.get(world)?.ring.wants(type) === true)),
        tell: (happenings) => tell(world, happenings)
      }
    },
    end(world) {
      for (const { ended } of channels.get(world)?.readers ?? []) ended()
    },
    stop() {
      isStopped = true
      for (const { readers } of channels.values()) for (const { ended } of readers) ended()
    }
  }
}

/** Nobody listens. */
export const SILENT: Teller = { wants: () => false, tell: () => {} }
