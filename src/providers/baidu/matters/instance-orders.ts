import { type Static, Type } from '@sinclair/typebox'
import type { Why } from '../../../core/model/journal.ts'
import { merged, type Patch } from '../../../core/model/patch.ts'
import type { ApiError } from '../../provider.ts'
import type { BaiduCloud, BaiduInstance, InstanceDetail } from '../rules/shapes.ts'
import { toTags } from '../wire/convert.ts'
import { zonesOf } from '../wire/lookups.ts'
import { badBilling, unknownPlace } from '../wire/reasons.ts'
import {
  Billing,
  Id,
  INT32_MAX,
  OptionalBoolean,
  OptionalName,
  OptionalText,
  StorageType,
  TagIn
} from '../wire/schemas.ts'
import { paymentOf, reservedMonths, reservedUntil } from './billing.ts'
import { DISK_SIZES } from './catalogues.ts'
import { addSystemVolume, newInstanceDetail } from './instances.ts'
import { placeOrder, type VolumeOrder } from './orders.ts'
import { strangeStorage } from './storage.ts'

/** A number that Go fills in with 0 where it is not given. */
export const Amount = (maximum: number) => Type.Optional(Type.Integer({ minimum: 1, maximum, zeroIsAbsent: true }))

/** A data volume that comes with an instance. */
const Cds = Type.Object({
  cdsSizeInGB: Amount(DISK_SIZES.max),
  storageType: StorageType,
  // Cloud: the page writes it with a capital S in the middle, the Go SDK sends it without.
  snapshotId: OptionalText,
  snapShotId: OptionalText,
  encryptKey: OptionalText,
  cdsExtraIo: Type.Optional(Type.Integer({ minimum: 0, maximum: INT32_MAX })),
  deleteWithInstance: OptionalBoolean,
  enableDeleteProtection: OptionalBoolean
})

/** What both ways to create instances take (baidu.md 5.4). */
export const instanceMembers = {
  imageId: Id,
  billing: Billing,
  rootDiskSizeInGb: Amount(DISK_SIZES.max),
  rootDiskStorageType: StorageType,
  createCdsList: Type.Optional(Type.Array(Cds)),
  aspId: OptionalText,
  purchaseCount: Amount(100),
  name: OptionalName,
  zoneName: OptionalText,
  subnetId: OptionalText,
  deletionProtection: Type.Optional(Type.Integer({ minimum: 0, maximum: 1 })),
  tags: Type.Optional(Type.Array(TagIn))
}
const Members = Type.Object(instanceMembers)
type Members = Static<typeof Members>
type Fail = (code: 'BadRequest' | 'NoSuchObject' | 'OperationDenied', why?: Why) => ApiError

/** Makes the instances of an order, each with its System volume and its data volumes; `shape` is what the ways differ in. */
export function placeInstanceOrder(
  cloud: BaiduCloud,
  body: Members,
  shape: Patch<InstanceDetail>,
  fail: Fail
): readonly BaiduInstance[] {
  const payment = paymentOf(undefined, body.billing)
  const months = payment === 'Prepaid' ? reservedMonths(body.billing) : 0
  const zones = zonesOf(cloud)
  const zone = body.zoneName === undefined ? zones[0] : zones.find((name) => name === body.zoneName)
  if (payment === null || months === undefined) throw fail('BadRequest', badBilling)
  if (zone === undefined) throw fail('BadRequest', unknownPlace('body.zoneName', body.zoneName, zones))
  const strange = strangeStorage(cloud, 'body.rootDiskStorageType', body.rootDiskStorageType)
  if (strange) throw fail('BadRequest', strange)
  for (const [index, { storageType }] of (body.createCdsList ?? []).entries()) {
    const strangeOne = strangeStorage(cloud, `body.createCdsList.${index}.storageType`, storageType)
    if (strangeOne) throw fail('BadRequest', strangeOne)
  }
  const paymentTiming = payment ?? 'Postpaid'
  const detail: InstanceDetail = {
    ...merged(newInstanceDetail(), shape),
    paymentTiming,
    paidUntil: paymentTiming === 'Prepaid' ? reservedUntil(cloud.now, months) : null,
    imageId: body.imageId,
    subnetId: body.subnetId ?? '',
    deletionProtection: body.deletionProtection ?? 0,
    tags: toTags(body.tags)
  }
  return Array.from({ length: body.purchaseCount ?? 1 }, () => {
    const instance = cloud.createInstance({ name: body.name ?? 'instance', zone, group: '', detail })
    addSystemVolume(cloud, instance, {
      sizeGiB: body.rootDiskSizeInGb,
      storageType: body.rootDiskStorageType
    })
    for (const cds of body.createCdsList ?? []) {
      placeOrder(cloud, volumeOrder(cds, body.aspId, { payment: paymentTiming, months }), fail, instance)
    }
    return instance
  })
}

/** Cloud: a data volume, gone with the instance only by its own switch (proposed, baidu.md 5.4). */
function volumeOrder(
  cds: Static<typeof Cds>,
  policyId: string | undefined,
  payment: Pick<VolumeOrder, 'payment' | 'months'>
): VolumeOrder {
  const snapshotId = cds.snapshotId ?? cds.snapShotId
  return {
    ...payment,
    sizeGiB: cds.cdsSizeInGB,
    snapshotId,
    policyId,
    description: '',
    storageType: cds.storageType ?? 'hp1',
    count: 1,
    autoRenewal: null,
    extraIo: cds.cdsExtraIo ?? 0,
    encryptKey: cds.encryptKey ?? '',
    clusterId: '',
    tags: [],
    resourceGroups: [],
    deleteProtection: cds.enableDeleteProtection ?? false,
    deleteWithInstance: cds.deleteWithInstance ?? false,
    deleteAutoSnapshot: false,
    atOnce: true
  }
}
