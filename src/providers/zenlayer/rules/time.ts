import { type TSchema, Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import type { IdKind, Rules, Setting } from '../../../core/model/rules.ts'
import { diskStatusOf, fromInstant, minuteStamp } from '../wire/convert.ts'
import type { DiskRow, NotFoundCode, ZenlayerShapes } from './shapes.ts'
import { diskTable } from './states.ts'

const FIRST_ID = 1_700_000_000_000_000_000n
const FIRST_ORDER = 862_000_000_000_000_000n
const STEP = 7919n
// Odd, so that multiplying by it turns each number below a power of two into another one of them.
const SCATTER = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835n

// Cloud: ids look like 64-bit numbers ordered by time, but 18 digits before 2021 break the CSI driver (zenlayer.md 1.9);
// the form of policy ids is unknown, that of snapshots is proposed (zenlayer.md 8, question 9).
/** 19 digits, ascending; a serial has 20 characters; a resource group is named by a UUID. */
function id(kind: IdKind, n: number, seed: number): string {
  const nth = BigInt(n)
  if (kind === 'order') return String(FIRST_ORDER + nth * STEP)
  if (kind === 'serial') return `d1${scattered(nth, 90n).toString(32).padStart(18, '0')}`
  if (kind === 'resourceGroup') return uuid((BigInt(seed >>> 0) << 64n) ^ scattered(nth, 122n))
  return String(FIRST_ID + nth * STEP)
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

const setting = (form: TSchema, value: Setting['default'], source: string, description: string): Setting => ({
  form,
  default: value,
  description,
  source: `zenlayer.md ${source}`
})
const delay = (transition: string): Setting =>
  setting(
    Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    null,
    '6.4',
    `Milliseconds that ${transition} takes; null: 300 on a system clock, 0 on a manual one.`
  )
const yesNo = Type.Boolean()
const codes: readonly NotFoundCode[] = ['INVALID_DISK_NOT_FOUND', 'OPERATION_FAILED_RESOURCE_NOT_FOUND']

const settings = {
  'zenlayer.recycleBin': setting(
    yesNo,
    false,
    '5.18',
    'ReleaseDisk moves a disk to the recycle bin for 24 hours first.'
  ),
  'zenlayer.diskNotFoundCode': setting(
    Type.Union(codes.map((code) => Type.Literal(code))),
    'INVALID_DISK_NOT_FOUND',
    '3.1',
    'The code for an unknown disk.'
  ),
  'zenlayer.instanceDiskLimit': setting(
    Type.Integer({ minimum: 0 }),
    15,
    '5.15',
    'Data disks that one instance takes.'
  ),
  'zenlayer.snapshotQuota': setting(
    Type.Integer({ minimum: 0 }),
    0,
    '5.1',
    'Snapshots of one disk, manual and automatic together; 0: no limit. A policy passes over a disk at its quota.'
  ),
  'zenlayer.attachDuringSnapshot': setting(
    yesNo,
    true,
    '5.15',
    'AttachDisks and DetachDisks are allowed while a disk is SNAPSHOT_CREATING.'
  ),
  'zenlayer.releaseKeepsSnapshots': setting(yesNo, false, '5.18', 'Snapshots outlive their disk.'),
  'zenlayer.plainMessages': setting(
    yesNo,
    false,
    '1.6',
    'Messages of refusals in general words; without it they name the member and its value, as the cloud does.'
  ),
  'delays.zenlayer.snapshotCreateMs': delay('making a snapshot'),
  'delays.zenlayer.snapshotDeleteMs': delay('deleting a snapshot'),
  'delays.zenlayer.rollbackMs': delay('a rollback'),
  'delays.zenlayer.diskCreateMs': delay('making a disk'),
  'delays.zenlayer.attachMs': delay('attaching a disk'),
  'delays.zenlayer.detachMs': delay('detaching a disk'),
  'delays.zenlayer.resizeMs': delay('resizing a disk'),
  'delays.zenlayer.releaseMs': delay('destroying a disk'),
  'delays.zenlayer.recycleMs': delay('moving a disk to the recycle bin'),
  'delays.zenlayer.instanceStartMs': delay('starting an instance'),
  'delays.zenlayer.instanceStopMs': delay('stopping an instance')
} as const satisfies Readonly<Record<string, Setting>>

/** Clients send whole seconds, so the 24-hour rule looks at now cut to the second (zenlayer.md 8, question 20). */
export function startOfSecond(now: number): number {
  return now - (now % 1000)
}

/** Whether a disk has as many snapshots as it may: manual and automatic together, in any status (zenlayer.md 5.1). */
export function isAtQuota(disk: DiskRow, quota: number): boolean {
  return quota > 0 && disk.manualCount + disk.autoCount >= quota
}

export const rules: Rules<ZenlayerShapes> = {
  id,
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
