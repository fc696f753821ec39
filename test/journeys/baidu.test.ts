import { expect, test } from 'vitest'
import { row, rows, type Stage, stages, text } from '../providers/baidu/stage.ts'

const stage = stages()

// A volume's life with its policy, across a UTC+8 midnight, page by page.

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

async function pagesOf({ ok }: Stage, size: number) {
  const pages = []
  let marker = ''
  for (;;) {
    const page = await ok(`GET /v2/snapshot?volumeId=&maxKeys=${size}${marker === '' ? '' : `&marker=${marker}`}`)
    expect(page.marker).toBe(marker)
    expect(page.maxKeys).toBe(size)
    pages.push(rows(page.snapshots))
    if (page.isTruncated === false) {
      expect(page).not.toHaveProperty('nextMarker')
      return pages
    }
    marker = text(page.nextMarker)
  }
}

test('a volume is created, attached, bound, snapshotted for a week, rolled back, copied and released', async () => {
  const world = await stage()
  const { ok, advance, volume, policy, snapshots } = world

  const created = await ok('POST /v2/volume?clientToken=journey', {
    name: 'journey',
    description: '每日 backup',
    cdsSizeInGB: 20,
    storageType: 'cloud_hp1',
    zoneName: 'cn-bj-a',
    billing: { paymentTiming: 'Postpaid' },
    tags: [{ tagKey: 'env', tagValue: 'test' }]
  })
  const [volumeId] = Array.isArray(created.volumeIds) ? created.volumeIds : []
  expect(created).toEqual({ volumeIds: [expect.stringMatching(/^v-[0-9A-Za-z]{8}$/)], warningList: [] })
  expect(await volume(volumeId)).toEqual({
    id: volumeId,
    volumeId,
    name: 'journey',
    desc: '每日 backup',
    description: '每日 backup',
    type: 'Cds',
    isSystemVolume: false,
    storageType: 'cloud_hp1',
    diskSizeInGB: 20,
    status: 'Available',
    paymentTiming: 'Postpaid',
    createTime: '2026-01-05T08:00:00Z',
    expireTime: null,
    zoneName: 'cn-bj-a',
    regionId: 'bj',
    attachments: [],
    sourceSnapshotId: '',
    snapshotNum: '0',
    autoSnapshotPolicy: null,
    tags: [{ tagKey: 'env', tagValue: 'test' }],
    resGroupInfos: [],
    enableAutoRenew: false,
    autoRenewTime: 0,
    encrypted: false,
    productCategory: 'BCC',
    enableDeleteProtection: false,
    deleteWithInstance: false,
    deleteAutoSnapshot: false
  })

  const attached = await ok(`PUT /v2/volume/${volumeId}?attach`, { instanceId: 'i-running' })
  const attachment = {
    volumeId,
    instanceId: 'i-running',
    device: expect.stringMatching(/^\/dev\/vd[a-z]+$/),
    serial: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]$/)
  }
  expect(attached).toEqual({ volumeAttachment: attachment, warningList: [] })
  expect(await volume(volumeId)).toMatchObject({ status: 'InUse', attachments: [attachment] })

  // Midnight of UTC+8 is 16:00 UTC: the first firing is eight hours ahead, on Tuesday's beginning there.
  const { aspId } = await ok('POST /v2/asp', {
    name: 'midnight',
    timePoints: ['0'],
    repeatWeekdays: [0, '1', 2, '3', 4, '5', 6],
    retentionDays: '3'
  })
  expect(await policy(aspId)).toMatchObject({ volumeCount: 0, lastExecuteTime: '1971-01-01T00:00:01Z' })
  await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: [volumeId] })
  expect(await policy(aspId)).toMatchObject({ volumeCount: 1, status: 'active', retentionDays: 3 })
  const shown = { id: aspId, name: 'midnight', timePoints: [0], repeatWeekdays: [0, 1, 2, 3, 4, 5, 6] }
  expect(await volume(volumeId)).toMatchObject({ autoSnapshotPolicy: { ...shown, retentionDays: 3, status: 'active' } })

  expect(await advance('PT7H59M59S')).toMatchObject({ firings: 0, snapshotsCreated: 0 })
  expect(await advance('PT1S')).toMatchObject({ firings: 1, snapshotsCreated: 1 })
  const [first] = await snapshots(`?volumeId=${volumeId}`)
  expect(first).toEqual({
    id: expect.stringMatching(/^s-[0-9A-Za-z]{8}$/),
    name: 'auto_midnight_20260106000000',
    sizeInGB: 20,
    createTime: '2026-01-05T16:00:00Z',
    expireTime: '2026-01-08T16:00:00Z',
    status: 'Available',
    createMethod: 'auto',
    volumeId,
    package: false,
    encrypted: false,
    progress: '100'
  })

  // A week on: seven made, and at each instant what is three days old goes before the next is made.
  expect(await advance('P6D')).toMatchObject({ firings: 6, snapshotsCreated: 6, snapshotsExpired: 4 })
  const ofVolume = await snapshots(`?volumeId=${volumeId}`)
  expect(ofVolume.map((each) => each.createTime)).toEqual([
    '2026-01-09T16:00:00Z',
    '2026-01-10T16:00:00Z',
    '2026-01-11T16:00:00Z'
  ])
  expect(await volume(volumeId)).toMatchObject({ snapshotNum: '3' })
  expect(await policy(aspId)).toMatchObject({ lastExecuteTime: '2026-01-11T16:00:00Z' })

  const whole = await snapshots()
  const pages = await pagesOf(world, 2)
  expect(pages.flat()).toEqual(whole)
  expect(pages.map((page) => page.length)).toEqual([...Array(pages.length - 1).fill(2), whole.length % 2 || 2])
  for (const each of whole) expect(each.createTime).toMatch(ISO)

  // A data volume is rolled back while it is detached.
  const [, kept] = ofVolume
  expect((await world.call(`PUT /v2/volume/${volumeId}?rollback`, { snapshotId: kept?.id })).code).toBe(
    'OperationDenied'
  )
  await ok(`PUT /v2/volume/${volumeId}?detach`, { instanceId: 'i-running' })
  await ok(`PUT /v2/volume/${volumeId}?rollback`, { snapshotId: kept?.id })
  expect(await volume(volumeId)).toMatchObject({
    status: 'Available',
    attachments: [],
    autoSnapshotPolicy: { id: aspId }
  })

  // Still bound, and skipped while it is not in use.
  expect(await advance('P1D')).toMatchObject({ firings: 1, snapshotsCreated: 0, skipped: { 'volume-not-in-use': 1 } })
  expect(await policy(aspId)).toMatchObject({ lastExecuteTime: '2026-01-12T16:00:00Z', volumeCount: 1 })

  const { volumeIds } = await ok('POST /v2/volume', { snapshotId: kept?.id, name: 'copy' })
  const [copyId] = Array.isArray(volumeIds) ? volumeIds : []
  expect(await volume(copyId)).toMatchObject({ diskSizeInGB: 20, sourceSnapshotId: kept?.id, zoneName: 'cn-bj-a' })

  // Released: the volume is gone, its snapshots stay without their link, its policy has no volume any more.
  await ok(`POST /v2/volume/${volumeId}`, { autoSnapshot: 'off', manualSnapshot: 'off' })
  expect((await world.call(`GET /v2/volume/${volumeId}`)).code).toBe('NoSuchObject')
  const left = await world.snapshot(kept?.id)
  expect(left).not.toHaveProperty('volumeId')
  expect(left).toMatchObject({ name: kept?.name, sizeInGB: 20 })
  expect(await policy(aspId)).toMatchObject({ volumeCount: 0 })
  expect(await snapshots(`?volumeId=${volumeId}`)).toEqual([])
  const chains = rows((await ok('GET /v2/snapshot/chain?orderBy=chainSize&order=desc')).snapchains)
  expect(chains.map((chain) => row(chain).volumeId)).toContain(undefined)
})
