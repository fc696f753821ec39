import { Type } from '@sinclair/typebox'
import { page } from '../sources.ts'
import { snapshotOut } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { SnapshotOut, SnapshotParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getSnapshot = operation({
  name: 'GetSnapshot',
  summary: 'Show one snapshot.',
  evidence: page('Query snapshot details', '5.2.3'),
  route: { method: 'GET', path: '/v2/snapshot/:snapshotId' },
  request: { params: SnapshotParams },
  response: Type.Object({ snapshot: SnapshotOut }),
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'Only by a fault: the path holds all there is to send.',
    NoSuchObject: 'An id that no snapshot has, or one that was deleted or expired.'
  },
  run({ params, cloud, fail }) {
    const snapshot = cloud.findSnapshot(params.snapshotId)
    if (!snapshot) throw fail('NoSuchObject', unknown('params.snapshotId', params.snapshotId))
    return { snapshot: snapshotOut(cloud, snapshot) }
  }
})
