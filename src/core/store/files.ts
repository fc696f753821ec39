import { closeSync, copyFileSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { WorldDamaged } from '../model/world.ts'
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts'

/** Whole or not at all: a temporary file beside it, fsync, rename. */
export function writeWhole(file: string, content: Buffer): void {
  const temporary = `${file}.new`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    for (let written = 0; written < content.length; ) written += writeSync(handle, content, written)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, file)
}

/** The database in place of what was there. A stale `-wal` beside it would replay what came after: it goes first. */
export function replaceDatabase(file: string, content: Buffer): void {
  removeLog(file)
  writeWhole(file, content)
}

export function removeDatabase(file: string): void {
  removeLog(file)
  rmSync(file, { force: true })
}

function removeLog(file: string): void {
  rmSync(`${file}-wal`, { force: true })
  rmSync(`${file}-shm`, { force: true })
}

/**
 * Looks before anything is written: ours, whole, and of this version or an older one, which is brought up to date in a
 * copy that takes its place only when it is whole. Throws `WorldDamaged`.
 */
export function prepareDatabase(
  file: string,
  migrations: readonly string[] = MIGRATIONS,
  version: number = SCHEMA_VERSION
): void {
  const found = checked(file, version)
  if (found.version < version) migrate(file, migrations.slice(found.version - 1), version)
}

/** The image of a database in a file, looked at before it takes another's place. Throws `WorldDamaged`. */
export function readImage(file: string): Buffer {
  prepareDatabase(file)
  return readFileSync(file)
}

function checked(file: string, version: number): Found {
  const found = inspect(file)
  if (found.applicationId !== APPLICATION_ID) throw new WorldDamaged(file, 'this is no world of Snapstand')
  if (found.version > version) {
    throw new WorldDamaged(file, `written by a newer Snapstand (format ${found.version}, this one reads ${version})`)
  }
  if (!found.whole) throw new WorldDamaged(file, 'the file is damaged: put a copy of it in its place')
  return found
}

interface Found {
  readonly applicationId: number
  readonly version: number
  readonly whole: boolean
}

function inspect(file: string): Found {
  let db: Sqlite.Database | undefined
  try {
    db = new Sqlite(file, { fileMustExist: true })
    return {
      applicationId: Number(db.pragma('application_id', { simple: true })),
      version: Number(db.pragma('user_version', { simple: true })),
      whole: db.pragma('quick_check(1)', { simple: true }) === 'ok' && hasWorld(db)
    }
  } catch (error) {
    throw new WorldDamaged(file, `the file is damaged (${error instanceof Error ? error.message : String(error)})`)
  } finally {
    db?.close()
  }
}

function hasWorld(db: Sqlite.Database): boolean {
  return db.prepare('SELECT 1 FROM world').get() !== undefined
}

function migrate(file: string, steps: readonly string[], version: number): void {
  const copy = `${file}.migrating`
  rmSync(copy, { force: true })
  const original = new Sqlite(file)
  // The log goes into the file first, so that the copy is all of it.
  original.pragma('wal_checkpoint(TRUNCATE)')
  original.close()
  copyFileSync(file, copy)
  const db = new Sqlite(copy)
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN')
    for (const step of steps) db.exec(step)
    db.pragma(`user_version = ${version}`)
    db.exec('COMMIT')
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new Error('the migrated copy is not whole')
  } catch (error) {
    db.close()
    rmSync(copy, { force: true })
    throw new WorldDamaged(file, `could not be brought up to date (${error instanceof Error ? error.message : error})`)
  }
  db.close()
  const handle = openSync(copy, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  removeLog(file)
  renameSync(copy, file)
}
