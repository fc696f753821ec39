import { dirname, resolve } from 'node:path'
import type { Remote } from '../cli/remote.ts'
import { BadUsage, type Complaint, unknownName } from '../documents/complaint.ts'
import { readDocument, type SourceDocument } from '../documents/document.ts'
import type { AuthMode } from '../providers/provider.ts'
import { FLAGS, type Flag, type LogLevel, variableOf } from './flags.ts'
import { type KeyEntry, readKeyEntry } from './keys.ts'
import { urlOf } from './url.ts'

/** All that the server can be told, checked. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Path of the seed file; undefined: the built-in starter seed. */
  readonly seed: string | undefined
  /** The folder with a file per world; undefined: all worlds are in memory. */
  readonly data: string | undefined
  /** undefined: as the seed says, else `system`. */
  readonly clock: 'system' | 'manual' | undefined
  /** Epoch milliseconds. */
  readonly clockAt: number | undefined
  readonly auth: AuthMode
  readonly keys: readonly KeyEntry[]
  readonly control: 'on' | 'off'
  readonly controlHosts: readonly string[]
  readonly controlToken: string | undefined
  /** Origins in lower case, or `*`. */
  readonly cors: readonly string[]
  readonly maxWorlds: number
  readonly journalBytes: number
  readonly maxAdvance: number
  readonly graceMs: number
  readonly logLevel: LogLevel
}

/** What one source says about a flag, as texts, and how a complaint names the place. */
interface Given {
  readonly where: string
  readonly texts: readonly string[]
}
/** One place where settings come from. */
export interface Source {
  find(flag: Flag<unknown>): Given | undefined
  readonly keys?: readonly KeyEntry[]
  readonly complaints?: readonly Complaint[]
}

/** Flags before variables before the file. Throws `BadUsage` with all that is wrong. */
export async function readConfig(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>> = process.env
): Promise<Config> {
  const sources = [flagSource(flags), environmentSource(env)]
  const file = sources.map((source) => source.find(FLAGS.config)?.texts.at(-1)).find((path) => path !== undefined)
  if (file !== undefined) sources.push(fileSource(await readDocument(file)))
  return configOf(sources)
}

/** Which running server a command drives: named by `--url`, or where this configuration would have it listen. */
export async function readRemote(
  flags: Readonly<Record<string, unknown>>,
  own: { readonly url?: string; readonly world?: string },
  env: Readonly<Record<string, string | undefined>> = process.env
): Promise<Remote> {
  const { host, port, controlToken } = await readConfig(flags, env)
  const url = own.url ?? env.SNAPSTAND_URL ?? urlOf(host, port)
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    const where = own.url === undefined ? 'SNAPSTAND_URL' : '--url'
    throw new BadUsage([{ where, reason: `${url} is no URL`, expected: 'expected one such as http://127.0.0.1:7420' }])
  }
  return { url, world: own.world ?? env.SNAPSTAND_WORLD ?? 'default', token: controlToken }
}

/** The first source that says something about a flag is heard, for lists too. */
export function configOf(sources: readonly Source[]): Config {
  const complaints: Complaint[] = sources.flatMap((source) => source.complaints ?? [])
  const texts = <T>(flag: Flag<T>): readonly T[] => {
    const given = sources.map((source) => source.find(flag)).find((found) => found !== undefined)
    return (given?.texts ?? []).flatMap((text) => {
      const value = flag.read(text)
      if (value !== undefined) return [value]
      const reason = flag.secret ? 'cannot be read' : `${JSON.stringify(text)} cannot be read`
      complaints.push({ where: given?.where ?? '', reason, expected: `expected ${flag.expected}` })
      return []
    })
  }
  const one = <T>(flag: Flag<T>): T | undefined => texts(flag).at(-1)
  const keys = [...texts(FLAGS.key), ...texts(FLAGS.bearer)]
  const config: Config = {
    host: one(FLAGS.host) ?? '127.0.0.1',
    port: one(FLAGS.port) ?? 7420,
    seed: one(FLAGS.seed),
    data: one(FLAGS.data),
    clock: one(FLAGS.clock),
    clockAt: one(FLAGS.clockAt),
    auth: one(FLAGS.auth) ?? 'verify',
    keys: [...sources.flatMap((source) => source.keys ?? []), ...keys],
    control: one(FLAGS.control) ?? 'on',
    controlHosts: texts(FLAGS.controlHost),
    controlToken: one(FLAGS.controlToken),
    cors: texts(FLAGS.cors),
    maxWorlds: one(FLAGS.maxWorlds) ?? 10_000,
    journalBytes: one(FLAGS.journalBytes) ?? 64 * 1024 ** 2,
    maxAdvance: one(FLAGS.maxAdvance) ?? 1_000_000,
    graceMs: one(FLAGS.grace) ?? 5000,
    logLevel: one(FLAGS.logLevel) ?? 'info'
  }
  if (complaints.length > 0) throw new BadUsage(complaints)
  return config
}

