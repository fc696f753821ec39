import { type Static, Type } from '@sinclair/typebox'
import { UTC_SECONDS } from '../../../documents/instants.ts'
import { Text } from '../../../documents/text.ts'
import { UtcOffset } from '../rules/settings.ts'
import { INSTANCE_STATUSES, SNAPSHOT_STATUSES, VOLUME_STATUSES } from '../rules/states.ts'
import { INT32_MAX, NAME_PATTERN } from '../wire/schemas.ts'

/** Seeds speak the cloud's own language: a member is called what the answers of BCC call it. */
const closed = { additionalProperties: false } as const
const text = Text({ minLength: 1 })
const optional = Type.Optional(text)
const flag = Type.Optional(Type.Boolean())
const count = Type.Optional(Type.Integer({ minimum: 0, maximum: INT32_MAX }))
const size = Type.Optional(Type.Integer({ minimum: 1, maximum: 32_768 }))
const name = Type.Optional(Type.String({ pattern: NAME_PATTERN, expected: 'a name as baidu.md 4.8 has it' }))
const time = Type.Optional(
  Type.String({
    pattern: UTC_SECONDS,
    expected: 'a time such as "2025-01-01T00:00:00Z"'
  })
)
const tags = Type.Optional(Type.Array(Type.Object({ tagKey: text, tagValue: Type.String() }, closed)))
const payment = Type.Optional(Type.Union([Type.Literal('Prepaid'), Type.Literal('Postpaid')]))
const words = <const W extends string>(list: readonly W[]) =>
  Type.Optional(Type.Unsafe<W>(Type.Union(list.map((word) => Type.Literal(word)))))

export const InstanceSeed = Type.Object(
  {
    id: optional,
    name,
    zoneName: optional,
    status: words(INSTANCE_STATUSES),
    createTime: time,
    expireTime: time,
    paymentTiming: payment,
    imageId: optional,
    instanceType: optional,
    spec: optional,
    cpuCount: count,
    memoryCapacityInGB: count,
    cardCount: optional,
    localDiskSizeInGB: count,
    internalIp: optional,
    publicIp: optional,
    subnetId: optional,
    vpcId: optional,
    deletionProtection: count,
    autoRenew: flag,
    tags,
    systemVolume: Type.Optional(
      Type.Object(
        { id: optional, name, diskSizeInGB: size, storageType: optional },
        { ...closed, description: 'The System volume that every instance has; not for one that stands under volumes.' }
      )
    )
  },
  closed
)

export const VolumeSeed = Type.Object(
  {
    id: optional,
    name,
    zoneName: optional,
    type: words(['Cds', 'System', 'Ephemeral']),
    diskSizeInGB: size,
    storageType: optional,
    status: words([...VOLUME_STATUSES, 'Deleted']),
    instanceId: optional,
    device: optional,
    attachTime: time,
    createTime: time,
    expireTime: time,
    paymentTiming: payment,
    autoSnapshotPolicyId: optional,
    desc: Type.Optional(Type.String()),
    cdsExtraIo: count,
    sourceSnapshotId: optional,
    shareSnapshotId: optional,
    tags,
    resGroupIds: Type.Optional(Type.Array(text)),
    autoRenew: Type.Optional(
      Type.Object(
        {
          renewTimeUnit: Type.Union([Type.Literal('month'), Type.Literal('year')]),
          renewTime: Type.Integer({ minimum: 1, maximum: 9 })
        },
        closed
      )
    ),
    encrypted: flag,
    encryptKey: optional,
    clusterId: optional,
    productCategory: optional,
    enableDeleteProtection: flag,
    deleteWithInstance: flag,
    deleteAutoSnapshot: flag,
    chainId: optional,
    chainTags: tags
  },
  { ...closed, description: 'With status Deleted it is released again at once, and only its snapshots stay.' }
)

export const PolicySeed = Type.Object(
  {
    id: optional,
    name: Type.String({ pattern: NAME_PATTERN, expected: 'a name as baidu.md 4.8 has it' }),
    timePoints: Type.Array(Type.Integer({ minimum: 0, maximum: 23 }), { minItems: 1, uniqueItems: true }),
    repeatWeekdays: Type.Array(Type.Integer({ minimum: 0, maximum: 7 }), { minItems: 1, uniqueItems: true }),
    retentionDays: Type.Union([Type.Literal(-1), Type.Integer({ minimum: 1, maximum: 10_000 })]),
    utcOffset: Type.Optional(UtcOffset),
    createdTime: time,
    updatedTime: time
  },
  closed
)

export const SnapshotSeed = Type.Object(
  {
    id: optional,
    name,
    volumeId: Type.Optional(Type.String({ minLength: 1, description: 'Left out for a copy from another region.' })),
    sizeInGB: size,
    zoneName: optional,
    status: words(SNAPSHOT_STATUSES),
    createMethod: words(['MANUAL', 'MIGRATION', 'auto']),
    createTime: time,
    expireTime: time,
    autoSnapshotPolicyId: optional,
    desc: Type.Optional(Type.String()),
    encrypted: flag,
    package: flag,
    templateId: optional,
    insnapId: optional
  },
  closed
)

export const ShareSeed = Type.Object(
  { snapshotId: optional, sourceSnapshotId: text, accountId: text, shareTime: time },
  { ...closed, description: 'snapshotId is the id of the share.' }
)

export const SeedSection = Type.Object(
  {
    zones: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z]+-[a-z0-9]+-[a-z0-9]+$', expected: 'a zone such as "cn-bj-a"' }), {
        uniqueItems: true,
        description: 'Without it cn-bj-a and cn-bj-e; an empty list for a cloud that holds nothing.'
      })
    ),
    instances: Type.Optional(Type.Array(InstanceSeed)),
    policies: Type.Optional(Type.Array(PolicySeed)),
    volumes: Type.Optional(Type.Array(VolumeSeed)),
    snapshots: Type.Optional(Type.Array(SnapshotSeed)),
    shares: Type.Optional(Type.Array(ShareSeed))
  },
  closed
)
export type Section = Static<typeof SeedSection>
export type InstanceSeed = Static<typeof InstanceSeed>
export type VolumeSeed = Static<typeof VolumeSeed>
export type PolicySeed = Static<typeof PolicySeed>
export type SnapshotSeed = Static<typeof SnapshotSeed>
