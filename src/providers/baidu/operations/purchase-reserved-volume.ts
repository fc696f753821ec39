import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { reservedMonths, reservedUntil } from '../matters/billing.ts'
import { volumeRefusal } from '../rules/states.ts'
import { client, page, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { badBilling, unknown, volumeInState } from '../wire/reasons.ts'
import { Billing, NoBody, OwnTokenQuery, ResourceParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const purchaseReservedVolume = operation({
  name: 'PurchaseReservedVolume',
  summary: 'Renew a prepaid volume.',
  evidence: page('Renew CDS', '5.3.9'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'purchaseReserved' },
  request: {
    params: ResourceParams.volume,
    query: OwnTokenQuery,
    body: Type.Object({ billing: Billing, instanceId: Type.Optional(Type.String({ ignored: true })) })
  },
  response: NoBody,
  errors: ['BadRequest', 'SnapshotOperationForbidden', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: 'A reservation of a length or unit that there is none of.',
    SnapshotOperationForbidden: 'Only by a fault: what it means here is unknown.',
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9')),
    OperationDenied: statement('A volume that is neither Available nor InUse.', unsaid('5.3.9'))
  },
  notes: [
    statement('instanceId is not looked up.', client('5.3.9', 'Go SDK')),
    statement('A postpaid volume is accepted and keeps its form, without an expiry.', client('5.3.9', 'Go SDK')),
    statement('What SnapshotOperationForbidden means here is unknown.', unsaid('5.3.9'))
  ],
  run({ params, body, cloud, now, fail }) {
    const months = reservedMonths(body.billing)
    if (months === undefined) throw fail('BadRequest', badBilling)
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    const refusal = volumeRefusal('PurchaseReservedVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    const { paymentTiming, paidUntil } = volume.detail
    const renewed =
      paymentTiming === 'Prepaid'
        ? cloud.changeVolume(volume, { detail: { paidUntil: reservedUntil(paidUntil ?? now, months) } })
        : volume
    cloud.chargeVolume(renewed, {})
  }
})
