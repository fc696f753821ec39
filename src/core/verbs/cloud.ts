import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Instance } from '../model/resources.ts'
import type { InstancePatch, StoredInstance } from '../store/instances.ts'
import { finishInstance } from './lifecycle.ts'
import { policyVerbs } from './policies.ts'
import type { Hand } from './scope.ts'
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
  | 'dropInstance'
>
type ItemVerbs = Pick<Cloud, 'findItem' | 'items' | 'addItem' | 'changeItem' | 'dropItem'>

/** One provider's verbs on one world, over its hand. */
export function createCloud(hand: Hand): Cloud {
  return {
    provider: hand.provider,
    get now() {
      return hand.now()
    },
    setting: (name) => hand.setting(name),
    newId: (kind) => hand.newId(kind, hand.nextN()),
    idOf: (kind, n) => hand.newId(kind, n),
    ...itemVerbs(hand),
    ...volumeVerbs(hand),
    ...snapshotVerbs(hand),
    ...policyVerbs(hand),
    ...instanceVerbs(hand)
  }
}

function itemVerbs(hand: Hand): ItemVerbs {
  const { provider, store } = hand
  return {
    findItem: (kind, id) => store.items.byId(provider, kind, id),
    items: (kind) => store.items.all(provider, kind),
    addItem(kind, { id, createdAt, detail }) {
      const n = hand.nextN()
      const item = { n, id: id ?? hand.newId(kind, n), createdAt: createdAt ?? hand.now(), detail }
      store.items.insert(provider, kind, item)
      hand.touch(item.createdAt)
      return item
    },
    changeItem(_kind, item, detail) {
      hand.touch(hand.now())
      return store.items.update(item, { ...item.detail, ...detail })
    },
    dropItem(_kind, item) {
      hand.touch(hand.now())
      store.items.drop(item.n)
    }
  }
}

function instanceVerbs(hand: Hand): InstanceVerbs {
  const { provider, store } = hand
  const { instances } = store
  const stored = (instance: Instance): StoredInstance => {
    const row = instances.byN(instance.n)
    assert(row && row.provider === provider, `instance ${instance.id} is not here`)
    return row
  }
  const write = (row: StoredInstance, patch: InstancePatch) => {
    hand.touch(hand.now())
    return instances.update(row, patch)
  }
  const begin = (instance: Instance, state: 'starting' | 'stopping') => {
    const delayMs = hand.delayMs(state === 'starting' ? 'instanceStart' : 'instanceStop')
    const row = stored(instance)
    return delayMs > 0
      ? write(row, { state, stateEndsAt: hand.now() + delayMs })
      : finishInstance(hand, { ...row, state })
  }

  return {
    findInstance: (id) => instances.byId(provider, id),
    instanceOf: (n) => instances.byN(n),
    pageOfInstances: (filter, window) => instances.page(provider, filter, window),
    instancesFrom: (filter, window) => instances.from(provider, filter, window),
    createInstance(instance) {
      const n = hand.nextN()
      const createdAt = instance.createdAt ?? hand.now()
      const delayMs = instance.state === undefined ? hand.delayMs('instanceStart') : 0
      const row: StoredInstance = {
        n,
        provider,
        id: instance.id ?? hand.newId('instance', n),
        name: instance.name,
        zone: instance.zone,
        group: instance.group,
        createdAt,
        state: instance.state ?? (delayMs > 0 ? 'starting' : 'running'),
        stateEndsAt: delayMs > 0 ? hand.now() + delayMs : null,
        detail: instance.detail
      }
      instances.insert(row)
      hand.touch(createdAt)
      return row
    },
    changeInstance(instance, { detail, ...columns }) {
      const row = stored(instance)
      return write(row, { ...columns, ...(detail && { detail: { ...row.detail, ...detail } }) })
    },
    startInstance: (instance) => begin(instance, 'starting'),
    stopInstance: (instance) => begin(instance, 'stopping'),
    dropInstance(instance) {
      hand.touch(hand.now())
      instances.drop(stored(instance).n)
    }
  }
}
