import type { Why } from '../../../core/model/journal.ts'
import type { ApiError } from '../../provider.ts'
import type {
  AutoRenewal,
  BaiduCloud,
  BaiduInstance,
  BaiduPolicy,
  BaiduSnapshot,
  BaiduVolume,
  PaymentTiming,
  Tags
} from '../rules/shapes.ts'
import { isSteady, snapshotRefusal } from '../rules/states.ts'
import { zonesOf } from '../wire/lookups.ts'
import { instanceInState, snapshotInState, unknown, unknownPlace, why } from '../wire/reasons.ts'
import { reservedUntil } from './billing.ts'
import { DISK_SIZES } from './catalogues.ts'
import { freeDevice, newDetail } from './volumes.ts'

/** What every form of CreateVolume comes to: ids of things, payment settled, defaults in place. */
export interface VolumeOrder {
  readonly sizeGiB?: number | undefined
  readonly snapshotId?: string | undefined
  readonly shareSnapshotId?: string | undefined
  readonly instanceId?: string | undefined
  readonly policyId?: string | undefined
  readonly zoneName?: string | undefined
  readonly name?: string | undefined
  readonly description: string
  readonly storageType: string
  readonly count: number
  readonly payment: PaymentTiming
  readonly months: number
  readonly autoRenewal: AutoRenewal | null
  readonly extraIo: number
  readonly encryptKey: string
  readonly clusterId: string
  readonly tags: Tags
  readonly resourceGroups: readonly string[]
  readonly deleteProtection: boolean
  readonly deleteWithInstance: boolean
  readonly deleteAutoSnapshot: boolean
  /** SyncCreateVolume: at rest when the call returns. */
  readonly atOnce: boolean
}
type Fail = (code: 'BadRequest' | 'NoSuchObject' | 'OperationDenied', why?: Why) => ApiError

/** What an order names, all of it there. */
interface Parts {
  readonly source: BaiduSnapshot | undefined
  readonly instance: BaiduInstance | undefined
  readonly policy: BaiduPolicy | undefined
}

/**
 * The size by itself, then existence, then type, zone and size, then state (baidu.md 5). `newInstance` is one that is made
 * in the same call: volumes come with it whatever its status.
 */
export function placeOrder(
  cloud: BaiduCloud,
  order: VolumeOrder,
  fail: Fail,
  newInstance?: BaiduInstance
): readonly BaiduVolume[] {
  checkSize(order, fail)
  const named = partsOf(cloud, order, fail)
  const parts = newInstance ? { ...named, instance: newInstance } : named
  const sizeGiB = sizeOf(order, parts.source, fail)
  const zone = zoneOf(cloud, order, parts, fail)
  const { source, instance } = parts
  const refusal = source && snapshotRefusal('CreateVolume', source)
  if (refusal) throw fail(refusal, snapshotInState('body.snapshotId', source))
  if (instance && instance !== newInstance && !isSteady(instance))
    throw fail('OperationDenied', instanceInState('body.instanceId', instance))
  return Array.from({ length: order.count }, () => createOne(cloud, order, parts, sizeGiB, zone))
}

function partsOf(cloud: BaiduCloud, order: VolumeOrder, fail: Fail): Parts {
  const found = <T>(id: string | undefined, find: (id: string) => T | undefined): T | undefined => {
    if (id === undefined) return undefined
    const thing = find(id)
    if (thing === undefined) throw fail('NoSuchObject', unknown('body', id))
    return thing
  }
  // Cloud: a policy named here is bound although the volume is not in use (baidu.md 5.1.6).
  return {
    source:
      found(order.snapshotId, (id) => cloud.findSnapshot(id)) ??
      found(order.shareSnapshotId, (id) => {
        const share = cloud.findItem('share', id)
        return share && cloud.findSnapshot(share.detail.snapshotId)
      }),
    instance: found(order.instanceId, (id) => cloud.findInstance(id)),
    policy: found(order.policyId, (id) => cloud.findPolicy(id))
  }
}

