import { createHash } from 'node:crypto'
import type { Schedule } from '../../../core/model/cloud.ts'
import type { MarkerWindow } from '../../../core/model/resources.ts'
import { fromInstantInSeconds } from '../../../documents/instants.ts'
import type { BaiduCloud, BaiduInstance, BaiduPolicy, BaiduSnapshot, BaiduVolume, Tags } from '../rules/shapes.ts'
import { instanceStatus, SHOWN_ACTIVITIES, snapshotStatus, volumeStatus } from '../rules/states.ts'
import type { InstanceWire, PolicyInVolumeWire, PolicyWire, SnapshotWire, VolumeV3Wire, VolumeWire } from './schemas.ts'

/** `YYYY-MM-DDThh:mm:ssZ` (baidu.md 1.7). */
export const fromInstant = fromInstantInSeconds
/** A time that has not happened (baidu.md 1.7). */
export const NEVER = '1971-01-01T00:00:01Z'

/** Room for the id of the request, which the protocol writes there. */
export const REQUEST_ID = ''

/** A number that no row has: what an unknown id filters by. */
export const NOTHING = -1

export function fromTags(tags: Tags): { tagKey: string; tagValue: string }[] {
  return tags.map(([tagKey, tagValue]) => ({ tagKey, tagValue }))
}
export function toTags(tags: readonly { readonly tagKey: string; readonly tagValue?: string }[] = []): Tags {
  return boundTags(
    [],
    tags.map((tag) => [tag.tagKey, tag.tagValue ?? ''])
  )
}
/** A key that is already bound gets the new value. */
export function boundTags(tags: Tags, added: Tags): Tags {
  return [...new Map([...tags, ...added])]
}
/** A pair that is not bound is ignored. */
export function unboundTags(tags: Tags, gone: Tags): Tags {
  return tags.filter(([key, value]) => !gone.some((other) => other[0] === key && other[1] === value))
}

const PAGE_MAX = 1000
/** The page size that is used: 1000 unless fewer are asked for. */
export function pageSizeOf(maxKeys: number | undefined, most = PAGE_MAX, usual = most): number {
  return Math.min(maxKeys ?? usual, most)
}
/** From the marker on, which belongs to the page, and one more that tells whether anything follows. */
export function windowOf(from: MarkerWindow['from'], pageSize: number): MarkerWindow {
  return { from, limit: pageSize + 1 }
}
export function envelopeOf(
  marker: string | undefined,
  pageSize: number,
  rows: readonly { readonly id: string }[]
): { marker: string; isTruncated: boolean; nextMarker: string | undefined; maxKeys: number } {
  const next = rows[pageSize]
  return {
    marker: marker ?? '',
    isTruncated: next !== undefined,
    nextMarker: next?.id,
    maxKeys: pageSize
  }
}

