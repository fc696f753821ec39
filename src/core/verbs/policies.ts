import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Policy } from '../model/resources.ts'
import type { StoredPolicy } from '../store/policies.ts'
import { bind, refreshFiring, storedVolume, unbind } from './binding.ts'
import { forgetPolicy } from './lifecycle.ts'
import type { Hand } from './scope.ts'

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

function presentPolicy(hand: Hand, policy: Policy): StoredPolicy {
  const stored = hand.store.policies.byN(policy.n)
  assert(stored && stored.provider === hand.provider && stored.goneAt === null, `policy ${policy.id} is not here`)
  return stored
}

export function policyVerbs(hand: Hand): PolicyVerbs {
  const { provider, store } = hand
  const { policies } = store

  return {
    findPolicy: (id) => policies.byId(provider, id),
    policyOf: (n) => policies.byN(n),
    pageOfPolicies: (filter, window) => policies.page(provider, filter, window),
    policiesFrom: (filter, window) => policies.from(provider, filter, window),

    createPolicy(policy) {
      const n = hand.nextN()
      const createdAt = policy.createdAt ?? hand.now()
      const row: StoredPolicy = {
        n,
        provider,
        id: policy.id ?? hand.newId('policy', n),
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
      hand.touch(createdAt)
      return row
    },

    changePolicy(policy, change) {
      const stored = presentPolicy(hand, policy)
      const { detail, ...columns } = change
      hand.touch(hand.now())
      const changed = policies.update(stored, {
        ...columns,
        ...(detail && { detail: { ...stored.detail, ...detail } })
      })
      return refreshFiring(hand, changed, 'schedule')
    },

    deletePolicy(policy) {
      const stored = presentPolicy(hand, policy)
      store.volumes.unbindAll(stored.n)
      hand.touch(hand.now())
      policies.update(stored, { goneAt: hand.now(), firesAt: null, volumeCount: 0 })
      forgetPolicy(hand, stored.n)
    },

    bindVolume(policy, volume) {
      hand.touch(hand.now())
      return bind(hand, presentPolicy(hand, policy).n, storedVolume(hand, volume))
    },
    unbindVolume(volume) {
      hand.touch(hand.now())
      return unbind(hand, storedVolume(hand, volume))
    }
  }
}
