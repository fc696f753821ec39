import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { volumeRefusal } from '../rules/states.ts'
import { client, unsaid, usual } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { Id, OptionalBoolean, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Resources = Type.Object({ volumeIds: Type.Array(Type.String()) })

export const deletePrepayVolume = operation({
  name: 'DeletePrepayVolume',
  summary: 'Give a prepaid volume back before its time.',
  evidence: client('5.3.9', 'Go SDK'),
  route: { method: 'POST', path: '/v2/volume/deletePrepay' },
  request: {
    query: TokenQuery,
    body: Type.Object({
      volumeId: Id,
      relatedReleaseFlag: Type.Optional(Type.Boolean({ ignored: true })),
      deleteImmediate: OptionalBoolean
    })
  },
  response: Type.Object({ successResources: Resources, failResources: Resources }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement('Leave out volumeId.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9')),
    OperationDenied: statement(
      'A postpaid volume, a system disk, one under delete protection, or one that is not Available, Expired or Error.',
      unsaid('5.3.9')
    )
  },
  notes: [
    statement('Without deleteImmediate it goes into the recycle bin.', unsaid('5.3.9')),
    statement('failResources is always empty.', unsaid('5.3.9'))
  ],
  run({ body, cloud, fail }) {
    const volume = findVolume(cloud, body.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('body.volumeId', body.volumeId))
    const { paymentTiming, deleteProtection } = volume.detail
    if (volume.kind === 'System' || paymentTiming !== 'Prepaid' || deleteProtection) {
      throw fail('OperationDenied', why('body.volumeId', 'Only a prepaid data disk without delete protection goes.'))
    }
    const refusal = volumeRefusal('DeletePrepayVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('body.volumeId', volume))
    const free = volume.instanceN === null ? volume : cloud.freeVolume(volume)
    if (body.deleteImmediate) cloud.releaseVolume(free)
    else cloud.recycleVolume(free)
    return { successResources: { volumeIds: [volume.id] }, failResources: { volumeIds: [] } }
  }
})
