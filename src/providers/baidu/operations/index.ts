import { attachAsp } from './attach-asp.ts'
import { attachTags } from './attach-tags.ts'
import { attachVolume } from './attach-volume.ts'
import { autoRenewVolume } from './auto-renew-volume.ts'
import { bindTagSnapchain } from './bind-tag-snapchain.ts'
import { bindTagVolume } from './bind-tag-volume.ts'
import { cancelAutoRenewVolume } from './cancel-auto-renew-volume.ts'
import { cancelSnapshotShare } from './cancel-snapshot-share.ts'
import { createAsp } from './create-asp.ts'
import { createInstance } from './create-instance.ts'
import { createInstanceBySpec } from './create-instance-by-spec.ts'
import { createSnapshot } from './create-snapshot.ts'
import { createSnapshotShare } from './create-snapshot-share.ts'
import { createVolume } from './create-volume.ts'
import { createVolumeV3 } from './create-volume-v3.ts'
import { deleteAsp } from './delete-asp.ts'
import { deletePrepayVolume } from './delete-prepay-volume.ts'
import { deleteSnapshot } from './delete-snapshot.ts'
import { describeRegions } from './describe-regions.ts'
import { describeSnapshotsUsage } from './describe-snapshots-usage.ts'
import { detachAsp } from './detach-asp.ts'
import { detachTags } from './detach-tags.ts'
import { detachVolume } from './detach-volume.ts'
import { getAsp } from './get-asp.ts'
import { getAvailableDiskInfo } from './get-available-disk-info.ts'
import { getCdsPrice } from './get-cds-price.ts'
import { getDiskQuota } from './get-disk-quota.ts'
import { getInstance } from './get-instance.ts'
import { getSnapshot } from './get-snapshot.ts'
import { getTask } from './get-task.ts'
import { getVolume } from './get-volume.ts'
import { getVolumeResizeProgress } from './get-volume-resize-progress.ts'
import { getVolumeV3 } from './get-volume-v3.ts'
import { listAsps } from './list-asps.ts'
import { listFlavorSpec } from './list-flavor-spec.ts'
import { listImages } from './list-images.ts'
import { listInstanceSpecs } from './list-instance-specs.ts'
import { listInstances } from './list-instances.ts'
import { listSecurityGroups } from './list-security-groups.ts'
import { listSnapchain } from './list-snapchain.ts'
import { listSnapshotShare } from './list-snapshot-share.ts'
import { listSnapshots } from './list-snapshots.ts'
import { listTask } from './list-task.ts'
import { listVolumes } from './list-volumes.ts'
import { listVolumesV3 } from './list-volumes-v3.ts'
import { listZones } from './list-zones.ts'
import { modifyCdsAttribute } from './modify-cds-attribute.ts'
import { modifySnapshotAttribute } from './modify-snapshot-attribute.ts'
import { modifyVolumeChargeType } from './modify-volume-charge-type.ts'
import { modifyVolumeDeleteProtectionV2 } from './modify-volume-delete-protection-v2.ts'
import { purchaseReservedVolume } from './purchase-reserved-volume.ts'
import { rebootInstance } from './reboot-instance.ts'
import { releaseInstance } from './release-instance.ts'
import { releaseVolume } from './release-volume.ts'
import { remoteCopySnapshot } from './remote-copy-snapshot.ts'
import { renameVolume } from './rename-volume.ts'
import { resizeVolume } from './resize-volume.ts'
import { rollbackVolume } from './rollback-volume.ts'
import { startInstance } from './start-instance.ts'
import { stopInstance } from './stop-instance.ts'
import { syncCreateVolume } from './sync-create-volume.ts'
import { unbindTagSnapchain } from './unbind-tag-snapchain.ts'
import { unbindTagVolume } from './unbind-tag-volume.ts'
import { updateAsp } from './update-asp.ts'

/** Every operation that is served, in the order of baidu.md 5. */
export const operations = [
  createAsp,
  updateAsp,
  listAsps,
  getAsp,
  deleteAsp,
  attachAsp,
  detachAsp,
  createSnapshot,
  listSnapshots,
  getSnapshot,
  deleteSnapshot,
  modifySnapshotAttribute,
  listSnapchain,
  bindTagSnapchain,
  unbindTagSnapchain,
  remoteCopySnapshot,
  createSnapshotShare,
  cancelSnapshotShare,
  listSnapshotShare,
  describeSnapshotsUsage,
  createVolume,
  syncCreateVolume,
  listVolumes,
  getVolume,
  attachVolume,
  detachVolume,
  releaseVolume,
  resizeVolume,
  getVolumeResizeProgress,
  rollbackVolume,
  renameVolume,
  modifyCdsAttribute,
  bindTagVolume,
  unbindTagVolume,
  autoRenewVolume,
  cancelAutoRenewVolume,
  modifyVolumeChargeType,
  purchaseReservedVolume,
  modifyVolumeDeleteProtectionV2,
  deletePrepayVolume,
  getCdsPrice,
  getAvailableDiskInfo,
  getDiskQuota,
  createVolumeV3,
  listVolumesV3,
  getVolumeV3,
  listZones,
  listInstances,
  getInstance,
  createInstance,
  releaseInstance,
  createInstanceBySpec,
  listFlavorSpec,
  startInstance,
  stopInstance,
  rebootInstance,
  listInstanceSpecs,
  listImages,
  listSecurityGroups,
  describeRegions,
  attachTags,
  detachTags,
  listTask,
  getTask
]
