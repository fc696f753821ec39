import type { VolumeSummary } from '../model/cloud.ts'
import type { MarkerWindow, Origin, Page, Snapshot, SnapshotFilter, SnapshotState, Window } from '../model/resources.ts'
import {
  type Condition,
  countOf,
  detailIs,
  nameIs,
  oneOf,
  pageOf,
  rowsFrom,
  selective,
  sumOf,
  where
} from './conditions.ts'
import type { Database, NoteDue } from './database.ts'
import { countAtVolume, snapshotCell } from './snapshot-groups.ts'
import type { Cell, Totals } from './totals.ts'
import { updateOf } from './update.ts'
import type { Volumes } from './volumes.ts'

interface Row extends Omit<Snapshot, 'detail'> {
  readonly provider: string
  readonly detail: string
}

const COLUMNS = `n, provider, id, name, volume_n AS volumeN, zone, kind, grp AS "group", size_gib AS sizeGiB, origin,
  policy_n AS policyN, fired_at AS firedAt, created_at AS createdAt, expires_at AS expiresAt, state,
  state_ends_at AS stateEndsAt, content_hash AS contentHash, detail`

export interface SnapshotPatch {
  readonly name?: string
  readonly expiresAt?: number | null
  readonly state?: SnapshotState
  readonly stateEndsAt?: number | null
  readonly fails?: boolean
  readonly detail?: object
}
const COLUMN_OF = {
  name: 'name',
  expiresAt: 'expires_at',
  state: 'state',
  stateEndsAt: 'state_ends_at',
  fails: 'fails',
  detail: 'detail'
} as const satisfies Record<keyof SnapshotPatch, string>

export interface StoredSnapshot extends Snapshot {
  readonly provider: string
}

export interface Snapshots {
  byN(n: number): StoredSnapshot | undefined
  byId(provider: string, id: string): StoredSnapshot | undefined
  hasId(provider: string, id: string): boolean
  /** Counts it at its volume, too. */
  insert(snapshot: StoredSnapshot): void
  update(snapshot: StoredSnapshot, patch: SnapshotPatch): StoredSnapshot
  drop(snapshot: StoredSnapshot): void
  /** All of a volume's, at once. Returns the policies that they named. */
  dropOfVolume(volumeN: number): number[]
  fails(n: number): boolean
  page(provider: string, filter: SnapshotFilter, window: Window): Page<StoredSnapshot>
  from(provider: string, filter: SnapshotFilter, window: MarkerWindow): StoredSnapshot[]
  count(provider: string, filter: SnapshotFilter): number
  sumSizes(provider: string, filter: SnapshotFilter): number
  byVolume(provider: string, filter: SnapshotFilter): VolumeSummary[]
  /** The volume's oldest automatic one that is not busy. */
  oldestAutomatic(volumeN: number): StoredSnapshot | undefined
  policyHasAny(policyN: number): boolean
}

