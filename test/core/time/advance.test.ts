import { expect, test } from 'vitest'
import { ClockRefused } from '../../../src/core/model/world.ts'
import { at, dailyWorld } from '../fake-cloud.ts'

const DAY = 86_400_000

test('a year of a daily policy leaves what its retention keeps', async () => {
  const { world, snapshots, ids } = await dailyWorld()
  const report = await world.advance({ by: 365 * DAY })
  expect(report).toMatchObject({
    firings: 365,
    snapshotsCreated: 365,
    snapshotsExpired: 335,
    completed: 0,
    skipped: {}
  })
  expect(report.next).toEqual({ at: at('2027-01-05T09:00:00Z'), kind: 'expires', subject: 'snapshot-338' })
  expect(snapshots().total).toBe(30)
  expect(snapshots().rows[0]).toMatchObject({ createdAt: at('2027-01-04T09:00Z'), firedAt: at('2027-01-04T09:00Z') })
  const volume = world.perform('plain', (cloud) => cloud.findVolume(ids.volume))
  expect(volume).toMatchObject({ manualCount: 0, autoCount: 30 })
})

test('with a delay a snapshot and its volume are busy until it is over', async () => {
  const { world, snapshots, ids } = await dailyWorld()
  world.changeSettings({ 'delays.plain.snapshotCreateMs': 60_000 })
  await world.advance({ to: at('2026-01-05T09:00:30Z') })
  expect(snapshots().rows[0]).toMatchObject({ state: 'creating' })
  expect(world.perform('plain', (cloud) => cloud.findVolume(ids.volume))?.activity).toBe('snapshotting')
  const report = await world.advance({ toNext: true })
  expect(report).toMatchObject({ to: at('2026-01-05T09:01:00Z'), completed: 2 })
  expect(snapshots().rows[0]).toMatchObject({ state: 'available' })
  expect(world.perform('plain', (cloud) => cloud.findVolume(ids.volume))?.activity).toBe('idle')
})

test('a busy volume is passed over, and the occurrence says why', async () => {
  const { world, ids, snapshots } = await dailyWorld()
  world.changeSettings({ 'delays.plain.resizeMs': 3 * 3_600_000 })
  world.perform('plain', (cloud) => {
    const volume = cloud.findVolume(ids.volume)
    if (volume) cloud.resizeVolume(volume, { sizeGiB: 40 })
  })
  const report = await world.advance({ to: at('2026-01-05T10:00:00Z') })
  expect(report).toMatchObject({ firings: 1, snapshotsCreated: 0, skipped: { 'volume-resizing': 1 } })
  expect(snapshots().total).toBe(0)
  await world.advance({ by: 3_600_000 })
  expect(world.perform('plain', (cloud) => cloud.findVolume(ids.volume))).toMatchObject({
    sizeGiB: 40,
    activity: 'idle'
  })
})

test('a busy snapshot expires as soon as it is free', async () => {
  const { world, ids, snapshots } = await dailyWorld()
  world.changeSettings({ 'delays.plain.rollbackMs': 2 * DAY })
  world.perform('plain', (cloud) => {
    const volume = cloud.findVolume(ids.volume)
    if (!volume) return
    const snapshot = cloud.startSnapshot(volume, { name: 'm', expiresAt: cloud.now + DAY, detail: {} })
    cloud.unbindVolume(volume)
    cloud.rollBack(volume, snapshot)
  })
  await world.advance({ by: DAY + 1 })
  expect(snapshots().rows[0]).toMatchObject({ state: 'rolling-back' })
  const report = await world.advance({ by: DAY })
  expect(report).toMatchObject({ completed: 2, snapshotsExpired: 1 })
  expect(snapshots().total).toBe(0)
})

test('a policy without volumes does not fire, and fires again from its first volume on', async () => {
  const { world, ids } = await dailyWorld()
  world.perform('plain', (cloud) => {
    const volume = cloud.findVolume(ids.volume)
    if (volume) cloud.unbindVolume(volume)
  })
  expect((await world.advance({ by: 2 * DAY })).firings).toBe(0)
  world.perform('plain', (cloud) => {
    const volume = cloud.findVolume(ids.volume)
    const policy = cloud.findPolicy(ids.policy)
    if (volume && policy) cloud.bindVolume(policy, volume)
  })
  expect((await world.advance({ by: 2 * DAY })).firings).toBe(2)
})

test('a released volume takes its snapshots along, or stays behind them as the setting says', async () => {
  for (const keeps of [false, true]) {
    const { world, ids, snapshots } = await dailyWorld()
    world.changeSettings({ 'plain.keeps': keeps })
    await world.advance({ by: 3 * DAY })
    world.perform('plain', (cloud) => {
      const volume = cloud.findVolume(ids.volume)
      if (volume) cloud.releaseVolume(volume)
      const policy = cloud.findPolicy(ids.policy)
      if (policy) cloud.deletePolicy(policy)
    })
    expect(world.perform('plain', (cloud) => cloud.findVolume(ids.volume))).toBeUndefined()
    expect(snapshots().total).toBe(keeps ? 3 : 0)
    const [snapshot] = snapshots().rows
    if (keeps && snapshot) {
      expect(world.perform('plain', (cloud) => cloud.volumeOf(snapshot.volumeN))?.id).toBe(ids.volume)
      await world.advance({ by: 40 * DAY })
      expect(world.perform('plain', (cloud) => cloud.volumeOf(snapshot.volumeN))).toBeUndefined()
    }
    expect(snapshots().total).toBe(0)
  }
})

test('a clock does not go back, and is not set before the last change', async () => {
  const { world } = await dailyWorld()
  await expect(world.advance({ by: -1 })).rejects.toThrow(ClockRefused)
  await expect(world.setClock({ now: at('2026-01-05T07:00Z') })).rejects.toThrow(ClockRefused)
  await world.advance({ by: 3_000_000 })
  expect(await world.setClock({ now: at('2026-01-05T08:10Z') })).toEqual({
    mode: 'manual',
    now: at('2026-01-05T08:10Z')
  })
  await expect(world.advance({ to: at('2101-01-01T00:00Z') })).rejects.toThrow(ClockRefused)
})

test('changing the mode does not jump, and a system clock runs', async () => {
  const { world } = await dailyWorld()
  const before = world.now()
  await world.setClock({ mode: 'system' })
  const after = world.now()
  expect(after - before).toBeLessThan(1000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(world.now()).toBeGreaterThan(after)
})

test('an advance beyond the limit is refused with the number', async () => {
  const { world } = await dailyWorld({ maxAdvance: 10 })
  await expect(world.advance({ by: 20 * DAY })).rejects.toMatchObject({
    reason: 'too-many',
    detail: { most: 20, max: 10 }
  })
  expect((await world.advance({ by: 10 * DAY })).snapshotsCreated).toBe(10)
})
