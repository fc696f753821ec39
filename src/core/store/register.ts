import Sqlite from 'better-sqlite3'
import type { Checkpoint } from '../model/checkpoint.ts'

/** The register of a folder: which worlds lie there, which were open, and what was saved of them. */
export interface Register {
  /** How often it was opened, from 1. */
  readonly start: number
  ids(): readonly string[]
  openIds(): readonly string[]
  opened(id: string): void
  /** `resting` is what must be known of it meanwhile, as JSON. */
  rested(id: string, resting: string): void
  restingOf(id: string): string | undefined
  forget(id: string): void
  readonly checkpoints: {
    list(world: string): readonly Checkpoint[]
    find(world: string, name: string): Checkpoint | undefined
    put(world: string, checkpoint: Checkpoint): void
    drop(world: string, name: string): boolean
    bytes(): number
  }
  close(): void
}

const TABLES = `
CREATE TABLE IF NOT EXISTS run (one INTEGER PRIMARY KEY CHECK (one = 1), start INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS world (id TEXT PRIMARY KEY, is_open INTEGER NOT NULL, resting TEXT) STRICT;
CREATE TABLE IF NOT EXISTS checkpoint (world TEXT, name TEXT, at INTEGER NOT NULL, saved_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL, PRIMARY KEY (world, name)) STRICT;
`
const CHECKPOINT = 'name, at, saved_at AS savedAt, bytes'

/** Held exclusively as long as the server runs; the system lets go of it even after a kill. Throws what SQLite throws. */
export function openRegister(file: string): Register {
  const db = new Sqlite(file, { timeout: 0 })
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(`BEGIN EXCLUSIVE; ${TABLES} COMMIT`)
  const started = db
    .prepare<[], { start: number }>(
      'INSERT INTO run VALUES (1, 1) ON CONFLICT DO UPDATE SET start = start + 1 RETURNING start'
    )
    .get()
  const ids = db.prepare<[], { id: string }>('SELECT id FROM world ORDER BY id')
  const openIds = db.prepare<[], { id: string }>('SELECT id FROM world WHERE is_open = 1 ORDER BY id')
  const opened = db.prepare<[string]>(
    'INSERT INTO world VALUES (?, 1, NULL) ON CONFLICT DO UPDATE SET is_open = 1 WHERE is_open = 0'
  )
  const rested = db.prepare<[string, string]>('UPDATE world SET is_open = 0, resting = ? WHERE id = ?')
  const restingOf = db.prepare<[string], { resting: string | null }>(
    'SELECT resting FROM world WHERE id = ? AND is_open = 0'
  )
  const forget = db.prepare<[string]>('DELETE FROM world WHERE id = ?')
  const list = db.prepare<[string], Checkpoint>(
    `SELECT ${CHECKPOINT} FROM checkpoint WHERE world = ? ORDER BY saved_at, name`
  )
  const find = db.prepare<[string, string], Checkpoint>(
    `SELECT ${CHECKPOINT} FROM checkpoint WHERE world = ? AND name = ?`
  )
  const put = db.prepare<[string, string, number, number, number]>(
    'INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?)'
  )
  const drop = db.prepare<[string, string]>('DELETE FROM checkpoint WHERE world = ? AND name = ?')
  const bytes = db.prepare<[], { sum: number }>('SELECT coalesce(sum(bytes), 0) AS sum FROM checkpoint')

  return {
    start: started?.start ?? 1,
    ids: () => ids.all().map((row) => row.id),
    openIds: () => openIds.all().map((row) => row.id),
    opened: (id) => {
      opened.run(id)
    },
    rested: (id, resting) => {
      rested.run(resting, id)
    },
    restingOf: (id) => restingOf.get(id)?.resting ?? undefined,
    forget: (id) => {
      forget.run(id)
    },
    checkpoints: {
      list: (world) => list.all(world),
      find: (world, name) => find.get(world, name),
      put: (world, { name, at, savedAt, bytes: size }) => {
        put.run(world, name, at, savedAt, size)
      },
      drop: (world, name) => drop.run(world, name).changes > 0,
      bytes: () => bytes.get()?.sum ?? 0
    },
    close: () => db.close()
  }
}
