import { KindGuard, type TSchema } from '@sinclair/typebox'
import { isText } from './text.ts'

/** What a schema wants, in words for the author of a file. */
export function expectedOf(schema: TSchema): string {
  if (typeof schema.expected === 'string') return schema.expected
  if (KindGuard.IsLiteral(schema)) return JSON.stringify(schema.const)
  if (KindGuard.IsUnion(schema)) return unionOf(schema.anyOf)
  if (KindGuard.IsString(schema) || isText(schema)) return textOf(schema)
  if (KindGuard.IsInteger(schema)) return `a whole number${rangeOf(schema.minimum, schema.maximum)}`
  if (KindGuard.IsNumber(schema)) return `a number${rangeOf(schema.minimum, schema.maximum)}`
  if (KindGuard.IsBoolean(schema)) return 'true or false'
  if (KindGuard.IsNull(schema)) return 'null'
  if (KindGuard.IsArray(schema) || KindGuard.IsTuple(schema)) {
    const size = filled(schema.minItems, schema.maxItems) ?? rangeOf(schema.minItems, schema.maxItems, ' members')
    return `a list${size}${schema.uniqueItems ? ', without repetition' : ''}`
  }
  if (KindGuard.IsObject(schema)) {
    const names = Object.keys(schema.properties)
    return names.length === 0 ? 'an object' : `an object with the members ${names.join(', ')}`
  }
  return 'another value'
}

function unionOf(parts: readonly TSchema[]): string {
  const words = parts.map(expectedOf)
  return parts.every(KindGuard.IsLiteral) ? `one of ${words.join(', ')}` : [...new Set(words)].join(' or ')
}

function textOf({ minLength, maxLength, pattern, examples }: TSchema): string {
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined
  const like = example === undefined ? pattern && ` that matches ${pattern}` : ` such as ${JSON.stringify(example)}`
  return `a text${filled(minLength, maxLength) ?? rangeOf(minLength, maxLength, ' characters')}${like ?? ''}`
}

function filled(from: unknown, to: unknown): string | undefined {
  return from === 1 && to === undefined ? ' that is not empty' : undefined
}

function rangeOf(from: unknown, to: unknown, unit = ''): string {
  const of = unit === '' ? '' : ' of'
  if (typeof from === 'number' && typeof to === 'number') return `${of || ' from'} ${from} to ${to}${unit}`
  if (typeof from === 'number') return `${of} at least ${from}${unit}`
  return typeof to === 'number' ? `${of} at most ${to}${unit}` : ''
}
