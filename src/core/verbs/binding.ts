import { assert } from '../model/assert.ts'
import type { Volume } from '../model/resources.ts'
import { nextFiring } from '../model/schedule.ts'
import type { StoredPolicy } from '../store/policies.ts'
import type { StoredVolume } from '../store/volumes.ts'
import type { Scope } from './scope.ts'

/** The row behind a volume that a caller holds: rows are values, and another verb may have changed it meanwhile. */
export function storedVolume(scope: Scope, volume: Volume): StoredVolume {
  const stored = scope.store.volumes.byN(volume.n)
  assert(stored && stored.provider === scope.provider, `volume ${volume.id} is not here`)
  return stored
}

/**
 * When the policy fires next: strictly after now, and not without volumes. A change of its schedule asks anew, a
 * change of its volumes only when it got its first or lost its last one.
 */
export function refreshFiring(scope: Scope, policy: StoredPolicy, why: 'schedule' | 'count'): StoredPolicy {
  if (policy.volumeCount === 0) {
    return policy.firesAt === null ? policy : scope.store.policies.update(policy, { firesAt: null, fireCursor: 0 })
  }
  if (why === 'count' && policy.firesAt !== null) return policy
  return scope.store.policies.update(policy, { firesAt: nextFiring(policy, scope.now()), fireCursor: 0 })
}

/** Out of its policy, if it has one; without volumes a policy does not fire. */
export function unbind(scope: Scope, volume: StoredVolume): StoredVolume {
  if (volume.policyN === null) return volume
  const policy = scope.store.policies.byN(volume.policyN)
  assert(policy, `policy ${volume.policyN} of volume ${volume.id} is not here`)
  const changed = scope.store.volumes.update(volume, { policyN: null })
  refreshFiring(scope, scope.store.policies.update(policy, { volumeCount: policy.volumeCount - 1 }), 'count')
  return changed
}

/** Into a policy, out of the one before. */
export function bind(scope: Scope, policyN: number, volume: StoredVolume): StoredVolume {
  if (volume.policyN === policyN) return volume
  const free = unbind(scope, volume)
  const policy = scope.store.policies.byN(policyN)
  assert(policy && policy.goneAt === null, `policy ${policyN} is not here`)
  const bound = scope.store.volumes.update(free, { policyN })
  refreshFiring(scope, scope.store.policies.update(policy, { volumeCount: policy.volumeCount + 1 }), 'count')
  return bound
}
