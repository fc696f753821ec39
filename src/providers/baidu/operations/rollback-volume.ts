import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { snapshotRefusal, volumeRefusal } from '../rules/states.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { findVolume, isInstanceSteady } from '../wire/lookups.ts'
import { snapshotInState, unknown, volumeInState, why } from '../wire/reasons.ts'
import { Id, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const rollbackVolume = operation({
  name: 'RollbackVolume',
  summary: 'Bring a volume back to one of its snapshots.',
  evidence: page('Roll back CDS', '5.3.8'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'rollback' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: Type.Object({ snapshotId: Id }) },
  response: NoBody,
  errors: ['BadRequest', 'SnapshotOperationForbidden', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: 'Leave out snapshotId.',
    SnapshotOperationForbidden: statement('A snapshot that is not Available.', unsaid('5.3.8, Q24')),
    NoSuchObject: 'An id that no volume has, or a snapshot of another volume.',
    OperationDenied:
      'A data volume that is not Available; a system volume that is not InUse, or whose instance is neither Running nor Stopped.'
  },
  notes: [
    statement('The volume is SnapshotProcessing meanwhile.', inferred('no other word of the enum comes near', '6.1')),
    statement('The snapshot goes on showing as Available.', unsaid('6.2'))
  ],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    const snapshot = cloud.findSnapshot(body.snapshotId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    if (!snapshot) throw fail('NoSuchObject', unknown('body.snapshotId', body.snapshotId))
    if (snapshot.volumeN !== volume.n) {
      throw fail('NoSuchObject', why('body.snapshotId', 'The snapshot is of another volume.'))
    }
    const forbidden = snapshotRefusal('RollbackVolume', snapshot)
    if (forbidden) throw fail(forbidden, snapshotInState('body.snapshotId', snapshot))
    const isSystem = volume.kind === 'System'
    const refusal = volumeRefusal(isSystem ? 'RollbackSystemVolume' : 'RollbackVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    if (isSystem && !isInstanceSteady(cloud, volume)) {
      throw fail('OperationDenied', why('params.volumeId', 'The instance is neither Running nor Stopped.'))
    }
    cloud.rollBack(volume, snapshot)
  }
})
