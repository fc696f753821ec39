import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { paymentOf, reservedMonths, reservedUntil } from '../matters/billing.ts'
import type { BaiduCloud, BaiduVolume } from '../rules/shapes.ts'
import { volumeRefusal } from '../rules/states.ts'
import { client, page, unsaid, usual } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { badBilling, unknown, volumeInState } from '../wire/reasons.ts'
import { Billing, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { anyCase } from '../wire/words.ts'
import { operation } from './operation.ts'

export const modifyVolumeChargeType = operation({
  name: 'ModifyVolumeChargeType',
  summary: 'Change how a volume is paid.',
  evidence: page('Change the billing mode of CDS', '5.3.9'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'modifyChargeType' },
  request: {
    params: ResourceParams.volume,
    query: TokenQuery,
    body: Type.Object({
      billing: Billing,
      effectiveType: anyCase(['AtOnce', 'AfterExpiration'])
    })
  },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement('An unknown paymentTiming, effectiveType or reservation.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9')),
    OperationDenied: statement('A volume that is neither Available nor InUse.', unsaid('5.3.9'))
  },
  notes: [
    statement('The form changes at once for both effectiveTypes.', unsaid('5.3.9')),
    statement('Without paymentTiming it stays.', client('5.3.9', 'Go SDK'))
  ],
  run({ params, body, cloud, now, fail }) {
    const asked = paymentOf(undefined, body.billing)
    const months = reservedMonths(body.billing, true)
    if (asked === null || months === undefined) throw fail('BadRequest', badBilling)
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    const refusal = volumeRefusal('ModifyVolumeChargeType', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    const paymentTiming = asked ?? volume.detail.paymentTiming
    const isNew = paymentTiming !== volume.detail.paymentTiming
    const paidUntil =
      paymentTiming === 'Prepaid' ? (months === 0 ? alignedWith(cloud, volume) : reservedUntil(now, months)) : null
    const changed = isNew ? cloud.changeVolume(volume, { detail: { paymentTiming, paidUntil } }) : volume
    cloud.chargeVolume(changed, {})
  }
})

/** Cloud: a reservation of 0 ends with that of the instance; without one it is a month. */
function alignedWith(cloud: BaiduCloud, volume: BaiduVolume): number {
  const instance = volume.instanceN === null ? undefined : cloud.instanceOf(volume.instanceN)
  return instance?.detail.paidUntil ?? reservedUntil(cloud.now, 1)
}
