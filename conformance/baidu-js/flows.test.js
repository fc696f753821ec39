// The Baidu JS SDK against Snapstand: six flows, each with an access key of its own. The SDK has no call for volumes,
// snapshots and policies, but signs and sends any request: the operations are this program's, and bodies have no types.
import assert from 'node:assert/strict'
import sdk from '@baiducloud/sdk'
import { client, flow, now, same, secret, url } from './harness.js'

const zone = 'cn-bj-a'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const never = '1971-01-01T00:00:01Z'
const postpaid = { paymentTiming: 'Postpaid' }
const tags = [
  { tagKey: 'env', tagValue: 'prod' },
  { tagKey: '键', tagValue: 'ü' }
]

/** The calls of one key. Every one gives the body of the answer. */
function connect(key, password = secret(key)) {
  const bcc = new sdk.BceBaseClient({ endpoint: url, credentials: { ak: key, sk: password } }, 'bcc', true)
  /** @param {string} method @param {string} path @param {object} [params] @param {object} [body] */
  const send = async (method, path, params = {}, body = undefined) => {
    const answer = await bcc.sendRequest(method, path, {
      params,
      body: body === undefined ? null : JSON.stringify(body)
    })
    return answer.body
  }
  const volume = (id) => `/v2/volume/${id}`
  return {
    bcc,
    send,
    zones: () => send('GET', '/v2/zone'),
    createVolume: (body, params) =>
      send('POST', '/v2/volume', params, { cdsSizeInGB: 20, zoneName: zone, billing: postpaid, ...body }),
    volumes: (params) => send('GET', '/v2/volume', params),
    volume: async (id) => (await send('GET', volume(id))).volume,
    put: (id, action, body) => send('PUT', volume(id), { [action]: '' }, body),
    tag: (id, action, changeTags) => send('PUT', `${volume(id)}/tag`, { [action]: '' }, { changeTags }),
    release: (id, body) => (body ? send('POST', volume(id), {}, body) : send('DELETE', volume(id))),
    createSnapshot: (body, params) => send('POST', '/v2/snapshot', params, body),
    snapshots: (params) => send('GET', '/v2/snapshot', params),
    snapshot: async (id) => (await send('GET', `/v2/snapshot/${id}`)).snapshot,
    modifySnapshot: (id, body) => send('PUT', `/v2/snapshot/${id}`, { modifyAttribute: '' }, body),
    deleteSnapshot: (id) => send('DELETE', `/v2/snapshot/${id}`),
    chains: (params) => send('GET', '/v2/snapshot/chain', params),
    createAsp: (body) => send('POST', '/v2/asp', {}, body),
    updateAsp: (body) => send('PUT', '/v2/asp/update', {}, body),
    bind: (id, action, volumeIds) => send('PUT', `/v2/asp/${id}`, { [action]: '' }, { volumeIds }),
    deleteAsp: (id) => send('DELETE', `/v2/asp/${id}`),
    asp: async (id) => (await send('GET', `/v2/asp/${id}`)).autoSnapshotPolicy,
    asps: (params) => send('GET', '/v2/asp', params)
  }
}

async function refused(status, code, promise) {
  const error = await promise.then(
    () => assert.fail(`not refused with ${code}`),
    (thrown) => thrown
  )
  same({ status: error.status_code, code: error.code, id: error.request_id }, { status, code, id: uuid })
  assert.ok(error.message, 'no message')
}

