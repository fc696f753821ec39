import type { Patch } from '../model/patch.ts'
import type { Instance, InstanceFilter, MarkerWindow, Page, Window } from '../model/resources.ts'
import { type Condition, conditionsOn, countOf, detailIs, idIs, nameIs, pageOf, rowsFrom } from './conditions.ts'
import type { Database } from './database.ts'
import type { NoteDue } from './due.ts'
import { json, tableOf } from './table.ts'

export interface StoredInstance extends Instance {
  readonly provider: string
}
export type InstancePatch = Patch<Pick<StoredInstance, 'name' | 'group' | 'state' | 'stateEndsAt' | 'detail'>>

const table = tableOf<StoredInstance>('instance', {
  n: 'n',
  provider: 'provider',
  id: 'id',
  name: 'name',
  zone: 'zone',
  group: 'grp',
  createdAt: 'created_at',
  state: 'state',
  stateEndsAt: 'state_ends_at',
  detail: json('detail')
})
const { is } = conditionsOn(table)
const BY_N = table.select('WHERE n = ?')
const BY_ID = table.select('WHERE provider = ? AND id = ?')

export interface Instances {
  byN(n: number): StoredInstance | undefined
  byId(provider: string, id: string): StoredInstance | undefined
  insert(instance: StoredInstance): void
  update(instance: StoredInstance, patch: InstancePatch): StoredInstance
  drop(n: number): void
  page(provider: string, filter: InstanceFilter, window: Window): Page<StoredInstance>
  from(provider: string, filter: InstanceFilter, window: MarkerWindow): StoredInstance[]
}

/** A world has few instances: their totals are counted. */
export function createInstances(db: Database, noteDue: NoteDue): Instances {
  return {
    byN: (n) => table.get(db, BY_N, n),
    byId: (provider, id) => table.get(db, BY_ID, provider, id),
    insert(instance) {
      table.insert(db, instance)
      noteDue(instance.stateEndsAt)
    },
    update(instance, patch) {
      noteDue(patch.stateEndsAt)
      return table.update(db, instance, patch)
    },
    drop: (n) => {
      db.run('DELETE FROM instance WHERE n = ?', n)
    },
    page(provider, filter, window) {
      const conditions = conditionsOf(provider, filter)
      return pageOf(db, table, conditions, window, countOf(db, table, conditions))
    },
    from: (provider, filter, window) => rowsFrom(db, table, conditionsOf(provider, filter), window)
  }
}

function conditionsOf(provider: string, filter: InstanceFilter): Condition[] {
  return [
    is('provider', provider),
    detailIs(filter),
    idIs(filter.ids),
    nameIs('name', filter.name),
    is('zone', filter.zone),
    is('group', filter.group),
    is('state', filter.state)
  ].flat()
}
