/**
 * The state machines of baidu.md 6 with the refusals of section 5, cell by cell and by hand: what an operation answers
 * about a volume, snapshot or instance in each status. A `+` says attached.
 */
export interface Cell {
  readonly state: string
  readonly operation: string
  /** A code, or `ok`. */
  readonly answer: string
}

const CODES: Readonly<Record<string, string>> = {
  '.': 'ok',
  D: 'Volume.DistNotAvailable',
  N: 'Volume.DiskNotAttachedInstance',
  O: 'OperationDenied',
  C: 'Volume.DiskStatusCannotBeDeleted',
  S: 'Volume.SystemDiskCannotBeDeleted',
  V: 'Asp.VolumeStatusInvalid',
  F: 'SnapshotOperationForbidden',
  A: 'Volume.InstanceStatusCannotAttach',
  E: 'Volume.InstanceStatusCannotDetach',
  X: 'NoSuchObject'
}

function cells(operations: readonly string[], table: Readonly<Record<string, string>>): readonly Cell[] {
  return Object.entries(table).flatMap(([state, line]) => {
    const answers = line.split(/\s+/)
    if (answers.length !== operations.length) throw new Error(`${state} has ${answers.length} cells`)
    return operations.map((operation, index) => {
      const answer = CODES[answers[index] ?? '']
      if (answer === undefined) throw new Error(`${state} ${operation}: ${answers[index]}`)
      return { state, operation, answer }
    })
  })
}

/** Data volumes, all of them Prepaid. */
export const volumeCells = cells(
  [
    'AttachVolume',
    'DetachVolume',
    'ResizeVolume',
    'RollbackVolume',
    'CreateSnapshot',
    'AttachAsp',
    'ModifyVolumeChargeType',
    'PurchaseReservedVolume',
    'AutoRenewVolume',
    'CancelAutoRenewVolume',
    'DeletePrepayVolume',
    'ReleaseVolume',
    'ReleaseVolume-POST',
    'RenameVolume',
    'ModifyCdsAttribute',
    'BindTagVolume',
    'UnbindTagVolume',
    'AttachTags',
    'DetachTags',
    'ModifyVolumeDeleteProtectionV2',
    'GetVolumeResizeProgress',
    'GetVolume',
    'GetVolumeV3'
  ],
  {
    Creating: 'D N O O O V O O O O O C C . . . . . . . . . .',
    Available: '. N . . . V . . . . . . . . . . . . . . . . .',
    'Attaching+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    'InUse+': 'D . . O . . . . . . O C C . . . . . . . . . .',
    'Detaching+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    Deleting: 'D N O O O V O O O O O C C . . . . . . . . . .',
    Scaling: 'D N O O O V O O O O O C C . . . . . . . . . .',
    'Scaling+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    SnapshotProcessing: 'D N O O O V O O O O O C C . . . . . . . . . .',
    'SnapshotProcessing+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    ImageProcessing: 'D N O O O V O O O O O C C . . . . . . . . . .',
    'ImageProcessing+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    Recharging: 'D N O O O V O O O O O C C . . . . . . . . . .',
    'Recharging+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    Expired: 'D N O O O V O O O O . . . . . . . . . . . . .',
    'Expired+': 'D O O O O V O O O O . . . . . . . . . . . . .',
    Error: 'D N O O O V O O O O . . . . . . . . . . . . .',
    NotAvailable: 'D N O O O V O O O O O C C . . . . . . . . . .',
    'NotAvailable+': 'D O O O O V O O O O O C C . . . . . . . . . .',
    // Found by nothing but one DELETE.
    Recycled: 'X X X X X X X X X X X . X X X X X X X X X X X'
  }
)

/** System volumes, on an instance that runs. */
export const systemCells = cells(
  ['DetachVolume', 'RollbackVolume', 'CreateSnapshot', 'AttachAsp', 'AutoRenewVolume', 'ReleaseVolume', 'ResizeVolume'],
  {
    'InUse+': 'O . . . O S .',
    'Scaling+': 'O O O V O S O',
    'SnapshotProcessing+': 'O O O V O S O',
    'ImageProcessing+': 'O O O V O S O',
    'Recharging+': 'O O O V O S O',
    'Expired+': 'O O O V O S O',
    'NotAvailable+': 'O O O V O S O'
  }
)

export const snapshotCells = cells(
  [
    'DeleteSnapshot',
    'RollbackVolume',
    'RemoteCopySnapshot',
    'CreateSnapshotShare',
    'CreateVolume',
    'CreateVolumeV3',
    'ModifySnapshotAttribute',
    'GetSnapshot'
  ],
  {
    Creating: 'F F O O O O . .',
    CreatedFailed: '. F O O O O . .',
    Available: '. . . . . . . .',
    NotAvailable: 'F F O O O O . .'
  }
)

export const instanceCells = cells(
  [
    'AttachVolume',
    'DetachVolume',
    'CreateSnapshot',
    'RollbackVolume',
    'CreateVolume',
    'SyncCreateVolume',
    'CreateVolumeV3',
    'AttachAsp',
    'ReleaseInstance',
    'GetInstance',
    'StartInstance',
    'StopInstance',
    'RebootInstance'
  ],
  {
    Running: '. . . . . . . . . . O . .',
    Stopped: '. . . . . . . . . . . O O',
    Starting: 'A E O O O O O . . . O O O',
    Stopping: 'A E O O O O O . . . O O O',
    Rebooting: 'A E O O O O O . . . O O O',
    Deleted: 'A E O O O O O . . . O O O',
    Scaling: 'A E O O O O O . . . O O O',
    Expired: 'A E O O O O O . . . O O O',
    Error: 'A E O O O O O . . . O O O',
    SnapshotProcessing: 'A E O O O O O . . . O O O',
    ImageProcessing: 'A E O O O O O . . . O O O',
    ChangeVpc: 'A E O O O O O . . . O O O',
    Recycled: 'A E O O O O O . . . O O O'
  }
)