/** The world's calls, with the ways that several flows need. */
function open(world) {
  const api = connect(world.key)
  const status = async (id) => (await api.volume(id)).status
  return {
    ...api,
    status,
    make: async (name, more = {}) => {
      const made = await api.createVolume({ name, ...more })
      await world.wait(() => status(made.volumeIds[0]), 'Available')
      return made.volumeIds[0]
    },
    shoot: async (volumeId, snapshotName, more = {}) =>
      (await api.createSnapshot({ volumeId, snapshotName, ...more })).snapshotId,
    state: async (id) => (await api.snapshot(id)).status,
    attach: async (id, instanceId) => {
      const made = await api.put(id, 'attach', { instanceId })
      await world.wait(() => status(id), 'InUse')
      return made
    },
    /** The instance of the zone, and its system volume: the way to them is the list of volumes. */
    instance: async () => {
      const boot = (await api.volumes()).volumes.find(
        (each) => each.type === 'System' && each.zoneName === zone && each.attachments.length === 1
      )
      return { instance: boot.attachments[0].instanceId, boot: boot.id }
    },
    otherZone: async () => (await api.zones()).zones.map((each) => each.zoneName).find((name) => name.endsWith('e'))
  }
}

const ids = (list) => list.map((each) => each.id).sort()

/** Every page, as users follow the markers. */
async function pages(list, member) {
  const found = []
  let marker = {}
  while (found.length < 50) {
    const page = await list({ maxKeys: 2, ...marker })
    found.push(page[member].map((each) => each.id))
    if (!page.isTruncated) {
      assert.equal('nextMarker' in page, false)
      return found
    }
    marker = { marker: page.nextMarker }
  }
  return assert.fail('no end of pages')
}

flow(1, 'volume life', async (world) => {
  const { step, check, wait } = world
  const api = open(world)
  let instance, boot, other, one, two, three
  await step('find zones and instance', async () => {
    other = await api.otherZone()
    assert.ok(other)
    ;({ instance, boot } = await api.instance())
  })
  await step('create two alike, one in the other zone', async () => {
    const pair = await api.createVolume({
      name: 'pair',
      cdsSizeInGB: 50,
      storageType: 'cloud_hp1',
      purchaseCount: 2,
      tags
    })
    assert.equal(pair.volumeIds.length, 2)
    ;[one, two] = pair.volumeIds
    three = await api.make('third', { zoneName: other })
    for (const id of [one, two]) await wait(() => api.status(id), 'Available')
  })
  await step('attach', async () => {
    const made = await api.attach(two, instance)
    assert.equal(made.volumeAttachment.instanceId, instance)
    assert.deepEqual(
      (await api.volume(two)).attachments.map((each) => each.instanceId),
      [instance]
    )
  })
  const names = { [one]: '1', [two]: '2', [three]: '3', [boot]: 'b' }
  for (const [filters, wanted] of [
    [{}, '123b'],
    [{ instanceId: instance }, '2b'],
    [{ instanceId: 'i-nowhere0' }, ''],
    [{ zoneName: other }, '3'],
    [{ zoneName: zone }, '12b'],
    [{ name: 'third' }, '3'],
    [{ chargeFilter: 'postpay' }, '123b'],
    [{ chargeFilter: 'prepay' }, ''],
    [{ usageFilter: 'system' }, 'b'],
    [{ usageFilter: 'data' }, '123'],
    [{ volumeIds: `${one},${three}` }, '13']
  ]) {
    await check(`list by ${JSON.stringify(filters)}: ${wanted}`, async () => {
      const found = (await api.volumes(filters)).volumes.map((each) => names[each.id] ?? '')
      assert.equal(found.sort().join(''), wanted)
    })
  }
  await step('list page by page', async () => {
    const found = await pages(api.volumes, 'volumes')
    assert.deepEqual(found.flat().sort(), ids((await api.volumes()).volumes))
  })
  await step('resize while in use', async () => {
    await api.put(two, 'resize', { newCdsSizeInGB: 60, newVolumeType: 'cloud_hp1' })
    await wait(() => api.status(two), 'InUse')
    assert.equal((await api.volume(two)).diskSizeInGB, 60)
  })
  await step('rename, modify, tags', async () => {
    await api.put(one, 'rename', { name: 'renamed 中' })
    assert.equal((await api.volume(one)).name, 'renamed 中')
    await api.put(one, 'modify', { cdsName: 'modified', desc: '说明', deleteWithInstance: true })
    const { name, desc, deleteWithInstance } = await api.volume(one)
    assert.deepEqual({ name, desc, deleteWithInstance }, { name: 'modified', desc: '说明', deleteWithInstance: true })
    await api.tag(one, 'bind', [{ tagKey: 'more', tagValue: 'yes' }])
    await api.tag(one, 'unbind', tags.slice(0, 1))
    assert.deepEqual((await api.volume(one)).tags.map((each) => each.tagKey).sort(), ['more', '键'])
  })
  await step('detach', async () => {
    await api.put(two, 'detach', { instanceId: instance })
    await wait(() => api.status(two), 'Available')
    assert.deepEqual((await api.volume(two)).attachments, [])
  })
  await step('release', async () => {
    await api.release(one)
    await api.release(two, { autoSnapshot: 'on', manualSnapshot: 'off' })
    await api.release(three, { recycle: 'on' })
    for (const id of [one, two, three]) await refused(404, 'NoSuchObject', api.volume(id))
    // One DELETE destroys what lies in the recycle bin, the next finds nothing.
    await api.release(three)
    await refused(404, 'NoSuchObject', api.release(three))
  })
})

