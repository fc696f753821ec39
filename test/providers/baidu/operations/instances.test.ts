import { describe, expect, test } from 'vitest'
import { row, rows, type Stage, stages } from '../stage.ts'

const stage = stages()

// What clients need beside volumes and snapshots: instances, zones, specs, images, regions, tags by id, tasks.

const tf = {
  imageId: 'm-CentOS79',
  billing: { paymentTiming: 'Postpaid', reservation: { reservationLength: 0, reservationTimeUnit: '' } },
  instanceType: 'N3',
  cpuCount: 1,
  memoryCapacityInGB: 4,
  rootDiskSizeInGb: 40,
  rootDiskStorageType: 'cloud_hp1',
  name: 'tf-test-acc',
  zoneName: 'cn-bj-e',
  cardCount: '0',
  autoRenewTimeUnit: '',
  autoRenewTime: 0,
  cdsAutoRenew: false,
  requestToken: '',
  deployIdList: null,
  deletionProtection: 0
}
const instanceOf = async ({ ok }: Stage, id: unknown) => row((await ok(`GET /v2/instance/${id}`)).instance)

describe('instances', () => {
  test('are made as tf makes them, without a spec, with a System volume of 40 GB', async () => {
    const world = await stage()
    const { instanceIds } = await world.ok('POST /v2/instance?clientToken=t', tf)
    const [id] = Array.isArray(instanceIds) ? instanceIds : []
    const instance = await instanceOf(world, id)
    const { volumes, ...rest } = instance
    expect(rest).toEqual({
      id: expect.stringMatching(/^i-[0-9A-Za-z]{8}$/),
      name: 'tf-test-acc',
      status: 'Running',
      instanceType: 'N3',
      zoneName: 'cn-bj-e',
      paymentTiming: 'Postpaid',
      createTime: '2026-01-05T08:00:00Z',
      internalIp: expect.any(String),
      publicIp: '',
      cpuCount: 1,
      memoryCapacityInGB: 4,
      cardCount: '0',
      localDiskSizeInGB: 0,
      imageId: 'm-CentOS79',
      placementPolicy: 'default',
      subnetId: '',
      vpcId: '',
      deletionProtection: 0,
      autoRenew: false,
      tags: []
    })
    const [system] = rows(volumes)
    expect(system).toMatchObject({
      type: 'System',
      isSystemVolume: true,
      status: 'InUse',
      diskSizeInGB: 40,
      storageType: 'cloud_hp1',
      attachments: [{ instanceId: id, device: '/dev/vda' }]
    })
    expect(await world.volumes(`?instanceId=${id}`)).toEqual(volumes)
  })

  test('show a spec that they were made with, and a prepaid one its end', async () => {
    const world = await stage()
    const billing = { paymentTiming: 'Prepaid', reservation: { reservationLength: 3, reservationTimeUnit: 'Month' } }
    const { instanceIds } = await world.ok('POST /v2/instance', {
      ...tf,
      spec: 'bcc.g3.c1m4',
      billing,
      purchaseCount: 2
    })
    const [, second] = Array.isArray(instanceIds) ? instanceIds : []
    expect(await instanceOf(world, second)).toMatchObject({
      spec: 'bcc.g3.c1m4',
      paymentTiming: 'Prepaid',
      expireTime: '2026-04-05T08:00:00Z'
    })
  })

  test.for([
    ['2', '2'],
    [3, '3'],
    [0, '0'],
    ['', '0'],
    [null, '0']
  ])('show their cards as text: %j is %j', async ([cardCount, shown]) => {
    const world = await stage()
    const { instanceIds } = await world.ok('POST /v2/instance', { ...tf, cardCount })
    const [id] = Array.isArray(instanceIds) ? instanceIds : []
    expect(await instanceOf(world, id)).toMatchObject({ cardCount: shown })
  })

  test('are listed with filters and pages', async () => {
    const { ok } = await stage()
    const ids = async (query: string) => rows((await ok(`GET /v2/instance${query}`)).instances).map(({ id }) => id)
    expect(await ids('')).toEqual(['i-running', 'i-stopped', 'i-starting', 'i-elsewhere'])
    expect(await ids('?zoneName=cn-bj-e')).toEqual(['i-elsewhere'])
    expect(await ids('?instanceIds=i-stopped,none')).toEqual(['i-stopped'])
    expect(await ids('?marker=i-starting&maxKeys=1')).toEqual(['i-starting'])
  })

  test('leave at once with their System volume, and free the others', async () => {
    const world = await stage({ 'delays.baidu.detachMs': 1000 })
    await world.ok('POST /v2/instance/i-running', {
      relatedReleaseFlag: false,
      deleteCdsSnapshotFlag: false,
      bccRecycleFlag: false,
      deleteRelatedEnisFlag: false
    })
    expect(await world.call('GET /v2/instance/i-running')).toMatchObject({ status: 404, code: 'NoSuchObject' })
    expect((await world.call('GET /v2/volume/v-boot')).status).toBe(404)
    expect(await world.volume('v-used')).toMatchObject({ status: 'Available', attachments: [] })
    expect(await world.snapshot('s-boot')).not.toHaveProperty('volumeId')
  })

  test('leave by DELETE as by POST with all switches off', async () => {
    const world = await stage()
    expect((await world.call('DELETE /v2/instance/i-running', { relatedReleaseFlag: true })).body).toBeUndefined()
    expect(await world.call('GET /v2/instance/i-running')).toMatchObject({ status: 404, code: 'NoSuchObject' })
    expect((await world.call('GET /v2/volume/v-boot')).status).toBe(404)
    expect(await world.volume('v-used')).toMatchObject({ status: 'Available' })
  })

  test('stop and start with their volumes attached, and a system volume is rolled back meanwhile', async () => {
    const world = await stage()
    const status = async () => (await instanceOf(world, 'i-running')).status
    expect((await world.call('PUT /v2/instance/i-running?stop', { forceStop: true })).body).toBeUndefined()
    expect(await status()).toBe('Stopped')
    expect(await world.volume('v-used')).toMatchObject({ status: 'InUse', attachments: [{ instanceId: 'i-running' }] })
    await world.ok('PUT /v2/volume/v-boot?rollback', { snapshotId: 's-boot' })
    expect((await world.call('PUT /v2/instance/i-running?start')).body).toBeUndefined()
    expect(await status()).toBe('Running')
    // The Go SDK decodes the answer to this one.
    expect(await world.ok('PUT /v2/instance/i-running?reboot', { forceStop: false })).toMatchObject({
      failedInstanceIdList: []
    })
    expect(await status()).toBe('Running')
  })

  test('are made of a spec, with data volumes that stay when they go', async () => {
    const world = await stage()
    const { instanceIds } = await world.ok('POST /v2/instanceBySpec?clientToken=t', {
      imageId: 'm-CentOS79',
      spec: 'bcc.g5.c2m8',
      name: 'by-spec',
      zoneName: 'cn-bj-a',
      billing: { paymentTiming: 'Postpaid' },
      purchaseCount: 2,
      aspId: 'asp-one',
      createCdsList: [
        { cdsSizeInGB: 50, storageType: 'enhanced_ssd_pl1', encryptKey: 'key-2' },
        { snapShotId: 's-ok', deleteWithInstance: true }
      ],
      keypairId: '',
      autoRenewTimeUnit: '',
      autoRenewTime: 0,
      deployIdList: null
    })
    const ids = Array.isArray(instanceIds) ? instanceIds : []
    expect(ids).toHaveLength(2)
    const instance = await instanceOf(world, ids[0])
    expect(instance).toMatchObject({
      spec: 'bcc.g5.c2m8',
      instanceType: 'N5',
      cpuCount: 2,
      memoryCapacityInGB: 8,
      cardCount: '0'
    })
    const [system, plain, copied, ...others] = rows(instance.volumes)
    expect(others).toEqual([])
    expect(system).toMatchObject({ type: 'System', autoSnapshotPolicy: null })
    const attached = { status: 'InUse', attachments: [{ instanceId: ids[0] }], autoSnapshotPolicy: { id: 'asp-one' } }
    expect(plain).toMatchObject({ ...attached, diskSizeInGB: 50, storageType: 'enhanced_ssd_pl1', encrypted: true })
    expect(copied).toMatchObject({ ...attached, diskSizeInGB: 100, sourceSnapshotId: 's-ok' })
    expect(await world.policy('asp-one')).toMatchObject({ volumeCount: 4 })

    await world.ok(`DELETE /v2/instance/${ids[0]}`)
    expect(await world.volume(plain?.id)).toMatchObject({ status: 'Available', attachments: [] })
    expect((await world.call(`GET /v2/volume/${copied?.id}`)).status).toBe(404)
  })

  test('with a refused data volume are not made at all', async () => {
    const world = await stage()
    const before = rows((await world.ok('GET /v2/instance')).instances).length
    const reply = await world.call('POST /v2/instanceBySpec', {
      imageId: 'm-1',
      spec: 'bcc.g5.c2m8',
      createCdsList: [{ cdsSizeInGB: 5 }, { cdsSizeInGB: 5, snapshotId: 's-none' }]
    })
    expect(reply).toMatchObject({ status: 404, code: 'NoSuchObject' })
    expect(rows((await world.ok('GET /v2/instance')).instances)).toHaveLength(before)
    expect((await world.volumes()).filter(({ diskSizeInGB }) => diskSizeInGB === 5)).toEqual([])
  })

  test('starting with a delay have their data volumes from the start', async () => {
    const world = await stage({ 'delays.baidu.instanceStartMs': 1000, 'delays.baidu.diskCreateMs': 5000 })
    const { instanceIds } = await world.ok('POST /v2/instanceBySpec', {
      imageId: 'm-1',
      spec: 'ebc.l5.c128m256.2d',
      createCdsList: [{ cdsSizeInGB: 5 }]
    })
    const [id] = Array.isArray(instanceIds) ? instanceIds : []
    const instance = await instanceOf(world, id)
    expect(instance).toMatchObject({ status: 'Starting', cpuCount: 128, memoryCapacityInGB: 256 })
    expect(rows(instance.volumes).map(({ status }) => status)).toEqual(['InUse', 'InUse'])
  })

  test('take volumes with deleteWithInstance along, and with deleteAutoSnapshot their automatic snapshots', async () => {
    const world = await stage()
    await world.ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'], deleteAutoSnapshot: true })
    await world.advance('P1D')
    await world.ok('PUT /v2/volume/v-used?modify', { deleteWithInstance: true })
    await world.ok('POST /v2/instance/i-running', {})
    expect((await world.call('GET /v2/volume/v-used')).status).toBe(404)
    expect(await world.ok('POST /v2/snapshot/describeSnapshotsUsage')).toMatchObject({ autoSnapshotCount: 0 })
    expect(await world.snapshot('s-used')).not.toHaveProperty('volumeId')
    expect(await world.policy('asp-two')).toMatchObject({ volumeCount: 0 })
  })

  test('take all along when asked, with all snapshots', async () => {
    const world = await stage()
    await world.ok('POST /v2/instance/i-running', { relatedReleaseFlag: true, deleteCdsSnapshotFlag: true })
    for (const id of ['v-used', 'v-scaling', 'v-boot'])
      expect((await world.call(`GET /v2/volume/${id}`)).status).toBe(404)
    expect((await world.call('GET /v2/snapshot/s-used')).status).toBe(404)
  })
})

