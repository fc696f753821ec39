import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CheckpointDamaged } from '../model/checkpoint.ts'
import type { Anchor } from '../model/clock.ts'
import { FolderRefused } from '../model/core.ts'
import { WorldDamaged } from '../model/world.ts'
import { prepareDatabase, readImage, removeDatabase, replaceDatabase, writeWhole } from '../store/files.ts'
import { type FaultRows, type MoveRows, openRegister, type Register } from '../store/register.ts'
import { openStore, type Store } from '../store/store.ts'
import type { CheckpointStore } from './checkpoints.ts'
import { rightsTrouble } from './rights.ts'
import {
  beginningOf,
  beginWorld,
  type NewWorld,
  type Resting,
  restingUntilCalled,
  type WorldStorage
} from './storage.ts'

/** The folder given with `--data`: a file per world, and a register of them that also is the lock. */
export interface Folder {
  /** How often this folder was started with, from 1: request ids take it in, so that they never come again. */
  readonly start: number
  readonly checkpoints: CheckpointStore
  readonly faults: FaultRows
  readonly moves: MoveRows
  storage(id: string, newWorld: NewWorld): WorldStorage
  /** The worlds that lie here. */
  ids(): readonly string[]
  /** How many files of worlds this process may have open. */
  readonly maxOpen: number
  /** The worlds that were open when the server was killed. */
  leftOpen(): readonly string[]
  close(): void
}

/** Throws `FolderRefused`. */
export function openFolder(path: string): Folder {
  const register = registerIn(path)
  const checkpoints = fileCheckpoints(path, register)
  const fileOf = (id: string) => join(path, `${hashed(id)}.db`)
  const remove = (id: string) => {
    removeDatabase(fileOf(id))
    checkpoints.dropAll(id)
    register.forget(id)
  }
  // A kill in the middle of a deletion: it is finished now.
  for (const id of register.going()) remove(id)
  return {
    start: register.start,
    maxOpen: maxOpenFiles(),
    checkpoints,
    faults: register.faults,
    moves: register.moves,
    ids: register.ids,
    leftOpen: register.openIds,
    storage: (id, newWorld) => ({
      ...fileStorage(id, fileOf(id), register, newWorld),
      forget() {
        register.letGo(id)
        remove(id)
      }
    }),
    close: register.close
  }
}

/** A world in a file of its own. */
function fileStorage(id: string, file: string, register: Register, newWorld: NewWorld): Omit<WorldStorage, 'forget'> {
  let prepared = false
  let beginning: Anchor | undefined
  /** The file that is open, whatever bears its name by now. */
  let inode: number | undefined

  const open = (): Store => {
    const isNew = !existsSync(file)
    if (isNew && register.hasFile(id)) {
      throw new WorldDamaged(file, 'the file is missing: put a copy of it back, or reset or delete the world')
    }
    if (isNew) replaceDatabase(file, newWorld.starter)
    else if (!prepared) prepareDatabase(file)
    prepared = true
    const store = openStore(file)
    inode = statSync(file).ino
    register.opened(id)
    // A kill between the two left a file whose world has not begun.
    if (isNew || store.row.name === '') beginWorld(id, store, newWorld, beginning)
    else store.due.lookUp()
    register.noteFile(id, true)
    return store
  }
  return {
    open() {
      try {
        return open()
      } catch (error) {
        if (error instanceof WorldDamaged) throw error
        throw new WorldDamaged(file, `can’t be opened: ${error instanceof Error ? error.message : error}`)
      }
    },
    check() {
      if (inode === statSync(file, { throwIfNoEntry: false })?.ino) return undefined
      prepared = false
      return new WorldDamaged(
        file,
        'the file was removed or replaced while it was open, and what was written since is lost'
      )
    },
    rest(store, resting) {
      store.db.close()
      register.rested(id, JSON.stringify(resting))
      return true
    },
    resting() {
      const saved = register.restingOf(id)
      if (saved !== undefined) return restingOf(JSON.parse(saved))
      if (existsSync(file) || register.hasFile(id)) return undefined
      beginning = beginningOf(newWorld)
      return restingUntilCalled(beginning)
    },
    replace(image) {
      // Until something is there again, nothing is missing.
      register.opened(id)
      register.noteFile(id, false)
      if (image) replaceDatabase(file, image)
      else removeDatabase(file)
      prepared = image !== undefined
    }
  }
}

function restingOf(saved: { wakesAt: number | null; anchor: Anchor }): Resting {
  // JSON has no Infinity: never is null.
  return { wakesAt: saved.wakesAt ?? Number.POSITIVE_INFINITY, anchor: saved.anchor }
}

function registerIn(path: string): Register {
  const file = join(path, 'snapstand.db')
  try {
    makeFolder(path)
    return openRegister(file)
  } catch (error) {
    const reason = rightsTrouble(path, [file]) ?? (error instanceof Error ? error.message : String(error))
    if (reason.includes('locked') || reason.includes('busy')) {
      throw new FolderRefused(`${path} is held by another running Snapstand: stop it, or give another folder to --data`)
    }
    throw new FolderRefused(`${path} can’t be used as a folder of worlds: ${reason}`)
  }
}

/** Step by step: `mkdir` of Node never comes back from where a folder is there and takes none, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** Descriptors that an open world takes: the file, its log and the log's index. */
const DESCRIPTORS_EACH = 3
/** For connections and all else. */
const DESCRIPTORS_LEFT = 64
const FEWEST_OPEN = 4

/** By what the system lets a process open; it is told on Linux, elsewhere the limits are far above what is needed. */
function maxOpenFiles(): number {
  try {
    const [, soft = ''] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    if (soft === '') return Number.POSITIVE_INFINITY
    return Math.max(FEWEST_OPEN, Math.floor((Number(soft) - DESCRIPTORS_LEFT) / DESCRIPTORS_EACH))
  } catch {
    return Number.POSITIVE_INFINITY
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
      const file = fileOf(world, name)
      if (!checkpoint || !existsSync(file)) return undefined
      try {
        return { checkpoint, image: readImage(file) }
      } catch (error) {
        throw error instanceof WorldDamaged ? new CheckpointDamaged(error.reason) : error
      }
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
