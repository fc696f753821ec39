import { assert } from '../model/assert.ts'
import type { Value } from '../model/detached.ts'
import { merged, type Patch } from '../model/patch.ts'
import type { Database } from './database.ts'

/** A column whose values are others than those of the member that it holds. */
export interface Converted<T> {
  readonly column: string
  read(value: unknown): T
  write(member: T): Value
}

/** Each member of a row by its column. */
export type Columns<R> = {
  readonly [M in keyof R]-?: [R[M]] extends [Value] ? string : Converted<R[M]>
}

/** Rows of one table, or of some of its columns. */
export interface Reader<R> {
  /** A statement whose rows `get` and `all` give; `rest` comes after the table's name. */
  select(rest: string): string
  get(db: Database, select: string, ...values: Value[]): R | undefined
  all(db: Database, select: string, ...values: Value[]): R[]
}

/** One table. Its columns are named once: what selects, inserts and changes rows is told from them. */
export interface Table<R> extends Reader<R> {
  readonly name: string
  readonly columns: readonly string[]
  columnOf(member: keyof R & string): string
  /** In the order of `columns`. */
  valuesOf(row: R): Value[]
  /** Fewer columns, for many rows at a time. */
  pick<M extends keyof R & string>(...members: readonly M[]): Reader<Pick<R, M>>
  insert(db: Database, row: R): void
  /** In place of a row with the same key, if there is one. */
  replace(db: Database, row: R): void
  /** Writes what changes of the row with this `n`; returns the row as it is afterwards. */
  update(db: Database, row: R & { readonly n: number }, patch: Patch<R>): R
}

interface Member {
  readonly name: string
  readonly column: string
  readonly read?: (value: unknown) => unknown
  readonly write: (value: unknown) => Value
}

export function tableOf<R extends object>(name: string, columns: Columns<R>): Table<R> {
  const members = membersOf(columns)
  const byName = new Map(members.map((member) => [member.name, member]))
  const memberOf = (member: string): Member => {
    const found = byName.get(member)
    assert(found, `table ${name} has no column for ${member}`)
    return found
  }
  const names = members.map(({ column }) => column)
  const into = `INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  const insert = `INSERT ${into}`
  const replace = `INSERT OR REPLACE ${into}`
  const valuesOf = (row: R) => members.map((member) => member.write(Reflect.get(row, member.name)))
  return {
    name,
    columns: names,
    columnOf: (member) => memberOf(member).column,
    valuesOf,
    ...readerOf<R>(name, members),
    pick: (...some) => readerOf(name, some.map(memberOf)),
    insert: (db, row) => {
      db.run(insert, ...valuesOf(row))
    },
    replace: (db, row) => {
      db.run(replace, ...valuesOf(row))
    },
    update(db, row, patch) {
      let assignments = ''
      const values: Value[] = []
      for (const [member, value] of Object.entries(patch)) {
        if (value === undefined) continue
        const { column, write } = memberOf(member)
        assignments += assignments === '' ? `${column} = ?` : `, ${column} = ?`
        values.push(write(value))
      }
      if (values.length > 0) db.run(`UPDATE ${name} SET ${assignments} WHERE n = ?`, ...values, row.n)
      return merged<R>(row, patch)
    }
  }
}

function readerOf<R extends object>(table: string, members: readonly Member[]): Reader<R> {
  const named = members.map(({ name, column }) => (name === column ? column : `${column} AS "${name}"`))
  const select = `SELECT ${named.join(', ')} FROM ${table} `
  const converted = members.flatMap(({ name, read }) => (read ? [{ name, read }] : []))
  const rowOf = (row: Record<string, unknown>): R => {
    for (const { name, read } of converted) row[name] = read(row[name])
    // A row has the members that its table's columns name.
    return row as R
  }
  return {
    select: (rest) => select + rest,
    get(db, sql, ...values) {
      const row = db.get<Record<string, unknown>>(sql, ...values)
      return row && rowOf(row)
    },
    all: (db, sql, ...values) => db.all<Record<string, unknown>>(sql, ...values).map(rowOf)
  }
}

function membersOf(columns: object): Member[] {
  return Object.entries(columns).map(([name, column]: [string, string | Converted<unknown>]) =>
    typeof column === 'string'
      ? { name, column, write: plain }
      : { name, column: column.column, read: column.read, write: column.write }
  )
}

function plain(value: unknown): Value {
  assert(
    value === null || typeof value === 'string' || typeof value === 'number',
    'a column holds text, numbers or null'
  )
  return value
}

/** A document; null stays null. */
export function json<T>(column: string): Converted<T> {
  return {
    column,
    read: (value) => (typeof value === 'string' ? JSON.parse(value) : null),
    write: (member) => (member === null ? null : JSON.stringify(member))
  }
}

/** 0 or 1. */
export function flag(column: string): Converted<boolean> {
  return { column, read: (value) => value === 1, write: (member) => (member ? 1 : 0) }
}

/** A list of small numbers, ascending, as the bits of one. */
export function bits(column: string): Converted<readonly number[]> {
  return {
    column,
    read(value) {
      const members: number[] = []
      const mask = Number(value)
      for (let member = 0; mask >> member > 0; member++) if ((mask >> member) & 1) members.push(member)
      return members
    },
    write: (members) => members.reduce((mask, member) => mask | (1 << member), 0)
  }
}
