import type { Static } from '@sinclair/typebox'
import { assert } from '../../../core/model/assert.ts'
import type { Item } from '../../../core/model/resources.ts'
import type { Answer } from '../../provider.ts'
import type { Views } from '../../views.ts'
import type {
  DiskRow,
  GroupDetail,
  InstanceRow,
  PolicyRow,
  SnapshotRow,
  ZenlayerCloud,
  ZenlayerShapes,
  ZoneDetail
} from '../rules/shapes.ts'
import {
  diskStatusOf,
  fromInstant,
  fromOrigin,
  fromRetentionDays,
  fromTagPairs,
  fromWeekdays,
  instanceStatusOf,
  snapshotStatusOf
} from './convert.ts'
import type {
  AutoSnapshotPolicy,
  DiskInfo,
  InstanceInfo,
  RegionInfo,
  ResourceGroupInfo,
  SnapshotInfo,
  ZoneInfo
} from './schemas.ts'

// What resources look like on the wire. A value that there isn't is null, an empty list [] (zenlayer.md 1.5).

export function groupOf(cloud: ZenlayerCloud, id: string): Item<GroupDetail> {
  const group = cloud.findItem('resourceGroup', id)
  assert(group, `resource group ${id} is missing`)
  return group
}
function resourceGroup(cloud: ZenlayerCloud, id: string): Static<typeof ResourceGroupInfo> {
  return { resourceGroupId: id, resourceGroupName: groupOf(cloud, id).detail.name }
}

export function showSnapshot(cloud: ZenlayerCloud, snapshot: SnapshotRow): Static<typeof SnapshotInfo> {
  const disk = cloud.volumeOf(snapshot.volumeN)
  assert(disk, `the disk of snapshot ${snapshot.id} is missing`)
  return {
    snapshotId: snapshot.id,
    snapshotName: snapshot.name,
    zoneId: snapshot.zone,
    status: snapshotStatusOf(snapshot.state),
    snapshotType: fromOrigin(snapshot.origin),
    retentionTime: snapshot.detail.retentionTime,
    diskId: disk.id,
    createTime: fromInstant(snapshot.createdAt),
    // Cloud: the CSI driver reads false as "not ready"; no disk is made from a boot disk's snapshot (zenlayer.md 4.1).
    diskAbility: snapshot.state === 'available' && snapshot.kind === 'DATA',
    resourceGroup: resourceGroup(cloud, snapshot.group)
  }
}

export function showPolicy(cloud: ZenlayerCloud, policy: PolicyRow): Static<typeof AutoSnapshotPolicy> {
  const disks = cloud.volumesFrom({ policyN: policy.n }, { limit: policy.volumeCount })
  return {
    autoSnapshotPolicyId: policy.id,
    zoneId: policy.zone,
    autoSnapshotPolicyName: policy.name,
    repeatWeekDays: fromWeekdays(policy.weekdays),
    hours: [...policy.hours],
    retentionDays: fromRetentionDays(policy.retentionDays),
    diskNum: policy.volumeCount,
    createTime: fromInstant(policy.createdAt),
    resourceGroup: resourceGroup(cloud, policy.group),
    diskIdSet: disks.map((disk) => disk.id),
    // Cloud: a policy without tags has null, everything else an empty list (zenlayer.md 4.4).
    tags: policy.detail.tags.length === 0 ? null : fromTagPairs(policy.detail.tags)
  }
}

export function showDisk(cloud: ZenlayerCloud, disk: DiskRow, version: string): Answer<Static<typeof DiskInfo>> {
  const instance = disk.instanceN === null ? undefined : cloud.instanceOf(disk.instanceN)
  const policy = disk.policyN === null ? undefined : cloud.policyOf(disk.policyN)
  const destroyedAt = disk.activity === 'recycled' ? disk.activityEndsAt : null
  return {
    diskId: disk.id,
    diskName: disk.name,
    regionId: disk.detail.region,
    zoneId: disk.zone,
    diskType: disk.kind === 'SYSTEM' ? 'SYSTEM' : 'DATA',
    portable: disk.detail.portable,
    diskCategory: disk.detail.category,
    diskSize: disk.sizeGiB,
    diskStatus: diskStatusOf(disk),
    instanceId: instance?.id ?? null,
    instanceName: instance?.name ?? null,
    // Cloud: the one difference between the versions' answers (zenlayer.md 7.1).
    chargeType: version === '2024-04-01' ? 'POSTPAID' : undefined,
    createTime: fromInstant(disk.createdAt),
    expiredTime: destroyedAt === null ? null : fromInstant(destroyedAt),
    period: null,
    resourceGroupId: disk.group,
    resourceGroupName: groupOf(cloud, disk.group).detail.name,
    serial: disk.detail.serial,
    snapshotAbility: disk.detail.snapshotAbility,
    autoSnapshotPolicyId: policy?.id ?? null,
    tags: fromTagPairs(disk.detail.tags),
    burstingEnabled: disk.detail.bursting
  }
}

