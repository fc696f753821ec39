import { assert } from '../model/assert.ts'
import { type Anchor, wallNow } from '../model/clock.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Teller } from '../model/events.ts'
import type { Rules, SettingTable } from '../model/rules.ts'
import { WorldDamaged, WorldGone } from '../model/world.ts'
import type { Store } from '../store/store.ts'
import type { ClockedState } from '../time/clock.ts'
import { createCloud } from '../verbs/cloud.ts'
import { createScope, type Scope } from '../verbs/scope.ts'
import type { Resting, WorldStorage } from './storage.ts'

/** One world's state: its store while that is open, and what must be known of it while it rests. */
export interface WorldState extends ClockedState {
  readonly isOpen: boolean
  /** Why it can't be opened, as far as is known. */
  readonly damage: WorldDamaged | undefined
  /** Now and then looks whether what is open is still what is kept. Throws `WorldDamaged`. */
  verify(): void
  wake(): void
  /** One provider's verbs, at an instant; what a call makes may be meant to fail. */
  cloud(provider: string, at: number, fails?: boolean): Cloud
  /** When something falls due by itself, on the wall clock; Infinity: never, or on a manual clock. */
  wakesAt(): number
  /** Closes the store until it is needed, if that saves anything; meanwhile this is when it is due. */
  rest(wakesAt: number): void
  /** This image, or a world as new. */
  replace(image: Buffer | undefined): void
  /** The end of the server. */
  close(): void
  /** The end of the world. */
  forget(): void
}

/** What all providers declare. */
export interface ProviderTables {
  readonly rules: Readonly<Record<string, Rules>>
  readonly settings: SettingTable
}

/** What memory holds of an open store, and leaves with it. */
interface Open {
  readonly store: Store
  /** Made when a provider is first asked for. */
  readonly providers: Map<string, { readonly scope: Scope; readonly cloud: Cloud }>
}

/** How many calls go by between two looks at the file that is open. */
const LOOK_EVERY = 64

export interface StateEvents {
  /** Another world may go to rest. */
  woken(): void
  damaged(damage: WorldDamaged): void
  /** Whom it is told what happens. */
  readonly teller: Teller
}

export function createState(storage: WorldStorage, { rules, settings }: ProviderTables, tell: StateEvents): WorldState {
  let open: Open | undefined
  let resting: Resting | undefined = storage.resting()
  /** The instant at which the verbs of the running transaction happen. */
  let instant = 0
  let isToFail = false
  let damage: WorldDamaged | undefined
  let isGone = false
  let calls = 0

  const damaged = (found: WorldDamaged): WorldDamaged => {
    if (damage?.message !== found.message) tell.damaged(found)
    damage = found
    return found
  }
  const opened = (): Open => {
    if (!open) {
      if (isGone) throw new WorldGone('the world was deleted meanwhile')
      try {
        open = { store: storage.open(), providers: new Map() }
      } catch (error) {
        throw error instanceof WorldDamaged ? damaged(error) : error
      }
      open.store.outbox.connect(tell.teller)
      damage = undefined
      tell.woken()
    }
    return open
  }
  const providerAt = (name: string, at: number, fails = false) => {
    instant = at
    isToFail = fails
    const { store, providers } = opened()
    let provider = providers.get(name)
    if (!provider) {
      const own = rules[name]
      assert(own, `no provider ${name}`)
      const scope = createScope({
        provider: name,
        rules: own,
        store,
        now: () => instant,
        fails: () => isToFail,
        settings
      })
      provider = { scope, cloud: createCloud(scope) }
      providers.set(name, provider)
    }
    return provider
  }
  const shut = () => {
    // Who still waits for an answer may ask for the time.
    if (open) resting = { wakesAt: Number.POSITIVE_INFINITY, anchor: anchorIn(open.store) }
    open?.store.db.close()
    open = undefined
  }
  /** Where the clock of a world stands that is not there: it is asked for, but nobody goes by it. */
  const nowhere = (): Anchor => ({ mode: 'system', anchorAt: wallNow(), anchorWall: wallNow() })

  return {
    get store() {
      return opened().store
    },
    get isOpen() {
      return open !== undefined
    },
    get anchor() {
      if (!open && (isGone || damage)) return resting?.anchor ?? nowhere()
      return open?.store.row ?? resting?.anchor ?? opened().store.row
    },
    wake() {
      opened()
    },
    get damage() {
      return damage
    },
    verify() {
      if (!open || ++calls % LOOK_EVERY > 0) return
      const found = storage.check()
      if (!found) return
      shut()
      throw damaged(found)
    },
    scope: (provider, at) => providerAt(provider, at).scope,
    cloud: (provider, at, fails) => providerAt(provider, at, fails).cloud,
    wakesAt() {
      if (isGone || damage) return Number.POSITIVE_INFINITY
      if (!open) return resting?.wakesAt ?? Number.POSITIVE_INFINITY
      const { mode, anchorWall, anchorAt } = open.store.row
      return mode === 'manual' ? Number.POSITIVE_INFINITY : anchorWall + (open.store.due.at() - anchorAt)
    },
    rest(wakesAt) {
      if (!open) return
      const next = { wakesAt, anchor: anchorIn(open.store) }
      if (!storage.rest(open.store, next)) return
      resting = next
      open = undefined
    },
    replace(image) {
      shut()
      damage = undefined
      storage.replace(image)
      resting = storage.resting()
    },
    close: shut,
    forget() {
      shut()
      isGone = true
      storage.forget()
    }
  }
}

function anchorIn({ row: { mode, anchorAt, anchorWall } }: Store): Anchor {
  return { mode, anchorAt, anchorWall }
}