test('zones are those of the seed', async () => {
  const { ok } = await stage()
  expect(await ok('GET /v2/zone')).toEqual({ zones: [{ zoneName: 'cn-bj-a' }, { zoneName: 'cn-bj-e' }] })
})

test('specs have the sizes that clients filter for', async () => {
  const { ok } = await stage()
  const specs = rows((await ok('GET /v2/instance/spec')).instanceTypes)
  for (const [cpuCount, memorySizeInGB] of [
    [1, 1],
    [1, 4],
    [2, 4],
    [4, 8],
    [8, 32]
  ]) {
    expect(specs).toContainEqual(
      expect.objectContaining({ type: 'N3', cpuCount, memorySizeInGB, localDiskSizeInGB: 0 })
    )
  }
})

test('flavors are listed by zone, and filtered', async () => {
  const { ok } = await stage()
  const flavorsOf = async (query: string) =>
    rows((await ok(`GET /v2/instance/flavorSpec${query}`)).zoneResources).map(({ zoneName, bccResources }) => ({
      zoneName,
      specs: rows(row(bccResources).flavorGroups).flatMap(({ flavors }) => rows(flavors).map(({ spec }) => spec))
    }))
  const all = await flavorsOf('')
  expect(all.map(({ zoneName }) => zoneName)).toEqual(['cn-bj-a', 'cn-bj-e'])
  expect(all[0]?.specs).toContain('bcc.g5.c2m8')
  expect(await flavorsOf('?zoneName=cn-bj-e&specs=bcc.g5.c2m8,bcc.g1.c1m1')).toEqual([
    { zoneName: 'cn-bj-e', specs: ['bcc.g1.c1m1', 'bcc.g5.c2m8'] }
  ])
  const [g2] = await flavorsOf('?specIds=g2')
  expect(g2?.specs).toHaveLength(32)
  expect(await flavorsOf('?zoneName=none')).toEqual([])
  expect(await flavorsOf('?specs=none')).toEqual([
    { zoneName: 'cn-bj-a', specs: [] },
    { zoneName: 'cn-bj-e', specs: [] }
  ])
})

