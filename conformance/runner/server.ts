import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startProxy } from '../../machines/server/proxy.ts'
import { bareEnvironment, minded } from './execute.ts'
import { keysOf } from './flows.ts'
import { here, root, scratch } from './paths.ts'

const CLOCK_AT = '2026-01-05T08:00:00Z'
const START_LIMIT_MS = 20_000
const END_LIMIT_MS = 5_000

export interface Server {
  readonly url: string
  /** Where control calls about all worlds go: to each server of several. */
  readonly each: readonly string[]
  /** Where the client is sent to. */
  readonly endpoint: string
  /** With TLS: the file of what the client is to trust. */
  readonly certificate: string | undefined
  /** All that it has printed. */
  log(): string
  stop(): Promise<void>
}

export function buildSnapstand(): void {
  const built = spawnSync(process.execPath, ['build/main.ts', '--if-stale'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`)
}

const SHARDS = 3

/** A server for one client: it knows that client's keys and no others, and its clock stands still. */
export function startSnapstand(client: string, tls: boolean): Promise<Server> {
  return startOne(client, tls, [])
}

/** The same as three servers behind nginx. */
export async function startShards(client: string): Promise<Server> {
  const indexes = Array.from({ length: SHARDS }, (_, index) => index)
  const shards = await Promise.all(indexes.map((index) => startOne(client, false, ['--shard', `${index}/${SHARDS}`])))
  const proxy = await startProxy('nginx', { shards: shards.map(({ url }) => Number(new URL(url).port)) })
  return {
    url: proxy.url,
    endpoint: proxy.url,
    each: indexes.map((index) => `${proxy.url}/_shards/${index}`),
    certificate: undefined,
    log: () => shards.map((shard) => shard.log()).join('\n'),
    stop: async () => {
      await proxy.stop()
      await Promise.all(shards.map((shard) => shard.stop()))
    }
  }
}

async function startOne(client: string, tls: boolean, more: readonly string[]): Promise<Server> {
  const place = ['--port', '0', '--host', '127.0.0.1', ...(tls ? ['--tls', '--tls-port', '0'] : [])]
  const world = ['--clock', 'manual', '--clock-at', CLOCK_AT, '--seed', join(here, 'seed.yaml')]
  const keys = keysOf(client).flatMap((key) => ['--key', `${key}:secret-of-${key}`])
  const args = [join(root, 'dist', 'cli.js'), 'start', ...place, ...world, '--auth', 'strict', ...keys, ...more]
  const child = minded(
    spawn(process.execPath, args, { env: bareEnvironment(scratch), stdio: ['ignore', 'pipe', 'pipe'] })
  )
  let log = ''
  child.stderr.on('data', (data) => {
    log += data
  })
  const ended = new Promise((done) => child.on('close', done))
  const announced = await new Promise<string>((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`Snapstand did not say its address:\n${log}`)), START_LIMIT_MS)
    ended.then(() => failed(new Error(`Snapstand did not start:\n${log}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      log += `${line}\n`
      // The last line of what a start prints.
      if (!(tls ? /NODE_EXTRA_CA_CERTS=/ : /http:\/\/127\.0\.0\.1:\d+/).test(line)) return
      clearTimeout(timer)
      found(log)
    })
  })
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(announced) ?? []
  return {
    url,
    each: [url],
    endpoint: tls ? (/https:\/\/127\.0\.0\.1:\d+/.exec(announced)?.[0] ?? '') : url,
    certificate: tls ? /SSL_CERT_FILE=(\S+)/.exec(announced)?.[1] : undefined,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS)
      await ended
      clearTimeout(late)
    }
  }
}
