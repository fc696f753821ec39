import type { VolumeSummary } from '../model/cloud.ts'
import type { Patch } from '../model/patch.ts'
import type { MarkerWindow, Page, Snapshot, SnapshotFilter, SnapshotState, Window } from '../model/resources.ts'
import {
  asksOnly,
  type Condition,
  conditionsOn,
  countOf,
  detailIs,
  idIs,
  joined,
  nameIs,
  pageOf,
  rowsFrom,
  where
} from './conditions.ts'
import type { Database } from './database.ts'
import type { NoteDue } from './due.ts'
import { flag, json, tableOf } from './table.ts'
import type { Cell, Totals } from './totals.ts'
import type { Volumes } from './volumes.ts'

export interface StoredSnapshot extends Snapshot {
  readonly provider: string
  /** It will not come to be: `creating` ends in `failed`. */
  readonly fails: boolean
}
export type SnapshotPatch = Patch<
  Pick<StoredSnapshot, 'name' | 'expiresAt' | 'state' | 'stateEndsAt' | 'fails' | 'detail'>
>

export const snapshotTable = tableOf<StoredSnapshot>('snapshot', {
  n: 'n',
  provider: 'provider',
  id: 'id',
  name: 'name',
  volumeN: 'volume_n',
  zone: 'zone',
  kind: 'kind',
  group: 'grp',
  sizeGiB: 'size_gib',
  origin: 'origin',
  policyN: 'policy_n',
  firedAt: 'fired_at',
  createdAt: 'created_at',
  expiresAt: 'expires_at',
  state: 'state',
  stateEndsAt: 'state_ends_at',
  fails: flag('fails'),
  contentHash: 'content_hash',
  detail: json('detail')
})
const { is, isOneOf } = conditionsOn(snapshotTable)
const BY_N = snapshotTable.select('WHERE n = ?')
const BY_ID = snapshotTable.select('WHERE provider = ? AND id = ?')
const OLDEST_AUTOMATIC = snapshotTable.select(
  "WHERE volume_n = ? AND origin = 'policy' AND state_ends_at IS NULL ORDER BY created_at, n LIMIT 1"
)

export interface Snapshots {
  byN(n: number): StoredSnapshot | undefined
  byId(provider: string, id: string): StoredSnapshot | undefined
  /** Counts it at its volume, too. */
  insert(snapshot: StoredSnapshot): void
  update(snapshot: StoredSnapshot, patch: SnapshotPatch): StoredSnapshot
  drop(snapshot: StoredSnapshot): void
  /** All of a volume's, at once. Returns the policies that they named. */
  dropOfVolume(volumeN: number): number[]
  page(provider: string, filter: SnapshotFilter, window: Window): Page<StoredSnapshot>
  from(provider: string, filter: SnapshotFilter, window: MarkerWindow): StoredSnapshot[]
  count(provider: string, filter: SnapshotFilter): number
  sumSizes(provider: string, filter: SnapshotFilter): number
  byVolume(provider: string, filter: SnapshotFilter): VolumeSummary[]
  /** The volume's oldest automatic one that is not busy. */
  oldestAutomatic(volumeN: number): StoredSnapshot | undefined
  policyHasAny(policyN: number): boolean
}

/** What a snapshot is counted by. */
type Counted = Pick<StoredSnapshot, 'provider' | 'zone' | 'kind' | 'group' | 'origin' | 'state' | 'volumeN'>

export function snapshotCell({ provider, zone, state, origin, kind, group }: Counted): Cell {
  return { provider, what: 'snapshot', zone, state, origin, kind, group }
}

export function countAtVolume(volumes: Volumes, { volumeN, origin }: Counted, by: number): void {
  if (volumeN !== 0) volumes.count(volumeN, origin === 'policy' ? 'auto' : 'manual', by)
}

