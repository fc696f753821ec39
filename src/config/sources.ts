import { dirname } from 'node:path'
import type { Complaint } from '../documents/complaint.ts'
import type { SourceDocument } from '../documents/document.ts'
import { fromInstant } from '../documents/instants.ts'
import type { Path } from '../documents/walk.ts'
import { nameOf, unknownName } from '../documents/words.ts'
import { FLAGS, type Flag, variableOf } from './flags.ts'
import { type KeyEntry, readKeyEntry } from './keys.ts'
import { type Environment, isOfService } from './variables.ts'

/** What one source says about a flag, as texts, and how a complaint names the place. */
interface Given {
  readonly where: string
  readonly texts: readonly string[]
  /** The folder that paths are taken from; undefined: the one that the process runs in. */
  readonly folder?: string
}
/** One place where settings come from. */
export interface Source {
  find(flag: Flag<unknown>): Given | undefined
  readonly keys?: readonly KeyEntry[]
  readonly complaints?: readonly Complaint[]
}

/** What the command line said, by flag name in camel case. */
export function flagSource(flags: Readonly<Record<string, unknown>>): Source {
  return { find: (flag) => given(`--${flag.name}`, flags[camelCase(flag.name)]) }
}

export function environmentSource(env: Environment): Source {
  return {
    find(flag) {
      const name = variableOf(flag)
      const text = env[name]
      if (text === undefined || text === '' || isOfService(name, text)) return undefined
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

/** `key` and `bearer` stand under `keys` in a file, with room for colons; one that names a file is not read further. */
const NOT_IN_FILES: readonly Flag<unknown>[] = [FLAGS.config, FLAGS.key, FLAGS.bearer]
/** The members of a configuration file, beside `keys`. */
export const FILE_FLAGS: readonly Flag<unknown>[] = Object.values(FLAGS).filter((flag) => !NOT_IN_FILES.includes(flag))

/** A configuration file: its members are named like flags. */
export async function fileSource(document: SourceDocument): Promise<Source> {
  const { value } = document
  if (value === null || value === undefined) return { find: () => undefined }
  const where = await placesIn(document)
  if (typeof value !== 'object' || Array.isArray(value)) {
    const complaint = { where: where(), reason: 'holds no settings', expected: 'lines such as port: 7420' }
    return { find: () => undefined, complaints: [complaint] }
  }
  const { keys = [], ...members }: Readonly<Record<string, unknown>> = { ...value }
  const known = FILE_FLAGS
  const names = [...known.map((flag) => flag.name), 'keys']
  const complaints = Object.keys(members)
    .filter((name) => !names.includes(name))
    .map((name) => ({ where: where(name), ...unknownName(name, names) }))
  for (const flag of known) {
    const member = members[flag.name]
    const isList = Array.isArray(member)
    if ((isList && !flag.many) || (!isList && typeof member === 'object' && member !== null)) {
      const expected = `expected ${flag.expected}`
      complaints.push({ where: where(flag.name), reason: 'takes one plain value', expected })
    }
  }
  return {
    find(flag) {
      const found = names.includes(flag.name) ? given(where(flag.name), members[flag.name]) : undefined
      // A file names others from where it lies itself.
      return found && { ...found, folder: dirname(document.file) }
    },
    ...keysOf(keys, (index) => where('keys', ...(index === undefined ? [] : [index])), complaints)
  }
}

/** Where the members of a configuration file stand, looked up at once: it is a small one. */
async function placesIn(document: SourceDocument): Promise<(...path: Path) => string> {
  const members = typeof document.value === 'object' && document.value !== null ? Object.entries(document.value) : []
  const paths: readonly Path[] = [
    [],
    ...members.flatMap(([name, value]) => [
      [name],
      ...(Array.isArray(value) ? value.map((_, index) => [name, index]) : [])
    ])
  ]
  const places = await document.find(paths)
  const byName = new Map(paths.map((path, index) => [nameOf(path), places[index]?.where]))
  return (...path) => byName.get(nameOf(path)) ?? document.file
}

function keysOf(
  keys: unknown,
  where: (index?: number) => string,
  others: readonly Complaint[]
): { readonly keys: readonly KeyEntry[]; readonly complaints: readonly Complaint[] } {
  const expected = 'expected a list of { id, secret } or { id, secret, world } or { bearer, world }'
  if (!Array.isArray(keys)) {
    return { keys: [], complaints: [...others, { where: where(), reason: 'is no list', expected }] }
  }
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
  return { where, texts: values.map((one) => (one instanceof Date ? fromInstant(one.getTime()) : String(one))) }
}

/** `clock-at` → `clockAt`. */
function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
