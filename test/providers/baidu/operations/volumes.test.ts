import { describe, expect, test } from 'vitest'
import { type Row, row, rows, type Stage, stages, text } from '../stage.ts'

const stage = stages()

// Volumes: every dialect of the create body, payment, lists, release options, resize, tags, v3.

/** The only volume that a body makes, as it is shown. */
async function made({ ok, volume }: Stage, body: object, way = 'POST /v2/volume'): Promise<Row> {
  const { volumeIds, warningList } = await ok(way, body)
  expect(warningList).toEqual([])
  if (!Array.isArray(volumeIds) || volumeIds.length !== 1) throw new Error(`not one: ${JSON.stringify(volumeIds)}`)
  return volume(volumeIds[0])
}

describe('the create body', () => {
  test.for([
    [
      'csi (Go 0.9.38)',
      {
        name: 'pvc',
        purchaseCount: 1,
        cdsSizeInGB: 20,
        storageType: 'hp1',
        billing: { paymentTiming: 'Postpaid' },
        encryptKey: ''
      }
    ],
    [
      'Terraform v1.16.1',
      {
        name: 'tf',
        description: 'tf',
        cdsSizeInGB: 20,
        billing: { paymentTiming: 'Postpaid' },
        encryptKey: '',
        renewTimeUnit: '',
        renewTime: 0
      }
    ],
    [
      'Go 0.9.277',
      {
        cdsSizeInGB: 20,
        billing: null,
        encryptKey: '',
        renewTimeUnit: '',
        renewTime: 0,
        instanceId: '',
        clusterId: '',
        tags: null,
        autoSnapshotPolicy: null,
        chargeType: '',
        cdsExtraIo: 0,
        shareSnapshotId: '',
        relationTag: null,
        enableDeleteProtection: false
      }
    ],
    ['Terraform v1.23.5', { cdsSizeInGB: 20, billing: {}, chargeType: 'Postpaid', instanceId: '' }],
    [
      'Python',
      {
        cdsSizeInGB: 20,
        purchaseCount: 1,
        storageType: 'hp1',
        relationTag: false,
        billing: { paymentTiming: 'Postpaid', reservation: { reservationLength: 1, reservationTimeUnit: 'Month' } },
        autoSnapshotPolicy: { name: 'x', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 }
      }
    ],
    ['Java', { cdsSizeInGB: 20, purchaseCount: 0, snapshotId: '', enableDeleteProtection: false, resGroupIds: [] }],
    ['Go V2', { cdsSizeInGB: 20, enableDeleteProtection: 'false' }]
  ] as const)('of %s makes a postpaid volume', async ([, body]) => {
    const world = await stage()
    expect(await made(world, body)).toMatchObject({
      diskSizeInGB: 20,
      storageType: 'hp1',
      status: 'Available',
      paymentTiming: 'Postpaid',
      expireTime: null,
      zoneName: 'cn-bj-a',
      autoSnapshotPolicy: null,
      encrypted: false,
      enableDeleteProtection: false,
      attachments: [],
      tags: []
    })
  })

  test.for([
    ['the page', { autoSnapshotPolicyId: 'asp-one' }],
    ['Go', [{ autoSnapshotPolicyId: 'asp-one' }]],
    ['Go V2', { id: 'asp-one' }],
    ['Java', { autoSnapshotPolicyId: null, id: 'asp-one', name: null }]
  ] as const)(
    'names a policy as %s does, and the volume is bound though not in use',
    async ([, autoSnapshotPolicy]) => {
      const world = await stage()
      expect(await made(world, { cdsSizeInGB: 5, autoSnapshotPolicy })).toMatchObject({
        status: 'Available',
        autoSnapshotPolicy: { id: 'asp-one', name: 'one', timePoints: [0], repeatWeekdays: [1], retentionDays: 7 }
      })
      expect(await world.policy('asp-one')).toMatchObject({ volumeCount: 1 })
    }
  )

  test.for([
    [true, true],
    ['true', true],
    ['TRUE', true],
    ['yes', false],
    ['', false]
  ] as const)('switches delete protection by %j: %j', async ([enableDeleteProtection, expected]) => {
    const world = await stage()
    const volume = await made(world, { cdsSizeInGB: 5, enableDeleteProtection })
    expect(volume.enableDeleteProtection).toBe(expected)
  })

  test('makes several volumes, all with the one name', async () => {
    const { ok, volumes } = await stage()
    const { volumeIds } = await ok('POST /v2/volume', { cdsSizeInGB: 5, name: 'many', purchaseCount: 5 })
    expect(volumeIds).toHaveLength(5)
    expect((await volumes('?name=many')).map(({ id }) => id)).toEqual(volumeIds)
  })

  test('names an unnamed volume by its id', async () => {
    const volume = await made(await stage(), { cdsSizeInGB: 5 })
    expect(volume.name).toBe(volume.id)
  })

  test('brings every member into what reads show', async () => {
    const world = await stage()
    const volume = await made(world, {
      cdsSizeInGB: 32_765,
      name: 'all',
      description: '说明 a.b_c-d=e,f，g：h/i。',
      storageType: 'enhanced_ssd_pl2',
      zoneName: 'cn-bj-e',
      tags: [{ tagKey: 'a', tagValue: '1' }, { tagKey: 'b' }],
      resGroupId: 'RESG-1',
      clusterId: 'DC-1',
      cdsExtraIo: 1000,
      encryptKey: 'key-9',
      deleteWithInstance: true,
      deleteAutoSnapshot: true,
      renewTimeUnit: 'year',
      renewTime: 2,
      instanceId: 'i-elsewhere'
    })
    expect(volume).toMatchObject({
      diskSizeInGB: 32_765,
      desc: '说明 a.b_c-d=e,f，g：h/i。',
      storageType: 'enhanced_ssd_pl2',
      zoneName: 'cn-bj-e',
      status: 'InUse',
      attachments: [{ instanceId: 'i-elsewhere', device: '/dev/vdb' }],
      tags: [
        { tagKey: 'a', tagValue: '1' },
        { tagKey: 'b', tagValue: '' }
      ],
      resGroupInfos: [{ groupId: 'RESG-1', groupName: 'RESG-1' }],
      clusterId: 'DC-1',
      cdsExtraIo: 1000,
      encrypted: true,
      encryptKey: 'key-9',
      deleteWithInstance: true,
      deleteAutoSnapshot: true,
      enableAutoRenew: true,
      autoRenewTime: 2
    })
  })

  test('takes the size of a snapshot, or a larger one', async () => {
    const world = await stage()
    expect(await made(world, { snapshotId: 's-ok' })).toMatchObject({ diskSizeInGB: 100, sourceSnapshotId: 's-ok' })
    expect(await made(world, { snapshotId: 's-ok', cdsSizeInGB: 100 })).toMatchObject({ diskSizeInGB: 100 })
    expect(await made(world, { shareSnapshotId: 'share-one', cdsSizeInGB: 120 })).toMatchObject({
      diskSizeInGB: 120,
      shareSnapshotId: 'share-one'
    })
  })
})