flow(2, 'snapshots', async (world) => {
  const { step, wait } = world
  const api = open(world)
  let volume, other, first, foreign
  const shots = []
  await step('create, and wait while it takes time', async () => {
    await world.settings({ 'delays.baidu.snapshotCreateMs': 5000 })
    volume = await api.make('source')
    await world.content(volume, 'first')
    first = await api.shoot(volume, 'shot-1', { desc: '第一' })
    assert.equal(await api.state(first), 'Creating')
    await wait(() => api.state(first), 'Available')
    await world.settings({ 'delays.baidu.snapshotCreateMs': null })
  })
  await step('create more', async () => {
    await world.content(volume, 'second')
    other = await api.make('other')
    shots.push(first)
    for (let n = 2; n <= 5; n += 1) shots.push(await api.shoot(volume, `shot-${n}`))
    foreign = await api.shoot(other, 'foreign')
    await wait(() => api.state(foreign), 'Available')
  })
  await step('list by volume and page by page', async () => {
    assert.deepEqual(ids((await api.snapshots({ volumeId: volume })).snapshots), [...shots].sort())
    assert.deepEqual(ids((await api.snapshots({ volumeId: 'v-nowhere0' })).snapshots), [])
    const found = await pages(api.snapshots, 'snapshots')
    assert.deepEqual(
      found.map((page) => page.length),
      [2, 2, 2]
    )
    assert.deepEqual(found.flat().sort(), [...shots, foreign].sort())
    assert.equal(found[0][0], first)
  })
  await step('modify', async () => {
    await api.modifySnapshot(first, { snapshotName: 'kept', retentionInDays: 3, desc: '新' })
    const { name, desc, expireTime } = await api.snapshot(first)
    same({ name, desc, expireTime }, { name: 'kept', desc: '新', expireTime: /^2026-01-08T08:00:\d\dZ$/ })
  })
  await step('chain', async () => {
    const { totalCount, snapchains } = await api.chains({ volumeId: volume })
    const [{ manualSnapCount, chainSize, chainId }] = snapchains
    assert.deepEqual(
      { totalCount, manualSnapCount, chainSize },
      { totalCount: 1, manualSnapCount: 5, chainSize: '100' }
    )
    await api.send('PUT', `/v2/snapshot/chain/${chainId}/tag`, { bind: '' }, { changeTags: tags })
    assert.deepEqual((await api.chains({ pageNo: 2, pageSize: 10 })).snapchains, [])
  })
  await step('roll back', async () => {
    await api.put(volume, 'rollback', { snapshotId: first })
    await wait(() => api.status(volume), 'Available')
    assert.equal(await world.content(volume), 'first')
  })
  await step('new volume from it', async () => {
    const copy = await api.make('copy', { snapshotId: shots[1], cdsSizeInGB: 25 })
    assert.equal(await world.content(copy), 'second')
    const { sourceSnapshotId, diskSizeInGB } = await api.volume(copy)
    assert.deepEqual({ sourceSnapshotId, diskSizeInGB }, { sourceSnapshotId: shots[1], diskSizeInGB: 25 })
  })
  await step('copy, share, usage', async () => {
    const made = await api.send(
      'PUT',
      `/v2/snapshot/remote_copy/${first}`,
      {},
      { destRegionInfos: [{ name: 'away', destRegion: 'gz' }] }
    )
    same(made.result, [{ region: 'gz', snapshotId: /^s-[0-9A-Za-z]{8}$/ }])
    await api.send('POST', '/v2/snapshot/share', {}, { snapshotId: shots[2], accountIds: ['account-1'] })
    const [row] = (await api.send('GET', '/v2/snapshot/snapshotShare/list')).result
    assert.equal(row.accountId, 'account-1')
    await api.send('POST', '/v2/snapshot/unShare', {}, { sourceSnapshotId: shots[2] })
    const { manualSnapshotCount, autoSnapshotCount } = await api.send('POST', '/v2/snapshot/describeSnapshotsUsage')
    assert.deepEqual([typeof manualSnapshotCount, autoSnapshotCount], ['number', 0])
  })
  await step('delete', async () => {
    for (const shot of shots.slice(0, 2)) {
      await api.deleteSnapshot(shot)
      await refused(404, 'NoSuchObject', api.snapshot(shot))
    }
    assert.equal((await api.snapshots({ volumeId: volume })).snapshots.length, 3)
  })
})

