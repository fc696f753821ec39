import Sqlite from 'better-sqlite3'
import { assert } from '../model/assert.ts'
import type { Value } from '../model/detached.ts'
import { createSearch } from '../model/patterns.ts'
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** One world's database. Statements are prepared at first use and kept by their text, which never holds user values. */
export interface Database {
  get<R>(sql: string, ...values: Value[]): R | undefined
  all<R>(sql: string, ...values: Value[]): R[]
  /** The first column only. */
  column<R>(sql: string, ...values: Value[]): R[]
  run(sql: string, ...values: Value[]): number
  /** One by one, as arrays. Nothing can be written while this is not at its end. */
  rows(sql: string): Iterable<readonly Value[]>
  /**
   * All or nothing. A body that returns a promise is refused: it would end after the commit. It begins at its first write:
   * bodies that only read, as most that refuse do, cost none.
   */
  transaction<T>(body: () => T): T
  serialize(): Buffer
  /** Without the pages that nothing uses. */
  compact(): void
  /** The size of the image. */
  bytes(): number
  close(): void
}

/** A new database in memory, one opened from an image, or a file. */
export function openDatabase(source?: Buffer | string): Database {
  const db = new Sqlite(source ?? ':memory:')
  if (typeof source === 'string') {
    // Nobody else reads it: without a shared index of the log, a write locks nothing, which is a tenth of it.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    // The log goes into the file at 16 MiB, not at every 1 MiB: creates are twice as fast.
    db.pragma('wal_autocheckpoint = 16384')
  } else if (!source) {
    db.pragma('page_size = 1024')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${SCHEMA_VERSION}`)
    db.exec(SCHEMA)
  }
  db.pragma('cache_size = -1000')
  const search = createSearch()
  db.function('name_matches', { deterministic: true }, nameMatches(search))

  const statements = new Map<string, Sqlite.Statement<Value[], unknown>>()
  const columns = new Map<string, Sqlite.Statement<Value[], unknown>>()
  const prepare = (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = db.prepare<Value[], unknown>(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  let isToBegin = false
  let hasBegun = false

  return {
    // The one place where rows get the type that their SELECT gives them.
    get: <R>(sql: string, ...values: Value[]) => prepare(sql).get(...values) as R | undefined,
    all: <R>(sql: string, ...values: Value[]) => prepare(sql).all(...values) as R[],
    column: <R>(sql: string, ...values: Value[]) => {
      let statement = columns.get(sql)
      if (!statement) {
        statement = db.prepare<Value[], unknown>(sql).pluck()
        columns.set(sql, statement)
      }
      return statement.all(...values) as R[]
    },
    run(sql, ...values) {
      if (isToBegin) {
        isToBegin = false
        begin.run()
        hasBegun = true
      }
      return prepare(sql).run(...values).changes
    },
    rows: (sql) => db.prepare<Value[], readonly Value[]>(sql).raw().iterate(),
    transaction<T>(body: () => T): T {
      assert(!isToBegin && !hasBegun, 'a transaction has no other inside')
      search.begin()
      isToBegin = true
      try {
        const result = body()
        assert(!isThenable(result), 'a transaction must not return a promise')
        if (hasBegun) commit.run()
        return result
      } catch (error) {
        if (db.inTransaction) rollback.run()
        throw error
      } finally {
        isToBegin = false
        hasBegun = false
      }
    },
    serialize: () => db.serialize(),
    compact: () => {
      db.exec('VACUUM')
    },
    bytes: () => Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true })),
    close: () => {
      statements.clear()
      columns.clear()
      db.close()
    }
  }
}

/**
 * Made outside of `openDatabase`: SQLite holds the function as long as the database is open, and what the function can
 * reach with it. If it reached the database, one that is dropped unclosed would never go.
 */
function nameMatches(search: ReturnType<typeof createSearch>): (pattern: unknown, name: unknown) => 0 | 1 {
  return (pattern, name) => (search.matches(String(pattern), String(name)) ? 1 : 0)
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
