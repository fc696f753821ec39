import { KindGuard, type TSchema } from '@sinclair/typebox'

/** A member of an object in a request: what its cloud needs to know to call a value absent. */
export interface Member {
  readonly name: string
  /** With its annotations (`emptyIsGiven`, `emptyIsAbsent`, …). */
  readonly schema: TSchema
  readonly required: boolean
}

/** What a cloud has to say while a value is walked. */
export interface Walk {
  /** Whether this value of this member means "not given". */
  isAbsent(value: unknown, member: Member): boolean
  /** Makes a leaf what its schema wants, where that can be done; without, leaves stay as they are. */
  convert?(value: unknown, schema: TSchema): unknown
}

export interface Walked {
  /** What is left: known members that are given. Other than that as it came, wrong types included. */
  readonly value: unknown
  /** Paths such as `body.tags.0.foo` of members that no schema knows, and of those annotated `ignored: true`. */
  readonly unused: readonly string[]
}

/** A client may send any number of unknown members with names of any length; the journal needs the first few. */
const UNUSED_MAX = 100
const NAME_MAX = 200

/**
 * Walks a request's value along its schema. Objects are copied without unknown and absent members, at any depth the
 * schema knows; what doesn't fit the schema is left for validation to find.
 */
export function walk(schema: TSchema, value: unknown, path: string, how: Walk): Walked {
  const unused: string[] = []
  return { value: along(schema, value, path, how, unused), unused }
}

function along(schema: TSchema, value: unknown, path: string, how: Walk, unused: string[]): unknown {
  if (Array.isArray(value)) {
    const items = itemsOf(schema)
    return items ? value.map((item, index) => along(items, item, `${path}.${index}`, how, unused)) : value
  }
  if (isObject(value)) {
    const members = membersOf(schema)
    return members ? known(members, value, path, how, unused) : value
  }
  return how.convert ? how.convert(value, schema) : value
}

function known(members: ReadonlyMap<string, Member>, value: object, path: string, how: Walk, unused: string[]): object {
  const kept: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    const member = members.get(name)
    const at = `${path}.${name.slice(0, NAME_MAX)}`
    if ((!member || member.schema.ignored === true) && unused.length < UNUSED_MAX) unused.push(at)
    if (member && !how.isAbsent(inner, member)) kept[name] = along(member.schema, inner, at, how, unused)
  }
  return kept
}

/** The members that a schema knows for an object; undefined where it leaves them open (Unknown, Record, …). */
function membersOf(schema: TSchema): ReadonlyMap<string, Member> | undefined {
  if (KindGuard.IsObject(schema)) {
    const required = new Set<string>(schema.required ?? [])
    return new Map(
      Object.entries(schema.properties).map(([name, inner]) => [
        name,
        { name, schema: inner, required: required.has(name) }
      ])
    )
  }
  const parts = partsOf(schema)?.flatMap((part) => membersOf(part) ?? [])
  if (!parts || parts.length === 0) return undefined
  const merged = new Map<string, Member>()
  for (const part of parts) {
    for (const [name, member] of part) {
      const other = merged.get(name)
      // In a union a member is required where every form that knows it requires it.
      merged.set(name, other ? { ...other, required: other.required && member.required } : member)
    }
  }
  return merged
}

function itemsOf(schema: TSchema): TSchema | undefined {
  if (KindGuard.IsArray(schema)) return schema.items
  return partsOf(schema)?.flatMap((part) => itemsOf(part) ?? [])[0]
}

function partsOf(schema: TSchema): readonly TSchema[] | undefined {
  if (KindGuard.IsUnion(schema)) return schema.anyOf
  if (KindGuard.IsIntersect(schema)) return schema.allOf
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
