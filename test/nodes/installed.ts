import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { environmentOf } from './binaries.ts'

/** What hangs ends all the same. */
const LIMIT_MS = 600_000

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A program to its end, in the project that the package is installed in, with this Node first in PATH. */
export function runWith(node: string, project: string, file: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: project, env: environmentOf(node), timeout: LIMIT_MS, maxBuffer: 64 * 1024 ** 2 }
    const child = execFile(file, args, options, (_, out, err) => resolve({ code: child.exitCode, out, err }))
  })
}

/** A server that was started as its users start it. */
export interface Served {
  readonly url: string
  /** By SIGTERM: how it ended, and after how long. */
  stop(): Promise<Ended & { readonly tookMs: number }>
}

export async function serveWith(node: string, project: string, args: readonly string[]): Promise<Served> {
  const command = join(project, 'node_modules/.bin/snapstand')
  const child = spawn(command, ['start', '--port', '0', ...args], { cwd: project, env: environmentOf(node) })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const ended = once(child, 'close')
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(said.out) ?? []
      if (found !== undefined) resolve(found)
    })
    child.on('error', reject)
    ended.then(() => reject(new Error(`it ended before it served: ${said.err}`)))
  })
  return {
    url,
    stop: async () => {
      const asked = performance.now()
      await ending(child, ended)
      return { code: child.exitCode, ...said, tookMs: performance.now() - asked }
    }
  }
}

async function ending(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(late)
}