flow(3, 'policies', async (world) => {
  const { step, check } = world
  const api = open(world)
  let volume, daily, other
  const made = async () => (await api.snapshots({ volumeId: volume })).snapshots.map((each) => each.createTime).sort()
  await step('create', async () => {
    const { instance } = await api.instance()
    volume = await api.make('guarded')
    await api.attach(volume, instance)
    daily = (
      await api.createAsp({
        name: 'daily',
        timePoints: ['20', 9, '20'],
        repeatWeekdays: [6, '0', 1, 2, 3, 4, 5],
        retentionDays: '1'
      })
    ).aspId
    other = (await api.createAsp({ name: 'other', timePoints: [0], repeatWeekdays: [0], retentionDays: -1 })).aspId
    const { timePoints, repeatWeekdays } = await api.asp(daily)
    assert.deepEqual({ timePoints, repeatWeekdays }, { timePoints: [9, 20], repeatWeekdays: [0, 1, 2, 3, 4, 5, 6] })
  })
  await step('attach', async () => {
    await api.bind(daily, 'attach', [volume])
    assert.equal((await api.asp(daily)).volumeCount, 1)
    assert.equal((await api.volume(volume)).autoSnapshotPolicy.id, daily)
  })
  /** @type {[object, string[]][]} */
  const lists = [
    [{}, [daily, other]],
    [{ aspName: 'ail' }, [daily]],
    [{ aspName: 'nothing' }, []],
    [{ volumeName: 'guarded' }, [daily]],
    [{ marker: other }, [other]]
  ]
  for (const [filters, wanted] of lists) {
    await check(`list by ${JSON.stringify(filters)}: ${wanted.length}`, async () => {
      assert.deepEqual(ids((await api.asps(filters)).autoSnapshotPolicys), [...wanted].sort())
    })
  }
  await step('modify', async () => {
    await api.updateAsp({
      aspId: other,
      name: 'weekly',
      timePoints: ['3', '2'],
      repeatWeekdays: [5],
      retentionDays: '9'
    })
    await api.updateAsp({ aspId: other, name: '', timePoints: null, retentionDays: '' })
    const { name, timePoints, repeatWeekdays, retentionDays } = await api.asp(other)
    assert.deepEqual([name, timePoints, repeatWeekdays, retentionDays], ['weekly', [2, 3], [5], 9])
  })
  await step('a day passes: automatic snapshots', async () => {
    // Hours are UTC+8: from Monday 16:00 to Tuesday 16:00 there.
    await world.advance('P1D')
    const found = (await api.snapshots({ volumeId: volume })).snapshots
    assert.deepEqual(
      found.map((each) => [each.createTime, each.expireTime, each.createMethod]),
      [
        ['2026-01-05T12:00:00Z', '2026-01-06T12:00:00Z', 'auto'],
        ['2026-01-06T01:00:00Z', '2026-01-07T01:00:00Z', 'auto']
      ]
    )
    assert.equal((await api.asp(daily)).lastExecuteTime, '2026-01-06T01:00:00Z')
  })
  await step('two more: they expire', async () => {
    await world.advance('P2D')
    assert.deepEqual(await made(), ['2026-01-07T12:00:00Z', '2026-01-08T01:00:00Z'])
  })
  await step('a refused call after time has moved, then signed ones', async () => {
    // The SDK shifts its signing clock, process-wide, by the Date header of every refusal.
    await refused(404, 'NoSuchObject', api.asp('asp-nowhere0'))
    assert.equal((await api.asp(daily)).id, daily)
  })
  await step('detach: none any more', async () => {
    await api.bind(daily, 'detach', [volume])
    assert.equal((await api.asp(daily)).volumeCount, 0)
    assert.equal((await api.volume(volume)).autoSnapshotPolicy, null)
    await world.advance('P2D')
    assert.deepEqual(await made(), [])
  })
  await step('delete', async () => {
    for (const policy of [daily, other]) {
      await api.deleteAsp(policy)
      await refused(404, 'NoSuchObject', api.asp(policy))
    }
    assert.deepEqual((await api.asps()).autoSnapshotPolicys, [])
  })
})

