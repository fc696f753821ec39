import { DAY_MS } from '../../../core/model/clock.ts'
import type { Rules } from '../../../core/model/rules.ts'
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

export const rules: Rules<ZenlayerShapes> = {
  id: idOf,
  numberOf,
  skip(disk) {
    const status = diskStatusOf(disk)
    if (diskTable.CreateSnapshot[status] !== 'allowed') return `disk-${status.toLowerCase().replaceAll('_', '-')}`
    // Only a seed binds such a disk: no policy can be made where there are no snapshots.
    return disk.detail.snapshotAbility ? undefined : 'disk-without-snapshots'
  },
  // Cloud: the form of the name is unknown, this one is proposed (zenlayer.md 5.12).
  automaticSnapshot(policy, disk, at) {
    const expiresAt = policy.retentionDays === null ? null : at + policy.retentionDays * DAY_MS
    return {
      name: `auto-${disk.id.slice(0, 46)}-${minuteStamp(at)}`,
      expiresAt,
      detail: { retentionTime: expiresAt === null ? null : fromInstant(expiresAt) }
    }
  },
  atLimit: (disk, world) => (isAtQuota(disk, world.setting('zenlayer.snapshotQuota')) ? 'skip' : undefined),
  // Cloud: that snapshots expire at their retention time, by way of DELETING, is inferred (zenlayer.md 8, question 11).
  onExpiry: () => 'deleting',
  keepsSnapshots: (world) => world.setting('zenlayer.releaseKeepsSnapshots'),
  // Cloud: inferred from the status SNAPSHOT_CREATING of disks (zenlayer.md 8, question 6).
  marksVolume: () => true,
  binMs: DAY_MS,
  settings
}
