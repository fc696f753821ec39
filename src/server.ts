import { readFileSync } from 'node:fs'
import { BadUsage } from './complaint.ts'
import type { Config } from './config.ts'
import { assert } from './core/assert.ts'
import { MANUAL_START_AT, STARTER_AT } from './core/clock.ts'
import type { Core, Starter } from './core/core.ts'
import { composeStarter, createCore, settingsOf } from './core/create-core.ts'
import { FolderRefused } from './core/folder.ts'
import { ClockRefused } from './core/world.ts'
import { readDocument, type SourceDocument } from './document.ts'
import { buildApp } from './http/app.ts'
import { createKeyring } from './keys.ts'
import type { Log } from './log.ts'
import type { Snapstand } from './options.ts'
import { baidu } from './providers/baidu/index.ts'
import type { Provider } from './providers/provider.ts'
import { zenlayer } from './providers/zenlayer/index.ts'
import { plantSeed, type Seed, seedOf } from './seed/seed.ts'
import { starterDocument } from './seed/starter.ts'
import { urlOf } from './url.ts'
import { readVersion } from './version.ts'

/** A third cloud is one more word here. */
export const providers: readonly Provider[] = [zenlayer, baidu]
const rules = Object.fromEntries(providers.map((provider) => [provider.name, provider.rules]))

/** A server with what only this package's own programs look into. */
export interface Running extends Snapstand {
  readonly core: Core
}

/** config → core → app → listen. Throws `BadUsage`, or what `listen` of Node throws. */
export async function serve(config: Config, log: Log, given?: SourceDocument): Promise<Running> {
  const seed = await readSeed(config, given)
  const core = coreOf(config, seed, log)
  const app = buildApp({
    core,
    providers,
    keys: createKeyring(config.auth, config.keys),
    control: {
      mode: config.control,
      hosts: config.controlHosts,
      version: readVersion(),
      ...(config.controlToken !== undefined && { token: config.controlToken })
    },
    log
  })
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await app.close()
    await core.close()
    throw error
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= app.close().then(() => core.close())
    return closing
  }
  return { core, url: urlOf(config.host, port), port, close, [Symbol.asyncDispose]: close }
}

async function readSeed(config: Config, given: SourceDocument | undefined): Promise<Seed> {
  const document = given ?? (config.seed === undefined ? undefined : await readDocument(config.seed))
  // The starter seed is checked by a test, so that not every start pays for it.
  if (document === undefined) return seedOf(starterDocument, providers)
  const { checkSeed } = await import('./seed/check.ts')
  return checkSeed(document, providers, settingsOf(rules))
}

/** The build keeps the planted starter seed beside the program. */
function keptStarter(): { readonly starter?: Starter } {
  if (!import.meta.url.endsWith('.cjs')) return {}
  try {
    return {
      starter: { image: readFileSync(new URL(import.meta.url.replace(/\.cjs$/, '.starter'))), changedAt: STARTER_AT }
    }
  } catch {
    return {}
  }
}

/** What the build keeps. */
export function plantedStarter(): Buffer {
  const seed = seedOf(starterDocument, providers)
  const { image, changedAt } = composeStarter({ rules, plant: (world) => plantSeed(seed, providers, world) })
  assert(changedAt === STARTER_AT, 'the rows of the starter seed date from the instant that it is planted at')
  return image
}

function coreOf(config: Config, seed: Seed, log: Log): Core {
  const mode = config.clock ?? seed.clock.mode ?? 'system'
  const at = config.clockAt ?? seed.clock.at ?? (mode === 'manual' ? MANUAL_START_AT : undefined)
  try {
    return createCore({
      rules,
      plant: (world) => plantSeed(seed, providers, world),
      ...(seed.document === starterDocument && keptStarter()),
      clock: at === undefined ? { mode } : { mode, at },
      maxWorlds: config.maxWorlds,
      journalBytes: config.journalBytes,
      maxAdvance: config.maxAdvance,
      ...(config.data !== undefined && { data: config.data }),
      log
    })
  } catch (error) {
    if (error instanceof FolderRefused) throw new BadUsage([{ where: '--data', reason: error.message }])
    if (!(error instanceof ClockRefused)) throw error
    const where = config.clockAt === undefined ? seed.document.where(['clock', 'at']) : '--clock-at'
    const asked = at === undefined ? 'now' : new Date(at).toISOString()
    const { changedAt } = error.detail
    const expected =
      typeof changedAt === 'number' ? `expected ${new Date(changedAt).toISOString()} or later` : undefined
    throw new BadUsage([{ where, reason: `${asked} lies before rows of the seed`, ...(expected && { expected }) }])
  }
}