export function createSnapshots(db: Database, totals: Totals, volumes: Volumes, noteDue: NoteDue): Snapshots {
  /** Volumes are named by id outside, also those that are gone; rows name them by `n`. */
  const resolved = (provider: string, filter: SnapshotFilter): SnapshotFilter => {
    if (!filter.volumeIds) return filter
    const { volumeIds, volumeNs, ...rest } = filter
    const ns = volumes.nsOf(provider, volumeIds)
    return { ...rest, volumeNs: volumeNs ? ns.filter((n) => volumeNs.includes(n)) : ns }
  }
  const conditionsFor = (provider: string, filter: SnapshotFilter) => conditionsOf(provider, resolved(provider, filter))
  const countOfVolumes = (volumeNs: readonly number[]) => {
    let count = 0
    for (const n of new Set(volumeNs)) {
      const volume = volumes.byN(n)
      if (volume) count += volume.manualCount + volume.autoCount
    }
    return count
  }
  const counted = (provider: string, filter: SnapshotFilter, conditions: readonly Condition[]) => {
    const { zone, kind, group, state, origins, volumeNs } = filter
    // The kept totals answer, or each volume knows how many it has.
    if (asksOnly(filter, 'zone', 'kind', 'group', 'state', 'origins')) {
      return totals.sum({
        provider,
        what: 'snapshot',
        zones: zone === undefined ? zone : [zone],
        kind,
        group,
        state,
        origins
      })
    }
    return volumeNs && asksOnly(filter, 'volumeNs') ? countOfVolumes(volumeNs) : countOf(db, snapshotTable, conditions)
  }

  return {
    byN: (n) => snapshotTable.get(db, BY_N, n),
    byId: (provider, id) => snapshotTable.get(db, BY_ID, provider, id),
    insert(snapshot) {
      snapshotTable.insert(db, snapshot)
      noteDue(snapshot.stateEndsAt ?? snapshot.expiresAt)
      totals.bump(snapshotCell(snapshot), 1)
      countAtVolume(volumes, snapshot, 1)
    },
    update(snapshot, patch) {
      const changed = snapshotTable.update(db, snapshot, patch)
      noteDue(changed.stateEndsAt ?? changed.expiresAt)
      if (changed.state !== snapshot.state) {
        totals.bump(snapshotCell(snapshot), -1)
        totals.bump(snapshotCell(changed), 1)
      }
      return changed
    },
    drop(snapshot) {
      db.run('DELETE FROM snapshot WHERE n = ?', snapshot.n)
      totals.bump(snapshotCell(snapshot), -1)
      countAtVolume(volumes, snapshot, -1)
    },
    dropOfVolume(volumeN) {
      const cells = db.all<Cell & { count: number }>(
        `SELECT provider, 'snapshot' AS what, zone, state, origin, kind, grp AS "group", count(*) AS count
         FROM snapshot WHERE volume_n = ? GROUP BY provider, zone, state, origin, kind, grp`,
        volumeN
      )
      for (const { count, ...cell } of cells) totals.bump(cell, -count)
      const policies = db.column<number>(
        'SELECT DISTINCT policy_n FROM snapshot WHERE volume_n = ? AND policy_n IS NOT NULL',
        volumeN
      )
      db.run('DELETE FROM snapshot WHERE volume_n = ?', volumeN)
      volumes.countsNone(volumeN)
      return policies
    },
    page(provider, asked, window) {
      const filter = resolved(provider, asked)
      const conditions = conditionsOf(provider, filter)
      return pageOf(db, snapshotTable, conditions, window, counted(provider, filter, conditions))
    },
    from: (provider, filter, window) => rowsFrom(db, snapshotTable, conditionsFor(provider, filter), window),
    count(provider, asked) {
      const filter = resolved(provider, asked)
      return counted(provider, filter, conditionsOf(provider, filter))
    },
    sumSizes: (provider, filter) => sumOfSizes(db, conditionsFor(provider, filter)),
    byVolume: (provider, filter) => groupedByVolume(db, conditionsFor(provider, filter)),
    oldestAutomatic: (volumeN) => snapshotTable.get(db, OLDEST_AUTOMATIC, volumeN),
    policyHasAny: (policyN) => db.get('SELECT 1 FROM snapshot WHERE policy_n = ? LIMIT 1', policyN) !== undefined
  }
}

function conditionsOf(provider: string, filter: SnapshotFilter): Condition[] {
  return [
    is('provider', provider),
    detailIs(filter),
    idIs(filter.ids),
    nameIs('name', filter.name),
    is('zone', filter.zone),
    is('kind', filter.kind),
    is('group', filter.group),
    stateIs(filter.state),
    isOneOf('origin', filter.origins),
    isOneOf('volumeN', filter.volumeNs),
    is('policyN', filter.policyN)
  ].flat()
}

/** Says so twice: the partial index of rare states is used only when the query repeats its condition. */
function stateIs(state: SnapshotState | undefined): readonly Condition[] {
  const rare = state === undefined || state === 'available' ? [] : where("state <> 'available'")
  return [...is('state', state), ...rare]
}

function sumOfSizes(db: Database, conditions: readonly Condition[]): number {
  const { sql, values } = joined(conditions)
  return db.get<{ sum: number | null }>(`SELECT sum(size_gib) AS sum FROM snapshot WHERE ${sql}`, ...values)?.sum ?? 0
}

function groupedByVolume(db: Database, conditions: readonly Condition[]): VolumeSummary[] {
  const { sql, values } = joined(conditions)
  return db.all<VolumeSummary>(
    `SELECT volume_n AS volumeN, count(*) - sum(origin = 'policy') AS manualCount, sum(origin = 'policy') AS autoCount,
       sum(size_gib) AS sizeGiB, min(created_at) AS createdAt
     FROM snapshot WHERE ${sql} AND volume_n > 0
     GROUP BY volume_n ORDER BY createdAt, volumeN`,
    ...values
  )
}
