// A week of nightly snapshots, and the right one brings the data back. Zenlayer, by fetch.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newWorld } from './world.js'
import { zenlayer } from './zenlayer.js'

const DISK = '1700000000000000102'

test('the snapshot of Tuesday night brings back what was there on Tuesday', async () => {
  const world = await newWorld('backup', '2026-01-05T08:00:00Z')
  const call = zenlayer(world.credentials.zenlayer)
  const policy = { zoneId: 'asia-east-1a', autoSnapshotPolicyName: 'nightly', hours: [3], retentionDays: 30 }
  const { autoSnapshotPolicyId } = await call('CreateAutoSnapshotPolicy', {
    ...policy,
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7]
  })
  await call('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DISK] })

  // What is on the disk, a line a day: clouds do not show it, so Snapstand does.
  const content = world.content('zenlayer', DISK)
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday']) {
    await content.set(`written on ${day}`)
    const { snapshotsCreated } = await world.clock.advance('P1D')
    assert.equal(snapshotsCreated, 1)
  }

  // The newest comes first: Thursday night's, Wednesday night's, Tuesday night's.
  const { dataSet } = await call('DescribeSnapshots', { diskIds: [DISK], pageSize: 10 })
  const { snapshotId } = dataSet.find(({ createTime }) => createTime.startsWith('2026-01-07'))
  // The cloud has a bad moment, once: whoever calls again gets through.
  const code = 'SERVICE_TEMPORARY_UNAVAILABLE'
  await world.faults.put('bad-moment', { operation: 'ApplySnapshot', times: 1, then: { error: code } })
  await assert.rejects(call('ApplySnapshot', { diskId: DISK, snapshotId }), { code })
  await call('ApplySnapshot', { diskId: DISK, snapshotId })
  await world.requests.expect({ operation: 'ApplySnapshot', body: { snapshotId }, times: 2 })
  assert.equal(await content.get(), 'written on Tuesday')
})
