import { expect, test } from 'vitest'
import { start } from '../harness.ts'
import { type Row, row, rows } from '../providers/zenlayer/stage.ts'

// What the CSI driver and the Terraform provider send and read, call by call (zenlayer.md 1.13, 6.3). Every transition takes a
// second, and time passes only where the client waits.

const TRANSITIONS = [
  'snapshotCreate',
  'snapshotDelete',
  'diskCreate',
  'attach',
  'detach',
  'resize',
  'release',
  'recycle'
]

async function client(settings: object = {}) {
  const server = await start()
  const delays = Object.fromEntries(TRANSITIONS.map((transition) => [`delays.zenlayer.${transition}Ms`, 1000]))
  const changed = await server.control('PATCH', '/settings?world=client', { ...delays, ...settings })
  expect(changed.status).toBe(200)
  const call = (action: string, body: object, version?: string) =>
    server.zenlayer(action, body, { key: 'client', ...(version !== undefined && { version }) })
  const ok = async (action: string, body: object = {}, version?: string): Promise<Row> => {
    const reply = await call(action, body, version)
    expect(reply.status, `${action} ${JSON.stringify(reply.body)}`).toBe(200)
    return row(row(reply.body).response)
  }
  const list = async (action: string, body: object, version?: string) => {
    const { totalCount, dataSet } = await ok(action, body, version)
    expect(totalCount).toBe(rows(dataSet).length)
    return rows(dataSet)
  }
  const first = (value: unknown): string => String(Array.isArray(value) ? value[0] : undefined)
  const wait = async () => {
    expect((await server.control('POST', '/clock/advance?world=client', { by: 'PT3S' })).status).toBe(200)
  }
  /** Looks at once and then every three seconds, as the driver does, until `isOver`; never for 180 seconds. */
  const poll = async (look: () => Promise<readonly Row[]>, isOver: (found: readonly Row[]) => boolean) => {
    for (let looks = 0; looks < 60; looks++) {
      const found = await look()
      if (isOver(found)) return found[0]
      await wait()
    }
    throw new Error('waited for 180 seconds')
  }
  const codeOf = async (action: string, body: object, version?: string) => (await call(action, body, version)).code
  return { ok, list, first, wait, poll, codeOf, close: server.close }
}
type Client = Awaited<ReturnType<typeof client>>

