/**
 * Mixed calls for a while, with garbage collected by force in between, while somebody does the same few things all the time:
 *   npm run soak -- --minutes 10 --seed 1
 * At the end the server is alive, holds no more than in the beginning, and answers as fast.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { conclude, flagsOf, progressOf } from './command.ts'
import { openStage } from './fuzz/stage.ts'
import { pictureIn } from './kill/picture.ts'
import { type Client, clientOf } from './server/client.ts'

const LANES = 3
const WINDOWS = 10
/** Between two calls of a lane: the server shall have idle moments, too. */
const PAUSE_MS = 4
const IDLE_MS = 50
const COLLECT_EVERY_MS = 1000
const MIB = 1024 ** 2
/** From the first window to the last, garbage collected. */
const GROWTH_BYTES = 24 * MIB
/** Processor time of a call in the last windows, beside the first. */
const DRIFT = 1.6
const DISK = 'd-free'

const { minutes, seconds, seed } = flagsOf({ minutes: 0, seconds: 20, seed: 1 })
const total = minutes > 0 ? minutes * 60_000 : seconds * 1000

/** What was seen in a part of the time. */
interface Window {
  calls: number
  cpuMs: number
  heap: number
  rss: number
  readonly waits: number[]
}

await using stage = await openStage({ seed, lanes: LANES, flags: [], tell: (text) => process.stdout.write(text) })
const { server, lanes, findings } = stage
const windows = Array.from({ length: WINDOWS }, (): Window => ({ calls: 0, cpuMs: 0, heap: 0, rss: 0, waits: [] }))
const begun = performance.now()
const elapsed = () => performance.now() - begun
const isOver = () => elapsed() >= total || !server.isAlive
const windowNow = () => windows[Math.min(WINDOWS - 1, Math.floor((elapsed() / total) * WINDOWS))]
let idle = Promise.resolve()

const progress = progressOf(Math.round(total / 1000), 'seconds')
const steady = clientOf(server.port)
await Promise.all([...lanes.map((lane) => mixed(() => lane.step())), mixed(sameAgain), collecting()])
stage.look()
await checkAlive(steady)
steady.close()
progress.end()

const [first, last] = [windows.slice(1, 3), windows.slice(-2)]
const [grown, drift] = [least(last, 'heap') - least(first, 'heap'), perCall(last) / perCall(first)]
if (grown > GROWTH_BYTES) findings.add({ wrong: `the heap grew by ${mib(grown)} MiB` })
if (drift > DRIFT)
  findings.add({ wrong: `a call takes ${drift.toFixed(2)} times the processor time of the first minute` })
const calls = windows.reduce((sum, window) => sum + window.calls, 0)
const figures = [
  `${(total / 60_000).toFixed(1)} minutes, seed ${seed}, ${calls} calls`,
  `heap ${mib(least(first, 'heap'))} to ${mib(least(last, 'heap'))} MiB, RSS ${mib(least(first, 'rss'))} to ${mib(least(last, 'rss'))}`,
  `${perCall(first).toFixed(2)} to ${perCall(last).toFixed(2)} ms of processor time a call`,
  `a small call ${waits(first)} to ${waits(last)}`
]
conclude(`soak: ${figures.join('; ')}`, findings.kinds.size)

/** One call after the other, with a moment between, and none while garbage is collected. */
async function mixed(call: () => Promise<void>): Promise<void> {
  while (!isOver()) {
    await idle
    await call()
    const window = windowNow()
    if (window) window.calls++
    await sleep(PAUSE_MS)
  }
}

/** In a world of its own: what it makes it deletes again, so that nothing can grow. */
async function sameAgain(): Promise<void> {
  const from = performance.now()
  await steady.zenlayer('steady', 'DescribeDisks', { diskIds: [DISK] })
  windowNow()?.waits.push(performance.now() - from)
  const made = await steady.baidu('steady', 'POST', '/v2/snapshot', { volumeId: 'v-free', snapshotName: 'steady' })
  await steady.control('POST', '/clock/advance?world=steady', { by: 'PT1M' })
  await steady.baidu('steady', 'DELETE', `/v2/snapshot/${Reflect.get(made, 'snapshotId')}`)
}

/** Forces collections while nobody calls, and takes what the server comes to then. */
async function collecting(): Promise<void> {
  let cpuMs = (await server.memory(false)).cpuMs
  while (!isOver()) {
    await sleep(Math.min(COLLECT_EVERY_MS, total / WINDOWS / 4))
    const collected = sleep(IDLE_MS).then(async () => {
      const before = await server.memory(false)
      const after = await server.memory(true)
      const window = windowNow()
      if (!window) return
      window.cpuMs += before.cpuMs - cpuMs
      window.heap = window.heap === 0 ? after.heap : Math.min(window.heap, after.heap)
      window.rss = window.rss === 0 ? after.rss : Math.min(window.rss, after.rss)
      cpuMs = after.cpuMs
    })
    idle = collected
    await collected
    stage.look()
    progress.tell(Math.round(elapsed() / 1000), `${findings.kinds.size} kinds found`)
  }
}

async function checkAlive(client: Client): Promise<void> {
  try {
    await client.control('GET', '/health')
    pictureIn((await client.control('GET', '/state?world=steady')).body.toString(), 'steady')
  } catch (error) {
    findings.add({ wrong: 'it does not serve at the end', detail: String(error) })
  }
}

function least(some: readonly Window[], what: 'heap' | 'rss'): number {
  return Math.min(...some.map((window) => window[what]).filter((bytes) => bytes > 0))
}
function perCall(some: readonly Window[]): number {
  const sum = (what: 'calls' | 'cpuMs') => some.reduce((all, window) => all + window[what], 0)
  return sum('cpuMs') / sum('calls')
}
function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0)
}
function waits(some: readonly Window[]): string {
  const sorted = some.flatMap((window) => window.waits).toSorted((one, other) => one - other)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  return `${at(0.5)} ms (p99 ${at(0.99)})`
}
