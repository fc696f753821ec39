import type { MarkerWindow, Page, Pending, Volume, VolumeActivity, VolumeFilter, Window } from '../model/resources.ts'
import { type Condition, countOf, detailIs, nameIs, oneOf, pageOf, rowsFrom, selective, where } from './conditions.ts'
import type { Database, NoteDue } from './database.ts'
import type { Cell, Totals } from './totals.ts'
import { updateOf } from './update.ts'

interface Row extends Omit<Volume, 'detail' | 'pending'> {
  readonly provider: string
  readonly detail: string
  readonly pending: string | null
}

const COLUMNS = `n, provider, id, name, zone, kind, grp AS "group", size_gib AS sizeGiB, created_at AS createdAt,
  instance_n AS instanceN, activity, activity_ends_at AS activityEndsAt, pending, policy_n AS policyN,
  manual_count AS manualCount, auto_count AS autoCount, content_hash AS contentHash, gone_at AS goneAt, detail`

/** What may change of a volume's row; members are columns of the core, `detail` the whole new document. */
export interface VolumePatch {
  readonly name?: string
  readonly group?: string
  readonly sizeGiB?: number
  readonly instanceN?: number | null
  readonly activity?: VolumeActivity
  readonly activityEndsAt?: number | null
  readonly pending?: Pending | null
  readonly fails?: boolean
  readonly policyN?: number | null
  readonly contentHash?: string | null
  readonly goneAt?: number
  readonly detail?: object
}

const COLUMN_OF = {
  name: 'name',
  group: 'grp',
  sizeGiB: 'size_gib',
  instanceN: 'instance_n',
  activity: 'activity',
  activityEndsAt: 'activity_ends_at',
  pending: 'pending',
  fails: 'fails',
  policyN: 'policy_n',
  contentHash: 'content_hash',
  goneAt: 'gone_at',
  detail: 'detail'
} as const satisfies Record<keyof VolumePatch, string>

export interface StoredVolume extends Volume {
  readonly provider: string
}
export type VolumeRow = Omit<StoredVolume, 'manualCount' | 'autoCount' | 'goneAt'>

export interface Volumes {
  byN(n: number): StoredVolume | undefined
  /** Not gone. */
  byId(provider: string, id: string): StoredVolume | undefined
  hasId(provider: string, id: string): boolean
  /** The numbers behind these ids, of volumes that are gone, too. */
  nsOf(provider: string, ids: readonly string[]): number[]
  insert(volume: VolumeRow): void
  update(volume: StoredVolume, patch: VolumePatch): StoredVolume
  /** Snapshots made or gone. */
  count(n: number, origin: 'manual' | 'auto', by: number): void
  /** Whether it is known to be there still: cheaper than its row. */
  isPresent(n: number): boolean
  /** All its snapshots are gone. */
  countsNone(n: number): void
  drop(n: number): void
  fails(n: number): boolean
  page(provider: string, filter: VolumeFilter, window: Window): Page<StoredVolume>
  from(provider: string, filter: VolumeFilter, window: MarkerWindow): StoredVolume[]
  /** The policy's volumes after `cursor`, by `n`. */
  ofPolicy(policyN: number, cursor: number, limit: number): StoredVolume[]
  unbindAll(policyN: number): void
  /** Keeps the rows that are read, while time runs: a policy's volumes come again at each firing. */
  keep(): void
  /** Lets them go. */
  letGo(): void
  /** Writes what was counted; before a commit. */
  flush(): void
  /** Forgets what was counted; after a rollback. */
  forget(): void
}

/** Rows that are kept at most. */
const KEPT = 4096

