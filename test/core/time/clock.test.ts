import { expect, test } from 'vitest'
import { TRANSITIONS } from '../../../src/core/model/rules.ts'
import type { World } from '../../../src/core/model/world.ts'
import { at, newPolicy, newVolume, plainRules, startCore, storeOf } from '../fake-cloud.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = at('2026-01-05T08:00:00Z')

function snapshotOf(world: World) {
  return world.perform('plain', (cloud) => {
    const volume = cloud.createVolume({ ...newVolume, activity: 'idle' })
    return cloud.startSnapshot(volume, { name: 'by-hand', expiresAt: null, detail: {} })
  })
}

test('things take 300 ms on a clock that runs and no time on one that stands, unless a setting says otherwise', async () => {
  const core = startCore({ clock: { mode: 'system', at: START } })
  const running = core.world('running')
  await running.ready()
  const made = snapshotOf(running)
  expect(made.state).toBe('creating')
  expect((made.stateEndsAt ?? 0) - made.createdAt).toBe(300)

  const standing = core.world('standing')
  await standing.setClock({ mode: 'manual' })
  expect(snapshotOf(standing)).toMatchObject({ state: 'available', stateEndsAt: null })
  standing.changeSettings({ 'delays.snapshotCreateMs': 5000 })
  expect(snapshotOf(standing)).toMatchObject({ state: 'creating', stateEndsAt: standing.now() + 5000 })
  // The cloud's own setting wins over the one for all clouds.
  standing.changeSettings({ 'delays.plain.snapshotCreateMs': 0 })
  expect(snapshotOf(standing).state).toBe('available')
  standing.changeSettings({ 'delays.plain.snapshotCreateMs': null, 'delays.snapshotCreateMs': null })
  expect(snapshotOf(standing).state).toBe('available')
  await core.close()
})

test('what runs keeps its end when a delay or the mode of the clock changes', async () => {
  const core = startCore()
  const world = core.world('w')
  world.changeSettings({ 'delays.plain.snapshotCreateMs': 10_000 })
  const { stateEndsAt } = snapshotOf(world)
  world.changeSettings({ 'delays.plain.snapshotCreateMs': 1 })
  await world.advance({ by: 9999 })
  expect(world.agenda(2).entries.map((entry) => entry.at)).toEqual([stateEndsAt, stateEndsAt])
  expect(await world.advance({ by: 1 })).toMatchObject({ completed: 2 })
  await core.close()
})

test('every transition has a setting for one cloud and one for all', async () => {
  const core = startCore()
  for (const transition of TRANSITIONS) {
    expect(core.settings[`delays.${transition}Ms`], transition).toBeDefined()
    expect(core.settings[`delays.plain.${transition}Ms`], transition).toBeDefined()
  }
  await core.close()
})

test('a new world can be put anywhere after its starter rows, and the policies of its seed fire from there', async () => {
  const core = startCore({
    plant: (bed) => {
      bed.perform('plain', (cloud) => {
        const policy = cloud.createPolicy({ ...newPolicy, id: 'seeded', retentionDays: null })
        cloud.createVolume({ ...newVolume, activity: 'idle', policyN: policy.n })
      })
    }
  })
  const world = core.world('w')
  expect(world.now()).toBe(START)
  expect(world.agenda(1).entries).toMatchObject([{ at: START + HOUR, kind: 'fires', subject: 'seeded' }])
  await world.setClock({ now: at('2025-02-27T10:00:00Z') })
  expect(world.agenda(1).entries).toMatchObject([{ at: at('2025-02-28T09:00:00Z') }])
  const report = await world.advance({ to: at('2025-03-02T09:00:00Z') })
  expect(report).toMatchObject({ firings: 3, snapshotsCreated: 3 })
  // Back to the last firing: it does not fire twice at one instant.
  await world.advance({ by: 5 * HOUR })
  await world.setClock({ now: at('2025-03-02T09:00:00Z') })
  expect(await world.advance({ by: DAY })).toMatchObject({ firings: 1 })
  await expect(world.setClock({ now: at('2025-03-03T08:59:59.999Z') })).rejects.toMatchObject({
    reason: 'before-change',
    detail: { changedAt: at('2025-03-03T09:00:00Z') }
  })
  await expect(core.world('other').setClock({ now: at('2024-12-31T23:59:59Z') })).rejects.toMatchObject({
    reason: 'before-change'
  })
  await core.close()
})

test('a clock that runs is never behind itself after an advance', async () => {
  const core = startCore({ clock: { mode: 'system', at: START } })
  const world = core.world('w')
  let highest = 0
  let watching = true
  const watch = () => {
    // Time passes between the turns of an advance.
    const until = Date.now() + 3
    while (Date.now() < until);
    highest = Math.max(highest, world.now())
    if (watching) setImmediate(watch)
  }
  watch()
  for (let index = 0; index < 10; index++) {
    await world.advance(index % 2 === 0 ? { by: 0 } : { toNext: true })
    expect(world.now()).toBeGreaterThanOrEqual(highest)
  }
  watching = false
  await core.close()
})

