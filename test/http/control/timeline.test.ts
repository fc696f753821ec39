import { afterEach, expect, test } from 'vitest'
import { type Server, start } from '../../harness.ts'

const DISK = '1700000000000000102'
const servers: Server[] = []
async function serve(): Promise<Server> {
  const server = await start()
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function withPolicy({ zenlayer }: Server, hours = [9]): Promise<string> {
  const made = await zenlayer('CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'daily',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours,
    retentionDays: 3
  })
  const policy = String(Object(Object(made.body).response).autoSnapshotPolicyId)
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: [DISK] })
  return policy
}
const laneIn = (body: unknown) => Object(body).lanes.find((lane: { id: string }) => lane.id === DISK)

test('a lane has the snapshots that are there within the window, and its policy what it did and will do', async () => {
  const server = await serve()
  const policy = await withPolicy(server)
  await server.zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'by-hand' })
  await server.control('POST', '/clock/advance', { by: 'P5D' })
  const { body } = await server.control('GET', '/timeline?from=2026-01-09T00:00:00Z&to=2026-01-12T00:00:00Z')
  // What was made before the window and is kept still is there, what has expired is not.
  expect(laneIn(body)).toMatchObject({
    provider: 'zenlayer',
    policy,
    snapshots: [
      { at: '2026-01-05T08:00:00.000Z', origin: 'manual', expiresAt: null, state: 'available' },
      { at: '2026-01-07T09:00:00.000Z', origin: 'policy', expiresAt: '2026-01-10T09:00:00.000Z' },
      { at: '2026-01-08T09:00:00.000Z' },
      { at: '2026-01-09T09:00:00.000Z' }
    ]
  })
  expect(body).toMatchObject({
    total: 4,
    policies: [
      {
        id: policy,
        past: [{ at: '2026-01-09T09:00:00.000Z', made: 1, skipped: [] }],
        next: ['2026-01-10T09:00:00.000Z', '2026-01-11T09:00:00.000Z'],
        more: false
      }
    ]
  })
})

test('a lane with too many snapshots tells how many there are in each part', async () => {
  const server = await serve()
  await withPolicy(server, [0, 6, 12, 18])
  await server.control('POST', '/clock/advance', { by: 'P4D' })
  const window = 'from=2026-01-07T00:00:00Z&to=2026-01-11T00:00:00Z'
  const { body } = await server.control('GET', `/timeline?${window}&marks=4&text=${DISK}`)
  expect(body).toMatchObject({ total: 1, partMs: 24 * 3_600_000 })
  const { snapshots, parts } = laneIn(body)
  expect(snapshots).toBeUndefined()
  // Of three days’ retention at 08:00: those of the 6th at noon and later, then four a day.
  expect(parts).toMatchObject([
    { at: null, count: 2, automatic: 2, odd: 0 },
    { at: '2026-01-07T00:00:00.000Z', count: 4 },
    { at: '2026-01-08T00:00:00.000Z', count: 4 },
    { at: '2026-01-09T00:00:00.000Z', count: 2, until: '2026-01-12T06:00:00.000Z' }
  ])
})

test('thousands of snapshots come whole, in pieces', async () => {
  const server = await serve()
  const policy = await withPolicy(server, [...Array(24).keys()])
  const some = { zoneId: 'asia-east-1a', diskName: 'many', diskSize: 20, diskAmount: 20 }
  const diskIds: readonly string[] = Object(Object((await server.zenlayer('CreateDisks', some)).body).response).diskIds
  await server.zenlayer('ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, retentionDays: 30 })
  await server.zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds })
  await server.control('POST', '/clock/advance', { by: 'P5D' })
  const { body, headers } = await server.control('GET', '/timeline?text=many&marks=200')
  expect(headers['content-length']).toBeUndefined()
  const { lanes, policies } = Object(body)
  expect(lanes.map(({ snapshots }: { snapshots: readonly unknown[] }) => snapshots.length)).toEqual(
    diskIds.map(() => 120)
  )
  expect(policies).toMatchObject([{ id: policy }])
})

