import { StateRefused, type TableDump, type Value } from '../model/detached.ts'
import type { Database } from './database.ts'

/** All that a world is; a test holds the list against the schema. */
export const TABLES = [
  'world',
  'setting',
  'item',
  'instance',
  'volume',
  'policy',
  'snapshot',
  'gone',
  'total',
  'occurrence',
  'token',
  'content',
  'fault'
] as const

/** When a clock was read says nothing about the world: two equal worlds differ in it. */
const LEFT_OUT = ['anchor_wall']

/** To be read to its end before anything is written: on a copy. */
export function dumpTables(db: Database): TableDump[] {
  return TABLES.map((name) => {
    const info = db.all<{ name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)', name)
    const columns = info.map((column) => column.name).filter((column) => !LEFT_OUT.includes(column))
    const key = info.filter((column) => column.pk > 0).map((column) => column.name)
    const sql = `SELECT ${columns.map(quoted).join(', ')} FROM ${name} ORDER BY ${key.map(quoted).join(', ')}`
    return { name, columns, rows: db.rows(sql) }
  })
}

/** Rows that are written before somebody else has a turn. */
const SLICE = 500

/**
 * Into a database with the schema and nothing else that nobody else knows; yields between slices. Throws `StateRefused`
 * where a row does not fit.
 */
export function* loadTables(db: Database, tables: readonly TableDump[]): Generator<void, void> {
  for (const name of TABLES) db.run(`DELETE FROM ${name}`)
  for (const { name, columns, rows } of tables) {
    if (!isTable(name)) throw new StateRefused(`there is no table ${name}`)
    const known = db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', name).map((column) => column.name)
    if (!columns.every((column) => known.includes(column))) throw new StateRefused(`table ${name} has other columns`)
    const filled = name === 'world' ? [...columns, ...LEFT_OUT] : columns
    const sql = `INSERT INTO ${name} (${filled.map(quoted).join(', ')}) VALUES (${filled.map(() => '?').join(', ')})`
    let count = 0
    for (const row of rows) {
      insert(db, sql, name, name === 'world' ? [...row, 0] : row)
      if (++count % SLICE === 0) yield
    }
  }
}

function insert(db: Database, sql: string, table: string, row: readonly Value[]): void {
  try {
    db.run(sql, ...row)
  } catch (error) {
    throw new StateRefused(`a row of ${table} does not fit: ${error instanceof Error ? error.message : error}`)
  }
}

function isTable(name: string): boolean {
  return TABLES.some((table) => table === name)
}

function quoted(column: string): string {
  return `"${column}"`
}
