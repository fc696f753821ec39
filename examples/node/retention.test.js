// A policy keeps what it says, for as long as it says. Baidu, by Baidu's SDK.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { baidu } from './baidu.js'
import { newWorld } from './world.js'

const VOLUME = 'v-Starter1'

test('a snapshot whose answer is lost is made once, however often it is asked for', async () => {
  const world = await newWorld('lost', '2026-01-01T00:00:00Z')
  const call = baidu(world.credentials.baidu)
  const lost = { connection: 'reset', after: true }
  await world.faults.put('lost', { operation: 'CreateSnapshot', times: 1, then: lost })
  const create = () =>
    call('POST', '/v2/snapshot', {
      params: { clientToken: 'backup-17' },
      body: { volumeId: VOLUME, snapshotName: 'nightly' }
    })
  await assert.rejects(create())
  const { snapshotId } = await create()
  const { snapshots } = await call('GET', '/v2/snapshot')
  assert.deepEqual(
    snapshots.map(({ id }) => id),
    [snapshotId]
  )
})

test('a year of weekly snapshots leaves those of the last thirty days', async () => {
  const world = await newWorld('retention', '2026-01-01T00:00:00Z')
  const call = baidu(world.credentials.baidu)
  const body = { name: 'weekly', timePoints: ['2'], repeatWeekdays: ['0'], retentionDays: '30' }
  const { aspId } = await call('POST', '/v2/asp', { body })
  await call('PUT', `/v2/asp/${aspId}`, { params: { attach: '' }, body: { volumeIds: [VOLUME] } })

  const year = await world.clock.advance('P1Y')
  assert.equal(year.snapshotsCreated, 52)

  const { snapshots } = await call('GET', '/v2/snapshot', { params: { volumeId: VOLUME } })
  assert.equal(snapshots.length, year.snapshotsCreated - year.snapshotsExpired)
  const monthAgo = Date.parse('2026-12-02T00:00:00Z')
  assert.ok(snapshots.every(({ createTime }) => Date.parse(createTime) > monthAgo))
})
