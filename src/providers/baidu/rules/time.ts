import { DAY_MS } from '../../../core/model/clock.ts'
import type { IdKind, Rules } from '../../../core/model/rules.ts'
import { settings } from './settings.ts'
import type { BaiduShapes } from './shapes.ts'

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

/** `yyyyMMddHHmmss` on a clock that is `offsetMinutes` ahead of UTC. */
function stamp(at: number, offsetMinutes: number): string {
  const iso = new Date(at + offsetMinutes * 60_000).toISOString()
  return [
    iso.slice(0, 4),
    iso.slice(5, 7),
    iso.slice(8, 10),
    iso.slice(11, 13),
    iso.slice(14, 16),
    iso.slice(17, 19)
  ].join('')
}

/** The longest name is 65: `auto_`, 45 of the policy's, `_` and 14 digits. */
const POLICY_NAME_PART = 45

/** What time does in this cloud. */
export const rules: Rules<BaiduShapes> = {
  id: idOf,
  // Cloud: what happens to a volume that is not in use is unknown; it is passed over (baidu.md 5.1.8, Q20).
  skip: (volume) => (volume.activity === 'idle' && volume.instanceN !== null ? undefined : 'volume-not-in-use'),
  automaticSnapshot: (policy, volume, at) => ({
    name: `auto_${policy.name.slice(0, POLICY_NAME_PART)}_${stamp(at, policy.utcOffsetMinutes)}`,
    expiresAt: policy.retentionDays === null ? null : at + policy.retentionDays * DAY_MS,
    detail: { desc: '', encrypted: volume.detail.encrypted, package: false, templateId: null, insnapId: null }
  }),
  // Cloud: proposed, the oldest automatic one goes first (baidu.md 5.1.8, Q19).
  atLimit: (volume, { setting }) => {
    const limit = setting('baidu.autoSnapshotLimit')
    if (volume.autoCount < limit) return undefined
    return limit === 0 ? 'skip' : 'replace-oldest'
  },
  onExpiry: () => 'gone',
  // Cloud: by default all snapshots stay, without their link to the disk (baidu.md 5.3.6).
  keepsSnapshots: () => true,
  marksVolume: ({ setting }) => setting('baidu.snapshotMarksVolume'),
  // Cloud: the stay in the recycle bin has no end (proposed, baidu.md 5.3.6, Q33).
  binMs: null,
  settings
}
