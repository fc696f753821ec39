import { Type } from '@sinclair/typebox'
import { placeOrder } from '../matters/orders.ts'
import { strangeStorage } from '../matters/storage.ts'
import { orderOf, SyncVolumeBody } from '../matters/volume-requests.ts'
import { badOrder } from '../wire/reasons.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const syncCreateVolume = operation({
  name: 'SyncCreateVolume',
  summary: 'Create data volumes that are there when the call returns.',
  source: 'Java SDK (baidu.md 5.3.1)',
  route: { method: 'POST', path: '/v2/volume/syncCreate' },
  request: { query: TokenQuery, body: SyncVolumeBody },
  response: Type.Object({ volumeIds: Type.Array(Type.String()), warningList: Type.Array(Type.String()) }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: 'No size, or one below 5 or above 32765; Prepaid; an unknown zone or storage type.',
    NoSuchObject: 'An unknown instance or policy.',
    OperationDenied: 'An instance that is neither Running nor Stopped.'
  },
  notes: ['Postpaid only and from no snapshot; the volume is Available, or InUse with instanceId, at once (proposed).'],
  run({ body, cloud, fail }) {
    const order = orderOf(body)
    if (order?.payment !== 'Postpaid') throw fail('BadRequest', badOrder)
    const strange = strangeStorage(cloud, 'body.storageType', body.storageType)
    if (strange) throw fail('BadRequest', strange)
    const volumes = placeOrder(cloud, { ...order, atOnce: true }, fail)
    return { volumeIds: volumes.map((volume) => volume.id), warningList: [] }
  }
})
