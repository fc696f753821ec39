import { type Static, Type } from '@sinclair/typebox'
import { Text } from '../../../documents/text.ts'
import { resting } from '../../evidence.ts'
import type { Answer } from '../../provider.ts'
import { client, inferred, models, page, unsaid } from '../sources.ts'

// Annotations that the protocol reads (input.ts): `refusal` is the code of a value that breaks its member's rule, and
// with `refusalFor` of a missing one or another JSON type, too; `emptyIsAbsent` and `zeroIsAbsent` say that "" or 0 is
// a client's way of not giving the member (the Go SDK fills what is unset so).

/** Clients read the numbers of answers into 32 bits. */
export const INT32_MAX = 2_147_483_647

/** Letters, digits, Chinese characters and `-_ /.`, beginning with a letter (baidu.md 4.8). */
export const NAME_PATTERN = '^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5\\-_ /.]{0,64}$'
const TEXT_PATTERN = '^[\u4e00-\u9fa5A-Za-z0-9. _\\-=,\uff0c\uff1a/\u3002]*$'
const STORAGE_PATTERN = '^[A-Za-z0-9_.-]{1,64}$'

/** "" names nothing: the member counts as missing. */
export const Id = Type.String({ emptyIsAbsent: true })
/** An id, word or text that "" leaves out. */
export const OptionalText = Type.Optional(Type.String({ emptyIsAbsent: true }))
export const OptionalBoolean = Type.Optional(Type.Boolean())
export const Ids = Type.Array(Type.String())
/** Any wrong name of a volume or an instance is a BadRequest. */
export const Name = Type.String({ pattern: NAME_PATTERN })
export const OptionalName = Type.Optional(Type.String({ pattern: NAME_PATTERN, emptyIsAbsent: true }))
export const AspName = Type.String({
  pattern: NAME_PATTERN,
  refusal: 'Asp.NameInvalid',
  refusalFor: ['missing']
})
export const SnapshotName = Type.String({ pattern: NAME_PATTERN, refusal: 'Snapshot.SnapshotNameInvalid' })
export const Description = Type.Optional(Type.String({ pattern: TEXT_PATTERN }))
export const StorageType = Type.Optional(Type.String({ pattern: STORAGE_PATTERN, emptyIsAbsent: true }))
export const ResourceParams = { volume: Type.Object({ volumeId: Id }), asp: Type.Object({ aspId: Id }) }
export const InstanceParams = Type.Object({ instanceId: Id })
export const SnapshotParams = Type.Object({ snapshotId: Id })

/** What every call that changes something may carry; it is read before any row is asked (baidu.md 1.9). */
export const TokenQuery = Type.Object({
  clientToken: resting(OptionalText, inferred('operations of all kinds bear it', '1.9'))
})
/** The same, where the operation's own page has it. */
export const OwnTokenQuery = Type.Object({ clientToken: OptionalText })
export const NoBody = Type.Unsafe<void>(Type.Undefined())

/** More than 1000 counts as 1000 (baidu.md 1.8). */
export const MarkerQuery = {
  marker: OptionalText,
  maxKeys: Type.Optional(Type.Integer({ minimum: 1, emptyIsAbsent: true }))
}
/** The same in a body, where the Go SDK fills an unset number with 0. */
export const MarkerBody = {
  marker: OptionalText,
  maxKeys: Type.Optional(Type.Integer({ minimum: 1, zeroIsAbsent: true }))
}
/** The members of a marker list beside its items; no `nextMarker` on the last page. */
export const Envelope = {
  marker: Type.String({ evidence: inferred('the list of shared snapshots shows an empty one', '1.8, Q9') }),
  isTruncated: Type.Boolean(),
  nextMarker: Type.Optional(Type.String()),
  maxKeys: Type.Integer()
}

export const Tag = Type.Object(
  { tagKey: Type.String(), tagValue: Type.String() },
  { title: 'Tag', evidence: models('4.7') }
)
export const TagIn = Type.Object({ tagKey: Text({ minLength: 1 }), tagValue: Type.Optional(Text()) })
export const ChangeTags = Type.Object({ changeTags: Type.Array(TagIn), relationTag: OptionalBoolean })

