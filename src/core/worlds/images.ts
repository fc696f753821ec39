import { Value } from '@sinclair/typebox/value'
import { STARTER_AT } from '../model/clock.ts'
import type { Cloud } from '../model/cloud.ts'
import { type Detached, StateRefused, type TableDump } from '../model/detached.ts'
import type { Shapes } from '../model/resources.ts'
import type { SettingTable } from '../model/rules.ts'
import type { ClockMode, World } from '../model/world.ts'
import { unsoundness } from '../store/soundness.ts'
import { openStore, type Store } from '../store/store.ts'
import { dumpTables, loadTables } from '../store/tables.ts'
import { reschedule } from '../time/clock.ts'
import { createCloud } from '../verbs/cloud.ts'
import { createScope } from '../verbs/scope.ts'
import { createPassingWorld } from './passing.ts'
import type { WorldStorage } from './storage.ts'
import type { CoreEnvironment } from './world.ts'

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
  try {
    plant(createPassingWorld('', environment, nowhere))
    store.transaction(() => {
      store.row.plantedN = store.row.nextN
    })
    store.db.compact()
    return { image: store.db.serialize(), changedAt: store.row.changedAt }
  } finally {
    store.db.close()
  }
}

/**
 * The image of a world that an export tells row by row, in slices, so that nobody waits for a large one. Throws
 * `StateRefused` where a row does not fit.
 */
export async function loadImage(
  tables: readonly TableDump[],
  { rules, settings }: CoreEnvironment
): Promise<{ readonly image: Buffer; readonly at: number }> {
  const store = openStore()
  try {
    for (const _row of loadTables(store.db, tables)) await turn()
    for (const wrong of unsoundness(store.db, Object.keys(rules))) {
      if (wrong !== undefined) throw new StateRefused(wrong)
      await turn()
    }
    const wrong = wrongSetting(store, settings)
    if (wrong !== undefined) throw new StateRefused(wrong)
    store.reread()
    return { image: store.db.serialize(), at: store.row.anchorAt }
  } finally {
    store.db.close()
  }
}

/** Whoever else waits has its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function wrongSetting(store: Store, settings: SettingTable): string | undefined {
  for (const [name, value] of Object.entries(store.settings.all())) {
    const form = settings[name]?.form
    if (!form) return `setting ${name}: there is no such setting`
    if (!Value.Check(form, value)) return `setting ${name}: it cannot be ${JSON.stringify(value)}`
  }
  return undefined
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
