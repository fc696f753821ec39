// Two endings of one story: a checkpoint is made once, and each test goes on from it. Both clouds in one world.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { baidu } from './baidu.js'
import { newWorld } from './world.js'
import { zenlayer } from './zenlayer.js'

const DISK = '1700000000000000102'
let world

before(async () => {
  world = await newWorld('upgrade', '2026-06-01T12:00:00Z')
  await zenlayer(world.credentials.zenlayer)('CreateSnapshot', { diskId: DISK, snapshotName: 'before the upgrade' })
  await world.content('zenlayer', DISK).set('upgraded')
  await world.checkpoints.save('upgraded')
})
beforeEach(() => world.checkpoints.restore('upgraded'))

test('it fails: the snapshot is applied', async () => {
  const call = zenlayer(world.credentials.zenlayer)
  const { dataSet } = await call('DescribeSnapshots', { diskIds: [DISK] })
  await call('ApplySnapshot', { diskId: DISK, snapshotId: dataSet[0].snapshotId })
  assert.equal(await world.content('zenlayer', DISK).get(), '')
})

test('it is called off: the snapshot failed', async () => {
  const call = zenlayer(world.credentials.zenlayer)
  await world.faults.put('broken', { operation: 'CreateSnapshot', then: { outcome: 'fails' } })
  const { snapshotId } = await call('CreateSnapshot', { diskId: DISK, snapshotName: 'another' })
  const { dataSet } = await call('DescribeSnapshots', { snapshotIds: [snapshotId] })
  assert.equal(dataSet[0].status, 'FAILED')
})

test('it succeeds: the snapshot is deleted, and the other cloud never knew of it', async () => {
  const call = zenlayer(world.credentials.zenlayer)
  const { dataSet } = await call('DescribeSnapshots', { diskIds: [DISK] })
  await call('DeleteSnapshots', { snapshotIds: dataSet.map(({ snapshotId }) => snapshotId) })
  assert.equal((await call('DescribeSnapshots', { diskIds: [DISK] })).totalCount, 0)
  const { snapshots } = await baidu(world.credentials.baidu)('GET', '/v2/snapshot')
  assert.deepEqual(snapshots, [])
  const { counts } = await world.requests.list()
  assert.equal(counts.operation.DeleteSnapshots, 1)
})
