import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Anchor } from '../model/clock.ts'
import { FolderRefused } from '../model/core.ts'
import { prepareDatabase, removeDatabase, replaceDatabase, writeWhole } from '../store/files.ts'
import { openRegister, type Register } from '../store/register.ts'
import { openStore } from '../store/store.ts'
import { nextDue } from '../time/settle.ts'
import type { CheckpointStore } from './checkpoints.ts'
import { beginWorld, type NewWorld, type Resting, type WorldStorage } from './storage.ts'

/** The folder given with `--data`: a file per world, and a register of them that also is the lock. */
export interface Folder {
  /** How often this folder was started with, from 1: request ids take it in, so that they never come again. */
  readonly start: number
  readonly checkpoints: CheckpointStore
  storage(id: string, newWorld: NewWorld): WorldStorage
  /** The worlds that lie here. */
  ids(): readonly string[]
  /** The worlds that were open when the server was killed. */
  leftOpen(): readonly string[]
  close(): void
}

/** Throws `FolderRefused`. */
export function openFolder(path: string): Folder {
  const register = registerIn(path)
  return {
    start: register.start,
    checkpoints: fileCheckpoints(path, register),
    ids: register.ids,
    leftOpen: register.openIds,
    storage: (id, newWorld) => fileStorage(id, join(path, `${hashed(id)}.db`), register, newWorld),
    close: register.close
  }
}

/** A world in a file of its own. */
function fileStorage(id: string, file: string, register: Register, newWorld: NewWorld): WorldStorage {
  let prepared = false
  return {
    open() {
      register.opened(id)
      const isNew = !existsSync(file)
      if (isNew) replaceDatabase(file, newWorld.starter)
      else if (!prepared) prepareDatabase(file)
      prepared = true
      const store = openStore(file)
      // A kill between the two left a file whose world has not begun.
      if (isNew || store.row.name === '') return beginWorld(id, store, newWorld)
      store.noteExactly(nextDue(store)?.at)
      return store
    },
    rest(store, resting) {
      store.db.close()
      register.rested(id, JSON.stringify(resting))
      return true
    },
    resting() {
      const saved = register.restingOf(id)
      return saved === undefined ? undefined : restingOf(JSON.parse(saved))
    },
    replace(image) {
      if (image) replaceDatabase(file, image)
      else removeDatabase(file)
      register.opened(id)
    },
    forget() {
      removeDatabase(file)
      register.forget(id)
    }
  }
}

function restingOf(saved: { wakesAt: number | null; anchor: Anchor }): Resting {
  // JSON has no Infinity: never is null.
  return { wakesAt: saved.wakesAt ?? Number.POSITIVE_INFINITY, anchor: saved.anchor }
}

function registerIn(path: string): Register {
  try {
    mkdirSync(path, { recursive: true })
    return openRegister(join(path, 'snapstand.db'))
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

function fileCheckpoints(path: string, { checkpoints }: Register): CheckpointStore {
  const folderOf = (world: string) => join(path, `${hashed(world)}.checkpoints`)
  const fileOf = (world: string, name: string) => join(folderOf(world), `${hashed(name)}.db`)
  return {
    list: checkpoints.list,
    save(world, checkpoint, image) {
      mkdirSync(folderOf(world), { recursive: true })
      writeWhole(fileOf(world, checkpoint.name), image)
      checkpoints.put(world, checkpoint)
    },
    load(world, name) {
      const checkpoint = checkpoints.find(world, name)
      return checkpoint && { checkpoint, image: readFileSync(fileOf(world, name)) }
    },
    drop(world, name) {
      const known = checkpoints.drop(world, name)
      if (known) rmSync(fileOf(world, name), { force: true })
      return known
    },
    dropAll(world) {
      for (const { name } of checkpoints.list(world)) checkpoints.drop(world, name)
      rmSync(folderOf(world), { recursive: true, force: true })
    },
    bytes: checkpoints.bytes
  }
}
