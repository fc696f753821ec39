import { statement } from '../../evidence.ts'
import { snapshotRefusal } from '../rules/states.ts'
import { codeless, page, unsaid } from '../sources.ts'
import { snapshotInState, unknown } from '../wire/reasons.ts'
import { NoBody, SnapshotParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const deleteSnapshot = operation({
  name: 'DeleteSnapshot',
  summary: 'Delete a snapshot at once.',
  evidence: page('Delete snapshot', '5.2.4'),
  route: { method: 'DELETE', path: '/v2/snapshot/:snapshotId' },
  request: { params: SnapshotParams, query: TokenQuery },
  response: NoBody,
  errors: ['NoSuchObject', 'SnapshotOperationForbidden'],
  reach: {
    NoSuchObject: statement('An id that no snapshot has.', codeless('5.2.4, Q22')),
    SnapshotOperationForbidden: statement('A snapshot that is Creating or NotAvailable.', codeless('5.2.4, Q22'))
  },
  notes: [statement('A shared snapshot may be deleted; its shares then say isSourceDeleted.', unsaid('5.2.4'))],
  run({ params, cloud, fail }) {
    const snapshot = cloud.findSnapshot(params.snapshotId)
    if (!snapshot) throw fail('NoSuchObject', unknown('params.snapshotId', params.snapshotId))
    const refusal = snapshotRefusal('DeleteSnapshot', snapshot)
    if (refusal) throw fail(refusal, snapshotInState('params.snapshotId', snapshot))
    cloud.dropSnapshot(snapshot)
  }
})
