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
export const UNUSED_MAX = 100
const NAME_MAX = 200

/**
 * Walks a request's value along its schema. Objects are copied without unknown and absent members, at any depth the
 * schema knows; what doesn't fit the schema is left for validation to find.
 */
export function walk(schema: TSchema, value: unknown, path: string, how: Walk): Walked {
  const walking: Walking = { how, at: [path], unused: [] }
  return { value: along(schema, value, walking), unused: walking.unused }
}

type Members = ReadonlyMap<string, Member>
interface Walking {
  readonly how: Walk
  /** Names and indexes down to the value that is looked at; written out only where they are told. */
  readonly at: (string | number)[]
  readonly unused: string[]
}

function along(schema: TSchema, value: unknown, walking: Walking): unknown {
  if (Array.isArray(value)) {
    const items = itemsOf(schema)
    if (!items || isLeaf(items, walking.how)) return value
    return value.map((item, index) => below(items, item, index, walking))
  }
  if (isObject(value)) {
    const members = membersMet(schema)
    return members ? known(members, value, walking) : value
  }
  return walking.how.convert ? walking.how.convert(value, schema) : value
}

function below(schema: TSchema, value: unknown, name: string | number, walking: Walking): unknown {
  walking.at.push(name)
  const walked = along(schema, value, walking)
  walking.at.pop()
  return walked
}

/** Whether walking along a schema leaves every value as it is. */
function isLeaf(schema: TSchema, how: Walk): boolean {
  return !how.convert && !membersMet(schema) && !itemsOf(schema)
}

/** Rows and their schemas are constants: what they say of their members is found once. */
const met = new WeakMap<TSchema, Members | 'open'>()

function membersMet(schema: TSchema): Members | undefined {
  let members = met.get(schema)
  if (members === undefined) {
    members = membersOf(schema) ?? 'open'
    met.set(schema, members)
  }
  return members === 'open' ? undefined : members
}

function known(members: Members, value: Readonly<Record<string, unknown>>, walking: Walking): object {
  const { at, unused, how } = walking
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(value)) {
    const member = members.get(name)
    if ((!member || member.schema.ignored === true) && unused.length < UNUSED_MAX) unused.push(pathOf([...at, name]))
    if (!member) continue
    const inner = value[name]
    if (!how.isAbsent(inner, member)) kept[name] = below(member.schema, inner, name, walking)
  }
  return kept
}

function pathOf(at: readonly (string | number)[]): string {
  return at.map((name) => String(name).slice(0, NAME_MAX)).join('.')
}

/** The members that a schema knows for an object; undefined where it leaves them open (Unknown, Record, …). */
function membersOf(schema: TSchema): Members | undefined {
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

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