type Numbers = readonly (number | string)[]
function ascending(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((one, other) => one - other)
}
/** Numbers of a policy, sent as text or not (baidu.md 7.1): ascending, without duplicates. */
export function toNumbers(values: Numbers): number[] {
  return ascending(values.map(Number))
}
/** The core's Sunday is 0 only; a policy may say 7 too. */
export function toWeekdays(weekdays: readonly number[]): Schedule['weekdays'] {
  return ascending(weekdays.map((day) => day % 7))
}
export function toRetention(days: number | string): number | null {
  return Number(days) === -1 ? null : Number(days)
}
/** `+08:00` → 480. */
export function toOffsetMinutes(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  const [hours, minutes] = text.slice(1).split(':')
  return sign * (Number(hours) * 60 + Number(minutes))
}
export function fromOffsetMinutes(offset: number): string {
  const minutes = Math.abs(offset)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
export function offsetOf(cloud: BaiduCloud): number {
  return toOffsetMinutes(cloud.setting('baidu.utcOffset'))
}

export function policyInVolume(policy: BaiduPolicy): PolicyInVolumeWire {
  return {
    id: policy.id,
    name: policy.name,
    timePoints: [...policy.hours],
    repeatWeekdays: [...policy.detail.weekdays],
    retentionDays: policy.retentionDays ?? -1,
    // Cloud: no API pauses a policy, and a deleted one is gone (baidu.md 6.3).
    status: 'active'
  }
}
export function policyOut(policy: BaiduPolicy): PolicyWire {
  return {
    ...policyInVolume(policy),
    createdTime: fromInstant(policy.createdAt),
    updatedTime: fromInstant(policy.detail.updatedAt),
    deletedTime: NEVER,
    lastExecuteTime: policy.lastFiredAt === null ? NEVER : fromInstant(policy.lastFiredAt),
    volumeCount: policy.volumeCount
  }
}

const CREATE_METHODS = { manual: 'MANUAL', policy: 'auto', copy: 'MIGRATION' } as const

/** A page of snapshots, each volume looked up once. */
export function snapshotsOut(cloud: BaiduCloud, snapshots: readonly BaiduSnapshot[]): SnapshotWire[] {
  const volumes = new Map([...new Set(snapshots.map(({ volumeN }) => volumeN))].map((n) => [n, cloud.volumeOf(n)]))
  return snapshots.map((snapshot) => snapshotOut(cloud, snapshot, volumes.get(snapshot.volumeN)))
}

export function snapshotOut(
  cloud: BaiduCloud,
  snapshot: BaiduSnapshot,
  volume = snapshot.volumeN === 0 ? undefined : cloud.volumeOf(snapshot.volumeN)
): SnapshotWire {
  const { desc, encrypted, package: isPackage, templateId, insnapId } = snapshot.detail
  const tags = volume?.detail.chainTags ?? []
  return {
    id: snapshot.id,
    name: snapshot.name,
    sizeInGB: snapshot.sizeGiB,
    createTime: fromInstant(snapshot.createdAt),
    status: snapshotStatus(snapshot),
    createMethod: CREATE_METHODS[snapshot.origin],
    // Cloud: a released volume's snapshots stay without their link to it (baidu.md 5.3.6).
    volumeId: volume && isShown(volume) ? volume.id : undefined,
    desc: desc || undefined,
    expireTime: snapshot.expiresAt === null ? undefined : fromInstant(snapshot.expiresAt),
    package: isPackage,
    templateId: templateId ?? undefined,
    insnapId: insnapId ?? undefined,
    encrypted,
    progress: progressOf(cloud, snapshot),
    tags: tags.length > 0 ? fromTags(tags) : undefined
  }
}
/** Percent as text; the format is unknown (Q27). */
function progressOf(cloud: BaiduCloud, { state, createdAt, stateEndsAt }: BaiduSnapshot): string {
  if (state !== 'creating') return state === 'failed' ? '0' : '100'
  const lengthMs = (stateEndsAt ?? createdAt) - createdAt
  return lengthMs <= 0 ? '0' : String(Math.min(99, Math.floor((100 * (cloud.now - createdAt)) / lengthMs)))
}

/** Whether a volume can be found: it is neither gone nor in the recycle bin. */
export function isShown(volume: BaiduVolume): boolean {
  return volume.goneAt === null && SHOWN_ACTIVITIES.includes(volume.activity)
}

/** `cn-bj-a` lies in `bj`. */
export function regionOf(zone: string): string {
  return zone.split('-')[1] ?? zone
}

/** The serial that the guest sees: the first 20 characters of a UUID (baidu.md 4.6), here one made of the id. */
export function serialOf(volumeId: string): string {
  const hex = createHash('sha256').update(volumeId).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${hex.slice(16, 17)}`
}

export function attachmentOf(cloud: BaiduCloud, volume: BaiduVolume): VolumeWire['attachments'][number] | undefined {
  const instance = volume.instanceN === null ? undefined : cloud.instanceOf(volume.instanceN)
  if (!instance) return undefined
  return { volumeId: volume.id, instanceId: instance.id, device: volume.detail.device, serial: serialOf(volume.id) }
}

function volumeMembers({ createdAt, zone, detail }: BaiduVolume) {
  return {
    storageType: detail.storageType,
    paymentTiming: detail.paymentTiming,
    createTime: fromInstant(createdAt),
    expireTime: detail.paidUntil === null ? null : fromInstant(detail.paidUntil),
    zoneName: zone,
    sourceSnapshotId: detail.sourceSnapshotId ?? '',
    tags: fromTags(detail.tags),
    enableAutoRenew: detail.autoRenewal !== null,
    autoRenewTime: detail.autoRenewal?.time ?? 0,
    encrypted: detail.encrypted
  }
}

export function volumeOut(cloud: BaiduCloud, volume: BaiduVolume): VolumeWire {
  const { detail } = volume
  const policy = volume.policyN === null ? undefined : cloud.policyOf(volume.policyN)
  const attachment = attachmentOf(cloud, volume)
  return {
    ...volumeMembers(volume),
    id: volume.id,
    volumeId: volume.id,
    name: volume.name,
    desc: detail.description,
    description: detail.description || undefined,
    type: volume.kind,
    isSystemVolume: volume.kind === 'System',
    diskSizeInGB: volume.sizeGiB,
    cdsExtraIo: detail.extraIo > 0 ? detail.extraIo : undefined,
    status: volumeStatus(volume),
    regionId: regionOf(volume.zone),
    attachments: attachment ? [attachment] : [],
    shareSnapshotId: detail.shareSnapshotId ?? undefined,
    snapshotNum: String(volume.manualCount + volume.autoCount),
    autoSnapshotPolicy: policy ? policyInVolume(policy) : null,
    autoSnapshotPolicyInfos: policy && [policyInVolume(policy)],
    // Cloud: the Go SDK's own tests name a group that does not exist, so the id is the best name that is known.
    resGroupInfos: detail.resourceGroups.map((groupId) => ({ groupId, groupName: groupId })),
    encryptKey: detail.encryptKey || undefined,
    clusterId: detail.clusterId || undefined,
    productCategory: detail.productCategory,
    enableDeleteProtection: detail.deleteProtection,
    deleteWithInstance: detail.deleteWithInstance,
    deleteAutoSnapshot: detail.deleteAutoSnapshot
  }
}

/** v3's names of storage types; all others are the same in both (baidu.md 7.5). */
const STORAGE_V3: readonly (readonly [v2: string, v3: string])[] = [
  ['hp1', 'Cloud_Premium'],
  ['cloud_hp1', 'Cloud_SSD_General']
]
function toStorageV3(v2: string): string {
  return STORAGE_V3.find((pair) => pair[0] === v2)?.[1] ?? v2
}
export function fromStorageV3(v3: string): string {
  return STORAGE_V3.find((pair) => pair[1] === v3)?.[0] ?? v3
}

export function volumeV3Out(cloud: BaiduCloud, volume: BaiduVolume): VolumeV3Wire {
  const { detail } = volume
  const attachment = attachmentOf(cloud, volume)
  const attachTime = fromInstant(detail.attachedAt ?? volume.createdAt)
  return {
    ...volumeMembers(volume),
    storageType: toStorageV3(detail.storageType),
    volumeId: volume.id,
    volumeName: volume.name,
    volumeSizeInGB: volume.sizeGiB,
    volumeStatus: volumeStatus(volume),
    volumeType: volume.kind === 'System' ? 'SYSTEM' : 'DATA',
    description: detail.description,
    region: regionOf(volume.zone),
    snapshotCount: volume.manualCount + volume.autoCount,
    autoSnapshotPolicyId: (volume.policyN === null ? undefined : cloud.policyOf(volume.policyN)?.id) ?? '',
    volumeAttachments: attachment ? [{ instanceId: attachment.instanceId, device: attachment.device, attachTime }] : []
  }
}

/** An instance with so many volumes is shown with the first of them. */
const VOLUMES_SHOWN = 100

export function instanceOut(cloud: BaiduCloud, instance: BaiduInstance): InstanceWire {
  const { detail } = instance
  const volumes = cloud.volumesFrom({ instanceN: instance.n }, { limit: VOLUMES_SHOWN })
  return {
    id: instance.id,
    name: instance.name,
    status: instanceStatus(instance),
    instanceType: detail.instanceType,
    spec: detail.spec || undefined,
    zoneName: instance.zone,
    paymentTiming: detail.paymentTiming,
    createTime: fromInstant(instance.createdAt),
    expireTime: detail.paidUntil === null ? undefined : fromInstant(detail.paidUntil),
    internalIp: detail.internalIp,
    publicIp: detail.publicIp,
    cpuCount: detail.cpuCount,
    memoryCapacityInGB: detail.memoryGiB,
    // Cloud: without it, or as a number, Terraform never comes to an empty plan (baidu.md 4.10).
    cardCount: detail.cardCount ?? '0',
    localDiskSizeInGB: detail.localDiskGiB,
    imageId: detail.imageId,
    placementPolicy: 'default',
    subnetId: detail.subnetId,
    vpcId: detail.vpcId,
    deletionProtection: detail.deletionProtection,
    autoRenew: detail.autoRenew,
    tags: fromTags(detail.tags),
    volumes: volumes.map((volume) => volumeOut(cloud, volume))
  }
}
