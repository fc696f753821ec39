// Processor time of the server for one signed CreateSnapshot, by the system's accounting, beside a bare Fastify route that
// inserts a row with better-sqlite3. Interleaved; another build can stand beside.
//   node bench/creates.ts [calls] [rounds] [folder of another build's dist]
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { signedHeaders } from '../build/signed-call.ts'

const [calls = 4000, rounds = 7] = process.argv.slice(2, 4).map(Number)
const other = process.argv[4]
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const CONNECTIONS = 4
/** Until everything is compiled. */
const WARM_UP = 3000
const body = JSON.stringify({ diskId: '1700000000000000102', snapshotName: 'first' })
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** User and system time of a process so far, in microseconds. Linux only. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6
}

async function urlOf(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += chunk
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? []
    if (url) return url
  }
  throw new Error('it ended before it served')
}

async function send(url: string, agent: Agent, count: number): Promise<void> {
  const { host } = new URL(url)
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const headers = signedHeaders('bench', host, 'CreateSnapshot', body)
      const sent = request(`${url}/api/v2/zec`, { method: 'POST', headers, agent }, (response) => {
        response.resume()
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const line = async () => {
    for (let n = 0; n < count / CONNECTIONS; n++) await one()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, line))
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

const flags = ['--port', '0', '--clock', 'manual', '--log-level', 'error']
const programs = [
  { name: 'bare Fastify + better-sqlite3', args: [at('bare-insert.js')] },
  { name: 'snapstand', args: [at('../dist/cli.js'), ...flags] },
  ...(other === undefined ? [] : [{ name: `snapstand of ${other}`, args: [`${other}/cli.js`, ...flags] }])
]
const running = []
for (const { name, args } of programs) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } })
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  running.push({ name, child, agent, url: await urlOf(child), costs: [] as number[] })
}
try {
  for (const { url, agent } of running) await send(url, agent, WARM_UP)
  for (let round = 0; round < rounds; round++) {
    for (const { child, url, agent, costs } of running) {
      const before = cpuOf(child)
      await send(url, agent, calls)
      costs.push((cpuOf(child) - before) / calls)
    }
  }
} finally {
  for (const { child, agent } of running) {
    agent.destroy()
    child.kill('SIGTERM')
  }
}
const bare = median(running[0]?.costs ?? [])
console.log(
  `${rounds} rounds of ${calls} calls each, interleaved, on ${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}; medians of the server's processor time`
)
for (const { name, costs } of running) {
  const range = `${Math.min(...costs).toFixed(0)} to ${Math.max(...costs).toFixed(0)}`
  console.log(
    `${name.padEnd(32)}${median(costs).toFixed(1).padStart(8)} µs ${(median(costs) / bare).toFixed(2).padStart(6)} ×   (${range})`
  )
}
