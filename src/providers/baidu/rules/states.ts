import type { VolumeActivity } from '../../../core/model/resources.ts'
import type { StateRule } from '../../evidenced-rules.ts'
import { client, codeless, inferred, page, unsaid } from '../sources.ts'
import type { BaiduInstance, BaiduSnapshot, BaiduVolume } from './shapes.ts'

/** Every status word of a volume (baidu.md 6.1) that can be met here; `Recycled` answers like a missing volume. */
export const VOLUME_STATUSES = [
  'Creating',
  'Available',
  'Attaching',
  'InUse',
  'Detaching',
  'Deleting',
  'Scaling',
  'SnapshotProcessing',
  'ImageProcessing',
  'Recharging',
  'Expired',
  'Error',
  'NotAvailable',
  'Recycled'
] as const
export type VolumeStatus = (typeof VOLUME_STATUSES)[number]

const STATUS_OF: Readonly<Record<Exclude<VolumeActivity, 'idle'>, VolumeStatus>> = {
  creating: 'Creating',
  attaching: 'Attaching',
  detaching: 'Detaching',
  resizing: 'Scaling',
  snapshotting: 'SnapshotProcessing',
  // Cloud: the enum has no word for a rollback; this one is inferred (baidu.md 5.3.8).
  'rolling-back': 'SnapshotProcessing',
  charging: 'Recharging',
  recycling: 'Recycled',
  recycled: 'Recycled',
  releasing: 'Deleting',
  failed: 'Error',
  expired: 'Expired',
  error: 'Error',
  unavailable: 'NotAvailable'
}

export function volumeStatus(volume: BaiduVolume): VolumeStatus {
  if (volume.activity === 'idle') return volume.instanceN === null ? 'Available' : 'InUse'
  if (volume.activity === 'unavailable' && volume.detail.statusWord === 'ImageProcessing') return 'ImageProcessing'
  return STATUS_OF[volume.activity]
}

/** Activities of a volume that can be found: all but those of the recycle bin (baidu.md 5.3.6, Q33). */
export const SHOWN_ACTIVITIES: readonly VolumeActivity[] = [
  'idle',
  'creating',
  'attaching',
  'detaching',
  'resizing',
  'snapshotting',
  'rolling-back',
  'charging',
  'releasing',
  'failed',
  'expired',
  'error',
  'unavailable'
]

/** In which states an operation goes through, with which code it is refused in all others, and what that rests on. */
interface Answers<State extends string> extends StateRule {
  readonly allowed: readonly State[]
  readonly refusal: string
}

/**
 * The state machine of volumes: in which status an operation goes through, and what it answers in all others. The rows
 * ask this table, and a test asks every row for every cell of it. A recycled volume is 404 to all (one DELETE aside).
 */
export const VOLUME_STATES = {
  AttachVolume: { allowed: ['Available'], refusal: 'Volume.DistNotAvailable', evidence: page('Mount CDS', '5.3.4') },
  // Cloud: a volume that is attached there, and yet not InUse (baidu.md 5.3.5); unattached ones are refused before.
  DetachVolume: { allowed: ['InUse'], refusal: 'OperationDenied', evidence: unsaid('5.3.5') },
  // Cloud: comments say Available only; the page, tf and csi resize attached volumes (baidu.md 5.3.7).
  ResizeVolume: {
    allowed: ['Available', 'InUse'],
    refusal: 'OperationDenied',
    evidence: client('5.3.7', 'Terraform', 'CSI driver')
  },
  /** Data volumes. */
  RollbackVolume: { allowed: ['Available'], refusal: 'OperationDenied', evidence: page('Roll back CDS', '5.3.8') },
  RollbackSystemVolume: { allowed: ['InUse'], refusal: 'OperationDenied', evidence: unsaid('5.3.8') },
  ReleaseVolume: {
    allowed: ['Available', 'Expired', 'Error'],
    refusal: 'Volume.DiskStatusCannotBeDeleted',
    evidence: page('Release CDS', '5.3.6')
  },
  DeletePrepayVolume: {
    allowed: ['Available', 'Expired', 'Error'],
    refusal: 'OperationDenied',
    evidence: inferred('ReleaseVolume asks the same', '5.3.9')
  },
  CreateSnapshot: { allowed: ['Available', 'InUse'], refusal: 'OperationDenied', evidence: codeless('5.2.1, Q21') },
  AttachAsp: { allowed: ['InUse'], refusal: 'Asp.VolumeStatusInvalid', evidence: page('Mount ASP', '5.1.6') },
  ModifyVolumeChargeType: {
    allowed: ['Available', 'InUse'],
    refusal: 'OperationDenied',
    evidence: page('Change the billing mode of CDS', '5.3.9')
  },
  PurchaseReservedVolume: {
    allowed: ['Available', 'InUse'],
    refusal: 'OperationDenied',
    evidence: page('Renew CDS', '5.3.9')
  },
  AutoRenewVolume: { allowed: ['Available', 'InUse'], refusal: 'OperationDenied', evidence: unsaid('5.3.9') },
  CancelAutoRenewVolume: { allowed: ['Available', 'InUse'], refusal: 'OperationDenied', evidence: unsaid('5.3.9') }
  // Names, texts, tags, switches and reads ask for no status.
} as const satisfies Readonly<Record<string, Answers<VolumeStatus>>>
export type VolumeOperation = keyof typeof VOLUME_STATES

