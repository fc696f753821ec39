import { describe, expect, test } from 'vitest'
import { row, rows, type Stage, stages, text } from '../stage.ts'

const stage = stages()

// Snapshots: dialects, system disks, chains and their tags, copies, shares, usage.

const tag = (tagKey: string, tagValue: string) => ({ tagKey, tagValue })

describe('creation', () => {
  test.for([
    ['Go 0.9.277', { desc: '', tags: null }],
    ['Terraform v1.16.1', { desc: 'made by terraform' }],
    ['Java', { desc: null, retentionInDays: null }],
    ['Go V2', { retentionInDays: -1 }]
  ] as const)('by %s makes one that is kept for ever', async ([, more]) => {
    const { ok, snapshot } = await stage()
    const { snapshotId } = await ok('POST /v2/snapshot?clientToken=t', {
      volumeId: 'v-free',
      snapshotName: 'nightly',
      ...more
    })
    expect(await snapshot(snapshotId)).toEqual({
      id: expect.stringMatching(/^s-[0-9A-Za-z]{8}$/),
      name: 'nightly',
      sizeInGB: 100,
      createTime: '2026-01-05T08:00:00Z',
      status: 'Available',
      createMethod: 'MANUAL',
      volumeId: 'v-free',
      ...('desc' in more && more.desc && { desc: more.desc }),
      package: false,
      encrypted: false,
      progress: '100'
    })
  })

  test('takes a system disk by its instance, or by its own id', async () => {
    const { ok, snapshot, snapshots } = await stage()
    for (const volumeId of ['i-running', 'v-boot', 'i-stopped']) {
      const { snapshotId } = await ok('POST /v2/snapshot', { volumeId, snapshotName: 'boot' })
      const expected = volumeId === 'i-stopped' ? 'v-boot-stopped' : 'v-boot'
      expect(await snapshot(snapshotId)).toMatchObject({ volumeId: expected, sizeInGB: 40 })
    }
    expect(await snapshots('?volumeId=i-running')).toHaveLength(3)
    expect(await snapshots('?volumeId=v-boot')).toHaveLength(3)
  })

  test('with a retention it goes at its time, to the second', async () => {
    const { ok, call, snapshot, advance } = await stage()
    const { snapshotId } = await ok('POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'x', retentionInDays: 2 })
    expect(await snapshot(snapshotId)).toMatchObject({ expireTime: '2026-01-07T08:00:00Z' })
    await advance('PT47H59M59S')
    expect((await call(`GET /v2/snapshot/${snapshotId}`)).status).toBe(200)
    expect(await advance('PT1S')).toMatchObject({ snapshotsExpired: 1 })
    expect(await call(`GET /v2/snapshot/${snapshotId}`)).toMatchObject({ status: 404, code: 'NoSuchObject' })
  })

  test('of an encrypted volume makes an encrypted one', async () => {
    const { ok, snapshot } = await stage()
    const { snapshotId } = await ok('POST /v2/snapshot', { volumeId: 'v-encrypted', snapshotName: 'x' })
    expect(await snapshot(snapshotId)).toMatchObject({ encrypted: true })
  })
})

describe('modification', () => {
  test('counts the retention anew from now', async () => {
    const { ok, snapshot, advance } = await stage()
    await advance('P1D')
    await ok('PUT /v2/snapshot/s-ok?modifyAttribute', { retentionInDays: 10_000 })
    expect(await snapshot('s-ok')).toMatchObject({ name: 'ok', expireTime: '2053-05-24T08:00:00Z' })
  })

  test('changes what is given', async () => {
    const { ok, snapshot } = await stage()
    await ok('PUT /v2/snapshot/s-ok?modifyAttribute=', { snapshotName: 'renamed', desc: 'words' })
    expect(await snapshot('s-ok')).toMatchObject({ name: 'renamed', desc: 'words' })
    await ok('PUT /v2/snapshot/s-ok?modifyAttribute', { snapshotName: '', desc: 'more' })
    expect(await snapshot('s-ok')).toMatchObject({ name: 'renamed', desc: 'more' })
  })

  test('without any member, and without a body, is a success', async () => {
    const { ok, call, snapshot } = await stage()
    const before = await snapshot('s-ok')
    expect(await call('PUT /v2/snapshot/s-ok?modifyAttribute')).toMatchObject({ status: 200, body: undefined })
    await ok('PUT /v2/snapshot/s-ok?modifyAttribute', {})
    expect(await snapshot('s-ok')).toEqual(before)
  })
})

describe('chains', () => {
  const chainsOf = async ({ ok }: Stage, query = '') => {
    const page = await ok(`GET /v2/snapshot/chain${query}`)
    return rows(page.snapchains)
  }

  test('there is one for each volume that has snapshots', async () => {
    const world = await stage()
    const [chain] = await chainsOf(world, '?volumeId=v-used&clientToken=t')
    expect(chain).toEqual({
      chainId: expect.stringMatching(/^sl-[0-9A-Za-z]{8}$/),
      status: 'Available',
      chainSize: '40',
      instanceId: 'i-running',
      userId: expect.stringMatching(/^[0-9a-f]{32}$/),
      volumeId: 'v-used',
      volumeSize: 40,
      manualSnapCount: 1,
      autoSnapCount: 0,
      createTime: '2025-01-01T00:00:00Z'
    })
    expect((await chainsOf(world)).map((each) => each.volumeId).sort()).toEqual([
      'v-boot',
      'v-boot-starting',
      'v-encrypted',
      'v-free',
      'v-used'
    ])
  })

  test('are sorted as asked, sizes as numbers', async () => {
    const world = await stage()
    await world.ok('POST /v2/snapshot', { volumeId: 'v-used', snapshotName: 'x' })
    const sizes = (await chainsOf(world, '?orderBy=chainSize&order=desc')).map((each) => each.chainSize)
    expect(sizes).toEqual(['400', '80', '40', '40', '40'])
    const volumes = (await chainsOf(world, '?orderBy=volumeSize')).map((each) => each.volumeSize)
    expect(volumes).toEqual([40, 40, 40, 40, 100])
    const ids = (await chainsOf(world, '?orderBy=chainId&order=asc')).map((each) => text(each.chainId))
    expect(ids).toEqual([...ids].sort())
  })

  test('are paged by number, and a page beyond the end is empty', async () => {
    const { ok } = await stage()
    expect(await ok('GET /v2/snapshot/chain?pageNo=2&pageSize=2')).toMatchObject({
      orderBy: 'chainId',
      totalCount: 5,
      pageSize: 2,
      pageNo: 2,
      isTruncated: true,
      snapchains: [{}, {}]
    })
    expect(await ok('GET /v2/snapshot/chain?pageNo=3&pageSize=2')).toMatchObject({
      isTruncated: false,
      snapchains: [{}]
    })
    expect(await ok('GET /v2/snapshot/chain?order=asc&orderBy=chainId&pageNo=9')).toEqual({
      orderBy: 'chainId',
      totalCount: 5,
      pageSize: 1000,
      pageNo: 9,
      isTruncated: false,
      snapchains: []
    })
    expect(await ok('GET /v2/snapshot/chain?volumeId=none')).toMatchObject({ totalCount: 0, volumeId: 'none' })
  })

  test('carry the tags of their snapshots, also after the volume has gone', async () => {
    const world = await stage()
    const body = { volumeId: 'v-free', snapshotName: 'x', tags: [tag('a', '1'), tag('b', '2')] }
    const { snapshotId } = await world.ok('POST /v2/snapshot', body)
    expect((await world.snapshot('s-ok')).tags).toEqual(body.tags)
    await world.ok('DELETE /v2/volume/v-free')
    const [chain] = (await chainsOf(world)).filter((each) => each.volumeId === undefined)
    const way = `PUT /v2/snapshot/chain/${chain?.chainId}/tag`
    await world.ok(`${way}?bind`, { changeTags: [tag('a', '3')], relationTag: false })
    await world.ok(`${way}?unbind=&clientToken=t`, { changeTags: [tag('b', '2'), tag('none', '')] })
    expect((await world.snapshot(snapshotId)).tags).toEqual([tag('a', '3')])
  })

  test('end with their last snapshot', async () => {
    const world = await stage()
    await world.ok('DELETE /v2/snapshot/s-used')
    expect(await chainsOf(world, '?volumeId=v-used')).toEqual([])
  })

  test('may be named by a seed', async () => {
    const world = await stage(
      {},
      { volumes: [{ id: 'cds_id', chainId: 'sl-PdPu6Oel' }], snapshots: [{ id: 'SnapshotId', volumeId: 'cds_id' }] }
    )
    expect(await chainsOf(world)).toMatchObject([{ chainId: 'sl-PdPu6Oel' }])
    await world.ok('PUT /v2/snapshot/chain/sl-PdPu6Oel/tag?bind', { changeTags: [tag('a', '1')], relationTag: false })
    expect(await world.snapshot('SnapshotId')).toMatchObject({ tags: [tag('a', '1')] })
  })
})

test('a copy goes to each region that is named, and can be shared, rolled back to nothing, and deleted', async () => {
  const { ok, call, snapshots } = await stage()
  const destRegionInfos = [
    { name: 'first', destRegion: 'gz' },
    { name: 'second', destRegion: 'hkg' }
  ]
  const { result } = await ok('PUT /v2/snapshot/remote_copy/s-ok?clientToken=t', { destRegionInfos, uuid: 'x' })
  const [first, second] = rows(result)
  expect([first?.region, second?.region]).toEqual(['gz', 'hkg'])
  const copies = (await snapshots()).filter((each) => each.createMethod === 'MIGRATION')
  expect(copies.map(({ id, name, sizeInGB }) => ({ id, name, sizeInGB }))).toEqual([
    { id: first?.snapshotId, name: 'first', sizeInGB: 100 },
    { id: second?.snapshotId, name: 'second', sizeInGB: 100 }
  ])
  expect((await call('PUT /v2/volume/v-free?rollback', { snapshotId: first?.snapshotId })).code).toBe('NoSuchObject')
  expect(rows((await ok('GET /v2/snapshot/chain')).snapchains)).toHaveLength(5)
  await ok(`DELETE /v2/snapshot/${first?.snapshotId}`)
})

describe('shares', () => {
  const list = async ({ ok }: Stage, body: object = {}) =>
    rows((await ok('POST /v2/snapshot/snapshotShare/list', body)).result)

  test('have one row per account, and an account that has one keeps it', async () => {
    const world = await stage()
    const reply = await world.ok('POST /v2/snapshot/share', {
      snapshotId: 's-ok',
      accountIds: ['friend', 'other', 'other']
    })
    expect(reply).toEqual({ snapshotId: 's-ok' })
    const shares = await list(world)
    expect(shares.map(({ accountId }) => accountId)).toEqual(['friend', 'other'])
    expect(shares[1]).toEqual({
      sourceSnapshotId: 's-ok',
      sourceSnapshotUuid: expect.any(String),
      snapshotId: expect.stringMatching(/^share-[0-9A-Za-z]{10}$/),
      sourceAccountId: expect.stringMatching(/^[0-9a-f]{32}$/),
      accountId: 'other',
      snapshotType: 'Cds',
      name: 'ok',
      sizeInGB: 100,
      shareTime: '2026-01-05T08:00:00Z',
      desc: '',
      shareStatus: 'Sharing',
      encryptKey: '',
      isSourceDeleted: false
    })
  })

  test('end by an empty list', async () => {
    const world = await stage()
    await world.ok('POST /v2/snapshot/share', { snapshotId: 's-ok', accountIds: [] })
    expect(await list(world)).toEqual([])
  })

  test.for([
    ['the source, for all', { sourceSnapshotId: 's-ok' }, 'share-one', []],
    ['the source, for one', { sourceSnapshotId: 's-ok', accountIds: ['other'] }, undefined, ['friend']],
    ['the share', { shareSnapshotId: 'share-one' }, 'share-one', ['other']],
    [
      'all that Go fills in',
      { sourceSnapshotId: 's-ok', shareSnapshotId: 'share-one', accountIds: ['nobody'] },
      'share-one',
      ['other']
    ],
    ['an account that has none', { sourceSnapshotId: 's-ok', accountIds: ['nobody'] }, '', ['friend', 'other']]
  ] as const)('end by %s', async ([, body, shareSnapshotId, left]) => {
    const world = await stage()
    await world.ok('POST /v2/snapshot/share', { snapshotId: 's-ok', accountIds: ['other'] })
    const reply = await world.ok('POST /v2/snapshot/unShare', body)
    expect(reply).toEqual({
      sourceSnapshotId: 's-ok',
      shareSnapshotId: shareSnapshotId ?? expect.stringMatching(/^share-/)
    })
    expect((await list(world)).map(({ accountId }) => accountId)).toEqual(left)
  })

  test('are listed by either method, from every marker that clients send', async () => {
    const { ok } = await stage()
    await ok('POST /v2/snapshot/share', { snapshotId: 's-ok', accountIds: ['a', 'b', 'c'] })
    const whole = await ok('GET /v2/snapshot/snapshotShare/list')
    expect(whole).toMatchObject({ isTruncated: false, marker: '', maxKeys: 10 })
    expect(await ok('GET /v2/snapshot/snapshotShare/list?marker=-1&maxKeys=200')).toEqual({
      ...whole,
      marker: '-1',
      maxKeys: 100
    })
    const page = await ok('POST /v2/snapshot/snapshotShare/list', { marker: '', maxKeys: 3 })
    expect(page).toMatchObject({ isTruncated: true, maxKeys: 3 })
    const rest = await ok('POST /v2/snapshot/snapshotShare/list', { marker: page.nextMarker, maxKeys: 3 })
    expect([...rows(page.result), ...rows(rest.result)]).toEqual(whole.result)
    expect(await ok('POST /v2/snapshot/snapshotShare/list', { marker: 'share-xxx', maxKeys: 1 })).toEqual({
      isTruncated: false,
      marker: 'share-xxx',
      maxKeys: 1,
      result: []
    })
  })

  test('say when their source was deleted', async () => {
    const world = await stage()
    await world.ok('DELETE /v2/snapshot/s-ok')
    expect(await list(world)).toMatchObject([{ name: 'ok', sizeInGB: 100, isSourceDeleted: true }])
    expect((await world.call('POST /v2/volume', { shareSnapshotId: 'share-one' })).code).toBe('NoSuchObject')
    await world.ok('POST /v2/snapshot/unShare', { sourceSnapshotId: 's-ok' })
    expect(await list(world)).toEqual([])
  })
})

test('usage counts and sums', async () => {
  const { ok, advance } = await stage()
  await ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'] })
  await advance('P1D')
  expect(await ok('POST /v2/snapshot/describeSnapshotsUsage')).toEqual({
    snapshotCount: 9,
    autoSnapshotCount: 1,
    manualSnapshotCount: 8,
    snapshotCapacity: 600
  })
})

test('the list is filtered by volume and paged from an inclusive marker', async () => {
  const { ok, snapshots } = await stage()
  expect((await snapshots('?volumeId=v-free')).map(({ id }) => id)).toEqual([
    's-creating',
    's-failed',
    's-broken',
    's-ok'
  ])
  const page = await ok('GET /v2/snapshot?volumeId=v-free&maxKeys=2&marker=s-failed')
  expect(page).toMatchObject({ marker: 's-failed', isTruncated: true, nextMarker: 's-ok', maxKeys: 2 })
  expect(rows(page.snapshots).map(({ id }) => id)).toEqual(['s-failed', 's-broken'])
  expect(row(await ok('GET /v2/snapshot?volumeId=none')).snapshots).toEqual([])
})

test('the right content comes back: by rollback, by a volume from a snapshot, a share or a copy', async () => {
  const { ok, control } = await stage()
  const write = async (id: string, content: string) =>
    expect((await control('PUT', `/baidu/volumes/${id}/content`, content)).status).toBeLessThan(300)
  const read = async (id: unknown) => (await control('GET', `/baidu/volumes/${id}/content`)).body
  const madeOf = async (body: object) => {
    const { volumeIds } = await ok('POST /v2/volume', body)
    return read(Array.isArray(volumeIds) ? volumeIds[0] : undefined)
  }
  await write('v-free', 'before')
  const before = await read('v-free')
  const { snapshotId } = await ok('POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'x' })
  await ok('POST /v2/snapshot/share', { snapshotId, accountIds: ['a'] })
  const { result } = await ok(`PUT /v2/snapshot/remote_copy/${snapshotId}`, {
    destRegionInfos: [{ name: 'copy', destRegion: 'gz' }]
  })
  await write('v-free', 'after')
  expect(await read('v-free')).not.toEqual(before)

  const shares = rows((await ok('GET /v2/snapshot/snapshotShare/list')).result)
  const share = shares.find(({ sourceSnapshotId }) => sourceSnapshotId === snapshotId)
  expect(await madeOf({ snapshotId })).toEqual(before)
  expect(await madeOf({ shareSnapshotId: share?.snapshotId })).toEqual(before)
  expect(await madeOf({ snapshotId: rows(result)[0]?.snapshotId })).toEqual(before)
  await ok('PUT /v2/volume/v-free?rollback', { snapshotId })
  expect(await read('v-free')).toEqual(before)
})

describe('5.2.11 CancelSnapshotShare', () => {
  test('the path that misses its slash, as the bce CLI has it, is served', async () => {
    const { ok, control } = await stage()
    const reply = await ok('POST /v2snapshot/unShare', { sourceSnapshotId: 's-ok' })
    expect(reply).toEqual({ sourceSnapshotId: 's-ok', shareSnapshotId: 'share-one' })
    const { requests } = row((await control('GET', '/requests?limit=1')).body)
    expect(rows(requests)).toMatchObject([{ operation: 'CancelSnapshotShare', version: 'v2' }])
  })
})

test('5.2.7 a chain lives until its last snapshot goes, and its tags with it', async () => {
  const { ok, snapshot } = await stage()
  const shoot = async (more: object) => (await ok('POST /v2/snapshot', { volumeId: 'v-elsewhere', ...more })).snapshotId
  const tags = [{ tagKey: 'env', tagValue: 'test' }]
  const first = await shoot({ snapshotName: 'first', tags })
  const second = await shoot({ snapshotName: 'second' })
  expect(await snapshot(second)).toMatchObject({ tags })
  await ok(`DELETE /v2/snapshot/${first}`)
  await ok(`DELETE /v2/snapshot/${second}`)
  expect(await snapshot(await shoot({ snapshotName: 'third' }))).not.toHaveProperty('tags')
})
