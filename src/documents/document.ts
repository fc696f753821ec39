import { BadUsage } from './complaint.ts'
import { NO_TEXT, textOf } from './decode.ts'
import { readJson } from './json.ts'
import type { Reading } from './reading.ts'
import { inSlices } from './slices.ts'
import type { Path } from './walk.ts'
import { nameOf } from './words.ts'
import { readYaml } from './yaml-text.ts'

/** A YAML or JSON document as plain data, which still knows where each of its members stood. */
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  /** Where members begin, or their nearest holders where they are missing: one look for all of them. */
  find(paths: readonly Path[]): Promise<readonly Place[]>
}

export interface Place {
  /** `file:line:column path`. */
  readonly where: string
  readonly offset: number
}

/** Reads a file; throws `BadUsage` where it cannot be read or is no document. */
export async function readDocument(file: string): Promise<SourceDocument> {
  return parseDocument(file, await readText(file))
}

/** The text of a file. */
export async function readText(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    throw new BadUsage([{ where: file, reason: `cannot be read: ${error instanceof Error ? error.message : error}` }])
  }
  const text = await inSlices(textOf(bytes))
  if (text === undefined) throw new BadUsage([{ where: file, ...NO_TEXT }])
  return text
}

/** What begins like JSON and is not is taken for YAML up to this size, for the sake of `{ port: 1 }`. */
const FLOW_MAX = 64 * 1024

/** Takes a text for JSON, or else for YAML. */
export async function parseDocument(file: string, text: string): Promise<SourceDocument> {
  const looksLikeJson = /^\s{0,1000}[{[]/.test(text)
  const asJson = looksLikeJson ? await inSlices(readJson(text)) : undefined
  if (asJson && asJson.troubles.length > 0 && text.length <= FLOW_MAX && asJson.value === undefined) {
    const asYaml = await readYaml(text)
    if (asYaml.troubles.length === 0) return documentOf(file, text, asYaml, (paths) => readYaml(text, paths))
  }
  if (asJson) return documentOf(file, text, asJson, (paths) => inSlices(readJson(text, paths)))
  return documentOf(file, text, await readYaml(text), (paths) => readYaml(text, paths))
}

async function documentOf(
  file: string,
  text: string,
  { value, troubles, more }: Reading,
  read: (paths: readonly Path[]) => Promise<Reading>
): Promise<SourceDocument> {
  if (troubles.length > 0) {
    const places = await inSlices(placesOf(file, text, troubles))
    throw new BadUsage(
      troubles.map(({ reason }, index) => ({ where: places[index]?.where ?? file, reason })),
      more
    )
  }
  return {
    file,
    value,
    async find(paths) {
      const { offsets } = await read(paths)
      const wanted = paths.map((path, index) => ({ path, offset: offsets[index] ?? 0 }))
      return inSlices(placesOf(file, text, wanted))
    }
  }
}

/** A document that lies in memory, given to the library: it has names but no lines. */
export function plainDocument(name: string, value: unknown): SourceDocument {
  return {
    file: name,
    value,
    find: async (paths) => paths.map((path) => ({ where: `${name} ${nameOf(path)}`.trimEnd(), offset: 0 }))
  }
}

const LINES_OF_A_STEP = 100_000

/** Lines and columns of some offsets, counted in one go. */
function* placesOf(
  file: string,
  text: string,
  offsets: readonly { readonly offset: number; readonly path?: Path }[]
): Generator<undefined, readonly Place[]> {
  const places = new Map<number, string>()
  let line = 1
  let start = 0
  let end = text.indexOf('\n')
  for (const offset of [...new Set(offsets.map((each) => each.offset))].sort((one, other) => one - other)) {
    for (; end !== -1 && end < offset; end = text.indexOf('\n', start)) {
      start = end + 1
      if (++line % LINES_OF_A_STEP === 0) yield undefined
    }
    places.set(offset, `${file}:${line}:${offset - start + 1}`)
  }
  return offsets.map(({ offset, path = [] }) => ({
    offset,
    where: `${places.get(offset) ?? file} ${nameOf(path)}`.trimEnd()
  }))
}
