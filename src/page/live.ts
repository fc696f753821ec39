import { effect, signal } from '@preact/signals'
import { type Clock, ControlRefused, type Event } from '../client/index.ts'
import { msOf } from './instants.ts'
import { here, isTokenWanted } from './server.ts'

export type Connection = 'connecting' | 'live' | 'offline' | 'refused'
export const connection = signal<Connection>('connecting')
/** Why the server lets nobody look at this world. */
export const refusal = signal('')

/** A clock as it was told, and when. */
interface Shown {
  readonly mode: Clock['mode']
  readonly advancing: Clock['advancing'] | undefined
  readonly at: number
  readonly toldAt: number
}
export const clock = signal<Shown | undefined>(undefined)
/** The world's instant, moved on here while its clock runs. */
export const now = signal(0)
/** Counts up when what the world holds may have changed, a few times a second at the most. */
export const changes = signal(0)

const listeners = new Set<(events: readonly Event[]) => void>()
/** Hands on events as they come, many at once where many come. Returns what ends it. */
export function onEvents(listen: (events: readonly Event[]) => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}

const COALESCED_MS = 350
const AGAIN_MS = 1000

export function showClock({ mode, now: instant, advancing }: Omit<Clock, 'world'>): void {
  const at = msOf(advancing?.at ?? instant)
  clock.value = { mode, advancing, at, toldAt: performance.now() }
  now.value = at
}

/** Follows the world of this tab for as long as the page is there, across breaks of the server and changes of world. */
export function followWorld(): void {
  effect(() => {
    const world = here.value
    const isHeldUp = isTokenWanted.value
    const ended = new AbortController()
    clock.value = undefined
    connection.value = 'connecting'
    if (!isHeldUp) follow(world, ended.signal)
    return () => ended.abort()
  })
  setInterval(() => {
    const { value } = clock
    if (value?.mode === 'system' && !value.advancing) now.value = value.at + performance.now() - value.toldAt
  }, 1000)
}

type Here = typeof here.value

async function follow(world: Here, signal: AbortSignal): Promise<void> {
  let lastId: string | undefined
  while (!signal.aborted) {
    try {
      const stream = world.events({ after: lastId }, { signal })
      await stream.opened
      showClock(await world.clock.get({ signal }))
      connection.value = 'live'
      changes.value++
      for await (const event of stream) {
        lastId = stream.lastId
        take(event)
      }
      if (signal.aborted) return
      connection.value = 'offline'
    } catch (error) {
      // Whatever it was, it is tried again.
      if (signal.aborted) return
      const isRefused = error instanceof ControlRefused
      refusal.value = isRefused ? error.detail : ''
      connection.value = isRefused ? 'refused' : 'offline'
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

let waiting: Event[] = []
let isDrawn = true
let isCounted = true

function take(event: Event): void {
  waiting.push(event)
  if (event.type === 'clock') showClock(event)
  if (isDrawn) {
    isDrawn = false
    setTimeout(() => {
      isDrawn = true
      const told = waiting
      waiting = []
      for (const listen of listeners) listen(told)
    }, 50)
  }
  if (event.type === 'fault' || !isCounted) return
  isCounted = false
  setTimeout(() => {
    isCounted = true
    changes.value++
  }, COALESCED_MS)
}
