import type { TSchema } from '@sinclair/typebox'
import { type Kind, walk } from './walk.ts'
import { expectedOf } from './words.ts'

/** One thing that is wrong with an input: where, what kind of wrong it is, and what would be right. */
export interface Wrong {
  readonly in: 'params' | 'query' | 'body'
  /** Member names and indexes: `['timePoints', '0']`. */
  readonly path: readonly string[]
  readonly kind: Kind
  /** `refusal` of the innermost schema on the path that names one. */
  readonly refusal: string | undefined
  /** What the schema wants, in words. */
  readonly expected: string
  /** What is there instead. */
  readonly value?: unknown
}

/** A list of a million wrong values needs no million wrongs, but a cloud that ranks kinds needs some of each. */
const MAX_OF_A_KIND = 100
const MAX_ITEMS = 1000

/** What is wrong with an input, in the order in which the schema declares its members. */
export function wrongsOf(part: Wrong['in'], schema: TSchema, value: unknown): readonly Wrong[] {
  const wrongs: Wrong[] = []
  const counts = new Map<Kind, number>()
  for (const finding of walk(schema, value, MAX_ITEMS)) {
    // A cloud ignores members that it does not know.
    if (finding === undefined || finding.kind === 'unknown') continue
    const { kind, refusal } = finding
    const count = counts.get(kind) ?? 0
    if (count >= MAX_OF_A_KIND) continue
    counts.set(kind, count + 1)
    const expected = expectedOf(finding.schema)
    wrongs.push({ in: part, path: finding.path.map(String), kind, refusal, expected, value: finding.value })
  }
  return wrongs
}
