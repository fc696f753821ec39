import { everyRow } from '../../../core/model/every-row.ts'
import type { Answer } from '../../provider.ts'
import type { Harvest } from '../../seed-room.ts'
import type { DiskRow, InstanceRow, PolicyRow, SnapshotRow, TagPair, ZenlayerCloud } from '../rules/shapes.ts'
import {
  diskStatusOf,
  fromInstant,
  fromOrigin,
  fromRetentionDays,
  fromTagPairs,
  fromWeekdays,
  instanceStatusOf,
  snapshotStatusOf
} from '../wire/convert.ts'
import type { Section } from './schema.ts'

const ALL = { limit: Number.MAX_SAFE_INTEGER }
type RowOf<List extends keyof Section> = NonNullable<Section[List]>[number]

/** A section that plants what the cloud has now; what is under way stands still in it. */
export function harvest(cloud: ZenlayerCloud): Harvest {
  return {
    resourceGroups: cloud.items('resourceGroup').map((group) => ({
      resourceGroupId: group.id,
      name: group.detail.name,
      isDefault: group.detail.isDefault,
      createTime: fromInstant(group.createdAt)
    })),
    zones: cloud.items('zone').map((zone) => ({
      zoneId: zone.id,
      zoneName: zone.detail.name,
      regionId: zone.detail.region,
      regionName: zone.detail.regionName,
      timeZone: zone.detail.timeZone,
      cityName: zone.detail.cityName || undefined,
      cityCode: zone.detail.cityCode || undefined,
      countryCode: zone.detail.countryCode || undefined,
      countryName: zone.detail.countryName || undefined,
      snapshotSupport: zone.detail.snapshotSupport
    })),
    instances: cloud.instancesFrom({}, ALL).map(instanceSeed),
    policies: cloud.policiesFrom({}, ALL).map(policySeed),
    disks: cloud.volumesFrom({}, ALL).map((disk) => diskSeed(cloud, disk)),
    snapshots: snapshotSeeds(cloud)
  }
}

function* snapshotSeeds(cloud: ZenlayerCloud) {
  for (const snapshot of everyRow((window) => cloud.snapshotsFrom({}, window))) yield* snapshotSeed(cloud, snapshot)
}

function fromOrNever(at: number | null): string | undefined {
  return at === null ? undefined : fromInstant(at)
}
function tags(pairs: readonly TagPair[]): Pick<RowOf<'disks'>, 'tags'> {
  return pairs.length === 0 ? {} : fromTagPairs(pairs)
}

function instanceSeed(instance: InstanceRow): Answer<RowOf<'instances'>> {
  const { detail } = instance
  return {
    instanceId: instance.id,
    instanceName: instance.name,
    zoneId: instance.zone,
    status: instanceStatusOf(instance),
    resourceGroupId: instance.group,
    instanceType: detail.instanceType || undefined,
    cpu: detail.cpu,
    memory: detail.memory,
    imageId: detail.imageId,
    imageName: detail.imageName,
    timeZone: detail.timeZone,
    nicNetworkType: detail.nicNetworkType,
    publicIpAddresses: [...detail.publicIpAddresses],
    privateIpAddresses: [...detail.privateIpAddresses],
    keyId: detail.keyId || undefined,
    subnetId: detail.subnetId || undefined,
    securityGroupId: detail.securityGroupId || undefined,
    ...tags(detail.tags),
    createTime: fromInstant(instance.createdAt)
  }
}

function policySeed(policy: PolicyRow): Answer<RowOf<'policies'>> {
  return {
    autoSnapshotPolicyId: policy.id,
    autoSnapshotPolicyName: policy.name,
    zoneId: policy.zone,
    repeatWeekDays: fromWeekdays(policy.weekdays),
    hours: [...policy.hours],
    retentionDays: fromRetentionDays(policy.retentionDays),
    resourceGroupId: policy.group,
    ...tags(policy.detail.tags),
    createTime: fromInstant(policy.createdAt)
  }
}

function diskSeed(cloud: ZenlayerCloud, disk: DiskRow): Answer<RowOf<'disks'>> {
  const { detail } = disk
  return {
    diskId: disk.id,
    diskName: disk.name,
    zoneId: disk.zone,
    diskSize: disk.sizeGiB,
    diskType: disk.kind === 'SYSTEM' ? 'SYSTEM' : 'DATA',
    diskCategory: detail.category,
    diskStatus: diskStatusOf(disk),
    expiredTime: disk.activity === 'recycled' ? fromOrNever(disk.activityEndsAt) : undefined,
    instanceId: disk.instanceN === null ? undefined : cloud.instanceOf(disk.instanceN)?.id,
    resourceGroupId: disk.group,
    autoSnapshotPolicyId: disk.policyN === null ? undefined : cloud.policyOf(disk.policyN)?.id,
    serial: detail.serial,
    portable: detail.portable,
    burstingEnabled: detail.bursting,
    orderState: detail.order,
    reinstallTime: fromOrNever(detail.reinstalledAt),
    ...tags(detail.tags),
    createTime: fromInstant(disk.createdAt)
  }
}

/** A snapshot whose disk is gone has no place in a seed. */
function snapshotSeed(cloud: ZenlayerCloud, snapshot: SnapshotRow): Answer<RowOf<'snapshots'>>[] {
  const disk = cloud.volumeOf(snapshot.volumeN)
  if (!disk || disk.goneAt !== null) return []
  const policy = snapshot.policyN === null ? undefined : cloud.policyOf(snapshot.policyN)
  return [
    {
      snapshotId: snapshot.id,
      snapshotName: snapshot.name,
      diskId: disk.id,
      status: snapshotStatusOf(snapshot.state),
      snapshotType: fromOrigin(snapshot.origin),
      autoSnapshotPolicyId: policy?.goneAt === null ? policy.id : undefined,
      firedTime: fromOrNever(snapshot.firedAt),
      retentionTime: snapshot.detail.retentionTime || undefined,
      zoneId: snapshot.zone,
      resourceGroupId: snapshot.group,
      diskType: snapshot.kind === 'SYSTEM' ? 'SYSTEM' : 'DATA',
      diskSize: snapshot.sizeGiB,
      createTime: fromInstant(snapshot.createdAt)
    }
  ]
}
