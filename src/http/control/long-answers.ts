import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { busy, type Problem } from '../problem.ts'

export interface LongAnswersOptions {
  /** How many may be read at a time: each holds a copy of what it tells. */
  readonly most?: number
  /** How long one more waits before it is refused. */
  readonly waitMs?: number
  /** A reader that takes nothing for so long is dropped. */
  readonly stalledMs?: number
}

/** Answers that are sent in pieces, as their readers take them. */
export interface LongAnswers {
  /** Makes the pieces when there is room, and sends them. Refused with 503 where there is none. */
  send(reply: FastifyReply, type: string, make: () => Promise<LongAnswer>): Promise<FastifyReply>
}
export interface LongAnswer {
  readonly pieces: AsyncIterable<string>
  /** Lets go of what was held for it. */
  close?(): void
}

const RETRY_AFTER_S = 2

export function createLongAnswers({ most = 4, waitMs = 2000, stalledMs = 30_000 }: LongAnswersOptions): LongAnswers {
  let free = most
  const waiting: (() => void)[] = []

  const room = (): Promise<void> => {
    if (free > 0) {
      free--
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const come = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(come), 1)
        reject(tooMany(most))
      }, waitMs)
      timer.unref()
      waiting.push(come)
    })
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return {
    async send(reply, type, make) {
      await room()
      let answer: LongAnswer
      try {
        answer = await make()
      } catch (error) {
        leave()
        throw error
      }
      const text = Readable.from(answer.pieces)
      text.once('close', () => {
        leave()
        answer.close?.()
      })
      reply.raw.setTimeout(stalledMs, () => reply.raw.destroy())
      return reply.type(type).send(text)
    }
  }
}

function tooMany(most: number): Problem {
  const full = `${most} long answers are being read already, which is the most at a time`
  return busy(`${full}: read them, or try again.`, RETRY_AFTER_S)
}

/** Text is handed on in pieces of about this many characters. */
const PIECE = 64 * 1024

/** A JSON object that ends with a long list. */
export async function* listPieces(head: object, name: string, items: Iterable<object>): AsyncGenerator<string, void> {
  let piece = `${JSON.stringify(head).slice(0, -1)},${JSON.stringify(name)}:[`
  let comma = ''
  for (const item of items) {
    piece += comma + JSON.stringify(item)
    comma = ','
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
    // Whoever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  yield `${piece}]}`
}
