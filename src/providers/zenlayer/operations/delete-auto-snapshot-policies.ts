import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, models, unsaid } from '../sources.ts'
import { lookUp, unknown } from '../wire/lookups.ts'
import { ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const deleteAutoSnapshotPolicies = operation({
  name: 'DeleteAutoSnapshotPolicies',
  summary: 'Delete snapshot policies; their disks leave them, their snapshots stay.',
  evidence: models('5.9'),
  route: zec('DeleteAutoSnapshotPolicies'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ autoSnapshotPolicyIds: ids(100) }) },
  response: Nothing,
  errors: ['INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'],
  reach: {
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: statement(
      'An unknown id among `autoSnapshotPolicyIds`; nothing is deleted.',
      client('5.9', 'Terraform')
    )
  },
  notes: [
    statement('Attached disks are no hindrance.', unsaid('5.9, question 8')),
    statement('One unknown id, and nothing is deleted.', unsaid('5.9, question 8')),
    statement('At most 100 ids.', unsaid('5.9, question 8'))
  ],
  run({ body, cloud, fail }) {
    const { rows, unknownId } = lookUp(body.autoSnapshotPolicyIds, (id) => cloud.findPolicy(id))
    if (unknownId !== undefined) {
      throw fail('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', unknown('autoSnapshotPolicyIds', unknownId))
    }
    for (const policy of rows) cloud.deletePolicy(policy)
    return {}
  }
})
