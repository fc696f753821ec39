import Sqlite from 'better-sqlite3'
import type { Checkpoint } from '../model/checkpoint.ts'
import type { FaultRule } from '../model/fault-form.ts'
import type { ServerRule } from '../model/faults.ts'

/** Where the rules of the server are kept. */
export interface FaultRows {
  /** In their order. */
  all(): readonly ServerRule[]
  /** At the end, or in the place of one of the same name; made anew, unless it was only turned on or off. */
  put(rule: FaultRule, isOnlySwitched: boolean): void
  drop(id: string): void
}

/** Where it is kept which worlds are moved, or were. */
export interface MoveRows {
  /** World → what is kept of its move, as JSON. */
  all(): readonly { readonly world: string; readonly row: string }[]
  put(world: string, row: string): void
  drop(world: string): void
}

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
  /** Whether the world's file must be there. */
  hasFile(id: string): boolean
  noteFile(id: string, hasFile: boolean): void
  /** From now on the world is no more, whatever of it still lies there. */
  letGo(id: string): void
  /** The worlds that were let go of, and of which something may still lie there. */
  going(): readonly string[]
  /** Nothing is known of it any more. */
  forget(id: string): void
  readonly checkpoints: {
    list(world: string): readonly Checkpoint[]
    find(world: string, name: string): Checkpoint | undefined
    put(world: string, checkpoint: Checkpoint): void
    drop(world: string, name: string): boolean
    bytes(): number
  }
  readonly faults: FaultRows
  readonly moves: MoveRows
  close(): void
}

/** "SNAR". */
const APPLICATION_ID = 0x534e4152
const VERSION = 3
/** SQL from each format to the next; the first ones, that bear no version, may lack anything. */
const MIGRATIONS = [
  `CREATE TABLE IF NOT EXISTS run (one INTEGER PRIMARY KEY CHECK (one = 1), start INTEGER NOT NULL) STRICT;
   CREATE TABLE IF NOT EXISTS world (id TEXT PRIMARY KEY, is_open INTEGER NOT NULL, resting TEXT) STRICT;
   CREATE TABLE IF NOT EXISTS checkpoint (world TEXT, name TEXT, at INTEGER NOT NULL, saved_at INTEGER NOT NULL,
     bytes INTEGER NOT NULL, PRIMARY KEY (world, name)) STRICT;
   ALTER TABLE world ADD COLUMN has_file INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE world ADD COLUMN is_going INTEGER NOT NULL DEFAULT 0;`,
  // Which making of a rule it is must never come again: worlds keep what they counted for it.
  `CREATE TABLE fault (made INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, position INTEGER NOT NULL,
     rule TEXT NOT NULL) STRICT;`,
  'CREATE TABLE move (world TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT;'
]
const CHECKPOINT = 'name, at, saved_at AS savedAt, bytes'

