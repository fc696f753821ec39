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

/**
 * `length` letters for the n-th thing, a bijection of n: two steps of multiplying by a number that is prime to 62 and
 * adding one of the world, with the halves exchanged between them so that every letter moves.
 */
function letters(n: number, seed: number, length: 8 | 10): string {
  const half = HALVES[length]
  const all = ALL[length]
  const shift = BigInt(seed)
  const first = (BigInt(n) * 59_604_644_783_353_249n + shift * 7_919n + 15_485_863n) % all
  const swapped = (first % half) * half + first / half
  const last = (swapped * 22_801_763_489n + shift * 104_729n) % all
  // Halves fit into plain numbers, which are quicker to take apart.
  return base62(Number(last / half), length / 2) + base62(Number(last % half), length / 2)
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
