import { Value } from '@sinclair/typebox/value'
import { assert } from '../model/assert.ts'
import { STARTER_AT } from '../model/clock.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Bed, Plant } from '../model/core.ts'
import { type Detached, StateRefused, type TableDump } from '../model/detached.ts'
import { FaultForm } from '../model/fault-form.ts'
import type { Shapes } from '../model/resources.ts'
import type { SettingTable } from '../model/rules.ts'
import type { ClockMode } from '../model/world.ts'
import { plantedIds } from '../store/planted.ts'
import { unsoundness } from '../store/soundness.ts'
import { openStore, type Store } from '../store/store.ts'
import { dumpTables, loadTables } from '../store/tables.ts'
import { rescheduling } from '../time/clock.ts'
import { createCloud } from '../verbs/cloud.ts'
import { putFault } from '../verbs/faults.ts'
import { createScope } from '../verbs/scope.ts'
import { goOnAfter, lastOf } from './planted-ids.ts'
import { inTurns, turn } from './turns.ts'
import type { CoreEnvironment } from './world.ts'

/** What a world holds, and the instant of its newest row. */
interface Planted {
  readonly image: Buffer
  readonly changedAt: number
}

/** The image of a world that `plant` fills, from nothing, at the instant that starter rows date from. */
export function composeImage(environment: CoreEnvironment, plant: Plant): Planted {
  const store = emptyStore()
  try {
    for (const _step of plant(bedIn(store, environment)) ?? []);
    notePlanted(store)
    store.db.compact()
    return { image: store.db.serialize(), changedAt: store.row.changedAt }
  } finally {
    store.db.close()
  }
}

/** The image of a world that has begun, planted in slices, so that nobody waits for a large one. */
export async function composeInSlices(
  environment: CoreEnvironment,
  plant: Plant,
  beginning: (changedAt: number) => Beginning
): Promise<Buffer> {
  const store = emptyStore()
  try {
    for (const _step of plant(bedIn(store, environment)) ?? []) await turn()
    await begin(store, environment, beginning(store.row.changedAt))
    const image = store.db.serialize()
    await turn()
    return image
  } finally {
    store.db.close()
  }
}

function emptyStore(): Store {
  const store = openStore()
  store.transaction(() => {
    store.row.anchorAt = STARTER_AT
    store.row.changedAt = STARTER_AT
  })
  return store
}

/** Up to here ids and ages are the seed's own. */
function notePlanted(store: Store): void {
  store.transaction(() => {
    store.row.plantedN = store.row.nextN
  })
}

function bedIn(store: Store, environment: CoreEnvironment): Bed {
  const cloudOf = cloudsOf(store, STARTER_AT, environment)
  return {
    perform: (provider, work) => store.transaction(() => work(cloudOf(provider))),
    putFault: (rule) => store.transaction(() => putFault(store, rule)),
    changeSettings(changes) {
      store.transaction(() => {
        for (const [name, value] of Object.entries(changes)) if (value !== null) store.settings.put(name, value)
      })
    }
  }
}

/**
 * The image of a world that an export tells row by row, in slices, so that nobody waits for a large one. Throws
 * `StateRefused` where a row does not fit.
 */
export async function loadImage(
  tables: readonly TableDump[],
  { rules, settings, faultWrong }: CoreEnvironment
): Promise<{ readonly image: Buffer; readonly at: number }> {
  const store = openStore()
  try {
    for (const _row of loadTables(store.db, tables)) await turn()
    for (const wrong of unsoundness(store.db, Object.keys(rules))) {
      if (wrong !== undefined) throw new StateRefused(wrong)
      await turn()
    }
    const wrong = wrongSetting(store, settings) ?? wrongFault(store, faultWrong)
    if (wrong !== undefined) throw new StateRefused(wrong)
    store.reread()
    const image = store.db.serialize()
    // Opening it takes as long again.
    await turn()
    return { image, at: store.row.anchorAt }
  } finally {
    store.db.close()
  }
}

function wrongSetting(store: Store, settings: SettingTable): string | undefined {
  for (const [name, value] of Object.entries(store.settings.all())) {
    const form = settings[name]?.form
    if (!form) return `setting ${name}: there is no such setting`
    if (!Value.Check(form, value)) return `setting ${name}: it cannot be ${JSON.stringify(value)}`
  }
  return undefined
}

function wrongFault(store: Store, faultWrong: CoreEnvironment['faultWrong']): string | undefined {
  for (const { scope, id, rule } of store.faults.all()) {
    if ((scope === 'world') !== (rule !== null)) return `fault ${id}: a world’s rule says what it does, no other`
    if (rule === null) continue
    if (!Value.Check(FaultForm, rule) || rule.id !== id) return `fault ${id}: it is no rule of that name`
    const wrong = faultWrong?.(rule)
    if (wrong !== undefined) return `fault ${id}: ${wrong}`
  }
  return undefined
}

/** How a world begins that was planted. */
interface Beginning {
  readonly mode: ClockMode
  readonly at: number
  /** What its ids are made from. */
  readonly seed: number
}

/** What was planted begins at an instant: its policies fire from then on. */
async function begin(store: Store, { rules }: CoreEnvironment, { mode, at, seed }: Beginning): Promise<void> {
  const last = await inTurns(lastOf(plantedIds(store.db), rules, seed))
  store.transaction(() => {
    Object.assign(store.row, { mode, anchorAt: at, seed })
    goOnAfter(last, store)
  })
  await inTurns(rescheduling(store, at))
}

export function detach(image: Buffer, at: number, environment: CoreEnvironment): Detached {
  const store = openStore(image)
  store.transaction(() => {
    store.row.anchorAt = at
  })
  return {
    cloud: cloudsOf(store, at, environment),
    mode: store.row.mode,
    now: at,
    settings: store.settings.all(),
    faults: store.faults.all().flatMap(({ rule }) => rule ?? []),
    tables: () => dumpTables(store.db),
    close: () => store.db.close()
  }
}

/** The clouds of a store outside any world, at an instant; each is made when it is first asked for. */
function cloudsOf(store: Store, at: number, { rules, settings }: CoreEnvironment) {
  const clouds = new Map<string, Cloud>()
  return <S extends Shapes>(provider: string): Cloud<S> => {
    const own = rules[provider]
    assert(own, `no provider ${provider}`)
    const cloud =
      clouds.get(provider) ?? createCloud(createScope({ provider, rules: own, store, now: () => at, settings }))
    clouds.set(provider, cloud)
    // Which shapes a provider has only its callers know: the core never reads them.
    return cloud as Cloud<S>
  }
}
