import { describe, expect, test } from 'vitest'
import { disk, place, policy, type Stage, stages } from '../stage.ts'

const stage = stages()

const daily = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [0] }
const create = 'CreateAutoSnapshotPolicy'

describe('CreateAutoSnapshotPolicy', () => {
  test('a new policy shows every field, days and hours ascending and once', async () => {
    const { ok, policy: show } = await stage()
    const made = await ok(create, { ...daily, repeatWeekDays: [4, 5, 7, 6, 2, 3, 1, 7], hours: [12, 23, 0, 12] })
    expect(made.autoSnapshotPolicyId).toMatch(/^\d{19}$/)
    expect(await show(made.autoSnapshotPolicyId)).toEqual({
      autoSnapshotPolicyId: made.autoSnapshotPolicyId,
      zoneId: 'zone-a',
      autoSnapshotPolicyName: 'daily',
      repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
      hours: [0, 12, 23],
      retentionDays: -1,
      diskNum: 0,
      createTime: '2026-01-05T08:00:00Z',
      resourceGroup: { resourceGroupId: 'group-default', resourceGroupName: 'Default Resource Group' },
      diskIdSet: [],
      tags: null
    })
  })

  test('group, tags and retention are taken', async () => {
    const { ok, policy: show } = await stage()
    const tags = { tags: [{ key: 'env', value: 'prod' }, { key: 'flag' }] }
    const made = await ok(create, { ...daily, resourceGroupId: 'group-other', retentionDays: 65535, tags })
    expect(await show(made.autoSnapshotPolicyId)).toMatchObject({
      resourceGroup: { resourceGroupId: 'group-other', resourceGroupName: 'Other' },
      retentionDays: 65535,
      tags: {
        tags: [
          { key: 'env', value: 'prod' },
          { key: 'flag', value: '' }
        ]
      }
    })
  })

  test('names need not be unique', async () => {
    const { ok, list } = await stage()
    await ok(create, daily)
    await ok(create, daily)
    expect(await list('DescribeAutoSnapshotPolicies', { autoSnapshotPolicyName: '^daily$' })).toHaveLength(2)
  })

  test.for([
    [{ autoSnapshotPolicyName: 'a' }, 'INVALID_PARAMETER_LESS_LENGTH'],
    [{ autoSnapshotPolicyName: 'ab' }, undefined],
    [{ autoSnapshotPolicyName: 'x'.repeat(63) }, undefined],
    [{ autoSnapshotPolicyName: 'x'.repeat(64) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ autoSnapshotPolicyName: 'a-/_.9' }, undefined],
    [{ autoSnapshotPolicyName: '-a' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ autoSnapshotPolicyName: 'a.' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ autoSnapshotPolicyName: 'a b' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ autoSnapshotPolicyName: 'ä1' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ autoSnapshotPolicyName: 'ab\n' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ autoSnapshotPolicyName: '' }, 'MISSING_PARAMETER'],
    [{ repeatWeekDays: [] }, 'MISSING_PARAMETER'],
    [{ repeatWeekDays: [0] }, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [{ repeatWeekDays: [8] }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ repeatWeekDays: ['1'] }, 'INVALID_PARAMETER_TYPE'],
    [{ repeatWeekDays: [null] }, 'INVALID_PARAMETER_TYPE'],
    [{ hours: [] }, 'MISSING_PARAMETER'],
    [{ hours: [24] }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ hours: [-1] }, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [{ hours: [1.5] }, 'INVALID_PARAMETER_TYPE'],
    [{ retentionDays: -1 }, undefined],
    [{ retentionDays: 1 }, undefined],
    [{ retentionDays: 0 }, 'INVALID_RETENTION_DAYS'],
    [{ retentionDays: -2 }, 'INVALID_RETENTION_DAYS'],
    [{ retentionDays: 65536 }, 'INVALID_RETENTION_DAYS'],
    [{ retentionDays: 1e300 }, 'INVALID_RETENTION_DAYS'],
    [{ retentionDays: '7' }, 'INVALID_PARAMETER_TYPE'],
    [{ retentionDays: null }, undefined],
    [{ zoneId: '' }, 'MISSING_PARAMETER'],
    [{ resourceGroupId: '' }, undefined],
    [{ tags: [{ key: 'a', value: 'b' }] }, 'INVALID_PARAMETER_TYPE'],
    [{ tags: { tags: [{ key: '', value: 'b' }] } }, 'MISSING_PARAMETER'],
    [{ tags: { tags: [{ key: 'x'.repeat(65), value: 'b' }] } }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ tags: { tags: [] } }, undefined]
  ] as const)('%j: %s', async ([more, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer(create, { ...daily, ...more })).code).toBe(code)
  })

  test('the group is looked for before the zone', async () => {
    const { zenlayer } = await stage()
    const reply = await zenlayer(create, { ...daily, zoneId: 'none', resourceGroupId: 'none' })
    expect(reply.code).toBe('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND')
  })
})

