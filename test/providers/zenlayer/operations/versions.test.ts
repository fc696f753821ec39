import { describe, expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

// zenlayer.md 7.1 and 3.3: one state under both versions, and what counts as given.

const reads = [
  'DescribeSnapshots',
  'DescribeAutoSnapshotPolicies',
  'DescribeInstances',
  'DescribeInstancesStatus',
  'DescribeZones',
  'DescribeDiskRegions',
  'DescribeDiskCategory',
  'DescribeTimeZones'
]
test.for(reads)('%s answers alike under both versions', async (action) => {
  const { ok } = await stage()
  expect(await ok(action, {}, '2024-04-01')).toEqual(await ok(action, {}, '2025-09-01'))
})

test('newer fields of requests are honoured under the old version', async () => {
  const { ok, disk, policy } = await stage()
  const tags = { tags: [{ key: 'env', value: 'prod' }] }
  const newDisk = { zoneId: 'zone-a', diskName: 'x', diskSize: 20, diskAmount: 2, diskNames: ['a', 'b'] }
  const more = { tags, burstingEnabled: true, instanceIds: ['i-running', 'i-stopped'] }
  const made = await ok('CreateDisks', { ...newDisk, ...more }, '2024-04-01')
  const [, second] = Array.isArray(made.diskIds) ? made.diskIds : []
  expect(await disk(second)).toMatchObject({ diskName: 'b', tags, burstingEnabled: true, instanceId: 'i-stopped' })
  const schedule = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0], tags }
  const { autoSnapshotPolicyId } = await ok('CreateAutoSnapshotPolicy', schedule, '2024-04-01')
  expect((await policy(autoSnapshotPolicyId)).tags).toEqual(tags)
})

describe('empty values', () => {
  test.for([
    [
      'ModifyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'p-one', autoSnapshotPolicyName: '' },
      'INVALID_PARAMETER_LESS_LENGTH'
    ],
    ['ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', autoSnapshotPolicyName: null }, undefined],
    ['ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: '' }, 'MISSING_PARAMETER'],
    ['ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', repeatWeekDays: [], hours: [] }, undefined],
    ['ModifySnapshotsAttribute', { snapshotIds: ['s-ok'], snapshotName: '' }, 'INVALID_PARAMETER_LESS_LENGTH'],
    ['ModifySnapshotsAttribute', { snapshotIds: null }, 'MISSING_PARAMETER'],
    ['ModifyDisksAttributes', { diskIds: ['d-free'], diskName: '' }, 'MISSING_PARAMETER'],
    ['ModifyDisksResourceGroup', { diskIds: ['d-free'], resourceGroupId: '' }, 'MISSING_PARAMETER'],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', diskIds: [] }, 'MISSING_PARAMETER'],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', diskIds: [''] }, 'INVALID_DISK_NOT_FOUND'],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', diskIds: [null] }, 'INVALID_PARAMETER_TYPE'],
    ['DescribeDisks', { diskIds: [], diskName: '', diskStatus: '', diskType: null, tags: [], tagKeys: [] }, undefined],
    ['DescribeInstances', { instanceIds: [], status: '', name: '' }, undefined],
    ['DetachDisks', { diskIds: ['d-used-stopped'], instanceCheckFlag: null }, undefined],
    ['ModifyResourceTags', { resourceUuid: 'd-free', replaceTags: [], deleteTagKeys: [] }, undefined],
    ['AddResourceResourceGroup', { resources: [], resourceGroupId: 'group-other' }, 'MISSING_PARAMETER'],
    ['ReleaseDisk', {}, 'MISSING_PARAMETER'],
    ['RenewDisk', { diskId: 7 }, 'INVALID_PARAMETER_TYPE']
  ] as const)('%s %j: %s', async ([action, body, code]) => {
    const { zenlayer } = await stage()
    const reply = await zenlayer(action, body)
    expect(reply.code).toBe(code)
    if (code === undefined) expect(reply.status).toBe(200)
  })
})