describe('payment', () => {
  const prepaid = { paymentTiming: 'Prepaid' }
  test.for([
    ['tf v1.23.5: chargeType alone', { billing: {}, chargeType: 'Prepaid' }, '2026-02-05T08:00:00Z'],
    ['billing alone', { billing: prepaid }, '2026-02-05T08:00:00Z'],
    [
      "go's own test",
      { billing: { ...prepaid, reservation: { reservationLength: 6, reservationTimeUnit: 'MONTH' } } },
      '2026-07-05T08:00:00Z'
    ],
    [
      'chargeType before billing',
      { chargeType: 'Prepaid', billing: { paymentTiming: 'Postpaid', reservation: { reservationLength: 36 } } },
      '2029-01-05T08:00:00Z'
    ]
  ] as const)('%s makes a prepaid volume', async ([, body, expireTime]) => {
    expect(await made(await stage(), { cdsSizeInGB: 5, ...body })).toMatchObject({
      paymentTiming: 'Prepaid',
      expireTime
    })
  })

  test('renewal moves the end by calendar months, to the last day of a shorter one', async () => {
    const { ok, volume } = await stage()
    const reserve = (reservationLength: number) => ({
      billing: { reservation: { reservationLength, reservationTimeUnit: 'Month' } }
    })
    expect(await volume('v-prepaid')).toMatchObject({ expireTime: '2026-03-31T00:00:00Z' })
    await ok('PUT /v2/volume/v-prepaid?purchaseReserved&clientToken=a', { ...reserve(1), instanceId: 'instanceId' })
    expect(await volume('v-prepaid')).toMatchObject({ expireTime: '2026-04-30T00:00:00Z' })
    await ok('PUT /v2/volume/v-prepaid?purchaseReserved', reserve(12))
    expect(await volume('v-prepaid')).toMatchObject({ expireTime: '2027-04-30T00:00:00Z' })
  })

  test('a postpaid volume is renewed without an effect', async () => {
    const { ok, volume } = await stage()
    const before = await volume('v-free')
    await ok('PUT /v2/volume/v-free?purchaseReserved', { billing: { reservation: { reservationLength: 1 } } })
    expect(await volume('v-free')).toEqual(before)
  })

  test('the form changes at once, both ways, and stays when none is named', async () => {
    const { ok, volume } = await stage()
    const change = (billing: object, effectiveType?: string) =>
      ok('PUT /v2/volume/v-used?modifyChargeType', { billing, ...(effectiveType !== undefined && { effectiveType }) })
    await change(
      { paymentTiming: 'Prepaid', reservation: { reservationLength: 48, reservationTimeUnit: 'month' } },
      'AtOnce'
    )
    expect(await volume('v-used')).toMatchObject({ paymentTiming: 'Prepaid', expireTime: '2030-01-05T08:00:00Z' })
    await change({ reservation: { reservationLength: 1 } })
    expect(await volume('v-used')).toMatchObject({ paymentTiming: 'Prepaid', expireTime: '2030-01-05T08:00:00Z' })
    await change({ paymentTiming: 'Postpaid' }, '')
    expect(await volume('v-used')).toMatchObject({ paymentTiming: 'Postpaid', expireTime: null })
    await change({ paymentTiming: 'Prepaid', reservation: { reservationLength: 0 } }, 'AfterExpiration')
    expect(await volume('v-used')).toMatchObject({ paymentTiming: 'Prepaid', expireTime: '2026-02-05T08:00:00Z' })
  })

  test('automatic renewal shows, and ends', async () => {
    const { ok, volume } = await stage()
    await ok('POST /v2/volume/autoRenew?clientToken=a', { volumeId: 'v-prepaid', renewTimeUnit: 'month', renewTime: 9 })
    expect(await volume('v-prepaid')).toMatchObject({ enableAutoRenew: true, autoRenewTime: 9 })
    await ok('POST /v2/volume/cancelAutoRenew', { volumeId: 'v-prepaid' })
    expect(await volume('v-prepaid')).toMatchObject({ enableAutoRenew: false, autoRenewTime: 0 })
  })

  test('a prepaid volume is given back', async () => {
    const { ok, call } = await stage()
    expect(await ok('POST /v2/volume/deletePrepay', { volumeId: 'v-prepaid', deleteImmediate: true })).toEqual({
      successResources: { volumeIds: ['v-prepaid'] },
      failResources: { volumeIds: [] }
    })
    expect((await call('DELETE /v2/volume/v-prepaid')).status).toBe(404)
  })

  test('prices are numbers', async () => {
    const { ok } = await stage()
    const { price } = await ok('POST /v2/volume/getPrice', {
      cdsSizeInGB: 100,
      storageType: 'cloud_hp1',
      purchaseLength: 2,
      purchaseCount: 3,
      zoneName: 'cn-bj-a',
      paymentTiming: 'Prepaid'
    })
    expect(price).toEqual([{ storageType: 'cloud_hp1', cdsSizeInGB: 100, price: 600, specPrice: 600, unit: 'month' }])
    const all = rows((await ok('POST /v2/volume/getPrice', {})).price)
    expect(all.length).toBeGreaterThan(3)
    for (const each of all) expect(each).toMatchObject({ cdsSizeInGB: 5, price: expect.any(Number), unit: 'minute' })
  })
})

