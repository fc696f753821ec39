import { snapshotRefusal } from '../rules/states.ts'
import { snapshotInState, unknown } from '../wire/reasons.ts'
import { NoBody, SnapshotParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const deleteSnapshot = operation({
  name: 'DeleteSnapshot',
  summary: 'Delete a snapshot at once.',
  source: 'page Delete snapshot (baidu.md 5.2.4)',
  route: { method: 'DELETE', path: '/v2/snapshot/:snapshotId' },
  request: { params: SnapshotParams, query: TokenQuery },
  response: NoBody,
  errors: ['NoSuchObject', 'SnapshotOperationForbidden'],
  reach: {
    NoSuchObject: 'An id that no snapshot has (status documented, code proposed, Q22).',
    SnapshotOperationForbidden: 'A snapshot that is Creating or NotAvailable (status documented, code proposed, Q22).'
  },
  notes: ['A shared snapshot may be deleted (proposed); its shares then say isSourceDeleted.'],
  run({ params, cloud, fail }) {
    const snapshot = cloud.findSnapshot(params.snapshotId)
    if (!snapshot) throw fail('NoSuchObject', unknown('params.snapshotId', params.snapshotId))
    const refusal = snapshotRefusal('DeleteSnapshot', snapshot)
    if (refusal) throw fail(refusal, snapshotInState('params.snapshotId', snapshot))
    cloud.dropSnapshot(snapshot)
  }
})
