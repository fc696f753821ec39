import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { Amount, instanceMembers, placeInstanceOrder } from '../matters/instance-orders.ts'
import { client, invented, unsaid } from '../sources.ts'
import { OptionalText, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

/** Cloud: text in every SDK; a number is what a hand would write. */
const CardCount = Type.Optional(
  Type.Union([Type.String({ pattern: '^[0-9]{1,4}$' }), Type.Integer({ minimum: 0, maximum: 9999 })], {
    emptyIsAbsent: true,
    expected: 'a number of cards, as text'
  })
)

export const createInstance = operation({
  name: 'CreateInstance',
  summary: 'Create instances, each with its System volume.',
  evidence: client('5.4, 6.6', 'Terraform', 'Go SDK'),
  route: { method: 'POST', path: '/v2/instance' },
  request: {
    query: TokenQuery,
    body: Type.Object({
      ...instanceMembers,
      instanceType: OptionalText,
      spec: OptionalText,
      cpuCount: Amount(1024),
      memoryCapacityInGB: Amount(65_536),
      cardCount: CardCount
    })
  },
  response: Type.Object({ instanceIds: Type.Array(Type.String()) }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'Leave out imageId; an unknown zone, payment form, reservation or storage type.',
      unsaid('5.4')
    ),
    NoSuchObject: statement('An unknown snapshot in createCdsList, or an unknown aspId beside one.', unsaid('5.4')),
    OperationDenied: statement('A snapshot in createCdsList that is not Available.', unsaid('5.4'))
  },
  notes: [
    statement(
      'It keeps what baidu.md 4.10 shows, images are not looked up.',
      invented('clients of volumes need no more', '5.4')
    ),
    statement('Without a spec none is shown.', client('4.10', 'Terraform')),
    statement('cardCount is echoed as text, "0" without one.', client('4.10', 'Terraform')),
    statement('Each of createCdsList is a data volume, InUse at once, bound to aspId if that is given.', unsaid('5.4'))
  ],
  run({ body, cloud, fail }) {
    const { instanceType, spec, cpuCount, memoryCapacityInGB, cardCount } = body
    const shape = {
      spec: spec ?? '',
      instanceType,
      cpuCount,
      memoryGiB: memoryCapacityInGB,
      cardCount: ifGiven(cardCount, String)
    }
    return { instanceIds: placeInstanceOrder(cloud, body, shape, fail).map((instance) => instance.id) }
  }
})
