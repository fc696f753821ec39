import { createHash } from 'node:crypto'
import type { Detached } from '../core/model/detached.ts'
import { fromInstant } from '../documents/instants.ts'
import type { Seedable } from './seed.ts'

/** The format of the `internal` section. */
export const INTERNAL_FORMAT = 1
/** Text is handed on in pieces of about this many characters. */
const PIECE = 64 * 1024

/**
 * A world as a document: the seed that plants it, and, in `internal`, every row as it is. The digest says that the seed
 * was not changed since: then `internal` brings back the very same world, else the seed is planted. Another one says that
 * the rows were not, whose details nobody else could judge.
 */
export async function* exportOf(
  detached: Detached,
  providers: readonly Seedable[],
  form: 'json' | 'yaml'
): AsyncGenerator<string, void> {
  const hash = createHash('sha256')
  let piece = ''
  const { open, list, close } = form === 'json' ? JSON_FORM : YAML_FORM
  for (const part of publicParts(detached, providers)) {
    hash.update(part.digested)
    piece += form === 'json' ? part.digested : part.yaml
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
    // Whoever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  piece += open(hash.digest('hex'))
  const rowsHash = createHash('sha256')
  for (const [index, table] of detached.tables().entries()) {
    piece += list.open(table.name, table.columns, index)
    if (isDigested(table)) rowsHash.update(headOf(table))
    let row = 0
    for (const values of table.rows) {
      const text = JSON.stringify(values)
      if (isDigested(table)) rowsHash.update(text)
      piece += list.row(text, row++)
      if (piece.length < PIECE) continue
      yield piece
      piece = ''
      await new Promise((resolve) => setImmediate(resolve))
    }
    piece += list.close(row)
  }
  yield piece + close(rowsHash.digest('hex'))
}

/** The digest of the rows of `internal`, as `exportOf` made it. */
export function* rowsDigestOf(tables: readonly (TableHead & { readonly rows: readonly unknown[] })[]) {
  const hash = createHash('sha256')
  for (const table of tables.filter(isDigested)) {
    hash.update(headOf(table))
    for (const row of table.rows) {
      hash.update(JSON.stringify(row))
      yield undefined
    }
  }
  return hash.digest('hex')
}

interface TableHead {
  readonly name: string
  readonly columns: readonly string[]
}

/** The world's own row is judged column by column, and has its name, which another world may take over. */
function isDigested({ name }: TableHead): boolean {
  return name !== 'world'
}

function headOf({ name, columns }: TableHead): string {
  return JSON.stringify([name, columns])
}

/** The digest of a document's public part, as `exportOf` made it. */
export function* digestOf(publicPart: object): Generator<undefined, string> {
  const hash = createHash('sha256')
  for (const text of compact(publicPart, 0)) {
    hash.update(text)
    yield undefined
  }
  return hash.digest('hex')
}

/** Depth of a list's items: a section, a list, an item. */
const ITEMS = 2

/** A document as `JSON.stringify` has it, in pieces, without its last brace: `internal` comes after it. */
function* compact(value: unknown, depth: number): Generator<string, void> {
  if (depth > ITEMS || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value)
    return
  }
  const isList = Array.isArray(value)
  let between = isList ? '[' : '{'
  for (const [name, member] of Object.entries(value)) {
    yield isList ? between : `${between}${JSON.stringify(name)}:`
    yield* compact(member, depth + 1)
    between = ','
  }
  const isEmpty = between !== ','
  if (isEmpty) yield between
  if (depth > 0) yield isList ? ']' : '}'
}

const JSON_FORM = {
  open: (digest: string) => `,"internal":{"format":${INTERNAL_FORMAT},"digest":"${digest}","tables":[`,
  list: {
    open: (name: string, columns: readonly string[], index: number) =>
      `${index === 0 ? '' : ','}\n{"name":"${name}","columns":${JSON.stringify(columns)},"rows":[`,
    row: (values: string, row: number) => `${row === 0 ? '' : ','}\n${values}`,
    close: (_rows: number) => ']}'
  },
  close: (digest: string) => `],"rowsDigest":"${digest}"}}\n`
}
const YAML_FORM: typeof JSON_FORM = {
  open: (digest) => `internal:\n  format: ${INTERNAL_FORMAT}\n  digest: "${digest}"\n  tables:\n`,
  list: {
    open: (name, columns) => `    - name: ${name}\n      columns: ${JSON.stringify(columns)}\n      rows:`,
    row: (values, row) => `${row === 0 ? '\n' : ''}        - ${values}\n`,
    close: (rows) => (rows === 0 ? ' []\n' : '')
  },
  close: (digest) => `  rowsDigest: "${digest}"\n`
}

interface Part {
  /** As compact JSON: this is what the digest is over. */
  readonly digested: string
  readonly yaml: string
}

function* publicParts(detached: Detached, providers: readonly Seedable[]): Generator<Part, void> {
  let first = true
  for (const { name, seed } of providers) {
    const section = seed.harvest(detached.cloud(name))
    yield { digested: `${first ? '{' : ','}${JSON.stringify(name)}:`, yaml: `${name}:` }
    first = false
    yield* sectionParts(section)
  }
  const clock = { mode: detached.mode, at: fromInstant(detached.now) }
  yield* memberPart('settings', detached.settings)
  yield* memberPart('clock', clock)
  if (detached.faults.length > 0) yield* memberPart('faults', detached.faults)
}

function* memberPart(name: string, value: object): Generator<Part, void> {
  const text = JSON.stringify(value)
  yield { digested: `,"${name}":${text}`, yaml: `${name}: ${text}\n` }
}

/** A section's lists, item by item: they may be long, and need not lie in memory. */
function* sectionParts(section: Readonly<Record<string, Iterable<unknown>>>): Generator<Part, void> {
  let first = true
  yield { digested: '{', yaml: Object.keys(section).length === 0 ? ' {}\n' : '\n' }
  for (const [name, items] of Object.entries(section)) {
    yield { digested: `${first ? '' : ','}${JSON.stringify(name)}:[`, yaml: `  ${name}:` }
    first = false
    let count = 0
    for (const item of items) {
      const text = JSON.stringify(item)
      yield { digested: count === 0 ? text : `,${text}`, yaml: `${count === 0 ? '\n' : ''}    - ${text}\n` }
      count++
    }
    yield { digested: ']', yaml: count === 0 ? ' []\n' : '' }
  }
  yield { digested: '}', yaml: '' }
}