export function createSnapshots(db: Database, totals: Totals, volumes: Volumes, noteDue: NoteDue): Snapshots {
  const toSnapshot = (row: Row): StoredSnapshot => ({ ...row, detail: JSON.parse(row.detail) })
  const snapshotOf = (row: Row | undefined) => (row ? toSnapshot(row) : undefined)
  /** Volumes are named by id outside, also those that are gone; rows name them by `n`. */
  const resolved = (provider: string, filter: SnapshotFilter): SnapshotFilter => {
    if (!filter.volumeIds) return filter
    const { volumeIds, volumeNs, ...rest } = filter
    const ns = volumes.nsOf(provider, volumeIds)
    return { ...rest, volumeNs: volumeNs ? ns.filter((n) => volumeNs.includes(n)) : ns }
  }
  const countOfFilter = (provider: string, filter: SnapshotFilter, conditions: readonly Condition[]) =>
    isCellFilter(filter)
      ? totals.sum({
          provider,
          what: 'snapshot',
          ...(filter.zone !== undefined && { zones: [filter.zone] }),
          ...(filter.state !== undefined && { state: filter.state }),
          ...(filter.origins && { origins: filter.origins }),
          ...(filter.kind !== undefined && { kind: filter.kind }),
          ...(filter.group !== undefined && { group: filter.group })
        })
      : isVolumeFilter(filter)
        ? countOfVolumes(filter.volumeNs)
        : countOf(db, 'snapshot', conditions)
  const countOfVolumes = (volumeNs: readonly number[]) => {
    let count = 0
    for (const n of new Set(volumeNs)) {
      const volume = volumes.byN(n)
      if (volume) count += volume.manualCount + volume.autoCount
    }
    return count
  }

  return {
    byN: (n) => snapshotOf(db.get<Row>(`SELECT ${COLUMNS} FROM snapshot WHERE n = ?`, n)),
    byId: (provider, id) =>
      snapshotOf(db.get<Row>(`SELECT ${COLUMNS} FROM snapshot WHERE provider = ? AND id = ?`, provider, id)),
    hasId: (provider, id) => db.get('SELECT 1 FROM snapshot WHERE provider = ? AND id = ?', provider, id) !== undefined,
    insert(snapshot) {
      db.run(
        `INSERT INTO snapshot (n, provider, id, name, volume_n, zone, kind, grp, size_gib, origin, policy_n, fired_at,
           created_at, expires_at, state, state_ends_at, content_hash, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        snapshot.n,
        snapshot.provider,
        snapshot.id,
        snapshot.name,
        snapshot.volumeN,
        snapshot.zone,
        snapshot.kind,
        snapshot.group,
        snapshot.sizeGiB,
        snapshot.origin,
        snapshot.policyN,
        snapshot.firedAt,
        snapshot.createdAt,
        snapshot.expiresAt,
        snapshot.state,
        snapshot.stateEndsAt,
        snapshot.contentHash,
        JSON.stringify(snapshot.detail)
      )
      noteDue(snapshot.stateEndsAt ?? snapshot.expiresAt)
      totals.bump(snapshotCell(snapshot), 1)
      countAtVolume(volumes, snapshot, 1)
    },
    update(snapshot, patch) {
      const changed: StoredSnapshot = { ...snapshot, ...patch }
      db.run(...updateOf('snapshot', COLUMN_OF, patch, snapshot.n))
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
      const policies = db.all<{ n: number }>(
        'SELECT DISTINCT policy_n AS n FROM snapshot WHERE volume_n = ? AND policy_n IS NOT NULL',
        volumeN
      )
      db.run('DELETE FROM snapshot WHERE volume_n = ?', volumeN)
      volumes.countsNone(volumeN)
      return policies.map((policy) => policy.n)
    },
    fails: (n) => db.get('SELECT 1 FROM snapshot WHERE n = ? AND fails = 1', n) !== undefined,
    page(provider, asked, window) {
      const filter = resolved(provider, asked)
      const conditions = conditionsOf(provider, filter)
      const total = countOfFilter(provider, filter, conditions)
      return { total, rows: pageOf<Row>(db, 'snapshot', COLUMNS, conditions, window, total).map(toSnapshot) }
    },
    from: (provider, filter, window) =>
      rowsFrom<Row>(db, 'snapshot', COLUMNS, conditionsOf(provider, resolved(provider, filter)), window).map(
        toSnapshot
      ),
    count(provider, asked) {
      const filter = resolved(provider, asked)
      return countOfFilter(provider, filter, conditionsOf(provider, filter))
    },
    sumSizes: (provider, filter) =>
      sumOf(db, 'snapshot', 'size_gib', conditionsOf(provider, resolved(provider, filter))),
    byVolume: (provider, filter) => groupedByVolume(db, conditionsOf(provider, resolved(provider, filter))),
    oldestAutomatic: (volumeN) =>
      snapshotOf(
        db.get<Row>(
          `SELECT ${COLUMNS} FROM snapshot WHERE volume_n = ? AND origin = 'policy' AND state_ends_at IS NULL
           ORDER BY created_at, n LIMIT 1`,
          volumeN
        )
      ),
    policyHasAny: (policyN) => db.get('SELECT 1 FROM snapshot WHERE policy_n = ? LIMIT 1', policyN) !== undefined
  }
}

/** Whether the kept totals can answer. */
function isCellFilter(filter: SnapshotFilter): boolean {
  const { zone: _zone, kind: _kind, group: _group, state: _state, origins: _origins, ...rest } = filter
  return Object.values(rest).every((value) => value === undefined)
}

/** Whether only volumes are asked for: each knows how many it has. */
function isVolumeFilter(filter: SnapshotFilter): filter is SnapshotFilter & { volumeNs: readonly number[] } {
  const { volumeNs, ...rest } = filter
  return volumeNs !== undefined && Object.values(rest).every((value) => value === undefined)
}

function conditionsOf(provider: string, filter: SnapshotFilter): Condition[] {
  const conditions = [where('provider = ?', provider), ...detailIs(filter)]
  if (filter.ids) conditions.push(selective(oneOf('id', filter.ids)))
  if (filter.name) conditions.push(nameIs('name', filter.name))
  if (filter.zone !== undefined) conditions.push(where('zone = ?', filter.zone))
  if (filter.kind !== undefined) conditions.push(where('kind = ?', filter.kind))
  if (filter.group !== undefined) conditions.push(where('grp = ?', filter.group))
  if (filter.state !== undefined) {
    conditions.push(where('state = ?', filter.state))
    // Says so twice: the partial index of rare states is used only when the query repeats its condition.
    if (filter.state !== 'available') conditions.push(where("state <> 'available'"))
  }
  if (filter.origins) conditions.push(oneOf('origin', filter.origins satisfies readonly Origin[]))
  if (filter.volumeNs) conditions.push(oneOf('volume_n', filter.volumeNs))
  if (filter.policyN !== undefined) conditions.push(where('policy_n = ?', filter.policyN))
  return conditions
}

function groupedByVolume(db: Database, conditions: readonly Condition[]): VolumeSummary[] {
  const values = conditions.flatMap((condition) => condition.values)
  return db.all<VolumeSummary>(
    `SELECT volume_n AS volumeN, count(*) - sum(origin = 'policy') AS manualCount, sum(origin = 'policy') AS autoCount,
       sum(size_gib) AS sizeGiB, min(created_at) AS createdAt
     FROM snapshot WHERE ${conditions.map((condition) => condition.sql).join(' AND ')} AND volume_n > 0
     GROUP BY volume_n ORDER BY createdAt, volumeN`,
    ...values
  )
}
