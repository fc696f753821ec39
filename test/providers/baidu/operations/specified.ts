/**
 * The operations of baidu.md 5 with their ways in, and the codes that section 5 documents or proposes for each, copied
 * by hand: tests hold the table of rows against it.
 */
export interface OperationFact {
  readonly name: string
  readonly tag: 'CORE' | 'SUPPORT' | 'OPTIONAL'
  /** Method, path and action key, the first one first. */
  readonly ways: readonly string[]
  readonly errors: readonly string[]
}

/** Status and literal text of every code of 3.2, typos kept. */
export const baiduCodes: Readonly<Record<string, readonly [status: number, message: string]>> = {
  AccessDenied: [403, 'Access denied.'],
  BadRequest: [400, 'Bad request parameters or illegal request.'],
  NoSuchObject: [404, 'The specified object is not found or resource do not exist.'],
  ServiceInternalError: [500, 'Internal service occurs error.'],
  OperationDenied: [409, 'Operation not available.'],
  'Asp.NameInvalid': [400, 'asp name is invalid.'],
  'Asp.RetentionDaysInvalid': [400, 'RetentionDays should in [1,10000]'],
  'Asp.TimePointsInvalid': [400, 'TimePoints should in [0,23]'],
  'Asp.RepeatWeekdaysInvalid': [400, 'RepeatWeekdays should in [1,7]'],
  'Asp.VolumeTypeInvalid': [400, 'Volume type should be Cds or System'],
  'Asp.VolumeStatusInvalid': [400, 'Volume must be in-use'],
  'Snapshot.SnapshotNameInvalid': [400, 'snapshot name is invalid.'],
  'Instance.SnapshotLimitExceeded': [403, 'The number of snapshot will exceed the quota limit.'],
  SnapshotOperationForbidden: [403, 'snapshot operation forbidden.'],
  'snapshot.CannotCopy': [403, 'napshot not support copy'],
  'Volume.InstanceStatusCannotAttach': [409, 'Instance only when it is running or stopped state can mount to it.'],
  'Volume.DistNotAvailable': [409, 'Volume status is not available, can not be attached to instance.'],
  'Volume.DiskNotAttachedInstance': [400, 'Volume is not mounted in this instance, please make sure and try again.'],
  'Volume.InstanceStatusCannotDetach': [409, 'Instance only when it is running or stopped state can unmount from it.'],
  'Volume.DiskStatusCannotBeDeleted': [409, 'Volume in current status can not be deleted.'],
  'Volume.SystemDiskCannotBeDeleted': [403, 'System disk can not be deleted.']
}

/** Where one operation prints another text (3.2). */
export const baiduWordings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AttachAsp: { BadRequest: 'missing parameter.' },
  DetachAsp: { BadRequest: 'missing parameter.' },
  RemoteCopySnapshot: { OperationDenied: 'Operation not available' }
}

const POLICY = ['Asp.NameInvalid', 'Asp.RetentionDaysInvalid', 'Asp.TimePointsInvalid', 'Asp.RepeatWeekdaysInvalid']
const COMMON = ['BadRequest', 'NoSuchObject', 'OperationDenied']
const FOUND = ['BadRequest', 'NoSuchObject']

function fact(tag: OperationFact['tag'], name: string, ways: string | readonly string[], errors: readonly string[]) {
  return { tag, name, ways: typeof ways === 'string' ? [ways] : ways, errors }
}

