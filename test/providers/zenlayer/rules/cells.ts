/**
 * What each action answers to a thing in each state, written from zenlayer.md 5, 6 and question 32 and not from the
 * table in src: a cell for every state of every action.
 */
export interface Cell {
  readonly action: string
  readonly state: string
  /** `ok`, or the code. */
  readonly answer: string
}

function cellsOf(legend: Readonly<Record<string, string>>, table: string): readonly Cell[] {
  const [head = '', ...rows] = table.trim().split('\n')
  const states = head.trim().split(/\s+/)
  return rows.flatMap((row) => {
    const [action = '', ...marks] = row.trim().split(/\s+/)
    if (marks.length !== states.length) throw new Error(`${action} has ${marks.length} cells, not ${states.length}`)
    return states.map((state, index) => {
      const answer = legend[marks[index] ?? '']
      if (answer === undefined) throw new Error(`${action} has no answer for ${state}`)
      return { action, state, answer }
    })
  })
}

/** SC: SNAPSHOT_CREATING; `free` and `used`: detached and attached; `held`: `zenlayer.attachDuringSnapshot` is off. */
export const diskCells = cellsOf(
  {
    ok: 'ok',
    S: 'UNSUPPORTED_OPERATION_DISK_STATUS',
    A: 'UNSUPPORTED_OPERATION_DISK_ATTACHED',
    D: 'OPERATION_DENIED_DISK_STATUS',
    R: 'UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE',
    B: 'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'
  },
  `
                         CREATING AVAILABLE IN_USE CHANGING ATTACHING DETACHING DELETING RECYCLED RECYCLING FAILED ROLLING_BACK SC-free SC-used SC-free-held SC-used-held
CreateSnapshot           S        ok        ok     S        S         S         S        S        S         S      S            S       S       S            S
ApplySnapshot            D        ok        ok     D        D         D         D        D        D         D      D            D       D       D            D
ApplyAutoSnapshotPolicy  ok       ok        ok     ok       ok        ok        S        S        S         S      ok           ok      ok      ok           ok
CancelAutoSnapshotPolicy ok       ok        ok     ok       ok        ok        ok       ok       ok        ok     ok           ok      ok      ok           ok
AttachDisks              S        ok        A      S        S         S         S        S        S         S      S            ok      A       S            A
DetachDisks              S        S         ok     S        S         S         S        S        S         S      S            S       ok      S            S
ChangeDisksAttach        S        S         ok     S        S         S         S        S        S         S      S            S       S       S            S
ResizeDisk               S        ok        ok     S        S         S         S        S        S         S      S            S       S       S            S
ReleaseDisk              S        ok        S      S        S         S         S        ok       R         ok     S            S       S       S            S
RenewDisk                S        S         S      S        S         S         S        ok       S         S      S            S       S       S            S
ModifyDisksAttributes    ok       ok        ok     ok       ok        ok        S        B        B         ok     ok           ok      ok      ok           ok
ModifyDisksResourceGroup ok       ok        ok     ok       ok        ok        S        B        B         ok     ok           ok      ok      ok           ok
AddResourceResourceGroup ok       ok        ok     ok       ok        ok        ok       B        B         ok     ok           ok      ok      ok           ok
ModifyResourceTags       ok       ok        ok     ok       ok        ok        ok       B        B         ok     ok           ok      ok      ok           ok
`
)

export const snapshotCells = cellsOf(
  { ok: 'ok', P: 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS' },
  `
                         CREATING AVAILABLE FAILED ROLLING_BACK DELETING
ModifySnapshotsAttribute ok       ok        ok     ok           P
ApplySnapshot            P        ok        P      P            P
DeleteSnapshots          P        ok        ok     P            P
CreateDisks              P        ok        P      P            P
`
)

/** `DetachDisks-unchecked`: with `instanceCheckFlag: false`. */
export const instanceCells = cellsOf(
  { ok: 'ok', I: 'UNSUPPORTED_OPERATION_INSTANCE_STATUS' },
  `
                      RUNNING STOPPED BOOTING STOPPING DEPLOYING REBUILDING REBOOT RELEASING RECYCLE RECYCLING CREATE_FAILED IMAGING RESIZING PENDING REINSTALL_FAILED
StartInstances        I       ok      I       I        I         I          I      I         I       I         I             I       I        I       I
StopInstances         ok      I       I       I        I         I          I      I         I       I         I             I       I        I       I
CreateDisks           ok      ok      I       I        I         I          I      I         I       I         I             I       I        I       I
AttachDisks           ok      ok      I       I        I         I          I      I         I       I         I             I       I        I       I
ChangeDisksAttach     ok      ok      I       I        I         I          I      I         I       I         I             I       I        I       I
DetachDisks           I       ok      I       I        I         I          I      I         I       I         I             I       I        I       I
DetachDisks-unchecked ok      ok      ok      ok       ok        ok         ok     ok        ok      ok        ok            ok      ok       ok      ok
`
)