describe('DescribeAutoSnapshotPolicies', () => {
  const tagged = {
    ...place,
    policies: [
      policy('p-one', 'zone-a'),
      { ...policy('p-two', 'zone-a'), tags: [{ key: 'env', value: 'prod' }] },
      {
        ...policy('p-b', 'zone-b'),
        resourceGroupId: 'group-other',
        tags: [
          { key: 'env', value: 'test' },
          { key: 'team', value: 'a' }
        ]
      }
    ]
  }
  test.for([
    [{}, ['p-b', 'p-two', 'p-one']],
    [{ autoSnapshotPolicyIds: ['p-one', 'none'] }, ['p-one']],
    [{ zoneIds: ['zone-b', 'none'] }, ['p-b']],
    [{ zoneIds: ['zone-a', 'zone-b'] }, ['p-b', 'p-two', 'p-one']],
    [{ autoSnapshotPolicyName: 'o' }, ['p-two', 'p-one']],
    [{ autoSnapshotPolicyName: '^p-b$' }, ['p-b']],
    [{ resourceGroupId: 'group-other' }, ['p-b']],
    [{ tagKeys: ['env'] }, ['p-b', 'p-two']],
    [{ tagKeys: ['env', 'team'] }, ['p-b']],
    [{ tags: [{ key: 'env', value: 'prod' }] }, ['p-two']],
    [{ tagKeys: ['team'], tags: [{ key: 'env', value: 'prod' }] }, []],
    [{ pageSize: 1, pageNum: 2 }, ['p-two']]
  ] as const)('filters by %j', async ([filter, expected]) => {
    const { list } = await stage({}, tagged)
    const found = await list('DescribeAutoSnapshotPolicies', filter)
    expect(found.map(({ autoSnapshotPolicyId }) => autoSnapshotPolicyId)).toEqual(expected)
  })

  test.for([
    [{ tagKeys: Array.from({ length: 21 }, String) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ tags: { tags: [] } }, 'INVALID_PARAMETER_TYPE'],
    [{ pageSize: 1001 }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ zoneIds: 'zone-a' }, 'INVALID_PARAMETER_TYPE']
  ] as const)('refuses %j', async ([filter, code]) => {
    const { zenlayer } = await stage({}, tagged)
    expect(await zenlayer('DescribeAutoSnapshotPolicies', filter)).toMatchObject({ status: 400, code })
  })
})

test('ModifyAutoSnapshotPolicy changes what is given and keeps the rest', async () => {
  const { ok, policy: show } = await stage()
  const before = await show('p-one')
  await ok('ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', repeatWeekDays: [], hours: null })
  expect(await show('p-one')).toEqual(before)
  await ok('ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', hours: [5, 3], retentionDays: 7 })
  expect(await show('p-one')).toEqual({ ...before, hours: [3, 5], retentionDays: 7 })
  await ok('ModifyAutoSnapshotPolicy', {
    autoSnapshotPolicyId: 'p-one',
    autoSnapshotPolicyName: 'new',
    repeatWeekDays: [7],
    retentionDays: -1
  })
  expect(await show('p-one')).toEqual({
    ...before,
    autoSnapshotPolicyName: 'new',
    repeatWeekDays: [7],
    hours: [3, 5],
    retentionDays: -1
  })
})

