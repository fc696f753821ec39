import { expect, test } from 'vitest'
import { type Server, start } from '../../../harness.ts'
import { runs } from '../../../runs.ts'

// Plausible calls in any order, with slow transitions and time that jumps: never a 5xx, and after each step what the
// describes say of disks, snapshots, policies and instances agrees.

const WORLDS = Number(process.env.FUZZ_RUNS ?? runs(1, 6))
const STEPS = 150
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1)

type Row = Record<string, unknown>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const row = (value: unknown): Row => (isRow(value) ? value : {})
const rows = (value: unknown): Row[] => (Array.isArray(value) ? value.map(row) : [])

/** Small, repeatable random numbers (mulberry32). */
function random(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const chance = (share: number) => next() < share
  const one = <T>(list: readonly T[]): T | undefined => list[below(list.length)]
  const some = <T>(list: readonly T[], most: number) =>
    Array.from({ length: 1 + below(most) }, () => one(list)).filter((item) => item !== undefined)
  return { below, chance, one, some }
}

const ZONE = 'asia-east-1a'
const OTHER_ZONE = 'europe-north-1a'
const seed = {
  zenlayer: {
    zones: [
      { zoneId: ZONE, regionId: 'asia-east-1' },
      { zoneId: OTHER_ZONE, regionId: 'europe-north-1', snapshotSupport: false }
    ],
    instances: [
      { instanceId: 'i-1', instanceName: 'one', zoneId: ZONE },
      { instanceId: 'i-2', instanceName: 'two', zoneId: ZONE, status: 'STOPPED' },
      { instanceId: 'i-3', instanceName: 'three', zoneId: OTHER_ZONE }
    ],
    disks: [
      { diskId: 'd-1', diskName: 'boot', zoneId: ZONE, diskSize: 40, diskType: 'SYSTEM', instanceId: 'i-1' },
      { diskId: 'd-2', diskName: 'data', zoneId: ZONE, diskSize: 40 },
      { diskId: 'd-3', diskName: 'failed', zoneId: ZONE, diskSize: 40, diskStatus: 'FAILED' }
    ]
  }
}
const TRANSITIONS = [
  'snapshotCreate',
  'snapshotDelete',
  'rollback',
  'diskCreate',
  'attach',
  'detach',
  'resize',
  'release'
]
  .concat(['recycle', 'instanceStart', 'instanceStop'])
  .map((transition) => `delays.zenlayer.${transition}Ms`)

interface State {
  readonly now: number
  readonly disks: readonly Row[]
  readonly snapshots: readonly Row[]
  readonly policies: readonly Row[]
  readonly instances: readonly Row[]
}

async function list(server: Server, action: string): Promise<readonly Row[]> {
  const reply = await server.zenlayer(action, { pageSize: 1000 })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  const { totalCount, dataSet } = row(row(reply.body).response)
  expect(rows(dataSet).length).toBe(totalCount)
  return rows(dataSet)
}
async function stateOf(server: Server): Promise<State> {
  return {
    now: Date.parse(String(row((await server.control('GET', '/clock')).body).now)),
    disks: await list(server, 'DescribeDisks'),
    snapshots: await list(server, 'DescribeSnapshots'),
    policies: await list(server, 'DescribeAutoSnapshotPolicies'),
    instances: await list(server, 'DescribeInstances')
  }
}