export const baiduOperations: readonly OperationFact[] = [
  fact('CORE', 'CreateAsp', 'POST /v2/asp', ['BadRequest', ...POLICY]),
  fact('CORE', 'UpdateAsp', 'PUT /v2/asp/update', ['BadRequest', ...POLICY, 'NoSuchObject']),
  fact('CORE', 'ListAsps', 'GET /v2/asp', ['BadRequest']),
  fact('CORE', 'GetAsp', 'GET /v2/asp/:aspId', FOUND),
  fact('CORE', 'DeleteAsp', 'DELETE /v2/asp/:aspId', [...FOUND, 'ServiceInternalError']),
  fact('CORE', 'AttachAsp', 'PUT /v2/asp/:aspId?attach', [
    'Asp.VolumeTypeInvalid',
    'Asp.VolumeStatusInvalid',
    ...FOUND,
    'ServiceInternalError'
  ]),
  fact('CORE', 'DetachAsp', 'PUT /v2/asp/:aspId?detach', [...FOUND, 'ServiceInternalError']),

  fact('CORE', 'CreateSnapshot', 'POST /v2/snapshot', [
    ...COMMON,
    'Snapshot.SnapshotNameInvalid',
    'Instance.SnapshotLimitExceeded'
  ]),
  fact('CORE', 'ListSnapshots', 'GET /v2/snapshot', ['BadRequest']),
  fact('CORE', 'GetSnapshot', 'GET /v2/snapshot/:snapshotId', FOUND),
  fact('CORE', 'DeleteSnapshot', 'DELETE /v2/snapshot/:snapshotId', ['NoSuchObject', 'SnapshotOperationForbidden']),
  fact('CORE', 'ModifySnapshotAttribute', 'PUT /v2/snapshot/:snapshotId?modifyAttribute', [
    ...FOUND,
    'Snapshot.SnapshotNameInvalid'
  ]),
  fact('CORE', 'ListSnapchain', 'GET /v2/snapshot/chain', FOUND),
  fact('CORE', 'BindTagSnapchain', 'PUT /v2/snapshot/chain/:chainId/tag?bind', FOUND),
  fact('CORE', 'UnbindTagSnapchain', 'PUT /v2/snapshot/chain/:chainId/tag?unbind', FOUND),
  fact(
    'CORE',
    'RemoteCopySnapshot',
    ['PUT /v2/snapshot/remote_copy/:snapshotId', 'POST /v2/snapshot/remote_copy/:snapshotId'],
    ['OperationDenied', 'NoSuchObject', 'snapshot.CannotCopy']
  ),
  fact('CORE', 'CreateSnapshotShare', 'POST /v2/snapshot/share', COMMON),
  fact('CORE', 'CancelSnapshotShare', ['POST /v2/snapshot/unShare', 'POST /v2snapshot/unShare'], FOUND),
  fact(
    'CORE',
    'ListSnapshotShare',
    ['POST /v2/snapshot/snapshotShare/list', 'GET /v2/snapshot/snapshotShare/list'],
    ['BadRequest']
  ),
  fact(
    'CORE',
    'DescribeSnapshotsUsage',
    ['POST /v2/snapshot/describeSnapshotsUsage', 'PUT /v2/snapshot/describeSnapshotsUsage'],
    []
  ),

  fact('SUPPORT', 'CreateVolume', 'POST /v2/volume', COMMON),
  fact('OPTIONAL', 'SyncCreateVolume', 'POST /v2/volume/syncCreate', COMMON),
  fact('SUPPORT', 'ListVolumes', 'GET /v2/volume', ['BadRequest']),
  fact('SUPPORT', 'GetVolume', 'GET /v2/volume/:volumeId', ['NoSuchObject']),
  fact('SUPPORT', 'AttachVolume', 'PUT /v2/volume/:volumeId?attach', [
    'Volume.InstanceStatusCannotAttach',
    'Volume.DistNotAvailable',
    'AccessDenied',
    ...FOUND
  ]),
  fact('SUPPORT', 'DetachVolume', 'PUT /v2/volume/:volumeId?detach', [
    'Volume.DiskNotAttachedInstance',
    'Volume.InstanceStatusCannotDetach',
    ...COMMON
  ]),
  fact(
    'SUPPORT',
    'ReleaseVolume',
    ['DELETE /v2/volume/:volumeId', 'POST /v2/volume/:volumeId'],
    ['Volume.DiskStatusCannotBeDeleted', 'Volume.SystemDiskCannotBeDeleted', ...COMMON]
  ),
  fact('SUPPORT', 'ResizeVolume', 'PUT /v2/volume/:volumeId?resize', COMMON),
  fact('OPTIONAL', 'GetVolumeResizeProgress', 'GET /v2/volume/progress/:volumeId', ['NoSuchObject']),
  fact('CORE', 'RollbackVolume', 'PUT /v2/volume/:volumeId?rollback', [...COMMON, 'SnapshotOperationForbidden']),
  fact('SUPPORT', 'RenameVolume', 'PUT /v2/volume/:volumeId?rename', FOUND),
  fact('SUPPORT', 'ModifyCdsAttribute', 'PUT /v2/volume/:volumeId?modify', FOUND),
  fact('SUPPORT', 'BindTagVolume', 'PUT /v2/volume/:volumeId/tag?bind', FOUND),
  fact('SUPPORT', 'UnbindTagVolume', 'PUT /v2/volume/:volumeId/tag?unbind', FOUND),
  fact('OPTIONAL', 'AutoRenewVolume', 'POST /v2/volume/autoRenew', COMMON),
  fact('OPTIONAL', 'CancelAutoRenewVolume', 'POST /v2/volume/cancelAutoRenew', COMMON),
  fact('OPTIONAL', 'ModifyVolumeChargeType', 'PUT /v2/volume/:volumeId?modifyChargeType', COMMON),
  fact('OPTIONAL', 'PurchaseReservedVolume', 'PUT /v2/volume/:volumeId?purchaseReserved', [
    ...COMMON,
    'SnapshotOperationForbidden'
  ]),
  fact(
    'OPTIONAL',
    'ModifyVolumeDeleteProtectionV2',
    ['POST /v2/volume/modify/deleteProtection', 'POST /v2/volume/modifyDeleteProtection'],
    FOUND
  ),
  fact('OPTIONAL', 'DeletePrepayVolume', 'POST /v2/volume/deletePrepay', COMMON),
  fact('OPTIONAL', 'GetCdsPrice', 'POST /v2/volume/getPrice', ['BadRequest']),
  fact('SUPPORT', 'GetAvailableDiskInfo', 'GET /v2/volume/disk', []),
  fact('SUPPORT', 'GetDiskQuota', 'GET /v2/volume/disk/quota', []),
  fact('SUPPORT', 'CreateVolumeV3', 'POST /v3/volume', COMMON),
  fact('SUPPORT', 'ListVolumesV3', 'GET /v3/volume', ['BadRequest']),
  fact('SUPPORT', 'GetVolumeV3', 'GET /v3/volume/:volumeId', ['NoSuchObject']),

  fact('SUPPORT', 'ListZones', 'GET /v2/zone', []),
  fact('SUPPORT', 'ListInstances', 'GET /v2/instance', ['BadRequest']),
  fact('SUPPORT', 'GetInstance', 'GET /v2/instance/:instanceId', ['NoSuchObject']),
  fact('SUPPORT', 'CreateInstance', 'POST /v2/instance', COMMON),
  fact('SUPPORT', 'ReleaseInstance', ['POST /v2/instance/:instanceId', 'DELETE /v2/instance/:instanceId'], FOUND),
  fact('SUPPORT', 'CreateInstanceBySpec', 'POST /v2/instanceBySpec', COMMON),
  fact('SUPPORT', 'ListFlavorSpec', 'GET /v2/instance/flavorSpec', []),
  fact('SUPPORT', 'StartInstance', 'PUT /v2/instance/:instanceId?start', ['NoSuchObject', 'OperationDenied']),
  fact('SUPPORT', 'StopInstance', 'PUT /v2/instance/:instanceId?stop', COMMON),
  fact('SUPPORT', 'RebootInstance', 'PUT /v2/instance/:instanceId?reboot', COMMON),
  fact('SUPPORT', 'ListInstanceSpecs', 'GET /v2/instance/spec', []),
  fact('SUPPORT', 'ListImages', 'GET /v2/image', ['BadRequest']),
  fact('SUPPORT', 'ListSecurityGroups', 'GET /v2/securityGroup', ['BadRequest']),
  fact('OPTIONAL', 'DescribeRegions', 'POST /v2/region/describeRegions', ['OperationDenied']),
  fact('OPTIONAL', 'AttachTags', 'POST /v3/bcc/tag?action=AttachTags', FOUND),
  fact('OPTIONAL', 'DetachTags', 'POST /v3/bcc/tag?action=DetachTags', FOUND),
  fact('OPTIONAL', 'ListTask', 'POST /v2/task/list', ['BadRequest']),
  fact('OPTIONAL', 'GetTask', 'POST /v2/task/detail', ['BadRequest'])
]