describe('the list', () => {
  const ids = async (world: Stage, query: string) => (await world.volumes(query)).map(({ id }) => id)

  test('shows all but local disks and the recycle bin, oldest first', async () => {
    const world = await stage()
    const all = await ids(world, '')
    expect(all).not.toContain('v-local')
    expect(all).not.toContain('v-recycled')
    expect(all).toEqual([
      'v-boot',
      'v-boot-stopped',
      'v-boot-starting',
      'v-boot-elsewhere',
      'v-free',
      'v-used',
      'v-used-starting',
      'v-encrypted',
      'v-prepaid',
      'v-protected',
      'v-scaling',
      'v-elsewhere'
    ])
  })

  test.for([
    ['instanceId=i-running', ['v-boot', 'v-used', 'v-scaling']],
    ['instanceId=none', []],
    ['zoneName=cn-bj-e', ['v-boot-elsewhere', 'v-elsewhere']],
    ['name=free', ['v-free']],
    ['name=fre', []],
    ['chargeFilter=prepay', ['v-prepaid']],
    ['chargeFilter=postpay&usageFilter=data&zoneName=cn-bj-e', ['v-elsewhere']],
    ['usageFilter=system&instanceId=i-running', ['v-boot']],
    ['volumeIds=v-free,v-used,none', ['v-free', 'v-used']],
    ['volumeIds=none', []],
    ['clusterId=DC-none', []],
    ['productCategory=HPAS', []],
    ['productCategory=BCC&name=free', ['v-free']],
    ['clusterId=&instanceId=&zoneName=&name=free&chargeFilter=&usageFilter=&volumeIds=', ['v-free']]
  ] as const)('filters by %s', async ([query, expected]) => {
    const world = await stage()
    expect(await ids(world, `?${query}`)).toEqual(expected)
    const v3 = rows((await world.ok(`GET /v3/volume?${query}`)).volumes)
    expect(v3.map((volume) => volume.volumeId)).toEqual(expected)
  })

  test('pages from an inclusive marker, with filters', async () => {
    const world = await stage()
    const first = await world.ok('GET /v2/volume?zoneName=cn-bj-e&maxKeys=1')
    expect(first).toMatchObject({ marker: '', isTruncated: true, nextMarker: 'v-elsewhere', maxKeys: 1 })
    const last = await world.ok('GET /v2/volume?zoneName=cn-bj-e&maxKeys=1&marker=v-elsewhere')
    expect(last).toMatchObject({ marker: 'v-elsewhere', isTruncated: false, volumes: [{ id: 'v-elsewhere' }] })
    expect(last).not.toHaveProperty('nextMarker')
  })
})