/** The next call: an action with ids that exist, or did a moment ago. */
function nextCall({ below, chance, one, some }: ReturnType<typeof random>, state: State): readonly [string, object] {
  const diskIds = state.disks.map((disk) => disk.diskId)
  const snapshotIds = state.snapshots.map((snapshot) => snapshot.snapshotId)
  const policyIds = state.policies.map((policy) => policy.autoSnapshotPolicyId)
  const instanceIds = state.instances.map((instance) => instance.instanceId)
  const diskId = one(diskIds)
  const snapshotId = one(snapshotIds)
  const autoSnapshotPolicyId = one(policyIds)
  const instanceId = one(instanceIds)
  const zoneId = chance(0.9) ? ZONE : OTHER_ZONE
  const inDays = (days: number) => `${new Date(state.now + days * 86_400_000).toISOString().slice(0, 19)}Z`
  const schedule = { repeatWeekDays: [1, 2, 3, 4, 5, 6, 7].slice(below(7)), hours: [below(24), below(24)] }
  const calls: readonly (readonly [string, object])[] = [
    ['CreateDisks', { zoneId, diskName: 'd', diskSize: 20 + below(30), diskAmount: 1 + below(2) }],
    ['CreateDisks', { zoneId, diskName: 'd', diskSize: 60, snapshotId }],
    ['CreateDisks', { zoneId, diskName: 'd', diskSize: 20, instanceId }],
    ['CreateSnapshot', { diskId, snapshotName: 's' }],
    ['CreateSnapshot', { diskId, snapshotName: 's', retentionTime: inDays(1 + below(4)) }],
    ['ModifySnapshotsAttribute', { snapshotIds: some(snapshotIds, 2), snapshotName: 't', isPermanent: chance(0.3) }],
    ['ApplySnapshot', { snapshotId, diskId: state.snapshots.find((one) => one.snapshotId === snapshotId)?.diskId }],
    ['DeleteSnapshots', { snapshotIds: some(snapshotIds, 3) }],
    ['CreateAutoSnapshotPolicy', { zoneId, autoSnapshotPolicyName: 'p-1', retentionDays: 1 + below(3), ...schedule }],
    ['ModifyAutoSnapshotPolicy', { autoSnapshotPolicyId, ...schedule }],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: some(diskIds, 3) }],
    ['CancelAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: some(diskIds, 3) }],
    ['DeleteAutoSnapshotPolicies', { autoSnapshotPolicyIds: some(policyIds, 2) }],
    ['AttachDisks', { diskIds: some(diskIds, 2), instanceId }],
    ['AttachDisks', { diskIds: [diskId], instanceId }],
    ['DetachDisks', { diskIds: [diskId], instanceCheckFlag: chance(0.3) }],
    ['ChangeDisksAttach', { diskIds: [diskId], instanceId }],
    ['ResizeDisk', { diskId, diskSize: 40 + below(200) }],
    ['ReleaseDisk', { diskId }],
    ['RenewDisk', { diskId }],
    ['StartInstances', { instanceIds: some(instanceIds, 2) }],
    ['StopInstances', { instanceIds: some(instanceIds, 2) }],
    ['ModifyDisksAttributes', { diskIds: some(diskIds, 2), diskName: 'renamed' }]
  ]
  return calls[below(calls.length)] ?? ['DescribeDisks', {}]
}

const ids = (list: readonly Row[], name: string) => list.map((item) => String(item[name]))

