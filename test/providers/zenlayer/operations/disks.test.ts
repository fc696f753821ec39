import { describe, expect, test } from 'vitest'
import { disk, place, row, rows, type Stage, stages } from '../stage.ts'

const stage = stages()

const newDisk = { zoneId: 'zone-a', diskName: 'data', diskSize: 20 }
const statusOf = async ({ disk: show }: Stage, id: unknown) => (await show(id)).diskStatus
const made = async ({ ok }: Stage, more: object = {}): Promise<unknown[]> => {
  const { diskIds } = await ok('CreateDisks', { ...newDisk, ...more })
  return Array.isArray(diskIds) ? diskIds : []
}
const slow = (...transitions: string[]) =>
  Object.fromEntries(transitions.map((transition) => [`delays.zenlayer.${transition}Ms`, 1000]))

describe('CreateDisks', () => {
  test('one disk unless said otherwise, a data disk that shows every field', async () => {
    const world = await stage()
    const answer = await world.ok('CreateDisks', newDisk)
    expect(answer).toEqual({
      diskIds: [expect.stringMatching(/^\d{19}$/)],
      orderNumber: expect.stringMatching(/^\d{18}$/)
    })
    const [diskId] = Array.isArray(answer.diskIds) ? answer.diskIds : []
    expect(await world.disk(diskId)).toEqual({
      diskId,
      diskName: 'data',
      regionId: 'region-1',
      zoneId: 'zone-a',
      diskType: 'DATA',
      portable: true,
      diskCategory: 'Standard NVMe SSD',
      diskSize: 20,
      diskStatus: 'AVAILABLE',
      instanceId: null,
      instanceName: null,
      createTime: '2026-01-05T08:00:00Z',
      expiredTime: null,
      period: null,
      resourceGroupId: 'group-default',
      resourceGroupName: 'Default Resource Group',
      serial: expect.stringMatching(/^[0-9a-z]{20}$/),
      snapshotAbility: true,
      autoSnapshotPolicyId: null,
      tags: { tags: [] },
      burstingEnabled: false
    })
  })

  test('many at once, with names, category, group, tags and bursting', async () => {
    const world = await stage()
    const more = {
      diskAmount: 3,
      diskNames: ['a', 'b', 'c'],
      diskCategory: 'Basic NVMe SSD',
      resourceGroupId: 'group-other',
      tags: { tags: [{ key: 'env', value: 'prod' }] },
      burstingEnabled: true,
      marketingOptions: { discountCode: 'nothing', usePocVoucher: true },
      instanceChargePostpaid: { period: 1 }
    }
    const ids = await made(world, more)
    expect(ids).toHaveLength(3)
    const disks = await Promise.all(ids.map((id) => world.disk(id)))
    expect(disks.map(({ diskName }) => diskName)).toEqual(['a', 'b', 'c'])
    expect(new Set(disks.map(({ serial }) => serial)).size).toBe(3)
    for (const each of disks) {
      expect(each).toMatchObject({
        diskCategory: 'Basic NVMe SSD',
        resourceGroupId: 'group-other',
        resourceGroupName: 'Other',
        tags: { tags: [{ key: 'env', value: 'prod' }] },
        burstingEnabled: true
      })
    }
  })

  test('what is accepted and not used is listed', async () => {
    const { ok, control } = await stage()
    const more = { marketingOptions: { usePocVoucher: true }, instanceChargePostpaid: { period: 1 }, colour: 'red' }
    await ok('CreateDisks', { ...newDisk, ...more })
    const [entry] = rows(row((await control('GET', '/requests')).body).requests)
    expect(row(entry).unused).toEqual([
      'body.marketingOptions.usePocVoucher',
      'body.instanceChargePostpaid',
      'body.colour'
    ])
  })

  test('with an instance a disk goes from CREATING to IN_USE directly, attached throughout', async () => {
    const world = await stage(slow('diskCreate'))
    const [id] = await made(world, { instanceId: 'i-running' })
    expect(await world.disk(id)).toMatchObject({
      diskStatus: 'CREATING',
      instanceId: 'i-running',
      instanceName: 'runs'
    })
    await world.advance('PT1S')
    expect(await world.disk(id)).toMatchObject({ diskStatus: 'IN_USE', instanceId: 'i-running' })
  })

  test('instanceIds win over instanceId, one for each disk', async () => {
    const world = await stage()
    const more = { diskAmount: 2, instanceId: 'i-running', instanceIds: ['i-stopped', 'i-running'] }
    const [first, second] = await made(world, more)
    expect((await world.disk(first)).instanceId).toBe('i-stopped')
    expect((await world.disk(second)).instanceId).toBe('i-running')
  })

  test('the limit of an instance counts data disks, those being made included', async () => {
    const world = await stage({ 'zenlayer.instanceDiskLimit': 3, ...slow('diskCreate') })
    await made(world, { instanceId: 'i-running' })
    const two = { ...newDisk, diskAmount: 2, instanceId: 'i-running' }
    expect((await world.zenlayer('CreateDisks', two)).code).toBe('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH')
    await made(world, { instanceId: 'i-running' })
    const attach = { diskIds: ['d-free'], instanceId: 'i-running' }
    expect((await world.zenlayer('AttachDisks', attach)).code).toBe('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH')
  })

  test('from a snapshot it has the content and at least the size', async () => {
    const world = await stage()
    const [id] = await made(world, { snapshotId: 's-ok', diskSize: 100 })
    expect(await world.disk(id)).toMatchObject({ diskSize: 100, diskStatus: 'AVAILABLE' })
    await world.ok('ResizeDisk', { diskId: 'd-free', diskSize: 200 })
    expect(await made(world, { snapshotId: 's-ok', diskSize: 100 })).toHaveLength(1)
  })

  test('a zone without snapshots gives disks without the ability', async () => {
    const world = await stage()
    const [id] = await made(world, { zoneId: 'zone-bare' })
    expect(await world.disk(id)).toMatchObject({ snapshotAbility: false, regionId: 'region-bare' })
  })

  test.for([
    [{ diskSize: 19 }, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [{ diskSize: 32768 }, undefined],
    [{ diskSize: 32769 }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ diskSize: '20' }, 'INVALID_PARAMETER_TYPE'],
    [{ diskSize: null }, 'MISSING_PARAMETER'],
    [{ diskAmount: 0 }, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [{ diskAmount: 50 }, undefined],
    [{ diskAmount: 51 }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ diskName: 'a' }, undefined],
    [{ diskName: 'a/b_c.d-9' }, undefined],
    [{ diskName: 'x'.repeat(64) }, undefined],
    [{ diskName: 'x'.repeat(65) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ diskName: 'a-' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ diskName: '.a' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ diskName: '盘' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ diskNames: ['a', 'b'] }, 'INVALID_PARAMETER_VALUE'],
    [{ diskNames: ['-'] }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ diskNames: [] }, undefined],
    [{ instanceIds: ['i-running', 'i-stopped'] }, 'INVALID_PARAMETER_VALUE'],
    [{ instanceIds: [] }, undefined],
    [{ instanceId: '' }, undefined],
    [{ diskCategory: 'SSD' }, 'INVALID_PARAMETER_VALUE'],
    [{ snapshotId: 'none' }, 'INVALID_DISK_SNAPSHOT_NOT_FOUND'],
    [{ burstingEnabled: 1 }, 'INVALID_PARAMETER_TYPE'],
    [{ zoneId: undefined }, 'MISSING_PARAMETER'],
    [{ zoneId: undefined, diskSize: 'x' }, 'INVALID_PARAMETER_TYPE'],
    [{ zoneId: 'none', resourceGroupId: 'none' }, 'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND'],
    [{ zoneId: 'none', snapshotId: 'none' }, 'INVALID_ZONE_NOT_FOUND'],
    [{ snapshotId: 's-creating', instanceId: 'none' }, 'INVALID_INSTANCE_NOT_FOUND'],
    [{ snapshotId: 's-creating', instanceId: 'i-b' }, 'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED'],
    [{ snapshotId: 's-creating', instanceId: 'i-booting' }, 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS']
  ] as const)('%j: %s', async ([more, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer('CreateDisks', { ...newDisk, ...more })).code).toBe(code)
  })
})

