import { DEFAULT_WORLD } from '../core/model/world-names.ts'
import { BadUsage, type Complaint } from '../documents/complaint.ts'
import { readDocument } from '../documents/document.ts'
import type { Credentials, Signing } from '../providers/clients.ts'
import { credentialsIn } from './credentials.ts'
import { FLAGS, type Flag } from './flags.ts'
import { metricsOf } from './metrics.ts'
import { environmentSource, fileSource, flagSource, type Source } from './sources.ts'
import { tlsOf } from './tls.ts'
import { urlOf } from './url.ts'
import { announcedCertificate, announcedUrl } from './url-file.ts'
import { type Environment, strangersIn, URL_VARIABLE, WORLD_VARIABLE } from './variables.ts'

/** All that the server can be told, checked. */
export type Config = Readonly<ReturnType<typeof configOf>>

/** Flags before variables before the file. Throws `BadUsage` with all that is wrong. */
export async function readConfig(
  flags: Readonly<Record<string, unknown>>,
  env: Environment = process.env
): Promise<Config> {
  const sources = [flagSource(flags), environmentSource(env)]
  const early = createReader(sources)
  const file = early.one(FLAGS.config)
  if (early.complaints.length > 0) throw new BadUsage(early.complaints)
  if (file !== undefined) sources.push(await fileSource(await readDocument(file)))
  return configOf(sources)
}

/** A running server, and the world of it that is meant. */
export interface Remote {
  readonly url: string
  readonly world: string
  readonly token: string | undefined
  /** The file of a certificate that is trusted there, beside those that this machine trusts. */
  readonly trusted: string | undefined
  /** The file of `--url-file` that no server has written yet: `url` is a guess then, and may lead to another server. */
  readonly unwritten: string | undefined
}

/**
 * Which running server a command drives: named by `--url`, by the command's own `--host` or `--port`, by the file that a
 * server tells it by, or where this configuration would have it listen.
 */
export async function readRemote(
  flags: Readonly<Record<string, unknown>>,
  own: { readonly url?: string; readonly world?: string },
  env: Environment = process.env
): Promise<Remote> {
  const { host, port, controlToken, urlFile } = await readConfig(flags, env)
  const isNamed = flags.host !== undefined || flags.port !== undefined
  const announced = urlFile === undefined || isNamed ? undefined : announcedUrl(urlFile)
  const told = own.url ?? env[URL_VARIABLE] ?? announced
  const url = told ?? urlOf(host, port)
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    const where = own.url === undefined ? URL_VARIABLE : '--url'
    throw new BadUsage([{ where, reason: `${url} is no URL`, expected: 'expected one such as http://127.0.0.1:7420' }])
  }
  const isSecure = urlFile !== undefined && url.startsWith('https:')
  return {
    url,
    world: own.world ?? env[WORLD_VARIABLE] ?? DEFAULT_WORLD,
    token: controlToken,
    trusted: isSecure ? announcedCertificate(urlFile, new URL(url)) : undefined,
    // A variable is often set for a whole machine or image; who types the flag means that server and no other.
    unwritten: told === undefined && !isNamed && flags.urlFile !== undefined ? urlFile : undefined
  }
}

/** What calls to a cloud itself are signed with. Throws `BadUsage` where a variable is missing. */
export function readCredentials(cloud: Signing, env: Environment = process.env): Credentials {
  return credentialsIn(cloud, env)
}

/** Variables that look like ours and are read by nothing. */
export function strangeVariables(env: Environment = process.env): readonly Complaint[] {
  return strangersIn(env)
}

/** The first source that says something about a flag is heard, for lists too. */
export function configOf(sources: readonly Source[]) {
  const { one, all, placeOf, complaints } = createReader(sources)
  const config = {
    host: one(FLAGS.host),
    port: one(FLAGS.port),
    seed: one(FLAGS.seed),
    data: one(FLAGS.data),
    clock: one(FLAGS.clock),
    clockAt: one(FLAGS.clockAt),
    auth: one(FLAGS.auth),
    keys: [...sources.flatMap((source) => source.keys ?? []), ...all(FLAGS.key), ...all(FLAGS.bearer)],
    control: one(FLAGS.control),
    controlHosts: all(FLAGS.controlHost),
    /** Origins in lower case, or `*`. */
    cors: all(FLAGS.cors),
    controlToken: one(FLAGS.controlToken),
    shard: one(FLAGS.shard),
    maxWorlds: one(FLAGS.maxWorlds),
    journalBytes: one(FLAGS.journalBytes),
    maxAdvance: one(FLAGS.maxAdvance),
    graceMs: one(FLAGS.grace),
    urlFile: one(FLAGS.urlFile),
    logLevel: one(FLAGS.logLevel),
    logFormat: one(FLAGS.logFormat),
    isQuiet: one(FLAGS.quiet) ?? false,
    tls: tlsOf({ one, all, placeOf, complaints }),
    metrics: metricsOf({ one, all, placeOf, complaints })
  }
  if (complaints.length > 0) throw new BadUsage(complaints)
  return config
}

export type Reader = ReturnType<typeof createReader>

/** Reads flags from where they are given first; what is wrong is noted. */
function createReader(sources: readonly Source[]) {
  const complaints: Complaint[] = sources.flatMap((source) => source.complaints ?? [])
  function all<T>(flag: Flag<T>): readonly T[] {
    const given = sources.map((source) => source.find(flag)).find((found) => found !== undefined)
    return (given?.texts ?? []).flatMap((text) => {
      const value = flag.read(text, given?.folder)
      if (value !== undefined) return [value]
      const reason = flag.secret ? 'cannot be read' : `${JSON.stringify(text)} cannot be read`
      complaints.push({ where: given?.where ?? '', reason, expected: `expected ${flag.expected}` })
      return []
    })
  }
  function one<T>(flag: Flag<T> & { readonly preset: string }): T
  function one<T>(flag: Flag<T>): T | undefined
  function one<T>(flag: Flag<T>): T | undefined {
    return all(flag).at(-1) ?? (flag.preset === undefined ? undefined : flag.read(flag.preset))
  }
  /** Where a flag is given, as a complaint names it. */
  function placeOf(flag: Flag<unknown>): string | undefined {
    return sources.map((source) => source.find(flag)).find((found) => found !== undefined)?.where
  }
  return { all, one, placeOf, complaints }
}
