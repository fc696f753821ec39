import { expect, test } from 'vitest'
import { start } from '../harness.ts'

const ROWS = 20_000
const zones = [{ zoneId: 'z', regionId: 'r' }]
const disks = [{ diskId: 'd', diskName: 'd', zoneId: 'z', diskSize: 20 }]
const snapshots = Array.from({ length: ROWS }, (_, n) => ({
  snapshotId: `s${n}`,
  snapshotName: `snapshot-${n}`,
  diskId: 'd',
  createTime: '2025-01-01T00:00:00Z'
}))

/** Counts how often others have a turn while the state of a world is put. */
async function put(document: string) {
  const { app, zenlayer, close } = await start()
  try {
    let turns = 0
    let isOver = false
    const watched = (async () => {
      for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve))
    })()
    const headers = { host: '127.0.0.1' }
    const reply = await app.inject({ method: 'PUT', url: '/_snapstand/state?world=w', headers, payload: document })
    isOver = true
    await watched
    const { body } = await zenlayer('DescribeSnapshots', { pageSize: 1 }, { key: 'w' })
    const exported = (await app.inject({ url: '/_snapstand/state?world=w', headers })).body
    return { status: reply.statusCode, answer: reply.json(), turns, listed: body, exported }
  } finally {
    await close()
  }
}

test('a large seed is read, checked and planted in slices: others are served meanwhile', async () => {
  const { status, turns, listed } = await put(JSON.stringify({ zenlayer: { zones, disks, snapshots } }))
  expect({ status, listed }).toMatchObject({ status: 200, listed: { response: { totalCount: ROWS } } })
  // Twenty thousand rows take far more than a hundred milliseconds, and a slice takes ten.
  expect(turns).toBeGreaterThan(20)
})

test('an export is judged and taken back in slices: others are served meanwhile', async () => {
  const { status, exported } = await put(JSON.stringify({ zenlayer: { zones, disks, snapshots } }))
  expect(status).toBe(200)
  const again = await put(exported)
  expect(again).toMatchObject({ status: 200, answer: { exact: true }, listed: { response: { totalCount: ROWS } } })
  expect(again.turns).toBeGreaterThan(5)
})

test('of twenty thousand unknown members fifty are told, and the others counted', async () => {
  const strange = Object.fromEntries(Array.from({ length: ROWS }, (_, n) => [`strange-${n}`, n]))
  const { status, answer } = await put(JSON.stringify({ zenlayer: { zones, disks, ...strange } }))
  expect({ status, more: answer.more, told: answer.wrongs.length }).toEqual({ status: 400, more: ROWS - 50, told: 50 })
})

test('of twenty thousand wrong rows fifty are told, in the order of the file, and nothing is planted', async () => {
  const wrong = snapshots.map((row) => ({ ...row, diskSize: '20' }))
  const { status, answer, turns, listed } = await put(
    JSON.stringify({ zenlayer: { zones, disks, snapshots: wrong } }, null, 1)
  )
  expect({ status, more: answer.more, told: answer.wrongs.length }).toEqual({ status: 400, more: ROWS - 50, told: 50 })
  expect(answer.wrongs[49]).toEqual({
    where: expect.stringMatching(/^body:\d+:5 zenlayer\.snapshots\[49\]\.diskSize$/),
    reason: 'is "20"',
    expected: 'expected a whole number from 1 to 32768'
  })
  expect(turns).toBeGreaterThan(5)
  expect(listed).toMatchObject({ response: { totalCount: 0 } })
})

test('of twenty thousand rows that name what is not there fifty are told', async () => {
  const lost = snapshots.map((row) => ({ ...row, diskId: 'none' }))
  const { status, answer } = await put(JSON.stringify({ zenlayer: { zones, disks, snapshots: lost } }))
  expect({ status, more: answer.more, told: answer.wrongs.length }).toEqual({ status: 400, more: ROWS - 50, told: 50 })
  expect(answer.wrongs[0].reason).toBe('there is no disk none in this seed')
})
