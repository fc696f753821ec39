import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Errors, type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import { unknownName } from './complaint.ts'
import type { Path } from './document.ts'
import { expectedOf } from './expected.ts'
import { type PathFault, pathOf } from './path.ts'

/** Every place where a value is not what its schema wants, each once. */
export function faultsOf(schema: TSchema, value: unknown, at: Path = []): readonly PathFault[] {
  const faults = new Map<string, PathFault>()
  for (const error of Errors(schema, value)) {
    for (const inner of innermost(error)) {
      // The first error of a place is the decisive one: a missing member also has the wrong type.
      if (!faults.has(inner.path)) faults.set(inner.path, faultOf(inner, at, value))
    }
  }
  return [...faults.values()]
}

/** Where one form of a union was plainly meant, because it alone takes an object or a list, its own errors say more. */
function innermost(error: ValueError): readonly ValueError[] {
  if (error.type !== ValueErrorType.Union || !KindGuard.IsUnion(error.schema)) return [error]
  const parts: readonly TSchema[] = error.schema.anyOf
  const shaped = parts.flatMap((part, index) => (fits(part, error.value) ? [index] : []))
  const [only] = shaped
  const errors = only === undefined || shaped.length > 1 ? undefined : error.errors[only]
  return errors === undefined ? [error] : [...errors].flatMap(innermost)
}

function fits(schema: TSchema, value: unknown): boolean {
  if (Array.isArray(value)) return KindGuard.IsArray(schema) || KindGuard.IsTuple(schema)
  return typeof value === 'object' && value !== null && KindGuard.IsObject(schema)
}

function faultOf(error: ValueError, at: Path, root: unknown): PathFault {
  const path = [...at, ...pathOf(error.path, root)]
  if (error.type === ValueErrorType.ObjectRequiredProperty) {
    return { path, reason: 'is missing', expected: `expected ${expectedOf(error.schema)}` }
  }
  if (error.type === ValueErrorType.ObjectAdditionalProperties) {
    const names = KindGuard.IsObject(error.schema) ? Object.keys(error.schema.properties) : []
    return { path, ...unknownName(String(path.at(-1)), names) }
  }
  if (error.type === ValueErrorType.ArrayUniqueItems) return { path, reason: 'names something twice' }
  const expected = `expected ${expectedOf(error.schema)}${isLongNumber(error.value) ? '; in quotes, or its last digits are lost' : ''}`
  return { path, reason: `is ${shown(error.value)}`, expected }
}

function isLongNumber(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
