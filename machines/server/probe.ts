// Goes into a server's process before its program (`node --import`), and tells whoever started it what only that process
// knows: how long its only thread was busy in one stretch, and what its memory comes to. The program is not changed.

const TICK_MS = 5
/** Shorter ones are everyday work. */
const STRETCH_MS = 40

/** What the probe tells without being asked. */
export interface Stretch {
  readonly kind: 'stretch'
  /** When it was over, by the wall clock. */
  readonly until: number
  readonly wallMs: number
  /** Processor time of the main thread: what a busy machine takes away is not in it. */
  readonly busyMs: number
}
/** The answer to the question of the same number. */
export interface Memory {
  readonly kind: 'memory'
  readonly asked: number
  readonly rss: number
  /** Of JavaScript, with what lies outside V8's heap and belongs to it. */
  readonly heap: number
  /** Processor time of all its threads so far, in milliseconds. */
  readonly cpuMs: number
}
export interface Question {
  readonly asked: number
  /** Collects garbage first. */
  readonly collect: boolean
}

/** Node 24 has it; the types are those of Node 22. */
const busyMicroseconds = (): number => {
  const own: unknown = Reflect.get(process, 'threadCpuUsage')
  const usage: unknown = typeof own === 'function' ? own.call(process) : process.cpuUsage()
  return Number(Reflect.get(Object(usage), 'user')) + Number(Reflect.get(Object(usage), 'system'))
}

const watch = { wall: performance.now(), busy: busyMicroseconds() }
const restart = () => {
  watch.wall = performance.now()
  watch.busy = busyMicroseconds()
}

if (process.send) {
  setInterval(() => {
    const wallMs = performance.now() - watch.wall
    if (wallMs > STRETCH_MS) {
      const busyMs = (busyMicroseconds() - watch.busy) / 1000
      if (busyMs > STRETCH_MS) process.send?.({ kind: 'stretch', until: Date.now(), wallMs, busyMs } satisfies Stretch)
    }
    restart()
  }, TICK_MS).unref()

  process.on('message', (message) => {
    const asked = Number(Reflect.get(Object(message), 'asked'))
    const collector: unknown =
      Reflect.get(Object(message), 'collect') === true ? Reflect.get(globalThis, 'gc') : undefined
    if (typeof collector === 'function') collector()
    const { rss, heapUsed, external } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    const cpuMs = (user + system) / 1000
    process.send?.({ kind: 'memory', asked, rss, heap: heapUsed + external, cpuMs } satisfies Memory)
    restart()
  })
  // Whoever listens keeps the process going, and this must not.
  process.channel?.unref()
}
