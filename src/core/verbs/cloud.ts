import type { Cloud } from '../model/cloud.ts'
import { instanceVerbs } from './instances.ts'
import { itemVerbs } from './items.ts'
import { policyVerbs } from './policies.ts'
import type { Scope } from './scope.ts'
import { snapshotVerbs } from './snapshots.ts'
import { volumeVerbs } from './volumes.ts'

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
