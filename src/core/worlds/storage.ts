import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { type Anchor, instantOf, MANUAL_START_AT, wallNow } from '../model/clock.ts'
import type { Rules } from '../model/rules.ts'
import type { ClockMode, WorldDamaged } from '../model/world.ts'
import type { PlantedId } from '../store/planted.ts'
import { openStore, type Store } from '../store/store.ts'
import { reschedule } from '../time/clock.ts'
import { goOnAfter, lastOf, plantedIn } from './planted-ids.ts'
import { atOnce } from './turns.ts'

/** What must be known of a world while its database is closed. */
export interface Resting {
  /** When something falls due in it, on the wall clock; Infinity: never, or on a manual clock. */
  readonly wakesAt: number
  readonly anchor: Anchor
}

/** Where one world's database lives, open or not. */
export interface WorldStorage {
  /** Wakes the database, or makes it from the starter image. Throws `WorldDamaged`. */
  open(): Store
  /** Whether what is open is still what is kept; if not, why. */
  check(): WorldDamaged | undefined
  /** Closes it until the next `open`; false: it stays open, closing would save nothing. */
  rest(store: Store, resting: Resting): boolean
  /** What is known of a database that is not open: of one that is yet to be made, where its clock begins. */
  resting(): Resting | undefined
  /** What the next `open` gives: this image, or a world as new. The store must be closed. */
  replace(image: Buffer | undefined): void
  /** Nothing is left. The store must be closed. */
  forget(): void
}

/** Larger images stay open: closing them saves nothing. */
const LARGEST_RESTING_BYTES = 1024 * 1024

export interface StartClock {
  readonly mode: ClockMode
  readonly at?: number | undefined
}
export interface NewWorld {
  readonly starter: Buffer
  readonly clock: StartClock
  /** Takes a store that was opened from the starter past the ids in it, which ones depends on the world's name. */
  readonly goOn: (store: Store) => void
}

export function newWorldOf(starter: Buffer, clock: StartClock, rules: Readonly<Record<string, Rules>>): NewWorld {
  let planted: readonly PlantedId[] | undefined
  return {
    starter,
    clock,
    goOn(store) {
      // The same in each store that is opened from it.
      planted ??= plantedIn(store, rules)
      goOnAfter(atOnce(lastOf(planted, rules, store.row.seed)), store)
    }
  }
}

/**
 * A world in memory. At rest it is an image, deflated: most of its 44 KiB are the empty pages of tables and indexes, and
 * 0.06 ms each way make 3 KiB of them.
 */
export function memoryStorage(id: string, newWorld: NewWorld): WorldStorage {
  let image: Buffer | undefined
  /** As text of one byte a character: kept by V8, it leaves no holes between the databases that come and go. */
  let deflated: string | undefined
  let beginning: Anchor | undefined
  return {
    open() {
      const bytes = deflated === undefined ? image : zlib().inflateRawSync(Buffer.from(deflated, 'latin1'))
      if (!bytes) return beginWorld(id, openStore(newWorld.starter), newWorld, beginning)
      const store = openStore(bytes)
      image = undefined
      deflated = undefined
      store.due.lookUp()
      return store
    },
    check: () => undefined,
    rest(store) {
      if (store.db.bytes() > LARGEST_RESTING_BYTES) return false
      deflated = zlib().deflateRawSync(store.db.serialize(), { level: 1 }).toString('latin1')
      store.db.close()
      return true
    },
    resting() {
      if (image ?? deflated) return undefined
      beginning = beginningOf(newWorld)
      return restingUntilCalled(beginning)
    },
    replace(next) {
      image = next
      deflated = undefined
    },
    forget() {
      image = undefined
      deflated = undefined
    }
  }
}

/** Names a store that was opened from the starter image, and sets its clock. */
export function beginWorld(id: string, store: Store, newWorld: NewWorld, beginning = beginningOf(newWorld)): Store {
  store.transaction(() => {
    Object.assign(store.row, beginning)
    store.row.name = id
    store.row.seed = seedOf(id)
    newWorld.goOn(store)
    // A seed's policies fire from the world's beginning on, not from the seed's date.
    reschedule(store, store.row.anchorAt)
  })
  store.due.lookUp()
  return store
}

/** Where a world's clock stands that begins now, whenever its database is made. */
export function beginningOf({ clock }: NewWorld): Anchor {
  return { mode: clock.mode, anchorAt: startOf(clock), anchorWall: wallNow() }
}

/** What falls due in a world that nobody has called yet happens when somebody does. */
export function restingUntilCalled(beginning: Anchor): Resting {
  return { wakesAt: Number.POSITIVE_INFINITY, anchor: beginning }
}

/** Where a new world's clock begins. */
export function startOf(clock: StartClock): number {
  return clock.at ?? (clock.mode === 'manual' ? MANUAL_START_AT : wallNow())
}

/** Another id, another permutation of ids: what one world calls its own is unknown in the next. */
export function seedOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0)
}

/** Loaded when the first world goes to rest, not at every start. */
function zlib(): typeof import('node:zlib') {
  return createRequire(import.meta.url)('node:zlib')
}

/** A copy of the store as it is now; its clock will go on from this instant, whenever it is opened. */
export function imageOf(store: Store): { image: Buffer; at: number } {
  const at = instantOf(store.row, wallNow())
  return { image: portable(store.db.serialize()), at }
}

/** An image taken from a WAL file can't be opened in memory unless its header says otherwise: bytes 18 and 19. */
export function portable(image: Buffer): Buffer {
  image[18] = 1
  image[19] = 1
  return image
}
