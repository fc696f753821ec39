import { STARTER_AT } from '../model/clock.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Detached, TableDump } from '../model/detached.ts'
import type { Shapes } from '../model/resources.ts'
import type { ClockMode, World } from '../model/world.ts'
import { openStore } from '../store/store.ts'
import { dumpTables, loadTables } from '../store/tables.ts'
import { reschedule } from '../time/clock.ts'
import { createCloud } from '../verbs/cloud.ts'
import { createScope } from '../verbs/scope.ts'
import { memoryCheckpoints } from './checkpoints.ts'
import { createBudget, createJournal } from './journal.ts'
import type { WorldStorage } from './storage.ts'
import { type CoreEnvironment, createWorld, type WorldEnvironment } from './world.ts'

/** The image of a world that `plant` fills, from nothing, at the instant that starter rows date from. */
export function composeImage(
  environment: CoreEnvironment,
  plant: (world: World) => void
): { readonly image: Buffer; readonly changedAt: number } {
  const store = openStore()
  store.transaction(() => {
    store.row.anchorAt = STARTER_AT
    store.row.changedAt = STARTER_AT
  })
  const nowhere: WorldStorage = {
    open: () => store,
    check: () => undefined,
    rest: () => false,
    resting: () => undefined,
    replace: () => {},
    forget: () => {}
  }
  const alone: WorldEnvironment = {
    ...environment,
    rescheduled: () => {},
    woken: () => {},
    damaged: () => {},
    checkpoints: memoryCheckpoints()
  }
  try {
    plant(createWorld('', createJournal(createBudget(0)), alone, nowhere))
    store.db.compact()
    return { image: store.db.serialize(), changedAt: store.row.changedAt }
  } finally {
    store.db.close()
  }
}

/** The image of a world that an export tells row by row. Throws where a row does not fit. */
export function loadImage(tables: readonly TableDump[]): { readonly image: Buffer; readonly at: number } {
  const store = openStore()
  try {
    store.db.transaction(() => loadTables(store.db, tables))
    store.reread()
    return { image: store.db.serialize(), at: store.row.anchorAt }
  } finally {
    store.db.close()
  }
}

/** A planted image begins at an instant: its policies fire from then on. */
export function startImage(image: Buffer, mode: ClockMode, at: number, seed: number): Buffer {
  const store = openStore(image)
  try {
    store.transaction(() => {
      Object.assign(store.row, { mode, anchorAt: at, seed })
      reschedule(store, at)
    })
    return store.db.serialize()
  } finally {
    store.db.close()
  }
}

export function detach(image: Buffer, at: number, { rules, settings }: CoreEnvironment): Detached {
  const store = openStore(image)
  store.transaction(() => {
    store.row.anchorAt = at
  })
  return {
    cloud<S extends Shapes>(provider: string) {
      const own = rules[provider]
      if (!own) throw new Error(`no provider ${provider}`)
      const scope = createScope({ provider, rules: own, store, now: () => at, settings })
      // Which shapes a provider has only its callers know: the core never reads them.
      return createCloud(scope) as Cloud<S>
    },
    mode: store.row.mode,
    now: at,
    settings: store.settings.all(),
    tables: () => dumpTables(store.db),
    close: () => store.db.close()
  }
}