describe('release', () => {
  const withSnapshots = async () => {
    const world = await stage()
    await world.ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'] })
    await world.advance('P2D')
    await world.ok('PUT /v2/volume/v-used?detach', { instanceId: 'i-running' })
    return world
  }
  const left = async (world: Stage) =>
    rows((await world.ok('GET /v2/snapshot/chain')).snapchains).find((chain) => chain.volumeId === undefined)

  test.for([
    ['DELETE', 'DELETE', undefined, [1, 2]],
    ['DELETE with options, which it does not read', 'DELETE', { manualSnapshot: 'on', autoSnapshot: 'on' }, [1, 2]],
    ['POST of nothing', 'POST', {}, [1, 2]],
    ["tf's POST", 'POST', { manualSnapshot: 'off', autoSnapshot: 'off' }, [1, 2]],
    ['autoSnapshot', 'POST', { autoSnapshot: 'on' }, [1, 0]],
    ['manualSnapshot', 'POST', { manualSnapshot: 'on', recycle: 'off' }, [0, 2]],
    ['the property, which is off', 'POST', { cdsAttributeActive: true, autoSnapshot: 'on' }, [1, 2]]
  ] as const)('by %s keeps what it should', async ([, method, body, [manual, automatic]]) => {
    const world = await withSnapshots()
    if (method === 'POST' || body === undefined) await world.ok(`${method} /v2/volume/v-used`, body)
    else await world.ok('DELETE /v2/volume/v-used')
    expect((await world.call('GET /v2/volume/v-used')).status).toBe(404)
    expect((await world.call('GET /v3/volume/v-used')).status).toBe(404)
    expect(await left(world)).toMatchObject({ manualSnapCount: manual, autoSnapCount: automatic })
    expect(await world.policy('asp-two')).toMatchObject({ volumeCount: 0 })
  })

  test('cdsAttributeActive goes by the property of the volume', async () => {
    const world = await withSnapshots()
    await world.ok('PUT /v2/volume/v-used?modify', { deleteAutoSnapshot: true })
    await world.ok('POST /v2/volume/v-used', { cdsAttributeActive: true })
    expect(await left(world)).toMatchObject({ manualSnapCount: 1, autoSnapCount: 0 })
  })

  test("go's pair: POST into the bin, one DELETE out of it, and then nothing", async () => {
    const { ok, call } = await stage()
    await ok('POST /v2/volume/v-free', { autoSnapshot: 'on', manualSnapshot: 'on', recycle: 'on' })
    expect((await call('GET /v2/volume/v-free')).status).toBe(404)
    await ok('DELETE /v2/volume/v-free')
    expect((await call('DELETE /v2/volume/v-free')).status).toBe(404)
  })

  test('without the bin a DELETE finds nothing', async () => {
    const { ok, call } = await stage()
    await ok('POST /v2/volume/v-free', { recycle: 'off' })
    expect((await call('DELETE /v2/volume/v-free')).status).toBe(404)
  })

  test('delete protection is switched by either path', async () => {
    const { ok, call, volume } = await stage()
    await ok('POST /v2/volume/modifyDeleteProtection', { volumeIds: ['v-free'], enableDeleteProtection: true })
    expect(await volume('v-free')).toMatchObject({ enableDeleteProtection: true })
    expect((await call('POST /v2/volume/v-free', {})).code).toBe('OperationDenied')
    await ok('POST /v2/volume/modify/deleteProtection', { volumeIds: ['v-free'], enableDeleteProtection: false })
    await ok('DELETE /v2/volume/v-free')
  })
})

