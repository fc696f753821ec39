import { type TSchema, Type } from '@sinclair/typebox'
import { UTC_SECONDS } from '../../../documents/instants.ts'
import { Text } from '../../../documents/text.ts'
import { resting } from '../../evidence.ts'
import { client, inferred, invented, models, reference, unsaid } from '../sources.ts'
import { DISK_STATUSES, INSTANCE_STATUSES, SNAPSHOT_STATUSES } from './words.ts'

/** One of these words. */
export function wordOf<const W extends string>(words: readonly W[]) {
  return Type.Union(words.map((word) => Type.Literal(word)))
}
export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

// Cloud: ids are decimal strings that clients treat as opaque (zenlayer.md 1.9), and an unknown one has the right form.
export const Id = Type.String()
/** Ids to act on; an empty list is a missing one. */
export const ids = (maxItems: number) => Type.Array(Id, { minItems: 1, maxItems })
/** Ids to filter by; an empty list is no filter. */
export const idFilter = Type.Optional(Type.Array(Id))
export const idFilterUpTo = (maxItems: number) => Type.Optional(Type.Array(Id, { maxItems }))
export const filter = Type.Optional(Type.String())

/** A time that exists: `YYYY-MM-DDTHH:MM:SSZ`, UTC, no fraction. An empty one is too short (zenlayer.md 3.3). */
export const UtcTime = Type.String({
  minLength: 1,
  pattern: UTC_SECONDS,
  wrong: 'date',
  emptyIsGiven: true,
  expected: 'a time as YYYY-MM-DDTHH:MM:SSZ',
  examples: ['2026-01-16T01:26:39Z']
})
/** A time in an answer. */
export const Timestamp = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })

const NAME_PATTERN = '^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$'
const NAME_FORM = 'letters, digits, - . / _, the first and the last a letter or digit'
// Cloud: no rule on the page; 64 characters according to the CSI driver (zenlayer.md 5.1).
// An emoji is one of them, and half of one is none.
export const SnapshotName = resting(
  Text({ minLength: 1, maxLength: 64, emptyIsGiven: true }),
  client('5.1', 'CSI driver')
)
// Cloud: the English and the Chinese page differ on `/` and `_`; the wider set holds (zenlayer.md 5.13, 7.2).
export const DiskName = Text({
  minLength: 1,
  maxLength: 64,
  pattern: NAME_PATTERN,
  expected: `1 to 64 ${NAME_FORM}`,
  emptyIsGiven: true
})
export const PolicyName = Text({
  minLength: 2,
  maxLength: 63,
  pattern: NAME_PATTERN,
  expected: `2 to 63 ${NAME_FORM}`,
  emptyIsGiven: true
})
/** A pattern searched for anywhere in a name (zenlayer.md 1.10). */
export const namePattern = resting(
  Type.Optional(Text({ maxLength: 256 })),
  inferred('the CSI driver finds an exact name by ^ and $ around it', '1.10')
)

export const DISK_CATEGORIES = ['Basic NVMe SSD', 'Standard NVMe SSD'] as const
export const DiskCategory = wordOf(DISK_CATEGORIES)
export const DiskType = wordOf(['SYSTEM', 'DATA'])
// Cloud: an older text gives `System` and `Data` for the filter (zenlayer.md 4.12).
export const diskTypeFilter = Type.Optional(
  Type.String({
    pattern: '^(?:[Ss][Yy][Ss][Tt][Ee][Mm]|[Dd][Aa][Tt][Aa])$',
    wrong: 'value',
    expected: 'SYSTEM or DATA'
  })
)
export const DiskStatus = wordOf(DISK_STATUSES)
export const SnapshotStatus = wordOf(SNAPSHOT_STATUSES)
export const SnapshotType = wordOf(['Auto', 'Manual'])
export const InstanceStatusWord = wordOf(INSTANCE_STATUSES)

