import { assert } from '../model/assert.ts'
import type { Volume } from '../model/resources.ts'
import { nextFiring } from '../model/schedule.ts'
import type { StoredPolicy } from '../store/policies.ts'
import type { StoredVolume } from '../store/volumes.ts'
import type { Hand } from './scope.ts'

/** The row behind a volume that a caller holds: rows are values, and another verb may have changed it meanwhile. */
export function storedVolume(hand: Hand, volume: Volume): StoredVolume {
  const stored = hand.store.volumes.byN(volume.n)
  assert(stored && stored.provider === hand.provider, `volume ${volume.id} is not here`)
  return stored
}

/**
 * When the policy fires next: strictly after now, and not without volumes. A change of its schedule asks anew, a
 * change of its volumes only when it got its first or lost its last one.
 */
export function refreshFiring(hand: Hand, policy: StoredPolicy, why: 'schedule' | 'count'): StoredPolicy {
  if (policy.volumeCount === 0) {
    return policy.firesAt === null ? policy : hand.store.policies.update(policy, { firesAt: null, fireCursor: 0 })
  }
  if (why === 'count' && policy.firesAt !== null) return policy
  return hand.store.policies.update(policy, { firesAt: nextFiring(policy, hand.now()), fireCursor: 0 })
}

/** Out of its policy, if it has one; without volumes a policy does not fire. */
export function unbind(hand: Hand, volume: StoredVolume): StoredVolume {
  if (volume.policyN === null) return volume
  const policy = hand.store.policies.byN(volume.policyN)
  assert(policy, `policy ${volume.policyN} of volume ${volume.id} is not here`)
  const changed = hand.store.volumes.update(volume, { policyN: null })
  refreshFiring(hand, hand.store.policies.update(policy, { volumeCount: policy.volumeCount - 1 }), 'count')
  return changed
}

/** Into a policy, out of the one before. */
export function bind(hand: Hand, policyN: number, volume: StoredVolume): StoredVolume {
  if (volume.policyN === policyN) return volume
  const free = unbind(hand, volume)
  const policy = hand.store.policies.byN(policyN)
  assert(policy && policy.goneAt === null, `policy ${policyN} is not here`)
  const bound = hand.store.volumes.update(free, { policyN })
  refreshFiring(hand, hand.store.policies.update(policy, { volumeCount: policy.volumeCount + 1 }), 'count')
  return bound
}