test('reading moves no last change', async () => {
  const core = startCore()
  const world = core.world('w')
  snapshotOf(world)
  const { changedAt } = storeOf(world).row
  await world.advance({ by: DAY })
  world.perform('plain', (cloud) => cloud.pageOfSnapshots({}, { offset: 0, limit: 10 }))
  world.agenda(10)
  expect(storeOf(world).row.changedAt).toBe(changedAt)
  expect(await world.setClock({ now: changedAt })).toEqual({ mode: 'manual', now: changedAt })
  await core.close()
})

test('setting the clock forward settles like an advance', async () => {
  const core = startCore()
  const world = core.world('w')
  const id = world.perform('plain', (cloud) => {
    const policy = cloud.createPolicy(newPolicy)
    cloud.bindVolume(policy, cloud.createVolume(newVolume))
    return policy.id
  })
  await world.setClock({ now: START + 3 * DAY })
  expect(world.occurrences('plain', id, { limit: 10 })?.past).toHaveLength(3)
  const view = await world.setClock({ mode: 'system', now: START + 4 * DAY })
  expect(view.mode).toBe('system')
  expect(view.now - (START + 4 * DAY)).toBeLessThan(1000)
  expect(world.occurrences('plain', id, { limit: 10 })?.past).toHaveLength(4)
  await core.close()
})

test.for([
  ['no number', Number.NaN],
  ['a part of a millisecond', START + 0.5],
  ['beyond all numbers', Number.POSITIVE_INFINITY],
  ['before the range', at('1999-12-31T23:59:59Z')],
  ['after the range', at('2100-01-01T00:00:00.001Z')]
] as const)('a clock is not moved to %s', async ([, to]) => {
  const core = startCore()
  const world = core.world('w')
  await expect(world.advance({ to })).rejects.toMatchObject({ reason: 'range' })
  await expect(world.advance({ by: to - START })).rejects.toMatchObject({ reason: 'range' })
  await expect(world.setClock({ now: to })).rejects.toMatchObject({ reason: 'range' })
  expect(world.now()).toBe(START)
  await core.close()
})

test('at one instant completions come before expiries, and expiries before firings', async () => {
  const order: string[] = []
  const core = startCore({
    rules: {
      plain: {
        ...plainRules,
        skip(volume) {
          order.push(`fires with ${volume.autoCount + volume.manualCount} snapshots, ${volume.activity}`)
          return undefined
        },
        onExpiry() {
          order.push('expires')
          return 'gone'
        }
      }
    }
  })
  const world = core.world('w')
  world.changeSettings({ 'delays.plain.resizeMs': HOUR })
  world.perform('plain', (cloud) => {
    const policy = cloud.createPolicy(newPolicy)
    const volume = cloud.bindVolume(policy, cloud.createVolume(newVolume))
    cloud.startSnapshot(volume, { name: 'by-hand', expiresAt: START + HOUR, detail: {} })
    cloud.resizeVolume(volume, { sizeGiB: 50 })
  })
  await world.advance({ by: HOUR })
  expect(order).toEqual(['expires', 'fires with 0 snapshots, idle'])
  await core.close()
})

test('the next event is told and reached, whatever it is', async () => {
  const core = startCore()
  const world = core.world('w')
  expect(await world.advance({ toNext: true })).toMatchObject({ from: START, to: START, next: null })
  world.perform('plain', (cloud) => {
    const volume = cloud.createVolume(newVolume)
    cloud.startSnapshot(volume, { name: 'by-hand', expiresAt: START + 5 * HOUR, detail: {} })
    cloud.bindVolume(cloud.createPolicy(newPolicy), volume)
  })
  expect(await world.advance({ toNext: true })).toMatchObject({
    to: START + HOUR,
    firings: 1,
    next: { at: START + 5 * HOUR, kind: 'expires', subject: 'snapshot-2' }
  })
  await core.close()
})

test('what is to fail ends failed, beside what ends well at the same instant', async () => {
  const core = startCore()
  const world = core.world('w')
  world.changeSettings({ 'delays.plain.snapshotCreateMs': HOUR })
  const ids = world.perform('plain', (cloud) =>
    Array.from({ length: 150 }, (_, index) => {
      const volume = cloud.createVolume({ ...newVolume, activity: 'idle' })
      const { id, n } = cloud.startSnapshot(volume, { name: `${index}`, expiresAt: START + DAY, detail: {} })
      const { snapshots } = storeOf(world)
      const row = snapshots.byN(n)
      if (index % 3 === 0 && row) snapshots.update(row, { fails: true })
      return id
    })
  )
  expect(await world.advance({ by: HOUR })).toMatchObject({ completed: 300 })
  const count = (state: 'failed' | 'available') => world.perform('plain', (cloud) => cloud.countSnapshots({ state }))
  expect([count('failed'), count('available')]).toEqual([50, 100])
  const states = world.perform('plain', (cloud) => ids.map((id) => cloud.findSnapshot(id)?.state))
  expect(states).toEqual(ids.map((_, index) => (index % 3 === 0 ? 'failed' : 'available')))
  // Both kinds expire.
  expect(await world.advance({ by: DAY })).toMatchObject({ snapshotsExpired: 150 })
  expect([count('failed'), count('available')]).toEqual([0, 0])
  await core.close()
})