/** The code that refuses this operation in the volume's status, or nothing. */
export function volumeRefusal<O extends VolumeOperation>(
  operation: O,
  volume: BaiduVolume
): (typeof VOLUME_STATES)[O]['refusal'] | undefined {
  const { allowed, refusal }: { allowed: readonly VolumeStatus[]; refusal: (typeof VOLUME_STATES)[O]['refusal'] } =
    VOLUME_STATES[operation]
  return allowed.includes(volumeStatus(volume)) ? undefined : refusal
}

export const SNAPSHOT_STATUSES = ['Creating', 'CreatedFailed', 'Available', 'NotAvailable'] as const
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number]

export function snapshotStatus(snapshot: BaiduSnapshot): SnapshotStatus {
  switch (snapshot.state) {
    case 'creating':
      return 'Creating'
    case 'failed':
      return 'CreatedFailed'
    case 'available':
    // Cloud: no word is known for the snapshot of a running rollback (baidu.md 6.2).
    case 'rolling-back':
      return 'Available'
    case 'deleting':
    case 'unavailable':
      return 'NotAvailable'
    default:
      return snapshot.state satisfies never
  }
}

/** The state machine of snapshots, as that of volumes. */
export const SNAPSHOT_STATES = {
  DeleteSnapshot: {
    allowed: ['CreatedFailed', 'Available'],
    refusal: 'SnapshotOperationForbidden',
    evidence: codeless('5.2.4, Q22')
  },
  // Cloud: which condition gives the 403 is unknown; proposed (baidu.md 5.3.8, Q24).
  RollbackVolume: { allowed: ['Available'], refusal: 'SnapshotOperationForbidden', evidence: unsaid('5.3.8, Q24') },
  RemoteCopySnapshot: { allowed: ['Available'], refusal: 'OperationDenied', evidence: unsaid('5.2.9') },
  CreateSnapshotShare: { allowed: ['Available'], refusal: 'OperationDenied', evidence: unsaid('5.2.10') },
  CreateVolume: { allowed: ['Available'], refusal: 'OperationDenied', evidence: unsaid('5.3.1') }
} as const satisfies Readonly<Record<string, Answers<SnapshotStatus>>>
export type SnapshotOperation = keyof typeof SNAPSHOT_STATES

export function snapshotRefusal<O extends SnapshotOperation>(
  operation: O,
  snapshot: BaiduSnapshot
): (typeof SNAPSHOT_STATES)[O]['refusal'] | undefined {
  const { allowed, refusal }: { allowed: readonly SnapshotStatus[]; refusal: (typeof SNAPSHOT_STATES)[O]['refusal'] } =
    SNAPSHOT_STATES[operation]
  // A snapshot that is being rolled back to shows as Available and counts so; only it doesn't go meanwhile.
  const isBusy = operation === 'DeleteSnapshot' && snapshot.state === 'rolling-back'
  return allowed.includes(snapshotStatus(snapshot)) && !isBusy ? undefined : refusal
}

/** Instance words of baidu.md 4.10 and 5.4; those that the core knows are its own in lower case. */
export const INSTANCE_STATUSES = [
  'Running',
  'Starting',
  'Stopping',
  'Stopped',
  'Rebooting',
  'Deleted',
  'Scaling',
  'Expired',
  'Error',
  'SnapshotProcessing',
  'ImageProcessing',
  'ChangeVpc',
  'Recycled'
] as const
const CORE_WORDS: Readonly<Record<string, string>> = {
  Running: 'running',
  Stopped: 'stopped',
  Starting: 'starting',
  Stopping: 'stopping',
  Rebooting: 'rebooting'
}

export function instanceState(status: string): string {
  return CORE_WORDS[status] ?? status
}
export function instanceStatus(instance: BaiduInstance): string {
  return INSTANCE_STATUSES.find((word) => instanceState(word) === instance.state) ?? instance.state
}

/** The state machine of instances, as that of volumes: what starts, stops and reboots them (baidu.md 5.4). */
export const INSTANCE_STATES = {
  StartInstance: { allowed: ['Stopped'], refusal: 'OperationDenied', evidence: unsaid('5.4') },
  StopInstance: { allowed: ['Running'], refusal: 'OperationDenied', evidence: unsaid('5.4') },
  RebootInstance: { allowed: ['Running'], refusal: 'OperationDenied', evidence: unsaid('5.4') }
} as const satisfies Readonly<Record<string, Answers<(typeof INSTANCE_STATUSES)[number]>>>
export function instanceRefusal(
  operation: keyof typeof INSTANCE_STATES,
  instance: BaiduInstance
): 'OperationDenied' | undefined {
  const { allowed, refusal } = INSTANCE_STATES[operation]
  return allowed.some((word) => word === instanceStatus(instance)) ? undefined : refusal
}

/** Volumes come and go, and system volumes are worked on, only then. */
export function isSteady(instance: BaiduInstance | undefined): instance is BaiduInstance {
  return instance?.state === 'running' || instance?.state === 'stopped'
}
