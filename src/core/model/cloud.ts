import type { Patch } from './patch.ts'
import type {
  Instance,
  InstanceFilter,
  InstanceState,
  Item,
  MarkerWindow,
  Origin,
  Page,
  Pending,
  Place,
  Policy,
  PolicyFilter,
  Shapes,
  Snapshot,
  SnapshotFilter,
  SnapshotState,
  Volume,
  VolumeActivity,
  VolumeFilter,
  Window
} from './resources.ts'
import type { IdKind } from './rules.ts'

/** A literal id, name and instant may be given by a seed; an operation leaves `id` and `createdAt` out. */
export interface NewVolume<S extends Shapes> {
  readonly id?: string | undefined
  readonly createdAt?: number | undefined
  readonly name: string
  readonly zone: string
  readonly kind: string
  readonly group: string
  readonly sizeGiB: number
  readonly detail: S['volume']
  /** Attached from the start: `creating`, then at rest on the instance. */
  readonly instanceN?: number | undefined
  /** Attached afterwards: `creating`, then `attaching`. */
  readonly attachTo?: number | undefined
  readonly policyN?: number | undefined
  /** The marker it starts with (a disk from a snapshot). */
  readonly contentHash?: string | null | undefined
  /** From a seed: at rest in this activity, instead of `creating`. */
  readonly activity?: VolumeActivity | undefined
  /** From a seed: when that activity ends; without, it doesn't. */
  readonly activityEndsAt?: number | undefined
}
export interface VolumeChange<S extends Shapes> {
  readonly name?: string | undefined
  readonly group?: string | undefined
  /** Members that replace those of `detail`. */
  readonly detail?: Patch<S['volume']> | undefined
}

export interface NewSnapshot<S extends Shapes> {
  readonly id?: string | undefined
  readonly createdAt?: number | undefined
  readonly name: string
  readonly expiresAt: number | null
  readonly detail: S['snapshot']
  /** Default manual. */
  readonly origin?: Origin | undefined
  readonly policyN?: number | undefined
  readonly firedAt?: number | undefined
  /** From a seed: in this state, instead of `creating`. */
  readonly state?: SnapshotState | undefined
  /** From a seed: what the volume was when it was made; default what the volume is now. */
  readonly zone?: string | undefined
  readonly kind?: string | undefined
  readonly group?: string | undefined
  readonly sizeGiB?: number | undefined
}
export interface SnapshotChange<S extends Shapes> {
  readonly name?: string | undefined
  /** null: kept for ever. */
  readonly expiresAt?: number | null | undefined
  readonly detail?: Patch<S['snapshot']> | undefined
}

export interface Schedule {
  readonly weekdays: readonly number[]
  readonly hours: readonly number[]
  readonly utcOffsetMinutes: number
  readonly retentionDays: number | null
}
export interface NewPolicy<S extends Shapes> extends Schedule {
  readonly id?: string | undefined
  readonly createdAt?: number | undefined
  readonly name: string
  readonly zone: string
  readonly group: string
  readonly detail: S['policy']
}
export interface PolicyChange<S extends Shapes> extends Patch<Schedule> {
  readonly name?: string | undefined
  readonly group?: string | undefined
  readonly detail?: Patch<S['policy']> | undefined
}

export interface NewInstance<S extends Shapes> {
  readonly id?: string | undefined
  readonly createdAt?: number | undefined
  readonly name: string
  readonly zone: string
  readonly group: string
  readonly detail: S['instance']
  /** From a seed: in this state, instead of `starting`, which becomes `running`. */
  readonly state?: InstanceState | undefined
}

export interface InstanceChange<S extends Shapes> {
  readonly name?: string | undefined
  readonly group?: string | undefined
  readonly detail?: Patch<S['instance']> | undefined
}

/** What a volume's snapshots come to. */
export interface VolumeSummary {
  readonly volumeN: number
  readonly manualCount: number
  readonly autoCount: number
  /** Sum of `sizeGiB`. */
  readonly sizeGiB: number
  /** Of the oldest. */
  readonly createdAt: number
}

