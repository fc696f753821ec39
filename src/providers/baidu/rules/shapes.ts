import type { Cloud } from '../../../core/model/cloud.ts'
import type { Instance, Policy, Shapes, Snapshot, Volume } from '../../../core/model/resources.ts'
import type { BaiduSettings } from './settings.ts'

/** Tags lie as pairs, so that the core's lists can filter on them. */
export type Tags = readonly (readonly [key: string, value: string])[]
export type PaymentTiming = 'Prepaid' | 'Postpaid'
export interface AutoRenewal {
  readonly unit: string
  readonly time: number
}

/** What only Baidu knows of a volume; every member is always there. */
export interface VolumeDetail {
  readonly description: string
  /** v2's word, as it was given: `ssd` stays `ssd` (baidu.md 4.9). */
  readonly storageType: string
  readonly extraIo: number
  readonly paymentTiming: PaymentTiming
  /** When a prepaid volume's reservation ends; null for a postpaid one. */
  readonly paidUntil: number | null
  readonly autoRenewal: AutoRenewal | null
  readonly sourceSnapshotId: string | null
  readonly shareSnapshotId: string | null
  readonly tags: Tags
  readonly resourceGroups: readonly string[]
  readonly encrypted: boolean
  readonly encryptKey: string
  readonly clusterId: string
  readonly deleteProtection: boolean
  readonly deleteWithInstance: boolean
  readonly deleteAutoSnapshot: boolean
  readonly productCategory: string
  /** Where its instance sees it, and since when; '' and null while it is not attached. */
  readonly device: string
  readonly attachedAt: number | null
  /** Literal id of its snapshot chain, from a seed; null: made of the volume's number. */
  readonly chainId: string | null
  readonly chainTags: Tags
  /** Local disks are in no list (baidu.md 5.3.2). */
  readonly listed: boolean
  /** A status that no activity of the core stands for (`ImageProcessing`), from a seed. */
  readonly statusWord: string | null
}

export interface SnapshotDetail {
  readonly desc: string
  readonly encrypted: boolean
  readonly package: boolean
  readonly templateId: string | null
  readonly insnapId: string | null
}

export interface PolicyDetail {
  readonly updatedAt: number
  /** As it was given: a 7 stays 7, where the core has 0 (baidu.md 4.1). */
  readonly weekdays: readonly number[]
}

export interface InstanceDetail {
  readonly imageId: string
  readonly instanceType: string
  /** '' for an instance that was made without one: then none is shown (baidu.md 4.10). */
  readonly spec: string
  readonly cpuCount: number
  readonly memoryGiB: number
  /** As text, as it was sent; a row that an older version wrote has none. */
  readonly cardCount?: string
  readonly localDiskGiB: number
  readonly paymentTiming: PaymentTiming
  readonly paidUntil: number | null
  readonly internalIp: string
  readonly publicIp: string
  readonly subnetId: string
  readonly vpcId: string
  readonly deletionProtection: number
  readonly autoRenew: boolean
  readonly tags: Tags
}

/** Type aliases here and in settings.ts: an interface has no index signature, which the core's `Shapes` asks for. */
export type Records = {
  /** Its id is the zone's name. */
  readonly zone: object
  /** One account that one snapshot is shared with. Name and size outlive the snapshot. */
  readonly share: ShareDetail
}
export interface ShareDetail {
  readonly snapshotId: string
  readonly accountId: string
  readonly name: string
  readonly desc: string
  readonly sizeGiB: number
}

export interface BaiduShapes extends Shapes {
  readonly volume: VolumeDetail
  readonly snapshot: SnapshotDetail
  readonly policy: PolicyDetail
  readonly instance: InstanceDetail
  readonly records: Records
  readonly settings: BaiduSettings
}

export type BaiduCloud = Cloud<BaiduShapes>
export type BaiduVolume = Volume<VolumeDetail>
export type BaiduSnapshot = Snapshot<SnapshotDetail>
export type BaiduPolicy = Policy<PolicyDetail>
export type BaiduInstance = Instance<InstanceDetail>
