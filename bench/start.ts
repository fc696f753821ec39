// From the start of the process to its first answered call, a signed CreateSnapshot, beside a bare node:http server.
// The runs are interleaved, so that both meet the same weather.   node bench/start.ts [runs]
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { signedHeaders } from '../build/signed-call.ts'

const GOAL = 2.2
const runs = Number(process.argv[2] ?? 21)
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const body = JSON.stringify({ diskId: '1700000000000000102', snapshotName: 'first' })

/** Milliseconds until the first answer; the program prints its URL somewhere in its first words. */
async function firstAnswer(args: readonly string[]): Promise<number> {
  const begin = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    const url = await printedUrl(child)
    const { status, text } = await call(url)
    if (status !== 200) throw new Error(`the first call was answered ${status}: ${text}`)
    return performance.now() - begin
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

function printedUrl(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk) => {
      printed += chunk
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? []
      if (url) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it served`)))
  })
}

function call(url: string): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const headers = signedHeaders('bench', new URL(url).host, 'CreateSnapshot', body)
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/v2/zec`, { method: 'POST', headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1)
  return middle.reduce((sum, each) => sum + each, 0) / middle.length
}

/** The build without the compiled code that lies beside it: what another version of Node starts. */
async function coldCopy(): Promise<string> {
  const folder = await mkdtemp(at('../.tmp/bench-start-'))
  await cp(at('../dist'), join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.cache') })
  await cp(at('../package.json'), join(folder, 'package.json'))
  return folder
}

const copy = await coldCopy()
const flags = ['--port', '0', '--log-level', 'error']
/** Each with what it took. */
const programs = [
  { name: 'node:http', args: [at('bare.js')] },
  { name: 'snapstand', args: [at('../dist/cli.js'), ...flags] },
  { name: 'without compiled code', args: [join(copy, 'dist/cli.js'), ...flags] }
].map((each) => ({ ...each, times: [] as number[] }))
try {
  for (let run = -2; run < runs; run++) {
    for (const { args, times } of programs) {
      const took = await firstAnswer(args)
      // The first two only warm the file cache.
      if (run >= 0) times.push(took)
    }
  }
} finally {
  await rm(copy, { recursive: true })
}
const [bare = Number.NaN, served = Number.NaN] = programs.map(({ times }) => median(times))
console.log(
  `${runs} runs each, interleaved, on ${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}; medians`
)
for (const { name, times } of programs) {
  const took = median(times).toFixed(1).padStart(8)
  const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`
  console.log(`${name.padEnd(24)}${took} ms ${(median(times) / bare).toFixed(2).padStart(6)} ×   (${range})`)
}
console.log(`goal: at most ${GOAL} ×`)
if (served / bare > GOAL) process.exitCode = 1