/** Wrong whatever else the order names. */
function checkSize({ sizeGiB, snapshotId, shareSnapshotId }: VolumeOrder, fail: Fail): void {
  const { min, max } = DISK_SIZES
  const isFine =
    sizeGiB === undefined ? (snapshotId ?? shareSnapshotId) !== undefined : sizeGiB >= min && sizeGiB <= max
  if (!isFine) throw fail('BadRequest', why('body', `The size must be ${min} to ${max} GB, or that of a snapshot.`))
}

function sizeOf({ sizeGiB }: VolumeOrder, source: BaiduSnapshot | undefined, fail: Fail): number {
  if (source?.kind === 'System') {
    throw fail('BadRequest', why('body.snapshotId', 'A snapshot of a system disk makes no data disk.'))
  }
  const least = source?.sizeGiB ?? DISK_SIZES.min
  // Cloud: the page wants a size that is not smaller than the snapshot, meta ignores it (baidu.md 5.3.1).
  if (sizeGiB !== undefined && sizeGiB < least) {
    throw fail('BadRequest', why('body', `The snapshot has ${least} GB: the size must not be smaller.`))
  }
  return sizeGiB ?? least
}

function zoneOf(cloud: BaiduCloud, { zoneName }: VolumeOrder, { source, instance }: Parts, fail: Fail): string {
  const zones = zonesOf(cloud)
  if (zoneName !== undefined && !zones.includes(zoneName)) {
    throw fail('BadRequest', unknownPlace('body.zoneName', zoneName, zones))
  }
  const zone = zoneName ?? instance?.zone ?? (source && zones.find((name) => name === source.zone)) ?? zones[0]
  if (zone === undefined) throw fail('BadRequest', why('body.zoneName', 'This world has no zones.'))
  if (instance && instance.zone !== zone) {
    throw fail('BadRequest', why('body.zoneName', `The instance is in ${instance.zone}.`))
  }
  return zone
}

function createOne(
  cloud: BaiduCloud,
  order: VolumeOrder,
  { source, instance, policy }: Parts,
  sizeGiB: number,
  zone: string
): BaiduVolume {
  const fresh = newDetail()
  const volume = cloud.createVolume({
    name: order.name ?? '',
    zone,
    kind: 'Cds',
    group: '',
    sizeGiB,
    contentHash: source?.contentHash ?? null,
    policyN: policy?.n,
    activity: order.atOnce ? 'idle' : undefined,
    instanceN: order.atOnce ? instance?.n : undefined,
    attachTo: order.atOnce ? undefined : instance?.n,
    detail: {
      ...fresh,
      description: order.description,
      storageType: order.storageType,
      extraIo: order.extraIo,
      paymentTiming: order.payment,
      paidUntil: order.payment === 'Prepaid' ? reservedUntil(cloud.now, order.months) : null,
      autoRenewal: order.autoRenewal,
      sourceSnapshotId: source?.id ?? null,
      shareSnapshotId: order.shareSnapshotId ?? null,
      tags: order.tags,
      resourceGroups: order.resourceGroups,
      encrypted: order.encryptKey !== '' || (source?.detail.encrypted ?? false),
      encryptKey: order.encryptKey,
      clusterId: order.clusterId,
      deleteProtection: order.deleteProtection,
      deleteWithInstance: order.deleteWithInstance,
      deleteAutoSnapshot: order.deleteAutoSnapshot,
      device: instance ? freeDevice(cloud, instance) : fresh.device,
      attachedAt: instance ? cloud.now : fresh.attachedAt
    }
  })
  // Cloud: what an unnamed volume is called is unknown; it is called by its id.
  return order.name === undefined ? cloud.changeVolume(volume, { name: volume.id }) : volume
}

/** Snapshots of a volume that go when it goes. */
export function dropSnapshots(cloud: BaiduCloud, volume: BaiduVolume, origin: 'manual' | 'policy'): void {
  const all = { limit: Number.MAX_SAFE_INTEGER }
  for (const snapshot of cloud.snapshotsFrom({ volumeNs: [volume.n], origins: [origin] }, all)) {
    cloud.dropSnapshot(snapshot)
  }
}
