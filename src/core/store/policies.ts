import type { MarkerWindow, Page, Policy, PolicyFilter, Window } from '../model/resources.ts'
import type { Firing } from '../model/schedule.ts'
import { type Condition, countOf, detailIs, nameIs, oneOf, pageOf, rowsFrom, selective, where } from './conditions.ts'
import type { Database, NoteDue } from './database.ts'
import type { Cell, Totals } from './totals.ts'
import { updateOf } from './update.ts'

interface Row extends Omit<Policy, 'detail' | 'weekdays' | 'hours'> {
  readonly provider: string
  readonly fireCursor: number
  readonly firedCount: number
  readonly detail: string
  readonly weekdays: number
  readonly hours: number
}
export interface StoredPolicy extends Policy {
  readonly provider: string
  /** Where a firing that was cut off between two batches goes on. */
  readonly fireCursor: number
  readonly firedCount: number
}

const COLUMNS = `n, provider, id, name, zone, grp AS "group", created_at AS createdAt, weekdays, hours,
  utc_offset_minutes AS utcOffsetMinutes, retention_days AS retentionDays, fires_at AS firesAt,
  fire_cursor AS fireCursor, last_fired_at AS lastFiredAt, fired_count AS firedCount, volume_count AS volumeCount,
  gone_at AS goneAt, detail`

export interface PolicyPatch {
  readonly name?: string
  readonly group?: string
  readonly weekdays?: readonly number[]
  readonly hours?: readonly number[]
  readonly utcOffsetMinutes?: number
  readonly retentionDays?: number | null
  readonly firesAt?: number | null
  readonly fireCursor?: number
  readonly lastFiredAt?: number
  readonly firedCount?: number
  readonly volumeCount?: number
  readonly goneAt?: number
  readonly detail?: object
}
const COLUMN_OF = {
  name: 'name',
  group: 'grp',
  weekdays: 'weekdays',
  hours: 'hours',
  utcOffsetMinutes: 'utc_offset_minutes',
  retentionDays: 'retention_days',
  firesAt: 'fires_at',
  fireCursor: 'fire_cursor',
  lastFiredAt: 'last_fired_at',
  firedCount: 'fired_count',
  volumeCount: 'volume_count',
  goneAt: 'gone_at',
  detail: 'detail'
} as const satisfies Record<keyof PolicyPatch, string>

export interface Policies {
  byN(n: number): StoredPolicy | undefined
  byId(provider: string, id: string): StoredPolicy | undefined
  /** Also one that is gone, while snapshots name it. */
  everById(provider: string, id: string): StoredPolicy | undefined
  hasId(provider: string, id: string): boolean
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
  const toPolicy = (row: Row): StoredPolicy => ({
    ...row,
    weekdays: membersOf(row.weekdays),
    hours: membersOf(row.hours),
    detail: JSON.parse(row.detail)
  })
  const policyOf = (row: Row | undefined) => (row ? toPolicy(row) : undefined)
  const cellOf = (policy: StoredPolicy): Cell => ({
    provider: policy.provider,
    what: 'policy',
    zone: policy.zone,
    state: '',
    origin: '',
    kind: '',
    group: policy.group
  })

