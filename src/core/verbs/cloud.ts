import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Instance, TimedInstanceState } from '../model/resources.ts'
import type { InstancePatch, StoredInstance } from '../store/instances.ts'
import { finishInstance } from './lifecycle.ts'
import { policyVerbs } from './policies.ts'
import type { Scope } from './scope.ts'
import { snapshotVerbs } from './snapshots.ts'
import { volumeVerbs } from './volumes.ts'

type InstanceVerbs = Pick<
  Cloud,
  | 'findInstance'
  | 'instanceOf'
  | 'pageOfInstances'
  | 'instancesFrom'
  | 'createInstance'
  | 'changeInstance'
  | 'startInstance'
  | 'stopInstance'
  | 'rebootInstance'
  | 'dropInstance'
>
type ItemVerbs = Pick<Cloud, 'findItem' | 'items' | 'addItem' | 'changeItem' | 'dropItem'>

/** One provider's verbs on one world, over its scope. */
export function createCloud(scope: Scope): Cloud {
  return {
    provider: scope.provider,
    get now() {
      return scope.now()
    },
    setting: (name) => scope.setting(name),
    newId: (kind) => scope.newId(kind, scope.nextN()),
    idOf: (kind, n) => scope.newId(kind, n),
    ...itemVerbs(scope),
    ...volumeVerbs(scope),
    ...snapshotVerbs(scope),
    ...policyVerbs(scope),
    ...instanceVerbs(scope)
  }
}

function itemVerbs(scope: Scope): ItemVerbs {
  const { provider, store } = scope
  return {
    findItem: (kind, id) => store.items.byId(provider, kind, id),
    items: (kind) => store.items.all(provider, kind),
    addItem(kind, { id, createdAt, detail }) {
      const n = scope.nextN()
      const item = { n, provider, kind, id: id ?? scope.newId(kind, n), createdAt: createdAt ?? scope.now(), detail }
      store.items.insert(item)
      scope.touch(item.createdAt)
      return item
    },
    changeItem(_kind, item, detail) {
      scope.touch(scope.now())
      const row = store.items.byN(item.n)
      assert(row && row.provider === provider, `item ${item.id} is not here`)
      return store.items.update(row, { ...row.detail, ...detail })
    },
    dropItem(_kind, item) {
      scope.touch(scope.now())
      store.items.drop(item.n)
    }
  }
}

function instanceVerbs(scope: Scope): InstanceVerbs {
  const { provider, store } = scope
  const { instances } = store
  const stored = (instance: Instance): StoredInstance => {
    const row = instances.byN(instance.n)
    assert(row && row.provider === provider, `instance ${instance.id} is not here`)
    return row
  }
  const write = (row: StoredInstance, patch: InstancePatch) => {
    scope.touch(scope.now())
    return instances.update(row, patch)
  }
  const begin = (instance: Instance, state: TimedInstanceState) => {
    const delayMs = scope.delayMs(state === 'stopping' ? 'instanceStop' : 'instanceStart')
    const row = stored(instance)
    return delayMs > 0
      ? write(row, { state, stateEndsAt: scope.now() + delayMs })
      : finishInstance(scope, { ...row, state })
  }

  return {
    findInstance: (id) => instances.byId(provider, id),
    instanceOf: (n) => instances.byN(n),
    pageOfInstances: (filter, window) => instances.page(provider, filter, window),
    instancesFrom: (filter, window) => instances.from(provider, filter, window),
    createInstance(instance) {
      const n = scope.nextN()
      const createdAt = instance.createdAt ?? scope.now()
      const delayMs = instance.state === undefined ? scope.delayMs('instanceStart') : 0
      const row: StoredInstance = {
        n,
        provider,
        id: instance.id ?? scope.newId('instance', n),
        name: instance.name,
        zone: instance.zone,
        group: instance.group,
        createdAt,
        state: instance.state ?? (delayMs > 0 ? 'starting' : 'running'),
        stateEndsAt: delayMs > 0 ? scope.now() + delayMs : null,
        detail: instance.detail
      }
      instances.insert(row)
      scope.touch(createdAt)
      return row
    },
    changeInstance(instance, { detail, ...columns }) {
      const row = stored(instance)
      return write(row, { ...columns, ...(detail && { detail: { ...row.detail, ...detail } }) })
    },
    startInstance: (instance) => begin(instance, 'starting'),
    stopInstance: (instance) => begin(instance, 'stopping'),
    rebootInstance: (instance) => begin(instance, 'rebooting'),
    dropInstance(instance) {
      scope.touch(scope.now())
      instances.drop(stored(instance).n)
    }
  }
}