export const RepeatWeekDays = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1 })
export const Hours = Type.Array(Type.Integer({ minimum: 0, maximum: 23 }), { minItems: 1 })
/** 0 lies within these limits and is refused by the row, with the same code. */
export const RetentionDays = Type.Integer({ minimum: -1, maximum: 65535, refusal: 'INVALID_RETENTION_DAYS' })

// Cloud: the largest page of the CORE lists is unknown, that of DescribeDisks proposed (zenlayer.md 8, question 21).
export const paging = {
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 20 })),
  pageNum: Type.Optional(Type.Integer({ minimum: 1, default: 1 }))
}

const TagKey = Text({ minLength: 1, maxLength: 64 })
// Cloud: the tag service calls the value optional (zenlayer.md 4.4).
export const TagInput = Type.Object({ key: TagKey, value: Type.Optional(Text({ maxLength: 64 })) })
/** Create requests wrap their tags, filters do not. */
export const TagAssociation = Type.Object({ tags: Type.Optional(Type.Array(TagInput)) })
export const tagFilters = {
  tagKeys: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })),
  tags: Type.Optional(Type.Array(TagInput, { maxItems: 20 }))
}

export const Tag = Type.Object({ key: Type.String(), value: Type.String() }, { title: 'Tag', evidence: models('4.4') })
export const Tags = Type.Object({ tags: Type.Array(Tag) }, { title: 'Tags', evidence: models('4.4') })
export const ResourceGroupInfo = Type.Object(
  { resourceGroupId: Id, resourceGroupName: Type.String() },
  { title: 'ResourceGroupInfo', evidence: reference('DescribeAutoSnapshotPolicies', '4.3') }
)

/** An answer without members of its own. */
export const Nothing = Type.Object({})
export const listOf = <T extends TSchema>(row: T) =>
  Type.Object({ totalCount: Type.Integer(), dataSet: Type.Array(row) })

export const SnapshotInfo = Type.Object(
  {
    snapshotId: Id,
    snapshotName: Type.String(),
    zoneId: resting(Type.String(), inferred('a snapshot is where its disk is', '4.1')),
    status: SnapshotStatus,
    snapshotType: SnapshotType,
    retentionTime: nullable(Timestamp),
    diskId: Id,
    createTime: Timestamp,
    diskAbility: resting(Type.Boolean(), unsaid('4.1')),
    resourceGroup: resting(ResourceGroupInfo, client('1.13', 'Terraform', 'CSI driver'))
  },
  { title: 'SnapshotInfo', evidence: models('4.1') }
)

export const AutoSnapshotPolicy = Type.Object(
  {
    autoSnapshotPolicyId: Id,
    zoneId: Type.String(),
    autoSnapshotPolicyName: Type.String(),
    repeatWeekDays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 })),
    hours: Type.Array(Type.Integer({ minimum: 0, maximum: 23 })),
    retentionDays: resting(Type.Integer({ minimum: -1, maximum: 65535 }), client('4.2', 'Terraform')),
    diskNum: Type.Integer({ minimum: 0 }),
    createTime: Timestamp,
    resourceGroup: ResourceGroupInfo,
    diskIdSet: Type.Array(Id),
    tags: nullable(Tags)
  },
  { title: 'AutoSnapshotPolicy', evidence: reference('DescribeAutoSnapshotPolicies', '4.2') }
)

export const DiskInfo = Type.Object(
  {
    diskId: Id,
    diskName: Type.String(),
    regionId: Type.String(),
    zoneId: Type.String(),
    diskType: DiskType,
    portable: resting(Type.Boolean(), inferred('a boot disk stays with its instance', '4.5')),
    diskCategory: Type.String(),
    diskSize: Type.Integer(),
    diskStatus: DiskStatus,
    instanceId: resting(nullable(Id), inferred('clients read an empty one as not attached', '4.5')),
    instanceName: resting(nullable(Type.String()), inferred('clients read an empty one as not attached', '4.5')),
    /** Under 2024-04-01 only (zenlayer.md 7.1). */
    chargeType: resting(Type.Optional(Type.Literal('POSTPAID')), unsaid('4.5')),
    createTime: Timestamp,
    expiredTime: resting(nullable(Timestamp), unsaid('4.5')),
    period: nullable(Type.Integer()),
    resourceGroupId: Id,
    resourceGroupName: Type.String(),
    serial: resting(Type.String(), client('4.5', 'CSI driver')),
    snapshotAbility: resting(Type.Boolean(), unsaid('4.5')),
    autoSnapshotPolicyId: resting(nullable(Id), client('4.5', 'Terraform')),
    tags: resting(Tags, inferred('the form in requests; there is no example', '4.4')),
    burstingEnabled: resting(Type.Boolean(), unsaid('4.5'))
  },
  { title: 'DiskInfo', evidence: models('4.5') }
)

