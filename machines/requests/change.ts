import type { Random } from '../random.ts'
import type { Values } from './values.ts'

/** A value with one thing changed in it: one that a cloud has to notice, or to bear. */
export function changed(random: Random, values: Values, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.7)) {
    const at = random.below(value.length)
    return value.map((item, index) => (index === at ? changed(random, values, item) : item))
  }
  if (isRecord(value) && Object.keys(value).length > 0 && random.chance(0.9)) {
    const name = random.pick(Object.keys(value))
    const { [name]: inner, ...others } = value
    switch (random.below(8)) {
      case 0:
        return others
      case 1:
        return { ...value, [values.text()]: values.wild(1) }
      case 2:
        return { ...others, [name.toUpperCase()]: inner }
      default:
        return { ...value, [name]: changed(random, values, inner) }
    }
  }
  return instead(random, values, value)
}

function instead(random: Random, values: Values, value: unknown): unknown {
  const others: unknown[] = [null, '', [], {}, [value], { value }, JSON.stringify(value) ?? '', values.wild(1)]
  if (typeof value === 'string') {
    const half = value.slice(0, value.length >> 1)
    others.push(
      Number(value),
      half,
      `${value} `,
      value.toUpperCase(),
      value + values.text(),
      value.repeat(70),
      `${half}\u0000`
    )
  }
  if (typeof value === 'number') others.push(value + 1, value - 1, -value, value + 0.5, value * 2 ** 31, 2 ** 53, 1e21)
  if (typeof value === 'boolean') others.push(!value, Number(value))
  if (Array.isArray(value)) others.push([...value, ...value], Array(101).fill(value[0] ?? 'x'), value.toReversed())
  return random.pick(others)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Bytes with a few of them changed, cut out, doubled or put in. */
export function mangled(random: Random, bytes: Buffer): Buffer {
  let data = bytes
  for (let changes = 1 + random.below(2); changes > 0; changes--) {
    const from = random.below(data.length + 1)
    const put = random.chance(0.5)
      ? Buffer.from(random.pick(PIECES), 'latin1')
      : Buffer.from(Array.from({ length: random.below(4) }, () => random.below(256)))
    data = Buffer.concat([data.subarray(0, from), put, data.subarray(from + random.below(7))])
  }
  return data
}

const PIECES = ['\r\n', '\n', ' ', ':', '/', '?', '%', '%00', '..', '"', '{', '}', '[', ',', '0', '\n\n', '\\', '\xff']

/** Of a text that is JSON, one that a parser stumbles over, or that says the same thing in another way. */
export function brokenJson(random: Random, text: string): string {
  const at = random.below(text.length + 1)
  return random.pick([
    text.slice(0, at),
    `${text}${text}`,
    `\ufeff${text}`,
    text.replaceAll('"', "'"),
    text.replace(/\d+/, '1e400'),
    text.replace(/\d+/, '-0'),
    text.replace(/\d+/, '1.0'),
    text.replace(/\d+/, '00'),
    text.replace('{', '{"__proto__":{"a":1},'),
    text.replace(/"(\w+)":/, '"$1":null,"$1":'),
    `${text.slice(0, at)}\u0000${text.slice(at)}`,
    '['.repeat(1 + random.below(3000)),
    `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
    text.slice(1, -1),
    `[${text}]`
  ])
}
