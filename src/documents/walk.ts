import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { charactersOf, isText, isWhole } from './text.ts'

export type Path = readonly (string | number)[]

export const KINDS = [
  'missing',
  'type',
  'too-large',
  'too-small',
  'too-long',
  'too-short',
  'pattern',
  'date',
  'value'
] as const
export type Kind = (typeof KINDS)[number]

/** One thing that does not fit, as the walk comes upon it. */
export interface Finding {
  readonly path: Path
  /** `unknown`: a member that a closed object does not have. */
  readonly kind: Kind | 'unknown'
  /** What is wanted there; of an unknown member, what its holder is. */
  readonly schema: TSchema
  readonly value: unknown
  /** `refusal` of the innermost schema on the path that names one. */
  readonly refusal: string | undefined
}

/** How many steps lie between two chances to pause. */
const STEPS = 1000
/** Of one form among several no more is looked at: it is only compared with the others. */
const FINDINGS_OF_A_FORM = 100

interface Place {
  readonly above: Place | undefined
  readonly key: string | number
  readonly depth: number
  readonly refusal: string | undefined
}
interface Visit {
  readonly place: Place
  readonly schema: TSchema
  readonly value: unknown
  readonly isMissing?: true
}
/** A list that is being gone through. */
interface Items {
  readonly place: Place
  readonly items: TSchema
  readonly list: readonly unknown[]
  index: number
}

const ROOT: Place = { above: undefined, key: '', depth: 0, refusal: undefined }

/**
 * All that is wrong with a value, in the order in which the schema declares its members, however deep and however much.
 * Now and then it yields nothing, so that whoever walks far can pause. Once something is wrong, no more than `itemsMax`
 * items of one list are looked at.
 */
export function walk(
  schema: TSchema,
  value: unknown,
  itemsMax = Number.POSITIVE_INFINITY
): Generator<Finding | undefined, void> {
  return walkFrom(ROOT, schema, value, itemsMax)
}

function* walkFrom(
  start: Place,
  schema: TSchema,
  value: unknown,
  itemsMax: number
): Generator<Finding | undefined, void> {
  const patterns = new Map<string, RegExp>()
  const open: (Visit | Items)[] = [{ place: start, schema, value }]
  let isClean = true
  let steps = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (++steps % STEPS === 0) yield undefined
    if ('list' in next) {
      const { place, items, list, index } = next
      if (index >= list.length || (index >= itemsMax && !isClean)) continue
      next.index++
      open.push(next, { place: below(place, index), schema: items, value: list[index] })
      continue
    }
    for (const finding of findingsAt(next, open, patterns, itemsMax)) {
      isClean = false
      yield finding
    }
  }
}

/** What is wrong in one place; its members and items are put where the walk finds them next. */
function findingsAt(
  { schema, value, isMissing, ...visit }: Visit,
  open: (Visit | Items)[],
  patterns: Map<string, RegExp>,
  itemsMax: number
): Iterable<Finding> {
  const place = typeof schema.refusal === 'string' ? { ...visit.place, refusal: schema.refusal } : visit.place
  if (isMissing) return [findingOf(place, 'missing', schema, value)]
  if (KindGuard.IsUnion(schema)) return findingsOfUnion(place, schema, schema.anyOf, value, itemsMax)
  if (KindGuard.IsIntersect(schema)) {
    for (const part of schema.allOf.toReversed()) open.push({ place, schema: part, value })
    return []
  }
  const kinds = kindsOf(schema, value, patterns)
  if (KindGuard.IsArray(schema) && Array.isArray(value)) {
    open.push({ place, items: schema.items, list: value, index: 0 })
  } else if (KindGuard.IsObject(schema) && isObject(value)) {
    open.push(...membersOf(place, schema, value).reverse())
    return strangersIn(place, schema, value)
  }
  return kinds.map((kind) => findingOf(place, kind, schema, value))
}

