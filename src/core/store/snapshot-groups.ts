import type { SnapshotState } from '../model/resources.ts'
import type { Database } from './database.ts'
import type { NoteDue } from './due.ts'
import { countAtVolume, snapshotCell, snapshotTable } from './snapshots.ts'
import type { Totals } from './totals.ts'
import type { Volumes } from './volumes.ts'

/** As much of a snapshot as its steps through time need. */
const brief = snapshotTable.pick(
  ...(['n', 'provider', 'volumeN', 'zone', 'kind', 'group', 'origin', 'policyN', 'state', 'fails'] as const)
)
export type BriefSnapshot = NonNullable<ReturnType<typeof brief.get>>
const named = snapshotTable.pick('n', 'id')
const NAMED = named.select('WHERE n IN (SELECT value FROM json_each(?))')

const EXPIRED_BY = brief.select('WHERE expires_at <= ? AND state_ends_at IS NULL ORDER BY expires_at, n LIMIT ?')
const ENDING_AT = brief.select('WHERE n IN (SELECT value FROM json_each(?)) AND state_ends_at = ? ORDER BY n')

/** What happens to many snapshots at one instant: one statement for all of them. */
export interface SnapshotGroups {
  /** At rest and past their time, the first of them first. */
  expiredBy(at: number, limit: number): BriefSnapshot[]
  /** Those of them whose state ends then, by `n`. */
  endingAt(at: number, ns: readonly number[]): BriefSnapshot[]
  /** Their ids, by `n`. */
  idsOf(snapshots: readonly BriefSnapshot[]): ReadonlyMap<number, string>
  change(snapshots: readonly BriefSnapshot[], state: SnapshotState, stateEndsAt: number | null): void
  drop(snapshots: readonly BriefSnapshot[]): void
}

export function createSnapshotGroups(db: Database, totals: Totals, volumes: Volumes, noteDue: NoteDue): SnapshotGroups {
  const nsOf = (snapshots: readonly BriefSnapshot[]) => JSON.stringify(snapshots.map((snapshot) => snapshot.n))

  return {
    expiredBy: (at, limit) => brief.all(db, EXPIRED_BY, at, limit),
    endingAt: (at, ns) => brief.all(db, ENDING_AT, JSON.stringify(ns), at),
    idsOf: (snapshots) => new Map(named.all(db, NAMED, nsOf(snapshots)).map(({ n, id }) => [n, id])),
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
