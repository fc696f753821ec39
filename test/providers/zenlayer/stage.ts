import { afterAll, expect } from 'vitest'
import { type Server, start } from '../../harness.ts'

/** What the tests' world holds besides what they make: ids say what things are. */
export const place = {
  resourceGroups: [
    { resourceGroupId: 'group-default', name: 'Default Resource Group', isDefault: true },
    { resourceGroupId: 'group-other', name: 'Other' }
  ],
  zones: [
    { zoneId: 'zone-a', regionId: 'region-1', cityName: 'Hong Kong', cityCode: 'HKG', countryCode: 'HK' },
    { zoneId: 'zone-b', regionId: 'region-1' },
    { zoneId: 'zone-bare', regionId: 'region-bare', snapshotSupport: false }
  ],
  instances: [
    { instanceId: 'i-running', instanceName: 'runs', zoneId: 'zone-a' },
    { instanceId: 'i-stopped', instanceName: 'stands', zoneId: 'zone-a', status: 'STOPPED' },
    { instanceId: 'i-booting', instanceName: 'boots', zoneId: 'zone-a', status: 'BOOTING' },
    { instanceId: 'i-b', instanceName: 'elsewhere', zoneId: 'zone-b' }
  ],
  policies: [policy('p-one', 'zone-a'), policy('p-two', 'zone-a'), policy('p-b', 'zone-b')],
  disks: [
    disk('d-free', { diskSize: 100 }),
    disk('d-used', { instanceId: 'i-running' }),
    disk('d-used-stopped', { instanceId: 'i-stopped' }),
    disk('d-boot', { instanceId: 'i-running', diskType: 'SYSTEM' }),
    disk('d-b', { zoneId: 'zone-b' }),
    disk('d-b-used', { zoneId: 'zone-b', instanceId: 'i-b' }),
    disk('d-changing', { diskStatus: 'CHANGING' }),
    disk('d-deleting', { diskStatus: 'DELETING' }),
    disk('d-failed', { diskStatus: 'FAILED' }),
    disk('d-recycled', { diskStatus: 'RECYCLED' }),
    disk('d-recycling', { diskStatus: 'RECYCLING' }),
    disk('d-order-missing', { diskStatus: 'RECYCLED', orderState: 'missing' }),
    disk('d-order-open', { diskStatus: 'RECYCLED', orderState: 'open' }),
    disk('d-bare', { zoneId: 'zone-bare' }),
    disk('d-planned', { autoSnapshotPolicyId: 'p-one' }),
    disk('d-reinstalled', { diskType: 'SYSTEM', instanceId: 'i-stopped', reinstallTime: '2025-06-01T00:00:00Z' })
  ],
  snapshots: [
    { snapshotId: 's-ok', snapshotName: 'ok', diskId: 'd-free' },
    { snapshotId: 's-creating', snapshotName: 'new', diskId: 'd-free', status: 'CREATING' },
    { snapshotId: 's-deleting', snapshotName: 'old', diskId: 'd-free', status: 'DELETING' },
    { snapshotId: 's-changing', snapshotName: 'of a busy disk', diskId: 'd-changing' },
    { snapshotId: 's-boot', snapshotName: 'boot', diskId: 'd-boot' },
    { snapshotId: 's-b', snapshotName: 'elsewhere', diskId: 'd-b' },
    { snapshotId: 's-reinstalled', snapshotName: 'before', diskId: 'd-reinstalled', createTime: '2025-01-01T00:00:00Z' }
  ]
}

export function disk(diskId: string, more: object = {}) {
  return { diskId, diskName: diskId, zoneId: 'zone-a', diskSize: 40, ...more }
}
export function policy(autoSnapshotPolicyId: string, zoneId: string) {
  return { autoSnapshotPolicyId, autoSnapshotPolicyName: autoSnapshotPolicyId, zoneId, repeatWeekDays: [1], hours: [9] }
}

export type Row = Record<string, unknown>
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
export function row(value: unknown): Row {
  if (!isRow(value)) throw new Error(`no object: ${JSON.stringify(value)}`)
  return value
}
export function rows(value: unknown): Row[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`)
  return value.map(row)
}

/**
 * What makes the worlds of one file's tests, each on a manual clock: its key names it, so that one server for
 * each place is enough. Called once, at the top of the file, whose servers close behind its last test.
 */
export function stages() {
  const servers = new Map<object, Promise<Server>>()
  let worlds = 0
  afterAll(async () => {
    for (const server of servers.values()) await (await server).close()
  })
  return async (settings: Record<string, unknown> = {}, seed: object = place) => {
    const starting = servers.get(seed) ?? start({ seed: { zenlayer: seed } })
    servers.set(seed, starting)
    return worldIn(await starting, `world-${++worlds}`, settings)
  }
}

/** A world of its own. Settings are set before the first call. */
async function worldIn(server: Server, key: string, settings: Record<string, unknown>) {
  const control = (method: Parameters<Server['control']>[0], path: string, body?: unknown) =>
    server.control(method, `${path}?world=${key}`, body)
  const change = async (to: Readonly<Record<string, unknown>>) => {
    const changed = await control('PATCH', '/settings', to)
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  }
  if (Object.keys(settings).length > 0) await change(settings)

  const zenlayer = (action: string, body: unknown = {}, version?: string) =>
    server.zenlayer(action, body, { key, ...(version !== undefined && { version }) })
  /** The answer's own members; fails if it is a refusal. */
  const ok = async (action: string, body: object = {}, version?: string): Promise<Row> => {
    const reply = await zenlayer(action, body, version)
    expect(reply.status, `${action} ${JSON.stringify(reply.body)}`).toBe(200)
    const { requestId, ...own } = row(row(reply.body).response)
    expect(requestId).toBe(reply.requestId)
    return own
  }
  const list = async (action: string, body: object = {}, version?: string) =>
    rows((await ok(action, body, version)).dataSet)
  const one = async (action: string, body: object) => {
    const [found, ...more] = await list(action, body)
    expect(more).toEqual([])
    return row(found)
  }
  return {
    key,
    control,
    zenlayer,
    ok,
    list,
    disk: (id: unknown) => one('DescribeDisks', { diskIds: [id] }),
    snapshot: (id: unknown) => one('DescribeSnapshots', { snapshotIds: [id] }),
    policy: (id: unknown) => one('DescribeAutoSnapshotPolicies', { autoSnapshotPolicyIds: [id] }),
    instance: (id: unknown) => one('DescribeInstances', { instanceIds: [id] }),
    async advance(by: string) {
      const reply = await control('POST', '/clock/advance', { by })
      expect(reply.status, JSON.stringify(reply.body)).toBe(200)
      return row(reply.body)
    }
  }
}
export type Stage = Awaited<ReturnType<typeof worldIn>>
