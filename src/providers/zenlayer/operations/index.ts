import type { Operation } from '../../provider.ts'
import type { ZenlayerCloud } from '../shapes.ts'
import { createAutoSnapshotPolicy } from './create-auto-snapshot-policy.ts'
import { createSnapshot } from './create-snapshot.ts'
import { describeAutoSnapshotPolicies } from './describe-auto-snapshot-policies.ts'
import { describeDisks } from './describe-disks.ts'
import { describeSnapshots } from './describe-snapshots.ts'
import { describeZones } from './describe-zones.ts'

/** Every action, in the order of the docs: zenlayer.md section 5. */
export const operations: readonly Operation<ZenlayerCloud>[] = [
  createSnapshot,
  describeSnapshots,
  createAutoSnapshotPolicy,
  describeAutoSnapshotPolicies,
  describeDisks,
  describeZones
]
