import { Type } from '@sinclair/typebox'
import { renewalOf } from '../matters/billing.ts'
import { volumeRefusal } from '../rules/states.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { Id, NoBody, OptionalText, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const autoRenewVolume = operation({
  name: 'AutoRenewVolume',
  summary: 'Have a data volume renewed by itself.',
  source: 'page Enable automatic renewal of CDS (baidu.md 5.3.9)',
  route: { method: 'POST', path: '/v2/volume/autoRenew' },
  request: {
    query: TokenQuery,
    body: Type.Object({
      volumeId: Id,
      renewTimeUnit: OptionalText,
      renewTime: Type.Optional(Type.Integer({ zeroIsAbsent: true }))
    })
  },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: 'Leave out volumeId; 10 months, 4 years or another unit.',
    NoSuchObject: 'An id that no volume has (proposed).',
    OperationDenied: 'A system disk; a volume that is neither Available nor InUse (proposed).'
  },
  notes: ['Without a time it is one month. Nothing is renewed by itself here: volumes do not expire (baidu.md 6.1).'],
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