export function showZone(zone: Item<ZoneDetail>): Static<typeof ZoneInfo> {
  return {
    zoneId: zone.id,
    zoneName: zone.detail.name,
    regionId: zone.detail.region,
    supportSecurityGroup: true,
    timeZone: zone.detail.timeZone,
    cityName: zone.detail.cityName,
    cityCode: zone.detail.cityCode,
    countryCode: zone.detail.countryCode,
    countryName: zone.detail.countryName,
    supportHaVip: true
  }
}

const WIDE_REGIONS: Readonly<Record<string, string>> = {
  asia: 'Asia Pacific',
  europe: 'Europe',
  na: 'North America',
  sa: 'South America',
  me: 'Middle East',
  africa: 'Africa'
}
/** A region as one of its zones tells it. */
export function showRegion(zone: Item<ZoneDetail>): Static<typeof RegionInfo> {
  const wide = zone.detail.region.split('-')[0] ?? zone.detail.region
  return {
    regionId: zone.detail.region,
    regionName: zone.detail.regionName,
    location: zone.detail.cityName,
    wideRegionName: wide,
    wideRegionTitle: WIDE_REGIONS[wide] ?? wide,
    administrativeRegion: zone.detail.countryCode
  }
}

/** One zone of each region, oldest first. */
export function zoneOfEachRegion(cloud: ZenlayerCloud): Item<ZoneDetail>[] {
  const zones = cloud.items('zone')
  return zones.filter((zone, index) => zones.findIndex((other) => other.detail.region === zone.detail.region) === index)
}

const MOST_DISKS = 1000
export function showInstance(cloud: ZenlayerCloud, instance: InstanceRow): Static<typeof InstanceInfo> {
  const disks = cloud.volumesFrom({ instanceN: instance.n }, { limit: MOST_DISKS })
  const boot = disks.find((disk) => disk.kind === 'SYSTEM')
  const { detail } = instance
  return {
    instanceId: instance.id,
    instanceName: instance.name,
    zoneId: instance.zone,
    instanceType: detail.instanceType,
    cpu: detail.cpu,
    memory: detail.memory,
    imageId: detail.imageId,
    imageName: detail.imageName,
    timeZone: detail.timeZone,
    nicNetworkType: detail.nicNetworkType,
    status: instanceStatusOf(instance),
    systemDisk: boot
      ? {
          diskId: boot.id,
          diskSize: boot.sizeGiB,
          diskCategory: boot.detail.category,
          burstingEnabled: boot.detail.bursting
        }
      : null,
    dataDisks: disks
      .filter((disk) => disk.kind === 'DATA')
      .map((disk) => ({
        diskId: disk.id,
        diskName: disk.name,
        diskSize: disk.sizeGiB,
        portable: disk.detail.portable,
        burstingEnabled: disk.detail.bursting,
        diskCategory: disk.detail.category
      })),
    publicIpAddresses: [...detail.publicIpAddresses],
    privateIpAddresses: [...detail.privateIpAddresses],
    keyId: detail.keyId,
    subnetId: detail.subnetId,
    securityGroupId: detail.securityGroupId,
    enableAgent: false,
    enableAgentMonitor: false,
    enableIpForward: false,
    createTime: fromInstant(instance.createdAt),
    expiredTime: null,
    resourceGroupId: instance.group,
    resourceGroupName: groupOf(cloud, instance.group).detail.name,
    nics: [],
    tags: fromTagPairs(detail.tags),
    loadBalancerIds: [],
    placementGroupId: null,
    instanceOptions: { nestedVirtualization: false }
  }
}

/** As the lists of the newest version show them. */
export const views: Views<ZenlayerShapes> = {
  volume: (cloud, disk) => showDisk(cloud, disk, '2025-09-01'),
  snapshot: showSnapshot,
  policy: showPolicy,
  instance: showInstance,
  // Cloud: no answer tells what a disk was made from.
  sourceOf: () => null,
  madeFrom: () => undefined
}
