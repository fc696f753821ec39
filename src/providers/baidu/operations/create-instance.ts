import { type Static, Type } from '@sinclair/typebox'
import { addMonths, paymentOf, reservedMonths } from '../matters/billing.ts'
import { DISK_SIZES } from '../matters/catalogues.ts'
import { addSystemVolume, newInstanceDetail } from '../matters/instances.ts'
import { strangeStorage } from '../matters/storage.ts'
import type { BaiduCloud } from '../rules/shapes.ts'
import { toTags } from '../wire/convert.ts'
import { zonesOf } from '../wire/lookups.ts'
import { badBilling, unknown } from '../wire/reasons.ts'
import { Billing, Id, OptionalName, OptionalText, StorageType, TagIn, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Amount = (maximum: number) => Type.Optional(Type.Integer({ minimum: 1, maximum, zeroIsAbsent: true }))
/** Cloud: text in every SDK; a number is what a hand would write. */
const CardCount = Type.Optional(
  Type.Union([Type.String({ pattern: '^[0-9]{1,4}$' }), Type.Integer({ minimum: 0, maximum: 9999 })], {
    emptyIsAbsent: true,
    expected: 'a number of cards, as text'
  })
)
const Body = Type.Object({
  imageId: Id,
  billing: Billing,
  instanceType: OptionalText,
  spec: OptionalText,
  cpuCount: Amount(1024),
  memoryCapacityInGB: Amount(65_536),
  cardCount: CardCount,
  rootDiskSizeInGb: Amount(DISK_SIZES.max),
  rootDiskStorageType: StorageType,
  purchaseCount: Amount(100),
  name: OptionalName,
  zoneName: OptionalText,
  subnetId: OptionalText,
  deletionProtection: Type.Optional(Type.Integer({ minimum: 0, maximum: 1 })),
  tags: Type.Optional(Type.Array(TagIn))
})

export const createInstance = operation({
  name: 'CreateInstance',
  summary: 'Create instances, each with its System volume.',
  source: 'page Create instance (baidu.md 5.4, 6.6)',
  route: { method: 'POST', path: '/v2/instance' },
  request: { query: TokenQuery, body: Body },
  response: Type.Object({ instanceIds: Type.Array(Type.String()) }),
  errors: ['BadRequest'],
  reach: { BadRequest: 'Leave out imageId; an unknown zone, payment form, reservation or storage type.' },
  notes: [
    'Enough for clients whose volumes need an instance: it keeps what baidu.md 4.10 shows, images are not looked up.',
    'Without a spec none is shown.'
  ],
  run({ body, cloud, now, fail }) {
    const payment = paymentOf(undefined, body.billing)
    const months = payment === 'Prepaid' ? reservedMonths(body.billing) : 0
    const zones = zonesOf(cloud)
    const zone = body.zoneName === undefined ? zones[0] : zones.find((name) => name === body.zoneName)
    if (payment === null || months === undefined) throw fail('BadRequest', badBilling)
    if (zone === undefined) throw fail('BadRequest', unknown('body.zoneName', body.zoneName))
    const strange = strangeStorage(cloud, 'body.rootDiskStorageType', body.rootDiskStorageType)
    if (strange) throw fail('BadRequest', strange)
    const paidUntil = payment === 'Prepaid' ? addMonths(now, months) : null
    const instanceIds = Array.from({ length: body.purchaseCount ?? 1 }, () =>
      createOne(cloud, body, zone, { paymentTiming: payment ?? 'Postpaid', paidUntil })
    )
    return { instanceIds }
  }
})

function createOne(
  cloud: BaiduCloud,
  body: Static<typeof Body>,
  zone: string,
  payment: { readonly paymentTiming: 'Prepaid' | 'Postpaid'; readonly paidUntil: number | null }
): string {
  const instance = cloud.createInstance({
    name: body.name ?? 'instance',
    zone,
    group: '',
    detail: {
      ...newInstanceDetail(),
      ...payment,
      imageId: body.imageId,
      spec: body.spec ?? '',
      subnetId: body.subnetId ?? '',
      deletionProtection: body.deletionProtection ?? 0,
      tags: toTags(body.tags),
      ...(body.instanceType !== undefined && { instanceType: body.instanceType }),
      ...(body.cpuCount !== undefined && { cpuCount: body.cpuCount }),
      ...(body.memoryCapacityInGB !== undefined && { memoryGiB: body.memoryCapacityInGB }),
      ...(body.cardCount !== undefined && { cardCount: String(body.cardCount) })
    }
  })
  addSystemVolume(cloud, instance, {
    ...(body.rootDiskSizeInGb !== undefined && { sizeGiB: body.rootDiskSizeInGb }),
    ...(body.rootDiskStorageType !== undefined && { storageType: body.rootDiskStorageType })
  })
  return instance.id
}
