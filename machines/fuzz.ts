/**
 * Calls of every kind to both clouds and the control API of a built server, each answer judged:
 *   npm run fuzz -- --calls 1000000 --seed 1 --workers 2
 * A worker has a server of its own, and the seed that follows the one before it.
 */
import { fork } from 'node:child_process'
import { conclude, flagsOf, progressOf } from './command.ts'
import { fuzz } from './fuzz/run.ts'

const { calls, seed, workers, worker } = flagsOf({ calls: 10_000, seed: 1, workers: 1, worker: 0 })

/** What a worker tells the one that started it. */
interface Told {
  readonly done: number
  readonly findings: number
  readonly report?: {
    readonly kinds: readonly string[]
    readonly found: number
    readonly missing: readonly string[]
    readonly p100: number
    readonly busyMs: number
    readonly rss: number
    readonly growth: number
  }
}

const MIB = 1024 ** 2

async function run(report: (told: Told) => void): Promise<void> {
  const { kinds, missing, waits, busyMs, rss, heap } = await fuzz({
    calls,
    seed,
    tell: (text) => process.stdout.write(text),
    progress: (done, findings) => report({ done, findings })
  })
  report({
    done: calls,
    findings: kinds.size,
    report: {
      kinds: [...kinds].map(([kind, count]) => `${count} × ${kind}`),
      found: kinds.size,
      missing,
      p100: waits.p100,
      busyMs,
      rss,
      growth: heap[1] - heap[0]
    }
  })
}

/** Shares the calls among processes; each has its seed. */
async function share(report: (worker: number, told: Told) => void): Promise<void> {
  const program = process.argv[1] ?? ''
  await Promise.all(
    Array.from({ length: workers }, (_, number) => {
      const own = Math.floor((calls + number) / workers)
      const args = ['--calls', String(own), '--seed', String(seed + number), '--worker', '1']
      const child = fork(program, args)
      child.on('message', (message) => isTold(message) && report(number, message))
      return new Promise<void>((resolve, reject) => {
        child.once('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`worker ${number} ended with ${code}`))
        )
      })
    })
  )
}

function isTold(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && 'done' in message
}

if (worker === 1) {
  await run((told) => process.send?.(told))
  process.disconnect()
} else {
  const progress = progressOf(calls, 'calls')
  const latest = new Map<number, Told>()
  const tell = (number: number, told: Told) => {
    latest.set(number, told)
    const all = [...latest.values()]
    const sum = (of: (each: Told) => number) => all.reduce((total, each) => total + of(each), 0)
    progress.tell(
      sum(({ done }) => done),
      `${sum(({ findings }) => findings)} kinds found`
    )
  }
  if (workers === 1) await run((told) => tell(0, told))
  else await share(tell)
  progress.end()
  const reports = [...latest.values()].flatMap(({ report }) => report ?? [])
  for (const kind of reports.flatMap(({ kinds }) => kinds)) process.stdout.write(`${kind}\n`)
  const [first, ...others] = reports
  const missing = (first?.missing ?? []).filter((name) => others.every((report) => report.missing.includes(name)))
  if (missing.length > 0) process.stdout.write(`never succeeded: ${missing.join(', ')}\n`)
  const most = (of: (report: (typeof reports)[number]) => number) => Math.max(...reports.map(of))
  const figures = [
    `${calls} calls, seed ${seed}`,
    missing.length === 0 ? 'every operation and route succeeded' : `${missing.length} never succeeded`,
    `a bystander waited ${most(({ p100 }) => p100).toFixed(0)} ms at the most`,
    `the server was busy ${most(({ busyMs }) => busyMs).toFixed(0)} ms in one stretch`,
    `${Math.round(most(({ rss }) => rss) / MIB)} MiB, growing by ${(most(({ growth }) => growth) / MIB).toFixed(1)}`
  ]
  conclude(`fuzz: ${figures.join('; ')}`, reports.reduce((sum, { found }) => sum + found, 0) + missing.length)
}
