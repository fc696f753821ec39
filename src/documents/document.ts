import type { Document, LineCounter } from 'yaml'
import { BadUsage } from './complaint.ts'

type Yaml = typeof import('./yaml-reader.ts')

export type Path = readonly (string | number)[]

/** A YAML or JSON document as plain data, which still knows where each of its members stood. */
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  /** `file:line:column path` of a member, or of its nearest holder where it is missing. */
  where(path: Path): string
  /** For putting complaints in the order of the file. */
  offsetOf(path: Path): number
}

/** Reads a file; throws `BadUsage` where it cannot be read or is no YAML. */
export async function readDocument(file: string): Promise<SourceDocument> {
  const { readFile } = await import('node:fs/promises')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new BadUsage([{ where: file, reason: `cannot be read: ${error instanceof Error ? error.message : error}` }])
  }
  return parseDocument(file, text)
}

/** JSON is read as the subset of YAML that it is, so one reader knows the positions of both. */
export async function parseDocument(file: string, text: string): Promise<SourceDocument> {
  // Loaded only where a file is given: reading YAML is a third of the time that the whole start takes.
  const yaml = await import('./yaml-reader.ts')
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const complaints = document.errors.map((error) => ({
    where: `${file}:${placeOf(lines, error.pos[0])}`,
    reason: `not well-formed: ${error.message}`
  }))
  if (complaints.length > 0) throw new BadUsage(complaints)
  return {
    file,
    value: plainValueOf(file, document),
    where: (path) => `${file}:${placeOf(lines, offsetIn(yaml, document, path))} ${nameOf(path)}`.trimEnd(),
    offsetOf: (path) => offsetIn(yaml, document, path)
  }
}

/** A document that lies in memory, given to the library: it has names but no lines. */
export function plainDocument(name: string, value: unknown): SourceDocument {
  return { file: name, value, where: (path) => `${name} ${nameOf(path)}`.trimEnd(), offsetOf: () => 0 }
}

function plainValueOf(file: string, document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    // An alias without its anchor, or a few lines that aliases would blow up into gigabytes.
    throw new BadUsage([{ where: file, reason: error instanceof Error ? error.message : String(error) }])
  }
}

function placeOf(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${Math.max(line, 1)}:${Math.max(col, 1)}`
}

/** Where a member begins: its key if it has one, since an unknown or misplaced name is most of what goes wrong. */
function offsetIn(yaml: Yaml, document: Document, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const above = path.slice(0, depth - 1)
    const holder: unknown = above.length === 0 ? document.contents : document.getIn(above, true)
    const member = memberOf(yaml, holder, path[depth - 1])
    if (yaml.isNode(member) && member.range) return member.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}

function memberOf(yaml: Yaml, holder: unknown, key: string | number | undefined): unknown {
  if (yaml.isSeq(holder)) return typeof key === 'number' ? holder.items[key] : undefined
  if (!yaml.isMap(holder)) return undefined
  return holder.items.find((pair) => yaml.isScalar(pair.key) && String(pair.key.value) === String(key))?.key
}

/** `zenlayer.disks[0].size`, as one would write it in a program. */
export function nameOf(path: Path): string {
  return path
    .map((part) =>
      typeof part === 'number' ? `[${part}]` : /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`
    )
    .join('')
    .replace(/^\./, '')
}
