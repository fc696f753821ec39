import { afterEach, expect, test } from 'vitest'
import { start } from '../../../harness.ts'
import { row, rows } from '../stage.ts'

// What widely used clients rely on, each of the fifteen points of zenlayer.md 1.13: where one breaks, a client fails.

type Server = Awaited<ReturnType<typeof start>>
let server: Server | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const OLD = { version: '2024-04-01' }
const DAY_MS = 86_400_000

/** A world with what the clients' flows need: two disks, an instance; every transition takes `delayMs` on a manual clock. */
async function world(settings: Record<string, unknown> = {}) {
  const { zenlayer, control, close, ...rest } = await start()
  server = { zenlayer, control, close, ...rest }
  const changed = await control('PATCH', '/settings', settings)
  expect(changed.status).toBe(200)
  const ok = async (action: string, body: object = {}, options: { version?: string } = {}) => {
    const reply = await zenlayer(action, body, options)
    expect(reply, `${action} ${JSON.stringify(reply.body)}`).toMatchObject({ status: 200 })
    return row(row(reply.body).response)
  }
  const list = async (action: string, body: object = {}, options: { version?: string } = {}) =>
    rows((await ok(action, body, options)).dataSet)
  const disk = async (diskId: unknown, options: { version?: string } = {}) =>
    (await list('DescribeDisks', { diskIds: [diskId] }, options))[0]
  const snapshot = async (snapshotId: unknown, options: { version?: string } = {}) =>
    (await list('DescribeSnapshots', { snapshotIds: [snapshotId] }, options))[0]
  const policy = async (id: unknown, options: { version?: string } = {}) =>
    (await list('DescribeAutoSnapshotPolicies', { autoSnapshotPolicyIds: [id] }, options))[0]
  const zoneOf = row((await list('DescribeInstances'))[0]).zoneId
  const createDisk = async (more: object = {}) => {
    const made = await ok('CreateDisks', { zoneId: zoneOf, diskName: 'd-1', diskSize: 20, ...more })
    return Array.isArray(made.diskIds) ? made.diskIds[0] : undefined
  }
  const createPolicy = async (more: object = {}) => {
    const asked = { zoneId: zoneOf, autoSnapshotPolicyName: 'p-1', repeatWeekDays: [4, 5, 7], hours: [12, 0], ...more }
    return (await ok('CreateAutoSnapshotPolicy', asked)).autoSnapshotPolicyId
  }
  const now = async () => Date.parse(String(row((await control('GET', '/clock')).body).now))
  const advance = async (by: string) => expect((await control('POST', '/clock/advance', { by })).status).toBe(200)
  const instanceId = row((await list('DescribeInstances'))[0]).instanceId
  return { zenlayer, ok, list, disk, snapshot, policy, createDisk, createPolicy, now, advance, instanceId, zoneOf }
}
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`
const slow = (ms: number, ...transitions: string[]) =>
  Object.fromEntries(transitions.map((transition) => [`delays.zenlayer.${transition}Ms`, ms]))

/** One call of each action that reads, and of several that write. */
const calls = [
  ['DescribeDisks', {}],
  ['DescribeSnapshots', {}],
  ['DescribeAutoSnapshotPolicies', {}],
  ['DescribeInstances', {}],
  ['DescribeInstancesStatus', {}],
  ['DescribeZones', {}],
  ['DescribeDiskRegions', {}],
  ['DescribeDiskCategory', {}]
] as const

test('1. success is exactly 200 with an object under response', async () => {
  const { zenlayer, createDisk, createPolicy } = await world()
  const diskId = await createDisk()
  const policyId = await createPolicy()
  const writes = [
    ['CreateSnapshot', { diskId, snapshotName: 's' }],
    ['ResizeDisk', { diskId, diskSize: 30 }],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policyId, diskIds: [diskId] }],
    ['DeleteAutoSnapshotPolicies', { autoSnapshotPolicyIds: [policyId] }],
    ['ReleaseDisk', { diskId }]
  ] as const
  for (const [action, body] of [...calls, ...writes]) {
    const reply = await zenlayer(action, body)
    const envelope = row(reply.body)
    expect(reply.status, action).toBe(200)
    expect(Object.keys(envelope)).toEqual(['requestId', 'response'])
    expect(envelope.requestId).toMatch(/^T[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/)
    expect(row(envelope.response).requestId).toBe(envelope.requestId)
  }
})

test('2. an error is JSON with requestId, code and message as texts', async () => {
  const { zenlayer } = await world()
  const refused = [
    await zenlayer('CreateSnapshot', {}),
    await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 's' }),
    await zenlayer('Fly', {}),
    await zenlayer('DescribeDisks', {}, { version: '2020-01-01' })
  ]
  for (const { status, body, headers } of refused) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(headers['content-type']).toBe('application/json;charset=UTF-8')
    expect(Object.keys(row(body))).toEqual(['requestId', 'code', 'message'])
    for (const text of Object.values(row(body))) expect(text).toEqual(expect.stringMatching(/./))
  }
})

test('3. totalCount is there and an integer in every list answer', async () => {
  const { ok, createDisk } = await world()
  await createDisk({ diskAmount: 3 })
  for (const action of [
    'DescribeDisks',
    'DescribeSnapshots',
    'DescribeAutoSnapshotPolicies',
    'DescribeInstances',
    'DescribeInstancesStatus'
  ]) {
    for (const body of [{}, { pageSize: 1 }, { pageNum: 1000 }, { resourceGroupId: 'none' }]) {
      const { totalCount, dataSet } = await ok(action, body)
      expect(Number.isInteger(totalCount), action).toBe(true)
      expect(rows(dataSet).length).toBeLessThanOrEqual(Number(totalCount))
    }
  }
  const { totalCount, dataSet } = await ok('DescribeDisks', { diskName: '^d-1$', pageSize: 2, pageNum: 2 })
  expect({ totalCount, rows: rows(dataSet).length }).toEqual({ totalCount: 3, rows: 1 })
})

test('4. resourceGroup is an object in snapshots and policies; a snapshot keeps the group its disk had', async () => {
  const { ok, zenlayer, disk, snapshot, policy, createDisk, createPolicy } = await world()
  const made = await zenlayer('CreateResourceGroup', { name: 'second' })
  const second = row(row(made.body).response).resourceGroupId
  const diskId = await createDisk()
  const { snapshotId } = await ok('CreateSnapshot', { diskId, snapshotName: 's' })
  const first = row(await disk(diskId)).resourceGroupId
  await ok('ModifyDisksResourceGroup', { diskIds: [diskId], resourceGroupId: second })
  expect(row(await disk(diskId)).resourceGroupId).toBe(second)
  expect(row(await snapshot(snapshotId)).resourceGroup).toEqual({
    resourceGroupId: first,
    resourceGroupName: 'Default Resource Group'
  })
  const later = await ok('CreateSnapshot', { diskId, snapshotName: 't' })
  const group = { resourceGroupId: second, resourceGroupName: 'second' }
  expect(row(await snapshot(later.snapshotId)).resourceGroup).toEqual(group)
  const policyId = await createPolicy({ resourceGroupId: second })
  expect(row(await policy(policyId)).resourceGroup).toEqual(group)
  expect(row(await policy(await createPolicy())).resourceGroup).toMatchObject({ resourceGroupId: first })
})

test('5. what clients dereference is never null', async () => {
  const { ok, list, createDisk, createPolicy } = await world()
  const diskId = await createDisk()
  await ok('CreateSnapshot', { diskId, snapshotName: 's' })
  await createPolicy()
  const wanted = {
    DescribeSnapshots: ['snapshotType', 'status', 'snapshotName', 'snapshotId'],
    DescribeAutoSnapshotPolicies: ['autoSnapshotPolicyId', 'autoSnapshotPolicyName'],
    DescribeDisks: ['diskStatus', 'diskId']
  }
  for (const [action, members] of Object.entries(wanted)) {
    for (const options of [{}, OLD]) {
      const found = await list(action, {}, options)
      expect(found.length).toBeGreaterThan(0)
      for (const one of found) {
        for (const member of members) expect(one[member], member).toEqual(expect.stringMatching(/./))
      }
    }
  }
})

test.for([0, 5000])('6. after DeleteSnapshots the snapshot is DELETING or gone at once, delay %i', async (delayMs) => {
  const { ok, snapshot, createDisk, advance } = await world(slow(delayMs, 'snapshotDelete'))
  const { snapshotId } = await ok('CreateSnapshot', { diskId: await createDisk(), snapshotName: 's' })
  await ok('DeleteSnapshots', { snapshotIds: [snapshotId] })
  const left = await snapshot(snapshotId)
  if (delayMs === 0) expect(left).toBeUndefined()
  else expect(left).toMatchObject({ status: 'DELETING' })
  await advance('PT5S')
  expect(await ok('DescribeSnapshots', { snapshotIds: [snapshotId] })).toMatchObject({ totalCount: 0 })
})

test.for([
  [0, false, undefined],
  [5000, false, 'DELETING'],
  [0, true, 'RECYCLED'],
  [5000, true, 'RECYCLING']
] as const)('7. right after ReleaseDisk, delay %i, bin %s, the disk is %s', async ([delayMs, recycleBin, status]) => {
  const { ok, disk, createDisk, advance } = await world({
    ...slow(delayMs, 'release', 'recycle'),
    'zenlayer.recycleBin': recycleBin
  })
  const diskId = await createDisk()
  await ok('ReleaseDisk', { diskId })
  expect((await disk(diskId))?.diskStatus).toBe(status)
  await advance('PT5S')
  expect((await disk(diskId))?.diskStatus).toBe(recycleBin ? 'RECYCLED' : undefined)
})

test.for([0, 5000])('8. after AttachDisks the disk is attaching at once, delay %i', async (delayMs) => {
  const { ok, disk, createDisk, instanceId, advance } = await world(slow(delayMs, 'attach', 'snapshotCreate'))
  for (const withSnapshot of [false, true]) {
    const diskId = await createDisk()
    if (withSnapshot) await ok('CreateSnapshot', { diskId, snapshotName: 's' })
    expect(await disk(diskId)).toMatchObject({
      diskStatus: withSnapshot && delayMs > 0 ? 'SNAPSHOT_CREATING' : 'AVAILABLE'
    })
    await ok('AttachDisks', { diskIds: [diskId], instanceId })
    expect(await disk(diskId)).toMatchObject({ diskStatus: delayMs > 0 ? 'ATTACHING' : 'IN_USE', instanceId })
    await advance('PT5S')
    expect(await disk(diskId)).toMatchObject({ diskStatus: 'IN_USE', instanceId })
  }
})

test.for([0, 5000])('9. a snapshot is found by its id at once, delay %i', async (delayMs) => {
  const { ok, snapshot, createDisk } = await world(slow(delayMs, 'snapshotCreate'))
  const { snapshotId } = await ok('CreateSnapshot', { diskId: await createDisk(), snapshotName: 's' })
  const status = delayMs > 0 ? 'CREATING' : 'AVAILABLE'
  expect(await snapshot(snapshotId)).toMatchObject({ snapshotId, status })
  expect(await snapshot(snapshotId, OLD)).toMatchObject({ snapshotId, status })
})

test('10. DescribeDisks lists disks in the recycle bin', async () => {
  const { ok, list, disk, createDisk } = await world({ 'zenlayer.recycleBin': true })
  const diskId = await createDisk()
  await ok('ReleaseDisk', { diskId })
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'RECYCLED' })
  expect(await list('DescribeDisks', { diskName: '^d-1$' })).toMatchObject([{ diskId, diskStatus: 'RECYCLED' }])
  expect(await list('DescribeDisks', { diskStatus: 'RECYCLED' })).toMatchObject([{ diskId }])
})

test('11. retentionTime comes back as the very text that was sent, and is null when permanent', async () => {
  const { ok, snapshot, createDisk, now, advance } = await world()
  const retentionTime = at((await now()) + 40 * DAY_MS)
  const diskId = await createDisk()
  const { snapshotId } = await ok('CreateSnapshot', { diskId, snapshotName: 's', retentionTime })
  expect(row(await snapshot(snapshotId)).retentionTime).toBe(retentionTime)
  expect(row(await snapshot(snapshotId, OLD)).retentionTime).toBe(retentionTime)
  const later = at((await now()) + 41 * DAY_MS)
  await ok('ModifySnapshotsAttribute', { snapshotIds: [snapshotId], retentionTime: later })
  expect(row(await snapshot(snapshotId)).retentionTime).toBe(later)
  // Terraform sends the old value along when it renames, also when that is less than 24 hours away by then.
  await advance('P40DT6H')
  await ok(
    'ModifySnapshotsAttribute',
    { snapshotIds: [snapshotId], snapshotName: 'renamed', retentionTime: later },
    OLD
  )
  expect(await snapshot(snapshotId)).toMatchObject({ snapshotName: 'renamed', retentionTime: later })
  await ok('ModifySnapshotsAttribute', { snapshotIds: [snapshotId], isPermanent: true })
  expect(row(await snapshot(snapshotId)).retentionTime).toBeNull()
  const kept = await ok('CreateSnapshot', { diskId, snapshotName: 'kept' })
  expect(row(await snapshot(kept.snapshotId)).retentionTime).toBeNull()
})

test('12. DeleteSnapshots answers with the failures only', async () => {
  const { ok, list, createDisk } = await world()
  const diskId = await createDisk()
  const ids: unknown[] = []
  for (const snapshotName of ['a', 'b', 'c']) {
    ids.push((await ok('CreateSnapshot', { diskId, snapshotName })).snapshotId)
  }
  expect((await ok('DeleteSnapshots', { snapshotIds: ids.slice(0, 2) })).snapshotIds).toEqual([])
  expect((await ok('DeleteSnapshots', { snapshotIds: [ids[2], 'unknown'] })).snapshotIds).toEqual(['unknown'])
  expect(await list('DescribeSnapshots', { diskIds: [diskId] })).toEqual([])
})

test('13. with the default delays of a running clock every transition ends well within 180 seconds', async () => {
  const { ok, list, disk, snapshot, createDisk, instanceId } = await world({ 'zenlayer.recycleBin': true })
  const changed = await server?.control('PUT', '/clock', { mode: 'system' })
  expect(changed?.status).toBe(200)
  const instance = async () => (await list('DescribeInstancesStatus', { instanceIds: [instanceId] }))[0]
  /** Waits for the second status, and sees nothing but the first until then; undefined: gone. */
  const passes = async (status: () => Promise<unknown>, first: string, then: string | undefined) => {
    const startAt = performance.now()
    for (let seen = await status(); seen !== then; seen = await status()) {
      expect(seen).toBe(first)
      expect(performance.now() - startAt).toBeLessThan(10_000)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const diskId = await createDisk()
  const ofDisk = async () => (await disk(diskId))?.diskStatus
  const ofInstance = async () => (await instance())?.instanceStatus
  await passes(ofDisk, 'CREATING', 'AVAILABLE')
  const { snapshotId } = await ok('CreateSnapshot', { diskId, snapshotName: 's' })
  const ofSnapshot = async () => (await snapshot(snapshotId))?.status
  await passes(ofDisk, 'SNAPSHOT_CREATING', 'AVAILABLE')
  expect(await ofSnapshot()).toBe('AVAILABLE')
  await ok('AttachDisks', { diskIds: [diskId], instanceId })
  await passes(ofDisk, 'ATTACHING', 'IN_USE')
  await ok('ResizeDisk', { diskId, diskSize: 30 })
  await passes(ofDisk, 'CHANGING', 'IN_USE')
  await ok('ApplySnapshot', { diskId, snapshotId })
  await passes(ofDisk, 'ROLLING_BACK', 'IN_USE')
  await ok('StopInstances', { instanceIds: [instanceId] })
  await passes(ofInstance, 'STOPPING', 'STOPPED')
  await ok('DetachDisks', { diskIds: [diskId] })
  await passes(ofDisk, 'DETACHING', 'AVAILABLE')
  await ok('StartInstances', { instanceIds: [instanceId] })
  await passes(ofInstance, 'BOOTING', 'RUNNING')
  await ok('DeleteSnapshots', { snapshotIds: [snapshotId] })
  await passes(ofSnapshot, 'DELETING', undefined)
  await ok('ReleaseDisk', { diskId })
  await passes(ofDisk, 'RECYCLING', 'RECYCLED')
  await ok('ReleaseDisk', { diskId })
  await passes(ofDisk, 'DELETING', undefined)
})

test('14. an unknown id in a describe is 200 and empty', async () => {
  const { ok } = await world()
  const asked = {
    DescribeDisks: 'diskIds',
    DescribeSnapshots: 'snapshotIds',
    DescribeAutoSnapshotPolicies: 'autoSnapshotPolicyIds',
    DescribeInstances: 'instanceIds',
    DescribeInstancesStatus: 'instanceIds'
  }
  for (const [action, member] of Object.entries(asked)) {
    for (const id of ['1440908808376556310', 'none']) {
      const { totalCount, dataSet } = await ok(action, { [member]: [id] })
      expect({ action, totalCount, dataSet }).toEqual({ action, totalCount: 0, dataSet: [] })
    }
  }
  expect((await ok('DescribeZones', { zoneIds: ['none'] })).zoneSet).toEqual([])
})

test('15. a policy shows at its disk at once, and both versions serve one state', async () => {
  const { ok, disk, snapshot, policy, createDisk, createPolicy } = await world()
  const diskId = await createDisk()
  const autoSnapshotPolicyId = await createPolicy()
  await ok('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [diskId] })
  for (const options of [{}, OLD]) {
    expect(await disk(diskId, options)).toMatchObject({ autoSnapshotPolicyId })
    expect(await policy(autoSnapshotPolicyId, options)).toMatchObject({ diskNum: 1, diskIdSet: [diskId] })
  }
  const { snapshotId } = await ok('CreateSnapshot', { diskId, snapshotName: 's' }, OLD)
  expect(await snapshot(snapshotId)).toEqual(await snapshot(snapshotId, OLD))
  await ok('DeleteAutoSnapshotPolicies', { autoSnapshotPolicyIds: [autoSnapshotPolicyId] }, OLD)
  expect(await policy(autoSnapshotPolicyId)).toBeUndefined()
  expect(await disk(diskId)).toMatchObject({ autoSnapshotPolicyId: null })
})