describe('disks of a policy', () => {
  const apply = 'ApplyAutoSnapshotPolicy'
  test('applying shows on both sides at once, and twice is no error', async () => {
    const { ok, policy: show, disk } = await stage()
    await ok(apply, { autoSnapshotPolicyId: 'p-one', diskIds: ['d-free', 'd-used', 'd-free'] })
    await ok(apply, { autoSnapshotPolicyId: 'p-one', diskIds: ['d-used'] })
    expect(await show('p-one')).toMatchObject({ diskNum: 3, diskIdSet: ['d-free', 'd-used', 'd-planned'] })
    expect((await disk('d-used')).autoSnapshotPolicyId).toBe('p-one')
  })

  test('cancelling ignores disks of other policies and unknown ones', async () => {
    const { ok, policy: show, disk } = await stage()
    await ok(apply, { autoSnapshotPolicyId: 'p-two', diskIds: ['d-free'] })
    await ok('CancelAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', diskIds: ['d-planned', 'd-free', 'none'] })
    expect(await show('p-one')).toMatchObject({ diskNum: 0, diskIdSet: [] })
    expect(await show('p-two')).toMatchObject({ diskNum: 1, diskIdSet: ['d-free'] })
    expect((await disk('d-planned')).autoSnapshotPolicyId).toBeNull()
  })

  test('a deleted policy leaves its disks and snapshots behind', async () => {
    const { ok, disk, list, advance } = await stage()
    await advance('P7DT1H')
    const made = await list('DescribeSnapshots', { snapshotType: 'Auto' })
    expect(made).toHaveLength(2)
    await ok('DeleteAutoSnapshotPolicies', { autoSnapshotPolicyIds: ['p-one', 'p-one'] })
    expect(await list('DescribeAutoSnapshotPolicies', { autoSnapshotPolicyIds: ['p-one'] })).toEqual([])
    expect((await disk('d-planned')).autoSnapshotPolicyId).toBeNull()
    expect(await list('DescribeSnapshots', { snapshotType: 'Auto' })).toEqual(made)
  })
})

describe('a policy over time', () => {
  const autos = async (world: Stage) => world.list('DescribeSnapshots', { snapshotType: 'Auto', pageSize: 1000 })

  test('makes snapshots at the full hour, in UTC, named after disk and minute', async () => {
    const world = await stage()
    const made = await world.ok(create, { ...daily, repeatWeekDays: [1, 2], hours: [9, 0], retentionDays: 2 })
    const { autoSnapshotPolicyId } = made
    await world.ok('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: ['d-free'] })
    await world.advance('PT59M59S')
    expect(await autos(world)).toEqual([])
    // The place has a policy on Mondays at 9, too, with another disk.
    await world.advance('PT1S')
    const first = (await autos(world)).find(({ diskId }) => diskId === 'd-free')
    expect(first).toMatchObject({
      snapshotName: 'auto-d-free-202601050900',
      createTime: '2026-01-05T09:00:00Z',
      retentionTime: '2026-01-07T09:00:00Z',
      snapshotType: 'Auto',
      status: 'AVAILABLE'
    })
    await world.advance('P1D')
    const names = (await autos(world)).map(({ snapshotName }) => snapshotName)
    expect(names.filter((name) => String(name).includes('d-free'))).toEqual([
      'auto-d-free-202601060900',
      'auto-d-free-202601060000',
      'auto-d-free-202601050900'
    ])
  })

  test('retention of -1 keeps snapshots for ever', async () => {
    const world = await stage()
    await world.advance('P14DT1H')
    expect((await autos(world)).map(({ retentionTime }) => retentionTime)).toEqual([null, null, null])
  })

  test('passes over disks that are busy and those at their quota, with the reason', async () => {
    const world = await stage({ 'zenlayer.snapshotQuota': 1 })
    const { autoSnapshotPolicyId } = await world.ok(create, { ...daily, hours: [9] })
    const diskIds = ['d-changing', 'd-free', 'd-used']
    await world.ok('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds })
    const report = await world.advance('PT1H')
    expect(report).toMatchObject({ firings: 2, snapshotsCreated: 2 })
    expect(report.skipped).toMatchObject({ 'disk-changing': 1 })
    expect((await autos(world)).map(({ diskId }) => diskId).toSorted()).toEqual(['d-planned', 'd-used'])
  })

  test('a changed retention leaves the snapshots that exist alone', async () => {
    const world = await stage()
    await world.advance('PT1H')
    await world.ok('ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-one', retentionDays: 1 })
    await world.advance('P8D')
    const times = (await autos(world)).map(({ retentionTime }) => retentionTime)
    expect(times).toEqual([null])
  })
})

test('5.12: names of automatic snapshots have at most 64 characters', async () => {
  const long = 'd'.repeat(60)
  const world = await stage({}, { ...place, disks: [disk(long, { autoSnapshotPolicyId: 'p-one' })], snapshots: [] })
  await world.advance('PT1H')
  const [made] = await world.list('DescribeSnapshots')
  expect(made?.snapshotName).toMatch(/^auto-d{46}-202601050900$/)
  expect(String(made?.snapshotName)).toHaveLength(64)
})
