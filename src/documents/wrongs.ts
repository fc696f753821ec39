import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { charactersOf, isText, isWhole } from './text.ts'

/** One thing that is wrong with an input. */
export interface Wrong {
  readonly in: 'params' | 'query' | 'body'
  /** Member names and indexes: `['timePoints', '0']`. */
  readonly path: readonly string[]
  readonly kind:
    | 'missing'
    | 'type'
    | 'too-large'
    | 'too-small'
    | 'too-long'
    | 'too-short'
    | 'pattern'
    | 'date'
    | 'value'
  /** `refusal` of the innermost schema on the path that names one. */
  readonly refusal: string | undefined
  /** What the schema wants, in words. */
  readonly expected: string
  /** What is there instead. */
  readonly value?: unknown
}

/** A list of a million wrong values needs no million of them, but a cloud that ranks kinds needs some of each. */
const MAX_OF_A_KIND = 100
/** Where something is wrong already, no more items of one list are looked at. */
const MAX_ITEMS = 10_000

const KINDS = [
  'missing',
  'type',
  'too-large',
  'too-small',
  'too-long',
  'too-short',
  'pattern',
  'date',
  'value'
] as const satisfies readonly Wrong['kind'][]

interface Place {
  readonly in: Wrong['in']
  readonly path: readonly string[]
  readonly refusal: string | undefined
}

/** All that is wrong with a value, in the order in which the schema declares its members. */
export function wrongsOf(part: Wrong['in'], schema: TSchema, value: unknown): readonly Wrong[] {
  const found = nothingFound()
  visit({ in: part, path: [], refusal: undefined }, schema, value, found)
  return found.wrongs
}

interface Found {
  readonly wrongs: Wrong[]
  readonly counts: Partial<Record<Wrong['kind'], number>>
}
function nothingFound(): Found {
  return { wrongs: [], counts: {} }
}
function add({ wrongs, counts }: Found, wrong: Wrong): void {
  const count = counts[wrong.kind] ?? 0
  if (count >= MAX_OF_A_KIND) return
  counts[wrong.kind] = count + 1
  wrongs.push(wrong)
}

function visit(place: Place, schema: TSchema, value: unknown, found: Found): void {
  const here = withRefusal(place, schema)
  for (const kind of kindsOf(schema, value)) add(found, { ...here, kind, expected: expectedOf(schema), value })
  if (KindGuard.IsObject(schema) && isObject(value)) visitMembers(here, schema, value, found)
  else if (KindGuard.IsArray(schema) && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (index >= MAX_ITEMS && found.wrongs.length > 0) break
      visit(below(here, String(index)), schema.items, item, found)
    }
  } else if (KindGuard.IsIntersect(schema)) for (const part of schema.allOf) visit(here, part, value, found)
  else if (KindGuard.IsUnion(schema)) {
    for (const wrong of wrongsOfUnion(here, schema.anyOf, value, expectedOf(schema))) add(found, wrong)
  }
}

function visitMembers(here: Place, schema: TObject, value: Readonly<Record<string, unknown>>, found: Found): void {
  for (const [name, member] of Object.entries(schema.properties)) {
    const at = below(here, name)
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    if (given !== undefined) visit(at, member, given, found)
    else if (schema.required?.includes(name)) {
      add(found, { ...withRefusal(at, member), kind: 'missing', expected: expectedOf(member) })
    }
  }
}

/** Of several forms the one that the value comes nearest to says what is wrong. */
function wrongsOfUnion(here: Place, forms: readonly TSchema[], value: unknown, expected: string): readonly Wrong[] {
  let best: readonly Wrong[] | undefined
  for (const form of forms) {
    const found = nothingFound()
    visit(here, form, value, found)
    const { wrongs } = found
    if (wrongs.length === 0) return []
    const otherType = wrongs.some((wrong) => wrong.kind === 'type' && wrong.path.length === here.path.length)
    if (!otherType && (!best || wrongs.length < best.length)) best = wrongs
  }
  const isHere = best?.every((wrong) => wrong.path.length === here.path.length) ?? true
  if (best && !isHere) return best
  return [{ ...here, refusal: best?.[0]?.refusal ?? here.refusal, kind: best?.[0]?.kind ?? 'type', expected, value }]
}

