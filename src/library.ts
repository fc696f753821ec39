import { configOf } from './config/config.ts'
import { secretsOf } from './config/keys.ts'
import { createLog } from './config/log.ts'
import type { Snapstand, SnapstandOptions } from './config/options.ts'
import { optionSource } from './config/sources.ts'
import { plainDocument } from './documents/document.ts'
import { hiderOf } from './documents/hiding.ts'
import { serve } from './server.ts'

/** What `startSnapstand` does, behind the library's door. */
export async function startInProcess(options: SnapstandOptions): Promise<Snapstand> {
  const { log, seed, ...others } = options
  const isInline = typeof seed === 'object'
  const config = configOf([
    optionSource({ port: 0, tlsPort: 0, logLevel: 'error', ...others, ...(isInline ? {} : { seed }) })
  ])
  const {
    url,
    port,
    tls,
    close,
    [Symbol.asyncDispose]: dispose
  } = await serve(
    config,
    createLog(config.logLevel, hiderOf(secretsOf(config)), log),
    isInline ? plainDocument('seed', seed) : undefined
  )
  return { url, port, tls, close, [Symbol.asyncDispose]: dispose }
}
