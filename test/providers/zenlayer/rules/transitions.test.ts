import { describe, expect, test } from 'vitest'
import { place, type Stage, stages } from '../stage.ts'

const stage = stages()

describe('6.2: disks and what runs on them', () => {
  const statusOf = async (world: Stage, id: unknown) => (await world.disk(id)).diskStatus

  test.for([
    ['ResizeDisk', { diskSize: 300 }, 'CHANGING', 'resizeMs'],
    ['CreateSnapshot', { snapshotName: 'x' }, 'SNAPSHOT_CREATING', 'snapshotCreateMs'],
    ['ApplySnapshot', { snapshotId: 's-used' }, 'ROLLING_BACK', 'rollbackMs']
  ] as const)('an attached disk keeps its instance during %s', async ([action, more, status, transition]) => {
    const used = [...place.snapshots, { snapshotId: 's-used', snapshotName: 'x', diskId: 'd-used' }]
    const world = await stage({ [`delays.zenlayer.${transition}`]: 1000 }, { ...place, snapshots: used })
    await world.ok(action, { diskId: 'd-used', ...more })
    const attached = { instanceId: 'i-running', instanceName: 'runs' }
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: status, ...attached })
    await world.advance('PT1S')
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: 'IN_USE', ...attached })
  })

  test('SNAPSHOT_CREATING ends with the snapshot that began it, not with one from before', async () => {
    const world = await stage({ 'delays.zenlayer.snapshotCreateMs': 10_000 })
    const first = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'first' })
    await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-running' })
    await world.advance('PT4S')
    const second = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'second' })
    await world.advance('PT6S')
    expect((await world.snapshot(first.snapshotId)).status).toBe('AVAILABLE')
    expect(await statusOf(world, 'd-free')).toBe('SNAPSHOT_CREATING')
    expect((await world.snapshot(second.snapshotId)).status).toBe('CREATING')
    await world.advance('PT4S')
    expect((await world.snapshot(second.snapshotId)).status).toBe('AVAILABLE')
    expect(await statusOf(world, 'd-free')).toBe('IN_USE')
  })

  test('actions look at the disk’s status, not at a snapshot that is still CREATING under it', async () => {
    const world = await stage({ 'delays.zenlayer.snapshotCreateMs': 60_000 })
    const { snapshotId } = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'slow' })
    for (const [action, body] of [
      ['ResizeDisk', { diskSize: 200 }],
      ['ReleaseDisk', {}],
      ['CreateSnapshot', { snapshotName: 'x' }]
    ] as const) {
      const { code } = await world.zenlayer(action, { diskId: 'd-free', ...body })
      expect(code, action).toBe('UNSUPPORTED_OPERATION_DISK_STATUS')
    }
    const apply = await world.zenlayer('ApplySnapshot', { diskId: 'd-free', snapshotId: 's-ok' })
    expect(apply.code).toBe('OPERATION_DENIED_DISK_STATUS')

    await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-stopped' })
    await world.ok('DetachDisks', { diskIds: ['d-free'] })
    await world.ok('ResizeDisk', { diskId: 'd-free', diskSize: 200 })
    await world.ok('ApplySnapshot', { diskId: 'd-free', snapshotId: 's-ok' })
    expect((await world.snapshot(snapshotId)).status).toBe('CREATING')
    // 5.18: it goes with the disk, and does not come to life when its time would have come.
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    expect(await world.list('DescribeSnapshots', { diskIds: ['d-free'] })).toEqual([])
    await world.advance('PT1M')
    expect(await world.list('DescribeSnapshots', { snapshotIds: [snapshotId] })).toEqual([])
  })

  test('5.18: kept snapshots that are CREATING when their disk goes become AVAILABLE, with its id', async () => {
    const settings = { 'zenlayer.releaseKeepsSnapshots': true, 'delays.zenlayer.snapshotCreateMs': 5000 }
    const world = await stage(settings)
    const { snapshotId } = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
    await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-stopped' })
    await world.ok('DetachDisks', { diskIds: ['d-free'] })
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    await world.advance('PT5S')
    expect(await world.snapshot(snapshotId)).toMatchObject({ status: 'AVAILABLE', diskId: 'd-free' })
  })
})
