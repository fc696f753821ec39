import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { type Environment, execute, type Step } from '../conformance/runner/execute.ts'
import type { Client, Place } from './clients.ts'

const LIMIT_MS = 10 * 60_000
const checkout = dirname(import.meta.dirname)
/** What is built or installed by hand stays where it is. */
const NOT_COPIED = /[\\/](venv|\.venv|build|dist|target|__pycache__|[^\\/]*\.egg-info|\.[a-z]+_cache)$/

/** Why the client cannot be tested on this machine, if so. */
export function missing(client: Client): string | undefined {
  for (const [tool = '', ...args] of client.tools) {
    const tried = spawnSync(tool, args, { encoding: 'utf8', env: environment() })
    if (tried.error) return `${tool} is not installed`
    if (tried.status !== 0) return `${tool} is too old or lacks a part`
  }
  return undefined
}

interface Checked {
  readonly passed: number
  readonly problem?: string
  /** Why parts of the tests were left out. */
  readonly skipped?: readonly string[]
}

/** How many tests passed, or what failed. */
export async function check(name: string, client: Client): Promise<Checked> {
  const scratch = join(checkout, '.tmp', 'clients', name)
  const place: Place = { work: join(scratch, 'work'), kept: join(scratch, 'kept'), checkout }
  mkdirSync(place.kept, { recursive: true })
  rmSync(place.work, { recursive: true, force: true })
  cpSync(join(import.meta.dirname, name), place.work, {
    recursive: true,
    filter: (path) => !NOT_COPIED.test(path)
  })
  const stamp = client.locks.map((file) => readFileSync(join(place.work, file), 'utf8')).join('\n')
  const digest = createHash('sha256').update(stamp).digest('hex')
  const stampFile = join(place.kept, '.installed')
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== digest) {
    const { problem } = await runAll(client.install(place), place)
    if (problem !== undefined) return { passed: 0, problem }
    writeFileSync(stampFile, digest)
  }
  const { output, problem } = await runAll(client.test(place), place)
  if (problem !== undefined) return { passed: 0, problem }
  const found = (pattern: RegExp) => [...output.matchAll(new RegExp(pattern, 'gm'))]
  const passed = found(client.passed).reduce((sum, [, count = '1']) => sum + Number(count), 0)
  if (passed === 0) return { passed, problem: `no test ran:\n${output}` }
  return { passed, skipped: client.skipped ? found(client.skipped).map(([, why = '']) => why) : [] }
}

async function runAll(
  steps: readonly Step[],
  { work }: Place
): Promise<{ readonly output: string; readonly problem?: string }> {
  let printed = ''
  for (const step of steps) {
    const { code, output } = await execute({ cwd: work, ...step }, environment(), LIMIT_MS)
    printed += output
    if (code !== 0) return { output: printed, problem: `${step.command.join(' ')} ended with ${code}:\n${output}` }
  }
  return { output: printed }
}

/** Where Go's own installer puts it, which is in no PATH by itself. */
const GO_BIN = '/usr/local/go/bin'

/** A client finds this checkout's server by SNAPSTAND_CHECKOUT, and starts it by the Node that runs this program. */
function environment(): Environment {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('SNAPSTAND_'))
  const PATH = [dirname(process.execPath), process.env.PATH, GO_BIN].join(delimiter)
  return { ...Object.fromEntries(kept), PATH, SNAPSTAND_CHECKOUT: checkout }
}
