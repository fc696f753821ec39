import type { Why } from '../../../core/model/journal.ts'
import type { Evidence } from '../../evidence.ts'
import type { StateRule } from '../../evidenced-rules.ts'
import { client, inferred, models, preRelease, reference, unread, unsaid } from '../sources.ts'
import { diskStatusOf, instanceStatusOf, snapshotStatusOf } from '../wire/convert.ts'
import { DISK_STATUSES, type DiskStatus, type InstanceStatus, type SnapshotStatus } from '../wire/words.ts'
import type { DiskRow, InstanceRow, SnapshotRow, ZenlayerCloud } from './shapes.ts'

// The state machines of zenlayer.md 6 as tables: what each action says to a thing in each state, `allowed` or a code,
// and what that rests on.

/**
 * A disk's status, and what a status alone doesn't tell: whether a disk with a running snapshot is attached, and
 * whether that snapshot holds it (setting `zenlayer.attachDuringSnapshot` is off; zenlayer.md 5.15).
 */
export const DISK_STANDINGS = [
  ...DISK_STATUSES,
  'SNAPSHOT_CREATING attached',
  'SNAPSHOT_CREATING held',
  'SNAPSHOT_CREATING attached held'
] as const
export type DiskStanding = (typeof DISK_STANDINGS)[number]

type Cells<State extends string, Answer> = Readonly<Record<State, Answer>>

interface Asked<State extends string, Answer> extends StateRule {
  readonly cells: Cells<State, Answer>
}
function asked<State extends string, Answer extends string>(
  cells: Cells<State, Answer>,
  evidence: Evidence
): Asked<State, Answer> {
  const states = Object.keys(cells)
  const allowed = Object.entries(cells).flatMap(([state, answer]) => (answer === 'allowed' ? [state] : []))
  return { cells, allowed, refused: states.filter((state) => !allowed.includes(state)), evidence }
}

/** A code, and what the journal says: what the thing is, and what the action takes. */
export interface Refused<Code> {
  readonly code: Code
  readonly why: Why
}
function firstRefused<Row extends { readonly id: string }, State extends string, Code extends string>(
  field: string,
  rows: readonly Row[],
  stateOf: (row: Row) => State,
  { cells, allowed: taken }: Asked<State, 'allowed' | Code>
): Refused<Code> | undefined {
  for (const row of rows) {
    const state = stateOf(row)
    const code: 'allowed' | Code = cells[state]
    if (code === 'allowed') continue
    return { code, why: { field: `body.${field}`, hint: `${row.id} is ${state}; this takes ${taken.join(', ')}` } }
  }
  return undefined
}

function disks<const Otherwise extends string, const Special extends string = never>(
  otherwise: Otherwise,
  special: Readonly<Partial<Record<DiskStanding, Special>>>,
  evidence: Evidence
): Asked<DiskStanding, Otherwise | Special> {
  const everywhere = {
    CREATING: otherwise,
    IN_USE: otherwise,
    AVAILABLE: otherwise,
    CHANGING: otherwise,
    ATTACHING: otherwise,
    DETACHING: otherwise,
    DELETING: otherwise,
    RECYCLED: otherwise,
    RECYCLING: otherwise,
    FAILED: otherwise,
    SNAPSHOT_CREATING: otherwise,
    ROLLING_BACK: otherwise,
    'SNAPSHOT_CREATING attached': otherwise,
    'SNAPSHOT_CREATING held': otherwise,
    'SNAPSHOT_CREATING attached held': otherwise
  } as const
  return asked({ ...everywhere, ...special }, evidence)
}

const allowed = 'allowed'
const WRONG_DISK = 'UNSUPPORTED_OPERATION_DISK_STATUS'
const ATTACHED = 'UNSUPPORTED_OPERATION_DISK_ATTACHED'
const IN_BIN = 'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'
const AT_REST = { AVAILABLE: allowed, IN_USE: allowed } as const

