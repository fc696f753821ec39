import { merged, type Patch } from '../model/patch.ts'
import type { MarkerWindow, Page, Volume, VolumeFilter, Window } from '../model/resources.ts'
import {
  asksOnly,
  type Condition,
  conditionsOn,
  countOf,
  detailIs,
  idIs,
  nameIs,
  pageOf,
  rowsFrom,
  where
} from './conditions.ts'
import type { Database } from './database.ts'
import type { NoteDue } from './due.ts'
import { flag, json, tableOf } from './table.ts'
import type { Cell, Totals } from './totals.ts'

export interface StoredVolume extends Volume {
  readonly provider: string
  /** It will not come to be: `creating` ends in `failed`. */
  readonly fails: boolean
}
/** Members are columns of the core, `detail` the whole new document. What snapshots are counted is not the caller's. */
export type VolumePatch = Patch<
  Omit<StoredVolume, 'n' | 'provider' | 'id' | 'zone' | 'kind' | 'createdAt' | 'manualCount' | 'autoCount'>
>

const table = tableOf<StoredVolume>('volume', {
  n: 'n',
  provider: 'provider',
  id: 'id',
  name: 'name',
  zone: 'zone',
  kind: 'kind',
  group: 'grp',
  sizeGiB: 'size_gib',
  createdAt: 'created_at',
  instanceN: 'instance_n',
  activity: 'activity',
  activityEndsAt: 'activity_ends_at',
  pending: json('pending'),
  fails: flag('fails'),
  policyN: 'policy_n',
  manualCount: 'manual_count',
  autoCount: 'auto_count',
  contentHash: 'content_hash',
  goneAt: 'gone_at',
  detail: json('detail')
})
const { is, isOneOf } = conditionsOn(table)
const BY_N = table.select('WHERE n = ?')
const BY_ID = table.select('WHERE provider = ? AND id = ? AND gone_at IS NULL')

export interface Volumes {
  byN(n: number): StoredVolume | undefined
  /** Not gone. */
  byId(provider: string, id: string): StoredVolume | undefined
  /** The numbers behind these ids, of volumes that are gone, too. */
  nsOf(provider: string, ids: readonly string[]): number[]
  insert(volume: StoredVolume): void
  update(volume: StoredVolume, patch: VolumePatch): StoredVolume
  /** Snapshots made or gone. */
  count(n: number, origin: 'manual' | 'auto', by: number): void
  /** Whether it is known to be there still: cheaper than its row. */
  isPresent(n: number): boolean
  /** All its snapshots are gone. */
  countsNone(n: number): void
  drop(n: number): void
  page(provider: string, filter: VolumeFilter, window: Window): Page<StoredVolume>
  from(provider: string, filter: VolumeFilter, window: MarkerWindow): StoredVolume[]
  /** The policy's volumes after `cursor`, by `n`. */
  ofPolicy(policyN: number, cursor: number, limit: number): StoredVolume[]
  unbindAll(policyN: number): void
  /** Keeps many of the rows that are read, while time runs: a policy's volumes come again at each firing. */
  keepMany(): void
  /** Lets them go, but for a few. */
  keepFew(): void
  /** Writes what was counted; before a commit. */
  flush(): void
  /** Forgets what was counted; after a rollback. */
  forget(): void
}

/** Rows that are kept at most: what calls are about they are about again and again. */
const FEW = 64
const MANY = 4096

