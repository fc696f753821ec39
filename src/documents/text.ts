import { Kind, type SchemaOptions, type TSchema, type TUnsafe, Type, TypeRegistry } from '@sinclair/typebox'

interface Limits {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

/**
 * Text as people count it: `minLength` and `maxLength` are characters, as JSON Schema means them, where TypeBox's own count
 * UTF-16 units, two for an emoji. Half of one, which JSON can write (`"\ud83d"`), is no character at all.
 */
export function Text(options: SchemaOptions & Limits = {}): TUnsafe<string> {
  return Type.Unsafe<string>({ ...options, [Kind]: KIND, type: 'string' })
}

const KIND = 'Text'
TypeRegistry.Set<TSchema & Limits>(KIND, ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }, value) => {
  if (typeof value !== 'string' || !isWhole(value)) return false
  const length = charactersOf(value)
  return length >= minLength && length <= maxLength && (pattern === undefined || new RegExp(pattern).test(value))
})

export function isText(schema: TSchema): boolean {
  return schema[Kind] === KIND
}

/** How many characters a text has: a pair of surrogates is one. */
export function charactersOf(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) count++
  return count
}

/** Whether no surrogate of a text stands alone. */
export function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
