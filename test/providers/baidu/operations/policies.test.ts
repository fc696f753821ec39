import { describe, expect, test } from 'vitest'
import { rows, stages, text } from '../stage.ts'

const stage = stages()

// Policies: every dialect of baidu.md 7.1, filters, binding, schedules, limits.

const ways = {
  'the page, Go': { timePoints: ['20', '8'], repeatWeekdays: ['5', '1'], retentionDays: '7' },
  'Java, Go V2, Python V2': { timePoints: [20, 8], repeatWeekdays: [5, 1], retentionDays: '7' },
  'Python update': { timePoints: [20, 8], repeatWeekdays: [5, 1], retentionDays: 7 },
  'mixed, twice and with zeros before': {
    timePoints: ['08', 20, '20', 8],
    repeatWeekdays: [1, '5', 5],
    retentionDays: '007'
  }
}

describe.for(Object.entries(ways))('as %s writes it', ([, body]) => {
  const expected = { name: 'daily', timePoints: [8, 20], repeatWeekdays: [1, 5], retentionDays: 7 }

  test('a policy is created, and shown in ints, ascending', async () => {
    const { ok, policy } = await stage()
    const { aspId } = await ok('POST /v2/asp', { name: 'daily', ...body })
    expect(await policy(aspId)).toEqual({
      id: expect.stringMatching(/^asp-[0-9A-Za-z]{8}$/),
      ...expected,
      status: 'active',
      createdTime: '2026-01-05T08:00:00Z',
      updatedTime: '2026-01-05T08:00:00Z',
      deletedTime: '1971-01-01T00:00:01Z',
      lastExecuteTime: '1971-01-01T00:00:01Z',
      volumeCount: 0
    })
  })

  test('a policy is updated', async () => {
    const { call, policy, advance } = await stage()
    await advance('PT90S')
    const reply = await call('PUT /v2/asp/update?clientToken=t', { aspId: 'asp-one', name: 'daily', ...body })
    expect(reply).toMatchObject({ status: 200, body: undefined, headers: { 'content-length': '0' } })
    expect(await policy('asp-one')).toMatchObject({ ...expected, updatedTime: '2026-01-05T08:01:30Z' })
    expect(await policy('asp-one')).toMatchObject({ createdTime: '2025-01-01T00:00:00Z' })
  })
})

test.for([
  ['retention alone', { retentionDays: 3 }, { retentionDays: 3 }],
  ['a name alone', { name: 'renamed' }, { name: 'renamed' }],
  ['hours alone', { timePoints: ['5'] }, { timePoints: [5] }],
  ['nothing', {}, {}],
  ['what Go leaves unset', { name: '', timePoints: null, repeatWeekdays: null, retentionDays: '' }, {}],
  ['for ever', { retentionDays: '-1' }, { retentionDays: -1 }]
] as const)('an update with %s keeps the rest', async ([, body, changed]) => {
  const { ok, policy } = await stage()
  const before = await policy('asp-one')
  await ok('PUT /v2/asp/update', { aspId: 'asp-one', ...body })
  expect(await policy('asp-one')).toEqual({ ...before, updatedTime: '2026-01-05T08:00:00Z', ...changed })
})

test('7 is Sunday where it is accepted: stored and returned as 7, and fired once beside 0', async () => {
  const { ok, policy, advance } = await stage({ 'baidu.acceptWeekday7': true })
  const { aspId } = await ok('POST /v2/asp', {
    name: 'sundays',
    timePoints: [0],
    repeatWeekdays: [7, '0', 7],
    retentionDays: -1
  })
  expect(await policy(aspId)).toMatchObject({ repeatWeekdays: [0, 7] })
  await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
  // Sunday, 11 January in UTC+8 begins on Saturday at 16:00 UTC.
  expect(await advance('P7D')).toMatchObject({ firings: 1, snapshotsCreated: 1 })
  expect(await policy(aspId)).toMatchObject({ lastExecuteTime: '2026-01-10T16:00:00Z' })
})

