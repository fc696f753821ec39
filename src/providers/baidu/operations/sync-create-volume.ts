import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { placeOrder } from '../matters/orders.ts'
import { strangeStorage } from '../matters/storage.ts'
import { orderOf, SyncVolumeBody } from '../matters/volume-requests.ts'
import { client, unsaid } from '../sources.ts'
import { badOrder } from '../wire/reasons.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const syncCreateVolume = operation({
  name: 'SyncCreateVolume',
  summary: 'Create data volumes that are there when the call returns.',
  evidence: client('5.3.1', 'Java SDK'),
  route: { method: 'POST', path: '/v2/volume/syncCreate' },
  request: { query: TokenQuery, body: SyncVolumeBody },
  response: Type.Object({ volumeIds: Type.Array(Type.String()), warningList: Type.Array(Type.String()) }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'No size, or one below 5 or above 32765; Prepaid; an unknown zone or storage type.',
      unsaid('5.3.1, Q5')
    ),
    NoSuchObject: statement('An unknown instance or policy.', unsaid('5.3.1, Q5')),
    OperationDenied: statement('An instance that is neither Running nor Stopped.', unsaid('5.3.1, Q5'))
  },
  notes: [
    statement('Postpaid only and from no snapshot.', client('5.3.1', 'Java SDK')),
    statement('The volume is Available, or InUse with instanceId, at once.', unsaid('5.3.1'))
  ],
  run({ body, cloud, fail }) {
    const order = orderOf(body)
    if (order?.payment !== 'Postpaid') throw fail('BadRequest', badOrder)
    const strange = strangeStorage(cloud, 'body.storageType', body.storageType)
    if (strange) throw fail('BadRequest', strange)
    const volumes = placeOrder(cloud, { ...order, atOnce: true }, fail)
    return { volumeIds: volumes.map((volume) => volume.id), warningList: [] }
  }
})
