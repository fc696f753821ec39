import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { placeOrder } from '../matters/orders.ts'
import { strangeStorage } from '../matters/storage.ts'
import { orderOf, VolumeBody } from '../matters/volume-requests.ts'
import { client, inferred, invented, page, unsaid } from '../sources.ts'
import { badOrder } from '../wire/reasons.ts'
import { OwnTokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createVolume = operation({
  name: 'CreateVolume',
  summary: 'Create data volumes, empty or from a snapshot, and attach them if asked.',
  evidence: page('Create CDS', '5.3.1'),
  route: { method: 'POST', path: '/v2/volume' },
  request: { query: OwnTokenQuery, body: VolumeBody },
  response: Type.Object({
    volumeIds: Type.Array(Type.String()),
    warningList: Type.Array(Type.String(), { evidence: client('5.3.1', 'Go SDK') })
  }),
  makes: 'volume',
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'No size and no snapshot; a size below 5, above 32765 or below that of the snapshot; an unknown zone, payment form or storage type; a snapshot of a system disk.',
      invented('the page’s table of errors was not readable', '5.3.1, Q5')
    ),
    NoSuchObject: statement(
      'An unknown snapshot, share, instance or policy.',
      invented('the page’s table of errors was not readable', '5.3.1, Q5')
    ),
    OperationDenied: statement(
      'A snapshot that is not Available; an instance that is neither Running nor Stopped.',
      invented('the page’s table of errors was not readable', '5.3.1, Q5')
    )
  },
  notes: [
    statement('Empty text, zero and null mean "not given".', client('5.3.1', 'Go SDK')),
    statement('Without a zone one is chosen.', page('Create CDS', '5.3.1')),
    statement('It is that of the instance, of the snapshot, else the first.', unsaid('5.3.1')),
    statement(
      'The payment form is chargeType, else billing.paymentTiming, else Postpaid.',
      inferred('what Terraform and tests of the Go SDK expect; the page contradicts them', '5.3.1')
    ),
    statement('A missing reservation is one month.', unsaid('6.1')),
    statement('An unnamed volume is called by its id.', unsaid('5.3.1')),
    statement('relationTag is accepted and ignored.', unsaid('5.3.1'))
  ],
  run({ body, cloud, fail }) {
    const order = orderOf(body)
    if (!order) throw fail('BadRequest', badOrder)
    const strange = strangeStorage(cloud, 'body.storageType', body.storageType)
    if (strange) throw fail('BadRequest', strange)
    return { volumeIds: placeOrder(cloud, order, fail).map((volume) => volume.id), warningList: [] }
  }
})
