import type { JsonSchema } from '../../src/http/openapi/document.ts'
import { code, plain, table, value } from './markdown.ts'

/** The members of an object, each in a row: its name, its type, whether it must be there, what it is. */
export function membersTable(schema: JsonSchema, link: (name: string) => string): string {
  const required = new Set(namesIn(schema.required))
  const rows = Object.entries(recordOf(schema.properties)).map(([name, member]) => {
    const of = recordOf(member)
    return [code(name), typeOf(of, link), required.has(name) ? 'yes' : '', saidOf(of)]
  })
  return rows.length === 0 ? '' : table(['member', 'type', 'required', 'what it is'], rows)
}

/** What a schema says in words: its description, and the limits that it has. */
export function saidOf(schema: JsonSchema): string {
  const { description, minimum, maximum, minLength, maxLength, minItems, maxItems, default: preset, examples } = schema
  const said = typeof description === 'string' ? plain(description) : ''
  const between = (least: unknown, most: unknown, what: string) => {
    if (least === undefined && most === undefined) return []
    const limits = least === undefined ? `Up to ${most}` : most === undefined ? `From ${least}` : `${least} to ${most}`
    return said.includes(`${most ?? least}`) ? [] : [`${limits}${what}.`]
  }
  const [example] = Array.isArray(examples) ? examples : []
  return [
    ...(said === '' ? [] : [said]),
    ...between(minimum, maximum, ''),
    ...between(minLength === 1 ? undefined : minLength, maxLength, ' characters'),
    ...between(minItems, maxItems, ' items'),
    ...(preset === undefined ? [] : [`Default ${value(preset)}.`]),
    ...(example === undefined || typeof example === 'object' ? [] : [`Such as ${value(example)}.`])
  ].join(' ')
}

/** What may stand there, in a word or a few. */
export function typeOf(schema: JsonSchema, link: (name: string) => string): string {
  const { $ref, enum: words, const: only, anyOf, allOf, items, type, patternProperties, additionalProperties } = schema
  if (typeof $ref === 'string') return link($ref.slice($ref.lastIndexOf('/') + 1))
  if (Array.isArray(words)) return words.map(value).join(', ')
  if (only !== undefined) return value(only)
  if (Array.isArray(anyOf)) return anyOf.map((each) => typeOf(recordOf(each), link)).join(' or ')
  if (Array.isArray(allOf)) return allOf.map((each) => typeOf(recordOf(each), link)).join(' and ')
  if (type === 'array') return `list of ${typeOf(recordOf(items), link)}`
  const [held] = Object.values(recordOf(patternProperties))
  const other = held ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
  if (type === 'object' && other !== undefined) {
    const of = typeOf(recordOf(other), link)
    return of === 'anything' ? 'object' : `object of ${of}`
  }
  if (Array.isArray(type)) return type.join(' or ')
  return typeof type === 'string' ? type : 'anything'
}

export function recordOf(of: unknown): JsonSchema {
  return typeof of === 'object' && of !== null ? { ...of } : {}
}
function namesIn(of: unknown): readonly string[] {
  return Array.isArray(of) ? of.filter((each) => typeof each === 'string') : []
}
