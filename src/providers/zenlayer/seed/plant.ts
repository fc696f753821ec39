import type { Static } from '@sinclair/typebox'
import { assert } from '../../../core/model/assert.ts'
import { eachOf, refuseFor, type SeedRoom, sectionOf } from '../../seed-room.ts'
import { ifGiven } from '../../wire/given.ts'
import type { InstanceDetail, ZenlayerCloud, ZenlayerShapes } from '../rules/shapes.ts'
import {
  ascending,
  toInstanceState,
  toInstant,
  toOrigin,
  toRetentionDays,
  toSnapshotState,
  toTagged,
  toWeekdays
} from '../wire/convert.ts'
import { groupFor } from '../wire/lookups.ts'
import { ACTIVITY_OF } from '../wire/words.ts'
import { wrongsIn } from './check.ts'
import { harvest } from './harvest.ts'
import {
  type DiskSeed,
  type GroupSeed,
  type InstanceSeed,
  type PolicySeed,
  type Section,
  SeedSection,
  type SnapshotSeed
} from './schema.ts'

/** The group of a world whose seed has none: the id that the reference pages show (zenlayer.md 1.9). */
const DEFAULT_GROUP: Static<typeof GroupSeed> = {
  resourceGroupId: '0a253bb0-eb7d-4328-84ec-fc8d1487b31a',
  name: 'Default Resource Group'
}

export const seed: SeedRoom<ZenlayerShapes> = {
  schema: SeedSection,
  *plant(cloud, document) {
    const section = yield* sectionOf(SeedSection, document)
    refuseFor(yield* wrongsIn(section))
    plantPlaces(cloud, section)
    yield* eachOf(section.instances, (instance) => plantInstance(cloud, instance))
    yield* eachOf(section.policies, (policy) => plantPolicy(cloud, policy))
    yield* eachOf(section.disks, (disk) => plantDisk(cloud, disk))
    yield* eachOf(section.snapshots, (snapshot) => plantSnapshot(cloud, snapshot))
  },
  harvest
}

/** Members that a seed may leave out, in the core's words. */
function given(row: { readonly createTime?: string }, id: string | undefined) {
  return {
    id,
    createdAt: ifGiven(row.createTime, toInstant)
  }
}

function plantPlaces(cloud: ZenlayerCloud, { resourceGroups, zones = [] }: Section): void {
  const groups = resourceGroups && resourceGroups.length > 0 ? resourceGroups : [DEFAULT_GROUP]
  const first = groups.findIndex((group) => group.isDefault === true)
  for (const [index, group] of groups.entries()) {
    const detail = { name: group.name, isDefault: index === Math.max(first, 0) }
    cloud.addItem('resourceGroup', { ...given(group, group.resourceGroupId), detail })
  }
  for (const zone of zones) {
    const regionName = zone.regionName ?? zone.cityName ?? zone.regionId
    cloud.addItem('zone', {
      id: zone.zoneId,
      detail: {
        name: zone.zoneName ?? zone.zoneId,
        region: zone.regionId,
        regionName,
        timeZone: zone.timeZone ?? 'UTC',
        cityName: zone.cityName ?? regionName,
        cityCode: zone.cityCode ?? '',
        countryCode: zone.countryCode ?? '',
        countryName: zone.countryName ?? '',
        snapshotSupport: zone.snapshotSupport ?? true
      }
    })
  }
}

function groupId(cloud: ZenlayerCloud, id: string | undefined): string {
  const group = groupFor(cloud, id)
  assert(group, `the seed's resource group ${id} is missing`)
  return group.id
}

