import { type Static, Type } from '@sinclair/typebox'
import { client } from '../sources.ts'
import { fromStorageV3, toTags } from '../wire/convert.ts'
import {
  Billing,
  Description,
  INT32_MAX,
  OptionalBoolean,
  OptionalName,
  OptionalText,
  StorageType,
  TagIn
} from '../wire/schemas.ts'
import { paymentOf, renewalOf, reservedMonths } from './billing.ts'
import type { VolumeOrder } from './orders.ts'

const OptionalInteger = Type.Optional(Type.Integer({ minimum: 0, maximum: INT32_MAX, zeroIsAbsent: true }))
const Count = Type.Optional(Type.Integer({ minimum: 1, maximum: 5, zeroIsAbsent: true }))
const PolicyReference = Type.Object({ autoSnapshotPolicyId: OptionalText, id: OptionalText })

const common = {
  storageType: StorageType,
  purchaseCount: Count,
  description: Description,
  zoneName: OptionalText,
  billing: Billing,
  chargeType: OptionalText,
  instanceId: OptionalText,
  encryptKey: OptionalText,
  renewTimeUnit: OptionalText,
  renewTime: OptionalInteger
}
const v2 = {
  ...common,
  cdsSizeInGB: OptionalInteger,
  name: OptionalName,
  tags: Type.Optional(Type.Array(TagIn)),
  relationTag: Type.Optional(Type.Boolean({ ignored: true })),
  resGroupId: OptionalText,
  resGroupIds: Type.Optional(Type.Array(Type.String(), { evidence: client('5.3.1', 'Java SDK') })),
  clusterId: OptionalText,
  cdsExtraIo: OptionalInteger,
  // Cloud: an object (page, Java, V2), an array (Go) or a whole policy (Python), which is ignored (baidu.md 5.3.1).
  autoSnapshotPolicy: Type.Optional(
    Type.Union([PolicyReference, Type.Array(PolicyReference), Type.Unknown()], {
      expected: 'an object or a list of objects with `autoSnapshotPolicyId` or `id`; anything else is ignored',
      evidence: client('5.3.1', 'Go SDK', 'Go SDK V2', 'Java SDK', 'Python SDK')
    })
  ),
  deleteWithInstance: OptionalBoolean,
  deleteAutoSnapshot: OptionalBoolean,
  // Cloud: text in meta and Go V2, a boolean elsewhere.
  enableDeleteProtection: Type.Optional(Type.Union([Type.Boolean(), Type.String({ emptyIsAbsent: true })]))
}
export const SyncVolumeBody = Type.Object(v2)
export const VolumeBody = Type.Object({ ...v2, snapshotId: OptionalText, shareSnapshotId: OptionalText })
export const VolumeV3Body = Type.Object({
  ...common,
  volumeSizeInGB: OptionalInteger,
  volumeName: OptionalName,
  snapshotId: OptionalText,
  autoSnapshotPolicyId: OptionalText
})

const Common = Type.Object(common)
type Common = Static<typeof Common>

/** The order behind a v2 body; undefined: a word or number in it that there is none of. */
export function orderOf(body: Static<typeof VolumeBody>): VolumeOrder | undefined {
  const shared = sharedOrder(body)
  if (!shared || (body.snapshotId !== undefined && body.shareSnapshotId !== undefined)) return undefined
  const policyId = policyIdOf(body.autoSnapshotPolicy)
  return {
    ...shared,
    sizeGiB: body.cdsSizeInGB,
    name: body.name,
    snapshotId: body.snapshotId,
    shareSnapshotId: body.shareSnapshotId,
    policyId,
    storageType: body.storageType ?? 'hp1',
    extraIo: body.cdsExtraIo ?? 0,
    clusterId: body.clusterId ?? '',
    tags: toTags(body.tags),
    resourceGroups: body.resGroupId === undefined ? (body.resGroupIds ?? []) : [body.resGroupId],
    deleteProtection: isTrue(body.enableDeleteProtection),
    deleteWithInstance: body.deleteWithInstance ?? false,
    deleteAutoSnapshot: body.deleteAutoSnapshot ?? false
  }
}

/** The same of a v3 body. */
export function orderOfV3(body: Static<typeof VolumeV3Body>): VolumeOrder | undefined {
  const shared = sharedOrder(body)
  return (
    shared && {
      ...shared,
      sizeGiB: body.volumeSizeInGB,
      name: body.volumeName,
      snapshotId: body.snapshotId,
      policyId: body.autoSnapshotPolicyId,
      storageType: fromStorageV3(body.storageType ?? 'hp1')
    }
  )
}

function sharedOrder(body: Common): Omit<VolumeOrder, 'storageType'> | undefined {
  const asked = paymentOf(body.chargeType, body.billing)
  const payment = asked === undefined ? 'Postpaid' : asked
  const renewal = renewalOf(body.renewTimeUnit, body.renewTime)
  // Cloud: Python sends a reservation beside Postpaid; it means nothing there.
  const months = payment === 'Prepaid' ? reservedMonths(body.billing) : 0
  if (payment === null || renewal === null || months === undefined) return undefined
  return {
    zoneName: body.zoneName,
    instanceId: body.instanceId,
    description: body.description ?? '',
    count: body.purchaseCount ?? 1,
    payment,
    months,
    autoRenewal: renewal ?? null,
    extraIo: 0,
    encryptKey: body.encryptKey ?? '',
    clusterId: '',
    tags: [],
    resourceGroups: [],
    deleteProtection: false,
    deleteWithInstance: false,
    deleteAutoSnapshot: false,
    atOnce: false
  }
}

/** The first of `autoSnapshotPolicyId`, `id` that is text, in an object or in the first one of a list. */
function policyIdOf(reference: unknown): string | undefined {
  const first: unknown = Array.isArray(reference) ? reference[0] : reference
  if (typeof first !== 'object' || first === null) return undefined
  const members = new Map<string, unknown>(Object.entries(first))
  const ids = [members.get('autoSnapshotPolicyId'), members.get('id')]
  return ids.find((id): id is string => typeof id === 'string' && id !== '')
}

/** Cloud: text `true` in any case is true, all other text is false (proposed, baidu.md 5.3.1). */
function isTrue(value: boolean | string | undefined): boolean {
  return typeof value === 'string' ? value.toLowerCase() === 'true' : (value ?? false)
}
