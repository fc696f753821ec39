import { DAY_MS } from '../../../core/model/clock.ts'
import type { Rules } from '../../../core/model/rules.ts'
import { idOf, numberOf } from './ids.ts'
import { settings } from './settings.ts'
import type { BaiduShapes } from './shapes.ts'

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
  numberOf,
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