/** What is wrong with a value itself, its members aside. */
function kindsOf(schema: TSchema, value: unknown): readonly Wrong['kind'][] {
  if (KindGuard.IsObject(schema)) return isObject(value) ? [] : ['type']
  if (KindGuard.IsString(schema) || isText(schema))
    return typeof value === 'string' ? kindsOfText(schema, value) : ['type']
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) return kindsOfNumber(schema, value)
  if (KindGuard.IsLiteral(schema)) {
    if (value === schema.const) return []
    // 1.5 is no wrong choice of integers but another type.
    const isLike = typeof value === typeof schema.const && Number.isInteger(value) === Number.isInteger(schema.const)
    return [isLike ? 'value' : 'type']
  }
  if (KindGuard.IsArray(schema)) {
    if (!Array.isArray(value)) return ['type']
    if (value.length < (schema.minItems ?? 0)) return ['too-short']
    if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY)) return ['too-long']
    return schema.uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length
      ? ['value']
      : []
  }
  if (KindGuard.IsUnion(schema) || KindGuard.IsIntersect(schema)) return []
  return TypeCompiler.Compile(schema).Check(value) ? [] : ['type']
}

function kindsOfText(schema: TSchema, value: string): readonly Wrong['kind'][] {
  const kinds: Wrong['kind'][] = []
  const length = isText(schema) ? charactersOf(value) : value.length
  if (length < (schema.minLength ?? 0)) kinds.push('too-short')
  if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) kinds.push('too-long')
  if (isText(schema) && !isWhole(value)) kinds.push('pattern')
  if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern).test(value)) {
    kinds.push(KINDS.find((kind) => kind === schema.wrong) ?? 'pattern')
  }
  return kinds
}

function kindsOfNumber(schema: TSchema, value: unknown): readonly Wrong['kind'][] {
  if (typeof value !== 'number' || Number.isNaN(value)) return ['type']
  // JSON has numbers that are too large for a double: 1e999.
  if (!Number.isFinite(value)) return [value > 0 ? 'too-large' : 'too-small']
  if (KindGuard.IsInteger(schema) && !Number.isInteger(value)) return ['type']
  if (value < (schema.minimum ?? value) || value <= (schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY)) {
    return ['too-small']
  }
  if (value > (schema.maximum ?? value) || value >= (schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY)) {
    return ['too-large']
  }
  return typeof schema.multipleOf === 'number' && value % schema.multipleOf !== 0 ? ['value'] : []
}

function withRefusal(place: Place, schema: TSchema): Place {
  return typeof schema.refusal === 'string' ? { ...place, refusal: schema.refusal } : place
}

function below(place: Place, name: string): Place {
  return { ...place, path: [...place.path, name] }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a schema wants, in words. */
export function expectedOf(schema: TSchema): string {
  if (typeof schema.expected === 'string') return schema.expected
  if (KindGuard.IsLiteral(schema)) return JSON.stringify(schema.const)
  if (KindGuard.IsUnion(schema)) {
    const all = schema.anyOf.every((form) => KindGuard.IsLiteral(form))
    return `${all ? 'one of ' : ''}${schema.anyOf.map(expectedOf).join(all ? ', ' : ' or ')}`
  }
  if (KindGuard.IsArray(schema)) {
    return `a list of${range(schema.minItems, schema.maxItems)}, each ${expectedOf(schema.items)}`
  }
  if (KindGuard.IsString(schema) || isText(schema)) {
    const length = range(schema.minLength, schema.maxLength)
    const text = length === ' any length' ? 'text' : `text of${length} characters`
    return schema.pattern === undefined ? text : `${text} that matches ${schema.pattern}`
  }
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) {
    const word = KindGuard.IsInteger(schema) ? 'an integer' : 'a number'
    const bounds = range(schema.minimum, schema.maximum)
    return bounds === ' any length' ? word : `${word} of${bounds}`
  }
  if (KindGuard.IsObject(schema)) return 'an object'
  if (KindGuard.IsBoolean(schema)) return 'true or false'
  if (KindGuard.IsNull(schema)) return 'null'
  return 'a value of another form'
}

function range(from: number | undefined, to: number | undefined): string {
  if (from === undefined && to === undefined) return ' any length'
  if (to === undefined) return ` at least ${from}`
  return from === undefined ? ` at most ${to}` : ` ${from} to ${to}`
}
