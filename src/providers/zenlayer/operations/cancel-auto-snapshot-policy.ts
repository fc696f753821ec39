import { Type } from '@sinclair/typebox'
import { distinct } from '../wire/convert.ts'
import { unknown } from '../wire/lookups.ts'
import { Id, ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const cancelAutoSnapshotPolicy = operation({
  name: 'CancelAutoSnapshotPolicy',
  summary: 'Detach disks from a snapshot policy.',
  source: 'Zenlayer API reference, CancelAutoSnapshotPolicy (zenlayer.md 5.11)',
  route: zec('CancelAutoSnapshotPolicy'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ autoSnapshotPolicyId: Id, diskIds: ids(100) }) },
  response: Nothing,
  errors: ['INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'],
  reach: { INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: 'An unknown `autoSnapshotPolicyId`.' },
  notes: [
    'Disks that are not in the policy are ignored; so are unknown ones (proposed). At most 100 disks (proposed).'
  ],
  run({ body, cloud, fail }) {
    const policy = cloud.findPolicy(body.autoSnapshotPolicyId)
    if (!policy) {
      throw fail('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', unknown('autoSnapshotPolicyId', body.autoSnapshotPolicyId))
    }
    for (const id of distinct(body.diskIds)) {
      const disk = cloud.findVolume(id)
      if (disk?.policyN === policy.n) cloud.unbindVolume(disk)
    }
    return {}
  }
})
