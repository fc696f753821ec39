import { expect, test } from 'vitest'
import { row, type Stage, stages } from '../stage.ts'

const stage = stages()

// The steps of baidu.md 6.1 and 6.2 as clients see them, each transition with its own delay.

const SECOND = 1000
const DELAYS = {
  'delays.baidu.diskCreateMs': SECOND,
  'delays.baidu.attachMs': SECOND,
  'delays.baidu.detachMs': SECOND,
  'delays.baidu.resizeMs': SECOND,
  'delays.baidu.rollbackMs': SECOND,
  'delays.baidu.chargeMs': SECOND,
  'delays.baidu.snapshotCreateMs': SECOND,
  'delays.baidu.snapshotCopyMs': SECOND,
  'delays.baidu.instanceStartMs': SECOND,
  'delays.baidu.instanceStopMs': 2 * SECOND
}

const statusOf = async (world: Stage, id: string) => (await world.volume(id)).status

/** The statuses right after a call and after each second, up to the last one. */
async function seen(world: Stage, id: string, seconds: number) {
  const statuses = [await statusOf(world, id)]
  for (let second = 0; second < seconds; second++) {
    await world.advance('PT1S')
    statuses.push(await statusOf(world, id))
  }
  return statuses
}

test.for([
  ['attach', 'v-free', 'PUT /v2/volume/v-free?attach', { instanceId: 'i-running' }, ['Attaching', 'InUse']],
  ['detach', 'v-used', 'PUT /v2/volume/v-used?detach', { instanceId: 'i-running' }, ['Detaching', 'Available']],
  ['resize', 'v-free', 'PUT /v2/volume/v-free?resize', { newCdsSizeInGB: 200 }, ['Scaling', 'Available']],
  ['resize in use', 'v-used', 'PUT /v2/volume/v-used?resize', { newVolumeType: 'hp1' }, ['Scaling', 'InUse']],
  ['rollback', 'v-free', 'PUT /v2/volume/v-free?rollback', { snapshotId: 's-ok' }, ['SnapshotProcessing', 'Available']],
  [
    'rollback of a system disk',
    'v-boot',
    'PUT /v2/volume/v-boot?rollback',
    { snapshotId: 's-boot' },
    ['SnapshotProcessing', 'InUse']
  ],
  [
    'charge type',
    'v-used',
    'PUT /v2/volume/v-used?modifyChargeType',
    { billing: { paymentTiming: 'Prepaid' }, effectiveType: '' },
    ['Recharging', 'InUse']
  ],
  ['renewal', 'v-prepaid', 'PUT /v2/volume/v-prepaid?purchaseReserved', { billing: {} }, ['Recharging', 'Available']],
  [
    'a snapshot leaves its volume alone',
    'v-free',
    'POST /v2/snapshot',
    { volumeId: 'v-free', snapshotName: 'x' },
    ['Available', 'Available']
  ]
] as const)('%s', async ([, id, way, body, expected]) => {
  const world = await stage(DELAYS)
  await world.ok(way, body)
  expect(await seen(world, id, 1)).toEqual(expected)
})

test('a marked snapshot makes its volume SnapshotProcessing, and then the volume is what it was', async () => {
  const world = await stage({ ...DELAYS, 'baidu.snapshotMarksVolume': true })
  await world.ok('POST /v2/snapshot', { volumeId: 'v-used', snapshotName: 'x' })
  expect(await seen(world, 'v-used', 1)).toEqual(['SnapshotProcessing', 'InUse'])
})

test('a volume is Creating, then Available', async () => {
  const world = await stage(DELAYS)
  const { volumeIds } = await world.ok('POST /v2/volume', { cdsSizeInGB: 5 })
  expect(await seen(world, String(volumeIds), 1)).toEqual(['Creating', 'Available'])
})

test('a volume for an instance is Creating, Attaching, then InUse', async () => {
  const world = await stage(DELAYS)
  const { volumeIds } = await world.ok('POST /v2/volume', { cdsSizeInGB: 5, instanceId: 'i-running' })
  expect(await seen(world, String(volumeIds), 2)).toEqual(['Creating', 'Attaching', 'InUse'])
  expect(await world.volume(String(volumeIds))).toMatchObject({ attachments: [{ instanceId: 'i-running' }] })
})

test('SyncCreateVolume answers when the volume is there', async () => {
  const world = await stage(DELAYS)
  const free = await world.ok('POST /v2/volume/syncCreate', { cdsSizeInGB: 5 })
  const used = await world.ok('POST /v2/volume/syncCreate', { cdsSizeInGB: 5, instanceId: 'i-running' })
  expect(await statusOf(world, String(free.volumeIds))).toBe('Available')
  expect(await statusOf(world, String(used.volumeIds))).toBe('InUse')
})

