import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import { isText } from '../../src/documents/text.ts'
import type { Random } from '../random.ts'
import type { Word } from './words.ts'

/** Values for schemas: right ones, and any. */
export interface Values {
  /** Fits the schema, as far as a member's name and its words let guess. */
  valid(schema: TSchema, member: string): unknown
  wild(depth?: number): unknown
  /** A text of any kind. */
  text(): string
}

const OPTIONAL = 0.3
const KNOWN = 0.8
const MOST_ITEMS = 3
const SAMPLES = 24

export function createValues(random: Random, words: (member: string) => readonly Word[]): Values {
  const valid = (schema: TSchema, member: string): unknown => {
    if (KindGuard.IsObject(schema)) {
      const members = Object.entries(schema.properties).flatMap(([name, inner]) =>
        schema.required?.includes(name) || random.chance(OPTIONAL) ? [[name, valid(inner, name)] as const] : []
      )
      return Object.fromEntries(members)
    }
    if (KindGuard.IsArray(schema)) {
      const { minItems = 0, maxItems = MOST_ITEMS } = schema
      const count = Math.max(minItems, random.below(Math.min(maxItems, MOST_ITEMS) + 1))
      return Array.from({ length: count }, () => valid(schema.items, member))
    }
    if (KindGuard.IsUnion(schema)) return valid(random.pick(schema.anyOf), member)
    if (KindGuard.IsLiteral(schema)) return schema.const
    if (KindGuard.IsBoolean(schema)) return random.chance(0.5)
    if (KindGuard.IsNull(schema)) return null
    if (KindGuard.IsUndefined(schema)) return undefined
    if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) return number(schema, member)
    if (KindGuard.IsString(schema) || isText(schema)) return fittingText(schema, member)
    if (KindGuard.IsRecord(schema)) return { [text()]: wild(2) }
    return wild(2)
  }

  const number = (schema: TSchema, member: string): number => {
    const known = words(member).filter((word) => typeof word === 'number' && Value.Check(schema, word))
    if (known.length > 0 && random.chance(KNOWN / 2)) return Number(random.pick(known))
    const { minimum = 0, maximum = Math.max(Number(minimum), 0) + 100 } = schema
    const [low, high] = [Number(minimum), Number(maximum)]
    if (random.chance(0.1)) return low
    if (random.chance(0.1)) return high
    // Mostly small ones: large pages and disks are slow to make and tell nothing more.
    const span = random.chance(0.9) ? Math.min(high - low, 60) : high - low
    return low + random.below(span + 1)
  }

  const fittingText = (schema: TSchema, member: string): string => {
    const known = words(member).filter((word) => typeof word === 'string')
    if (known.length > 0 && random.chance(KNOWN)) {
      const word = String(random.pick(known))
      if (Value.Check(schema, word)) return word
    }
    const samples = samplesOf(schema)
    return samples.length > 0 ? random.pick(samples) : `${member.slice(0, 8)}-${random.below(1000)}`
  }

  const wild = (depth = 3): unknown => {
    switch (random.below(depth > 0 ? 10 : 7)) {
      case 0:
        return random.pick([null, true, false, 0, -1, 1, 0.5, 20, 65_536, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21, 1e300])
      case 7:
        return Array.from({ length: random.below(4) }, () => wild(depth - 1))
      case 8:
        return Object.fromEntries(Array.from({ length: random.below(4) }, () => [text(), wild(depth - 1)]))
      case 9:
        return random.pick([[], {}, [[]], [null], [{}], { length: 1 }])
      default:
        return text()
    }
  }
  const text = (): string => {
    const word = random.pick(TEXTS)
    if (random.chance(0.1)) return word.repeat(1 + random.below(200))
    return random.chance(0.2) ? word + random.pick(TEXTS) : word
  }
  return { valid, wild, text }
}

const TEXTS = [
  ...['', ' ', 'a', 'A', '0', '-1', '1e3', '007', '٣', 'null', 'true', 'name', '__proto__', 'constructor', 'toString'],
  ...[
    '*',
    '^',
    '(',
    '(?i)x',
    '[a-',
    '\\',
    '.*',
    '$',
    'a{1000}',
    '%',
    '%00',
    '%zz',
    '..',
    '../..',
    '/',
    '?',
    '#',
    '&',
    '='
  ],
  ...[
    "'",
    '"',
    "'; DROP TABLE volume; --",
    '<a>',
    '\u0000',
    '\u001f',
    '\u007f',
    '\n',
    '\r\n',
    '\t',
    '\u2028',
    '\ufeff'
  ],
  ...['é', 'e\u0301', '快照', '😀', '\ud83d', '\udc00', '\u202e', 'ß', 'İ', 'a\u0300'.repeat(20), 'x'.repeat(65)],
  ...['2026-01-05T08:00:00Z', '2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z', '0000-00-00', 'P7D', 'P1Y2M3DT4H', 'PT0S']
]

const samples = new WeakMap<TSchema, readonly string[]>()

/** Texts of a schema's pattern; none where it has no pattern. */
function samplesOf(schema: TSchema): readonly string[] {
  const known = samples.get(schema)
  if (known) return known
  const pattern: unknown = schema.pattern
  const made =
    typeof pattern === 'string'
      ? fc
          .sample(fc.stringMatching(new RegExp(pattern)), { seed: 1, numRuns: SAMPLES })
          .filter((text) => Value.Check(schema, text))
      : []
  samples.set(schema, made)
  return made
}
