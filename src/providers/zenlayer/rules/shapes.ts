import type { Cloud } from '../../../core/model/cloud.ts'
import type { Instance, Policy, Shapes, Snapshot, Volume } from '../../../core/model/resources.ts'
import type { DISK_CATEGORIES } from '../wire/schemas.ts'

/** A tag as the core's list filters read it, from the member `tags` of a detail. */
export type TagPair = readonly [key: string, value: string]
/** What can carry tags. `tagTimes` says when each was set, in the order of `tags`. */
export interface Tagged {
  readonly tags: readonly TagPair[]
  readonly tagTimes: readonly number[]
}

export type DiskCategory = (typeof DISK_CATEGORIES)[number]
/** `open` and `missing` come from a seed only: the two order refusals of RenewDisk (zenlayer.md 5.19). */
export type OrderState = 'settled' | 'open' | 'missing'

export interface DiskDetail extends Tagged {
  readonly serial: string
  readonly category: DiskCategory
  readonly region: string
  readonly portable: boolean
  readonly bursting: boolean
  readonly snapshotAbility: boolean
  readonly order: OrderState
  /** Set by a seed only: reinstalling is an instance's affair. */
  readonly reinstalledAt: number | null
}
export interface SnapshotDetail {
  /** The very text that was sent: Terraform compares it (zenlayer.md 1.13). */
  readonly retentionTime: string | null
}
export interface PolicyDetail extends Tagged {}
export interface InstanceDetail extends Tagged {
  readonly instanceType: string | null
  readonly cpu: number
  readonly memory: number
  readonly imageId: string
  readonly imageName: string
  readonly timeZone: string
  readonly nicNetworkType: string
  readonly publicIpAddresses: readonly string[]
  readonly privateIpAddresses: readonly string[]
  readonly keyId: string | null
  readonly subnetId: string | null
  readonly securityGroupId: string | null
}

export interface ZoneDetail {
  readonly name: string
  readonly region: string
  readonly regionName: string
  readonly timeZone: string
  readonly cityName: string
  readonly cityCode: string
  readonly countryCode: string
  readonly countryName: string
  readonly snapshotSupport: boolean
}
export interface GroupDetail {
  readonly name: string
  /** Takes what names no group. */
  readonly isDefault: boolean
}

export type NotFoundCode = 'INVALID_DISK_NOT_FOUND' | 'OPERATION_FAILED_RESOURCE_NOT_FOUND'

// An alias, since interfaces don't fit an index signature.
export type ZenlayerSettings = {
  readonly 'zenlayer.recycleBin': boolean
  readonly 'zenlayer.diskNotFoundCode': NotFoundCode
  readonly 'zenlayer.instanceDiskLimit': number
  readonly 'zenlayer.snapshotQuota': number
  readonly 'zenlayer.attachDuringSnapshot': boolean
  readonly 'zenlayer.releaseKeepsSnapshots': boolean
  readonly 'zenlayer.plainMessages': boolean
}

export interface ZenlayerShapes extends Shapes {
  readonly volume: DiskDetail
  readonly snapshot: SnapshotDetail
  readonly policy: PolicyDetail
  readonly instance: InstanceDetail
  readonly records: { readonly zone: ZoneDetail; readonly resourceGroup: GroupDetail }
  readonly settings: ZenlayerSettings
}

export type ZenlayerCloud = Cloud<ZenlayerShapes>
export type DiskRow = Volume<DiskDetail>
export type SnapshotRow = Snapshot<SnapshotDetail>
export type PolicyRow = Policy<PolicyDetail>
export type InstanceRow = Instance<InstanceDetail>
