// What it costs to be read.   npm run bench:events [-- RUNS]
// A year of 100 disks, daily, 30 days' retention, on a server whose events nobody reads; that one reader follows; that
// one reader has stopped following; that sixteen follow. Beside it, what another world's calls wait meanwhile.
import { Worker } from 'node:worker_threads'

const built = new URL('../dist/index.js', import.meta.url).href
const { startSnapstand }: typeof import('../src/index.ts') = await import(built)

const RUNS = Number(process.argv[2] ?? 5)
const ZONE = 'asia-east-1a'

/** Readers, and calls one after the other, from a thread of their own: what clients in other processes see. */
const CLIENT = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { connect } = require('node:net')
  const { Agent, get } = require('node:http')
  const { port, readers, reads } = workerData
  const counts = { told: 0, missed: 0 }
  const follow = () => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /_snapstand/events HTTP/1.1\\r\\nhost: localhost\\r\\n\\r\\n')
    let rest = ''
    socket.once('data', resolve)
    socket.on('data', (chunk) => {
      if (!reads) { socket.pause(); return }
      const parts = (rest + chunk.toString('latin1')).split('event: ')
      rest = parts.pop()
      for (const part of parts) {
        const missed = /^missed[\\s\\S]*"count":(\\d+)/.exec(part)
        if (missed) counts.missed += Number(missed[1])
        else if (/^(fired|created|expired)/.test(part)) counts.told++
      }
    })
  })
  const authorization = 'bce-auth-v1/other/2026-01-05T08:00:00Z/1800/host/' + '0'.repeat(64)
  const headers = { authorization }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = () => new Promise((resolve, reject) => {
    const started = performance.now()
    get({ port, host: '127.0.0.1', agent, path: '/v2/volume', headers }, (reply) => {
      reply.on('data', () => {}).on('end', () => resolve(performance.now() - started))
    }).on('error', reject)
  })
  const main = async () => {
    for (let n = 0; n < readers; n++) await follow()
    for (let n = 0; n < 20; n++) await call()
    const waits = []
    let isOver = false
    parentPort.on('message', () => { isOver = true })
    parentPort.postMessage('ready')
    while (!isOver) {
      waits.push(await call())
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    parentPort.postMessage({ waits, ...counts })
  }
  main()
`

interface Seen {
  readonly waits: readonly number[]
  readonly told: number
  readonly missed: number
}

async function year(
  readers: number,
  reads: boolean
): Promise<Seen & { readonly ms: number; readonly peakMiB: number }> {
  const server = await startSnapstand({ clock: 'manual', auth: 'off' })
  const call = async (action: string, body: object): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' }
    const reply = await fetch(`${server.url}/api/v2/zec`, { method: 'POST', headers, body: JSON.stringify(body) })
    return reply.text()
  }
  const policy = { zoneId: ZONE, autoSnapshotPolicyName: 'daily', repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [9] }
  const made = await call('CreateAutoSnapshotPolicy', { ...policy, retentionDays: 30 })
  const autoSnapshotPolicyId = /"autoSnapshotPolicyId":"(\d+)"/.exec(made)?.[1]
  for (let half = 0; half < 2; half++) {
    const disks = await call('CreateDisks', { zoneId: ZONE, diskName: 'data', diskSize: 20, diskAmount: 50 })
    const diskIds = /"diskIds":\[([^\]]*)\]/.exec(disks)?.[1]?.match(/\d+/g)
    await call('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds })
  }
  const client = new Worker(CLIENT, { eval: true, workerData: { port: server.port, readers, reads } })
  const said = () => new Promise<unknown>((resolve) => client.once('message', resolve))
  await said()
  let peakMiB = 0
  const watch = setInterval(() => {
    peakMiB = Math.max(peakMiB, process.memoryUsage.rss() / 2 ** 20)
  }, 20)
  const started = performance.now()
  await fetch(`${server.url}/_snapstand/clock/advance`, { method: 'POST', body: '{"by":"P1Y"}' })
  const ms = performance.now() - started
  clearInterval(watch)
  const seen = said()
  client.postMessage('over')
  const { waits, told, missed } = (await seen) as Seen
  await client.terminate()
  await server.close()
  return { ms, peakMiB, waits, told, missed }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}

const CASES = [
  ['nobody reads', 0, true],
  ['one follows', 1, true],
  ['one has stopped', 1, false],
  ['sixteen follow', 16, true]
] as const
const seen = new Map<string, Awaited<ReturnType<typeof year>>[]>(CASES.map(([name]) => [name, []]))
await year(0, true)
for (let run = 0; run < RUNS; run++) {
  for (const [name, readers, reads] of CASES) seen.get(name)?.push(await year(readers, reads))
}
for (const [name, readers] of CASES) {
  const runs = seen.get(name) ?? []
  const middle = (of: (run: (typeof runs)[number]) => number) => quantile(runs.map(of), 0.5)
  const waits = runs.flatMap((run) => run.waits)
  const each = Math.max(1, readers)
  process.stdout.write(
    `${name.padEnd(16)} ${middle(({ ms }) => ms).toFixed(0)} ms; another world waits p50 ${quantile(waits, 0.5).toFixed(1)}, ` +
      `p99 ${quantile(waits, 0.99).toFixed(1)}, at most ${Math.max(...waits).toFixed(1)} ms; memory at most ` +
      `${middle(({ peakMiB }) => peakMiB).toFixed(0)} MiB; told ${middle(({ told }) => told / each).toFixed(0)}, ` +
      `missed ${middle(({ missed }) => missed / each).toFixed(0)}\n`
  )
}
