import type { Value } from '../model/detached.ts'
import type { DetailFilter, MarkerWindow, NameFilter, Page, Window } from '../model/resources.ts'
import type { Database } from './database.ts'
import type { Table } from './table.ts'

/** One AND-ed condition: SQL with `?`, and their values. */
export interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
  /** Meets few rows by an index of its own: sort those, instead of walking all rows in the order of the list. */
  readonly selective?: boolean
}

/** What a filter leaves open is no condition. */
type Conditions = readonly Condition[]

export function where(sql: string, ...values: Value[]): Conditions {
  return [{ sql, values }]
}

function selective(conditions: Conditions): Conditions {
  return conditions.map((condition) => ({ ...condition, selective: true }))
}

/** Conditions on the members of a table's rows. */
export function conditionsOn<R>(table: Table<R>): {
  is(member: keyof R & string, value: string | number | undefined): Conditions
  isOneOf(member: keyof R & string, values: readonly (string | number)[] | undefined): Conditions
} {
  return {
    is: (member, value) => (value === undefined ? [] : where(`${table.columnOf(member)} = ?`, value)),
    isOneOf: (member, values) => (values === undefined ? [] : oneOf(table.columnOf(member), values))
  }
}

export function idIs(ids: readonly string[] | undefined): Conditions {
  return ids === undefined ? [] : selective(oneOf('id', ids))
}

/** `column IN (…)` without a value in the text. */
function oneOf(column: string, values: readonly (string | number)[]): Conditions {
  const [only] = values
  if (values.length === 1 && only !== undefined) return where(`${column} = ?`, only)
  return where(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values))
}

export function nameIs(column: string, name: NameFilter | undefined): Conditions {
  if (name === undefined) return []
  if ('is' in name) return selective(where(`${column} = ?`, name.is))
  // Not by `length`, which ends at a NUL.
  if ('startsWith' in name) return where(`instr(${column}, ?) = 1`, name.startsWith)
  if ('contains' in name) return where(`instr(${column}, ?) > 0`, name.contains)
  return where(`name_matches(?, ${column})`, name.matches)
}

/** A text that stands in the id or the name, in whatever case. */
export function textIs(text: string | undefined): Conditions {
  return text === undefined
    ? []
    : where('(instr(lower(id), lower(?)) > 0 OR instr(lower(name), lower(?)) > 0)', text, text)
}

/** Conditions on `detail`, and on what is looked for in ids and names: these scan. */
export function detailIs(filter: DetailFilter): Conditions {
  return [
    ...textIs(filter.text),
    ...Object.entries(filter.detail ?? {}).flatMap(([member, value]) => {
      if (value === undefined) return []
      const path = `$.${JSON.stringify(member)}`
      return typeof value === 'boolean'
        ? where('json_extract(detail, ?) IS ?', path, value ? 1 : 0)
        : where('json_extract(detail, ?) = ?', path, value)
    }),
    ...(filter.tagKeys ?? []).flatMap((key) =>
      where("EXISTS (SELECT 1 FROM json_each(detail, '$.tags') AS tag WHERE tag.value ->> 0 = ?)", key)
    ),
    ...(filter.tags ?? []).flatMap(([key, value]) =>
      where(
        "EXISTS (SELECT 1 FROM json_each(detail, '$.tags') AS tag WHERE tag.value ->> 0 = ? AND tag.value ->> 1 = ?)",
        key,
        value
      )
    )
  ]
}

/** Whether a filter asks for nothing but these members. */
export function asksOnly<F extends DetailFilter>({ detail, ...filter }: F, ...members: readonly (keyof F)[]): boolean {
  const others = Object.entries(filter).filter(([member]) => !members.some((each) => each === member))
  return [...others, ...Object.entries(detail ?? {})].every(([, value]) => value === undefined)
}

export function joined(conditions: Conditions): { sql: string; values: Value[]; createdAt: string } {
  return {
    sql: conditions.map((condition) => condition.sql).join(' AND '),
    values: conditions.flatMap((condition) => condition.values),
    // `+` keeps SQLite from choosing the index of the order: 30 ms at 100,000 rows for one id, instead of 0.1.
    createdAt: conditions.some((condition) => condition.selective) ? '+created_at' : 'created_at'
  }
}

export function countOf<R>(db: Database, { name }: Table<R>, conditions: Conditions): number {
  const { sql, values } = joined(conditions)
  return db.get<{ count: number }>(`SELECT count(*) AS count FROM ${name} WHERE ${sql}`, ...values)?.count ?? 0
}

/**
 * Newest first. The total is known, so a page of the second half is read from the other end, and a page in the middle
 * skips in an index-only subselect: 0.04 and 1.4 ms at 100,000 rows, where OFFSET with the rows takes 46.
 */
export function pageOf<R>(
  db: Database,
  table: Table<R>,
  conditions: Conditions,
  window: Window,
  total: number
): Page<R> {
  const limit = Math.min(window.limit, total - window.offset)
  if (limit <= 0) return { total, rows: [] }
  const { sql, values, createdAt } = joined(conditions)
  const fromEnd = window.offset > total / 2
  const offset = fromEnd ? total - window.offset - limit : window.offset
  const order = fromEnd ? `${createdAt}, n` : `${createdAt} DESC, n DESC`
  const select = table.select(
    `WHERE n IN (SELECT n FROM ${table.name} WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?)
     ORDER BY created_at DESC, n DESC`
  )
  return { total, rows: table.all(db, select, ...values, limit, offset) }
}

/** Oldest first, from a row on. */
export function rowsFrom<R>(db: Database, table: Table<R>, conditions: Conditions, { from, limit }: MarkerWindow): R[] {
  const after = from ? where('(created_at, n) >= (?, ?)', from.createdAt, from.n) : []
  const { sql, values, createdAt } = joined([...conditions, ...after])
  return table.all(db, table.select(`WHERE ${sql} ORDER BY ${createdAt}, n LIMIT ?`), ...values, limit)
}
