import type { Operation } from '../../provider.ts'
import type { ZenlayerCloud } from '../rules/shapes.ts'
import { addResourceResourceGroup } from './add-resource-resource-group.ts'
import { applyAutoSnapshotPolicy } from './apply-auto-snapshot-policy.ts'
import { applySnapshot } from './apply-snapshot.ts'
import { attachDisks } from './attach-disks.ts'
import { cancelAutoSnapshotPolicy } from './cancel-auto-snapshot-policy.ts'
import { changeDisksAttach } from './change-disks-attach.ts'
import { createAutoSnapshotPolicy } from './create-auto-snapshot-policy.ts'
import { createDisks } from './create-disks.ts'
import { createResourceGroup } from './create-resource-group.ts'
import { createSnapshot } from './create-snapshot.ts'
import { deleteAutoSnapshotPolicies } from './delete-auto-snapshot-policies.ts'
import { deleteSnapshots } from './delete-snapshots.ts'
import { describeAutoSnapshotPolicies } from './describe-auto-snapshot-policies.ts'
import { describeDiskCategory } from './describe-disk-category.ts'
import { describeDiskMonitorData } from './describe-disk-monitor-data.ts'
import { describeDiskRegions } from './describe-disk-regions.ts'
import { describeDisks } from './describe-disks.ts'
import { describeInstances } from './describe-instances.ts'
import { describeInstancesStatus } from './describe-instances-status.ts'
import { describeRegions } from './describe-regions.ts'
import { describeResourceGroups } from './describe-resource-groups.ts'
import { describeResourceTags } from './describe-resource-tags.ts'
import { describeSnapshots } from './describe-snapshots.ts'
import { describeTimeZones } from './describe-time-zones.ts'
import { describeZones } from './describe-zones.ts'
import { detachDisks } from './detach-disks.ts'
import { inquiryPriceCreateDisks } from './inquiry-price-create-disks.ts'
import { inquiryPriceResizeDisk } from './inquiry-price-resize-disk.ts'
import { modifyAutoSnapshotPolicy } from './modify-auto-snapshot-policy.ts'
import { modifyDisksAttributes } from './modify-disks-attributes.ts'
import { modifyDisksResourceGroup } from './modify-disks-resource-group.ts'
import { modifyResourceTags } from './modify-resource-tags.ts'
import { modifySnapshotsAttribute } from './modify-snapshots-attribute.ts'
import { releaseDisk } from './release-disk.ts'
import { renewDisk } from './renew-disk.ts'
import { resizeDisk } from './resize-disk.ts'
import { startInstances } from './start-instances.ts'
import { stopInstances } from './stop-instances.ts'

/** Every action, in the order of the docs: zenlayer.md section 5. */
export const operations: readonly Operation<ZenlayerCloud>[] = [
  createSnapshot,
  describeSnapshots,
  modifySnapshotsAttribute,
  applySnapshot,
  deleteSnapshots,
  createAutoSnapshotPolicy,
  describeAutoSnapshotPolicies,
  modifyAutoSnapshotPolicy,
  deleteAutoSnapshotPolicies,
  applyAutoSnapshotPolicy,
  cancelAutoSnapshotPolicy,
  createDisks,
  describeDisks,
  attachDisks,
  detachDisks,
  resizeDisk,
  releaseDisk,
  renewDisk,
  modifyDisksAttributes,
  modifyDisksResourceGroup,
  describeDiskRegions,
  describeDiskCategory,
  describeZones,
  describeRegions,
  describeInstances,
  describeInstancesStatus,
  changeDisksAttach,
  inquiryPriceCreateDisks,
  inquiryPriceResizeDisk,
  describeDiskMonitorData,
  describeTimeZones,
  startInstances,
  stopInstances,
  describeResourceGroups,
  createResourceGroup,
  addResourceResourceGroup,
  modifyResourceTags,
  describeResourceTags
]
