import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { shapeOfSpec } from '../matters/catalogues.ts'
import { instanceMembers, placeInstanceOrder } from '../matters/instance-orders.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { Id, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createInstanceBySpec = operation({
  name: 'CreateInstanceBySpec',
  summary: 'Create instances of a spec, each with its System volume and the data volumes that are listed.',
  evidence: client('5.4, 6.6', 'Go SDK', 'Terraform'),
  route: { method: 'POST', path: '/v2/instanceBySpec' },
  request: { query: TokenQuery, body: Type.Object({ ...instanceMembers, spec: Id }) },
  response: Type.Object({ instanceIds: Type.Array(Type.String()) }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'Leave out imageId or spec; an unknown zone, payment form, reservation or storage type.',
      unsaid('5.4')
    ),
    NoSuchObject: statement('An unknown snapshot in createCdsList, or an unknown aspId beside one.', unsaid('5.4')),
    OperationDenied: statement('A snapshot in createCdsList that is not Available.', unsaid('5.4'))
  },
  notes: [
    statement(
      'As CreateInstance; specs are not looked up, and `bcc.g5.c2m8` says what the instance has: 2 CPUs, 8 GB.',
      inferred('the form of the names of specs', '5.4')
    ),
    statement(
      'Each of createCdsList is a data volume, InUse at once, and goes with the instance only by its own switch.',
      unsaid('5.4')
    ),
    statement('aspId binds all of createCdsList.', unsaid('5.4'))
  ],
  run({ body, cloud, fail }) {
    const shape = { spec: body.spec, ...shapeOfSpec(body.spec) }
    return { instanceIds: placeInstanceOrder(cloud, body, shape, fail).map((instance) => instance.id) }
  }
})
