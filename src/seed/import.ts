import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { StateRefused, type TableDump } from '../core/model/detached.ts'
import type { SettingTable } from '../core/model/rules.ts'
import { parseDocument } from '../documents/document.ts'
import { inSlices } from '../documents/slices.ts'
import { checkSeed } from './check.ts'
import { digestOf, INTERNAL_FORMAT, rowsDigestOf } from './export.ts'
import type { Seed, Seedable } from './seed.ts'

const Internal = Type.Object({
  format: Type.Literal(INTERNAL_FORMAT),
  digest: Type.String(),
  /** Exports of before have none. */
  rowsDigest: Type.Optional(Type.String()),
  tables: Type.Array(
    Type.Object({ name: Type.String(), columns: Type.Array(Type.String()), rows: Type.Array(Type.Unknown()) })
  )
})

/** What a document asks for: the very world that was exported, or one that its seed plants. */
export type State = { readonly tables: readonly TableDump[] } | { readonly seed: Seed }

/** Takes an export or a seed, as JSON or YAML. Throws `BadUsage` with what is wrong, `StateRefused` where its rows were edited. */
export async function stateOf(
  name: string,
  text: string,
  providers: readonly Seedable[],
  settings: SettingTable
): Promise<State> {
  const document = await parseDocument(name, text)
  const tables = await inSlices(exactTables(document.value))
  // An export that was edited is a seed; what `internal` says of the rows no longer holds.
  return tables ? { tables } : { seed: await checkSeed(document, providers, settings) }
}

/** The rows of an export that nobody has changed since. */
function* exactTables(value: unknown): Generator<undefined, readonly TableDump[] | undefined> {
  if (typeof value !== 'object' || value === null || !('internal' in value)) return undefined
  const { internal, ...rest } = value
  if (!Value.Check(Internal, internal)) return undefined
  if (internal.digest !== (yield* digestOf(rest))) return undefined
  const { rowsDigest } = internal
  if (rowsDigest !== undefined && rowsDigest !== (yield* rowsDigestOf(internal.tables))) {
    throw new StateRefused('its rows are not those that were exported')
  }
  const tables: TableDump[] = []
  for (const { name, columns, rows } of internal.tables) {
    const dumped: Row[] = []
    for (const row of rows) {
      if (!isRow(row)) return undefined
      if (dumped.push(row) % ROWS_OF_A_STEP === 0) yield undefined
    }
    tables.push({ name, columns, rows: dumped })
  }
  return tables
}

const ROWS_OF_A_STEP = 1000
type Row = readonly (string | number | null)[]

function isRow(value: unknown): value is Row {
  return Array.isArray(value) && value.every((cell) => cell === null || ['string', 'number'].includes(typeof cell))
}
