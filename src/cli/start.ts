import { type Config, readConfig } from '../config/config.ts'
import { secretsOf } from '../config/keys.ts'
import { createLog } from '../config/log.ts'
import { hiderOf } from '../documents/hiding.ts'
import { banner } from './banner.ts'
import { Failure } from './failure.ts'
import { toldToEnd } from './signals.ts'

/** Serves both clouds until it is told to end. */
export async function start(flags: Readonly<Record<string, unknown>>, version: string): Promise<void> {
  // As the first process of a container it gets no signal that it does not listen for, so it listens at once.
  const asked = toldToEnd()
  const config = await readConfig(flags)
  const [{ serve }, { clouds }] = await Promise.all([import('../server.ts'), import('../clouds.ts')]).catch(
    (error: unknown) => {
      throw packageFailure(error) ?? error
    }
  )
  const { logLevel: level, logFormat: format, control, isQuiet } = config
  const log = createLog({ level, format, hide: hiderOf(secretsOf(config)) })
  const server = await serve(config, log).catch((error: unknown) => {
    throw listenFailure(error, config) ?? error
  })
  if (!isQuiet) {
    process.stdout.write(banner(server.url, version, { clouds, control: control === 'on', secure: server.tls }))
  }
  await asked
  await server.close().catch((error: unknown) => {
    throw new Failure(String(error))
  })
}

/** The one package that is not part of this program is not there. */
function packageFailure(error: unknown): Failure | undefined {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
  if (!isMissing || !error.message.includes('better-sqlite3')) return undefined
  return new Failure('better-sqlite3 is not installed beside Snapstand: run npm install')
}

/** Why the address cannot be had, in words and with the way out. */
function listenFailure(error: unknown, { host, ...config }: Config): Failure | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  const isSecure = error instanceof Error && 'port' in error && error.port === config.tls?.port
  const port = isSecure ? config.tls?.port : config.port
  const free = `choose another with ${isSecure ? '--tls-port' : '--port'}, or 0 for a free one`
  if (code === 'EADDRINUSE') return new Failure(`port ${port} of ${host} is in use already; ${free}`)
  if (code === 'EACCES') return new Failure(`port ${port} of ${host} is not open to this user; ${free}`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL') {
    return new Failure(`${host} is no address of this machine; name one with --host`)
  }
  return undefined
}
