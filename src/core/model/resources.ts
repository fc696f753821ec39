/**
 * The resources of one provider in one world, as the core sees them. Instants are epoch milliseconds, sizes GiB.
 * What the core does not read lies in `detail`, which the provider types and the core hands back unread.
 */

/** What a volume is busy with; `idle` is attached or not, by `instanceN`. The last four come from a seed or a failure. */
export const VOLUME_ACTIVITIES = [
  'idle',
  'creating',
  'attaching',
  'detaching',
  'resizing',
  'snapshotting',
  'rolling-back',
  'charging',
  'recycling',
  'recycled',
  'releasing',
  'failed',
  'expired',
  'error',
  'unavailable'
] as const
export type VolumeActivity = (typeof VOLUME_ACTIVITIES)[number]

export const SNAPSHOT_STATES = ['creating', 'available', 'failed', 'rolling-back', 'deleting', 'unavailable'] as const
export type SnapshotState = (typeof SNAPSHOT_STATES)[number]

/** States of an instance that end by themselves. */
export const TIMED_INSTANCE_STATES = ['starting', 'stopping', 'rebooting'] as const
export type TimedInstanceState = (typeof TIMED_INSTANCE_STATES)[number]
/** `running`, `stopped` and the timed ones are the core's words; any other is the provider's own, from a seed. */
export type InstanceState = string

/** `copy` is a snapshot that came from another region: it has no volume. */
export type Origin = 'manual' | 'policy' | 'copy'

/** What falls due and happens is told of these. */
export type ResourceKind = 'volume' | 'snapshot' | 'instance' | 'policy'

export type SettingValue = boolean | number | string | null

/** What a provider keeps in `detail`, and the settings it declares. */
export interface Shapes {
  readonly volume: object
  readonly snapshot: object
  readonly policy: object
  readonly instance: object
  /** Kind of record → its detail: zones, resource groups, shares and the like, which the core only stores. */
  readonly records: Readonly<Record<string, object>>
  readonly settings: Readonly<Record<string, SettingValue>>
}

/** What a volume's running activity will leave behind when it ends. */
export interface Pending {
  readonly sizeGiB?: number | undefined
  /** The instance that the volume is attached to afterwards. */
  readonly instanceN?: number | undefined
  /** Members that replace those of `detail`. */
  readonly detail?: object | undefined
  /** The content marker that a rollback brings back. */
  readonly contentHash?: string | null | undefined
}

export interface Volume<D = object> {
  readonly n: number
  readonly id: string
  readonly name: string
  readonly zone: string
  /** The provider's word that lists filter on: system or data disk. */
  readonly kind: string
  /** Id of the resource group, '' where the provider has none. */
  readonly group: string
  readonly sizeGiB: number
  readonly createdAt: number
  /** Set from the start of attaching to the end of detaching. */
  readonly instanceN: number | null
  readonly activity: VolumeActivity
  readonly activityEndsAt: number | null
  readonly pending: Pending | null
  readonly policyN: number | null
  readonly manualCount: number
  readonly autoCount: number
  readonly contentHash: string | null
  /** Set once it is released; the row stays while snapshots name it. */
  readonly goneAt: number | null
  readonly detail: D
}

export interface Snapshot<D = object> {
  readonly n: number
  readonly id: string
  readonly name: string
  /** 0 for a copy from another region. */
  readonly volumeN: number
  /** Zone, kind, group and size are the volume's at creation, never changed by it later. */
  readonly zone: string
  readonly kind: string
  readonly group: string
  readonly sizeGiB: number
  readonly origin: Origin
  readonly policyN: number | null
  /** The policy's instant that made it. */
  readonly firedAt: number | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly state: SnapshotState
  readonly stateEndsAt: number | null
  readonly contentHash: string | null
  readonly detail: D
}

export interface Policy<D = object> {
  readonly n: number
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly group: string
  readonly createdAt: number
  /** 0 = Sunday … 6 = Saturday, ascending, no duplicates. */
  readonly weekdays: readonly number[]
  /** 0 to 23, ascending, no duplicates. */
  readonly hours: readonly number[]
  readonly utcOffsetMinutes: number
  /** null: for ever. */
  readonly retentionDays: number | null
  /** null while it has no volumes. */
  readonly firesAt: number | null
  readonly lastFiredAt: number | null
  readonly volumeCount: number
  readonly goneAt: number | null
  readonly detail: D
}

export interface Instance<D = object> {
  readonly n: number
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly group: string
  readonly createdAt: number
  readonly state: InstanceState
  readonly stateEndsAt: number | null
  readonly detail: D
}

export interface Item<D = object> {
  readonly n: number
  readonly id: string
  readonly createdAt: number
  readonly detail: D
}

/** How a list filters names. All are case-sensitive; `matches` is an RE2 pattern that is searched for anywhere. */
export type NameFilter =
  | { readonly is: string }
  | { readonly startsWith: string }
  | { readonly contains: string }
  | { readonly matches: string }

/** Conditions on `detail` of any list: members equal to a value, and tags, which lie there as `[[key, value], …]`. */
export interface DetailFilter {
  /** Stands in the id or the name, in whatever case. */
  readonly text?: string | undefined
  readonly detail?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  readonly tagKeys?: readonly string[] | undefined
  readonly tags?: readonly (readonly [key: string, value: string])[] | undefined
}

export interface VolumeFilter extends DetailFilter {
  readonly ids?: readonly string[] | undefined
  readonly name?: NameFilter | undefined
  readonly zones?: readonly string[] | undefined
  readonly kind?: string | undefined
  readonly group?: string | undefined
  readonly instanceN?: number | undefined
  readonly policyN?: number | undefined
  readonly activities?: readonly VolumeActivity[] | undefined
  /** true: attached to an instance. */
  readonly attached?: boolean | undefined
}

export interface SnapshotFilter extends DetailFilter {
  readonly ids?: readonly string[] | undefined
  readonly name?: NameFilter | undefined
  readonly zone?: string | undefined
  readonly kind?: string | undefined
  readonly group?: string | undefined
  readonly state?: SnapshotState | undefined
  readonly origins?: readonly Origin[] | undefined
  readonly volumeNs?: readonly number[] | undefined
  /** Also of volumes that are gone. */
  readonly volumeIds?: readonly string[] | undefined
  readonly policyN?: number | undefined
}

export interface PolicyFilter extends DetailFilter {
  readonly ids?: readonly string[] | undefined
  readonly name?: NameFilter | undefined
  readonly zones?: readonly string[] | undefined
  readonly group?: string | undefined
  /** A bound volume's name must match. */
  readonly volumeName?: NameFilter | undefined
}

export interface InstanceFilter extends DetailFilter {
  readonly ids?: readonly string[] | undefined
  readonly name?: NameFilter | undefined
  readonly zone?: string | undefined
  readonly group?: string | undefined
  readonly state?: InstanceState | undefined
}

/** A page by number: newest first. */
export interface Page<T> {
  readonly rows: readonly T[]
  /** All matches, before paging. */
  readonly total: number
}
export interface Window {
  readonly offset: number
  readonly limit: number
}
/** Where something stands in a list that is oldest first. */
export interface Place {
  readonly n: number
  readonly createdAt: number
}
/** A page by marker: oldest first, from `from` on, which belongs to it. */
export interface MarkerWindow {
  readonly from?: Place | undefined
  readonly limit: number
}
