import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Checkpoint, Shelf } from './checkpoints.ts'
import type { Anchor } from './clock.ts'
import { prepareDatabase, removeDatabase, replaceDatabase, writeWhole } from './files.ts'
import { birth, type Home, type Newborn, type Resting } from './home.ts'
import { nextDue } from './settle.ts'
import { openStore } from './store/store.ts'

/** A folder that can't be used: another server holds it, or it can't be written. */
export class FolderRefused extends Error {}

/** The folder given with `--data`: a file per world, and a register of them that also is the lock. */
export interface Folder {
  /** How often this folder was started with, from 1: request ids take it in, so that they never come again. */
  readonly start: number
  readonly shelf: Shelf
  home(id: string, newborn: Newborn): Home
  /** The worlds that lie here. */
  ids(): readonly string[]
  /** The worlds that were open when the server was killed. */
  leftOpen(): readonly string[]
  close(): void
}

const REGISTER = `
CREATE TABLE IF NOT EXISTS run (one INTEGER PRIMARY KEY CHECK (one = 1), start INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS world (id TEXT PRIMARY KEY, is_open INTEGER NOT NULL, resting TEXT) STRICT;
CREATE TABLE IF NOT EXISTS checkpoint (world TEXT, name TEXT, at INTEGER NOT NULL, saved_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL, PRIMARY KEY (world, name)) STRICT;
`

/** Throws `FolderRefused`. */
export function openFolder(path: string): Folder {
  const register = openRegister(path)
  const start = register
    .prepare<[], { start: number }>(
      'INSERT INTO run VALUES (1, 1) ON CONFLICT DO UPDATE SET start = start + 1 RETURNING start'
    )
    .get()
  const opened = register.prepare<[string]>(
    'INSERT INTO world VALUES (?, 1, NULL) ON CONFLICT DO UPDATE SET is_open = 1 WHERE is_open = 0'
  )
  const rested = register.prepare<[string, string]>('UPDATE world SET is_open = 0, resting = ? WHERE id = ?')
  const forgotten = register.prepare<[string]>('DELETE FROM world WHERE id = ?')
  const restOf = register.prepare<[string], { resting: string | null }>(
    'SELECT resting FROM world WHERE id = ? AND is_open = 0'
  )
  const fileOf = (id: string) => join(path, `${hashed(id)}.db`)

  return {
    start: start?.start ?? 1,
    shelf: folderShelf(path, register),
    ids: () =>
      register
        .prepare<[], { id: string }>('SELECT id FROM world ORDER BY id')
        .all()
        .map((row) => row.id),
    leftOpen: () =>
      register
        .prepare<[], { id: string }>('SELECT id FROM world WHERE is_open = 1 ORDER BY id')
        .all()
        .map((row) => row.id),
    home(id, newborn) {
      const file = fileOf(id)
      let prepared = false
      return {
        open() {
          opened.run(id)
          const isNew = !existsSync(file)
          if (isNew) replaceDatabase(file, newborn.starter)
          else if (!prepared) prepareDatabase(file)
          prepared = true
          const store = openStore(file)
          if (isNew || store.row.name === '') return birth(id, store, newborn)
          store.noteExactly(nextDue(store)?.at)
          return store
        },
        rest(store, resting) {
          store.db.close()
          rested.run(JSON.stringify(resting), id)
          return true
        },
        resting() {
          const row = restOf.get(id)
          return row?.resting ? restingOf(JSON.parse(row.resting)) : undefined
        },
        replace(image) {
          if (image) replaceDatabase(file, image)
          else removeDatabase(file)
          opened.run(id)
        },
        forget() {
          removeDatabase(file)
          forgotten.run(id)
        }
      }
    },
    close: () => register.close()
  }
}

function restingOf(saved: { wakesAt: number | null; anchor: Anchor }): Resting {
  // JSON has no Infinity: never is null.
  return { wakesAt: saved.wakesAt ?? Number.POSITIVE_INFINITY, anchor: saved.anchor }
}

/** Held exclusively as long as the server runs; the system lets go of it even after a kill. */
function openRegister(path: string): Sqlite.Database {
  const file = join(path, 'snapstand.db')
  try {
    mkdirSync(path, { recursive: true })
    const register = new Sqlite(file, { timeout: 0 })
    register.pragma('locking_mode = EXCLUSIVE')
    register.pragma('journal_mode = WAL')
    register.pragma('synchronous = NORMAL')
    register.exec(`BEGIN EXCLUSIVE; ${REGISTER} COMMIT`)
    return register
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('locked') || reason.includes('busy')) {
      throw new FolderRefused(`${path} is held by another running Snapstand: stop it, or give another folder to --data`)
    }
    throw new FolderRefused(`${path} can’t be used as a folder of worlds: ${reason}`)
  }
}

/** Ids hold `/`, `..` and differ by case only: their hash is a file name. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function folderShelf(path: string, register: Sqlite.Database): Shelf {
  const COLUMNS = 'name, at, saved_at AS savedAt, bytes'
  const list = register.prepare<[string], Checkpoint>(
    `SELECT ${COLUMNS} FROM checkpoint WHERE world = ? ORDER BY saved_at, name`
  )
  const find = register.prepare<[string, string], Checkpoint>(
    `SELECT ${COLUMNS} FROM checkpoint WHERE world = ? AND name = ?`
  )
  const put = register.prepare<[string, string, number, number, number]>(
    'INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?)'
  )
  const remove = register.prepare<[string, string]>('DELETE FROM checkpoint WHERE world = ? AND name = ?')
  const sum = register.prepare<[], { sum: number }>('SELECT coalesce(sum(bytes), 0) AS sum FROM checkpoint')
  const folderOf = (world: string) => join(path, `${hashed(world)}.checkpoints`)
  const fileOf = (world: string, name: string) => join(folderOf(world), `${hashed(name)}.db`)

  return {
    list: (world) => list.all(world),
    save(world, checkpoint, image) {
      mkdirSync(folderOf(world), { recursive: true })
      writeWhole(fileOf(world, checkpoint.name), image)
      put.run(world, checkpoint.name, checkpoint.at, checkpoint.savedAt, checkpoint.bytes)
    },
    load(world, name) {
      const checkpoint = find.get(world, name)
      return checkpoint && { checkpoint, image: readFileSync(fileOf(world, name)) }
    },
    drop(world, name) {
      const known = remove.run(world, name).changes > 0
      if (known) rmSync(fileOf(world, name), { force: true })
      return known
    },
    dropAll(world) {
      for (const { name } of list.all(world)) remove.run(world, name)
      rmSync(folderOf(world), { recursive: true, force: true })
    },
    bytes: () => sum.get()?.sum ?? 0
  }
}
