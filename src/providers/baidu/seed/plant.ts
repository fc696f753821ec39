import { merged } from '../../../core/model/patch.ts'
import type { VolumeActivity } from '../../../core/model/resources.ts'
import { instantAt } from '../../../documents/instants.ts'
import { eachOf, refuseFor, type SeedRoom, sectionOf } from '../../seed-room.ts'
import { ifGiven } from '../../wire/given.ts'
import { reservedUntil } from '../matters/billing.ts'
import { addSystemVolume, newInstanceDetail } from '../matters/instances.ts'
import { freeDevice, newDetail, SYSTEM_DEVICE } from '../matters/volumes.ts'
import type { BaiduCloud, BaiduShapes } from '../rules/shapes.ts'
import { instanceState, type SnapshotStatus, type VolumeStatus } from '../rules/states.ts'
import { toNumbers, toOffsetMinutes, toTags, toWeekdays } from '../wire/convert.ts'
import { wrongsIn, ZONES } from './check.ts'
import { harvest } from './harvest.ts'
import {
  type InstanceSeed,
  type PolicySeed,
  type Section,
  SeedSection,
  type SnapshotSeed,
  type VolumeSeed
} from './schema.ts'

const ACTIVITY_OF: Readonly<Record<VolumeStatus | 'Deleted', VolumeActivity>> = {
  Creating: 'creating',
  Available: 'idle',
  Attaching: 'attaching',
  InUse: 'idle',
  Detaching: 'detaching',
  Deleting: 'releasing',
  Deleted: 'idle',
  Scaling: 'resizing',
  SnapshotProcessing: 'snapshotting',
  ImageProcessing: 'unavailable',
  Recharging: 'charging',
  Expired: 'expired',
  Error: 'error',
  NotAvailable: 'unavailable',
  Recycled: 'recycled'
}
const STATE_OF = {
  Creating: 'creating',
  Available: 'available',
  CreatedFailed: 'failed',
  NotAvailable: 'unavailable'
} as const satisfies Readonly<Record<SnapshotStatus, string>>
const ORIGIN_OF = { MANUAL: 'manual', auto: 'policy', MIGRATION: 'copy' } as const

const DATA_SIZE_GIB = 40

export const seed: SeedRoom<BaiduShapes> = {
  schema: SeedSection,
  *plant(cloud, document) {
    const section = yield* sectionOf(SeedSection, document)
    refuseFor(yield* wrongsIn(section))
    for (const zone of section.zones ?? ZONES) cloud.addItem('zone', { id: zone, detail: {} })
    const withSystem = new Set(
      section.volumes?.flatMap(({ type, instanceId }) => (type === 'System' && instanceId) || [])
    )
    yield* eachOf(section.instances, (instance) => plantInstance(cloud, instance, withSystem))
    yield* eachOf(section.policies, (policy) => plantPolicy(cloud, policy))
    yield* eachOf(section.volumes, (volume) => plantVolume(cloud, volume))
    yield* eachOf(section.snapshots, (snapshot) => plantSnapshot(cloud, snapshot))
    yield* eachOf(section.shares, (share) => plantShare(cloud, share))
    yield* eachOf(section.volumes, ({ status, id }) => {
      const released = status === 'Deleted' && id !== undefined ? cloud.findVolume(id) : undefined
      if (released) cloud.releaseVolume(released)
    })
  },
  harvest
}

function given(id: string | undefined, time: string | undefined) {
  return { id, createdAt: ifGiven(time, instantAt) }
}
function orNull(time: string | undefined): number | null {
  return time === undefined ? null : instantAt(time)
}
/** A reservation is one month unless the seed says when it ends (baidu.md 6.1). */
function paidUntil(
  cloud: BaiduCloud,
  thing: { readonly paymentTiming?: string; readonly createTime?: string; readonly expireTime?: string }
): number | null {
  if (thing.paymentTiming !== 'Prepaid') return orNull(thing.expireTime)
  return orNull(thing.expireTime) ?? reservedUntil(orNull(thing.createTime) ?? cloud.now, 1)
}
function firstZone(cloud: BaiduCloud): string {
  return cloud.items('zone')[0]?.id ?? ''
}

function plantInstance(cloud: BaiduCloud, instance: InstanceSeed, withSystem: ReadonlySet<string>): void {
  const zone = instance.zoneName ?? firstZone(cloud)
  const planted = cloud.createInstance({
    ...given(instance.id, instance.createTime),
    name: instance.name ?? 'instance',
    zone,
    group: '',
    state: instanceState(instance.status ?? 'Running'),
    detail: merged(newInstanceDetail(), {
      paidUntil: paidUntil(cloud, instance),
      tags: toTags(instance.tags),
      paymentTiming: instance.paymentTiming,
      imageId: instance.imageId,
      instanceType: instance.instanceType,
      spec: instance.spec,
      cpuCount: instance.cpuCount,
      memoryGiB: instance.memoryCapacityInGB,
      cardCount: instance.cardCount,
      localDiskGiB: instance.localDiskSizeInGB,
      internalIp: instance.internalIp,
      publicIp: instance.publicIp,
      subnetId: instance.subnetId,
      vpcId: instance.vpcId,
      deletionProtection: instance.deletionProtection,
      autoRenew: instance.autoRenew
    })
  })
  if (withSystem.has(planted.id)) return
  const { id, name, diskSizeInGB, storageType } = instance.systemVolume ?? {}
  addSystemVolume(cloud, planted, {
    id,
    name,
    sizeGiB: diskSizeInGB,
    storageType
  })
}

