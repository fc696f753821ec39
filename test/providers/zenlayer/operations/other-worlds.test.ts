import { expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

test('ids of another world are unknown in this one', async () => {
  const abroad = await stage()
  const { diskIds } = await abroad.ok('CreateDisks', { zoneId: 'zone-a', diskName: 'far', diskSize: 20, diskAmount: 9 })
  const diskId = Array.isArray(diskIds) ? diskIds.at(-1) : undefined
  const { snapshotId } = await abroad.ok('CreateSnapshot', { diskId, snapshotName: 'far' })
  const schedule = { zoneId: 'zone-a', autoSnapshotPolicyName: 'far', repeatWeekDays: [1], hours: [0] }
  const { autoSnapshotPolicyId } = await abroad.ok('CreateAutoSnapshotPolicy', schedule)
  const { resourceGroupId } = await abroad.ok('CreateResourceGroup', { name: 'far' })

  const { zenlayer, ok } = await stage()
  const codeOf = async (action: string, body: object) => (await zenlayer(action, body)).code
  expect(await codeOf('ReleaseDisk', { diskId })).toBe('INVALID_DISK_NOT_FOUND')
  expect(await codeOf('DeleteSnapshots', { snapshotIds: [snapshotId] })).toBe('INVALID_DISK_SNAPSHOT_NOT_FOUND')
  const policies = { autoSnapshotPolicyIds: [autoSnapshotPolicyId] }
  expect(await codeOf('DeleteAutoSnapshotPolicies', policies)).toBe('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND')
  const move = { diskIds: ['d-free'], resourceGroupId }
  expect(await codeOf('ModifyDisksResourceGroup', move)).toBe('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND')
  expect(await ok('DescribeDisks', { diskIds: [diskId] })).toEqual({ totalCount: 0, dataSet: [] })
  expect(await abroad.list('DescribeSnapshots', { snapshotIds: [snapshotId] })).toHaveLength(1)
})
