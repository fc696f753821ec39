import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { volumeRefusal } from '../rules/states.ts'
import { page, unsaid, usual } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, volumeInState } from '../wire/reasons.ts'
import { Id, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const cancelAutoRenewVolume = operation({
  name: 'CancelAutoRenewVolume',
  summary: 'End the automatic renewal of a volume.',
  evidence: page('Cancel automatic renewal of CDS', '5.3.9'),
  route: { method: 'POST', path: '/v2/volume/cancelAutoRenew' },
  request: { query: TokenQuery, body: Type.Object({ volumeId: Id }) },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement('Leave out volumeId.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9')),
    OperationDenied: statement('A volume that is neither Available nor InUse.', unsaid('5.3.9'))
  },
  run({ body, cloud, fail }) {
    const volume = findVolume(cloud, body.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('body.volumeId', body.volumeId))
    const refusal = volumeRefusal('CancelAutoRenewVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('body.volumeId', volume))
    cloud.changeVolume(volume, { detail: { autoRenewal: null } })
  }
})