function plantPolicy(cloud: BaiduCloud, policy: PolicySeed): void {
  const weekdays = toNumbers(policy.repeatWeekdays)
  const updatedAt = orNull(policy.updatedTime ?? policy.createdTime) ?? cloud.now
  cloud.createPolicy({
    ...given(policy.id, policy.createdTime),
    name: policy.name,
    zone: '',
    group: '',
    hours: toNumbers(policy.timePoints),
    weekdays: toWeekdays(weekdays),
    utcOffsetMinutes: toOffsetMinutes(policy.utcOffset ?? cloud.setting('baidu.utcOffset')),
    retentionDays: policy.retentionDays === -1 ? null : policy.retentionDays,
    detail: { updatedAt, weekdays }
  })
}

function plantVolume(cloud: BaiduCloud, volume: VolumeSeed): void {
  const instance = volume.instanceId === undefined ? undefined : cloud.findInstance(volume.instanceId)
  const policy = volume.autoSnapshotPolicyId === undefined ? undefined : cloud.findPolicy(volume.autoSnapshotPolicyId)
  const kind = volume.type ?? 'Cds'
  const device = kind === 'System' ? SYSTEM_DEVICE : instance && freeDevice(cloud, instance)
  const detail = {
    ...newDetail(),
    description: volume.desc ?? '',
    storageType: volume.storageType ?? 'hp1',
    extraIo: volume.cdsExtraIo ?? 0,
    paymentTiming: volume.paymentTiming ?? 'Postpaid',
    paidUntil: paidUntil(cloud, volume),
    autoRenewal: volume.autoRenew ? { unit: volume.autoRenew.renewTimeUnit, time: volume.autoRenew.renewTime } : null,
    sourceSnapshotId: volume.sourceSnapshotId ?? null,
    shareSnapshotId: volume.shareSnapshotId ?? null,
    tags: toTags(volume.tags),
    resourceGroups: volume.resGroupIds ?? [],
    encrypted: volume.encrypted ?? volume.encryptKey !== undefined,
    encryptKey: volume.encryptKey ?? '',
    clusterId: volume.clusterId ?? '',
    productCategory: volume.productCategory ?? 'BCC',
    deleteProtection: volume.enableDeleteProtection ?? false,
    deleteWithInstance: volume.deleteWithInstance ?? false,
    deleteAutoSnapshot: volume.deleteAutoSnapshot ?? false,
    device: volume.device ?? device ?? '',
    attachedAt: instance ? (orNull(volume.attachTime ?? volume.createTime) ?? cloud.now) : null,
    chainId: volume.chainId ?? null,
    chainTags: toTags(volume.chainTags),
    listed: kind !== 'Ephemeral',
    statusWord: volume.status === 'ImageProcessing' ? volume.status : null
  }
  cloud.createVolume({
    ...given(volume.id, volume.createTime),
    name: volume.name ?? 'volume',
    zone: instance?.zone ?? volume.zoneName ?? firstZone(cloud),
    kind,
    group: '',
    sizeGiB: volume.diskSizeInGB ?? DATA_SIZE_GIB,
    activity: ACTIVITY_OF[volume.status ?? 'Available'],
    instanceN: instance?.n,
    policyN: policy?.n,
    detail
  })
}

function plantSnapshot(cloud: BaiduCloud, snapshot: SnapshotSeed): void {
  const volume = snapshot.volumeId === undefined ? undefined : cloud.findVolume(snapshot.volumeId)
  const policy =
    snapshot.autoSnapshotPolicyId === undefined ? undefined : cloud.findPolicy(snapshot.autoSnapshotPolicyId)
  const origin = ORIGIN_OF[snapshot.createMethod ?? 'MANUAL']
  const planted = {
    ...given(snapshot.id, snapshot.createTime),
    name: snapshot.name ?? 'snapshot',
    expiresAt: orNull(snapshot.expireTime),
    origin,
    state: STATE_OF[snapshot.status ?? 'Available'],
    sizeGiB: snapshot.sizeInGB,
    zone: snapshot.zoneName,
    policyN: policy?.n,
    firedAt: policy && (orNull(snapshot.createTime) ?? cloud.now),
    detail: {
      desc: snapshot.desc ?? '',
      encrypted: snapshot.encrypted ?? volume?.detail.encrypted ?? false,
      package: snapshot.package ?? false,
      templateId: snapshot.templateId ?? null,
      insnapId: snapshot.insnapId ?? null
    }
  }
  if (volume) cloud.startSnapshot(volume, planted)
  else plantCopy(cloud, planted)
}

/** A copy came from a snapshot of another region: one is made for it and goes again. */
function plantCopy(cloud: BaiduCloud, copy: Parameters<BaiduCloud['copySnapshot']>[1]): void {
  const volume = cloud.createVolume({
    name: 'elsewhere',
    zone: copy.zone ?? firstZone(cloud),
    kind: 'Cds',
    group: '',
    sizeGiB: copy.sizeGiB ?? DATA_SIZE_GIB,
    activity: 'idle',
    detail: newDetail()
  })
  const source = cloud.startSnapshot(volume, { ...copy, id: `${copy.id ?? ''}#`, origin: 'manual', state: 'available' })
  cloud.copySnapshot(source, copy)
  cloud.dropSnapshot(source)
  cloud.releaseVolume(volume)
}

function plantShare(cloud: BaiduCloud, share: NonNullable<Section['shares']>[number]): void {
  const source = cloud.findSnapshot(share.sourceSnapshotId)
  if (!source) return
  cloud.addItem('share', {
    ...given(share.snapshotId, share.shareTime),
    detail: {
      snapshotId: source.id,
      accountId: share.accountId,
      name: source.name,
      desc: source.detail.desc,
      sizeGiB: source.sizeGiB
    }
  })
}
