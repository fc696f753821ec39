import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A server in a process of its own. */
export interface Program {
  readonly port: number
  /** Processor time of all its threads so far, in microseconds, as the system accounts for it. */
  cpuUs(): number
  /** What it keeps in memory, in MiB. */
  residentMiB(): number
  end(): Promise<void>
}

const WAIT_MS = 60_000

/** Starts a server and waits for the line that tells its port. */
export async function startProgram(
  command: string,
  args: readonly string[],
  { says = /http:\/\/127\.0\.0\.1:(\d+)/, env = {} }: { says?: RegExp; env?: NodeJS.ProcessEnv } = {}
): Promise<Program> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, ...env } })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await portOf(child, says)
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} has no process`)
  return {
    port,
    cpuUs: () => cpuUsOf(pid),
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    async end() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(late)
    }
  }
}

function portOf(child: ChildProcess, says: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`it did not say where it serves: ${printed}`))
    }, WAIT_MS)
    const listen = (chunk: Buffer) => {
      printed = `${printed}${chunk}`.slice(-64 * 1024)
      const port = says.exec(printed)?.[1]
      if (port === undefined) return
      clearTimeout(late)
      resolve(Number(port))
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it served: ${printed}`)))
  })
}

/** Linux only. */
function cpuUsOf(pid: number): number {
  let ns = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      // It ended meanwhile.
    }
  }
  return ns / 1000
}
