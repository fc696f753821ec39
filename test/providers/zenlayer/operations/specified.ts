/**
 * The actions of zenlayer.md 0.3, 5.30 and 7.1 with the codes that section 5 documents or proposes for each, copied by
 * hand: tests hold the table of rows against it. Codes of 3.1 stand here only where section 5 names them.
 */
export interface ActionFact {
  readonly name: string
  readonly service: 'zec' | 'user' | 'zrm'
  readonly tag: 'CORE' | 'SUPPORT' | 'OPTIONAL'
  readonly versions: readonly string[]
  readonly errors: readonly string[]
}

const BOTH = ['2024-04-01', '2025-09-01']
const OLD = ['2024-04-01']
const NEW = ['2025-09-01']
const DISK = 'INVALID_DISK_NOT_FOUND'
const SNAPSHOT = 'INVALID_DISK_SNAPSHOT_NOT_FOUND'
const POLICY = 'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'
const INSTANCE = 'INVALID_INSTANCE_NOT_FOUND'
const GROUP = 'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND'
const RESOURCE = 'OPERATION_FAILED_RESOURCE_NOT_FOUND'
const BIN = 'OPERATION_FAILED_FOR_RECYCLE_RESOURCE'
const DISK_STATUS = 'UNSUPPORTED_OPERATION_DISK_STATUS'
const SNAPSHOT_STATUS = 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'
const INSTANCE_STATUS = 'UNSUPPORTED_OPERATION_INSTANCE_STATUS'
const ZONES = 'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED'
const LIMIT = 'LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH'
const PORTABLE = 'INVALID_DISK_NOT_PORTABLE'
const VALUE = 'INVALID_PARAMETER_VALUE'
const LESS = 'INVALID_PARAMETER_LESS_MINIMUM'

function zec(
  tag: ActionFact['tag'],
  name: string,
  errors: readonly string[] = [],
  versions: readonly string[] = BOTH
): ActionFact {
  return { name, service: 'zec', tag, versions, errors }
}

