import { Type } from '@sinclair/typebox'
import { placeOrder } from '../matters/orders.ts'
import { strangeStorage } from '../matters/storage.ts'
import { orderOf, VolumeBody } from '../matters/volume-requests.ts'
import { badOrder } from '../wire/reasons.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createVolume = operation({
  name: 'CreateVolume',
  summary: 'Create data volumes, empty or from a snapshot, and attach them if asked.',
  source: 'page Create CDS (baidu.md 5.3.1)',
  route: { method: 'POST', path: '/v2/volume' },
  request: { query: TokenQuery, body: VolumeBody },
  response: Type.Object({ volumeIds: Type.Array(Type.String()), warningList: Type.Array(Type.String()) }),
  makes: 'volume',
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest:
      'No size and no snapshot; a size below 5, above 32765 or below that of the snapshot; an unknown zone, payment form or storage type; a snapshot of a system disk (proposed, Q5).',
    NoSuchObject: 'An unknown snapshot, share, instance or policy (proposed, Q5).',
    OperationDenied: 'A snapshot that is not Available; an instance that is neither Running nor Stopped (proposed, Q5).'
  },
  notes: [
    'Empty text, zero and null mean "not given". Without a zone one is chosen: of the instance, of the snapshot, else the first.',
    'The payment form is chargeType, else billing.paymentTiming, else Postpaid; a missing reservation is one month.',
    'An unnamed volume is called by its id (invented). relationTag is accepted and ignored.'
  ],
  run({ body, cloud, fail }) {
    const order = orderOf(body)
    if (!order) throw fail('BadRequest', badOrder)
    const strange = strangeStorage(cloud, 'body.storageType', body.storageType)
    if (strange) throw fail('BadRequest', strange)
    return { volumeIds: placeOrder(cloud, order, fail).map((volume) => volume.id), warningList: [] }
  }
})
