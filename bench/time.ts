// What time costs.   node bench/run.ts bench/time.ts [runs] [year]
//   the year    100 disks, a daily policy, 30 days' retention: beside bare better-sqlite3 that applies the same rows
//   the decade  ten years in which nothing is due
//   the month   1,000 policies, every hour of every day, one disk each: what another world's calls wait meanwhile
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createKeyring } from '../src/config/keys.ts'
import { DAY_MS } from '../src/core/model/clock.ts'
import { ClockRefused } from '../src/core/model/world.ts'
import { buildApp } from '../src/http/app.ts'
import { baidu } from '../src/providers/baidu/index.ts'
import { zenlayer } from '../src/providers/zenlayer/index.ts'
import { bareYear, fill, newCore, ourYear, rowsOfTheYear } from './year.ts'

const RUNS = Number(process.argv[2] ?? 5)
/** How long another world is watched. */
const WATCH_MS = 8000

async function decade(): Promise<number> {
  const core = newCore()
  const world = core.world('decade')
  await world.ready()
  const started = performance.now()
  await world.advance({ by: 3652 * DAY_MS })
  const ms = performance.now() - started
  await core.close()
  return ms
}

/** Calls over a socket, one after the other, from a thread of their own: what a client in another process sees. */
const CLIENT = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { Agent, request } = require('node:http')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = (index) => new Promise((resolve, reject) => {
    const action = index % 2 === 0 ? 'CreateSnapshot' : 'DescribeSnapshots'
    const body = JSON.stringify(index % 2 === 0 ? { diskId: '1700000000000000102', snapshotName: 'n' } : { pageSize: 20 })
    const started = performance.now()
    const sent = request(workerData.url + '/api/v2/zec', { method: 'POST', agent,
      headers: { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01',
        authorization: 'ZC2-HMAC-SHA256 Credential=other, SignedHeaders=content-type;host, Signature=none' } }, (reply) => {
      reply.on('data', () => {}).on('end', () => resolve({ ms: performance.now() - started, status: reply.statusCode }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
  const main = async () => {
    const waits = []
    for (let index = 0; index < 20; index++) await call(index)
    parentPort.postMessage('ready')
    const until = performance.now() + workerData.watchMs
    for (let index = 0; performance.now() < until; index++) {
      const { ms, status } = await call(index)
      if (status !== 200) throw new Error('status ' + status)
      waits.push(ms)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    parentPort.postMessage(waits)
    agent.destroy()
  }
  main()
`

async function waitsBeside(worlds: number): Promise<{ waits: number[]; firings: number; peakMiB: number }> {
  const core = newCore()
  const app = buildApp({
    core,
    providers: [zenlayer, baidu],
    keys: createKeyring('off', []),
    control: { mode: 'off' },
    log: () => {}
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  const busy = Array.from({ length: worlds }, (_, index) => core.world(`busy-${index}`))
  for (const world of busy) fill(world, 1000, 1000, hours, 1)

  const client = new Worker(CLIENT, {
    eval: true,
    workerData: { url: `http://127.0.0.1:${port}`, watchMs: worlds === 0 ? 2000 : WATCH_MS }
  })
  let firings = 0
  let peakMiB = 0
  const watch = setInterval(() => {
    peakMiB = Math.max(peakMiB, process.memoryUsage.rss() / 2 ** 20)
  }, 100)
  const waits = await new Promise<number[]>((resolve, reject) => {
    client.on('error', reject)
    client.on('message', (message: unknown) => {
      if (Array.isArray(message)) {
        resolve(message)
        return
      }
      for (const world of busy) {
        world
          .advance({ by: 30 * DAY_MS })
          .then((report) => {
            firings += report.firings
          })
          .catch((error: unknown) => {
            if (!(error instanceof ClockRefused)) reject(error)
            else firings += firingsOf(error)
          })
      }
    })
  })
  // One world's month is let come to its end; of eight, what was done until now is enough.
  if (worlds === 1) while (busy[0]?.clock().advancing) await new Promise((resolve) => setTimeout(resolve, 50))
  for (const world of busy) await world.reset()
  await new Promise((resolve) => setTimeout(resolve, 50))
  clearInterval(watch)
  await client.terminate()
  await app.close()
  await core.close()
  return { waits, firings, peakMiB }
}

function firingsOf(error: ClockRefused): number {
  const { done } = error.detail
  return typeof done === 'object' && done !== null && 'firings' in done ? Number(done.firings) : 0
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}
const lines: string[] = []
let missed = 0
function line(what: string, value: string, goal: string, isMet: boolean): void {
  if (!isMet) missed++
  lines.push(
    `${what.padEnd(52)} ${value.padStart(26)}   ${goal.padEnd(14)} ${goal === '' ? '' : isMet ? 'met' : 'MISSED'}`
  )
}

const rows = await rowsOfTheYear()
const years = {
  ours: [] as number[],
  bare: [] as number[],
  files: [] as number[],
  slow: [] as number[],
  decades: [] as number[]
}
bareYear(rows)
await ourYear()
for (let run = 0; run < RUNS; run++) {
  years.bare.push(bareYear(rows))
  years.ours.push(await ourYear())
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-year-'))
  years.files.push(await ourYear(folder))
  await rm(folder, { recursive: true })
  years.slow.push(await ourYear(undefined, 'system'))
  years.decades.push(await decade())
}
const ours = quantile(years.ours, 0.5)
const bare = quantile(years.bare, 0.5)
const empty = quantile(years.decades, 0.5)
line('a year, 36,500 made and 33,500 expired', `${ours.toFixed(0)} ms`, '< 2000 ms', ours < 2000)
line(
  '  beside bare better-sqlite3, the same rows',
  `${bare.toFixed(0)} ms, ratio ${(ours / bare).toFixed(2)}`,
  '<= 2.00',
  ours / bare <= 2
)
const files = quantile(years.files, 0.5)
line('  in a file', `${files.toFixed(0)} ms`, '< 2000 ms', files < 2000)
const slow = quantile(years.slow, 0.5)
line('  on a clock that runs: 106,500 completions besides', `${slow.toFixed(0)} ms`, '', true)
line('an empty decade', `${empty.toFixed(2)} ms`, '< 5 ms', empty < 5)
for (const worlds of process.argv[3] === 'year' ? [] : [0, 1, 8]) {
  const { waits, firings, peakMiB } = await waitsBeside(worlds)
  const p99 = quantile(waits, 0.99)
  const what =
    worlds === 0 ? "a call of a world, nobody's clock moving" : `beside ${worlds} advancing, ${firings} firings`
  line(what, `p50 ${quantile(waits, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)} ms`, 'p99 < 50 ms', p99 < 50)
  if (worlds > 0) line('  memory at most', `${peakMiB.toFixed(0)} MiB`, '< 1000 MiB', peakMiB < 1000)
}
process.stdout.write(`${lines.join('\n')}\n`)
if (missed > 0) process.exitCode = 1
