import type { Event } from '../doors/events.ts'
import type { CallOptions, EventStream, EventsFilter } from './handle.ts'
import { ControlRefused, Unreachable } from './refusals.ts'
import type { Wire } from './wire.ts'

/** Follows what happens, from now on: the call is made at once, whether or not anybody asks for an event yet. */
export function followEvents(
  wire: Wire,
  world: string,
  { types, after }: EventsFilter,
  options: CallOptions
): EventStream {
  const closed = new AbortController()
  const { signal } = options
  const response = wire.open('GET', '/events', {
    query: { world, types: types?.join(','), lastEventId: after },
    signal: signal ? AbortSignal.any([signal, closed.signal]) : closed.signal
  })
  const opened = response.then(() => {})
  // Who never asks whether it was opened is told at the first event.
  opened.catch(() => {})
  let lastId = after

  async function* events(): AsyncGenerator<Event, void> {
    try {
      const { body } = await response
      if (body === null) return
      for await (const { id, data } of blocksOf(body)) {
        lastId = id ?? lastId
        if (data !== undefined) yield JSON.parse(data)
      }
    } catch (error) {
      if (closed.signal.aborted) return
      const isTold = error instanceof ControlRefused || error instanceof Unreachable
      throw signal?.aborted ? signal.reason : isTold ? error : new Unreachable(wire.url, error)
    } finally {
      closed.abort()
    }
  }
  const told = events()
  const close = async () => closed.abort()
  return {
    opened,
    get lastId() {
      return lastId
    },
    close,
    next: () => told.next(),
    return: async () => {
      closed.abort()
      return told.return()
    },
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: close
  }
}

/** One block of a stream of server-sent events, as far as it is used here. */
interface Block {
  readonly id: string | undefined
  readonly data: string | undefined
}

async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Block, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      text += decoder.decode(piece.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) yield { id: fieldOf(block, 'id'), data: fieldOf(block, 'data') }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function fieldOf(block: string, name: string): string | undefined {
  const start = `${name}: `
  return block
    .split('\n')
    .find((line) => line.startsWith(start))
    ?.slice(start.length)
}