export const ZoneInfo = Type.Object(
  {
    zoneId: Type.String(),
    zoneName: Type.String(),
    regionId: Type.String(),
    supportSecurityGroup: Type.Boolean(),
    timeZone: Type.String(),
    cityName: Type.String(),
    cityCode: Type.String(),
    countryCode: Type.String(),
    countryName: Type.String(),
    supportHaVip: Type.Boolean()
  },
  { title: 'ZoneInfo', evidence: models('4.6') }
)

export const RegionInfo = Type.Object(
  {
    regionId: Type.String(),
    regionName: Type.String(),
    location: resting(Type.String(), unsaid('4.6')),
    wideRegionName: resting(Type.String(), unsaid('4.6')),
    wideRegionTitle: resting(Type.String(), unsaid('4.6')),
    administrativeRegion: resting(Type.String(), unsaid('4.6'))
  },
  { title: 'RegionInfo' }
)

const NOT_NEEDED = invented('work with disks needs no true value', '4.8')
const SystemDisk = Type.Object(
  {
    diskId: Id,
    diskSize: Type.Integer(),
    diskCategory: Type.String(),
    burstingEnabled: Type.Boolean()
  },
  { title: 'SystemDisk', evidence: models('4.8') }
)
const DataDisk = Type.Object(
  {
    diskId: Id,
    diskName: Type.String(),
    diskSize: Type.Integer(),
    portable: Type.Boolean(),
    burstingEnabled: Type.Boolean(),
    diskCategory: Type.String()
  },
  { title: 'DataDisk', evidence: models('4.8') }
)

export const InstanceInfo = Type.Object(
  {
    instanceId: Id,
    instanceName: Type.String(),
    zoneId: Type.String(),
    instanceType: nullable(Type.String()),
    cpu: Type.Integer(),
    memory: Type.Integer(),
    imageId: Type.String(),
    imageName: Type.String(),
    timeZone: Type.String(),
    nicNetworkType: Type.String(),
    status: InstanceStatusWord,
    systemDisk: nullable(SystemDisk),
    dataDisks: Type.Array(DataDisk),
    publicIpAddresses: Type.Array(Type.String()),
    privateIpAddresses: Type.Array(Type.String()),
    keyId: nullable(Type.String()),
    subnetId: nullable(Type.String()),
    securityGroupId: nullable(Type.String()),
    enableAgent: resting(Type.Boolean(), NOT_NEEDED),
    enableAgentMonitor: resting(Type.Boolean(), NOT_NEEDED),
    enableIpForward: resting(Type.Boolean(), NOT_NEEDED),
    createTime: Timestamp,
    expiredTime: nullable(Timestamp),
    resourceGroupId: Id,
    resourceGroupName: Type.String(),
    nics: resting(Type.Array(Type.Unknown()), NOT_NEEDED),
    tags: Tags,
    loadBalancerIds: resting(Type.Array(Type.String()), NOT_NEEDED),
    placementGroupId: resting(nullable(Type.String()), NOT_NEEDED),
    instanceOptions: Type.Object({ nestedVirtualization: Type.Boolean() })
  },
  { title: 'InstanceInfo', evidence: models('4.8') }
)

export const InstanceStatus = Type.Object(
  { instanceId: Id, instanceStatus: InstanceStatusWord },
  { title: 'InstanceStatus', evidence: models('4.8') }
)
