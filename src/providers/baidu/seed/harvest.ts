import { everyRow } from '../../../core/model/every-row.ts'
import type { Harvest } from '../../seed-room.ts'
import type { BaiduCloud, BaiduInstance, BaiduPolicy, BaiduSnapshot, BaiduVolume } from '../rules/shapes.ts'
import { INSTANCE_STATUSES, instanceStatus, snapshotStatus, volumeStatus } from '../rules/states.ts'
import { fromInstant, fromOffsetMinutes, fromTags } from '../wire/convert.ts'
import type { InstanceSeed, PolicySeed, SnapshotSeed, VolumeSeed } from './schema.ts'

const ALL = { limit: Number.MAX_SAFE_INTEGER }

/** The section that plants what this world holds now, local disks and released volumes with snapshots included. */
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

function instanceSeed(instance: BaiduInstance): InstanceSeed {
  const { detail } = instance
  const status = INSTANCE_STATUSES.find((word) => word === instanceStatus(instance))
  return {
    id: instance.id,
    name: instance.name,
    zoneName: instance.zone,
    ...(status && { status }),
    createTime: fromInstant(instance.createdAt),
    ...(detail.paidUntil !== null && { expireTime: fromInstant(detail.paidUntil) }),
    paymentTiming: detail.paymentTiming,
    ...texts({
      imageId: detail.imageId,
      instanceType: detail.instanceType,
      spec: detail.spec,
      internalIp: detail.internalIp,
      publicIp: detail.publicIp,
      subnetId: detail.subnetId,
      vpcId: detail.vpcId
    }),
    cpuCount: detail.cpuCount,
    memoryCapacityInGB: detail.memoryGiB,
    cardCount: detail.cardCount ?? '0',
    localDiskSizeInGB: detail.localDiskGiB,
    deletionProtection: detail.deletionProtection,
    autoRenew: detail.autoRenew,
    tags: fromTags(detail.tags)
  }
}

/** Without the empty ones, which a seed leaves out. */
function texts<T extends Readonly<Record<string, string>>>(members: T): Partial<T> {
  const kept: Partial<T> = {}
  for (const name in members) if (members[name] !== '') kept[name] = members[name]
  return kept
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

function volumeSeed(cloud: BaiduCloud, volume: BaiduVolume): VolumeSeed {
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
    ...(instance && { instanceId: instance.id }),
    ...(detail.attachedAt !== null && { attachTime: fromInstant(detail.attachedAt) }),
    createTime: fromInstant(volume.createdAt),
    ...(detail.paidUntil !== null && { expireTime: fromInstant(detail.paidUntil) }),
    paymentTiming: detail.paymentTiming,
    ...(policy && { autoSnapshotPolicyId: policy.id }),
    ...texts({
      storageType: detail.storageType,
      device: detail.device,
      desc: detail.description,
      sourceSnapshotId: detail.sourceSnapshotId ?? '',
      shareSnapshotId: detail.shareSnapshotId ?? '',
      encryptKey: detail.encryptKey,
      clusterId: detail.clusterId,
      productCategory: detail.productCategory,
      chainId: detail.chainId ?? ''
    }),
    cdsExtraIo: detail.extraIo,
    tags: fromTags(detail.tags),
    resGroupIds: [...detail.resourceGroups],
    ...(detail.autoRenewal && {
      autoRenew: {
        renewTimeUnit: detail.autoRenewal.unit === 'year' ? 'year' : 'month',
        renewTime: detail.autoRenewal.time
      }
    }),
    encrypted: detail.encrypted,
    enableDeleteProtection: detail.deleteProtection,
    deleteWithInstance: detail.deleteWithInstance,
    deleteAutoSnapshot: detail.deleteAutoSnapshot,
    chainTags: fromTags(detail.chainTags)
  }
}

function snapshotSeed(cloud: BaiduCloud, snapshot: BaiduSnapshot): SnapshotSeed {
  const { detail } = snapshot
  const volume = snapshot.volumeN === 0 ? undefined : cloud.volumeOf(snapshot.volumeN)
  const policy = snapshot.policyN === null ? undefined : cloud.policyOf(snapshot.policyN)
  return {
    id: snapshot.id,
    name: snapshot.name,
    ...(volume && { volumeId: volume.id }),
    sizeInGB: snapshot.sizeGiB,
    ...(snapshot.zone !== '' && { zoneName: snapshot.zone }),
    status: snapshotStatus(snapshot),
    createMethod: snapshot.origin === 'policy' ? 'auto' : snapshot.origin === 'copy' ? 'MIGRATION' : 'MANUAL',
    createTime: fromInstant(snapshot.createdAt),
    ...(snapshot.expiresAt !== null && { expireTime: fromInstant(snapshot.expiresAt) }),
    ...(policy && policy.goneAt === null && { autoSnapshotPolicyId: policy.id }),
    ...texts({ desc: detail.desc, templateId: detail.templateId ?? '', insnapId: detail.insnapId ?? '' }),
    encrypted: detail.encrypted,
    package: detail.package
  }
}
