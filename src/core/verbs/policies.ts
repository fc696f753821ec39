import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import { merged } from '../model/patch.ts'
import type { Policy } from '../model/resources.ts'
import type { StoredPolicy } from '../store/policies.ts'
import { bind, refreshFiring, storedVolume, unbind } from './binding.ts'
import { forgetPolicy } from './lifecycle.ts'
import type { Scope } from './scope.ts'
import { tellCreated } from './telling.ts'

type PolicyVerbs = Pick<
  Cloud,
  | 'findPolicy'
  | 'policyOf'
  | 'pageOfPolicies'
  | 'policiesFrom'
  | 'createPolicy'
  | 'changePolicy'
  | 'deletePolicy'
  | 'bindVolume'
  | 'unbindVolume'
>

function presentPolicy(scope: Scope, policy: Policy): StoredPolicy {
  const stored = scope.store.policies.byN(policy.n)
  assert(stored && stored.provider === scope.provider && stored.goneAt === null, `policy ${policy.id} is not here`)
  return stored
}

export function policyVerbs(scope: Scope): PolicyVerbs {
  const { provider, store } = scope
  const { policies } = store

  return {
    findPolicy: (id) => policies.byId(provider, id),
    policyOf: (n) => policies.byN(n),
    pageOfPolicies: (filter, window) => policies.page(provider, filter, window),
    policiesFrom: (filter, window) => policies.from(provider, filter, window),

    createPolicy(policy) {
      const n = scope.nextN()
      const createdAt = policy.createdAt ?? scope.now()
      const row: StoredPolicy = {
        n,
        provider,
        id: policy.id ?? scope.newId('policy', n),
        name: policy.name,
        zone: policy.zone,
        group: policy.group,
        createdAt,
        weekdays: policy.weekdays,
        hours: policy.hours,
        utcOffsetMinutes: policy.utcOffsetMinutes,
        retentionDays: policy.retentionDays,
        firesAt: null,
        fireCursor: 0,
        lastFiredAt: null,
        firedCount: 0,
        volumeCount: 0,
        goneAt: null,
        detail: policy.detail
      }
      policies.insert(row)
      scope.touch(createdAt)
      tellCreated(scope, 'policy', { id: row.id, state: 'active' })
      return row
    },

    changePolicy(policy, change) {
      const stored = presentPolicy(scope, policy)
      const { detail, ...columns } = change
      scope.touch(scope.now())
      const changed = policies.update(stored, {
        ...columns,
        detail: detail && merged(stored.detail, detail)
      })
      return refreshFiring(scope, changed, 'schedule')
    },

    deletePolicy(policy) {
      const stored = presentPolicy(scope, policy)
      store.volumes.unbindAll(stored.n)
      scope.touch(scope.now())
      policies.update(stored, { goneAt: scope.now(), firesAt: null, volumeCount: 0 })
      forgetPolicy(scope, stored.n)
    },

    bindVolume(policy, volume) {
      scope.touch(scope.now())
      return bind(scope, presentPolicy(scope, policy).n, storedVolume(scope, volume))
    },
    unbindVolume(volume) {
      scope.touch(scope.now())
      return unbind(scope, storedVolume(scope, volume))
    }
  }
}
