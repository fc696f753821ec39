import type { IdKind } from '../../../core/model/rules.ts'

const FIRST_ID = 1_700_000_000_000_000_000n
const FIRST_ORDER = 862_000_000_000_000_000n
const STEP = 7919n
// Odd, so that multiplying by it turns each number below a power of two into another one of them.
const SCATTER = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835n

// Cloud: ids look like 64-bit numbers ordered by time, but 18 digits before 2021 break the CSI driver (zenlayer.md 1.9);
// the form of policy ids is unknown, that of snapshots is proposed (zenlayer.md 8, question 9).
/** What undoes multiplying by `SCATTER` (Newton: each step doubles the bits that are right, from three on). */
const UNSCATTER = Array.from({ length: 6 }).reduce<bigint>(
  (inverse) => BigInt.asUintN(122, inverse * (2n - SCATTER * inverse)),
  SCATTER
)

/** 19 digits, ascending; a serial has 20 characters; a resource group is named by a UUID. */
export function idOf(kind: IdKind, n: number, seed: number): string {
  const nth = BigInt(n)
  if (kind === 'order') return String(FIRST_ORDER + nth * STEP)
  if (kind === 'serial') return `d1${scattered(nth, 90n).toString(32).padStart(18, '0')}`
  if (kind === 'resourceGroup') return uuid((BigInt(seed >>> 0) << 64n) ^ scattered(nth, 122n))
  return String(FIRST_ID + nth * STEP)
}
/** Which of the world's things has that id, if `idOf` made it. */
export function numberOf(kind: IdKind, id: string, seed: number): number | undefined {
  if (kind === 'resourceGroup') return numberOfUuid(id, seed)
  if (!/^\d{19}$/.test(id)) return undefined
  const steps = BigInt(id) - FIRST_ID
  return steps > 0n && steps % STEP === 0n ? Number(steps / STEP) : undefined
}

/** The steps of `uuid` and `scattered` back. */
function numberOfUuid(id: string, seed: number): number | undefined {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)) return undefined
  const hex = id.replaceAll('-', '')
  const top = Number.parseInt(hex.charAt(16), 16) - 8
  const bits = BigInt(`0x${top}${hex.slice(0, 12)}${hex.slice(13, 16)}${hex.slice(17)}`)
  return Number(((bits ^ (BigInt(seed >>> 0) << 64n)) * UNSCATTER) % (1n << 122n))
}

function scattered(n: bigint, bits: bigint): bigint {
  return (n * SCATTER) % (1n << bits)
}
/** 122 bits in the form of a version 4 UUID. */
function uuid(bits: bigint): string {
  const hex = bits.toString(16).padStart(31, '0')
  const variant = (8n + (bits >> 120n)).toString(16)
  return [hex.slice(1, 9), hex.slice(9, 13), `4${hex.slice(13, 16)}`, variant + hex.slice(16, 19), hex.slice(19)].join(
    '-'
  )
}
