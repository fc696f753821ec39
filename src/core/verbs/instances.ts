import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import { merged } from '../model/patch.ts'
import type { Instance, TimedInstanceState } from '../model/resources.ts'
import type { InstancePatch, StoredInstance } from '../store/instances.ts'
import { finishInstance } from './lifecycle.ts'
import type { Scope } from './scope.ts'
import { tellCreated } from './telling.ts'

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

export function instanceVerbs(scope: Scope): InstanceVerbs {
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
      tellCreated(scope, 'instance', row)
      return row
    },
    changeInstance(instance, { detail, ...columns }) {
      const row = stored(instance)
      return write(row, { ...columns, detail: detail && merged(row.detail, detail) })
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
