import { describe, expect, test } from 'vitest'
import { disk, place, type Stage, stages } from '../stage.ts'

const stage = stages()

const ids = async ({ list }: Stage, filter: object) =>
  (await list('DescribeSnapshots', filter)).map(({ snapshotId }) => snapshotId)

describe('CreateSnapshot', () => {
  test('a new snapshot shows every field of SnapshotInfo', async () => {
    const { ok, snapshot } = await stage()
    const retentionTime = '2026-01-06T08:00:00Z'
    const { snapshotId } = await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: '每日 #1', retentionTime })
    expect(snapshotId).toMatch(/^\d{19}$/)
    expect(await snapshot(snapshotId)).toEqual({
      snapshotId,
      snapshotName: '每日 #1',
      zoneId: 'zone-a',
      status: 'AVAILABLE',
      snapshotType: 'Manual',
      retentionTime,
      diskId: 'd-free',
      createTime: '2026-01-05T08:00:00Z',
      diskAbility: true,
      resourceGroup: { resourceGroupId: 'group-default', resourceGroupName: 'Default Resource Group' }
    })
  })

  test('without a retention time a snapshot is kept for ever', async () => {
    const { ok, snapshot, advance } = await stage()
    const { snapshotId } = await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x', retentionTime: null })
    await advance('P1000D')
    expect((await snapshot(snapshotId)).retentionTime).toBeNull()
  })

  test('names are 1 to 64 characters of any kind and need not be unique', async () => {
    const { zenlayer, ok, list } = await stage()
    const named = (snapshotName: unknown) => ({ diskId: 'd-free', snapshotName })
    await ok('CreateSnapshot', named('x'.repeat(64)))
    await ok('CreateSnapshot', named('x'.repeat(64)))
    expect(await list('DescribeSnapshots', { snapshotName: '^x{64}$' })).toHaveLength(2)
    expect((await zenlayer('CreateSnapshot', named('x'.repeat(65)))).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect((await zenlayer('CreateSnapshot', named(''))).code).toBe('MISSING_PARAMETER')
    expect((await zenlayer('CreateSnapshot', named(7))).code).toBe('INVALID_PARAMETER_TYPE')
  })

  test.for([
    ['2026-01-06T07:59:59Z', 'INVALID_SNAPSHOT_RETENTION_TIME'],
    ['2020-01-01T00:00:00Z', 'INVALID_SNAPSHOT_RETENTION_TIME'],
    ['2026-01-06T08:00:00Z', undefined],
    ['2026-02-29T00:00:00Z', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['2028-02-29T00:00:00Z', undefined],
    ['2100-02-29T00:00:00Z', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['2026-02-01T24:00:00Z', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['2026-02-01T00:00:00.000Z', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['2026-02-01T00:00:00+00:00', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['2026-02-01 00:00:00', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['tomorrow', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    ['', 'INVALID_PARAMETER_LESS_LENGTH'],
    [1767686400, 'INVALID_PARAMETER_TYPE']
  ] as const)('retention time %s: %s', async ([retentionTime, code]) => {
    const { zenlayer } = await stage()
    const reply = await zenlayer('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x', retentionTime })
    expect(reply.code).toBe(code)
  })

  test('checks retention before the disk, the disk before its status', async () => {
    const { zenlayer } = await stage()
    const early = { snapshotName: 'x', retentionTime: '2026-01-05T09:00:00Z' }
    expect((await zenlayer('CreateSnapshot', { ...early, diskId: 'none' })).code).toBe(
      'INVALID_SNAPSHOT_RETENTION_TIME'
    )
    expect((await zenlayer('CreateSnapshot', { snapshotName: 'x', diskId: 'none' })).code).toBe(
      'INVALID_DISK_NOT_FOUND'
    )
    expect((await zenlayer('CreateSnapshot', { ...early, snapshotName: 7 })).code).toBe('INVALID_PARAMETER_TYPE')
    expect((await zenlayer('CreateSnapshot', { ...early, diskId: null })).code).toBe('MISSING_PARAMETER')
  })

  test('while it is made the disk is SNAPSHOT_CREATING, then it is what it was', async () => {
    const { ok, disk: show, snapshot, advance } = await stage({ 'delays.zenlayer.snapshotCreateMs': 2000 })
    for (const [diskId, rest] of [
      ['d-free', 'AVAILABLE'],
      ['d-used', 'IN_USE']
    ] as const) {
      const { snapshotId } = await ok('CreateSnapshot', { diskId, snapshotName: 'x' })
      expect(await snapshot(snapshotId)).toMatchObject({ status: 'CREATING', diskAbility: false })
      expect((await show(diskId)).diskStatus).toBe('SNAPSHOT_CREATING')
      await advance('PT1.999S')
      expect((await snapshot(snapshotId)).status).toBe('CREATING')
      await advance('PT0.001S')
      expect(await snapshot(snapshotId)).toMatchObject({ status: 'AVAILABLE', diskAbility: true })
      expect((await show(diskId)).diskStatus).toBe(rest)
    }
  })

  test('boot disks have snapshots, of which no disk can be made', async () => {
    const { ok, snapshot } = await stage()
    const { snapshotId } = await ok('CreateSnapshot', { diskId: 'd-boot', snapshotName: 'x' })
    expect(await snapshot(snapshotId)).toMatchObject({ status: 'AVAILABLE', diskAbility: false })
  })

  test('the quota counts all snapshots of the disk, whatever their status', async () => {
    const { zenlayer, ok } = await stage({ 'zenlayer.snapshotQuota': 4 })
    await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'fourth' })
    const fifth = await zenlayer('CreateSnapshot', { diskId: 'd-free', snapshotName: 'fifth' })
    expect(fifth).toMatchObject({ status: 400, code: 'INVALID_SNAPSHOT_QUOTA_EXCEED' })
    await ok('CreateSnapshot', { diskId: 'd-used', snapshotName: 'of another disk' })
    await ok('DeleteSnapshots', { snapshotIds: ['s-ok'] })
    await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'fourth again' })
  })

  test('a snapshot stays in the group that its disk had', async () => {
    const { ok, snapshot } = await stage()
    const { snapshotId } = await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
    await ok('ModifyDisksResourceGroup', { diskIds: ['d-free'], resourceGroupId: 'group-other' })
    const later = await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
    expect((await snapshot(snapshotId)).resourceGroup).toMatchObject({ resourceGroupId: 'group-default' })
    expect((await snapshot(later.snapshotId)).resourceGroup).toMatchObject({ resourceGroupId: 'group-other' })
  })
})

describe('DescribeSnapshots', () => {
  const many = {
    ...place,
    snapshots: [
      ...place.snapshots,
      {
        snapshotId: 's-auto',
        snapshotName: 'auto-1',
        diskId: 'd-planned',
        snapshotType: 'Auto',
        resourceGroupId: 'group-other'
      },
      { snapshotId: 's-failed', snapshotName: 'vol-1', diskId: 'd-planned', status: 'FAILED' },
      { snapshotId: 's-rolling', snapshotName: 'vol-10', diskId: 'd-planned', status: 'ROLLING_BACK' }
    ]
  }
  test.for([
    [{ snapshotIds: ['s-b', 's-ok', 'none', 's-b'] }, ['s-b', 's-ok']],
    [{ snapshotIds: [] }, 'all'],
    [{ zoneId: 'zone-b' }, ['s-b']],
    [{ zoneId: 'none' }, []],
    [{ zoneId: '' }, 'all'],
    [{ status: 'CREATING' }, ['s-creating']],
    [{ status: 'FAILED' }, ['s-failed']],
    [{ status: 'ROLLING_BACK' }, ['s-rolling']],
    [{ status: 'DELETING' }, ['s-deleting']],
    [{ diskIds: ['d-b', 'd-changing', 'none'] }, ['s-b', 's-changing']],
    [{ diskIds: ['none'] }, []],
    [{ diskType: 'SYSTEM' }, ['s-reinstalled', 's-boot']],
    [{ diskType: 'System', zoneId: 'zone-b' }, []],
    [{ snapshotType: 'Auto' }, ['s-auto']],
    [{ snapshotType: 'Manual', diskIds: ['d-planned'] }, ['s-rolling', 's-failed']],
    [{ snapshotName: '^vol-1$' }, ['s-failed']],
    [{ snapshotName: '^vol-1' }, ['s-rolling', 's-failed']],
    [{ snapshotName: 'l-1' }, ['s-rolling', 's-failed']],
    [{ snapshotName: 'ol-1$' }, ['s-failed']],
    [{ snapshotName: 'VOL' }, []],
    [{ snapshotName: '(?i)VOL-\\d{2}' }, ['s-rolling']],
    [{ snapshotName: 'vol-(' }, []],
    [{ resourceGroupId: 'group-other' }, ['s-auto']],
    [{ resourceGroupId: 'none' }, []],
    [{ snapshotIds: ['s-b', 's-ok'], diskIds: ['d-free'] }, ['s-ok']]
  ] as const)('filters by %j', async ([filter, expected]) => {
    const world = await stage({}, many)
    const all = await ids(world, {})
    expect(await ids(world, filter)).toEqual(
      expected === 'all' ? all : all.filter((id) => expected.some((x) => x === id))
    )
    expect((await world.ok('DescribeSnapshots', filter)).totalCount).toBe(
      expected === 'all' ? all.length : expected.length
    )
  })

  test.for([
    [{ status: 'NORMAL' }, 'INVALID_PARAMETER_VALUE'],
    [{ diskType: 'BOOT' }, 'INVALID_PARAMETER_VALUE'],
    [{ snapshotType: 'AUTO' }, 'INVALID_PARAMETER_VALUE'],
    [{ snapshotName: 'x'.repeat(257) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ snapshotIds: Array.from({ length: 1001 }, String) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ snapshotIds: 's-ok' }, 'INVALID_PARAMETER_TYPE'],
    [{ pageSize: 0 }, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [{ pageSize: 1001 }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ pageNum: 0 }, 'INVALID_PARAMETER_LESS_MINIMUM'],
    [{ pageNum: 1.5 }, 'INVALID_PARAMETER_TYPE'],
    [{ pageNum: '1' }, 'INVALID_PARAMETER_TYPE']
  ] as const)('refuses %j', async ([filter, code]) => {
    const { zenlayer } = await stage({}, many)
    expect(await zenlayer('DescribeSnapshots', filter)).toMatchObject({ status: 400, code })
  })

  test('pages are 20 long unless said otherwise, newest first, and hold everything once', async () => {
    const world = await stage()
    for (let n = 0; n < 25; n++) {
      await world.ok('CreateSnapshot', { diskId: 'd-used', snapshotName: `n-${n}` })
      if (n % 5 === 0) await world.advance('PT1S')
    }
    const filter = { diskIds: ['d-used'] }
    expect(await ids(world, filter)).toHaveLength(20)
    expect(await ids(world, { ...filter, pageNum: 2 })).toHaveLength(5)
    const { totalCount, dataSet } = await world.ok('DescribeSnapshots', { ...filter, pageNum: 3 })
    expect({ totalCount, dataSet }).toEqual({ totalCount: 25, dataSet: [] })
    expect(await world.ok('DescribeSnapshots', { ...filter, pageNum: 1e300 })).toMatchObject({
      totalCount: 25,
      dataSet: []
    })
    const names: unknown[] = []
    for (let pageNum = 1; pageNum <= 4; pageNum++) {
      const page = await world.list('DescribeSnapshots', { ...filter, pageNum, pageSize: 7 })
      names.push(...page.map(({ snapshotName }) => snapshotName))
    }
    expect(names).toEqual(Array.from({ length: 25 }, (_, n) => `n-${24 - n}`))
  })
})

describe('ModifySnapshotsAttribute', () => {
  const kept = {
    ...place,
    snapshots: [
      { snapshotId: 's-1', snapshotName: 'one', diskId: 'd-free', retentionTime: '2026-01-05T12:00:00Z' },
      { snapshotId: 's-2', snapshotName: 'two', diskId: 'd-free', retentionTime: '2026-01-05T12:00:00Z' },
      { snapshotId: 's-3', snapshotName: 'three', diskId: 'd-free', retentionTime: '2026-03-01T00:00:00Z' }
    ]
  }
  const change = 'ModifySnapshotsAttribute'

  test('renames all that are named, at once', async () => {
    const { ok, list } = await stage({}, kept)
    await ok(change, { snapshotIds: ['s-1', 's-2', 's-1'], snapshotName: 'renamed' })
    const names = (await list('DescribeSnapshots')).map(({ snapshotName }) => snapshotName)
    expect(names).toEqual(['three', 'renamed', 'renamed'])
  })

  test('a retention time that a snapshot has already passes, however near', async () => {
    const { ok, zenlayer, snapshot } = await stage({}, kept)
    const retentionTime = '2026-01-05T12:00:00Z'
    await ok(change, { snapshotIds: ['s-1', 's-2'], snapshotName: 'renamed', retentionTime })
    expect(await snapshot('s-2')).toMatchObject({ snapshotName: 'renamed', retentionTime })
    const mixed = await zenlayer(change, { snapshotIds: ['s-1', 's-3'], snapshotName: 'again', retentionTime })
    expect(mixed).toMatchObject({ status: 400, code: 'INVALID_SNAPSHOT_RETENTION_TIME' })
    expect((await snapshot('s-1')).snapshotName).toBe('renamed')
  })

  test('a new retention time holds, and what was due before is not', async () => {
    const { ok, snapshot, advance } = await stage({}, kept)
    await ok(change, { snapshotIds: ['s-1'], retentionTime: '2026-02-01T00:00:00Z' })
    await advance('P2D')
    expect((await snapshot('s-1')).retentionTime).toBe('2026-02-01T00:00:00Z')
  })

  test('isPermanent wins over a retention time, even an early one', async () => {
    const { ok, snapshot, advance } = await stage({}, kept)
    await ok(change, { snapshotIds: ['s-1'], isPermanent: true, retentionTime: '2026-01-05T09:00:00Z' })
    await advance('P100D')
    expect((await snapshot('s-1')).retentionTime).toBeNull()
  })

  test('isPermanent false alone, or nothing at all, changes nothing', async () => {
    const { ok, snapshot } = await stage({}, kept)
    const before = await snapshot('s-1')
    expect(await ok(change, { snapshotIds: ['s-1'], isPermanent: false })).toEqual({})
    expect(await ok(change, { snapshotIds: ['s-1'] })).toEqual({})
    expect(await snapshot('s-1')).toEqual(before)
  })

  test('an early retention time is told before an unknown snapshot', async () => {
    const { zenlayer } = await stage({}, kept)
    const reply = await zenlayer(change, { snapshotIds: ['none'], retentionTime: '2026-01-05T09:00:00Z' })
    expect(reply.code).toBe('INVALID_SNAPSHOT_RETENTION_TIME')
  })

  test.for([
    [{ snapshotIds: [] }, 'MISSING_PARAMETER'],
    [{ snapshotIds: Array.from({ length: 101 }, String) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ snapshotIds: ['s-1'], snapshotName: '' }, 'INVALID_PARAMETER_LESS_LENGTH'],
    [{ snapshotIds: ['s-1'], retentionTime: '' }, 'INVALID_PARAMETER_LESS_LENGTH'],
    [{ snapshotIds: ['s-1'], isPermanent: 'true' }, 'INVALID_PARAMETER_TYPE']
  ] as const)('refuses %j', async ([body, code]) => {
    const { zenlayer } = await stage({}, kept)
    expect(await zenlayer(change, body)).toMatchObject({ status: 400, code })
  })
})

describe('ApplySnapshot', () => {
  test('disk and snapshot are ROLLING_BACK, then what they were; the size stays', async () => {
    const { ok, zenlayer, disk: show, snapshot, advance } = await stage({ 'delays.zenlayer.rollbackMs': 1000 })
    await ok('ResizeDisk', { diskId: 'd-free', diskSize: 120 })
    await ok('ApplySnapshot', { diskId: 'd-free', snapshotId: 's-ok' })
    expect((await show('d-free')).diskStatus).toBe('ROLLING_BACK')
    expect(await snapshot('s-ok')).toMatchObject({ status: 'ROLLING_BACK', diskAbility: false })
    const deleted = await zenlayer('DeleteSnapshots', { snapshotIds: ['s-ok'] })
    expect(deleted.code).toBe('OPERATION_DENIED_DISK_SNAPSHOT_STATUS')
    await advance('PT1S')
    expect(await show('d-free')).toMatchObject({ diskStatus: 'AVAILABLE', diskSize: 120 })
    expect((await snapshot('s-ok')).status).toBe('AVAILABLE')
  })

  test('the disk is looked for before the snapshot, the disk’s status before the snapshot’s', async () => {
    const { zenlayer } = await stage()
    const apply = async (diskId: string, snapshotId: string) =>
      (await zenlayer('ApplySnapshot', { diskId, snapshotId })).code
    expect(await apply('none', 'none')).toBe('INVALID_DISK_NOT_FOUND')
    expect(await apply('d-free', 'none')).toBe('INVALID_DISK_SNAPSHOT_NOT_FOUND')
    expect(await apply('d-changing', 's-ok')).toBe('INVALID_DISK_SNAPSHOT_NOT_FOUND')
  })
})

describe('DeleteSnapshots', () => {
  test('answers an empty list when all are gone', async () => {
    const world = await stage()
    expect(await world.ok('DeleteSnapshots', { snapshotIds: ['s-ok', 's-b', 's-ok'] })).toEqual({ snapshotIds: [] })
    expect(await ids(world, { snapshotIds: ['s-ok', 's-b'] })).toEqual([])
  })

  test('deletes what it can and lists the others, each once and in order', async () => {
    const world = await stage()
    const snapshotIds = ['none', 's-creating', 's-ok', 'none', 's-deleting']
    const answer = await world.ok('DeleteSnapshots', { snapshotIds })
    expect(answer).toEqual({ snapshotIds: ['none', 's-creating', 's-deleting'] })
    expect(await ids(world, { snapshotIds })).toEqual(['s-deleting', 's-creating'])
  })

  test('a snapshot is DELETING first, and counts until it is gone', async () => {
    const { ok, snapshot, advance, list } = await stage({ 'delays.zenlayer.snapshotDeleteMs': 500 })
    await ok('DeleteSnapshots', { snapshotIds: ['s-ok'] })
    expect(await snapshot('s-ok')).toMatchObject({ status: 'DELETING', diskAbility: false })
    await advance('PT0.5S')
    expect(await list('DescribeSnapshots', { snapshotIds: ['s-ok'] })).toEqual([])
  })

  test('FAILED ones can be deleted', async () => {
    const failed = { ...place, snapshots: [{ snapshotId: 's', snapshotName: 'x', diskId: 'd-free', status: 'FAILED' }] }
    const { ok } = await stage({}, failed)
    expect(await ok('DeleteSnapshots', { snapshotIds: ['s'] })).toEqual({ snapshotIds: [] })
  })
})

describe('expiry', () => {
  test('a snapshot goes when its retention time comes, by way of DELETING, FAILED ones too', async () => {
    const retentionTime = '2026-01-05T09:00:00Z'
    const expiring = {
      ...place,
      disks: [disk('d')],
      snapshots: ['AVAILABLE', 'FAILED'].map((status) => ({
        snapshotId: status,
        snapshotName: status,
        diskId: 'd',
        status,
        retentionTime
      }))
    }
    const world = await stage({ 'delays.zenlayer.snapshotDeleteMs': 1000 }, expiring)
    await world.advance('PT59M59S')
    expect(await ids(world, { status: 'DELETING' })).toEqual([])
    await world.advance('PT1S')
    expect(await ids(world, { status: 'DELETING' })).toEqual(['FAILED', 'AVAILABLE'])
    await world.advance('PT1S')
    expect(await ids(world, {})).toEqual([])
  })
})

test('question 20: the 24 hours count from now cut to the second', async () => {
  const { zenlayer, advance } = await stage()
  await advance('PT0.999S')
  const codeAt = async (retentionTime: string) =>
    (await zenlayer('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x', retentionTime })).code
  expect(await codeAt('2026-01-06T08:00:00Z')).toBeUndefined()
  expect(await codeAt('2026-01-06T07:59:59Z')).toBe('INVALID_SNAPSHOT_RETENTION_TIME')
})