  return {
    byN: (n) => policyOf(db.get<Row>(`SELECT ${COLUMNS} FROM policy WHERE n = ?`, n)),
    byId: (provider, id) =>
      policyOf(
        db.get<Row>(`SELECT ${COLUMNS} FROM policy WHERE provider = ? AND id = ? AND gone_at IS NULL`, provider, id)
      ),
    everById: (provider, id) =>
      policyOf(db.get<Row>(`SELECT ${COLUMNS} FROM policy WHERE provider = ? AND id = ?`, provider, id)),
    hasId: (provider, id) => db.get('SELECT 1 FROM policy WHERE provider = ? AND id = ?', provider, id) !== undefined,
    insert(policy) {
      db.run(
        `INSERT INTO policy (n, provider, id, name, zone, grp, created_at, weekdays, hours, utc_offset_minutes,
           retention_days, fires_at, volume_count, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        policy.n,
        policy.provider,
        policy.id,
        policy.name,
        policy.zone,
        policy.group,
        policy.createdAt,
        maskOf(policy.weekdays),
        maskOf(policy.hours),
        policy.utcOffsetMinutes,
        policy.retentionDays,
        policy.firesAt,
        policy.volumeCount,
        JSON.stringify(policy.detail)
      )
      totals.bump(cellOf(policy), 1)
    },
    update(policy, patch) {
      const changed: StoredPolicy = { ...policy, ...patch }
      const { weekdays, hours, ...rest } = patch
      db.run(
        ...updateOf(
          'policy',
          COLUMN_OF,
          { ...rest, weekdays: weekdays && maskOf(weekdays), hours: hours && maskOf(hours) },
          policy.n
        )
      )
      noteDue(patch.firesAt)
      if (patch.goneAt !== undefined) totals.bump(cellOf(policy), -1)
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
      const total = isCellFilter(filter)
        ? totals.sum({
            provider,
            what: 'policy',
            ...(filter.zones && { zones: filter.zones }),
            ...(filter.group !== undefined && { group: filter.group })
          })
        : countOf(db, 'policy', conditions)
      return { total, rows: pageOf<Row>(db, 'policy', COLUMNS, conditions, window, total).map(toPolicy) }
    },
    from: (provider, filter, window) =>
      rowsFrom<Row>(db, 'policy', COLUMNS, conditionsOf(provider, filter), window).map(toPolicy),
    nextToFire: (limit) =>
      db
        .all<Row>(`SELECT ${COLUMNS} FROM policy WHERE fires_at IS NOT NULL ORDER BY fires_at, n LIMIT ?`, limit)
        .map(toPolicy),
    schedules: () =>
      db
        .lists<[weekdays: number, hours: number, utcOffsetMinutes: number, volumeCount: number]>(
          'SELECT weekdays, hours, utc_offset_minutes, volume_count FROM policy WHERE fires_at IS NOT NULL'
        )
        .map(([weekdays, hours, utcOffsetMinutes, volumeCount]) => ({
          weekdays: membersOf(weekdays),
          hours: membersOf(hours),
          utcOffsetMinutes,
          volumeCount
        })),
    scheduled: () => db.all<Row>(`SELECT ${COLUMNS} FROM policy WHERE fires_at IS NOT NULL ORDER BY n`).map(toPolicy)
  }
}

function maskOf(members: readonly number[]): number {
  return members.reduce((mask, member) => mask | (1 << member), 0)
}

function membersOf(mask: number): number[] {
  const members: number[] = []
  for (let member = 0; mask >> member > 0; member++) if ((mask >> member) & 1) members.push(member)
  return members
}

/** Whether the kept totals can answer. */
function isCellFilter(filter: PolicyFilter): boolean {
  const { zones: _zones, group: _group, ...rest } = filter
  return Object.values(rest).every((value) => value === undefined)
}

function conditionsOf(provider: string, filter: PolicyFilter): Condition[] {
  const conditions = [where('provider = ? AND gone_at IS NULL', provider), ...detailIs(filter)]
  if (filter.ids) conditions.push(selective(oneOf('id', filter.ids)))
  if (filter.name) conditions.push(nameIs('name', filter.name))
  if (filter.zones) conditions.push(oneOf('zone', filter.zones))
  if (filter.group !== undefined) conditions.push(where('grp = ?', filter.group))
  if (filter.volumeName) {
    const name = nameIs('volume.name', filter.volumeName)
    conditions.push(
      where(`EXISTS (SELECT 1 FROM volume WHERE volume.policy_n = policy.n AND ${name.sql})`, ...name.values)
    )
  }
  return conditions
}
