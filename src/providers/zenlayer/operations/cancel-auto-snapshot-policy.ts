import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { preRelease, unsaid } from '../sources.ts'
import { distinct } from '../wire/convert.ts'
import { unknown } from '../wire/lookups.ts'
import { Id, ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const cancelAutoSnapshotPolicy = operation({
  name: 'CancelAutoSnapshotPolicy',
  summary: 'Detach disks from a snapshot policy.',
  evidence: preRelease('CancelAutoSnapshotPolicy', '5.11'),
  route: zec('CancelAutoSnapshotPolicy'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ autoSnapshotPolicyId: Id, diskIds: ids(100) }) },
  response: Nothing,
  errors: ['INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'],
  reach: { INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: 'An unknown `autoSnapshotPolicyId`.' },
  notes: [
    statement('Disks that are not in the policy are ignored.', preRelease('CancelAutoSnapshotPolicy', '5.11')),
    statement('So are unknown ones.', unsaid('5.11')),
    statement('At most 100 disks.', unsaid('5.11'))
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