/**
 * One provider's resources in one world: the verbs that operations use. All are synchronous and run inside the
 * transaction of the call. "Not found" is undefined. A verb asserts what its caller must have checked (a failed
 * assertion is our bug). A verb that changes something returns the row as it is afterwards; rows are values, never live.
 * With a delay of 0 the row is already in its final state.
 */
export interface Cloud<S extends Shapes = Shapes> {
  readonly provider: string
  /** The instant of this call, on the world's clock. */
  readonly now: number
  setting<K extends keyof S['settings'] & string>(name: K): S['settings'][K]
  /** A new id without a resource behind it, for example an order number. */
  newId(kind: IdKind): string
  /** The id that belongs to a number, for things that are named after another row (a chain after its volume). */
  idOf(kind: IdKind, n: number): string

  /**
   * Where a list goes on that is to go on from that id: at its row, or at the place of one that is gone; undefined: there
   * never was one.
   */
  placeOf(kind: IdKind, id: string): Place | undefined

  findItem<K extends keyof S['records'] & string>(kind: K, id: string): Item<S['records'][K]> | undefined
  /** Oldest first. */
  items<K extends keyof S['records'] & string>(kind: K): readonly Item<S['records'][K]>[]
  addItem<K extends keyof S['records'] & string>(
    kind: K,
    item: {
      readonly id?: string | undefined
      readonly createdAt?: number | undefined
      readonly detail: S['records'][K]
    }
  ): Item<S['records'][K]>
  changeItem<K extends keyof S['records'] & string>(
    kind: K,
    item: Item<S['records'][K]>,
    detail: Patch<S['records'][K]>
  ): Item<S['records'][K]>
  dropItem<K extends keyof S['records'] & string>(kind: K, item: Item<S['records'][K]>): void

  /** A volume that is not gone. */
  findVolume(id: string): Volume<S['volume']> | undefined
  /** Also one that is gone, while snapshots name it. */
  volumeOf(n: number): Volume<S['volume']> | undefined
  pageOfVolumes(filter: VolumeFilter, window: Window): Page<Volume<S['volume']>>
  volumesFrom(filter: VolumeFilter, window: MarkerWindow): readonly Volume<S['volume']>[]
  createVolume(volume: NewVolume<S>): Volume<S['volume']>
  /** Also one that is gone, while snapshots name it. */
  changeVolume(volume: Volume<S['volume']>, change: VolumeChange<S>): Volume<S['volume']>
  /** Transition `attach`; `instanceN` is set at once. A running snapshot of it goes on. */
  attachVolume(volume: Volume<S['volume']>, instance: Instance<S['instance']>): Volume<S['volume']>
  /** Transition `detach`, then, with `to`, transition `attach` there. */
  detachVolume(volume: Volume<S['volume']>, to?: Instance<S['instance']>): Volume<S['volume']>
  /** Off its instance at once, without a transition: the instance is released. Other work goes on. */
  freeVolume(volume: Volume<S['volume']>): Volume<S['volume']>
  /** Transition `resize`; what is pending shows when it ends. */
  resizeVolume(volume: Volume<S['volume']>, pending: Pending): Volume<S['volume']>
  /** Transition `charge`: `detail` shows when it ends. */
  chargeVolume(volume: Volume<S['volume']>, pending: Pending): Volume<S['volume']>
  /** Transition `recycle`, then the bin, for `rules.binMs`; leaves its policy at once. */
  recycleVolume(volume: Volume<S['volume']>): Volume<S['volume']>
  /** The content marker, '' where none was ever written; of a snapshot, the one that it captured. */
  contentOf(of: Pick<Volume, 'contentHash'>): string
  /** Only the control API writes it; snapshots capture it. */
  writeContent(volume: Volume<S['volume']>, text: string): void
  /** Out of the bin, idle at once. */
  restoreVolume(volume: Volume<S['volume']>): Volume<S['volume']>
  /** Transition `release`, then gone, with its snapshots unless `rules.keepsSnapshots`. Leaves its policy at once. */
  releaseVolume(volume: Volume<S['volume']>): void