describe('DescribeDisks', () => {
  const seeded = {
    ...place,
    disks: [
      disk('d-1', { diskName: 'vol-1', tags: [{ key: 'env', value: 'prod' }] }),
      disk('d-10', { diskName: 'vol-10', diskCategory: 'Basic NVMe SSD', instanceId: 'i-running' }),
      disk('d-boot', { diskType: 'SYSTEM', instanceId: 'i-running', resourceGroupId: 'group-other' }),
      disk('d-bin', { diskStatus: 'RECYCLED' }),
      disk('d-bare', { zoneId: 'zone-bare' }),
      disk('d-b', { zoneId: 'zone-b', diskStatus: 'CREATING' })
    ],
    snapshots: []
  }
  test.for([
    [{}, ['d-b', 'd-bare', 'd-bin', 'd-boot', 'd-10', 'd-1']],
    [{ diskIds: ['d-1', 'none', 'd-bin'] }, ['d-bin', 'd-1']],
    [{ diskIds: ['none'] }, []],
    [{ diskIds: [] }, ['d-b', 'd-bare', 'd-bin', 'd-boot', 'd-10', 'd-1']],
    [{ diskName: '^vol-1$' }, ['d-1']],
    [{ diskName: 'vol-1' }, ['d-10', 'd-1']],
    [{ diskStatus: 'AVAILABLE' }, ['d-bare', 'd-1']],
    [{ diskStatus: 'IN_USE' }, ['d-boot', 'd-10']],
    [{ diskStatus: 'RECYCLED' }, ['d-bin']],
    [{ diskStatus: 'CREATING' }, ['d-b']],
    [{ diskStatus: 'ROLLING_BACK' }, []],
    [{ diskType: 'SYSTEM' }, ['d-boot']],
    [{ diskType: 'Data', diskStatus: 'IN_USE' }, ['d-10']],
    [{ diskCategory: 'Basic NVMe SSD' }, ['d-10']],
    [{ diskCategory: 'cloud_efficiency' }, []],
    [{ instanceId: 'i-running' }, ['d-boot', 'd-10']],
    [{ instanceId: 'i-stopped' }, []],
    [{ instanceId: 'none' }, []],
    [{ zoneId: 'zone-b' }, ['d-b']],
    [{ zoneId: 'none' }, []],
    [{ regionId: 'region-1', diskStatus: 'AVAILABLE' }, ['d-1']],
    [{ regionId: 'none' }, []],
    [{ snapshotAbility: false }, ['d-bare']],
    [{ snapshotAbility: true, diskStatus: 'AVAILABLE' }, ['d-1']],
    [{ resourceGroupId: 'group-other' }, ['d-boot']],
    [{ tagKeys: ['env'] }, ['d-1']],
    [{ tags: [{ key: 'env', value: 'test' }] }, []],
    [{ pageSize: 2, pageNum: 3 }, ['d-10', 'd-1']]
  ] as const)('filters by %j', async ([filter, expected]) => {
    const { ok, list } = await stage({}, seeded)
    expect((await list('DescribeDisks', filter)).map(({ diskId }) => diskId)).toEqual(expected)
    if (!('pageSize' in filter)) expect((await ok('DescribeDisks', filter)).totalCount).toBe(expected.length)
  })

  test('shows chargeType at the old version only', async () => {
    const { list } = await stage({}, seeded)
    const [old] = await list('DescribeDisks', { diskIds: ['d-1'] }, '2024-04-01')
    const [now] = await list('DescribeDisks', { diskIds: ['d-1'] }, '2025-09-01')
    expect(old).toEqual({ ...now, chargeType: 'POSTPAID' })
  })

  test('honours newer filters at the old version', async () => {
    const { list } = await stage({}, seeded)
    const found = await list('DescribeDisks', { regionId: 'region-bare' }, '2024-04-01')
    expect(found.map(({ diskId }) => diskId)).toEqual(['d-bare'])
  })
})

