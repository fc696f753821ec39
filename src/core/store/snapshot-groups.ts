import type { Origin, Snapshot, SnapshotState } from '../model/resources.ts'
import type { Database, NoteDue } from './database.ts'
import type { Cell, Totals } from './totals.ts'
import type { Volumes } from './volumes.ts'

/** As much of a snapshot as its steps through time need. */
export type BriefSnapshot = Pick<
  Snapshot,
  'n' | 'volumeN' | 'zone' | 'kind' | 'group' | 'origin' | 'policyN' | 'state'
> & { readonly provider: string }

const COLUMNS = 'n, provider, volume_n, zone, kind, grp, origin, policy_n, state'
type List = [
  n: number,
  provider: string,
  volumeN: number,
  zone: string,
  kind: string,
  group: string,
  origin: Origin,
  policyN: number | null,
  state: SnapshotState
]

/** What happens to many snapshots at one instant: one statement for all of them. */
export interface SnapshotGroups {
  /** At rest and past their time, the first of them first. */
  expiredBy(at: number, limit: number): BriefSnapshot[]
  /** Those of them whose state ends then, by `n`. */
  endingAt(at: number, ns: readonly number[]): BriefSnapshot[]
  /** Those of them that are to fail. */
  failing(snapshots: readonly BriefSnapshot[]): ReadonlySet<number>
  change(snapshots: readonly BriefSnapshot[], state: SnapshotState, stateEndsAt: number | null): void
  drop(snapshots: readonly BriefSnapshot[]): void
}

export function snapshotCell(snapshot: BriefSnapshot): Cell {
  return {
    provider: snapshot.provider,
    what: 'snapshot',
    zone: snapshot.zone,
    state: snapshot.state,
    origin: snapshot.origin,
    kind: snapshot.kind,
    group: snapshot.group
  }
}

export function countAtVolume(volumes: Volumes, snapshot: BriefSnapshot, by: number): void {
  if (snapshot.volumeN !== 0) volumes.count(snapshot.volumeN, snapshot.origin === 'policy' ? 'auto' : 'manual', by)
}

export function createSnapshotGroups(db: Database, totals: Totals, volumes: Volumes, noteDue: NoteDue): SnapshotGroups {
  const toBrief = ([n, provider, volumeN, zone, kind, group, origin, policyN, state]: List): BriefSnapshot => ({
    n,
    provider,
    volumeN,
    zone,
    kind,
    group,
    origin,
    policyN,
    state
  })
  const nsOf = (snapshots: readonly BriefSnapshot[]) => JSON.stringify(snapshots.map((snapshot) => snapshot.n))

  return {
    expiredBy: (at, limit) =>
      db
        .lists<List>(
          `SELECT ${COLUMNS} FROM snapshot WHERE expires_at <= ? AND state_ends_at IS NULL ORDER BY expires_at, n LIMIT ?`,
          at,
          limit
        )
        .map(toBrief),
    endingAt: (at, ns) =>
      db
        .lists<List>(
          `SELECT ${COLUMNS} FROM snapshot WHERE n IN (SELECT value FROM json_each(?)) AND state_ends_at = ? ORDER BY n`,
          JSON.stringify(ns),
          at
        )
        .map(toBrief),
    failing: (snapshots) =>
      new Set(
        snapshots.length === 0
          ? []
          : db.column<number>(
              'SELECT n FROM snapshot WHERE n IN (SELECT value FROM json_each(?)) AND fails = 1',
              nsOf(snapshots)
            )
      ),
    change(snapshots, state, stateEndsAt) {
      if (snapshots.length === 0) return
      db.run(
        'UPDATE snapshot SET state = ?, state_ends_at = ? WHERE n IN (SELECT value FROM json_each(?))',
        state,
        stateEndsAt,
        nsOf(snapshots)
      )
      // One that is at rest now may expire at any time from now on: 0 has it looked up.
      noteDue(stateEndsAt ?? 0)
      for (const snapshot of snapshots) {
        totals.bump(snapshotCell(snapshot), -1)
        totals.bump(snapshotCell({ ...snapshot, state }), 1)
      }
    },
    drop(snapshots) {
      if (snapshots.length === 0) return
      db.run('DELETE FROM snapshot WHERE n IN (SELECT value FROM json_each(?))', nsOf(snapshots))
      for (const snapshot of snapshots) {
        totals.bump(snapshotCell(snapshot), -1)
        countAtVolume(volumes, snapshot, -1)
      }
    }
  }
}