export function createVolumes(db: Database, totals: Totals, noteDue: NoteDue): Volumes {
  // Member by member: rows come as dictionaries, and copies of them stay slow.
  const toVolume = (row: Row): StoredVolume => ({
    n: row.n,
    provider: row.provider,
    id: row.id,
    name: row.name,
    zone: row.zone,
    kind: row.kind,
    group: row.group,
    sizeGiB: row.sizeGiB,
    createdAt: row.createdAt,
    instanceN: row.instanceN,
    activity: row.activity,
    activityEndsAt: row.activityEndsAt,
    pending: row.pending === null ? null : JSON.parse(row.pending),
    policyN: row.policyN,
    manualCount: row.manualCount,
    autoCount: row.autoCount,
    contentHash: row.contentHash,
    goneAt: row.goneAt,
    detail: JSON.parse(row.detail)
  })
  const volumeOf = (row: Row | undefined) => (row ? toVolume(row) : undefined)
  /** What volumes are while time runs, but for what was counted since the last flush. */
  let kept: Map<number, StoredVolume> | undefined
  /** Snapshots made and gone since the last flush: a volume's row is written once for all of them. */
  const counted = new Map<number, { manual: number; auto: number }>()
  const flush = () => {
    for (const [n, { manual, auto }] of counted) {
      if (manual === 0 && auto === 0) continue
      db.run(
        'UPDATE volume SET manual_count = manual_count + ?, auto_count = auto_count + ? WHERE n = ?',
        manual,
        auto,
        n
      )
      const known = kept?.get(n)
      if (known) kept?.set(n, counting(known, manual, auto))
    }
    counted.clear()
  }
  const byN = (n: number): StoredVolume | undefined => {
    const known = kept?.get(n)
    if (known) {
      const sums = counted.get(n)
      return sums ? counting(known, sums.manual, sums.auto) : known
    }
    flush()
    const volume = volumeOf(db.get<Row>(`SELECT ${COLUMNS} FROM volume WHERE n = ?`, n))
    if (volume && kept) {
      if (kept.size >= KEPT) kept.clear()
      kept.set(n, volume)
    }
    return volume
  }
  const cellOf = (volume: StoredVolume): Cell => ({
    provider: volume.provider,
    what: 'volume',
    zone: volume.zone,
    state: '',
    origin: '',
    kind: volume.kind,
    group: volume.group
  })

  return {
    byN,
    byId(provider, id) {
      flush()
      return volumeOf(
        db.get<Row>(`SELECT ${COLUMNS} FROM volume WHERE provider = ? AND id = ? AND gone_at IS NULL`, provider, id)
      )
    },
    hasId: (provider, id) => db.get('SELECT 1 FROM volume WHERE provider = ? AND id = ?', provider, id) !== undefined,
    nsOf: (provider, ids) =>
      db
        .all<{ n: number }>(
          'SELECT n FROM volume WHERE provider = ? AND id IN (SELECT value FROM json_each(?))',
          provider,
          JSON.stringify(ids)
        )
        .map((row) => row.n),
    insert(volume) {
      db.run(
        `INSERT INTO volume (n, provider, id, name, zone, kind, grp, size_gib, created_at, instance_n, activity,
           activity_ends_at, pending, policy_n, manual_count, auto_count, content_hash, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`,
        volume.n,
        volume.provider,
        volume.id,
        volume.name,
        volume.zone,
        volume.kind,
        volume.group,
        volume.sizeGiB,
        volume.createdAt,
        volume.instanceN,
        volume.activity,
        volume.activityEndsAt,
        volume.pending === null ? null : JSON.stringify(volume.pending),
        volume.policyN,
        volume.contentHash,
        JSON.stringify(volume.detail)
      )
      noteDue(volume.activityEndsAt)
      totals.bump(cellOf({ ...volume, manualCount: 0, autoCount: 0, goneAt: null }), 1)
    },
    update(volume, patch) {
      const changed: StoredVolume = { ...volume, ...patch }
      db.run(...updateOf('volume', COLUMN_OF, patch, volume.n))
      // The caller's row may be older than the one that is kept.
      const known = kept?.get(volume.n)
      if (known) kept?.set(volume.n, { ...known, ...patch })
      noteDue(patch.activityEndsAt)
      if (patch.goneAt !== undefined) totals.bump(cellOf(volume), -1)
      else if (patch.group !== undefined && patch.group !== volume.group) {
        totals.bump(cellOf(volume), -1)
        totals.bump(cellOf(changed), 1)
      }
      return changed
    },
    count(n, origin, by) {
      let sums = counted.get(n)
      if (!sums) {
        sums = { manual: 0, auto: 0 }
        counted.set(n, sums)
      }
      sums[origin] += by
    },
    isPresent: (n) => kept?.get(n)?.goneAt === null,
    countsNone(n) {
      counted.delete(n)
      db.run('UPDATE volume SET manual_count = 0, auto_count = 0 WHERE n = ?', n)
      kept?.delete(n)
    },
    drop(n) {
      counted.delete(n)
      kept?.delete(n)
      db.run('DELETE FROM volume WHERE n = ?', n)
    },
    fails: (n) => db.get('SELECT 1 FROM volume WHERE n = ? AND fails = 1', n) !== undefined,
    page(provider, filter, window) {
      flush()
      const conditions = conditionsOf(provider, filter)
      const total = isCellFilter(filter)
        ? totals.sum({
            provider,
            what: 'volume',
            ...(filter.zones && { zones: filter.zones }),
            ...(filter.kind !== undefined && { kind: filter.kind }),
            ...(filter.group !== undefined && { group: filter.group })
          })
        : countOf(db, 'volume', conditions)
      return { total, rows: pageOf<Row>(db, 'volume', COLUMNS, conditions, window, total).map(toVolume) }
    },
    from(provider, filter, window) {
      flush()
      return rowsFrom<Row>(db, 'volume', COLUMNS, conditionsOf(provider, filter), window).map(toVolume)
    },
    ofPolicy: (policyN, cursor, limit) =>
      db
        .column<number>('SELECT n FROM volume WHERE policy_n = ? AND n > ? ORDER BY n LIMIT ?', policyN, cursor, limit)
        .flatMap((n) => byN(n) ?? []),
    unbindAll: (policyN) => {
      kept?.clear()
      db.run('UPDATE volume SET policy_n = NULL WHERE policy_n = ?', policyN)
    },
    keep: () => {
      kept ??= new Map()
    },
    letGo: () => {
      kept = undefined
    },
    flush,
    forget() {
      counted.clear()
      kept?.clear()
    }
  }
}

