import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { TableDump } from '../core/model/detached.ts'
import type { SettingTable } from '../core/model/rules.ts'
import { parseDocument, plainDocument } from '../documents/document.ts'
import { checkSeed } from './check.ts'
import { digestOf, INTERNAL_FORMAT } from './export.ts'
import type { Seed, Seedable } from './seed.ts'

const Internal = Type.Object({
  format: Type.Literal(INTERNAL_FORMAT),
  digest: Type.String(),
  tables: Type.Array(
    Type.Object({
      name: Type.String(),
      columns: Type.Array(Type.String()),
      rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()])))
    })
  )
})

/** What a document asks for: the very world that was exported, or one that its seed plants. */
export type State = { readonly tables: readonly TableDump[] } | { readonly seed: Seed }

/** Larger documents are read as JSON only: finding lines in them takes longer than anyone waits. */
const LARGEST_YAML = 16 * 1024 * 1024

/** Takes an export or a seed, as JSON or YAML. Throws `BadUsage` with every fault. */
export async function stateOf(
  name: string,
  text: string,
  providers: readonly Seedable[],
  settings: SettingTable
): Promise<State> {
  const json = jsonOf(text)
  const document = json === undefined ? await parseDocument(name, text) : plainDocument(name, json)
  const { rest, internal } = partsOf(document.value)
  if (internal !== undefined && internal.digest === digestOf(rest)) return { tables: internal.tables }
  const withLines = json === undefined || text.length > LARGEST_YAML ? document : await parseDocument(name, text)
  // An export that was edited is a seed; what `internal` says of the rows no longer holds.
  return { seed: checkSeed(withLines, providers, settings) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function partsOf(value: unknown): { rest: object; internal: Static<typeof Internal> | undefined } {
  if (typeof value !== 'object' || value === null || !('internal' in value)) {
    return { rest: typeof value === 'object' && value !== null ? value : {}, internal: undefined }
  }
  const { internal, ...rest } = value
  return { rest, internal: Value.Check(Internal, internal) ? internal : undefined }
}
