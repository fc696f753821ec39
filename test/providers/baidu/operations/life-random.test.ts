import { expect, test } from 'vitest'
import { baidu } from '../../../../src/providers/baidu/index.ts'
import { type Server, start } from '../../../harness.ts'
import { runs } from '../../../runs.ts'
import { place, type Row, row, rows } from '../stage.ts'

// Plausible calls in any order, with slow transitions and time that jumps: never a 5xx, only codes that the operation
// lists, and after each step what the reads say of volumes, snapshots, policies, chains and instances agrees.

const WORLDS = Number(process.env.FUZZ_RUNS ?? runs(1, 4))
const STEPS = 150
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1)

/** Small, repeatable random numbers (xorshift32). */
function random(seed: number) {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const below = (limit: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  return {
    below,
    chance: (percent: number) => below(100) < percent,
    one: (list: readonly unknown[]) => (list.length === 0 ? 'none' : list[below(list.length)]),
    some: (list: readonly unknown[], most: number) =>
      list.length === 0 ? ['none'] : Array.from({ length: 1 + below(most) }, () => list[below(list.length)])
  }
}
type Dice = ReturnType<typeof random>

const TRANSITIONS = ['diskCreate', 'attach', 'detach', 'resize', 'rollback', 'charge']
  .concat(['snapshotCreate', 'snapshotCopy', 'instanceStart'])
  .map((transition) => `delays.baidu.${transition}Ms`)

interface State {
  readonly now: number
  readonly volumes: readonly Row[]
  readonly snapshots: readonly Row[]
  readonly policies: readonly Row[]
  readonly instances: readonly Row[]
  readonly chains: readonly Row[]
}
async function stateOf({ baidu: call, control }: Server): Promise<State> {
  const list = async (url: string, name: string) => {
    const reply = await call('GET', url)
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return rows(row(reply.body)[name])
  }
  return {
    now: Date.parse(String(row((await control('GET', '/clock')).body).now)),
    volumes: await list('/v2/volume', 'volumes'),
    snapshots: await list('/v2/snapshot', 'snapshots'),
    policies: await list('/v2/asp', 'autoSnapshotPolicys'),
    instances: await list('/v2/instance', 'instances'),
    chains: await list('/v2/snapshot/chain', 'snapchains')
  }
}

type Next = readonly [operation: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object]

/** The next call: an operation with ids that exist, or did a moment ago. */
function nextCall({ below, chance, one, some }: Dice, state: State): Next {
  const volumeIds = [...state.volumes.map(({ id }) => id), 'v-recycled']
  const snapshotIds = state.snapshots.map(({ id }) => id)
  const instanceIds = state.instances.map(({ id }) => id)
  const aspIds = state.policies.map(({ id }) => id)
  const v = one(volumeIds)
  const s = one(snapshotIds)
  const i = one(instanceIds)
  const asp = one(aspIds)
  const volume = `/v2/volume/${v}`
  const schedule = {
    timePoints: [below(24), String(below(24))],
    repeatWeekdays: [0, 1, 2, 3, 4, 5, 6].slice(below(6)),
    retentionDays: chance(20) ? '-1' : 1 + below(3)
  }
  const billing = { paymentTiming: chance(50) ? 'Prepaid' : 'Postpaid', reservation: { reservationLength: 1 } }
  const onOff = () => (chance(50) ? 'on' : 'off')
  const ofSnapshot = state.snapshots.find(({ id }) => id === s)?.volumeId ?? v
  const calls: readonly Next[] = [
    ['CreateVolume', 'POST', '/v2/volume', { cdsSizeInGB: 5 + below(50), purchaseCount: 1 + below(2), billing }],
    ['CreateVolume', 'POST', '/v2/volume', { snapshotId: s, autoSnapshotPolicy: [{ autoSnapshotPolicyId: asp }] }],
    ['CreateVolume', 'POST', '/v2/volume', { cdsSizeInGB: 5, instanceId: i, deleteWithInstance: chance(50) }],
    ['SyncCreateVolume', 'POST', '/v2/volume/syncCreate', { cdsSizeInGB: 5, instanceId: i }],
    ['CreateVolumeV3', 'POST', '/v3/volume', { volumeSizeInGB: 5, snapshotId: '', instanceId: i }],
    ['AttachVolume', 'PUT', `${volume}?attach`, { instanceId: i, deleteAutoSnapshot: chance(30) }],
    ['AttachVolume', 'PUT', `${volume}?attach=`, { instanceId: i }],
    ['DetachVolume', 'PUT', `${volume}?detach`, { instanceId: i }],
    ['ResizeVolume', 'PUT', `${volume}?resize`, { newCdsSizeInGB: 40 + below(200) }],
    ['RollbackVolume', 'PUT', `/v2/volume/${ofSnapshot}?rollback`, { snapshotId: s }],
    ['ModifyVolumeChargeType', 'PUT', `${volume}?modifyChargeType`, { billing }],
    ['PurchaseReservedVolume', 'PUT', `${volume}?purchaseReserved`, { billing }],
    ['ReleaseVolume', 'DELETE', volume],
    ['ReleaseVolume', 'POST', volume, { autoSnapshot: onOff(), manualSnapshot: onOff(), recycle: onOff() }],
    ['DeletePrepayVolume', 'POST', '/v2/volume/deletePrepay', { volumeId: v, deleteImmediate: chance(50) }],
    ['CreateSnapshot', 'POST', '/v2/snapshot', { volumeId: v, snapshotName: 's', retentionInDays: 1 + below(4) }],
    ['CreateSnapshot', 'POST', '/v2/snapshot', { volumeId: chance(50) ? i : v, snapshotName: 's' }],
    ['DeleteSnapshot', 'DELETE', `/v2/snapshot/${s}`],
    ['ModifySnapshotAttribute', 'PUT', `/v2/snapshot/${s}?modifyAttribute`, { retentionInDays: 1 + below(3) }],
    [
      'RemoteCopySnapshot',
      'PUT',
      `/v2/snapshot/remote_copy/${s}`,
      { destRegionInfos: [{ name: 'copy', destRegion: 'gz' }] }
    ],
    ['CreateSnapshotShare', 'POST', '/v2/snapshot/share', { snapshotId: s, accountIds: chance(70) ? ['a', 'b'] : [] }],
    ['CreateAsp', 'POST', '/v2/asp', { name: 'p', ...schedule }],
    ['UpdateAsp', 'PUT', '/v2/asp/update', { aspId: asp, ...schedule }],
    ['AttachAsp', 'PUT', `/v2/asp/${asp}?attach`, { volumeIds: some(volumeIds, 2) }],
    ['AttachAsp', 'PUT', `/v2/asp/${asp}?attach`, { volumeIds: [v], deleteAutoSnapshot: chance(50) }],
    ['DetachAsp', 'PUT', `/v2/asp/${asp}?detach`, { volumeIds: some(volumeIds, 3) }],
    ['DeleteAsp', 'DELETE', `/v2/asp/${asp}`],
    ['CreateInstance', 'POST', '/v2/instance', { imageId: 'm-1', name: 'new' }],
    [
      'ReleaseInstance',
      'POST',
      `/v2/instance/${i}`,
      { relatedReleaseFlag: chance(30), deleteCdsSnapshotFlag: chance(30) }
    ]
  ]
  return calls[below(calls.length)] ?? ['ListZones', 'GET', '/v2/zone']
}

const common = Object.entries(baidu.catalogue).flatMap(([code, { common }]) => (common ? [code] : []))
function codesOf(operation: string): readonly string[] {
  return [...common, ...(baidu.operations.find(({ name }) => name === operation)?.errors ?? [])]
}

/** What must hold whatever happened. */
function check({ now, volumes, snapshots, policies, instances, chains }: State): void {
  for (const list of [volumes, snapshots, policies, instances]) {
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
    const times = list.map(({ createTime, createdTime }) => String(createTime ?? createdTime))
    expect(times, 'oldest first').toEqual([...times].sort())
  }
  for (const volume of volumes) {
    const { id, status } = volume
    const label = `${id} ${status}`
    const [attachment, ...more] = rows(volume.attachments)
    expect(more, label).toEqual([])
    if (['InUse', 'Attaching', 'Detaching'].includes(String(status))) expect(attachment, label).toBeDefined()
    if (['Available', 'Creating'].includes(String(status))) expect(attachment, label).toBeUndefined()
    if (attachment) expect(instances.map((instance) => instance.id)).toContain(attachment.instanceId)
    const own = snapshots.filter((snapshot) => snapshot.volumeId === id)
    expect(volume.snapshotNum, label).toBe(String(own.length))
    expect(volume.paymentTiming === 'Prepaid', label).toBe(volume.expireTime !== null)
  }
  for (const policy of policies) {
    const bound = volumes.filter((volume) => row(volume.autoSnapshotPolicy ?? {}).id === policy.id)
    expect(policy.volumeCount, String(policy.id)).toBe(bound.length)
  }
  for (const snapshot of snapshots) {
    if (snapshot.volumeId !== undefined) expect(volumes.map(({ id }) => id)).toContain(snapshot.volumeId)
    if (snapshot.createMethod === 'MIGRATION') expect(snapshot).not.toHaveProperty('volumeId')
    // A snapshot that is still made, or rolled back to, goes when it is free.
    if (snapshot.expireTime !== undefined && Date.parse(String(snapshot.expireTime)) <= now) {
      const volume = volumes.find(({ id }) => id === snapshot.volumeId)
      expect([snapshot.status, volume?.status], `${snapshot.id} outlives its time`).toSatisfy(
        ([own, of]) => own === 'Creating' || of === 'SnapshotProcessing'
      )
    }
  }
  for (const instance of instances) {
    const attached = volumes.filter((volume) =>
      rows(volume.attachments).some(({ instanceId }) => instanceId === instance.id)
    )
    expect(rows(instance.volumes).map(({ id }) => id)).toEqual(attached.map(({ id }) => id))
    const devices = attached.map((volume) => rows(volume.attachments)[0]?.device)
    expect(new Set(devices).size, `devices of ${instance.id}: ${devices}`).toBe(devices.length)
    expect(attached.every((volume) => volume.zoneName === instance.zoneName)).toBe(true)
  }
  for (const chain of chains) {
    const own = snapshots.filter((snapshot) => snapshot.volumeId !== undefined && snapshot.volumeId === chain.volumeId)
    if (chain.volumeId === undefined) continue
    expect(Number(chain.manualSnapCount) + Number(chain.autoSnapCount)).toBe(own.length)
    expect(chain.chainSize).toBe(String(own.reduce((sum, snapshot) => sum + Number(snapshot.sizeInGB), 0)))
  }
}

const seeds = Array.from({ length: WORLDS }, (_, index) => FIRST_SEED + index)
// A resting Scaling or Starting never ends: those of the place would only be in the way.
const seed = {
  ...place,
  volumes: place.volumes.filter(({ id }) => !['v-scaling', 'v-local'].includes(id)),
  instances: place.instances
}
test.for(seeds)('a world lives through anything, seed %i', { timeout: 120_000 }, async (number) => {
  const dice = random(number)
  const server = await start({ seed: { baidu: seed } })
  const log: string[] = []
  try {
    const settings = {
      'baidu.snapshotMarksVolume': dice.chance(30),
      'baidu.manualSnapshotLimit': dice.chance(30) ? 2 : 512,
      'baidu.autoSnapshotLimit': dice.chance(30) ? 3 : 1024,
      ...Object.fromEntries(TRANSITIONS.map((transition) => [transition, dice.chance(30) ? 0 : dice.below(5000)]))
    }
    log.push(JSON.stringify(settings))
    expect((await server.control('PATCH', '/settings', settings)).status).toBe(200)
    let state = await stateOf(server)
    check(state)
    for (let step = 0; step < STEPS; step++) {
      const [operation, method, url, body] = nextCall(dice, state)
      const reply = await server.baidu(method, url, body)
      log.push(`${operation} ${method} ${url} ${JSON.stringify(body)} → ${reply.status} ${reply.code ?? ''}`)
      expect(reply.status).toBeLessThan(500)
      if (reply.status !== 200) expect(codesOf(operation)).toContain(reply.code)
      if (dice.chance(50)) {
        const by = dice.chance(80) ? `PT${1 + dice.below(4)}S` : String(dice.one(['PT1H', 'PT25H', 'P3D']))
        log.push(`advance ${by}`)
        expect((await server.control('POST', '/clock/advance', { by })).status).toBe(200)
      }
      state = await stateOf(server)
      check(state)
    }
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${log.slice(0, 1).concat(log.slice(-25)).join('\n')}`
    )
  } finally {
    await server.close()
  }
})