function membersOf(place: Place, schema: TObject, value: Readonly<Record<string, unknown>>): Visit[] {
  const visits: Visit[] = []
  for (const name in schema.properties) {
    const member = schema.properties[name]
    if (member === undefined) continue
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    if (given !== undefined) visits.push({ place: below(place, name), schema: member, value: given })
    else if (schema.required?.includes(name)) {
      visits.push({ place: below(place, name), schema: member, value: undefined, isMissing: true })
    }
  }
  return visits
}

function* strangersIn(
  place: Place,
  schema: TObject,
  value: Readonly<Record<string, unknown>>
): Generator<Finding, void> {
  if (schema.additionalProperties !== false) return
  for (const name in value) {
    if (Object.hasOwn(schema.properties, name)) continue
    yield findingOf(below(place, name), 'unknown', schema, value[name])
  }
}

/** Of several forms the one that the value comes nearest to says what is wrong. */
function findingsOfUnion(
  place: Place,
  schema: TSchema,
  forms: readonly TSchema[],
  value: unknown,
  itemsMax: number
): readonly Finding[] {
  const isHere = ({ path }: Finding) => path.length === place.depth
  let best: readonly Finding[] | undefined
  for (const form of forms) {
    if (KindGuard.IsLiteral(form) && form.const === value) return []
    const findings = firstOf(walkFrom(place, form, value, itemsMax), FINDINGS_OF_A_FORM)
    if (findings.length === 0) return []
    const isOtherType = findings.some((finding) => finding.kind === 'type' && isHere(finding))
    if (!isOtherType && (!best || findings.length < best.length)) best = findings
  }
  if (best && !best.every(isHere)) return best
  const [like] = best ?? []
  return [{ ...findingOf(place, like?.kind ?? 'type', schema, value), refusal: like?.refusal ?? place.refusal }]
}

/** The first so many findings of a walk. */
export function firstOf(findings: Iterable<Finding | undefined>, count: number): readonly Finding[] {
  const first: Finding[] = []
  for (const finding of findings) {
    if (finding !== undefined) first.push(finding)
    if (first.length >= count) break
  }
  return first
}

/** What is wrong with a value itself, its members aside. */
function kindsOf(schema: TSchema, value: unknown, patterns: Map<string, RegExp>): readonly Kind[] {
  if (KindGuard.IsString(schema) || isText(schema)) {
    return typeof value === 'string' ? kindsOfText(schema, value, patterns) : ['type']
  }
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) return kindsOfNumber(schema, value)
  if (KindGuard.IsObject(schema)) return isObject(value) ? [] : ['type']
  if (KindGuard.IsBoolean(schema)) return typeof value === 'boolean' ? [] : ['type']
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
  return Value.Check(schema, value) ? [] : ['type']
}

function kindsOfText(schema: TSchema, value: string, patterns: Map<string, RegExp>): readonly Kind[] {
  const kinds: Kind[] = []
  const length = isText(schema) ? charactersOf(value) : value.length
  if (length < (schema.minLength ?? 0)) kinds.push('too-short')
  if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) kinds.push('too-long')
  if (isText(schema) && !isWhole(value)) kinds.push('pattern')
  if (typeof schema.pattern !== 'string') return kinds
  const pattern = patterns.get(schema.pattern) ?? new RegExp(schema.pattern)
  patterns.set(schema.pattern, pattern)
  if (!pattern.test(value)) kinds.push(KINDS.find((kind) => kind === schema.wrong) ?? 'pattern')
  return kinds
}

function kindsOfNumber(schema: TSchema, value: unknown): readonly Kind[] {
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

function findingOf(place: Place, kind: Finding['kind'], schema: TSchema, value: unknown): Finding {
  return { path: pathTo(place), kind, schema, value, refusal: place.refusal }
}

function below(above: Place, key: string | number): Place {
  return { above, key, depth: above.depth + 1, refusal: above.refusal }
}

function pathTo(place: Place): Path {
  const path: (string | number)[] = []
  for (let { key, above }: Place = place; above !== undefined; { key, above } = above) path.unshift(key)
  return path
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
