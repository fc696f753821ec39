import { connect, type Server } from './client/index.ts'
import { configOf } from './config/config.ts'
import { secretsOf } from './config/keys.ts'
import { createLog } from './config/log.ts'
import type { Listening, SnapstandOptions } from './config/options.ts'
import { optionSource } from './config/sources.ts'
import { plainDocument } from './documents/document.ts'
import { hiderOf } from './documents/hiding.ts'
import { serve } from './server.ts'

/**
 * A server that runs in this process, and the handle of its control API: the one that `snapstand/client` gives. Where that
 * API is off, or the host is one that it does not answer on, what is asked of the handle is refused.
 */
export interface Snapstand extends Listening, Server {
  /** Answers what is under way within the grace, closes all connections and ends; a second call waits for the first. */
  close(): Promise<void>
}

/** What `startSnapstand` does, behind the library's door. */
export async function startInProcess(options: SnapstandOptions): Promise<Snapstand> {
  const { log, seed, ...others } = options
  const isInline = typeof seed === 'object'
  const config = configOf([
    optionSource({ port: 0, tlsPort: 0, logLevel: 'error', ...others, ...(isInline ? {} : { seed }) })
  ])
  const { core: _core, ...listening } = await serve(
    config,
    createLog({ level: config.logLevel, format: config.logFormat, hide: hiderOf(secretsOf(config)), write: log }),
    isInline ? plainDocument('seed', seed) : undefined
  )
  const handle = connect(listening.url, { token: config.controlToken, keys: config.keys })
  const close = async () => {
    await listening.close()
    await handle.close()
  }
  return { ...handle, ...listening, close, [Symbol.asyncDispose]: close }
}