/** Hours and weekdays come as numbers or as text, in one list even (baidu.md 7.1). */
const Hour = Type.Union([
  Type.Integer({ minimum: 0, maximum: 23 }),
  Type.String({ pattern: '^0*([0-9]|1[0-9]|2[0-3])$' })
])
/** 7 is let through to the row, which asks the setting `baidu.acceptWeekday7`. */
const Weekday = Type.Union([Type.Integer({ minimum: 0, maximum: 7 }), Type.String({ pattern: '^0*[0-7]$' })])
export const TimePoints = Type.Array(Hour, { minItems: 1, refusal: 'Asp.TimePointsInvalid' })
export const RepeatWeekdays = Type.Array(Weekday, { minItems: 1, refusal: 'Asp.RepeatWeekdaysInvalid' })
/** -1, or 1 to 10000 (Q3). */
export const RetentionDays = Type.Union(
  [
    Type.Literal(-1),
    Type.Integer({ minimum: 1, maximum: 10_000 }),
    Type.String({ pattern: '^(-1|0*[1-9][0-9]{0,3}|0*10000)$' })
  ],
  { refusal: 'Asp.RetentionDaysInvalid', refusalFor: ['type'] }
)

const policyMembers = {
  id: Type.String(),
  name: Type.String(),
  timePoints: Type.Array(Type.Integer()),
  repeatWeekdays: Type.Array(Type.Integer()),
  retentionDays: Type.Integer(),
  status: Type.String()
}
export const PolicyOut = Type.Object(
  {
    ...policyMembers,
    createdTime: Type.String(),
    updatedTime: Type.String(),
    deletedTime: Type.String(),
    lastExecuteTime: resting(Type.String(), unsaid('4.1, Q18')),
    volumeCount: Type.Integer()
  },
  { title: 'Policy', evidence: page('Query details of ASP', '4.1') }
)
/** Inside a volume: without createdTime and what follows it (baidu.md 4.1). */
const PolicyInVolume = Type.Object(policyMembers, { title: 'PolicyOfVolume', evidence: client('4.1', 'meta') })

export const SnapshotOut = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    sizeInGB: Type.Integer(),
    createTime: Type.String(),
    status: Type.String(),
    createMethod: Type.String(),
    volumeId: Type.Optional(Type.String()),
    desc: Type.Optional(Type.String()),
    expireTime: resting(Type.Optional(Type.String()), models('4.2')),
    package: resting(Type.Boolean(), models('4.2')),
    templateId: resting(Type.Optional(Type.String()), models('4.2')),
    insnapId: resting(Type.Optional(Type.String()), models('4.2')),
    encrypted: resting(Type.Boolean(), models('4.2')),
    progress: resting(Type.String(), unsaid('4.2, Q27')),
    tags: resting(Type.Optional(Type.Array(Tag)), client('4.2', 'Go SDK V2'))
  },
  { title: 'Snapshot', evidence: page('Query snapshot details', '4.2') }
)

export const ChainOut = Type.Object(
  {
    chainId: resting(Type.String(), client('4.3, Q26', 'Go SDK')),
    status: resting(Type.String(), unsaid('4.3, Q26')),
    chainSize: resting(Type.String(), unsaid('4.3, Q26')),
    instanceId: Type.Optional(Type.String()),
    userId: resting(Type.String(), unsaid('4.3')),
    volumeId: Type.Optional(Type.String()),
    volumeSize: Type.Integer(),
    manualSnapCount: Type.Integer(),
    autoSnapCount: Type.Integer(),
    createTime: Type.String()
  },
  { title: 'SnapshotChain', evidence: models('4.3') }
)

export const ShareOut = Type.Object(
  {
    sourceSnapshotId: Type.String(),
    sourceSnapshotUuid: Type.String(),
    snapshotId: Type.String(),
    sourceAccountId: Type.String(),
    accountId: Type.String(),
    snapshotType: Type.String(),
    name: Type.String(),
    sizeInGB: Type.Integer(),
    shareTime: Type.String(),
    desc: Type.String(),
    shareStatus: resting(Type.String(), client('4.4', 'Java SDK')),
    encryptKey: Type.String(),
    isSourceDeleted: Type.Boolean()
  },
  { title: 'SnapshotShare', evidence: models('4.4') }
)

