import { type Static, Type } from '@sinclair/typebox'
import { Text } from '../../../documents/text.ts'
import {
  DiskCategory,
  DiskStatus,
  DiskType,
  Hours,
  InstanceStatusWord,
  RepeatWeekDays,
  RetentionDays,
  SnapshotStatus,
  SnapshotType,
  TagInput,
  UtcTime
} from '../wire/schemas.ts'

/** Seeds speak the cloud's own language: a member is called what the Describe actions call it. */
const closed = { additionalProperties: false } as const
const text = Text({ minLength: 1 })
const optional = Type.Optional(text)
const time = Type.Optional(UtcTime)
const flag = Type.Optional(Type.Boolean())
const tags = Type.Optional(Type.Array(TagInput))
const texts = Type.Optional(Type.Array(text))

export const GroupSeed = Type.Object(
  { resourceGroupId: text, name: text, isDefault: flag, createTime: time },
  { ...closed, description: 'Without one marked, the first group is the default one.' }
)
export const ZoneSeed = Type.Object(
  {
    zoneId: text,
    zoneName: optional,
    regionId: text,
    regionName: optional,
    timeZone: optional,
    cityName: optional,
    cityCode: optional,
    countryCode: optional,
    countryName: optional,
    snapshotSupport: Type.Optional(Type.Boolean({ default: true, description: 'Whether its region has snapshots.' }))
  },
  closed
)
export const InstanceSeed = Type.Object(
  {
    instanceId: optional,
    instanceName: text,
    zoneId: text,
    status: Type.Optional(InstanceStatusWord),
    resourceGroupId: optional,
    instanceType: optional,
    cpu: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
    memory: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
    imageId: optional,
    imageName: optional,
    timeZone: optional,
    nicNetworkType: optional,
    publicIpAddresses: texts,
    privateIpAddresses: texts,
    keyId: optional,
    subnetId: optional,
    securityGroupId: optional,
    tags,
    createTime: time
  },
  closed
)
export const PolicySeed = Type.Object(
  {
    autoSnapshotPolicyId: optional,
    autoSnapshotPolicyName: text,
    zoneId: text,
    repeatWeekDays: RepeatWeekDays,
    hours: Hours,
    retentionDays: Type.Optional(RetentionDays),
    resourceGroupId: optional,
    tags,
    createTime: time
  },
  closed
)
export const DiskSeed = Type.Object(
  {
    diskId: optional,
    diskName: text,
    zoneId: text,
    diskSize: Type.Integer({ minimum: 1, maximum: 32768 }),
    diskType: Type.Optional(DiskType),
    diskCategory: Type.Optional(DiskCategory),
    diskStatus: Type.Optional(DiskStatus),
    expiredTime: Type.Optional(
      Type.Union([UtcTime], { description: 'When a RECYCLED disk is destroyed; without it, never.' })
    ),
    instanceId: optional,
    resourceGroupId: optional,
    autoSnapshotPolicyId: optional,
    serial: Type.Optional(Type.String({ pattern: '^[0-9a-z]{20}$' })),
    portable: flag,
    burstingEnabled: flag,
    orderState: Type.Optional(
      Type.Union([Type.Literal('settled'), Type.Literal('open'), Type.Literal('missing')], {
        description: 'What RenewDisk finds: an order that is settled, one that is unprocessed, or none.'
      })
    ),
    reinstallTime: Type.Optional(
      Type.Union([UtcTime], { description: 'The disk was reinstalled then; older snapshots cannot be rolled back to.' })
    ),
    tags,
    createTime: time
  },
  closed
)
export const SnapshotSeed = Type.Object(
  {
    snapshotId: optional,
    snapshotName: text,
    diskId: text,
    status: Type.Optional(SnapshotStatus),
    snapshotType: Type.Optional(SnapshotType),
    autoSnapshotPolicyId: optional,
    firedTime: time,
    retentionTime: time,
    zoneId: optional,
    resourceGroupId: optional,
    diskType: Type.Optional(DiskType),
    diskSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 32768 })),
    createTime: time
  },
  { ...closed, description: 'zoneId, resourceGroupId, diskType, diskSize: what the disk was when it was made.' }
)

export const SeedSection = Type.Object(
  {
    resourceGroups: Type.Optional(Type.Array(GroupSeed)),
    zones: Type.Optional(Type.Array(ZoneSeed)),
    instances: Type.Optional(Type.Array(InstanceSeed)),
    policies: Type.Optional(Type.Array(PolicySeed)),
    disks: Type.Optional(Type.Array(DiskSeed)),
    snapshots: Type.Optional(Type.Array(SnapshotSeed))
  },
  closed
)
export type Section = Static<typeof SeedSection>
