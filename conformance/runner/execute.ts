import { type ChildProcess, spawn } from 'node:child_process'
import { here } from './paths.ts'

/** A command with its arguments. */
export interface Step {
  readonly command: readonly string[]
  readonly env?: Environment
  readonly cwd?: string
}
export type Environment = Readonly<Record<string, string | undefined>>

/** What is running now: a runner that is stopped takes it along. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

export function minded<C extends ChildProcess>(child: C): C {
  running.add(child)
  child.on('close', () => running.delete(child))
  return child
}

export interface Executed {
  readonly code: number
  readonly output: string
}

/** Runs a command to its end; what it prints is kept and shown only when it fails. */
export function execute(step: Step, env: Environment, limitMs: number): Promise<Executed> {
  return new Promise((done) => {
    const [file = '', ...args] = step.command
    const child = minded(
      spawn(file, args, {
        cwd: step.cwd ?? here,
        env: { ...env, ...step.env },
        stdio: ['ignore', 'pipe', 'pipe']
      })
    )
    let output = ''
    const keep = (words: unknown) => {
      output += words
    }
    const timer = setTimeout(() => {
      keep(`\nstopped: it took longer than ${limitMs / 1000} s\n`)
      child.kill('SIGKILL')
    }, limitMs)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', keep)
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code: code ?? 1, output })
    })
  })
}

/** The environment of a run: no proxies, a temporary home; Go's caches stay where they are. */
export function bareEnvironment(home: string): Environment {
  const isForeign = (name: string) => /_proxy$/i.test(name) || name.startsWith('SNAPSTAND_')
  const kept = Object.entries(process.env).filter(([name]) => !isForeign(name))
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home, TMPDIR: home }
}
