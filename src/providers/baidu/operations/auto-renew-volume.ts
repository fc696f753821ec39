import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { renewalOf } from '../matters/billing.ts'
import { volumeRefusal } from '../rules/states.ts'
import { page, unsaid, usual } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { Id, NoBody, OptionalText, OwnTokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const autoRenewVolume = operation({
  name: 'AutoRenewVolume',
  summary: 'Have a data volume renewed by itself.',
  evidence: page('Enable automatic renewal of CDS', '5.3.9'),
  route: { method: 'POST', path: '/v2/volume/autoRenew' },
  request: {
    query: OwnTokenQuery,
    body: Type.Object({
      volumeId: Id,
      renewTimeUnit: OptionalText,
      renewTime: Type.Optional(Type.Integer({ zeroIsAbsent: true }))
    })
  },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement('Leave out volumeId; 10 months, 4 years or another unit.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9')),
    OperationDenied: statement('A system disk; a volume that is neither Available nor InUse.', unsaid('5.3.9'))
  },
  notes: [
    statement('Without a time it is one month.', unsaid('5.3.9')),
    statement('Nothing is renewed by itself here: volumes do not expire.', unsaid('6.1'))
  ],
  run({ body, cloud, fail }) {
    const autoRenewal = renewalOf(body.renewTimeUnit, body.renewTime ?? 1)
    if (!autoRenewal) {
      throw fail('BadRequest', why('body.renewTime', 'It is 1 to 9 months or 1 to 3 years.'))
    }
    const volume = findVolume(cloud, body.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('body.volumeId', body.volumeId))
    if (volume.kind !== 'Cds') {
      throw fail('OperationDenied', why('body.volumeId', 'Only data disks are renewed by themselves.'))
    }
    const refusal = volumeRefusal('AutoRenewVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('body.volumeId', volume))
    cloud.changeVolume(volume, { detail: { autoRenewal } })
  }
})
