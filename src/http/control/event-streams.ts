import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Events, Missed, Reading, Told } from '../../core/model/events.ts'
import { fromInstant } from '../../documents/instants.ts'
import type { Event } from '../../doors/events.ts'
import type { Answer } from '../../providers/provider.ts'
import { busy, type Problem } from '../problem.ts'
import { shownSummary } from './found.ts'
import { probeWhenHalfClosed } from './hang-ups.ts'
import { shownClock } from './time.ts'

export interface EventStreamsOptions {
  /** How many may be read at a time. */
  readonly most?: number | undefined
  /** How often something is sent where nothing happens, so that all who hand it on see that it lives. */
  readonly beatMs?: number | undefined
  /** A reader that takes nothing for so long is dropped. */
  readonly stalledMs?: number | undefined
}

/** Events on their way to those who read them. */
export interface EventStreams {
  /** Sends what happens until the reader has gone, or the server ends. Refused with 503 where there are too many. */
  send(reply: FastifyReply, asked: EventsAsked): FastifyReply
}
export type EventsAsked = Pick<Reading, 'world' | 'types' | 'after'> & { readonly headersOnly: boolean }

/**
 * What is handed on at once: more than a batch of an advance tells, for that is how often there is a turn, and of all
 * readers together. A reader that does not take it gets no more, and nothing is kept for it.
 */
const PIECE_BYTES = 1024 ** 2
const ALL_PIECES_BYTES = 16 * 1024 ** 2
const RETRY_AFTER_S = 5
/** So long a browser waits before it comes again. */
const RETRY_MS = 1000

export function createEventStreams(
  events: Events,
  { most = 64, beatMs = 15_000, stalledMs = 60_000 }: EventStreamsOptions
): EventStreams {
  let open = 0
  // All readers of an event get the same text.
  const texts = new WeakMap<Told, string>()
  const textOf = (told: Told): string => {
    const known = texts.get(told)
    if (known !== undefined) return known
    const text = block(shownEvent(told), told.id)
    texts.set(told, text)
    return text
  }

  const follow = (reply: FastifyReply, { world, types, after }: EventsAsked): Readable => {
    /** The reader would take more. */
    let isHungry = false
    let isAwaited = false
    let isEnded = false
    const push = (text: string | null) => {
      isHungry = false
      stream.push(text)
    }
    const feed = () => {
      isAwaited = false
      if (!isHungry || stream.destroyed) return
      const taken = reader.take(Math.min(PIECE_BYTES, ALL_PIECES_BYTES / open))
      if (taken.length > 0) push(taken.map((each) => ('missed' in each ? gap(world, each) : textOf(each))).join(''))
      else if (isEnded) push(null)
    }
    const feedSoon = () => {
      if (!isHungry || isAwaited) return
      isAwaited = true
      // Not within the work that tells of itself.
      setImmediate(feed)
    }
    const reader = events.read({
      world,
      types,
      after,
      news: feedSoon,
      ended() {
        isEnded = true
        feedSoon()
      }
    })
    let beginning: string | undefined = `retry: ${RETRY_MS}\nid: ${reader.beginsAt}\n\n`
    const beat = () => {
      if (isHungry && !isAwaited) push(':\n\n')
    }
    const beats = setInterval(beat, beatMs)
    beats.unref()
    probeWhenHalfClosed(reply, beat)
    open++
    const stream = new Readable({
      read() {
        isHungry = true
        if (beginning === undefined) feedSoon()
        else {
          const text = beginning
          beginning = undefined
          push(text)
        }
      },
      destroy(error, done) {
        clearInterval(beats)
        reader.close()
        open--
        done(error)
      }
    })
    return stream
  }

  return {
    send(reply, asked) {
      if (open >= most) throw tooMany(most)
      // Proxies are not to keep what is told until there is more of it.
      reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
      if (asked.headersOnly) return reply.send('')
      reply.raw.setTimeout(stalledMs, () => reply.raw.destroy())
      return reply.send(follow(reply, asked))
    }
  }
}

function tooMany(most: number): Problem {
  const full = `${most} readers follow the events already, which is the most at a time`
  return busy(`${full}: end one, or try again.`, RETRY_AFTER_S)
}

function block(event: Answer<Event>, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

function gap(world: string, { missed }: Missed): string {
  return block({ type: 'missed', world, count: missed })
}

function shownEvent({ world: name, happening }: Told): Answer<Event> {
  if (happening.type === 'request') return { type: happening.type, ...shownSummary(happening) }
  const at = fromInstant(happening.at)
  // Only calls are of no world.
  const world = name ?? ''
  if (happening.type === 'clock') return { type: happening.type, world, at, ...shownClock(happening) }
  return { ...happening, world, at }
}