/** What must hold whatever happened. */
function check({ now, disks, snapshots, policies, instances }: State, keepsSnapshots: boolean): void {
  for (const [all, name] of [
    [disks, 'diskId'],
    [snapshots, 'snapshotId'],
    [policies, 'autoSnapshotPolicyId']
  ] as const) {
    expect(new Set(ids(all, name)).size).toBe(all.length)
    const times = ids(all, 'createTime')
    expect(times, 'newest first').toEqual([...times].sort().reverse())
  }
  for (const disk of disks) {
    const { diskStatus: status, diskId } = disk
    const label = `${diskId} ${status}`
    if (['IN_USE', 'ATTACHING', 'DETACHING'].includes(String(status))) expect(disk.instanceId, label).not.toBeNull()
    if (['AVAILABLE', 'RECYCLED', 'RECYCLING', 'DELETING', 'FAILED'].includes(String(status))) {
      expect([disk.instanceId, disk.instanceName], label).toEqual([null, null])
    }
    if (['RECYCLED', 'RECYCLING', 'DELETING'].includes(String(status)))
      expect(disk.autoSnapshotPolicyId, label).toBeNull()
    expect(disk.expiredTime !== null, label).toBe(status === 'RECYCLED')
    const own = snapshots.filter((snapshot) => snapshot.diskId === diskId)
    if (status === 'SNAPSHOT_CREATING') expect(ids(own, 'status'), label).toContain('CREATING')
    const rolling = own.filter((snapshot) => snapshot.status === 'ROLLING_BACK')
    expect(rolling.length, label).toBe(status === 'ROLLING_BACK' ? 1 : 0)
    if (disk.autoSnapshotPolicyId !== null)
      expect(ids(policies, 'autoSnapshotPolicyId')).toContain(disk.autoSnapshotPolicyId)
  }
  for (const policy of policies) {
    const bound = disks.filter((disk) => disk.autoSnapshotPolicyId === policy.autoSnapshotPolicyId)
    expect([...(Array.isArray(policy.diskIdSet) ? policy.diskIdSet : [])].sort()).toEqual(ids(bound, 'diskId').sort())
    expect(policy.diskNum).toBe(bound.length)
    expect(bound.every((disk) => disk.zoneId === policy.zoneId)).toBe(true)
  }
  for (const snapshot of snapshots) {
    const { snapshotId, status, retentionTime } = snapshot
    const disk = disks.find((one) => one.diskId === snapshot.diskId)
    if (!keepsSnapshots) expect(disk, String(snapshotId)).toBeDefined()
    if (disk) expect(snapshot.diskAbility).toBe(status === 'AVAILABLE' && disk.diskType === 'DATA')
    const isDue = retentionTime !== null && Date.parse(String(retentionTime)) <= now
    if (isDue) expect(['DELETING', 'CREATING', 'ROLLING_BACK'], `${snapshotId} outlives its time`).toContain(status)
  }
  for (const instance of instances) {
    const attached = disks.filter((disk) => disk.instanceId === instance.instanceId && disk.diskType === 'DATA')
    expect(ids(rows(instance.dataDisks), 'diskId').sort()).toEqual(ids(attached, 'diskId').sort())
    expect(attached.every((disk) => disk.zoneId === instance.zoneId)).toBe(true)
  }
}

const seeds = Array.from({ length: WORLDS }, (_, index) => FIRST_SEED + index)
test.for(seeds)('a world lives through anything, seed %i', { timeout: 120_000 }, async (number) => {
  const dice = random(number)
  const server = await start({ seed })
  const log: string[] = []
  try {
    const keepsSnapshots = dice.chance(0.3)
    const settings = {
      'zenlayer.recycleBin': dice.chance(0.5),
      'zenlayer.releaseKeepsSnapshots': keepsSnapshots,
      'zenlayer.attachDuringSnapshot': dice.chance(0.7),
      'zenlayer.snapshotQuota': dice.chance(0.3) ? 3 : 0,
      'zenlayer.instanceDiskLimit': dice.chance(0.3) ? 2 : 15,
      ...Object.fromEntries(TRANSITIONS.map((transition) => [transition, dice.chance(0.3) ? 0 : dice.below(5000)]))
    }
    log.push(JSON.stringify(settings))
    expect((await server.control('PATCH', '/settings', settings)).status).toBe(200)
    let state = await stateOf(server)
    check(state, keepsSnapshots)
    for (let step = 0; step < STEPS; step++) {
      const [action, body] = nextCall(dice, state)
      const reply = await server.zenlayer(action, body)
      log.push(`${action} ${JSON.stringify(body)} → ${reply.status} ${reply.code ?? ''}`)
      expect(reply.status).toBeLessThan(500)
      if (dice.chance(0.5)) {
        const by = dice.chance(0.8) ? `PT${1 + dice.below(4)}S` : (dice.one(['PT1H', 'PT25H', 'P3D']) ?? 'PT1H')
        log.push(`advance ${by}`)
        expect((await server.control('POST', '/clock/advance', { by })).status).toBe(200)
      }
      state = await stateOf(server)
      check(state, keepsSnapshots)
    }
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${log.slice(0, 1).concat(log.slice(-25)).join('\n')}`
    )
  } finally {
    await server.close()
  }
})