export const diskTable = {
  CreateSnapshot: disks(WRONG_DISK, AT_REST, reference('CreateSnapshot', '5.1')),
  ApplySnapshot: disks(
    'OPERATION_DENIED_DISK_STATUS',
    AT_REST,
    inferred('the page names AVAILABLE and IN_USE as what the disk is again at the end', '5.4')
  ),
  ApplyAutoSnapshotPolicy: disks(
    allowed,
    {
      RECYCLING: WRONG_DISK,
      RECYCLED: WRONG_DISK,
      DELETING: WRONG_DISK,
      FAILED: WRONG_DISK
    },
    unsaid('5.10')
  ),
  CancelAutoSnapshotPolicy: disks(allowed, {}, unsaid('5.11')),
  // Cloud: Terraform snapshots and attaches a disk in one instant, so no running snapshot is in the way (zenlayer.md 5.15).
  AttachDisks: disks(
    WRONG_DISK,
    {
      AVAILABLE: allowed,
      IN_USE: ATTACHED,
      SNAPSHOT_CREATING: allowed,
      'SNAPSHOT_CREATING attached': ATTACHED,
      'SNAPSHOT_CREATING attached held': ATTACHED
    },
    client('5.15, question 33', 'Terraform')
  ),
  DetachDisks: disks(WRONG_DISK, { IN_USE: allowed, 'SNAPSHOT_CREATING attached': allowed }, models('5.16')),
  ChangeDisksAttach: disks(WRONG_DISK, { IN_USE: allowed }, unsaid('5.27')),
  ResizeDisk: disks(WRONG_DISK, AT_REST, models('5.17')),
  ReleaseDisk: disks(
    WRONG_DISK,
    {
      AVAILABLE: allowed,
      FAILED: allowed,
      RECYCLED: allowed,
      RECYCLING: 'UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE'
    },
    unsaid('5.18')
  ),
  RenewDisk: disks(WRONG_DISK, { RECYCLED: allowed }, reference('RenewDisk', '5.19')),
  // Cloud: actions without a code of their own about the bin answer the common one (zenlayer.md 3.1, question 32).
  ModifyDisksAttributes: disks(
    allowed,
    { DELETING: WRONG_DISK, RECYCLED: IN_BIN, RECYCLING: IN_BIN },
    inferred('the common code is for actions that have none of their own for the bin', '5.20, question 32')
  ),
  ModifyDisksResourceGroup: disks(
    allowed,
    { DELETING: WRONG_DISK, RECYCLED: IN_BIN, RECYCLING: IN_BIN },
    inferred('the common code is for actions that have none of their own for the bin', '5.21, question 32')
  ),
  AddResourceResourceGroup: disks(
    allowed,
    { RECYCLED: IN_BIN, RECYCLING: IN_BIN },
    inferred('the common code is for actions that have none of their own for the bin', '3.1, question 32')
  ),
  ModifyResourceTags: disks(
    allowed,
    { RECYCLED: IN_BIN, RECYCLING: IN_BIN },
    inferred('the common code is for actions that have none of their own for the bin', '3.1, question 32')
  )
} as const

export function standingOf(disk: DiskRow, held: boolean): DiskStanding {
  const status: DiskStatus = diskStatusOf(disk)
  if (status !== 'SNAPSHOT_CREATING') return status
  if (disk.instanceN === null) return held ? 'SNAPSHOT_CREATING held' : status
  return held ? 'SNAPSHOT_CREATING attached held' : 'SNAPSHOT_CREATING attached'
}

/** The first of the disks that an action refuses as it stands. */
export function diskRefusal<Code extends string>(
  field: string,
  disks: readonly DiskRow[],
  rule: Asked<DiskStanding, 'allowed' | Code>,
  cloud: ZenlayerCloud
): Refused<Code> | undefined {
  const held = !cloud.setting('zenlayer.attachDuringSnapshot')
  return firstRefused(field, disks, (disk) => standingOf(disk, held), rule)
}

