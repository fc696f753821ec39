import { DAY_MS } from '../../../core/model/clock.ts'
import { statement } from '../../evidence.ts'
import { type EvidencedRules, ruled } from '../../evidenced-rules.ts'
import { inferred, page, unsaid } from '../sources.ts'
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
export const rules: EvidencedRules<BaiduShapes> = {
  id: idOf,
  numberOf,
  skip: ruled(statement('A policy passes over a volume that is not InUse.', unsaid('5.1.8, Q20')), (volume) =>
    volume.activity === 'idle' && volume.instanceN !== null ? undefined : 'volume-not-in-use'
  ),
  automaticSnapshot: ruled(
    statement(
      'An automatic snapshot is called auto_<policy>_<yyyyMMddHHmmss>, by the policy’s offset, and expires `retentionDays` times 24 hours after it was made.',
      unsaid('5.1.8, Q19')
    ),
    (policy, volume, at) => ({
      name: `auto_${policy.name.slice(0, POLICY_NAME_PART)}_${stamp(at, policy.utcOffsetMinutes)}`,
      expiresAt: policy.retentionDays === null ? null : at + policy.retentionDays * DAY_MS,
      detail: { desc: '', encrypted: volume.detail.encrypted, package: false, templateId: null, insnapId: null }
    })
  ),
  atLimit: ruled(
    statement(
      'At `baidu.autoSnapshotLimit` the oldest automatic snapshot of the volume goes first.',
      unsaid('5.1.8, Q19')
    ),
    (volume, { setting }) => {
      const limit = setting('baidu.autoSnapshotLimit')
      if (volume.autoCount < limit) return undefined
      return limit === 0 ? 'skip' : 'replace-oldest'
    }
  ),
  onExpiry: ruled(
    statement(
      'Snapshots are gone at their `expireTime`, at once.',
      inferred('the member, and that no status for deleting exists', '5.1.8')
    ),
    () => 'gone'
  ),
  keepsSnapshots: ruled(
    statement('The snapshots of a released volume stay, without their link to it.', page('Release CDS', '5.3.6')),
    () => true
  ),
  marksVolume: ruled(
    statement(
      'A volume of which a snapshot is made keeps its status, unless `baidu.snapshotMarksVolume`.',
      unsaid('5.2.1, Q25')
    ),
    ({ setting }) => setting('baidu.snapshotMarksVolume')
  ),
  bin: statement('The stay in the recycle bin has no end.', unsaid('5.3.6, Q33')),
  binMs: null,
  settings
}