function plantInstance(cloud: ZenlayerCloud, row: Static<typeof InstanceSeed>): void {
  const detail: InstanceDetail = {
    instanceType: row.instanceType ?? 'z2a.cpu.2',
    cpu: row.cpu ?? 2,
    memory: row.memory ?? 4,
    imageId: row.imageId ?? 'ubuntu2404_20250101',
    imageName: row.imageName ?? 'Ubuntu Server 24.04 LTS',
    timeZone: row.timeZone ?? 'UTC',
    nicNetworkType: row.nicNetworkType ?? 'Auto',
    publicIpAddresses: row.publicIpAddresses ?? [],
    privateIpAddresses: row.privateIpAddresses ?? [],
    keyId: row.keyId ?? null,
    subnetId: row.subnetId ?? null,
    securityGroupId: row.securityGroupId ?? null,
    ...toTagged({ tags: row.tags ?? [] }, cloud.now)
  }
  cloud.createInstance({
    ...given(row, row.instanceId),
    name: row.instanceName,
    zone: row.zoneId,
    group: groupId(cloud, row.resourceGroupId),
    state: toInstanceState(row.status ?? 'RUNNING'),
    detail
  })
}

function plantPolicy(cloud: ZenlayerCloud, row: Static<typeof PolicySeed>): void {
  cloud.createPolicy({
    ...given(row, row.autoSnapshotPolicyId),
    name: row.autoSnapshotPolicyName,
    zone: row.zoneId,
    group: groupId(cloud, row.resourceGroupId),
    weekdays: toWeekdays(row.repeatWeekDays),
    hours: ascending(row.hours),
    utcOffsetMinutes: 0,
    retentionDays: toRetentionDays(row.retentionDays),
    detail: toTagged({ tags: row.tags ?? [] }, cloud.now)
  })
}

function plantDisk(cloud: ZenlayerCloud, row: Static<typeof DiskSeed>): void {
  const zone = cloud.findItem('zone', row.zoneId)
  assert(zone, `the seed's zone ${row.zoneId} is missing`)
  const kind = row.diskType ?? 'DATA'
  const status = row.diskStatus ?? 'AVAILABLE'
  const instance = row.instanceId === undefined ? undefined : cloud.findInstance(row.instanceId)
  const policy = row.autoSnapshotPolicyId === undefined ? undefined : cloud.findPolicy(row.autoSnapshotPolicyId)
  cloud.createVolume({
    ...given(row, row.diskId),
    name: row.diskName,
    zone: zone.id,
    kind,
    group: groupId(cloud, row.resourceGroupId),
    sizeGiB: row.diskSize,
    detail: {
      serial: row.serial ?? cloud.newId('serial'),
      category: row.diskCategory ?? 'Standard NVMe SSD',
      region: zone.detail.region,
      portable: row.portable ?? kind === 'DATA',
      bursting: row.burstingEnabled ?? false,
      snapshotAbility: zone.detail.snapshotSupport,
      order: row.orderState ?? 'settled',
      reinstalledAt: row.reinstallTime === undefined ? null : toInstant(row.reinstallTime),
      ...toTagged({ tags: row.tags ?? [] }, cloud.now)
    },
    instanceN: instance?.n,
    policyN: policy?.n,
    activity: status === 'AVAILABLE' || status === 'IN_USE' ? 'idle' : ACTIVITY_OF[status],
    activityEndsAt: ifGiven(row.expiredTime, toInstant)
  })
}

function plantSnapshot(cloud: ZenlayerCloud, row: Static<typeof SnapshotSeed>): void {
  const disk = cloud.findVolume(row.diskId)
  assert(disk, `the seed's disk ${row.diskId} is missing`)
  const policy = row.autoSnapshotPolicyId === undefined ? undefined : cloud.findPolicy(row.autoSnapshotPolicyId)
  cloud.startSnapshot(disk, {
    ...given(row, row.snapshotId),
    name: row.snapshotName,
    expiresAt: row.retentionTime === undefined ? null : toInstant(row.retentionTime),
    detail: { retentionTime: row.retentionTime ?? null },
    origin: toOrigin(row.snapshotType ?? (policy ? 'Auto' : 'Manual')),
    policyN: policy?.n,
    firedAt: ifGiven(row.firedTime, toInstant),
    zone: row.zoneId,
    group: row.resourceGroupId,
    kind: row.diskType,
    sizeGiB: row.diskSize,
    state: toSnapshotState(row.status ?? 'AVAILABLE')
  })
}