function counting(volume: StoredVolume, manual: number, auto: number): StoredVolume {
  return { ...volume, manualCount: volume.manualCount + manual, autoCount: volume.autoCount + auto }
}

/** Whether the kept totals can answer: they know zone, kind and group. */
function isCellFilter(filter: VolumeFilter): boolean {
  const { zones: _zones, kind: _kind, group: _group, ...rest } = filter
  return Object.values(rest).every((value) => value === undefined)
}

function conditionsOf(provider: string, filter: VolumeFilter): Condition[] {
  const conditions = [where('provider = ? AND gone_at IS NULL', provider), ...detailIs(filter)]
  if (filter.ids) conditions.push(selective(oneOf('id', filter.ids)))
  if (filter.name) conditions.push(nameIs('name', filter.name))
  if (filter.zones) conditions.push(oneOf('zone', filter.zones))
  if (filter.kind !== undefined) conditions.push(where('kind = ?', filter.kind))
  if (filter.group !== undefined) conditions.push(where('grp = ?', filter.group))
  if (filter.instanceN !== undefined) conditions.push(where('instance_n = ?', filter.instanceN))
  if (filter.policyN !== undefined) conditions.push(where('policy_n = ?', filter.policyN))
  if (filter.activities) conditions.push(oneOf('activity', filter.activities))
  if (filter.attached !== undefined) {
    conditions.push(where(filter.attached ? 'instance_n IS NOT NULL' : 'instance_n IS NULL'))
  }
  return conditions
}
