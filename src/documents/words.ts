import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { Words } from './complaint.ts'
import { nearest } from './nearest.ts'
import { isText } from './text.ts'
import type { Finding, Path } from './walk.ts'

/** The words for one finding; whoever tells it says where it is. */
export function wordsOf({ kind, path, schema, value }: Finding): Words {
  if (kind === 'unknown') {
    return unknownName(String(path.at(-1)), KindGuard.IsObject(schema) ? Object.keys(schema.properties) : [])
  }
  const expected = `expected ${expectedOf(schema)}`
  if (kind === 'missing') return { reason: 'is missing', expected }
  if (kind === 'value' && KindGuard.IsArray(schema)) return { reason: 'names something twice', expected }
  const isLong =
    typeof value === 'number' &&
    Math.abs(value) > Number.MAX_SAFE_INTEGER &&
    (KindGuard.IsString(schema) || isText(schema))
  const hint = isLong ? '; in quotes, or its last digits are lost' : ''
  return { reason: `is ${shown(value)}`, expected: `${expected}${hint}` }
}

/** The one sentence about a name that nobody knows. What all of them begin with makes none of them nearer. */
export function unknownName(name: string, known: readonly string[], prefix = ''): Required<Words> {
  const near = nearest(
    name.slice(prefix.length),
    known.map((other) => other.slice(prefix.length))
  )
  const reason = 'is not known'
  if (near !== undefined) return { reason, expected: `did you mean ${prefix}${near}?` }
  return { reason, expected: known.length === 0 ? 'nothing is taken here' : `known are ${known.join(', ')}` }
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

const SHOWN = 60

/** A value within a sentence. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, SHOWN + 1) : value) ?? String(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

/** What a schema wants. */
export function expectedOf(schema: TSchema): string {
  if (typeof schema.expected === 'string') return schema.expected
  if (KindGuard.IsLiteral(schema)) return JSON.stringify(schema.const)
  if (KindGuard.IsUnion(schema)) return unionOf(schema.anyOf)
  if (KindGuard.IsString(schema) || isText(schema)) return textOf(schema)
  if (KindGuard.IsInteger(schema)) return `a whole number${rangeOf(schema.minimum, schema.maximum)}`
  if (KindGuard.IsNumber(schema)) return `a number${rangeOf(schema.minimum, schema.maximum)}`
  if (KindGuard.IsBoolean(schema)) return 'true or false'
  if (KindGuard.IsNull(schema)) return 'null'
  if (KindGuard.IsArray(schema)) return listOf(schema, schema.items)
  if (KindGuard.IsObject(schema)) {
    const names = Object.keys(schema.properties)
    return names.length === 0 ? 'an object' : `an object with the members ${names.join(', ')}`
  }
  return 'another value'
}

function unionOf(forms: readonly TSchema[]): string {
  const words = forms.map(expectedOf)
  return forms.every(KindGuard.IsLiteral) ? `one of ${words.join(', ')}` : [...new Set(words)].join(' or ')
}

function listOf(schema: TSchema, items: TSchema): string {
  const size = filled(schema.minItems, schema.maxItems) ?? rangeOf(schema.minItems, schema.maxItems, ' members')
  // What an object is would take longer than the list that it stands in.
  const each = KindGuard.IsObject(items) || KindGuard.IsUnknown(items) ? '' : `, each ${expectedOf(items)}`
  return `a list${size}${schema.uniqueItems === true ? ', without repetition' : ''}${each}`
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