export const AttachmentOut = Type.Object(
  {
    volumeId: Type.String(),
    instanceId: Type.String(),
    device: Type.String(),
    serial: resting(Type.String(), inferred('that of the example is the beginning of a UUID', '4.6'))
  },
  { title: 'Attachment', evidence: page('Query disk details', '4.6') }
)
const NEWER = client('4.5', 'Go SDK V2')
/** Members that v2 and v3 show alike. */
const volumeMembers = {
  storageType: Type.String(),
  paymentTiming: Type.String(),
  createTime: Type.String(),
  /** null for a postpaid volume. */
  expireTime: Type.Union([Type.String(), Type.Null()]),
  zoneName: resting(Type.String(), models('4.5')),
  sourceSnapshotId: Type.String(),
  tags: Type.Array(Tag),
  enableAutoRenew: resting(Type.Boolean(), models('4.5')),
  autoRenewTime: resting(Type.Integer(), models('4.5')),
  encrypted: resting(Type.Boolean(), models('4.5'))
}
export const VolumeOut = Type.Object(
  {
    id: Type.String(),
    volumeId: resting(Type.String(), inferred('it repeats the id', '4.5')),
    name: Type.String(),
    desc: Type.String(),
    description: resting(Type.Optional(Type.String()), NEWER),
    type: Type.String(),
    isSystemVolume: resting(Type.Boolean(), models('4.5')),
    diskSizeInGB: Type.Integer(),
    cdsExtraIo: resting(Type.Optional(Type.Integer()), NEWER),
    status: Type.String(),
    regionId: Type.String(),
    attachments: Type.Array(AttachmentOut),
    shareSnapshotId: resting(Type.Optional(Type.String()), NEWER),
    snapshotNum: Type.String(),
    autoSnapshotPolicy: Type.Union([PolicyInVolume, Type.Null()]),
    autoSnapshotPolicyInfos: resting(Type.Optional(Type.Array(PolicyInVolume)), NEWER),
    resGroupInfos: resting(
      Type.Array(Type.Object({ groupId: Type.String(), groupName: Type.String() })),
      client('4.5', 'Go SDK', 'Go SDK V2')
    ),
    encryptKey: resting(Type.Optional(Type.String()), models('4.5')),
    clusterId: resting(Type.Optional(Type.String()), models('4.5')),
    productCategory: resting(Type.String(), models('4.5')),
    enableDeleteProtection: resting(Type.Boolean(), models('4.5')),
    deleteWithInstance: resting(Type.Boolean(), client('4.5', 'Go SDK V2', 'Python SDK V2')),
    deleteAutoSnapshot: resting(Type.Boolean(), client('4.5', 'Go SDK V2', 'Python SDK V2')),
    ...volumeMembers
  },
  { title: 'Volume', evidence: page('Query disk details', '4.5') }
)
export const VolumeV3Out = Type.Object(
  {
    volumeId: Type.String(),
    volumeName: Type.String(),
    volumeSizeInGB: Type.Integer(),
    volumeStatus: Type.String(),
    volumeType: Type.String(),
    description: Type.String(),
    region: Type.String(),
    snapshotCount: Type.Integer(),
    autoSnapshotPolicyId: Type.String(),
    volumeAttachments: Type.Array(
      Type.Object({ instanceId: Type.String(), device: Type.String(), attachTime: Type.String() })
    ),
    ...volumeMembers
  },
  { title: 'VolumeV3', evidence: client('7.5', 'Go SDK') }
)

export const InstanceOut = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    status: Type.String(),
    instanceType: Type.String(),
    spec: resting(Type.Optional(Type.String()), client('4.10', 'Terraform')),
    zoneName: Type.String(),
    paymentTiming: Type.String(),
    createTime: Type.String(),
    expireTime: Type.Optional(Type.String()),
    internalIp: Type.String(),
    publicIp: Type.String(),
    cpuCount: Type.Integer(),
    memoryCapacityInGB: Type.Integer(),
    cardCount: resting(Type.String(), client('4.10', 'Terraform')),
    localDiskSizeInGB: Type.Integer(),
    imageId: Type.String(),
    placementPolicy: Type.String(),
    subnetId: Type.String(),
    vpcId: Type.String(),
    deletionProtection: Type.Integer(),
    autoRenew: Type.Boolean(),
    tags: Type.Array(Tag),
    volumes: Type.Array(VolumeOut)
  },
  { title: 'Instance', evidence: client('4.10', 'Go SDK', 'Java SDK', 'Terraform', 'CSI driver') }
)
export const DiskInfo = Type.Object(
  {
    storageType: Type.String(),
    minDiskSize: Type.Integer(),
    maxDiskSize: Type.Integer()
  },
  { title: 'DiskInfo', evidence: models('4.7') }
)

/** Payment, as every client sends it: null, `{}`, a form alone, or a reservation beside Postpaid (baidu.md 5.3.1). */
export const Billing = Type.Optional(
  Type.Object({
    paymentTiming: OptionalText,
    reservation: Type.Optional(
      Type.Object({ reservationLength: Type.Optional(Type.Integer()), reservationTimeUnit: OptionalText })
    )
  })
)

export type PolicyWire = Static<typeof PolicyOut>
export type PolicyInVolumeWire = Static<typeof PolicyInVolume>
export type ChainWire = Answer<Static<typeof ChainOut>>
export type ShareWire = Static<typeof ShareOut>
export type SnapshotWire = Answer<Static<typeof SnapshotOut>>
export type VolumeWire = Answer<Static<typeof VolumeOut>>
export type VolumeV3Wire = Answer<Static<typeof VolumeV3Out>>
export type InstanceWire = Answer<Static<typeof InstanceOut>>
export type BillingIn = Static<typeof Billing> | undefined