flow(4, 'refusals', async (world) => {
  const { step, check } = world
  const api = open(world)
  await check('wrong secret', () => refused(400, 'SignatureDoesNotMatch', connect(world.key, 'wrong').asps()))
  await check('unknown key', () => refused(403, 'InvalidAccessKeyId', connect('nobody').asps()))
  await check('expired timestamp', () => {
    const late = connect(world.key)
    late.bcc.timeOffset = -1_900_000
    return refused(400, 'RequestExpired', late.asps())
  })
  let instance, boot, volume, used, spare, far, shot, foreign, ofUsed, policy
  const asp = { name: 'asp', timePoints: [1], repeatWeekdays: [1], retentionDays: '1' }
  await step('prepare', async () => {
    ;({ instance, boot } = await api.instance())
    volume = await api.make('volume', { cdsSizeInGB: 50 })
    used = await api.make('used')
    spare = await api.make('spare')
    far = await api.make('far', { zoneName: await api.otherZone() })
    await api.attach(used, instance)
    shot = await api.shoot(volume, 'shot')
    foreign = await api.shoot(spare, 'shot')
    ofUsed = await api.shoot(used, 'shot')
    policy = (await api.createAsp(asp)).aspId
    await api.send(
      'POST',
      '/v2/volume/modifyDeleteProtection',
      {},
      { volumeIds: [spare], enableDeleteProtection: true }
    )
  })
  const nowhere = 'v-nowhere0'
  /** @type {[number, string, string, () => Promise<unknown>][]} */
  const refusals = [
    [400, 'Asp.NameInvalid', 'createAsp name', () => api.createAsp({ ...asp, name: '1st' })],
    [400, 'Asp.NameInvalid', 'createAsp without name', () => api.createAsp({ ...asp, name: undefined })],
    [400, 'BadRequest', 'createAsp without hours', () => api.createAsp({ ...asp, timePoints: undefined })],
    [400, 'Asp.RetentionDaysInvalid', 'createAsp retention', () => api.createAsp({ ...asp, retentionDays: '0' })],
    [400, 'Asp.TimePointsInvalid', 'createAsp hours', () => api.createAsp({ ...asp, timePoints: ['x'] })],
    [400, 'Asp.RepeatWeekdaysInvalid', 'createAsp days', () => api.createAsp({ ...asp, repeatWeekdays: [7] })],
    [404, 'NoSuchObject', 'updateAsp', () => api.updateAsp({ ...asp, aspId: 'asp-nowhere0' })],
    [400, 'BadRequest', 'updateAsp without id', () => api.updateAsp(asp)],
    [404, 'NoSuchObject', 'deleteAsp', () => api.deleteAsp('asp-nowhere0')],
    [404, 'NoSuchObject', 'attachAsp policy', () => api.bind('asp-nowhere0', 'attach', [used])],
    [404, 'NoSuchObject', 'attachAsp volume', () => api.bind(policy, 'attach', [nowhere])],
    [400, 'Asp.VolumeStatusInvalid', 'attachAsp available', () => api.bind(policy, 'attach', [volume])],
    [400, 'BadRequest', 'attachAsp without volumes', () => api.bind(policy, 'attach', undefined)],
    [404, 'NoSuchObject', 'detachAsp', () => api.bind('asp-nowhere0', 'detach', [used])],
    [400, 'BadRequest', 'list with a marker that names nothing', () => api.asps({ marker: 'asp-nowhere0' })],
    [400, 'BadRequest', 'list with maxKeys 0', () => api.snapshots({ maxKeys: 0 })],
    [404, 'NoSuchObject', 'createSnapshot', () => api.shoot(nowhere, 'shot')],
    [400, 'Snapshot.SnapshotNameInvalid', 'createSnapshot name', () => api.shoot(volume, '1st')],
    [400, 'BadRequest', 'createSnapshot type', () => api.shoot(volume, 'shot', { retentionInDays: 'x' })],
    [404, 'NoSuchObject', 'deleteSnapshot', () => api.deleteSnapshot('s-nowhere0')],
    [404, 'NoSuchObject', 'modifySnapshot', () => api.modifySnapshot('s-nowhere0', { desc: 'x' })],
    [400, 'BadRequest', 'createVolume size', () => api.createVolume({ cdsSizeInGB: 4 })],
    [404, 'NoSuchObject', 'createVolume snapshot', () => api.createVolume({ snapshotId: 's-nowhere0' })],
    [
      400,
      'BadRequest',
      'createVolume smaller than snapshot',
      () => api.createVolume({ snapshotId: shot, cdsSizeInGB: 49 })
    ],
    [404, 'NoSuchObject', 'attach', () => api.put(nowhere, 'attach', { instanceId: instance })],
    [404, 'NoSuchObject', 'attach instance', () => api.put(volume, 'attach', { instanceId: 'i-nowhere0' })],
    [
      409,
      'Volume.InstanceStatusCannotAttach',
      'attach to an expired instance',
      () => api.put(far, 'attach', { instanceId: 'i-Expired1' })
    ],
    [409, 'Volume.DistNotAvailable', 'attach twice', () => api.put(used, 'attach', { instanceId: instance })],
    [403, 'AccessDenied', 'attach across zones', () => api.put(far, 'attach', { instanceId: instance })],
    [400, 'Volume.DiskNotAttachedInstance', 'detach', () => api.put(volume, 'detach', { instanceId: instance })],
    [409, 'OperationDenied', 'detach system', () => api.put(boot, 'detach', { instanceId: instance })],
    [400, 'BadRequest', 'resize', () => api.put(volume, 'resize', { newCdsSizeInGB: 50 })],
    [400, 'BadRequest', 'rename', () => api.put(volume, 'rename', { name: '' })],
    [404, 'NoSuchObject', 'rollback foreign', () => api.put(volume, 'rollback', { snapshotId: foreign })],
    [409, 'OperationDenied', 'rollback in use', () => api.put(used, 'rollback', { snapshotId: ofUsed })],
    [409, 'Volume.DiskStatusCannotBeDeleted', 'release in use', () => api.release(used)],
    [403, 'Volume.SystemDiskCannotBeDeleted', 'release system', () => api.release(boot, {})],
    [409, 'OperationDenied', 'release protected', () => api.release(spare)],
    [404, 'NoSuchObject', 'release', () => api.release(nowhere)]
  ]
  for (const [status, code, name, act] of refusals) {
    await check(`${name}: ${status} ${code}`, () => refused(status, code, act()))
  }
  await check('bodies that no typed client sends', async () => {
    const raw = (body) => api.bcc.sendRequest('POST', '/v2/snapshot', { body })
    await refused(400, 'MalformedJSON', raw('{"volumeId":'))
    await refused(400, 'BadRequest', raw('[]'))
    await refused(400, 'BadRequest', raw(`{"volumeId":7,"snapshotName":"x"}`))
  })
  await check('a token for another request', async () => {
    await api.createSnapshot({ volumeId: far, snapshotName: 'one' }, { clientToken: 'token' })
    await refused(
      403,
      'IdempotentParameterMismatch',
      api.createSnapshot({ volumeId: far, snapshotName: 'two' }, { clientToken: 'token' })
    )
  })
  await check('snapshot limit', async () => {
    await world.settings({ 'baidu.manualSnapshotLimit': 1 })
    await refused(403, 'Instance.SnapshotLimitExceeded', api.shoot(used, 'more'))
  })
  await check('nothing changed', async () => {
    assert.equal((await api.volume(volume)).diskSizeInGB, 50)
    assert.equal((await api.asps()).autoSnapshotPolicys.length, 1)
  })
})

