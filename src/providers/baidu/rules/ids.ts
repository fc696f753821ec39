import type { IdKind } from '../../../core/model/rules.ts'

/** Baidu's ids are a prefix and letters (baidu.md 4.11). `chain` is numbered by its volume. */
const ID_FORMS: Readonly<Record<string, { readonly prefix: string; readonly length: 8 | 10 }>> = {
  volume: { prefix: 'v-', length: 8 },
  snapshot: { prefix: 's-', length: 8 },
  policy: { prefix: 'asp-', length: 8 },
  instance: { prefix: 'i-', length: 8 },
  chain: { prefix: 'sl-', length: 8 },
  share: { prefix: 'share-', length: 10 }
}
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 62 to the power of half the length, and its square. */
const HALVES = { 8: 62n ** 4n, 10: 62n ** 5n } as const
const ALL = { 8: 62n ** 8n, 10: 62n ** 10n } as const

/** Prime to 62, so that multiplying by them can be undone. */
const FIRST_FACTOR = 59_604_644_783_353_249n
const LAST_FACTOR = 22_801_763_489n
const firstShift = (seed: number) => BigInt(seed) * 7_919n + 15_485_863n
const lastShift = (seed: number) => BigInt(seed) * 104_729n

/**
 * `length` letters for the n-th thing, a bijection of n: two steps of multiplying by a number that is prime to 62 and
 * adding one of the world, with the halves exchanged between them so that every letter moves.
 */
function letters(n: number, seed: number, length: 8 | 10): string {
  const half = HALVES[length]
  const all = ALL[length]
  const first = (BigInt(n) * FIRST_FACTOR + firstShift(seed)) % all
  const last = (exchanged(first, half) * LAST_FACTOR + lastShift(seed)) % all
  // Halves fit into plain numbers, which are quicker to take apart.
  return base62(Number(last / half), length / 2) + base62(Number(last % half), length / 2)
}

/** The n that letters stand for: the same steps back. */
function nthOf(text: string, seed: number, length: 8 | 10): number {
  const half = HALVES[length]
  const all = ALL[length]
  const last = [...text].reduce((value, letter) => value * 62n + BigInt(LETTERS.indexOf(letter)), 0n)
  const first = exchanged(divided(last - lastShift(seed), LAST_FACTOR, all), half)
  return Number(divided(first - firstShift(seed), FIRST_FACTOR, all))
}

function exchanged(value: bigint, half: bigint): bigint {
  return (value % half) * half + value / half
}

/** The number that, times the factor, is the value modulo `all`. */
function divided(value: bigint, factor: bigint, all: bigint): bigint {
  const product = value * inverseOf(factor % all, all)
  return ((product % all) + all) % all
}

/** The number that, times this one, is 1 modulo `all`: Euclid's algorithm on its way back. */
function inverseOf(factor: bigint, all: bigint): bigint {
  if (factor === 1n) return 1n
  return ((1n - all * inverseOf(all % factor, factor)) / factor + all) % all
}

function base62(value: number, length: number): string {
  let text = ''
  for (let rest = value, index = 0; index < length; index++) {
    text = LETTERS.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** The cloud's id for the world's n-th thing. */
export function idOf(kind: IdKind, n: number, seed: number): string {
  // Orders (`purchaseReserved` answers one) have no documented form: UUID-like digits would claim more than is known.
  const form = ID_FORMS[kind] ?? { prefix: '', length: 10 as const }
  return form.prefix + letters(n, seed, form.length)
}

/** Which of the world's things has that id, if one has. */
export function numberOf(kind: IdKind, id: string, seed: number): number | undefined {
  const form = ID_FORMS[kind]
  if (!form || !id.startsWith(form.prefix)) return undefined
  const text = id.slice(form.prefix.length)
  if (text.length !== form.length || !/^[0-9A-Za-z]*$/.test(text)) return undefined
  return nthOf(text, seed, form.length)
}
