import { Type } from '@sinclair/typebox'
import { lookUp, unknown } from '../wire/lookups.ts'
import { ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const deleteAutoSnapshotPolicies = operation({
  name: 'DeleteAutoSnapshotPolicies',
  summary: 'Delete snapshot policies; their disks leave them, their snapshots stay.',
  source: 'Zenlayer API reference, DeleteAutoSnapshotPolicies (zenlayer.md 5.9)',
  route: zec('DeleteAutoSnapshotPolicies'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ autoSnapshotPolicyIds: ids(100) }) },
  response: Nothing,
  errors: ['INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'],
  reach: { INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: 'An unknown id among `autoSnapshotPolicyIds`; nothing is deleted.' },
  notes: ['Attached disks are no hindrance; at most 100 ids (proposed). The code is the one that Terraform expects.'],
  run({ body, cloud, fail }) {
    const { rows, unknownId } = lookUp(body.autoSnapshotPolicyIds, (id) => cloud.findPolicy(id))
    if (unknownId !== undefined) {
      throw fail('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', unknown('autoSnapshotPolicyIds', unknownId))
    }
    for (const policy of rows) cloud.deletePolicy(policy)
    return {}
  }
})
