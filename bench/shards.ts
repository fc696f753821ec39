// Signed CreateSnapshots in a second by one Snapstand, by two whose keys the one who loads them sends to either by itself, by
// one behind nginx and by two behind nginx, with what the load takes of the processors: on few cores it is that which limits.
// Rounds are interleaved. Linux only.
//   npm run bench:shards -- [seconds] [rounds] [connections]
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { signedHeaders } from '../build/signed-call.ts'
import { connectionTo } from '../machines/server/connection.ts'
import { startProxy } from '../machines/server/proxy.ts'
import { startServer } from '../machines/server/start.ts'

const [seconds = 5, rounds = 5, connections = 8] = process.argv.slice(2).map(Number)
const WARM_UP_MS = 2000
const BODY = JSON.stringify({ diskId: '1700000000000000102', snapshotName: 'first' })
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** User and system time of a process and its children so far, in milliseconds. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  const own = ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + cpuMsOf(Number(child)), own)
}

interface Measured {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time per create, in microseconds: of the shards, of the proxy, of the one who loads. */
  readonly shardUs: number
  readonly proxyUs: number
  readonly loaderUs: number
}
interface Setup {
  readonly name: string
  /** Of several the keys are sent to each in turn, as the load generator knows where they lie. */
  readonly ports: readonly number[]
  /** One for each connection. */
  readonly keys: readonly string[]
  readonly shardPids: readonly number[]
  readonly proxyPids: readonly number[]
  readonly measured: Measured[]
}