/** What the command line said, by flag name in camel case. */
function flagSource(flags: Readonly<Record<string, unknown>>): Source {
  return { find: (flag) => given(`--${flag.name}`, flags[camelCase(flag.name)]) }
}

function environmentSource(env: Readonly<Record<string, string | undefined>>): Source {
  return {
    find(flag) {
      const name = variableOf(flag)
      const text = env[name]
      // Kubernetes sets SNAPSTAND_PORT=tcp://… in every pod beside a service of that name: it is not meant for us.
      if (text === undefined || text === '' || (flag === FLAGS.port && text.startsWith('tcp://'))) return undefined
      return { where: name, texts: flag.many ? text.split(/\s+/).filter((part) => part !== '') : [text] }
    }
  }
}

/** What a program hands over, by flag name in camel case; its keys are entries already. */
export function optionSource(options: Readonly<Record<string, unknown>>): Source {
  const { keys = [], ...others } = options
  const known = Object.values(FLAGS).map((flag) => camelCase(flag.name))
  const complaints = Object.keys(others)
    .filter((name) => !known.includes(name))
    .map((name) => ({ where: `options.${name}`, ...unknownName(name, [...known, 'keys']) }))
  return {
    find: (flag) => given(`options.${camelCase(flag.name)}`, others[camelCase(flag.name)]),
    ...keysOf(keys, (index) => `options.keys${index === undefined ? '' : `[${index}]`}`, complaints)
  }
}

function fileSource(document: SourceDocument): Source {
  const { value } = document
  if (value === null || value === undefined) return { find: () => undefined }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const reason = 'holds no settings'
    return {
      find: () => undefined,
      complaints: [{ where: document.where([]), reason, expected: 'lines such as port: 7420' }]
    }
  }
  const { keys = [], ...members }: Readonly<Record<string, unknown>> = { ...value }
  // `key` and `bearer` stand under `keys` here, with room for colons; a file that names a file is not read further.
  const hidden: readonly Flag<unknown>[] = [FLAGS.config, FLAGS.key, FLAGS.bearer]
  const known = Object.values(FLAGS).filter((flag) => !hidden.includes(flag))
  const names = [...known.map((flag) => flag.name), 'keys']
  const complaints = Object.keys(members)
    .filter((name) => !names.includes(name))
    .map((name) => ({ where: document.where([name]), ...unknownName(name, names) }))
  for (const flag of known) {
    const member = members[flag.name]
    const isList = Array.isArray(member)
    if ((isList && !flag.many) || (!isList && typeof member === 'object' && member !== null)) {
      const expected = `expected ${flag.expected}`
      complaints.push({ where: document.where([flag.name]), reason: 'takes one plain value', expected })
    }
  }
  return {
    find(flag) {
      if (!names.includes(flag.name)) return undefined
      const found = given(document.where([flag.name]), members[flag.name])
      // A file names its seed from where it lies itself.
      const isPath = flag === FLAGS.seed || flag === FLAGS.data
      if (!isPath || found === undefined) return found
      return { ...found, texts: found.texts.map((path) => resolve(dirname(document.file), path)) }
    },
    ...keysOf(keys, (index) => document.where(index === undefined ? ['keys'] : ['keys', index]), complaints)
  }
}

function keysOf(
  keys: unknown,
  where: (index?: number) => string,
  others: readonly Complaint[]
): { readonly keys: readonly KeyEntry[]; readonly complaints: readonly Complaint[] } {
  const expected = 'expected a list of { id, secret } or { id, secret, world } or { bearer, world }'
  if (!Array.isArray(keys))
    return { keys: [], complaints: [...others, { where: where(), reason: 'is no list', expected }] }
  const complaints = [...others]
  const entries = keys.flatMap((key: unknown, index) => {
    const entry = readKeyEntry(key)
    if (entry === undefined) complaints.push({ where: where(index), reason: 'is no key', expected })
    return entry === undefined ? [] : [entry]
  })
  return { keys: entries, complaints }
}

function given(where: string, value: unknown): Given | undefined {
  if (value === undefined || value === null) return undefined
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return { where, texts: values.map((one) => (one instanceof Date ? one.toISOString() : String(one))) }
}

/** `clock-at` → `clockAt`. */
export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
