import { DAY_MS } from '../../../core/model/clock.ts'
import { statement } from '../../evidence.ts'
import { type EvidencedRules, ruled } from '../../evidenced-rules.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { diskStatusOf, fromInstant, minuteStamp } from '../wire/convert.ts'
import { idOf, numberOf } from './ids.ts'
import { settings } from './settings.ts'
import type { DiskRow, ZenlayerShapes } from './shapes.ts'
import { diskTable } from './states.ts'

/** Clients send whole seconds, so the 24-hour rule looks at now cut to the second (zenlayer.md 8, question 20). */
export function startOfSecond(now: number): number {
  return now - (now % 1000)
}

/** Whether a disk has as many snapshots as it may: manual and automatic together, in any status (zenlayer.md 5.1). */
export function isAtQuota(disk: DiskRow, quota: number): boolean {
  return quota > 0 && disk.manualCount + disk.autoCount >= quota
}

export const rules: EvidencedRules<ZenlayerShapes> = {
  id: idOf,
  numberOf,
  skip: ruled(
    statement(
      'A policy passes over a disk that is neither AVAILABLE nor IN_USE.',
      inferred('the page: a disk that cannot be used at that moment gets no snapshot', '5.12')
    ),
    (disk) => {
      const status = diskStatusOf(disk)
      if (diskTable.CreateSnapshot.cells[status] !== 'allowed') {
        return `disk-${status.toLowerCase().replaceAll('_', '-')}`
      }
      // Only a seed binds such a disk: no policy can be made where there are no snapshots.
      return disk.detail.snapshotAbility ? undefined : 'disk-without-snapshots'
    }
  ),
  automaticSnapshot: ruled(
    statement(
      'An automatic snapshot is called auto-<diskId>-<YYYYMMDDHHMM> and expires `retentionDays` times 24 hours after it was made.',
      unsaid('5.12, question 10')
    ),
    (policy, disk, at) => {
      const expiresAt = policy.retentionDays === null ? null : at + policy.retentionDays * DAY_MS
      return {
        name: `auto-${disk.id.slice(0, 46)}-${minuteStamp(at)}`,
        expiresAt,
        detail: { retentionTime: expiresAt === null ? null : fromInstant(expiresAt) }
      }
    }
  ),
  atLimit: ruled(statement('A policy passes over a disk at its quota.', unsaid('5.12')), (disk, world) =>
    isAtQuota(disk, world.setting('zenlayer.snapshotQuota')) ? 'skip' : undefined
  ),
  onExpiry: ruled(
    statement(
      'Snapshots go at their `retentionTime`, by way of DELETING; FAILED ones too.',
      inferred('the names of the members: no page says that anything is deleted', '5.12, question 11')
    ),
    () => 'deleting'
  ),
  keepsSnapshots: ruled(
    statement(
      'The snapshots of a released disk go with it, unless `zenlayer.releaseKeepsSnapshots`.',
      client('5.18, question 12', 'CSI driver')
    ),
    (world) => world.setting('zenlayer.releaseKeepsSnapshots')
  ),
  marksVolume: ruled(
    statement(
      'A disk of which a snapshot is made is SNAPSHOT_CREATING.',
      inferred('the status of that name', '5.1, question 6')
    ),
    () => true
  ),
  bin: statement('A disk lies in the recycle bin for 24 hours.', client('5.18', 'CSI driver')),
  binMs: DAY_MS,
  settings
}
