import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../program.ts'

/** A reader’s terminal: commands typed one after the other, in a folder of its own, and servers that run meanwhile. */
export interface Shell {
  readonly folder: string
  /** Starts a server by a command line, in place of the one before; it serves when this returns. */
  serve(command: string): Promise<void>
  /** Types commands. What they define stays. */
  type(commands: string): Promise<Typed>
  close(): Promise<void>
}
export interface Typed {
  readonly out: string
  readonly err: string
  /** Whether every command ended well. */
  readonly isDone: boolean
}

/** The addresses that pages name, which free ports stand in for. */
const WRITTEN = { http: '7420', https: '7421' } as const
/** What a server needs to be started beside others. */
const PORTS = { SNAPSTAND_PORT: '0', SNAPSTAND_TLS_PORT: '0' }

export async function openShell(): Promise<Shell> {
  await mkdir(`${ROOT}.tmp`, { recursive: true })
  // In this package, `snapstand` is what was built.
  const folder = await mkdtemp(`${ROOT}.tmp/page-`)
  const bin = join(folder, '.bin')
  await mkdir(bin)
  await writeFile(join(bin, 'snapstand'), `#!/bin/sh\nexec "${process.execPath}" "${ROOT}dist/cli.js" "$@"\n`, {
    mode: 0o755
  })
  const env = {
    PATH: `${bin}:${ROOT}node_modules/.bin:${process.env.PATH}`,
    HOME: process.env.HOME,
    LANG: 'C.UTF-8',
    // Where the clone lies, as a reader sets it, too.
    CLONE: ROOT.slice(0, -1)
  }
  const ports = new Map<string, string>()
  const here = (text: string) => replaced(text, ports)
  const asWritten = (text: string) => replaced(text, new Map([...ports].map(([written, port]) => [port, written])))

  const bash = spawn('bash', ['--norc'], { cwd: folder, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let server: ChildProcess | undefined
  let typed = 0

  const stop = async () => {
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
    process.kill(-server.pid, 'SIGTERM')
    await once(server, 'close')
  }

  return {
    folder,
    async serve(command) {
      await stop()
      const started = spawn('bash', ['-c', command], {
        cwd: command.startsWith('npm ') ? ROOT : folder,
        env: { ...env, ...PORTS },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe']
      })
      server = started
      let out = ''
      started.stderr.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
      await new Promise<void>((resolve, reject) => {
        started.stdout.setEncoding('utf8').on('data', (text: string) => {
          out += text
          if (/^Point a client at it[\s\S]*\n\n$/m.test(out)) resolve()
        })
        started.once('close', () => reject(new Error(`it ended before it served:\n${out}`)))
      })
      for (const [scheme, written] of Object.entries(WRITTEN)) {
        const [, port] = new RegExp(`${scheme}://[^/\\s]+:(\\d+)(?=/)`).exec(out) ?? []
        if (port !== undefined) ports.set(written, port)
      }
      // As a reader’s commands find it by the port that it has by default.
      bash.stdin.write(`export SNAPSTAND_URL=http://127.0.0.1:${ports.get(WRITTEN.http)}\n`)
    },
    async type(commands) {
      typed += 1
      const block = join(folder, `.bin/${typed}`)
      await writeFile(block, here(commands))
      const from = said.length
      const end = new RegExp(`^ended ${typed} (\\d)$`, 'm')
      // Whatever fails, fails the block, as `set -e` has it, but the shell goes on.
      bash.stdin.write(
        `failed=0; set -E; trap 'failed=1' ERR; . ${block} > ${block}.out 2> ${block}.err < /dev/null; trap - ERR; echo "ended ${typed} $failed"\n`
      )
      while (!end.test(said.slice(from))) {
        await Promise.race([once(bash.stdout, 'data'), once(bash, 'close')])
        if (bash.exitCode !== null) throw new Error('the shell has ended')
      }
      const [out, err] = await Promise.all(['out', 'err'].map((each) => readFile(`${block}.${each}`, 'utf8')))
      return { out: asWritten(out ?? ''), err: err ?? '', isDone: end.exec(said.slice(from))?.[1] === '0' }
    },
    async close() {
      await stop()
      if (bash.pid !== undefined && bash.exitCode === null) {
        process.kill(-bash.pid, 'SIGTERM')
        process.kill(-bash.pid, 'SIGKILL')
        await once(bash, 'close')
      }
      await rm(folder, { recursive: true })
    }
  }
}

/** Addresses of this machine, with other ports. */
function replaced(text: string, ports: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\b(127\.0\.0\.1|localhost|::1\]):(\d+)\b/g, (all, host: string, port: string) => {
    const other = ports.get(port)
    return other === undefined ? all : `${host}:${other}`
  })
}