flow(5, 'concurrency', async (world) => {
  const { step } = world
  const api = open(world)
  let shared
  await step('50 lives at once in one world', async () => {
    shared = await api.make('shared')
    const lives = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const { volumeIds } = await api.createVolume({ name: `volume-${n}` })
        const [one, two] = [await api.shoot(volumeIds[0], `shot-${n}`), await api.shoot(shared, `shot-${n}`)]
        assert.deepEqual(
          [(await api.snapshot(one)).volumeId, (await api.snapshot(two)).volumeId],
          [volumeIds[0], shared]
        )
        await api.deleteSnapshot(one)
        return [volumeIds[0], one, two]
      })
    )
    assert.equal(new Set(lives.flat()).size, 150)
    assert.equal((await api.snapshots()).snapshots.length, 50)
    assert.equal((await api.volume(shared)).snapshotNum, '50')
  })
  await step('50 equal requests with one token', async () => {
    const once = () => api.createSnapshot({ volumeId: shared, snapshotName: 'once' }, { clientToken: 'once' })
    const made = await Promise.all(Array.from({ length: 50 }, once))
    assert.equal(new Set(made.map((each) => each.snapshotId)).size, 1)
    assert.equal((await api.snapshots()).snapshots.length, 51)
  })
  await step('20 worlds at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const each = connect(`${client}-w${n + 1}`)
        for (let times = 0; times <= n; times += 1) await each.createVolume({ name: `world-${n}` })
        const names = (await each.volumes()).volumes.map(({ name }) => name).filter((name) => name.startsWith('world-'))
        assert.deepEqual(names, Array(n + 1).fill(`world-${n}`))
      })
    )
  })
})