/** Held exclusively as long as the server runs; the system lets go of it even after a kill. Throws what SQLite throws. */
export function openRegister(file: string): Register {
  const db = new Sqlite(file, { timeout: 0 })
  try {
    prepare(db)
  } catch (error) {
    db.close()
    throw error
  }
  const started = db
    .prepare<[], { start: number }>(
      'INSERT INTO run VALUES (1, 1) ON CONFLICT DO UPDATE SET start = start + 1 RETURNING start'
    )
    .get()
  const ids = db.prepare<[], { id: string }>('SELECT id FROM world WHERE is_going = 0 ORDER BY id')
  const openIds = db.prepare<[], { id: string }>('SELECT id FROM world WHERE is_open = 1 AND is_going = 0 ORDER BY id')
  const going = db.prepare<[], { id: string }>('SELECT id FROM world WHERE is_going = 1')
  const opened = db.prepare<[string]>(
    'INSERT INTO world (id, is_open) VALUES (?, 1) ON CONFLICT DO UPDATE SET is_open = 1 WHERE is_open = 0'
  )
  const rested = db.prepare<[string, string]>('UPDATE world SET is_open = 0, resting = ? WHERE id = ?')
  const restingOf = db.prepare<[string], { resting: string | null }>(
    'SELECT resting FROM world WHERE id = ? AND is_open = 0'
  )
  const hasFile = db.prepare<[string], { has_file: number }>('SELECT has_file FROM world WHERE id = ?')
  const noteFile = db.prepare<[number, string]>('UPDATE world SET has_file = ? WHERE id = ?')
  const letGo = db.prepare<[string]>(
    'INSERT INTO world (id, is_open, is_going) VALUES (?, 0, 1) ON CONFLICT DO UPDATE SET is_going = 1'
  )
  const forgetCheckpoints = db.prepare<[string]>('DELETE FROM checkpoint WHERE world = ?')
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
  const idsIn = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id)

  return {
    start: started?.start ?? 1,
    ids: () => idsIn(ids.all()),
    openIds: () => idsIn(openIds.all()),
    opened: (id) => {
      opened.run(id)
    },
    rested: (id, resting) => {
      rested.run(resting, id)
    },
    restingOf: (id) => restingOf.get(id)?.resting ?? undefined,
    hasFile: (id) => hasFile.get(id)?.has_file === 1,
    noteFile: (id, has) => {
      noteFile.run(has ? 1 : 0, id)
    },
    letGo: (id) => {
      letGo.run(id)
    },
    going: () => idsIn(going.all()),
    forget: db.transaction((id: string) => {
      forgetCheckpoints.run(id)
      forget.run(id)
    }),
    checkpoints: {
      list: (world) => list.all(world),
      find: (world, name) => find.get(world, name),
      put: (world, { name, at, savedAt, bytes: size }) => {
        put.run(world, name, at, savedAt, size)
      },
      drop: (world, name) => drop.run(world, name).changes > 0,
      bytes: () => bytes.get()?.sum ?? 0
    },
    faults: faultRows(db),
    moves: moveRows(db),
    close: () => db.close()
  }
}

function faultRows(db: Sqlite.Database): FaultRows {
  const all = db.prepare<[], { made: number; rule: string }>('SELECT made, rule FROM fault ORDER BY position, made')
  const add = db.prepare<[string, number, string]>('INSERT INTO fault (id, position, rule) VALUES (?, ?, ?)')
  const change = db.prepare<[string, string]>('UPDATE fault SET rule = ? WHERE id = ?')
  const position = db.prepare<[string], { position: number }>(
    'SELECT coalesce(max(position) FILTER (WHERE id = ?), max(position) + 1, 1) AS position FROM fault'
  )
  const drop = db.prepare<[string]>('DELETE FROM fault WHERE id = ?')
  return {
    all: () => all.all().map(({ made, rule }) => ({ made, rule: JSON.parse(rule) })),
    put: db.transaction((rule: FaultRule, isOnlySwitched: boolean) => {
      const text = JSON.stringify(rule)
      if (isOnlySwitched) {
        change.run(text, rule.id)
        return
      }
      const place = position.get(rule.id)?.position ?? 1
      drop.run(rule.id)
      add.run(rule.id, place, text)
    }),
    drop: (id) => {
      drop.run(id)
    }
  }
}

function moveRows(db: Sqlite.Database): MoveRows {
  const all = db.prepare<[], { world: string; row: string }>('SELECT world, row FROM move ORDER BY world')
  const put = db.prepare<[string, string]>('INSERT OR REPLACE INTO move VALUES (?, ?)')
  const drop = db.prepare<[string]>('DELETE FROM move WHERE world = ?')
  return {
    all: () => all.all(),
    put: (world, row) => {
      put.run(world, row)
    },
    drop: (world) => {
      drop.run(world)
    }
  }
}

/** Held, ours, and of the present format. */
function prepare(db: Sqlite.Database): void {
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec('BEGIN EXCLUSIVE')
  const version = Number(db.pragma('user_version', { simple: true }))
  const application = Number(db.pragma('application_id', { simple: true }))
  if (application !== 0 && application !== APPLICATION_ID) throw new Error('its register is another program’s database')
  if (version > VERSION) {
    throw new Error(`its register was written by a newer Snapstand (format ${version}, this one reads ${VERSION})`)
  }
  for (const step of MIGRATIONS.slice(version)) db.exec(step)
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`user_version = ${VERSION}`)
  db.exec('COMMIT')
}