test('lanes are paged and looked for; a window that ends before it begins is refused', async () => {
  const server = await serve()
  const { body } = await server.control('GET', '/timeline?provider=baidu&limit=1&offset=1')
  expect(body).toMatchObject({ total: 2, lanes: [{ id: 'v-Starter2' }] })
  expect((await server.control('GET', '/timeline?text=STARTER1')).body).toMatchObject({ total: 1 })
  const refused = await server.control('GET', '/timeline?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z')
  expect(refused).toMatchObject({ status: 400, body: { field: 'to' } })
  expect(await server.control('GET', '/timeline?provider=aws')).toMatchObject({ status: 400 })
})

test('what is there is told in the cloud’s words, with what it was made from and what it made', async () => {
  const server = await serve()
  const policy = await withPolicy(server)
  await server.control('PUT', `/zenlayer/volumes/${DISK}/content`, 'before')
  await server.control('POST', '/clock/advance', { by: 'P2D' })
  const { body } = await server.control('GET', '/resources/zenlayer/snapshots?limit=1')
  expect(body).toMatchObject({ kind: 'snapshots', total: 2, resources: [{ state: 'available' }] })
  const [snapshot] = Object(body).resources
  expect(snapshot.shown).toMatchObject({ status: 'AVAILABLE', snapshotType: 'Auto', diskId: DISK })
  const detail = await server.control('GET', `/resources/zenlayer/snapshots/${snapshot.id}`)
  expect(detail.body).toMatchObject({
    content: '"before"',
    related: [
      { is: 'volume', kind: 'volumes', id: DISK },
      { is: 'policy', kind: 'policies', id: policy }
    ]
  })
  const volume = await server.control('GET', `/resources/zenlayer/volumes/${DISK}`)
  expect(Object(volume.body).related.map(({ is }: { is: string }) => is)).toEqual(['policy', 'made', 'made'])
  expect((await server.control('GET', '/resources/baidu/volumes?text=starter2')).body).toMatchObject({
    total: 1,
    resources: [{ id: 'v-Starter2', shown: { status: 'Available' } }]
  })
})

test('a volume of Baidu’s and the snapshot that it was made from name each other', async () => {
  const server = await serve()
  await server.baidu('PUT', '/v2/volume/v-Starter2?attach', { instanceId: 'i-Starter1' })
  const made = await server.baidu('POST', '/v2/snapshot', { volumeId: 'v-Starter2', snapshotName: 'base' })
  const { snapshotId } = Object(made.body)
  const created = await server.baidu('POST', '/v2/volume', {
    snapshotId,
    name: 'copy',
    purchaseCount: 1,
    zoneName: 'cn-bj-a',
    cdsSizeInGB: 100,
    storageType: 'cloud_hp1',
    billing: {},
    chargeType: 'Postpaid'
  })
  const [id] = Object(created.body).volumeIds
  const one = await server.control('GET', `/resources/baidu/volumes/${id}`)
  expect(one.body).toMatchObject({ related: [{ is: 'source', id: snapshotId }] })
  const other = await server.control('GET', `/resources/baidu/snapshots/${snapshotId}`)
  expect(Object(other.body).related).toContainEqual(expect.objectContaining({ is: 'made', id }))
})

test('what is not there is refused with one that is', async () => {
  const server = await serve()
  expect(await server.control('GET', '/resources/baidu/volumes/v-none')).toMatchObject({
    status: 404,
    body: { field: 'id', value: 'v-none', example: 'v-Starter2' }
  })
  expect(await server.control('GET', '/resources/aws/volumes')).toMatchObject({ status: 404 })
  expect(await server.control('GET', '/resources/baidu/buckets')).toMatchObject({ status: 400 })
  expect(server.core.worlds()).toEqual([])
})

test('an advance that is under way can be stopped; what it has done stands', async () => {
  const server = await serve()
  await withPolicy(server, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23])
  expect((await server.control('POST', '/clock/stop')).body).toMatchObject({ stopped: false })
  const advance = server.control('POST', '/clock/advance', { by: 'P20Y' })
  await expect.poll(() => server.control('GET', '/clock')).toMatchObject({ body: { advancing: expect.anything() } })
  expect((await server.control('POST', '/clock/stop')).body).toMatchObject({ stopped: true })
  expect(await advance).toMatchObject({
    status: 409,
    body: { reason: 'stopped', done: { firings: expect.any(Number) } }
  })
  const after = await server.control('GET', '/clock')
  expect(Object(after.body).now < '2046').toBe(true)
  expect(await server.control('POST', '/clock/advance', { by: 'PT1H' })).toMatchObject({ status: 200 })
})
