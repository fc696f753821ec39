import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Memory, Stretch } from './probe.ts'

// The commands of npm, and the tests, run in the package's folder.
export const ROOT = process.cwd()
const CLI = join(ROOT, 'dist', 'cli.js')
const PROBE = join(ROOT, 'machines', 'server', 'probe.ts')
const START_MS = 60_000

/** A built server in a process of its own, with a probe in it. */
export interface Running {
  readonly port: number
  readonly pid: number
  /** What it wrote to standard error, line by line, and hasn't been taken yet. */
  takeLog(): readonly string[]
  /** Stretches in which its thread was busy, that haven't been taken yet. */
  takeStretches(): readonly Stretch[]
  memory(collect: boolean): Promise<Memory>
  /** Whether it still runs. */
  readonly isAlive: boolean
  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Starts `snapstand` with these flags on a free port of the loopback address. */
export function startServer(flags: readonly string[], { collects = false } = {}): Promise<Running> {
  const node = ['--import', PROBE, ...(collects ? ['--expose-gc'] : [])]
  const args = [...node, CLI, '--port', '0', '--log-level', 'error', ...flags]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    cwd: ROOT
  })
  const log: string[] = []
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => log.push(...text.split('\n').filter((line) => line !== '')))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not started after ${START_MS} ms: ${log.join('\n')}`)), START_MS)
    const early = () => reject(new Error(`it ended before it served: ${log.join('\n')}`))
    child.once('exit', early)
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (printed.length > 4096) return
      printed += text
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed) ?? []
      if (port === undefined) return
      clearTimeout(late)
      child.off('exit', early)
      const running = runningOf(child, Number(port), log, ended)
      // What the start itself took is nobody's stretch.
      running.memory(false).then(() => {
        running.takeStretches()
        resolve(running)
      }, reject)
    })
  })
}

function runningOf(child: ChildProcess, port: number, log: string[], ended: Promise<void>): Running {
  const stretches: Stretch[] = []
  const waiting = new Map<number, (memory: Memory) => void>()
  let asked = 0
  child.on('message', (message) => {
    if (isStretch(message)) stretches.push(message)
    else if (isMemory(message)) waiting.get(message.asked)?.(message)
  })
  return {
    port,
    pid: child.pid ?? 0,
    takeLog: () => log.splice(0),
    takeStretches: () => stretches.splice(0),
    memory(collect) {
      const question = { asked: ++asked, collect }
      return new Promise((resolve, reject) => {
        waiting.set(asked, (memory) => {
          waiting.delete(memory.asked)
          resolve(memory)
        })
        child.send(question, (error) => error && reject(error))
      })
    },
    get isAlive() {
      return child.exitCode === null && child.signalCode === null
    },
    end(signal) {
      child.kill(signal)
      return ended
    }
  }
}

function isStretch(message: unknown): message is Stretch {
  return Reflect.get(Object(message), 'kind') === 'stretch'
}
function isMemory(message: unknown): message is Memory {
  return Reflect.get(Object(message), 'kind') === 'memory'
}