flow(6, 'decoding', async (world) => {
  const { step } = world
  const api = open(world)
  let instance, volume, wanted, short
  await step('volume', async () => {
    ;({ instance } = await api.instance())
    const made = await api.createVolume({
      name: 'decoded',
      cdsSizeInGB: 50,
      storageType: 'cloud_hp1',
      description: '说明',
      tags
    })
    same(made, { volumeIds: [/^v-[0-9A-Za-z]{8}$/], warningList: [] })
    volume = made.volumeIds[0]
    await world.wait(() => api.status(volume), 'Available')
    wanted = {
      id: volume,
      volumeId: volume,
      name: 'decoded',
      desc: '说明',
      description: '说明',
      type: 'Cds',
      isSystemVolume: false,
      storageType: 'cloud_hp1',
      diskSizeInGB: 50,
      status: 'Available',
      paymentTiming: 'Postpaid',
      createTime: now,
      expireTime: null,
      zoneName: zone,
      regionId: 'bj',
      attachments: [],
      sourceSnapshotId: '',
      snapshotNum: '0',
      autoSnapshotPolicy: null,
      tags,
      resGroupInfos: [],
      enableAutoRenew: false,
      autoRenewTime: 0,
      encrypted: false,
      productCategory: 'BCC',
      enableDeleteProtection: false,
      deleteWithInstance: false,
      deleteAutoSnapshot: false
    }
    same(await api.volume(volume), wanted)
  })
  await step('policy', async () => {
    const { aspId } = await api.createAsp({
      name: 'p /.-_中',
      timePoints: [23, 0],
      repeatWeekdays: [6, 0],
      retentionDays: '-1'
    })
    await api.attach(volume, instance)
    await api.bind(aspId, 'attach', [volume])
    short = {
      id: aspId,
      name: 'p /.-_中',
      timePoints: [0, 23],
      repeatWeekdays: [0, 6],
      retentionDays: -1,
      status: 'active'
    }
    const long = {
      ...short,
      createdTime: now,
      updatedTime: now,
      deletedTime: never,
      lastExecuteTime: never,
      volumeCount: 1
    }
    same(await api.asp(aspId), long)
    same(await api.asps(), { marker: '', isTruncated: false, maxKeys: 1000, autoSnapshotPolicys: [long] })
  })
  await step('snapshot', async () => {
    const id = await api.shoot(volume, 'shot 中', { desc: '描述，：。', tags, retentionInDays: 7 })
    const seen = await api.snapshot(id)
    const known = {
      id,
      name: 'shot 中',
      sizeInGB: 50,
      createTime: now,
      status: 'Available',
      createMethod: 'MANUAL',
      volumeId: volume,
      desc: '描述，：。',
      expireTime: '2026-01-12T08:00:00Z'
    }
    for (const [name, value] of Object.entries(known)) assert.equal(seen[name], value, name)
    const types = {
      package: 'boolean',
      encrypted: 'boolean',
      progress: 'string',
      templateId: 'string',
      insnapId: 'string',
      tags: 'object'
    }
    for (const name of Object.keys(seen)) if (!(name in known)) assert.equal(typeof seen[name], types[name], name)
    same((await api.snapshots({ maxKeys: 5 })).snapshots, [seen])
  })
  await step('volume in use', async () => {
    const attachment = { volumeId: volume, instanceId: instance, device: /^\/dev\/vd[b-z]$/, serial: /^\S{20}$/ }
    const bound = { autoSnapshotPolicy: short, autoSnapshotPolicyInfos: [short] }
    const used = { ...wanted, ...bound, status: 'InUse', attachments: [attachment], snapshotNum: '1' }
    same(await api.volumes({ maxKeys: 1, marker: volume }), {
      marker: volume,
      isTruncated: false,
      maxKeys: 1,
      volumes: [used]
    })
  })
  await step('signing of what is hard to encode', async () => {
    const odd = "a b+c&d=e/f?中文~'()*!"
    assert.deepEqual((await api.volumes({ name: odd })).volumes, [])
    assert.deepEqual((await api.asps({ aspName: odd })).autoSnapshotPolicys, [])
  })
})