test.for([false, true])('the CSI driver, recycle bin %s', async (recycleBin) => {
  const { ok, list, first, poll, close } = await client({ 'zenlayer.recycleBin': recycleBin })
  expect((await ok('DescribeDiskRegions')).regionIds).toContain('asia-east-1')
  const [instance] = await list('DescribeInstances', {})
  const { instanceId, zoneId, resourceGroupId } = row(instance)
  expect(instanceId).toMatch(/^\d{19}$/)

  const page = { zoneId, resourceGroupId, pageSize: 20, pageNum: 1 }
  /** `RECYCLED` disks of that name are ignored. */
  const byName = async (name: string) =>
    (await list('DescribeDisks', { diskName: `^${name}$`, ...page })).filter((found) => found.diskStatus !== 'RECYCLED')
  const byId = (id: string) => () => list('DescribeDisks', { diskIds: [id] })
  const createVolume = async (diskName: string, diskSize: number, more: object = {}) => {
    const [there] = await byName(diskName)
    if (there) return there
    const wanted = { diskAmount: 1, diskCategory: 'Standard NVMe SSD', burstingEnabled: false, ...more }
    const made = await ok('CreateDisks', { diskName, diskSize, zoneId, resourceGroupId, ...wanted })
    const isAvailable = (found: readonly Row[]) => {
      expect(found, 'the first look already lists the disk').toHaveLength(1)
      return found[0]?.diskStatus === 'AVAILABLE'
    }
    await poll(byId(first(made.diskIds)), isAvailable)
    const [shown, ...others] = await byName(diskName)
    expect(others).toEqual([])
    return row(shown)
  }
  const disk = await createVolume('pvc-1', 20)
  await createVolume('pvc-10', 20)
  expect((await createVolume('pvc-1', 20)).diskId, 'idempotent by name').toBe(disk.diskId)
  const diskId = String(disk.diskId)
  expect(diskId).toMatch(/^\d{19}$/)
  expect(disk).toMatchObject({ serial: expect.stringMatching(/^[0-9a-z]{20}$/), diskSize: 20 })

  const [standing] = await list('DescribeInstancesStatus', { instanceIds: [instanceId] })
  expect(standing).toEqual({ instanceId, instanceStatus: 'RUNNING' })
  await ok('AttachDisks', { diskIds: [diskId], instanceId })
  expect(await poll(byId(diskId), ([found]) => found?.diskStatus === 'IN_USE')).toMatchObject({ instanceId })
  await ok('ResizeDisk', { diskId, diskSize: 30 })
  const grown = await poll(byId(diskId), ([found]) => found?.diskStatus === 'IN_USE')
  expect(grown).toMatchObject({ diskSize: 30, snapshotAbility: true })

  const snapshotsNamed = (name: string) => list('DescribeSnapshots', { snapshotName: `^${name}$`, ...page })
  expect(await snapshotsNamed('snap-1')).toEqual([])
  const snapshotId = String((await ok('CreateSnapshot', { diskId, snapshotName: 'snap-1' })).snapshotId)
  const snapshotById = () => list('DescribeSnapshots', { snapshotIds: [snapshotId] })
  const snapshot = await poll(snapshotById, (found) => {
    expect(found, 'the first look already lists the snapshot').toHaveLength(1)
    return found[0]?.status === 'AVAILABLE'
  })
  expect(snapshot).toMatchObject({ diskAbility: true, diskId })
  expect((await snapshotsNamed('snap-1')).map((found) => found.snapshotId)).toEqual([snapshotId])
  const copy = String((await createVolume('pvc-2', 30, { snapshotId })).diskId)

  const detached = await ok('DetachDisks', { diskIds: [diskId], instanceCheckFlag: false })
  expect(detached.failedDiskIds).toEqual([])
  await poll(byId(diskId), ([found]) => found?.diskStatus === 'AVAILABLE')

  expect((await ok('DeleteSnapshots', { snapshotIds: [snapshotId] })).snapshotIds).toEqual([])
  await poll(snapshotById, (found) => found.length === 0)
  for (const id of [diskId, copy]) {
    await ok('ReleaseDisk', { diskId: id })
    const left = await poll(byId(id), ([found]) => found === undefined || found.diskStatus === 'RECYCLED')
    expect(left?.diskStatus).toBe(recycleBin ? 'RECYCLED' : undefined)
    if (left === undefined) continue
    const again = await createVolume('pvc-1', 20)
    expect(again.diskId, 'a disk in the bin keeps its name from nobody').not.toBe(id)
    await ok('ReleaseDisk', { diskId: id })
    await poll(byId(id), (found) => found.length === 0)
  }
  await close()
})

const OLD = '2024-04-01'
const OPERATING = ['RECYCLING', 'ATTACHING', 'DETACHING', 'CREATING', 'DELETING', 'CHANGING']

/** Reads as the provider does: waits while the disk is in an operating status; undefined: dropped from the state. */
async function readDisk({ list, wait }: Client, diskId: string): Promise<Row | undefined> {
  for (;;) {
    const [found] = await list('DescribeDisks', { diskIds: [diskId] })
    if (!OPERATING.includes(String(found?.diskStatus))) return found
    await wait()
  }
}