test('the offset is read when a policy is created, and again when it is updated', async () => {
  const { ok, change, advance, policy } = await stage({ 'baidu.utcOffset': '+00:00' })
  const body = { name: 'noon', timePoints: [12], repeatWeekdays: [0, 1, 2, 3, 4, 5, 6], retentionDays: -1 }
  const { aspId } = await ok('POST /v2/asp', body)
  await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
  await change({ 'baidu.utcOffset': '-05:30' })
  await advance('P1D')
  expect(await policy(aspId)).toMatchObject({ lastExecuteTime: '2026-01-05T12:00:00Z' })
  await ok('PUT /v2/asp/update', { aspId })
  await advance('P1D')
  expect(await policy(aspId)).toMatchObject({ lastExecuteTime: '2026-01-06T17:30:00Z' })
})

describe('binding', () => {
  test('a volume of another policy moves, and one that is bound stays', async () => {
    const { ok, policy, volume } = await stage()
    await ok('PUT /v2/asp/asp-one?attach', { volumeIds: ['v-used', 'v-boot', 'v-used'] })
    expect(await policy('asp-one')).toMatchObject({ volumeCount: 2 })
    await ok('PUT /v2/asp/asp-two?attach=', { volumeIds: ['v-used'] })
    await ok('PUT /v2/asp/asp-two?attach=', { volumeIds: ['v-used'] })
    expect(await policy('asp-one')).toMatchObject({ volumeCount: 1 })
    expect(await policy('asp-two')).toMatchObject({ volumeCount: 1 })
    expect(await volume('v-used')).toMatchObject({
      autoSnapshotPolicy: { id: 'asp-two', name: 'two', retentionDays: -1, status: 'active' },
      autoSnapshotPolicyInfos: [{ id: 'asp-two' }]
    })
  })

  test('on any failure nothing changes', async () => {
    const { call, policy, volume } = await stage()
    const body = { volumeIds: ['v-used', 'v-free'], deleteAutoSnapshot: true }
    expect((await call('PUT /v2/asp/asp-one?attach', body)).code).toBe('Asp.VolumeStatusInvalid')
    expect(await policy('asp-one')).toMatchObject({ volumeCount: 0 })
    expect(await volume('v-used')).toMatchObject({ autoSnapshotPolicy: null, deleteAutoSnapshot: false })
  })

  test('deleteAutoSnapshot overwrites the property, and keeps it when it is not given', async () => {
    const { ok, volume } = await stage()
    await ok('PUT /v2/asp/asp-one?attach', { volumeIds: ['v-used'], deleteAutoSnapshot: true })
    expect(await volume('v-used')).toMatchObject({ deleteAutoSnapshot: true })
    await ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'] })
    expect(await volume('v-used')).toMatchObject({ deleteAutoSnapshot: true })
    await ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'], deleteAutoSnapshot: false })
    expect(await volume('v-used')).toMatchObject({ deleteAutoSnapshot: false })
  })

  test('detaching passes over what is not bound or not there', async () => {
    const { ok, policy } = await stage()
    await ok('PUT /v2/asp/asp-one?attach', { volumeIds: ['v-used', 'v-boot'] })
    await ok('PUT /v2/asp/asp-one?detach', { volumeIds: ['v-used', 'v-free', 'none'] })
    expect(await policy('asp-one')).toMatchObject({ volumeCount: 1 })
  })

  test('a policy goes with its volumes bound: they are unbound, its snapshots stay', async () => {
    const { ok, volume, advance, snapshots } = await stage()
    await ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'] })
    await advance('P1D')
    await ok('DELETE /v2/asp/asp-two')
    expect(await volume('v-used')).toMatchObject({ autoSnapshotPolicy: null })
    expect((await snapshots('?volumeId=v-used')).filter((each) => each.createMethod === 'auto')).toHaveLength(1)
    expect(await advance('P1D')).toMatchObject({ firings: 0 })
  })
})