test('csi resizes with both members, the type unchanged', async () => {
  const { ok, volume } = await stage()
  expect(await ok('PUT /v2/volume/v-free?resize=', { newCdsSizeInGB: 140, newVolumeType: 'hp1' })).toEqual({
    warningList: []
  })
  expect(await volume('v-free')).toMatchObject({ diskSizeInGB: 140, storageType: 'hp1', status: 'Available' })
})

test('a detached volume comes back under the first free device', async () => {
  const { ok } = await stage()
  const attach = async (id: string) =>
    row((await ok(`PUT /v2/volume/${id}?attach`, { instanceId: 'i-stopped' })).volumeAttachment).device
  expect(await attach('v-free')).toBe('/dev/vdb')
  expect(await attach('v-prepaid')).toBe('/dev/vdc')
  await ok('PUT /v2/volume/v-free?detach=', { instanceId: 'i-stopped' })
  expect(await attach('v-encrypted')).toBe('/dev/vdb')
})

test('attaching sets the switches that are given, and a serial that stays', async () => {
  const { ok, volume } = await stage()
  const body = { instanceId: 'i-running', deleteWithInstance: true, deleteAutoSnapshot: true, volumeId: 'v-free' }
  const first = row((await ok('PUT /v2/volume/v-free?attach', body)).volumeAttachment)
  expect(await volume('v-free')).toMatchObject({ deleteWithInstance: true, deleteAutoSnapshot: true })
  await ok('PUT /v2/volume/v-free?detach', { instanceId: 'i-running' })
  const second = row((await ok('PUT /v2/volume/v-free?attach', { instanceId: 'i-stopped' })).volumeAttachment)
  expect(second.serial).toBe(first.serial)
  expect(text(first.serial)).toHaveLength(20)
  expect(await volume('v-free')).toMatchObject({ deleteWithInstance: true })
})

test('names, descriptions and switches change, and what is missing stays', async () => {
  const { ok, volume } = await stage()
  await ok('PUT /v2/volume/v-free?rename', { name: '新名字', volumeId: 'v-free' })
  expect(await volume('v-free')).toMatchObject({ name: '新名字' })
  await ok('PUT /v2/volume/v-free?modify', { cdsName: 'again', desc: 'words' })
  await ok('PUT /v2/volume/v-free?modify', { cdsName: '', desc: '', deleteWithInstance: true })
  expect(await volume('v-free')).toMatchObject({ name: 'again', desc: 'words', deleteWithInstance: true })
})

test('tags are bound, replaced and unbound', async () => {
  const { ok, volume } = await stage()
  const tag = (tagKey: string, tagValue: string) => ({ tagKey, tagValue })
  await ok('PUT /v2/volume/v-free/tag?bind&clientToken=t', {
    changeTags: [tag('a', '1'), tag('b', '2')],
    relationTag: false
  })
  await ok('PUT /v2/volume/v-free/tag?bind=', { changeTags: [tag('a', '3')] })
  expect((await volume('v-free')).tags).toEqual([tag('a', '3'), tag('b', '2')])
  await ok('PUT /v2/volume/v-free/tag?unbind', { changeTags: [tag('a', '1'), tag('b', '2')] })
  expect((await volume('v-free')).tags).toEqual([tag('a', '3')])
})