test('images are System ones', async () => {
  const { ok } = await stage()
  const page = await ok('GET /v2/image?imageType=System&maxKeys=1000')
  expect(page).toMatchObject({ marker: '', isTruncated: false, maxKeys: 1000 })
  expect(rows(page.images).map(({ osName }) => osName)).toContain('CentOS')
  expect((await ok('GET /v2/image?imageType=Custom')).images).toEqual([])
  expect(await ok('GET /v2/image?maxKeys=1')).toMatchObject({
    isTruncated: true,
    nextMarker: expect.stringMatching(/^m-/)
  })
})

test('there are no security groups and no tasks', async () => {
  const { ok } = await stage()
  expect(await ok('GET /v2/securityGroup?instanceId=i-running')).toEqual({
    marker: '',
    isTruncated: false,
    maxKeys: 1000,
    securityGroups: []
  })
  expect(await ok('POST /v2/task/list', { taskAction: 'AttachDeploymentSets' })).toEqual({
    marker: '',
    isTruncated: false,
    maxKeys: 10,
    tasks: []
  })
  expect(await ok('POST /v2/task/detail', { taskIds: ['t-1'] })).toEqual({ tasks: [] })
})

test('regions are all, or one', async () => {
  const { ok } = await stage()
  expect(rows((await ok('POST /v2/region/describeRegions')).regions)).toHaveLength(7)
  expect(await ok('POST /v2/region/describeRegions', { region: 'bj' })).toEqual({
    regions: [{ regionId: 'bj', regionName: 'Beijing', regionEndpoint: 'bcc.bj.baidubce.com' }]
  })
})

test('tags go to instances, volumes and chains by their ids, all or none', async () => {
  const world = await stage()
  const [chain] = rows((await world.ok('GET /v2/snapshot/chain?volumeId=v-free')).snapchains)
  const body = {
    resourceType: 'bcc',
    resourceIds: ['i-running', 'v-free', chain?.chainId],
    tags: [{ tagKey: 'a', tagValue: '1' }],
    isRelationTag: false
  }
  const all = async () => [
    (await instanceOf(world, 'i-running')).tags,
    (await world.volume('v-free')).tags,
    (await world.snapshot('s-ok')).tags ?? []
  ]
  expect(
    (await world.call('POST /v3/bcc/tag?action=AttachTags', { ...body, resourceIds: ['v-free', 'none'] })).status
  ).toBe(404)
  expect(await all()).toEqual([[], [], []])
  await world.ok('POST /v3/bcc/tag?action=AttachTags', body)
  expect(await all()).toEqual([body.tags, body.tags, body.tags])
  await world.ok('POST /v3/bcc/tag?action=DetachTags', body)
  expect(await all()).toEqual([[], [], []])
})