describe('attaching', () => {
  test('ATTACHING at once with its instance, then IN_USE; DETACHING keeps it until the end', async () => {
    const world = await stage(slow('attach', 'detach'))
    expect(await world.ok('AttachDisks', { diskIds: ['d-free', 'd-free'], instanceId: 'i-running' })).toEqual({
      failedDiskIds: []
    })
    expect(await world.disk('d-free')).toMatchObject({ diskStatus: 'ATTACHING', instanceId: 'i-running' })
    await world.advance('PT1S')
    expect(await world.disk('d-free')).toMatchObject({ diskStatus: 'IN_USE', instanceId: 'i-running' })
    const detach = { diskIds: ['d-free'], instanceCheckFlag: false }
    expect(await world.ok('DetachDisks', detach)).toEqual({ failedDiskIds: [] })
    expect(await world.disk('d-free')).toMatchObject({ diskStatus: 'DETACHING', instanceId: 'i-running' })
    await world.advance('PT1S')
    expect(await world.disk('d-free')).toMatchObject({ diskStatus: 'AVAILABLE', instanceId: null, instanceName: null })
  })

  test('a running snapshot goes on under an attachment, whichever ends first', async () => {
    for (const [attachMs, snapshotMs] of [
      [1000, 3000],
      [3000, 1000]
    ] as const) {
      const world = await stage({
        'delays.zenlayer.attachMs': attachMs,
        'delays.zenlayer.snapshotCreateMs': snapshotMs
      })
      const { snapshotId } = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
      expect(await statusOf(world, 'd-free')).toBe('SNAPSHOT_CREATING')
      await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-running' })
      expect(await world.disk('d-free')).toMatchObject({ diskStatus: 'ATTACHING', instanceId: 'i-running' })
      await world.advance('PT1S')
      expect(await statusOf(world, 'd-free')).toBe(attachMs === 1000 ? 'IN_USE' : 'ATTACHING')
      expect((await world.snapshot(snapshotId)).status).toBe(snapshotMs === 1000 ? 'AVAILABLE' : 'CREATING')
      await world.advance('PT2S')
      expect(await statusOf(world, 'd-free')).toBe('IN_USE')
      expect((await world.snapshot(snapshotId)).status).toBe('AVAILABLE')
    }
  })

  test('a disk with a running snapshot can be detached', async () => {
    const world = await stage(slow('snapshotCreate', 'detach'))
    await world.ok('CreateSnapshot', { diskId: 'd-used', snapshotName: 'x' })
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: 'SNAPSHOT_CREATING', instanceId: 'i-running' })
    await world.ok('DetachDisks', { diskIds: ['d-used'], instanceCheckFlag: false })
    expect(await statusOf(world, 'd-used')).toBe('DETACHING')
    await world.advance('PT1S')
    expect(await statusOf(world, 'd-used')).toBe('AVAILABLE')
  })

  test('nothing is done if one of the disks cannot be', async () => {
    const world = await stage()
    const attach = { diskIds: ['d-free', 'd-changing'], instanceId: 'i-running' }
    expect((await world.zenlayer('AttachDisks', attach)).code).toBe('UNSUPPORTED_OPERATION_DISK_STATUS')
    expect(await statusOf(world, 'd-free')).toBe('AVAILABLE')
  })

  test.for([
    ['AttachDisks', { diskIds: [], instanceId: 'i-running' }, 'MISSING_PARAMETER'],
    [
      'AttachDisks',
      { diskIds: Array.from({ length: 11 }, String), instanceId: 'x' },
      'INVALID_PARAMETER_EXCEED_LENGTH'
    ],
    ['AttachDisks', { diskIds: ['none'], instanceId: 'none' }, 'INVALID_DISK_NOT_FOUND'],
    ['AttachDisks', { diskIds: ['d-boot'], instanceId: 'i-b' }, 'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED'],
    ['AttachDisks', { diskIds: ['d-used'], instanceId: 'i-booting' }, 'UNSUPPORTED_OPERATION_DISK_ATTACHED'],
    ['DetachDisks', { diskIds: ['d-used'], instanceCheckFlag: 'false' }, 'INVALID_PARAMETER_TYPE'],
    ['DetachDisks', { diskIds: ['d-boot'] }, 'INVALID_DISK_NOT_PORTABLE']
  ] as const)('%s %j: %s', async ([action, body, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer(action, body)).code).toBe(code)
  })

  test('ChangeDisksAttach takes the transitions of detaching and attaching, one after the other', async () => {
    const world = await stage({ 'delays.zenlayer.detachMs': 1000, 'delays.zenlayer.attachMs': 2000 })
    await world.ok('ChangeDisksAttach', { diskIds: ['d-used'], instanceId: 'i-stopped' })
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: 'DETACHING', instanceId: 'i-running' })
    await world.advance('PT1S')
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: 'ATTACHING', instanceId: 'i-stopped' })
    await world.advance('PT2S')
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: 'IN_USE', instanceId: 'i-stopped' })
  })

  test('a disk on its way to an instance counts there', async () => {
    const world = await stage({ 'zenlayer.instanceDiskLimit': 2, ...slow('detach') })
    await world.ok('ChangeDisksAttach', { diskIds: ['d-used'], instanceId: 'i-stopped' })
    const attach = { diskIds: ['d-free'], instanceId: 'i-stopped' }
    expect((await world.zenlayer('AttachDisks', attach)).code).toBe('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH')
  })
})