test('v3 makes, lists and shows volumes with its own names', async () => {
  const world = await stage()
  const body = {
    volumeName: 'v3',
    description: 'third',
    volumeSizeInGB: 30,
    storageType: 'Cloud_Premium',
    zoneName: 'cn-bj-a',
    autoSnapshotPolicyId: '',
    chargeType: '',
    instanceId: 'i-running',
    purchaseCount: 1
  }
  const { volumeIds } = await world.ok('POST /v3/volume', body)
  const id = text(Array.isArray(volumeIds) ? volumeIds[0] : undefined)
  await world.ok('PUT /v2/asp/asp-one?attach', { volumeIds })
  const shown = row((await world.ok(`GET /v3/volume/${id}`)).volume)
  expect(shown).toEqual({
    volumeId: id,
    volumeName: 'v3',
    volumeSizeInGB: 30,
    volumeStatus: 'InUse',
    volumeType: 'DATA',
    storageType: 'Cloud_Premium',
    description: 'third',
    region: 'bj',
    snapshotCount: 0,
    autoSnapshotPolicyId: 'asp-one',
    volumeAttachments: [
      { instanceId: 'i-running', device: expect.stringMatching(/^\/dev\/vd/), attachTime: '2026-01-05T08:00:00Z' }
    ],
    paymentTiming: 'Postpaid',
    createTime: '2026-01-05T08:00:00Z',
    expireTime: null,
    zoneName: 'cn-bj-a',
    sourceSnapshotId: '',
    tags: [],
    enableAutoRenew: false,
    autoRenewTime: 0,
    encrypted: false
  })
  expect(await world.volume(id)).toMatchObject({ storageType: 'hp1', name: 'v3' })
  expect(rows((await world.ok('GET /v3/volume?name=v3')).volumes)).toEqual([shown])
  const system = row((await world.ok('GET /v3/volume/v-boot')).volume)
  expect(system).toMatchObject({ volumeType: 'SYSTEM', storageType: 'Cloud_SSD_General' })
})

test('disk information is text in its counters', async () => {
  const { ok } = await stage()
  const info = await ok('GET /v2/volume/disk?zoneName=cn-bj-e&clientToken=t')
  expect(info).toMatchObject({
    cdsCreated: '8',
    cdsUsedCapacityGB: '380',
    diskZoneResources: [{ zoneName: 'cn-bj-e' }]
  })
  for (const name of ['cdsRatio', 'cdsTotalCapacityGB', 'cdsTotal']) expect(info[name]).toMatch(/^\d+$/)
  expect(rows((await ok('GET /v2/volume/disk?zoneName=')).diskZoneResources)).toHaveLength(2)
  expect(rows((await ok('GET /v2/volume/disk?zoneName=none')).diskZoneResources)).toHaveLength(2)
  expect(await ok('GET /v2/volume/disk/quota?zoneName=cn-bj-e')).toMatchObject({
    cdsUsedCapacityGB: '40',
    diskInfos: expect.arrayContaining([{ storageType: 'hp1', minDiskSize: 5, maxDiskSize: 32_765 }])
  })
})

test('4.8 a description may be of any length', async () => {
  const { ok, volume } = await stage()
  const description = '每日 backup, '.repeat(500)
  const { volumeIds } = await ok('POST /v2/volume', { cdsSizeInGB: 5, description })
  const [id] = Array.isArray(volumeIds) ? volumeIds : []
  expect(await volume(id)).toMatchObject({ desc: description })
})

test('5.3.8 a volume that is rolled back is 409 to a second rollback: its snapshot is Available', async () => {
  const { ok, call } = await stage({ 'delays.baidu.rollbackMs': 1000 })
  const rollback = { snapshotId: 's-ok' }
  await ok('PUT /v2/volume/v-free?rollback', rollback)
  expect(await call('PUT /v2/volume/v-free?rollback', rollback)).toMatchObject({ status: 409, code: 'OperationDenied' })
  await ok('POST /v2/volume', rollback)
  await ok('PUT /v2/snapshot/remote_copy/s-ok', { destRegionInfos: [{ name: 'copy', destRegion: 'gz' }] })
})