describe('the list', () => {
  test('filters by parts of policy and volume names', async () => {
    const { ok } = await stage()
    await ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'] })
    const ids = async (query: string) =>
      rows((await ok(`GET /v2/asp?${query}`)).autoSnapshotPolicys).map(({ id }) => id)
    expect(await ids('')).toEqual(['asp-one', 'asp-two'])
    expect(await ids('aspName=on&maxKeys=1000')).toEqual(['asp-one'])
    expect(await ids('aspName=On')).toEqual([])
    expect(await ids('volumeName=use')).toEqual(['asp-two'])
    expect(await ids('aspName=one&volumeName=used')).toEqual([])
    expect(await ids('aspName=&volumeName=&marker=')).toEqual(['asp-one', 'asp-two'])
  })

  test('pages from an inclusive marker', async () => {
    const { ok } = await stage()
    const first = await ok('GET /v2/asp?maxKeys=1')
    expect(first).toMatchObject({ marker: '', isTruncated: true, nextMarker: 'asp-two', maxKeys: 1 })
    const last = await ok(`GET /v2/asp?maxKeys=1&marker=${text(first.nextMarker)}`)
    expect(last).toEqual({
      marker: 'asp-two',
      isTruncated: false,
      maxKeys: 1,
      autoSnapshotPolicys: [expect.objectContaining({ id: 'asp-two' })]
    })
    expect(await ok('GET /v2/asp?maxKeys=5000')).toMatchObject({ maxKeys: 1000, isTruncated: false })
  })
})

describe('limits', () => {
  const hourly = {
    name: 'hourly',
    timePoints: Array.from({ length: 24 }, (_, hour) => hour),
    repeatWeekdays: [0, 1, 2, 3, 4, 5, 6],
    retentionDays: -1
  }

  test('512 manual snapshots of a volume are taken, and no more; automatic ones do not count', async () => {
    const { ok, call, advance, volume } = await stage()
    const { aspId } = await ok('POST /v2/asp', hourly)
    await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
    await advance('PT2H')
    const body = { volumeId: 'v-used', snapshotName: 'x' }
    for (let count = 1; count < 512; count++) await ok('POST /v2/snapshot', body)
    expect(await call('POST /v2/snapshot', body)).toMatchObject({ status: 403, code: 'Instance.SnapshotLimitExceeded' })
    expect(await volume('v-used')).toMatchObject({ snapshotNum: '514' })
    await ok('DELETE /v2/snapshot/s-used')
    await ok('POST /v2/snapshot', body)
  })

  test('at 1024 automatic snapshots the oldest goes first; manual ones do not count', async () => {
    const { ok, advance, snapshots } = await stage()
    const { aspId } = await ok('POST /v2/asp', hourly)
    await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
    await advance('PT1030H')
    const automatic = (await snapshots('?volumeId=v-used')).filter((each) => each.createMethod === 'auto')
    const usage = await ok('POST /v2/snapshot/describeSnapshotsUsage')
    expect(usage).toMatchObject({ autoSnapshotCount: 1024 })
    // Six had to go: the seventh hour is the oldest now.
    expect(automatic[0]?.createTime).toBe('2026-01-05T15:00:00Z')
  })

  test('both limits are settings', async () => {
    const { ok, call, advance, snapshots } = await stage({
      'baidu.autoSnapshotLimit': 2,
      'baidu.manualSnapshotLimit': 2
    })
    const { aspId } = await ok('POST /v2/asp', hourly)
    await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
    await advance('PT5H')
    expect((await snapshots('?volumeId=v-used')).map((each) => each.createTime)).toEqual([
      '2025-01-01T00:00:00Z',
      '2026-01-05T12:00:00Z',
      '2026-01-05T13:00:00Z'
    ])
    await ok('POST /v2/snapshot', { volumeId: 'v-used', snapshotName: 'x' })
    expect((await call('POST /v2/snapshot', { volumeId: 'v-used', snapshotName: 'x' })).status).toBe(403)
  })

  test('with no room for any automatic snapshot the volume is passed over', async () => {
    const { ok, advance } = await stage({ 'baidu.autoSnapshotLimit': 0 })
    const { aspId } = await ok('POST /v2/asp', hourly)
    await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
    expect(await advance('PT1H')).toMatchObject({ firings: 1, snapshotsCreated: 0 })
  })
})

test('names of automatic snapshots are cut to 65 characters', async () => {
  const { ok, advance, snapshots } = await stage()
  const { aspId } = await ok('POST /v2/asp', {
    name: '每'.repeat(65),
    timePoints: [17],
    repeatWeekdays: [1],
    retentionDays: 1
  })
  await ok(`PUT /v2/asp/${aspId}?attach`, { volumeIds: ['v-used'] })
  await advance('PT1H')
  const [, made] = await snapshots('?volumeId=v-used')
  expect(made?.name).toBe(`auto_${'每'.repeat(45)}_20260105170000`)
  expect(text(made?.name)).toHaveLength(65)
})
