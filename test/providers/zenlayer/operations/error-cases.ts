/** One way to reach each code of each action by state or input, in the place of test/providers/zenlayer/stage.ts. */
export interface ErrorCase {
  readonly why: string
  readonly body: object
  readonly settings?: Readonly<Record<string, unknown>>
  /** What is done before. */
  readonly before?: readonly (readonly [action: string, body: object])[]
  readonly status: number
}
const soon = '2026-01-06T07:59:59Z'
const notFound = { 'zenlayer.diskNotFoundCode': 'OPERATION_FAILED_RESOURCE_NOT_FOUND' }
const oneDisk = { 'zenlayer.instanceDiskLimit': 1 }
const newDisk = { zoneId: 'zone-a', diskName: 'new', diskSize: 100 }
const schedule = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] }
const twice = [
  { key: 'env', value: 'a' },
  { key: 'env', value: 'b' }
]

/** An unknown disk, by both codes. */
function unknownDisk(body: object, status = 404): Record<string, ErrorCase> {
  return {
    INVALID_DISK_NOT_FOUND: { why: 'an unknown disk', body, status },
    OPERATION_FAILED_RESOURCE_NOT_FOUND: { why: 'an unknown disk, by setting', body, settings: notFound, status: 404 }
  }
}
const unknownDiskStatus400 = (body: object) => unknownDisk(body, 400)