export const zenlayerActions: readonly ActionFact[] = [
  zec('CORE', 'CreateSnapshot', [
    DISK,
    'INVALID_SNAPSHOT_QUOTA_EXCEED',
    'INVALID_SNAPSHOT_RETENTION_TIME',
    DISK_STATUS
  ]),
  zec('CORE', 'DescribeSnapshots'),
  zec('CORE', 'ModifySnapshotsAttribute', [SNAPSHOT, 'INVALID_SNAPSHOT_RETENTION_TIME', SNAPSHOT_STATUS]),
  zec('CORE', 'ApplySnapshot', [
    DISK,
    SNAPSHOT,
    'OPERATION_DENIED_DISK_STATUS',
    SNAPSHOT_STATUS,
    'OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED'
  ]),
  zec('CORE', 'DeleteSnapshots', [SNAPSHOT, SNAPSHOT_STATUS]),
  zec('CORE', 'CreateAutoSnapshotPolicy', [
    'INVALID_RETENTION_DAYS',
    'INVALID_SNAPSHOT_REGION_NOT_SUPPORT',
    'INVALID_ZONE_NOT_FOUND',
    GROUP,
    VALUE
  ]),
  zec('CORE', 'DescribeAutoSnapshotPolicies'),
  zec('CORE', 'ModifyAutoSnapshotPolicy', [POLICY, 'INVALID_RETENTION_DAYS']),
  zec('CORE', 'DeleteAutoSnapshotPolicies', [POLICY]),
  zec('CORE', 'ApplyAutoSnapshotPolicy', [
    POLICY,
    'INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH',
    'INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST',
    DISK,
    DISK_STATUS
  ]),
  zec('CORE', 'CancelAutoSnapshotPolicy', [POLICY]),

  zec('SUPPORT', 'CreateDisks', [
    'INVALID_ZONE_NOT_FOUND',
    SNAPSHOT,
    'INVALID_DISK_SNAPSHOT_SIZE_MISMATCH',
    INSTANCE,
    ZONES,
    SNAPSHOT_STATUS,
    'OPERATION_DENIED_DISK_SYSTEM_TYPE',
    VALUE,
    INSTANCE_STATUS,
    LIMIT,
    GROUP
  ]),
  zec('SUPPORT', 'DescribeDisks'),
  zec('SUPPORT', 'AttachDisks', [
    ZONES,
    DISK,
    PORTABLE,
    INSTANCE_STATUS,
    'UNSUPPORTED_OPERATION_DISK_ATTACHED',
    LIMIT,
    INSTANCE,
    DISK_STATUS
  ]),
  zec('SUPPORT', 'DetachDisks', [PORTABLE, DISK_STATUS, INSTANCE_STATUS, DISK, VALUE]),
  zec('SUPPORT', 'ResizeDisk', [DISK, LESS, DISK_STATUS]),
  zec('SUPPORT', 'ReleaseDisk', [DISK, PORTABLE, 'UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE', DISK_STATUS]),
  zec('SUPPORT', 'RenewDisk', [
    DISK,
    'INVALID_ORDER_NOT_FOUND',
    'ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE',
    'UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE',
    DISK_STATUS
  ]),
  zec('SUPPORT', 'ModifyDisksAttributes', [DISK, DISK_STATUS, BIN]),
  zec('SUPPORT', 'ModifyDisksResourceGroup', [DISK, GROUP, DISK_STATUS, BIN]),
  zec('SUPPORT', 'DescribeDiskRegions'),
  zec('SUPPORT', 'DescribeDiskCategory'),
  zec('SUPPORT', 'DescribeZones'),
  zec('SUPPORT', 'DescribeInstances'),
  zec('SUPPORT', 'DescribeInstancesStatus'),
  zec('SUPPORT', 'StartInstances', [INSTANCE, INSTANCE_STATUS]),
  zec('SUPPORT', 'StopInstances', [INSTANCE, INSTANCE_STATUS]),

  zec(
    'OPTIONAL',
    'ChangeDisksAttach',
    [DISK, DISK_STATUS, INSTANCE_STATUS, ZONES, LIMIT, 'UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED', INSTANCE],
    OLD
  ),
  // Section 5.28 names no codes: those for an unknown zone or disk and for a smaller size are ours, by analogy.
  zec('OPTIONAL', 'InquiryPriceCreateDisks', ['INVALID_ZONE_NOT_FOUND']),
  zec('OPTIONAL', 'InquiryPriceResizeDisk', [DISK, LESS], NEW),
  zec('OPTIONAL', 'DescribeDiskMonitorData', [DISK, VALUE], NEW),
  zec('OPTIONAL', 'DescribeRegions', [], NEW),
  zec('OPTIONAL', 'DescribeTimeZones'),
  { name: 'DescribeResourceGroups', service: 'user', tag: 'OPTIONAL', versions: ['2024-05-29'], errors: [] },
  { name: 'CreateResourceGroup', service: 'user', tag: 'OPTIONAL', versions: ['2024-05-29'], errors: [] },
  {
    name: 'AddResourceResourceGroup',
    service: 'user',
    tag: 'OPTIONAL',
    versions: ['2024-05-29'],
    errors: [GROUP, RESOURCE, BIN]
  },
  {
    name: 'ModifyResourceTags',
    service: 'zrm',
    tag: 'OPTIONAL',
    versions: ['2025-10-14'],
    errors: [RESOURCE, VALUE, BIN]
  },
  { name: 'DescribeResourceTags', service: 'zrm', tag: 'OPTIONAL', versions: ['2025-10-14'], errors: [RESOURCE] }
]

/** zenlayer.md 5.29, 5.30: known, answered as unknown actions. */
export const notServedActions = ['CreateZecInstances', 'CreateInstances', 'ReleaseInstances', 'DescribeResourceTypes']

/** Actions that answer `zenlayer.diskNotFoundCode` for an unknown disk: the other code stands in their rows, too. */
export const namesDisks = (fact: ActionFact) => fact.errors.includes(DISK)
