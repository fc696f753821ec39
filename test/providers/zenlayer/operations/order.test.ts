import { describe, expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

describe('3.3: the order of checks', () => {
  test.for([
    [
      'ModifyDisksResourceGroup',
      { diskIds: ['none'], resourceGroupId: 'none' },
      'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND'
    ],
    ['ModifyDisksAttributes', { diskIds: ['d-recycled', 'none'], diskName: 'x' }, 'INVALID_DISK_NOT_FOUND'],
    [
      'ApplyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'none', diskIds: ['none'] },
      'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'
    ],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-two', diskIds: ['d-b', 'none'] }, 'INVALID_DISK_NOT_FOUND'],
    [
      'ApplyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'p-two', diskIds: ['d-failed', 'd-b'] },
      'INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH'
    ],
    [
      'ApplyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'p-two', diskIds: ['d-planned', 'd-failed'] },
      'UNSUPPORTED_OPERATION_DISK_STATUS'
    ],
    ['ChangeDisksAttach', { diskIds: ['d-free'], instanceId: 'none' }, 'INVALID_INSTANCE_NOT_FOUND'],
    ['ChangeDisksAttach', { diskIds: ['d-free'], instanceId: 'i-b' }, 'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED'],
    ['ResizeDisk', { diskId: 'none', diskSize: 32_769 }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    ['StopInstances', { instanceIds: ['i-stopped', 'none'] }, 'INVALID_INSTANCE_NOT_FOUND'],
    [
      'DescribeDiskMonitorData',
      { diskId: 'none', metricType: 'X', startTime: 'y', endTime: 7 },
      'INVALID_PARAMETER_TYPE'
    ]
  ] as const)('%s %j: %s', async ([action, body, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer(action, body)).code).toBe(code)
  })

  test('types come first, however many other faults stand before them', async () => {
    const { zenlayer } = await stage()
    const schedule = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: Array(500).fill(9) }
    expect((await zenlayer('CreateAutoSnapshotPolicy', { ...schedule, hours: 'x' })).code).toBe(
      'INVALID_PARAMETER_TYPE'
    )
    expect((await zenlayer('CreateAutoSnapshotPolicy', schedule)).code).toBe('MISSING_PARAMETER')
  })
})