  findSnapshot(id: string): Snapshot<S['snapshot']> | undefined
  pageOfSnapshots(filter: SnapshotFilter, window: Window): Page<Snapshot<S['snapshot']>>
  snapshotsFrom(filter: SnapshotFilter, window: MarkerWindow): readonly Snapshot<S['snapshot']>[]
  countSnapshots(filter: SnapshotFilter): number
  /** Sum of `sizeGiB`. */
  sumSnapshotSizes(filter: SnapshotFilter): number
  /** One row for each volume that the snapshots come from, oldest snapshot first; volumes that are gone, too. */
  snapshotsByVolume(filter: SnapshotFilter): readonly VolumeSummary[]
  /** Transition `snapshotCreate`. */
  startSnapshot(volume: Volume<S['volume']>, snapshot: NewSnapshot<S>): Snapshot<S['snapshot']>
  /** Transition `snapshotCopy`: a copy that no volume of this world stands behind. */
  copySnapshot(source: Snapshot<S['snapshot']>, copy: NewSnapshot<S>): Snapshot<S['snapshot']>
  changeSnapshot(snapshot: Snapshot<S['snapshot']>, change: SnapshotChange<S>): Snapshot<S['snapshot']>
  /** Transition `rollback`, on both sides; brings the content marker back. */
  rollBack(volume: Volume<S['volume']>, snapshot: Snapshot<S['snapshot']>): void
  /** Transition `snapshotDelete`, then gone. */
  deleteSnapshot(snapshot: Snapshot<S['snapshot']>): void
  /** Gone at once. */
  dropSnapshot(snapshot: Snapshot<S['snapshot']>): void

  findPolicy(id: string): Policy<S['policy']> | undefined
  policyOf(n: number): Policy<S['policy']> | undefined
  pageOfPolicies(filter: PolicyFilter, window: Window): Page<Policy<S['policy']>>
  policiesFrom(filter: PolicyFilter, window: MarkerWindow): readonly Policy<S['policy']>[]
  createPolicy(policy: NewPolicy<S>): Policy<S['policy']>
  /** Fires again strictly after now. */
  changePolicy(policy: Policy<S['policy']>, change: PolicyChange<S>): Policy<S['policy']>
  /** Gone at once; its volumes are unbound, its snapshots stay. */
  deletePolicy(policy: Policy<S['policy']>): void
  /** Moves the volume from another policy, if it has one. */
  bindVolume(policy: Policy<S['policy']>, volume: Volume<S['volume']>): Volume<S['volume']>
  /** Out of its policy, if it has one. */
  unbindVolume(volume: Volume<S['volume']>): Volume<S['volume']>

  findInstance(id: string): Instance<S['instance']> | undefined
  instanceOf(n: number): Instance<S['instance']> | undefined
  pageOfInstances(filter: InstanceFilter, window: Window): Page<Instance<S['instance']>>
  instancesFrom(filter: InstanceFilter, window: MarkerWindow): readonly Instance<S['instance']>[]
  createInstance(instance: NewInstance<S>): Instance<S['instance']>
  changeInstance(instance: Instance<S['instance']>, change: InstanceChange<S>): Instance<S['instance']>
  /** Transition `instanceStart`. */
  startInstance(instance: Instance<S['instance']>): Instance<S['instance']>
  /** Transition `instanceStop`. */
  stopInstance(instance: Instance<S['instance']>): Instance<S['instance']>
  /** Transition `instanceStart`, as `rebooting`. */
  rebootInstance(instance: Instance<S['instance']>): Instance<S['instance']>
  /** The instance is gone at once; what becomes of its volumes the caller has settled before. */
  dropInstance(instance: Instance<S['instance']>): void
}