/** Every request is signed once, for it costs as much as to serve it; a signature is good for five minutes. */
function bytesFor(key: string, port: number, shard: number): Buffer {
  const signed = signedHeaders(key, `127.0.0.1:${port}`, 'CreateSnapshot', BODY)
  // A proxy writes another in its place.
  const headers = { ...signed, 'x-snapstand-shard': `snapstand-${shard}`, 'content-length': BODY.length }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST /api/v2/zec HTTP/1.1\r\n${lines.join('')}\r\n${BODY}`)
}

async function load({ ports, keys }: Setup, ms: number): Promise<readonly number[]> {
  const took: number[] = []
  const until = performance.now() + ms
  await Promise.all(
    keys.map(async (key, n) => {
      const shard = n % ports.length
      const port = ports[shard] ?? 0
      const connection = connectionTo(port)
      const bytes = bytesFor(key, port, shard)
      for (let now = performance.now(); now < until; ) {
        const { status, body } = await connection.send(bytes, 'POST')
        if (status !== 200) throw new Error(`${status} ${body}`)
        const then = performance.now()
        took.push(then - now)
        now = then
      }
      connection.close()
    })
  )
  return took
}

async function measure(setup: Setup): Promise<Measured> {
  const costOf = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0)
  const costs = () => ({
    shards: costOf(setup.shardPids),
    proxy: costOf(setup.proxyPids),
    own: process.cpuUsage()
  })
  const [before, begun] = [costs(), performance.now()]
  const took = (await load(setup, seconds * 1000)).toSorted((one, other) => one - other)
  const [after, elapsedMs] = [costs(), performance.now() - begun]
  const own = after.own.user + after.own.system - before.own.user - before.own.system
  return {
    perSecond: (took.length / elapsedMs) * 1000,
    p50Ms: took[Math.floor(took.length / 2)] ?? Number.NaN,
    p99Ms: took[Math.floor(took.length * 0.99)] ?? Number.NaN,
    shardUs: ((after.shards - before.shards) * 1000) / took.length,
    proxyUs: ((after.proxy - before.proxy) * 1000) / took.length,
    loaderUs: own / took.length
  }
}

/** Keys of which each shard has the same number, by what the proxy says. */
async function evenKeys(url: string, count: number): Promise<readonly string[]> {
  const by = new Map<string, string[]>()
  for (let n = 0; [...by.values()].reduce((sum, keys) => sum + keys.length, 0) < connections; n++) {
    const headers = { 'x-snapstand-world': `bench-${n}` }
    const health: unknown = await (await fetch(`${url}/_snapstand/health`, { headers })).json()
    const shard = String(Reflect.get(Object(health), 'shard'))
    const keys = by.get(shard) ?? []
    if (keys.length < connections / count) by.set(shard, [...keys, `bench-${n}`])
  }
  return [...by.values()].flat()
}

const flags = (index: number, count: number) => ['--clock', 'manual', '--shard', `${index}/${count}`]
const alone = await startServer(['--clock', 'manual'])
const single = await startServer(flags(0, 1))
const pair = await Promise.all([startServer(flags(0, 2)), startServer(flags(1, 2))])
/** The first of three parts of deploy/'s hash becomes all of it, or half. */
const parts = (text: string, lines: string) => text.replace(/(split_clients[^{]*\{)[^}]*/, `$1\n${lines}\n`)
const one = await startProxy('nginx', {
  shards: [single.port],
  edit: (text) => parts(text, '    * snapstand-0;')
})
const two = await startProxy('nginx', {
  shards: pair.map(({ port }) => port),
  edit: (text) => parts(text, '    50% snapstand-0;\n    * snapstand-1;')
})
const plainKeys = Array.from({ length: connections }, (_, n) => `bench-${n}`)
const setups: readonly Setup[] = [
  { name: 'one, direct', ports: [alone.port], keys: plainKeys, shardPids: [alone.pid], proxyPids: [], measured: [] },
  {
    name: 'two, direct',
    ports: pair.map(({ port }) => port),
    keys: plainKeys,
    shardPids: pair.map(({ pid }) => pid),
    proxyPids: [],
    measured: []
  },
  {
    name: 'one behind nginx',
    ports: [one.port],
    keys: plainKeys,
    shardPids: [single.pid],
    proxyPids: [one.pid],
    measured: []
  },
  {
    name: 'two behind nginx',
    ports: [two.port],
    keys: await evenKeys(two.url, 2),
    shardPids: pair.map(({ pid }) => pid),
    proxyPids: [two.pid],
    measured: []
  }
]
try {
  for (const setup of setups) await load(setup, WARM_UP_MS)
  for (let round = 0; round < rounds; round++) {
    for (const setup of setups) setup.measured.push(await measure(setup))
  }
} finally {
  await Promise.all([one.stop(), two.stop(), ...[alone, single, ...pair].map((server) => server.end('SIGTERM'))])
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
const shown = (setup: Setup, of: keyof Measured) => median(setup.measured.map((each) => each[of]))
console.log(
  `${rounds} rounds of ${seconds} s each, interleaved, ${connections} connections, a world each, on ${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}; medians`
)
const base = setups[0] ? shown(setups[0], 'perSecond') : Number.NaN
for (const setup of setups) {
  const cost = shown(setup, 'shardUs') + shown(setup, 'proxyUs') + shown(setup, 'loaderUs')
  console.log(
    [
      setup.name.padEnd(18),
      `${shown(setup, 'perSecond').toFixed(0).padStart(6)} creates/s`,
      `${(shown(setup, 'perSecond') / base).toFixed(2)} ×`,
      `p50 ${shown(setup, 'p50Ms').toFixed(2)} ms`,
      `p99 ${shown(setup, 'p99Ms').toFixed(2)} ms`,
      `processor time per create: shards ${shown(setup, 'shardUs').toFixed(0)} µs, nginx ${shown(setup, 'proxyUs').toFixed(0)} µs, load ${shown(setup, 'loaderUs').toFixed(0)} µs`,
      `so with load and nginx elsewhere at most ${((setup.shardPids.length * 1e6) / shown(setup, 'shardUs')).toFixed(0)}/s, with all on ${cpus().length} cores ${((cpus().length * 1e6) / cost).toFixed(0)}/s`
    ].join('  ')
  )
}
