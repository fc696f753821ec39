import type { InstanceState, SnapshotState, VolumeActivity } from '../../../core/model/resources.ts'

/** Enum DiskStatus, zenlayer.md 4.11. */
export const DISK_STATUSES = [
  'CREATING',
  'IN_USE',
  'AVAILABLE',
  'CHANGING',
  'ATTACHING',
  'DETACHING',
  'DELETING',
  'RECYCLED',
  'RECYCLING',
  'FAILED',
  'SNAPSHOT_CREATING',
  'ROLLING_BACK'
] as const
export type DiskStatus = (typeof DISK_STATUSES)[number]

/** Every status but the two at rest is one activity of the core. */
export const ACTIVITY_OF = {
  CREATING: 'creating',
  CHANGING: 'resizing',
  ATTACHING: 'attaching',
  DETACHING: 'detaching',
  DELETING: 'releasing',
  RECYCLED: 'recycled',
  RECYCLING: 'recycling',
  FAILED: 'failed',
  SNAPSHOT_CREATING: 'snapshotting',
  ROLLING_BACK: 'rolling-back'
} as const satisfies Record<Exclude<DiskStatus, 'IN_USE' | 'AVAILABLE'>, VolumeActivity>

/** Enum SnapshotStatusValue, zenlayer.md 4.10. */
export const SNAPSHOT_STATUSES = ['CREATING', 'AVAILABLE', 'FAILED', 'ROLLING_BACK', 'DELETING'] as const
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number]

export const SNAPSHOT_STATE_OF = {
  CREATING: 'creating',
  AVAILABLE: 'available',
  FAILED: 'failed',
  ROLLING_BACK: 'rolling-back',
  DELETING: 'deleting'
} as const satisfies Record<SnapshotStatus, SnapshotState>

/** Instance status values, zenlayer.md 4.8; the last two are known to Terraform only. */
export const INSTANCE_STATUSES = [
  'DEPLOYING',
  'REBUILDING',
  'REBOOT',
  'RUNNING',
  'STOPPED',
  'BOOTING',
  'RELEASING',
  'STOPPING',
  'RECYCLE',
  'RECYCLING',
  'CREATE_FAILED',
  'IMAGING',
  'RESIZING',
  'PENDING',
  'REINSTALL_FAILED'
] as const
export type InstanceStatus = (typeof INSTANCE_STATUSES)[number]

/** The core moves four of them; the others only come from a seed and are kept as they are. */
export const INSTANCE_STATE_OF: Readonly<Partial<Record<InstanceStatus, InstanceState>>> = {
  RUNNING: 'running',
  STOPPED: 'stopped',
  BOOTING: 'starting',
  STOPPING: 'stopping'
}