export function createVolumes(db: Database, totals: Totals, noteDue: NoteDue): Volumes {
  /** What volumes are, but for what was counted since the last flush; and the numbers behind their ids. */
  const kept = new Map<number, StoredVolume>()
  const numbers = new Map<string, number>()
  let most = FEW
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
      const known = kept.get(n)
      if (known) kept.set(n, counting(known, manual, auto))
    }
    counted.clear()
  }
  const forgetKept = () => {
    kept.clear()
    numbers.clear()
  }
  const keep = (volume: StoredVolume | undefined): StoredVolume | undefined => {
    if (!volume) return undefined
    if (kept.size >= most) forgetKept()
    kept.set(volume.n, volume)
    numbers.set(volume.id, volume.n)
    return volume
  }
  const keptByN = (n: number): StoredVolume | undefined => {
    const known = kept.get(n)
    const sums = known && counted.get(n)
    return sums ? counting(known, sums.manual, sums.auto) : known
  }
  const keptById = (id: string): StoredVolume | undefined => {
    const n = numbers.get(id)
    return n === undefined ? undefined : keptByN(n)
  }
  const byN = (n: number): StoredVolume | undefined => {
    const known = keptByN(n)
    if (known) return known
    flush()
    return keep(table.get(db, BY_N, n))
  }

  return {
    byN,
    byId(provider, id) {
      const known = keptById(id)
      // Each cloud has ids of its own, and a seed may use one twice.
      if (known && known.provider === provider) return known.goneAt === null ? known : undefined
      flush()
      return keep(table.get(db, BY_ID, provider, id))
    },
    nsOf: (provider, ids) =>
      db.column<number>(
        'SELECT n FROM volume WHERE provider = ? AND id IN (SELECT value FROM json_each(?))',
        provider,
        JSON.stringify(ids)
      ),
    insert(volume) {
      table.insert(db, volume)
      noteDue(volume.activityEndsAt)
      totals.bump(cellOf(volume), 1)
    },
    update(volume, patch) {
      const changed = table.update(db, volume, patch)
      // The caller's row may be older than the one that is kept.
      const known = kept.get(volume.n)
      // A document is another one once it was written down: what is undefined in it is not there any more.
      if (patch.detail ?? patch.pending) kept.delete(volume.n)
      else if (known) kept.set(volume.n, merged(known, patch))
      noteDue(patch.activityEndsAt)
      if (changed.goneAt !== volume.goneAt) totals.bump(cellOf(volume), -1)
      else if (changed.group !== volume.group) {
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
    isPresent: (n) => kept.get(n)?.goneAt === null,
    countsNone(n) {
      counted.delete(n)
      db.run('UPDATE volume SET manual_count = 0, auto_count = 0 WHERE n = ?', n)
      kept.delete(n)
    },
    drop(n) {
      counted.delete(n)
      kept.delete(n)
      db.run('DELETE FROM volume WHERE n = ?', n)
    },
    page(provider, filter, window) {
      flush()
      const conditions = conditionsOf(provider, filter)
      const { zones, kind, group } = filter
      const total = asksOnly(filter, 'zones', 'kind', 'group')
        ? totals.sum({ provider, what: 'volume', zones, kind, group })
        : countOf(db, table, conditions)
      return pageOf(db, table, conditions, window, total)
    },
    from(provider, filter, window) {
      flush()
      return rowsFrom(db, table, conditionsOf(provider, filter), window)
    },
    ofPolicy: (policyN, cursor, limit) =>
      db
        .column<number>('SELECT n FROM volume WHERE policy_n = ? AND n > ? ORDER BY n LIMIT ?', policyN, cursor, limit)
        .flatMap((n) => byN(n) ?? []),
    unbindAll: (policyN) => {
      forgetKept()
      db.run('UPDATE volume SET policy_n = NULL WHERE policy_n = ?', policyN)
    },
    keepMany() {
      most = MANY
    },
    keepFew() {
      most = FEW
      if (kept.size > FEW) forgetKept()
    },
    flush,
    forget() {
      counted.clear()
      forgetKept()
    }
  }
}

function counting(volume: StoredVolume, manual: number, auto: number): StoredVolume {
  return { ...volume, manualCount: volume.manualCount + manual, autoCount: volume.autoCount + auto }
}

function cellOf({ provider, zone, kind, group }: StoredVolume): Cell {
  return { provider, what: 'volume', zone, state: '', origin: '', kind, group }
}

function conditionsOf(provider: string, filter: VolumeFilter): Condition[] {
  const attached = filter.attached === undefined ? [] : where(`instance_n IS ${filter.attached ? 'NOT NULL' : 'NULL'}`)
  return [
    is('provider', provider),
    where('gone_at IS NULL'),
    detailIs(filter),
    idIs(filter.ids),
    nameIs('name', filter.name),
    isOneOf('zone', filter.zones),
    is('kind', filter.kind),
    is('group', filter.group),
    is('instanceN', filter.instanceN),
    is('policyN', filter.policyN),
    isOneOf('activity', filter.activities),
    attached
  ].flat()
}