export const errorCases: Readonly<Record<string, Readonly<Record<string, ErrorCase>>>> = {
  CreateSnapshot: {
    ...unknownDisk({ diskId: 'none', snapshotName: 'x' }),
    INVALID_SNAPSHOT_RETENTION_TIME: {
      why: 'a second less than 24 hours ahead',
      body: { diskId: 'd-free', snapshotName: 'x', retentionTime: soon },
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk in a zone without snapshots',
      body: { diskId: 'd-bare', snapshotName: 'x' },
      status: 400
    },
    INVALID_SNAPSHOT_QUOTA_EXCEED: {
      why: 'a disk at its quota',
      body: { diskId: 'd-b', snapshotName: 'x' },
      settings: { 'zenlayer.snapshotQuota': 1 },
      status: 400
    }
  },
  ModifySnapshotsAttribute: {
    INVALID_SNAPSHOT_RETENTION_TIME: {
      why: 'less than 24 hours ahead',
      body: { snapshotIds: ['s-ok'], retentionTime: soon },
      status: 400
    },
    INVALID_DISK_SNAPSHOT_NOT_FOUND: {
      why: 'one unknown snapshot',
      body: { snapshotIds: ['s-ok', 'none'], snapshotName: 'x' },
      status: 404
    },
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: {
      why: 'a snapshot that is being deleted',
      body: { snapshotIds: ['s-deleting'], snapshotName: 'x' },
      status: 400
    }
  },
  ApplySnapshot: {
    ...unknownDisk({ snapshotId: 's-ok', diskId: 'none' }),
    INVALID_DISK_SNAPSHOT_NOT_FOUND: {
      why: 'a snapshot of another disk',
      body: { snapshotId: 's-b', diskId: 'd-free' },
      status: 404
    },
    OPERATION_DENIED_DISK_STATUS: {
      why: 'a disk that is resized',
      body: { snapshotId: 's-changing', diskId: 'd-changing' },
      status: 400
    },
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: {
      why: 'a snapshot that is not yet there',
      body: { snapshotId: 's-creating', diskId: 'd-free' },
      status: 400
    },
    OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED: {
      why: 'a disk that was reinstalled later',
      body: { snapshotId: 's-reinstalled', diskId: 'd-reinstalled' },
      status: 400
    }
  },
  DeleteSnapshots: {
    INVALID_DISK_SNAPSHOT_NOT_FOUND: {
      why: 'none that can be deleted, the first unknown',
      body: { snapshotIds: ['none', 's-creating'] },
      status: 404
    },
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: {
      why: 'none that can be deleted, the first busy',
      body: { snapshotIds: ['s-creating', 'none'] },
      status: 400
    }
  },
  CreateAutoSnapshotPolicy: {
    INVALID_RETENTION_DAYS: { why: 'no days at all', body: { ...schedule, retentionDays: 0 }, status: 400 },
    INVALID_PARAMETER_VALUE: { why: 'a tag key twice', body: { ...schedule, tags: { tags: twice } }, status: 400 },
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: {
      why: 'an unknown group',
      body: { ...schedule, resourceGroupId: 'none' },
      status: 404
    },
    INVALID_ZONE_NOT_FOUND: { why: 'an unknown zone', body: { ...schedule, zoneId: 'none' }, status: 404 },
    INVALID_SNAPSHOT_REGION_NOT_SUPPORT: {
      why: 'a region without snapshots',
      body: { ...schedule, zoneId: 'zone-bare' },
      status: 400
    }
  },
  ModifyAutoSnapshotPolicy: {
    INVALID_RETENTION_DAYS: {
      why: 'too many days',
      body: { autoSnapshotPolicyId: 'p-one', retentionDays: 65536 },
      status: 400
    },
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: {
      why: 'an unknown policy',
      body: { autoSnapshotPolicyId: 'none', hours: [1] },
      status: 404
    }
  },
  DeleteAutoSnapshotPolicies: {
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: {
      why: 'one unknown policy',
      body: { autoSnapshotPolicyIds: ['p-one', 'none'] },
      status: 404
    }
  },
  ApplyAutoSnapshotPolicy: {
    ...unknownDisk({ autoSnapshotPolicyId: 'p-one', diskIds: ['d-free', 'none'] }),
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: {
      why: 'an unknown policy',
      body: { autoSnapshotPolicyId: 'none', diskIds: ['d-free'] },
      status: 404
    },
    INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH: {
      why: 'a disk in another zone',
      body: { autoSnapshotPolicyId: 'p-one', diskIds: ['d-free', 'd-b'] },
      status: 404
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk that failed',
      body: { autoSnapshotPolicyId: 'p-one', diskIds: ['d-failed'] },
      status: 400
    },
    INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST: {
      why: 'a disk of another policy',
      body: { autoSnapshotPolicyId: 'p-two', diskIds: ['d-free', 'd-planned'] },
      status: 400
    }
  },
  CancelAutoSnapshotPolicy: {
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: {
      why: 'an unknown policy',
      body: { autoSnapshotPolicyId: 'none', diskIds: ['d-planned'] },
      status: 404
    }
  },
  CreateDisks: {
    INVALID_PARAMETER_VALUE: {
      why: 'fewer names than disks',
      body: { ...newDisk, diskAmount: 2, diskNames: ['one'] },
      status: 400
    },
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: {
      why: 'an unknown group',
      body: { ...newDisk, resourceGroupId: 'none' },
      status: 404
    },
    INVALID_ZONE_NOT_FOUND: { why: 'an unknown zone', body: { ...newDisk, zoneId: 'none' }, status: 404 },
    INVALID_DISK_SNAPSHOT_NOT_FOUND: {
      why: 'a snapshot in another zone',
      body: { ...newDisk, snapshotId: 's-b' },
      status: 404
    },
    INVALID_INSTANCE_NOT_FOUND: { why: 'an unknown instance', body: { ...newDisk, instanceId: 'none' }, status: 404 },
    INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: {
      why: 'an instance in another zone',
      body: { ...newDisk, instanceIds: ['i-b'] },
      status: 400
    },
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: {
      why: 'a snapshot that is not yet there',
      body: { ...newDisk, snapshotId: 's-creating' },
      status: 400
    },
    OPERATION_DENIED_DISK_SYSTEM_TYPE: {
      why: 'a snapshot of a boot disk',
      body: { ...newDisk, snapshotId: 's-boot' },
      status: 400
    },
    INVALID_DISK_SNAPSHOT_SIZE_MISMATCH: {
      why: 'a size below that of the snapshot',
      body: { ...newDisk, diskSize: 99, snapshotId: 's-ok' },
      status: 400
    },
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: {
      why: 'an instance that boots',
      body: { ...newDisk, instanceId: 'i-booting' },
      status: 400
    },
    LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: {
      why: 'a full instance',
      body: { ...newDisk, instanceId: 'i-running' },
      settings: oneDisk,
      status: 400
    }
  },
  AttachDisks: {
    ...unknownDisk({ diskIds: ['d-free', 'none'], instanceId: 'i-running' }),
    INVALID_INSTANCE_NOT_FOUND: {
      why: 'an unknown instance',
      body: { diskIds: ['d-free'], instanceId: 'none' },
      status: 404
    },
    INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: {
      why: 'an instance in another zone',
      body: { diskIds: ['d-free'], instanceId: 'i-b' },
      status: 400
    },
    INVALID_DISK_NOT_PORTABLE: {
      why: 'a boot disk',
      body: { diskIds: ['d-boot'], instanceId: 'i-running' },
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_ATTACHED: {
      why: 'a disk that is attached',
      body: { diskIds: ['d-free', 'd-used'], instanceId: 'i-running' },
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk in the recycle bin',
      body: { diskIds: ['d-recycled'], instanceId: 'i-running' },
      status: 400
    },
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: {
      why: 'an instance that boots',
      body: { diskIds: ['d-free'], instanceId: 'i-booting' },
      status: 400
    },
    LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: {
      why: 'a full instance',
      body: { diskIds: ['d-free'], instanceId: 'i-running' },
      settings: oneDisk,
      status: 400
    }
  },
  DetachDisks: {
    ...unknownDisk({ diskIds: ['none'] }),
    INVALID_PARAMETER_VALUE: {
      why: 'disks of two instances',
      body: { diskIds: ['d-used', 'd-used-stopped'] },
      status: 400
    },
    INVALID_DISK_NOT_PORTABLE: {
      why: 'a boot disk',
      body: { diskIds: ['d-boot'], instanceCheckFlag: false },
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk that is not attached',
      body: { diskIds: ['d-free'] },
      status: 400
    },
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: { why: 'an instance that runs', body: { diskIds: ['d-used'] }, status: 400 }
  },
  ResizeDisk: {
    ...unknownDisk({ diskId: 'none', diskSize: 200 }),
    INVALID_PARAMETER_LESS_MINIMUM: { why: 'the size it has', body: { diskId: 'd-free', diskSize: 100 }, status: 400 },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk that is resized already',
      body: { diskId: 'd-changing', diskSize: 200 },
      status: 400
    }
  },
  ReleaseDisk: {
    ...unknownDisk({ diskId: 'none' }),
    INVALID_DISK_NOT_PORTABLE: { why: 'a boot disk', body: { diskId: 'd-boot' }, status: 400 },
    UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE: {
      why: 'a disk on its way to the recycle bin',
      body: { diskId: 'd-free' },
      settings: { 'zenlayer.recycleBin': true, 'delays.zenlayer.recycleMs': 1000 },
      before: [['ReleaseDisk', { diskId: 'd-free' }]],
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: { why: 'a disk that is attached', body: { diskId: 'd-used' }, status: 400 }
  },
  RenewDisk: {
    ...unknownDisk({ diskId: 'none' }),
    INVALID_ORDER_NOT_FOUND: { why: 'a disk without an order', body: { diskId: 'd-order-missing' }, status: 404 },
    UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE: { why: 'a boot disk', body: { diskId: 'd-boot' }, status: 400 },
    UNSUPPORTED_OPERATION_DISK_STATUS: { why: 'a disk outside the bin', body: { diskId: 'd-free' }, status: 400 },
    ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE: {
      why: 'a disk with an open order',
      body: { diskId: 'd-order-open' },
      status: 400
    }
  },
  ModifyDisksAttributes: {
    ...unknownDisk({ diskIds: ['d-free', 'none'], diskName: 'x' }),
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk that is destroyed',
      body: { diskIds: ['d-deleting'], diskName: 'x' },
      status: 400
    },
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: {
      why: 'a disk in the recycle bin',
      body: { diskIds: ['d-recycled'], diskName: 'x' },
      status: 403
    }
  },
  ModifyDisksResourceGroup: {
    ...unknownDisk({ diskIds: ['none'], resourceGroupId: 'group-other' }),
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: {
      why: 'an unknown group',
      body: { diskIds: ['d-free'], resourceGroupId: 'none' },
      status: 404
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk that is destroyed',
      body: { diskIds: ['d-deleting'], resourceGroupId: 'group-other' },
      status: 400
    },
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: {
      why: 'a disk on its way to the recycle bin',
      body: { diskIds: ['d-recycling'], resourceGroupId: 'group-other' },
      status: 403
    }
  },
  StartInstances: {
    INVALID_INSTANCE_NOT_FOUND: { why: 'an unknown instance', body: { instanceIds: ['none'] }, status: 404 },
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: {
      why: 'an instance that runs',
      body: { instanceIds: ['i-stopped', 'i-running'] },
      status: 400
    }
  },
  StopInstances: {
    INVALID_INSTANCE_NOT_FOUND: {
      why: 'an unknown instance',
      body: { instanceIds: ['i-running', 'none'] },
      status: 404
    },
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: {
      why: 'an instance that stands',
      body: { instanceIds: ['i-stopped'] },
      status: 400
    }
  },
  ChangeDisksAttach: {
    ...unknownDiskStatus400({ diskIds: ['none'], instanceId: 'i-stopped' }),
    INVALID_INSTANCE_NOT_FOUND: {
      why: 'an unknown instance',
      body: { diskIds: ['d-used'], instanceId: 'none' },
      status: 404
    },
    INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: {
      why: 'an instance in another zone',
      body: { diskIds: ['d-used'], instanceId: 'i-b' },
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_STATUS: {
      why: 'a disk that is not attached',
      body: { diskIds: ['d-free'], instanceId: 'i-stopped' },
      status: 400
    },
    UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED: {
      why: 'the instance that has it',
      body: { diskIds: ['d-used'], instanceId: 'i-running' },
      status: 400
    },
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: {
      why: 'an instance that boots',
      body: { diskIds: ['d-used'], instanceId: 'i-booting' },
      status: 400
    },
    LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: {
      why: 'a full instance',
      body: { diskIds: ['d-used'], instanceId: 'i-stopped' },
      settings: oneDisk,
      status: 400
    }
  },
  InquiryPriceCreateDisks: {
    INVALID_ZONE_NOT_FOUND: { why: 'an unknown zone', body: { zoneId: 'none', diskSize: 20 }, status: 404 }
  },
  InquiryPriceResizeDisk: {
    ...unknownDisk({ diskId: 'none', diskSize: 200 }),
    INVALID_PARAMETER_LESS_MINIMUM: { why: 'a smaller size', body: { diskId: 'd-free', diskSize: 99 }, status: 400 }
  },
  DescribeDiskMonitorData: {
    ...unknownDisk(monitored({ diskId: 'none' })),
    INVALID_PARAMETER_VALUE: {
      why: 'an end before the start',
      body: monitored({ endTime: '2026-01-04T23:59:59Z' }),
      status: 400
    }
  },
  AddResourceResourceGroup: {
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: {
      why: 'an unknown group',
      body: { resources: ['d-free'], resourceGroupId: 'none' },
      status: 404
    },
    OPERATION_FAILED_RESOURCE_NOT_FOUND: {
      why: 'a snapshot',
      body: { resources: ['d-free', 's-ok'], resourceGroupId: 'group-other' },
      status: 404
    },
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: {
      why: 'a disk in the recycle bin',
      body: { resources: ['p-one', 'd-recycled'], resourceGroupId: 'group-other' },
      status: 403
    }
  },
  ModifyResourceTags: {
    INVALID_PARAMETER_VALUE: {
      why: 'a key twice',
      body: { resourceUuid: 'd-free', replaceTags: twice },
      status: 400
    },
    OPERATION_FAILED_RESOURCE_NOT_FOUND: {
      why: 'a snapshot',
      body: { resourceUuid: 's-ok', deleteTagKeys: ['env'] },
      status: 404
    },
    OPERATION_FAILED_FOR_RECYCLE_RESOURCE: {
      why: 'a disk in the recycle bin',
      body: { resourceUuid: 'd-recycled', deleteTagKeys: ['env'] },
      status: 403
    }
  },
  DescribeResourceTags: {
    OPERATION_FAILED_RESOURCE_NOT_FOUND: { why: 'a snapshot', body: { resourceUuid: 's-ok' }, status: 404 }
  }
}

function monitored(more: object) {
  return {
    diskId: 'd-free',
    metricType: 'DISK_UTIL',
    startTime: '2026-01-05T00:00:00Z',
    endTime: '2026-01-05T01:00:00Z',
    ...more
  }
}
