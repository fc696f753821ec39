import { readFileSync } from 'node:fs'
import { clouds } from './clouds.ts'
import type { Config } from './config/config.ts'
import { createKeyring } from './config/keys.ts'
import type { Log } from './config/log.ts'
import type { MetricsConfig } from './config/metrics.ts'
import type { Listening, Secure } from './config/options.ts'
import type { TlsConfig } from './config/tls.ts'
import { urlOf } from './config/url.ts'
import { announceUrl } from './config/url-file.ts'
import { readVersion } from './config/version.ts'
import { composeStarter, createCore } from './core/create-core.ts'
import { assert } from './core/model/assert.ts'
import { MANUAL_START_AT, STARTER_AT } from './core/model/clock.ts'
import { type Core, FolderRefused, type Starter } from './core/model/core.ts'
import { settingsOf } from './core/model/rules.ts'
import { ClockRefused } from './core/model/world.ts'
import { BadUsage } from './documents/complaint.ts'
import { readDocument, type SourceDocument } from './documents/document.ts'
import { fromInstant } from './documents/instants.ts'
import { buildApp } from './http/app.ts'
import type { Metrics } from './metrics/metrics.ts'
import { faultWrong } from './providers/faults.ts'
import { BadSeed } from './providers/seed-room.ts'
import { badUsageOf, plantSeed, type Seed, seedOf } from './seed/seed.ts'
import { starterDocument } from './seed/starter.ts'

const rules = Object.fromEntries(clouds.map((provider) => [provider.name, provider.rules]))

/** A server with what only this package's own programs look into. */
export interface Running extends Listening {
  readonly core: Core
}

/** config → core → app → listen. Throws `BadUsage`, or what `listen` of Node throws. */
export async function serve(config: Config, log: Log, given?: SourceDocument): Promise<Running> {
  const seed = await readSeed(config, given)
  const core = await coreOf(config, seed, log)
  const metrics = config.metrics && (await countingOf(core, config.metrics))
  const app = buildApp({
    core,
    providers: clouds,
    keys: createKeyring(config.auth, config.keys),
    control: {
      mode: config.control,
      hosts: config.controlHosts,
      version: readVersion(),
      token: config.controlToken
    },
    log,
    metrics,
    shard: config.shard,
    cors: config.cors,
    graceMs: config.graceMs
  })
  let secure: Opened | undefined
  try {
    await app.listen({ host: config.host, port: config.port })
    secure = config.tls && (await openSecurely(app, config.tls, config, log))
  } catch (error) {
    await app.close()
    await core.close()
    throw error
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const url = urlOf(config.host, port)
  const withdraw =
    config.urlFile === undefined ? undefined : announceUrl(config.urlFile, { url, secure: secure?.tls }, log)
  let closing: Promise<void> | undefined
  const close = () => {
    withdraw?.()
    closing ??= Promise.all([secure?.close(), app.close()]).then(() => core.close())
    return closing
  }
  return { core, url, port, tls: secure?.tls, close, [Symbol.asyncDispose]: close }
}

interface Opened {
  readonly tls: Secure
  close(): Promise<void>
}

/** A second way into the same server, at the same addresses. */
async function openSecurely(
  app: ReturnType<typeof buildApp>,
  tls: TlsConfig,
  { host, data }: Config,
  log: Log
): Promise<Opened> {
  const [{ identityOf }, { createSecureDoor }] = await Promise.all([
    import('./tls/identity.ts'),
    import('./http/secure.ts')
  ])
  const { withdraw, file, ...pair } = await identityOf({ ...tls, hosts: [...tls.hosts, ...namedBy(host)], data }, log)
  const door = createSecureDoor(app.server, pair)
  const close = () => door.close().finally(withdraw)
  try {
    const port = await door.listen(
      app.addresses().flatMap((one) => (typeof one === 'string' ? [] : one.address)),
      tls.port
    )
    const url = urlOf(host, port, 'https')
    return { tls: { url, port, certificate: pair.certificate, certificateFile: file }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a certificate is to name for the address that is listened on: no wildcard is called by its name. */
function namedBy(host: string): readonly string[] {
  return host === '0.0.0.0' || host === '::' ? [] : [host.toLowerCase()]
}

async function countingOf(core: Core, { perWorld }: MetricsConfig): Promise<Metrics> {
  const { createMetrics } = await import('./metrics/metrics.ts')
  return createMetrics({
    version: readVersion(),
    perWorld,
    figures: core.figures,
    journalBytes: () => core.journals.all().reduce((sum, journal) => sum + journal.counts().bytes, 0)
  })
}

async function readSeed(config: Config, given: SourceDocument | undefined): Promise<Seed> {
  const document = given ?? (config.seed === undefined ? undefined : await readDocument(config.seed))
  // The starter seed is checked by a test, so that not every start pays for it.
  if (document === undefined) return seedOf(starterDocument, clouds)
  const { checkSeed } = await import('./seed/check.ts')
  return checkSeed(document, clouds, settingsOf(rules))
}

/** The build keeps the planted starter seed beside the program. */
function keptStarter(): Starter | undefined {
  if (!import.meta.url.endsWith('.cjs')) return undefined
  try {
    return { image: readFileSync(new URL(import.meta.url.replace(/\.cjs$/, '.starter'))), changedAt: STARTER_AT }
  } catch {
    return undefined
  }
}

/** What the build keeps. */
export function plantedStarter(): Buffer {
  const seed = seedOf(starterDocument, clouds)
  const { image, changedAt } = composeStarter({ rules, plant: (world) => plantSeed(seed, clouds, world) })
  assert(changedAt === STARTER_AT, 'the rows of the starter seed date from the instant that it is planted at')
  return image
}

async function coreOf(config: Config, seed: Seed, log: Log): Promise<Core> {
  const mode = config.clock ?? seed.clock.mode ?? 'system'
  const at = config.clockAt ?? seed.clock.at ?? (mode === 'manual' ? MANUAL_START_AT : undefined)
  try {
    return createCore({
      rules,
      plant: (world) => plantSeed(seed, clouds, world),
      starter: seed.document === starterDocument ? keptStarter() : undefined,
      clock: { mode, at },
      maxWorlds: config.maxWorlds,
      journalBytes: config.journalBytes,
      maxAdvance: config.maxAdvance,
      data: config.data,
      faultWrong: (rule) => faultWrong(rule, clouds),
      log
    })
  } catch (error) {
    if (error instanceof FolderRefused) throw new BadUsage([{ where: '--data', reason: error.message }])
    if (error instanceof BadSeed) throw await badUsageOf(seed.document, error)
    if (!(error instanceof ClockRefused)) throw error
    const [place] = config.clockAt === undefined ? await seed.document.find([['clock', 'at']]) : []
    const where = place?.where ?? '--clock-at'
    const asked = at === undefined ? 'now' : fromInstant(at)
    const { changedAt } = error.detail
    const expected = typeof changedAt === 'number' ? `expected ${fromInstant(changedAt)} or later` : undefined
    throw new BadUsage([{ where, reason: `${asked} lies before rows of the seed`, expected }])
  }
}
