// A week of nightly snapshots, and the right one brings the data back. Zenlayer, by fetch, without a signature: that is served
// in the world `default`, which a reset brings back to its beginning.
import { beforeEach, expect, test } from '@jest/globals'
import { connect } from 'snapstand/client'

const DISK = '1700000000000000102'
const world = connect(process.env.SNAPSTAND_URL).world('default')

beforeEach(() => world.reset())

async function zenlayer(action, request) {
  const answer = await fetch(`${process.env.SNAPSTAND_URL}/api/v2/zec`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' },
    body: JSON.stringify(request)
  })
  const { response, code } = await answer.json()
  if (!answer.ok) throw new Error(code)
  return response
}

test('the snapshot of Tuesday night brings back what was there on Tuesday', async () => {
  const { autoSnapshotPolicyId } = await zenlayer('CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'nightly',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: [3],
    retentionDays: 30
  })
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DISK] })
  const content = world.content('zenlayer', DISK)
  for (const day of ['Monday', 'Tuesday', 'Wednesday']) {
    await content.set(`written on ${day}`)
    await world.clock.advance('P1D')
  }

  const { dataSet } = await zenlayer('DescribeSnapshots', { diskIds: [DISK] })
  const { snapshotId } = dataSet.find(({ createTime }) => createTime.startsWith('2026-01-07'))
  await zenlayer('ApplySnapshot', { diskId: DISK, snapshotId })

  expect(await content.get()).toBe('written on Tuesday')
})

test('a full quota is told by the cloud’s own code', async () => {
  await world.settings.patch({ 'zenlayer.snapshotQuota': 1 })
  const snapshot = { diskId: DISK, snapshotName: 'nightly' }
  await zenlayer('CreateSnapshot', snapshot)
  await expect(zenlayer('CreateSnapshot', snapshot)).rejects.toThrow('INVALID_SNAPSHOT_QUOTA_EXCEED')
})
