import type { Value } from '../model/detached.ts'
import type { DetailFilter, NameFilter } from '../model/resources.ts'
import type { Database } from './database.ts'

/** One AND-ed condition: SQL with `?`, and their values. */
export interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
  /** Meets few rows by an index of its own: sort those, instead of walking all rows in the order of the list. */
  readonly selective?: boolean
}

export function selective(condition: Condition): Condition {
  return { ...condition, selective: true }
}

export function where(sql: string, ...values: Value[]): Condition {
  return { sql, values }
}

/** `column IN (…)` without a value in the text. */
export function oneOf(column: string, values: readonly (string | number)[]): Condition {
  const [only] = values
  if (values.length === 1 && only !== undefined) return where(`${column} = ?`, only)
  return where(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values))
}

export function nameIs(column: string, name: NameFilter): Condition {
  if ('is' in name) return selective(where(`${column} = ?`, name.is))
  // Not by `length`, which ends at a NUL.
  if ('startsWith' in name) return where(`instr(${column}, ?) = 1`, name.startsWith)
  if ('contains' in name) return where(`instr(${column}, ?) > 0`, name.contains)
  return where(`name_matches(?, ${column})`, name.matches)
}

/** Conditions on `detail`: these scan. */
export function detailIs(filter: DetailFilter): Condition[] {
  const conditions: Condition[] = []
  for (const [member, value] of Object.entries(filter.detail ?? {})) {
    const path = `$.${JSON.stringify(member)}`
    conditions.push(
      typeof value === 'boolean'
        ? where('json_extract(detail, ?) IS ?', path, value ? 1 : 0)
        : where('json_extract(detail, ?) = ?', path, value)
    )
  }
  for (const key of filter.tagKeys ?? []) {
    conditions.push(where("EXISTS (SELECT 1 FROM json_each(detail, '$.tags') AS tag WHERE tag.value ->> 0 = ?)", key))
  }
  for (const [key, value] of filter.tags ?? []) {
    conditions.push(
      where(
        "EXISTS (SELECT 1 FROM json_each(detail, '$.tags') AS tag WHERE tag.value ->> 0 = ? AND tag.value ->> 1 = ?)",
        key,
        value
      )
    )
  }
  return conditions
}

function joined(conditions: readonly Condition[]): { sql: string; values: Value[]; createdAt: string } {
  return {
    sql: conditions.map((condition) => condition.sql).join(' AND '),
    values: conditions.flatMap((condition) => condition.values),
    // `+` keeps SQLite from choosing the index of the order: 30 ms at 100,000 rows for one id, instead of 0.1.
    createdAt: conditions.some((condition) => condition.selective) ? '+created_at' : 'created_at'
  }
}

export function countOf(db: Database, table: string, conditions: readonly Condition[]): number {
  const { sql, values } = joined(conditions)
  return db.get<{ count: number }>(`SELECT count(*) AS count FROM ${table} WHERE ${sql}`, ...values)?.count ?? 0
}

export function sumOf(db: Database, table: string, column: string, conditions: readonly Condition[]): number {
  const { sql, values } = joined(conditions)
  return db.get<{ sum: number | null }>(`SELECT sum(${column}) AS sum FROM ${table} WHERE ${sql}`, ...values)?.sum ?? 0
}

/**
 * Newest first. The total is known, so a page of the second half is read from the other end, and a page in the middle
 * skips in an index-only subselect: 0.04 and 1.4 ms at 100,000 rows, where OFFSET with the rows takes 46.
 */
export function pageOf<R>(
  db: Database,
  table: string,
  columns: string,
  conditions: readonly Condition[],
  window: { readonly offset: number; readonly limit: number },
  total: number
): R[] {
  const limit = Math.min(window.limit, total - window.offset)
  if (limit <= 0) return []
  const { sql, values, createdAt } = joined(conditions)
  const fromEnd = window.offset > total / 2
  const offset = fromEnd ? total - window.offset - limit : window.offset
  const order = fromEnd ? `${createdAt}, n` : `${createdAt} DESC, n DESC`
  return db.all<R>(
    `SELECT ${columns} FROM ${table} WHERE n IN
       (SELECT n FROM ${table} WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?) ORDER BY created_at DESC, n DESC`,
    ...values,
    limit,
    offset
  )
}

/** Oldest first, from a row on. */
export function rowsFrom<R>(
  db: Database,
  table: string,
  columns: string,
  conditions: readonly Condition[],
  window: { readonly from?: { readonly n: number; readonly createdAt: number }; readonly limit: number }
): R[] {
  const all = window.from
    ? [...conditions, where('(created_at, n) >= (?, ?)', window.from.createdAt, window.from.n)]
    : conditions
  const { sql, values, createdAt } = joined(all)
  return db.all<R>(
    `SELECT ${columns} FROM ${table} WHERE ${sql} ORDER BY ${createdAt}, n LIMIT ?`,
    ...values,
    window.limit
  )
}