function snapshots<const Otherwise extends string, const Special extends string = never>(
  otherwise: Otherwise,
  special: Readonly<Partial<Record<SnapshotStatus, Special>>>,
  evidence: Evidence
): Asked<SnapshotStatus, Otherwise | Special> {
  const everywhere = {
    CREATING: otherwise,
    AVAILABLE: otherwise,
    FAILED: otherwise,
    ROLLING_BACK: otherwise,
    DELETING: otherwise
  } as const
  return asked({ ...everywhere, ...special }, evidence)
}

const WRONG_SNAPSHOT = 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'

export const snapshotTable = {
  ModifySnapshotsAttribute: snapshots(allowed, { DELETING: WRONG_SNAPSHOT }, unsaid('5.3')),
  ApplySnapshot: snapshots(WRONG_SNAPSHOT, { AVAILABLE: allowed }, preRelease('ApplySnapshot', '5.4')),
  DeleteSnapshots: snapshots(
    WRONG_SNAPSHOT,
    { AVAILABLE: allowed, FAILED: allowed },
    inferred('the page asks for AVAILABLE, and a FAILED one would stay for ever else', '5.5, question 3')
  ),
  CreateDisks: snapshots(WRONG_SNAPSHOT, { AVAILABLE: allowed }, unread('5.13'))
} as const

/** The first of the snapshots that an action refuses in its state. */
export function snapshotRefusal<Code extends string>(
  field: string,
  rows: readonly SnapshotRow[],
  rule: Asked<SnapshotStatus, 'allowed' | Code>
): Refused<Code> | undefined {
  return firstRefused(field, rows, ({ state }) => snapshotStatusOf(state), rule)
}

function instances<const Otherwise extends string, const Special extends string = never>(
  otherwise: Otherwise,
  special: Readonly<Partial<Record<InstanceStatus, Special>>>,
  evidence: Evidence
): Asked<InstanceStatus, Otherwise | Special> {
  const everywhere = {
    DEPLOYING: otherwise,
    REBUILDING: otherwise,
    REBOOT: otherwise,
    RUNNING: otherwise,
    STOPPED: otherwise,
    BOOTING: otherwise,
    RELEASING: otherwise,
    STOPPING: otherwise,
    RECYCLE: otherwise,
    RECYCLING: otherwise,
    CREATE_FAILED: otherwise,
    IMAGING: otherwise,
    RESIZING: otherwise,
    PENDING: otherwise,
    REINSTALL_FAILED: otherwise
  } as const
  return asked({ ...everywhere, ...special }, evidence)
}

const WRONG_INSTANCE = 'UNSUPPORTED_OPERATION_INSTANCE_STATUS'
const USABLE = { RUNNING: allowed, STOPPED: allowed } as const

export const instanceTable = {
  StartInstances: instances(WRONG_INSTANCE, { STOPPED: allowed }, models('5.29')),
  StopInstances: instances(WRONG_INSTANCE, { RUNNING: allowed }, models('5.29')),
  CreateDisks: instances(WRONG_INSTANCE, USABLE, unread('5.13')),
  AttachDisks: instances(WRONG_INSTANCE, USABLE, unsaid('5.15')),
  ChangeDisksAttach: instances(WRONG_INSTANCE, USABLE, unsaid('5.27')),
  /** With `instanceCheckFlag`; without it no state is asked for (zenlayer.md 5.16). */
  DetachDisks: instances(WRONG_INSTANCE, { STOPPED: allowed }, models('5.16'))
} as const

/** The first of the instances that an action refuses in its state. */
export function instanceRefusal<Code extends string>(
  field: string,
  rows: readonly InstanceRow[],
  rule: Asked<InstanceStatus, 'allowed' | Code>
): Refused<Code> | undefined {
  return firstRefused(field, rows, instanceStatusOf, rule)
}
