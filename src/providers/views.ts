import type { Cloud } from '../core/model/cloud.ts'
import type { Instance, Policy, Shapes, Snapshot, Volume, VolumeFilter } from '../core/model/resources.ts'

/** Resources as the cloud's own lists show them, in its words. Methods, so that a cloud's views need no cast. */
export interface Views<S extends Shapes = Shapes> {
  volume(cloud: Cloud<S>, volume: Volume<S['volume']>): object
  snapshot(cloud: Cloud<S>, snapshot: Snapshot<S['snapshot']>): object
  policy(cloud: Cloud<S>, policy: Policy<S['policy']>): object
  instance(cloud: Cloud<S>, instance: Instance<S['instance']>): object
  /** The id of the snapshot that a volume was made from, where the cloud keeps it. */
  sourceOf(volume: Volume<S['volume']>): string | null
  /** What finds the volumes that were made from a snapshot. */
  madeFrom(snapshotId: string): VolumeFilter | undefined
}