test('the Terraform provider: one apply, updates in place, and destroy', async () => {
  const terraform = await client()
  const { ok, list, first, wait, codeOf, close } = terraform
  const [instance] = await list('DescribeInstances', {})
  const { instanceId, zoneId } = row(instance)

  const asked = { diskName: 'Terraform-Disk', diskSize: 20, diskCategory: 'Standard NVMe SSD', zoneId }
  const tags = { tags: [{ key: 'env', value: 'dev' }] }
  const diskId = first((await ok('CreateDisks', { ...asked, tags })).diskIds)
  await wait()
  expect(await readDisk(terraform, diskId)).toMatchObject({ diskStatus: 'AVAILABLE', tags })

  // A snapshot and an attachment that don't depend on each other are called in the same instant.
  const { snapshotId } = await ok('CreateSnapshot', { diskId, snapshotName: 'Terraform-Snapshot' }, OLD)
  await ok('AttachDisks', { diskIds: [diskId], instanceId })
  const [attaching] = await list('DescribeDisks', { diskIds: [diskId] })
  expect(attaching).toMatchObject({ diskStatus: 'ATTACHING', instanceId })
  expect(await readDisk(terraform, diskId)).toMatchObject({ instanceId })
  const readSnapshot = async () => (await list('DescribeSnapshots', { snapshotIds: [snapshotId] }, OLD))[0]
  expect(await readSnapshot()).toMatchObject({
    status: 'AVAILABLE',
    snapshotType: 'Manual',
    retentionTime: null,
    resourceGroup: { resourceGroupName: 'Default Resource Group' }
  })

  const schedule = { repeatWeekDays: [4, 5, 7, 6, 2, 3, 1], hours: [12, 23, 0] }
  const policy = { zoneId, autoSnapshotPolicyName: 'Terraform-Snapshot-Policy', ...schedule }
  const { autoSnapshotPolicyId } = await ok('CreateAutoSnapshotPolicy', policy)
  const policies = { autoSnapshotPolicyIds: [autoSnapshotPolicyId] }
  const readPolicy = async () => (await list('DescribeAutoSnapshotPolicies', policies))[0]
  expect(await readPolicy()).toMatchObject({
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: [0, 12, 23],
    retentionDays: -1,
    resourceGroup: expect.any(Object)
  })
  await ok('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [diskId] })
  expect(await readDisk(terraform, diskId)).toMatchObject({ autoSnapshotPolicyId })

  // Updates in place.
  const { resourceGroupId } = await ok('CreateResourceGroup', { name: 'team' })
  const policyId = String(autoSnapshotPolicyId)
  await ok('AddResourceResourceGroup', { resources: [diskId], resourceGroupId })
  await ok('AddResourceResourceGroup', { resources: [policyId], resourceGroupId })
  const wholeMap = [
    { key: 'env', value: 'dev' },
    { key: 'team', value: 'a' }
  ]
  await ok('ModifyResourceTags', { resourceUuid: diskId, replaceTags: wholeMap })
  await ok('ModifyResourceTags', { resourceUuid: policyId, replaceTags: wholeMap })
  await ok('ModifyResourceTags', { resourceUuid: policyId, deleteTagKeys: ['env', 'team'] })
  await ok('ModifyDisksAttributes', { diskIds: [diskId], diskName: 'renamed' })
  await ok('ResizeDisk', { diskId, diskSize: 25 }, OLD)
  expect(await readDisk(terraform, diskId)).toMatchObject({
    diskName: 'renamed',
    diskSize: 25,
    resourceGroupId,
    tags: { tags: wholeMap }
  })
  const changed = { autoSnapshotPolicyId, autoSnapshotPolicyName: 'daily', retentionDays: 7 }
  await ok('ModifyAutoSnapshotPolicy', changed)
  expect(await readPolicy()).toMatchObject({
    ...changed,
    hours: [0, 12, 23],
    resourceGroup: { resourceGroupId },
    tags: null
  })
  await ok('ModifySnapshotsAttribute', { snapshotIds: [snapshotId], snapshotName: 'kept', isPermanent: true }, OLD)
  expect(await readSnapshot()).toMatchObject({ snapshotName: 'kept', retentionTime: null })

  // Destroy: what is deleted shows it in the very next describe.
  await ok('CancelAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [diskId] })
  await ok('DeleteAutoSnapshotPolicies', policies, OLD)
  expect(await codeOf('DeleteAutoSnapshotPolicies', policies, OLD)).toBe('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND')
  await ok('DeleteSnapshots', { snapshotIds: [snapshotId] }, OLD)
  expect((await readSnapshot())?.status).toBe('DELETING')
  await ok('DetachDisks', { diskIds: [diskId], instanceCheckFlag: false })
  expect(await readDisk(terraform, diskId)).toMatchObject({ diskStatus: 'AVAILABLE', instanceId: null })
  await ok('ReleaseDisk', { diskId }, OLD)
  expect((await list('DescribeDisks', { diskIds: [diskId] }))[0]?.diskStatus).toBe('DELETING')
  expect(await readDisk(terraform, diskId)).toBeUndefined()
  expect(await codeOf('DeleteSnapshots', { snapshotIds: [snapshotId] }, OLD)).toBe('INVALID_DISK_SNAPSHOT_NOT_FOUND')
  expect(await codeOf('ReleaseDisk', { diskId }, OLD)).toBe('INVALID_DISK_NOT_FOUND')
  await close()
})
