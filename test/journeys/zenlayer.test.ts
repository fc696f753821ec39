import { expect, test } from 'vitest'
import { type Answer, start } from '../harness.ts'

type Row = Record<string, unknown>
function row(value: unknown): Row {
  if (typeof value !== 'object' || value === null) throw new Error(`no object: ${JSON.stringify(value)}`)
  return { ...value }
}
function rows(value: unknown): Row[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`)
  return value.map(row)
}

/** A client of a fresh world: it knows no id but those it is told. */
async function client() {
  const server = await start()
  const key = 'journey'
  const as = (version?: string) => ({ key, ...(version !== undefined && { version }) })
  const told = (reply: Answer) => {
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return row(row(reply.body).response)
  }
  const ok = async (action: string, body: object = {}, version?: string) =>
    told(await server.zenlayer(action, body, as(version)))
  const first = async (action: string, body: object = {}) => row(rows((await ok(action, body)).dataSet)[0])
  const world = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => {
    const reply = await server.control(method, `${path}?world=${key}`, body)
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return row(reply.body)
  }
  return {
    ok,
    first,
    close: server.close,
    refused: async (action: string, body: object) => (await server.zenlayer(action, body, as())).code,
    disk: (id: unknown) => first('DescribeDisks', { diskIds: [id] }),
    advance: (by: string) => world('POST', '/clock/advance', { by }),
    set: (settings: object) => world('PATCH', '/settings', settings),
    async mark(id: unknown, text: string) {
      const url = `/_snapstand/zenlayer/volumes/${id}/content?world=${key}`
      const headers = { host: '127.0.0.1', 'content-type': 'text/plain' }
      const { statusCode } = await server.app.inject({ method: 'PUT', url, headers, payload: text })
      expect(statusCode).toBeLessThan(300)
    },
    async content(id: unknown) {
      const url = `/_snapstand/zenlayer/volumes/${id}/content?world=${key}`
      return (await server.app.inject({ method: 'GET', url, headers: { host: '127.0.0.1' } })).body
    }
  }
}

test('create, attach, a policy, a week, roll back, a disk from a snapshot, release', async () => {
  const { ok, first, refused, disk, advance, set, mark, content, close } = await client()
  const transitions = ['diskCreate', 'attach', 'detach', 'snapshotCreate', 'rollback', 'release', 'snapshotDelete']
  await set(Object.fromEntries(transitions.map((transition) => [`delays.zenlayer.${transition}Ms`, 2000])))

  // A fresh world has a running instance in a zone with snapshots.
  const { instanceId, zoneId, status } = await first('DescribeInstances')
  expect(status).toBe('RUNNING')
  const { diskIds } = await ok('CreateDisks', { zoneId, diskName: 'journey', diskSize: 100 })
  const [diskId] = Array.isArray(diskIds) ? diskIds : []
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'CREATING', instanceId: null })
  expect(await refused('AttachDisks', { diskIds: [diskId], instanceId })).toBe('UNSUPPORTED_OPERATION_DISK_STATUS')
  await advance('PT2S')
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'AVAILABLE' })

  await ok('AttachDisks', { diskIds: [diskId], instanceId })
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'ATTACHING', instanceId })
  await advance('PT2S')
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'IN_USE', instanceId })
  await mark(diskId, 'monday')

  const schedule = { zoneId, autoSnapshotPolicyName: 'nightly', repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [22] }
  const { autoSnapshotPolicyId } = await ok('CreateAutoSnapshotPolicy', { ...schedule, retentionDays: 3 })
  await ok('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [diskId] }, '2024-04-01')
  expect((await disk(diskId)).autoSnapshotPolicyId).toBe(autoSnapshotPolicyId)

  // Seven nights from Monday 08:00 on, of which the last three are kept.
  await advance('P1D')
  await mark(diskId, 'tuesday')
  expect(await advance('P6D')).toMatchObject({ firings: 6, snapshotsCreated: 6 })
  const listed = await ok('DescribeSnapshots', { diskIds: [diskId], snapshotType: 'Auto' }, '2024-04-01')
  expect(listed.totalCount).toBe(3)
  expect(
    rows(listed.dataSet).map(({ snapshotName, status: state, retentionTime }) => [snapshotName, state, retentionTime])
  ).toEqual([
    [`auto-${diskId}-202601112200`, 'AVAILABLE', '2026-01-14T22:00:00Z'],
    [`auto-${diskId}-202601102200`, 'AVAILABLE', '2026-01-13T22:00:00Z'],
    [`auto-${diskId}-202601092200`, 'AVAILABLE', '2026-01-12T22:00:00Z']
  ])
  const { snapshotId: tuesdays } = row(rows(listed.dataSet)[0])

  await mark(diskId, 'broken')
  await ok('ApplySnapshot', { diskId, snapshotId: tuesdays })
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'ROLLING_BACK', instanceId })
  expect(await first('DescribeSnapshots', { snapshotIds: [tuesdays] })).toMatchObject({ status: 'ROLLING_BACK' })
  expect(await refused('CreateSnapshot', { diskId, snapshotName: 'x' })).toBe('UNSUPPORTED_OPERATION_DISK_STATUS')
  await advance('PT2S')
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'IN_USE', instanceId, diskSize: 100 })
  expect(await content(diskId)).toBe('tuesday')

  const copy = await ok('CreateDisks', { zoneId, diskName: 'copy', diskSize: 150, snapshotId: tuesdays })
  const [copyId] = Array.isArray(copy.diskIds) ? copy.diskIds : []
  expect(await disk(copyId)).toMatchObject({ diskStatus: 'CREATING', diskSize: 150 })
  await advance('PT2S')
  expect(await disk(copyId)).toMatchObject({ diskStatus: 'AVAILABLE', autoSnapshotPolicyId: null })
  expect(await content(copyId)).toBe('tuesday')

  expect(await refused('ReleaseDisk', { diskId })).toBe('UNSUPPORTED_OPERATION_DISK_STATUS')
  expect(await ok('DetachDisks', { diskIds: [diskId], instanceCheckFlag: false })).toMatchObject({ failedDiskIds: [] })
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'DETACHING', instanceId })
  await advance('PT2S')
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'AVAILABLE', instanceId: null })
  await ok('ReleaseDisk', { diskId }, '2024-04-01')
  expect(await disk(diskId)).toMatchObject({ diskStatus: 'DELETING', autoSnapshotPolicyId: null })
  expect(await first('DescribeAutoSnapshotPolicies', { autoSnapshotPolicyIds: [autoSnapshotPolicyId] })).toMatchObject({
    diskNum: 0,
    diskIdSet: []
  })
  await advance('PT2S')
  expect(await ok('DescribeDisks', { diskIds: [diskId] })).toMatchObject({ totalCount: 0, dataSet: [] })
  expect(await ok('DescribeSnapshots', { diskIds: [diskId] })).toMatchObject({ totalCount: 0, dataSet: [] })

  // Nothing is left of it: the policy makes nothing more, the copy is whole.
  expect(await advance('P30D')).toMatchObject({ firings: 0, snapshotsCreated: 0 })
  expect(await content(copyId)).toBe('tuesday')
  await close()
})
