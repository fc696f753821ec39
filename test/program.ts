import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const CLI = `${ROOT}dist/cli.js`

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
export interface Program {
  /** The URL that the banner names. */
  readonly url: string
  readonly child: ChildProcessWithoutNullStreams
  readonly banner: string
  /** Ends it by a signal, and waits. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<Ended>
}

/** Only what a program needs of the test's own surroundings: nothing there may set a flag, and no cache is the user's own. */
const env = (more: NodeJS.ProcessEnv = {}) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  XDG_CACHE_HOME: `${ROOT}.tmp/cache`,
  ...more
})

function spawned(args: readonly string[], more?: NodeJS.ProcessEnv, cwd = ROOT) {
  const child = spawn(process.execPath, args, { env: env(more), cwd })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }))
  })
  return { child, ended, printed: () => out }
}

/** The build of the present sources. */
export async function build(): Promise<void> {
  const { code, err } = await spawned([`${ROOT}build/main.ts`, '--if-stale']).ended
  if (code !== 0) throw new Error(err)
}

/** Node with these words, to its end. */
export function runNode(words: readonly string[], more?: NodeJS.ProcessEnv, cwd = ROOT): Promise<Ended> {
  return spawned(words, more, cwd).ended
}

export function run(args: readonly string[], more?: NodeJS.ProcessEnv, cli = CLI, cwd = ROOT): Promise<Ended> {
  return spawned([cli, ...args], more, cwd).ended
}

/** Starts a server, by default on a free port, and waits for its banner. */
export async function startProgram(
  args: readonly string[] = [],
  more?: NodeJS.ProcessEnv,
  cli = CLI,
  cwd = ROOT
): Promise<Program> {
  const { child, ended, printed } = spawned([cli, ...args], { SNAPSTAND_PORT: '0', ...more }, cwd)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [found] = /http:\/\/[^/\s]+:\d+(?=\/)/.exec(printed()) ?? []
      if (found !== undefined) resolve(found)
    })
    ended.then(({ err }) => reject(new Error(`it ended before it served: ${err}`)))
  })
  const stop = (signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { url, child, banner: printed(), stop }
}