test('a snapshot is Creating with its progress, then Available', async () => {
  const world = await stage(DELAYS)
  const { snapshotId } = await world.ok('POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'x' })
  expect(await world.snapshot(snapshotId)).toMatchObject({ status: 'Creating', progress: '0' })
  await world.advance('PT0.5S')
  expect(await world.snapshot(snapshotId)).toMatchObject({ status: 'Creating', progress: '50' })
  expect((await world.call(`DELETE /v2/snapshot/${snapshotId}`)).code).toBe('SnapshotOperationForbidden')
  await world.advance('PT0.5S')
  expect(await world.snapshot(snapshotId)).toMatchObject({ status: 'Available', progress: '100' })
})

test('a copy from another region is Creating, then Available, of no volume', async () => {
  const world = await stage(DELAYS)
  const { result } = await world.ok('PUT /v2/snapshot/remote_copy/s-ok', {
    destRegionInfos: [{ name: 'copy', destRegion: 'gz' }]
  })
  const [copy] = Array.isArray(result) ? result : []
  expect(copy).toEqual({ region: 'gz', snapshotId: expect.stringMatching(/^s-/) })
  expect(await world.snapshot(copy.snapshotId)).toMatchObject({ status: 'Creating', createMethod: 'MIGRATION' })
  await world.advance('PT1S')
  const shown = await world.snapshot(copy.snapshotId)
  expect(shown).toMatchObject({ status: 'Available', name: 'copy', sizeInGB: 100 })
  expect(shown).not.toHaveProperty('volumeId')
})

test('an instance is Starting, then Running, with its System volume in use from the start', async () => {
  const world = await stage(DELAYS)
  const { instanceIds } = await world.ok('POST /v2/instance', { imageId: 'm-1', name: 'new', zoneName: 'cn-bj-e' })
  const way = `GET /v2/instance/${instanceIds}?isDeploySet=false`
  expect(await world.ok(way)).toMatchObject({ instance: { status: 'Starting', volumes: [{ status: 'InUse' }] } })
  await world.advance('PT1S')
  expect(await world.ok(way)).toMatchObject({ instance: { status: 'Running', zoneName: 'cn-bj-e' } })
})

test.for([
  ['start', 'i-stopped', ['Starting', 'Running', 'Running']],
  ['stop', 'i-running', ['Stopping', 'Stopping', 'Stopped']],
  ['reboot', 'i-running', ['Rebooting', 'Running', 'Running']]
] as const)('?%s takes its time', async ([action, id, expected]) => {
  const world = await stage(DELAYS)
  await world.ok(`PUT /v2/instance/${id}?${action}`, { forceStop: false })
  const statuses: unknown[] = []
  for (const wait of ['PT1S', 'PT1S', 'PT0S']) {
    const instance = row((await world.ok(`GET /v2/instance/${id}`)).instance)
    statuses.push(instance.status)
    await world.advance(wait)
  }
  expect(statuses).toEqual(expected)
})

test('a snapshot that is being rolled back to shows as Available and is not deleted meanwhile', async () => {
  const world = await stage(DELAYS)
  await world.ok('PUT /v2/volume/v-free?rollback', { snapshotId: 's-ok' })
  expect(await world.snapshot('s-ok')).toMatchObject({ status: 'Available' })
  expect((await world.call('DELETE /v2/snapshot/s-ok')).code).toBe('SnapshotOperationForbidden')
  await world.advance('PT1S')
  await world.ok('DELETE /v2/snapshot/s-ok')
})

test('a resize shows its progress in both forms, and its size at the end', async () => {
  const world = await stage(DELAYS)
  await world.ok('PUT /v2/volume/v-free?resize&clientToken=t', { newCdsSizeInGB: 200, newExtraIO: 500 })
  await world.advance('PT0.25S')
  const running = await world.ok('GET /v2/volume/progress/v-free')
  expect(running).toEqual({ progress: 25, result: [{ progress: 25 }] })
  expect(await world.volume('v-free')).toMatchObject({ diskSizeInGB: 100 })
  await world.advance('PT1S')
  expect(await world.ok('GET /v2/volume/progress/v-free')).toEqual({ progress: 100, result: [{ progress: 100 }] })
  expect(await world.volume('v-free')).toMatchObject({ diskSizeInGB: 200, cdsExtraIo: 500 })
})

test('release and deletion take no time, on any clock', async () => {
  const world = await stage({ ...DELAYS, 'delays.releaseMs': SECOND, 'delays.snapshotDeleteMs': SECOND })
  await world.ok('DELETE /v2/snapshot/s-ok')
  expect((await world.call('GET /v2/snapshot/s-ok')).status).toBe(404)
  await world.ok('DELETE /v2/volume/v-free')
  expect((await world.call('GET /v2/volume/v-free')).status).toBe(404)
})
