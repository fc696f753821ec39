import type { Patch } from '../model/patch.ts'
import type { MarkerWindow, Page, Policy, PolicyFilter, Window } from '../model/resources.ts'
import type { Firing } from '../model/schedule.ts'
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
import { bits, json, tableOf } from './table.ts'
import type { Cell, Totals } from './totals.ts'

export interface StoredPolicy extends Policy {
  readonly provider: string
  /** Where a firing that was cut off between two batches goes on. */
  readonly fireCursor: number
  readonly firedCount: number
}
export type PolicyPatch = Patch<Omit<StoredPolicy, 'n' | 'provider' | 'id' | 'zone' | 'createdAt'>>

const table = tableOf<StoredPolicy>('policy', {
  n: 'n',
  provider: 'provider',
  id: 'id',
  name: 'name',
  zone: 'zone',
  group: 'grp',
  createdAt: 'created_at',
  weekdays: bits('weekdays'),
  hours: bits('hours'),
  utcOffsetMinutes: 'utc_offset_minutes',
  retentionDays: 'retention_days',
  firesAt: 'fires_at',
  fireCursor: 'fire_cursor',
  lastFiredAt: 'last_fired_at',
  firedCount: 'fired_count',
  volumeCount: 'volume_count',
  goneAt: 'gone_at',
  detail: json('detail')
})
const schedules = table.pick('weekdays', 'hours', 'utcOffsetMinutes', 'volumeCount')
const { is, isOneOf } = conditionsOn(table)
const BY_N = table.select('WHERE n = ?')
const BY_ID = table.select('WHERE provider = ? AND id = ? AND gone_at IS NULL')
const EVER_BY_ID = table.select('WHERE provider = ? AND id = ?')
const NEXT_TO_FIRE = table.select('WHERE fires_at IS NOT NULL ORDER BY fires_at, n LIMIT ?')
const SCHEDULED = table.select('WHERE fires_at IS NOT NULL ORDER BY n')
const SCHEDULES = schedules.select('WHERE fires_at IS NOT NULL')

export interface Policies {
  byN(n: number): StoredPolicy | undefined
  byId(provider: string, id: string): StoredPolicy | undefined
  /** Also one that is gone, while snapshots name it. */
  everById(provider: string, id: string): StoredPolicy | undefined
  insert(policy: StoredPolicy): void
  update(policy: StoredPolicy, patch: PolicyPatch): StoredPolicy
  drop(n: number): void
  page(provider: string, filter: PolicyFilter, window: Window): Page<StoredPolicy>
  from(provider: string, filter: PolicyFilter, window: MarkerWindow): StoredPolicy[]
  /** The next ones to fire. */
  nextToFire(limit: number): StoredPolicy[]
  /** All that will fire. */
  scheduled(): StoredPolicy[]
  /** Only when they fire, and for how many volumes. */
  schedules(): (Firing & { readonly volumeCount: number })[]
}

export function createPolicies(db: Database, totals: Totals, noteDue: NoteDue): Policies {
  return {
    byN: (n) => table.get(db, BY_N, n),
    byId: (provider, id) => table.get(db, BY_ID, provider, id),
    everById: (provider, id) => table.get(db, EVER_BY_ID, provider, id),
    insert(policy) {
      table.insert(db, policy)
      totals.bump(cellOf(policy), 1)
    },
    update(policy, patch) {
      const changed = table.update(db, policy, patch)
      noteDue(patch.firesAt)
      if (changed.goneAt !== policy.goneAt) totals.bump(cellOf(policy), -1)
      else if (changed.group !== policy.group) {
        totals.bump(cellOf(policy), -1)
        totals.bump(cellOf(changed), 1)
      }
      return changed
    },
    drop: (n) => {
      db.run('DELETE FROM occurrence WHERE policy_n = ?', n)
      db.run('DELETE FROM policy WHERE n = ?', n)
    },
    page(provider, filter, window) {
      const conditions = conditionsOf(provider, filter)
      const { zones, group } = filter
      const total = asksOnly(filter, 'zones', 'group')
        ? totals.sum({ provider, what: 'policy', zones, group })
        : countOf(db, table, conditions)
      return pageOf(db, table, conditions, window, total)
    },
    from: (provider, filter, window) => rowsFrom(db, table, conditionsOf(provider, filter), window),
    nextToFire: (limit) => table.all(db, NEXT_TO_FIRE, limit),
    scheduled: () => table.all(db, SCHEDULED),
    schedules: () => schedules.all(db, SCHEDULES)
  }
}

function cellOf({ provider, zone, group }: StoredPolicy): Cell {
  return { provider, what: 'policy', zone, state: '', origin: '', kind: '', group }
}

function conditionsOf(provider: string, filter: PolicyFilter): Condition[] {
  return [
    is('provider', provider),
    where('gone_at IS NULL'),
    detailIs(filter),
    idIs(filter.ids),
    nameIs('name', filter.name),
    isOneOf('zone', filter.zones),
    is('group', filter.group),
    nameIs('volume.name', filter.volumeName).flatMap(({ sql, values }) =>
      where(`EXISTS (SELECT 1 FROM volume WHERE volume.policy_n = policy.n AND ${sql})`, ...values)
    )
  ].flat()
}
