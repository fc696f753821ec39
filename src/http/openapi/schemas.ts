import { KindGuard, type TSchema } from '@sinclair/typebox'
import { assert } from '../../core/model/assert.ts'
import { type JsonSchema, type Ref, refTo } from './document.ts'

/** Keywords of JSON Schema 2020-12 that are taken as they are; all others are our own annotations. */
const PLAIN = [
  ...['type', 'const', 'enum', 'format', 'pattern', 'minLength', 'maxLength', 'contentMediaType'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required'],
  ...['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly']
] as const

/** Writes schemas as JSON Schema 2020-12. Those with a title are told once, under that name, and referred to. */
export interface SchemaWriter {
  of(schema: TSchema): JsonSchema
  /** The same, told under this name whether it has a title or not. */
  named(name: string, schema: TSchema): Ref
  /** Of a parameter, whose description stands beside its schema. */
  described(schema: TSchema): { readonly description?: string; readonly schema: JsonSchema }
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

export function createSchemaWriter(): SchemaWriter {
  const schemas: Record<string, JsonSchema> = {}
  const sources = new Map<string, TSchema>()

  const of = (schema: TSchema): JsonSchema =>
    typeof schema.title === 'string' && KindGuard.IsObject(schema) ? named(schema.title, schema) : inPlace(schema)

  const named = (name: string, schema: TSchema): Ref => {
    const source = sources.get(name)
    // A copy that rests on something of its own (providers/evidence.ts) is the same still.
    const isSame = source === schema || (isRecord(source?.properties) && source?.properties === schema.properties)
    assert(source === undefined || isSame, `two schemas are called ${name}`)
    if (!source) {
      sources.set(name, schema)
      schemas[name] = inPlace(schema)
    }
    return refTo('schemas', name)
  }

  const inPlace = (schema: TSchema): JsonSchema => {
    const plain = plainOf(schema)
    if (KindGuard.IsUnion(schema)) return { ...plain, ...unionOf(schema.anyOf.map(of)) }
    if (KindGuard.IsIntersect(schema)) return { ...plain, allOf: schema.allOf.map(of) }
    return {
      ...plain,
      ...(isSchema(schema.items) && { items: of(schema.items) }),
      ...membersOf('properties', schema.properties),
      ...membersOf('patternProperties', schema.patternProperties),
      ...(typeof schema.additionalProperties === 'boolean' && { additionalProperties: schema.additionalProperties }),
      ...(isSchema(schema.additionalProperties) && { additionalProperties: of(schema.additionalProperties) })
    }
  }

  const membersOf = (keyword: string, members: unknown): JsonSchema =>
    isRecord(members)
      ? {
          [keyword]: Object.fromEntries(
            Object.entries(members).flatMap(([name, member]) => (isSchema(member) ? [[name, of(member)]] : []))
          )
        }
      : {}

  const described: SchemaWriter['described'] = (schema) => {
    const { description, ...rest } = of(schema)
    return typeof description === 'string' ? { description, schema: rest } : { schema: rest }
  }

  return { of, named, described, schemas }
}

function plainOf(schema: TSchema): JsonSchema {
  const plain = Object.fromEntries(PLAIN.flatMap((keyword) => (keyword in schema ? [[keyword, schema[keyword]]] : [])))
  const said = [schema.description, schema.expected, schema.ignored === true && 'accepted and ignored']
  const description = said.filter((part) => typeof part === 'string').map(sentence)
  return {
    ...plain,
    ...(description.length > 0 && { description: description.join(' ') }),
    ...(typeof schema.refusal === 'string' && { 'x-refusal': schema.refusal })
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

/** Where anything is taken, the rest says nothing. Words, with or without null, as an enum; a simple type or null as two types: what generators make the best of. */
function unionOf(parts: readonly JsonSchema[]): JsonSchema {
  if (parts.some((part) => Object.keys(part).length === 0)) return {}
  const others = parts.filter(({ type }) => type !== 'null')
  const isNullable = others.length < parts.length
  const [only] = others
  const types = new Set(others.map(({ type }) => type))
  const [type] = types
  if (others.every((part) => 'const' in part) && types.size === 1) {
    const words = others.map((part) => part.const)
    return { type: isNullable ? [type, 'null'] : type, enum: isNullable ? [...words, null] : words }
  }
  if (isNullable && others.length === 1 && only && typeof only.type === 'string' && !('enum' in only)) {
    return { ...only, type: [only.type, 'null'] }
  }
  return { anyOf: parts }
}

/** Whether there is anything to be sent or answered. */
export function isNothing(schema: TSchema): boolean {
  return KindGuard.IsUndefined(schema) || schema.type === 'undefined'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
function isSchema(value: unknown): value is TSchema {
  return KindGuard.IsSchema(value)
}
