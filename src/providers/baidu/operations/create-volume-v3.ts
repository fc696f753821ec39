import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { placeOrder } from '../matters/orders.ts'
import { STORAGE_WORDS_V3, strangeStorage } from '../matters/storage.ts'
import { orderOfV3, VolumeV3Body } from '../matters/volume-requests.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { badOrder } from '../wire/reasons.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createVolumeV3 = operation({
  name: 'CreateVolumeV3',
  summary: "Create data volumes, with v3's names.",
  evidence: client('5.3.11, 7.5', 'Go SDK'),
  route: { method: 'POST', path: '/v3/volume' },
  versions: ['v3'],
  request: { query: TokenQuery, body: VolumeV3Body },
  response: Type.Object({ volumeIds: Type.Array(Type.String()), warningList: Type.Array(Type.String()) }),
  makes: 'volume',
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'No size and no snapshot; a size below 5, above 32765 or below that of the snapshot; an unknown zone or storage type.',
      unsaid('5.3.1, Q5')
    ),
    NoSuchObject: statement('An unknown snapshot, instance or policy.', unsaid('5.3.1, Q5')),
    OperationDenied: statement(
      'A snapshot that is not Available; an instance that is neither Running nor Stopped.',
      unsaid('5.3.1, Q5')
    )
  },
  notes: [
    statement(
      'Cloud_Premium is hp1, Cloud_SSD_General is cloud_hp1.',
      inferred('what kinds of disks these words name', '7.5')
    ),
    statement('Other storage types echo.', unsaid('7.5')),
    statement('Else it does what CreateVolume does.', inferred('both versions are about the same volumes', '5.3.11'))
  ],
  run({ body, cloud, fail }) {
    const order = orderOfV3(body)
    if (!order) throw fail('BadRequest', badOrder)
    const strange = strangeStorage(cloud, 'body.storageType', body.storageType, STORAGE_WORDS_V3)
    if (strange) throw fail('BadRequest', strange)
    return { volumeIds: placeOrder(cloud, order, fail).map((volume) => volume.id), warningList: [] }
  }
})