describe('ResizeDisk', () => {
  test('CHANGING shows the old size, then the status before with the new one', async () => {
    const world = await stage(slow('resize'))
    for (const [diskId, rest] of [
      ['d-free', 'AVAILABLE'],
      ['d-used', 'IN_USE'],
      ['d-boot', 'IN_USE']
    ] as const) {
      const { diskSize } = await world.disk(diskId)
      await world.ok('ResizeDisk', { diskId, diskSize: 300 }, '2024-04-01')
      expect(await world.disk(diskId)).toMatchObject({ diskStatus: 'CHANGING', diskSize })
      await world.advance('PT1S')
      expect(await world.disk(diskId)).toMatchObject({ diskStatus: rest, diskSize: 300 })
    }
  })
  test.for([
    [99, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [101, undefined],
    [32769, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [-1, 'INVALID_PARAMETER_LESS_MINIMUM']
  ] as const)('to %i: %s', async ([diskSize, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer('ResizeDisk', { diskId: 'd-free', diskSize })).code).toBe(code)
  })
})

describe('ReleaseDisk', () => {
  const gone = async (world: Stage, id: string) => (await world.list('DescribeDisks', { diskIds: [id] })).length === 0

  test('without the recycle bin a disk is DELETING, then gone with its snapshots', async () => {
    const world = await stage(slow('release'))
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    expect(await statusOf(world, 'd-free')).toBe('DELETING')
    expect(await world.list('DescribeSnapshots', { diskIds: ['d-free'] })).toHaveLength(3)
    await world.advance('PT1S')
    expect(await gone(world, 'd-free')).toBe(true)
    expect(await world.list('DescribeSnapshots', { diskIds: ['d-free'] })).toEqual([])
  })

  test('snapshots outlive their disk if the setting says so, and keep its id', async () => {
    const world = await stage({ 'zenlayer.releaseKeepsSnapshots': true })
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    expect(await gone(world, 'd-free')).toBe(true)
    const kept = await world.list('DescribeSnapshots', { diskIds: ['d-free'] })
    expect(kept.map(({ snapshotId, diskId }) => [snapshotId, diskId])).toEqual([
      ['s-deleting', 'd-free'],
      ['s-creating', 'd-free'],
      ['s-ok', 'd-free']
    ])
    const apply = await world.zenlayer('ApplySnapshot', { diskId: 'd-free', snapshotId: 's-ok' })
    expect(apply.code).toBe('INVALID_DISK_NOT_FOUND')
    expect(await made(world, { snapshotId: 's-ok', diskSize: 100 })).toHaveLength(1)
    expect(await world.ok('DeleteSnapshots', { snapshotIds: ['s-ok'] })).toEqual({ snapshotIds: [] })
  })

  test('with the bin: RECYCLING, RECYCLED for 24 hours, then DELETING and gone', async () => {
    const world = await stage({ 'zenlayer.recycleBin': true, ...slow('recycle', 'release') })
    await world.ok('ReleaseDisk', { diskId: 'd-planned' })
    expect(await world.disk('d-planned')).toMatchObject({
      diskStatus: 'RECYCLING',
      autoSnapshotPolicyId: null,
      expiredTime: null
    })
    expect((await world.policy('p-one')).diskNum).toBe(0)
    await world.advance('PT1S')
    const expiredTime = '2026-01-06T08:00:01Z'
    expect(await world.disk('d-planned')).toMatchObject({ diskStatus: 'RECYCLED', expiredTime })
    await world.advance('PT23H59M59S')
    expect(await statusOf(world, 'd-planned')).toBe('RECYCLED')
    await world.advance('PT1S')
    expect(await statusOf(world, 'd-planned')).toBe('DELETING')
    await world.advance('PT1S')
    expect(await gone(world, 'd-planned')).toBe(true)
  })

  test('a second call destroys what is in the bin, RenewDisk takes it out', async () => {
    const world = await stage({ 'zenlayer.recycleBin': true })
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    expect(await world.list('DescribeSnapshots', { diskIds: ['d-free'] })).toHaveLength(3)
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    expect(await gone(world, 'd-free')).toBe(true)
    await world.ok('ReleaseDisk', { diskId: 'd-planned' })
    await world.ok('RenewDisk', { diskId: 'd-planned' })
    expect(await world.disk('d-planned')).toMatchObject({
      diskStatus: 'AVAILABLE',
      autoSnapshotPolicyId: null,
      expiredTime: null
    })
    await world.advance('P2D')
    expect(await statusOf(world, 'd-planned')).toBe('AVAILABLE')
  })

  test('a FAILED disk never goes by way of the bin', async () => {
    const world = await stage({ 'zenlayer.recycleBin': true })
    await world.ok('ReleaseDisk', { diskId: 'd-failed' })
    expect(await gone(world, 'd-failed')).toBe(true)
  })

  test('a boot disk is refused before its status is looked at', async () => {
    const { zenlayer } = await stage()
    expect((await zenlayer('ReleaseDisk', { diskId: 'd-boot' })).code).toBe('INVALID_DISK_NOT_PORTABLE')
  })
})

test('names and groups of disks change at once, of all or none', async () => {
  const { ok, zenlayer, disk: show } = await stage()
  await ok('ModifyDisksAttributes', { diskIds: ['d-free', 'd-used'], diskName: 'renamed' })
  await ok('ModifyDisksResourceGroup', { diskIds: ['d-free', 'd-used'], resourceGroupId: 'group-other' })
  for (const id of ['d-free', 'd-used']) {
    expect(await show(id)).toMatchObject({
      diskName: 'renamed',
      resourceGroupId: 'group-other',
      resourceGroupName: 'Other'
    })
  }
  expect((await zenlayer('ModifyDisksAttributes', { diskIds: ['d-free'], diskName: '' })).code).toBe(
    'MISSING_PARAMETER'
  )
  const bad = await zenlayer('ModifyDisksAttributes', { diskIds: ['d-free'], diskName: 'a b' })
  expect(bad.code).toBe('INVALID_PARAMETER_PATTERN_ERROR')
})
