// A policy of Baidu keeps what it says. The program under test would be given `world.credentials.baidu`.
import { randomUUID } from 'node:crypto'
import { connect } from 'snapstand/client'
import { beforeEach, expect, inject, test } from 'vitest'
import { baidu } from './baidu.js'

const server = connect(inject('snapstand'))
let world
let call

beforeEach(() => {
  world = server.world(`retention-${randomUUID()}`)
  const { endpoint, ak, sk } = world.credentials.baidu
  call = baidu(endpoint, ak, sk)
})

test('a year of weekly snapshots leaves those of the last thirty days', async () => {
  const policy = { name: 'weekly', timePoints: ['2'], repeatWeekdays: ['0'], retentionDays: '30' }
  const { aspId } = await call('POST', '/v2/asp', policy)
  await call('PUT', `/v2/asp/${aspId}?attach`, { volumeIds: ['v-Starter1'] })

  const { snapshotsCreated, snapshotsExpired } = await world.clock.advance('P1Y')

  expect(snapshotsCreated).toBe(52)
  const { snapshots } = await call('GET', '/v2/snapshot?volumeId=v-Starter1')
  expect(snapshots).toHaveLength(snapshotsCreated - snapshotsExpired)
})

test('a cloud that is busy is asked again', async () => {
  await world.faults.put('busy', { operation: 'CreateSnapshot', times: 1, then: { status: 503, body: 'busy' } })
  const snapshot = { volumeId: 'v-Starter2', snapshotName: 'nightly' }
  await expect(call('POST', '/v2/snapshot', snapshot)).rejects.toThrow('busy')
  await call('POST', '/v2/snapshot', snapshot)
  await world.requests.expect({ operation: 'CreateSnapshot', times: 2 })
})
