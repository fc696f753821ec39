import { everyRow } from '../../../core/model/every-row.ts'
import type { Answer } from '../../provider.ts'
import type { Harvest } from '../../seed-room.ts'
import type { BaiduCloud, BaiduInstance, BaiduPolicy, BaiduSnapshot, BaiduVolume } from '../rules/shapes.ts'
import { INSTANCE_STATUSES, instanceStatus, snapshotStatus, volumeStatus } from '../rules/states.ts'
import { fromInstant, fromOffsetMinutes, fromTags } from '../wire/convert.ts'
import type { InstanceSeed, PolicySeed, SnapshotSeed, VolumeSeed } from './schema.ts'

const ALL = { limit: Number.MAX_SAFE_INTEGER }

/**
 * The section that plants what this world holds now, local disks and released volumes with snapshots included. What is
 * empty is left out.
 */
export function harvest(cloud: BaiduCloud): Harvest {
  const present = cloud.volumesFrom({}, ALL)
  const gone = cloud.snapshotsByVolume({}).flatMap(({ volumeN }) => {
    const volume = cloud.volumeOf(volumeN)
    return volume && volume.goneAt !== null ? [volume] : []
  })
  return {
    zones: cloud.items('zone').map((zone) => zone.id),
    instances: cloud.instancesFrom({}, ALL).map(instanceSeed),
    policies: cloud.policiesFrom({}, ALL).map(policySeed),
    volumes: [...present, ...gone].sort((one, other) => one.n - other.n).map((volume) => volumeSeed(cloud, volume)),
    snapshots: snapshotSeeds(cloud),
    shares: cloud.items('share').flatMap(({ id, createdAt, detail }) =>
      cloud.findSnapshot(detail.snapshotId)
        ? [
            {
              snapshotId: id,
              sourceSnapshotId: detail.snapshotId,
              accountId: detail.accountId,
              shareTime: fromInstant(createdAt)
            }
          ]
        : []
    )
  }
}

function* snapshotSeeds(cloud: BaiduCloud) {
  for (const snapshot of everyRow((window) => cloud.snapshotsFrom({}, window))) yield snapshotSeed(cloud, snapshot)
}

function instanceSeed(instance: BaiduInstance): Answer<InstanceSeed> {
  const { detail } = instance
  const status = INSTANCE_STATUSES.find((word) => word === instanceStatus(instance))
  return {
    id: instance.id,
    name: instance.name,
    zoneName: instance.zone,
    status,
    createTime: fromInstant(instance.createdAt),
    expireTime: fromOrNever(detail.paidUntil),
    paymentTiming: detail.paymentTiming,
    imageId: detail.imageId || undefined,
    instanceType: detail.instanceType || undefined,
    spec: detail.spec || undefined,
    internalIp: detail.internalIp || undefined,
    publicIp: detail.publicIp || undefined,
    subnetId: detail.subnetId || undefined,
    vpcId: detail.vpcId || undefined,
    cpuCount: detail.cpuCount,
    memoryCapacityInGB: detail.memoryGiB,
    cardCount: detail.cardCount ?? '0',
    localDiskSizeInGB: detail.localDiskGiB,
    deletionProtection: detail.deletionProtection,
    autoRenew: detail.autoRenew,
    tags: fromTags(detail.tags)
  }
}

function fromOrNever(at: number | null): string | undefined {
  return at === null ? undefined : fromInstant(at)
}

function policySeed(policy: BaiduPolicy): PolicySeed {
  return {
    id: policy.id,
    name: policy.name,
    timePoints: [...policy.hours],
    repeatWeekdays: [...policy.detail.weekdays],
    retentionDays: policy.retentionDays ?? -1,
    utcOffset: fromOffsetMinutes(policy.utcOffsetMinutes),
    createdTime: fromInstant(policy.createdAt),
    updatedTime: fromInstant(policy.detail.updatedAt)
  }
}

function volumeSeed(cloud: BaiduCloud, volume: BaiduVolume): Answer<VolumeSeed> {
  const { detail } = volume
  const instance = volume.instanceN === null ? undefined : cloud.instanceOf(volume.instanceN)
  const policy = volume.policyN === null ? undefined : cloud.policyOf(volume.policyN)
  const type = volume.kind === 'System' || volume.kind === 'Ephemeral' ? volume.kind : 'Cds'
  return {
    id: volume.id,
    name: volume.name,
    zoneName: volume.zone,
    type,
    diskSizeInGB: volume.sizeGiB,
    status: volume.goneAt === null ? volumeStatus(volume) : 'Deleted',
    instanceId: instance?.id,
    attachTime: fromOrNever(detail.attachedAt),
    createTime: fromInstant(volume.createdAt),
    expireTime: fromOrNever(detail.paidUntil),
    paymentTiming: detail.paymentTiming,
    autoSnapshotPolicyId: policy?.id,
    storageType: detail.storageType || undefined,
    device: detail.device || undefined,
    desc: detail.description || undefined,
    sourceSnapshotId: detail.sourceSnapshotId || undefined,
    shareSnapshotId: detail.shareSnapshotId || undefined,
    encryptKey: detail.encryptKey || undefined,
    clusterId: detail.clusterId || undefined,
    productCategory: detail.productCategory || undefined,
    chainId: detail.chainId || undefined,
    cdsExtraIo: detail.extraIo,
    tags: fromTags(detail.tags),
    resGroupIds: [...detail.resourceGroups],
    autoRenew: detail.autoRenewal
      ? { renewTimeUnit: detail.autoRenewal.unit === 'year' ? 'year' : 'month', renewTime: detail.autoRenewal.time }
      : undefined,
    encrypted: detail.encrypted,
    enableDeleteProtection: detail.deleteProtection,
    deleteWithInstance: detail.deleteWithInstance,
    deleteAutoSnapshot: detail.deleteAutoSnapshot,
    chainTags: fromTags(detail.chainTags)
  }
}

function snapshotSeed(cloud: BaiduCloud, snapshot: BaiduSnapshot): Answer<SnapshotSeed> {
  const { detail } = snapshot
  const volume = snapshot.volumeN === 0 ? undefined : cloud.volumeOf(snapshot.volumeN)
  const policy = snapshot.policyN === null ? undefined : cloud.policyOf(snapshot.policyN)
  return {
    id: snapshot.id,
    name: snapshot.name,
    volumeId: volume?.id,
    sizeInGB: snapshot.sizeGiB,
    zoneName: snapshot.zone || undefined,
    status: snapshotStatus(snapshot),
    createMethod: snapshot.origin === 'policy' ? 'auto' : snapshot.origin === 'copy' ? 'MIGRATION' : 'MANUAL',
    createTime: fromInstant(snapshot.createdAt),
    expireTime: fromOrNever(snapshot.expiresAt),
    autoSnapshotPolicyId: policy?.goneAt === null ? policy.id : undefined,
    desc: detail.desc || undefined,
    templateId: detail.templateId || undefined,
    insnapId: detail.insnapId || undefined,
    encrypted: detail.encrypted,
    package: detail.package
  }
}
