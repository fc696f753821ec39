import { expect, test } from 'vitest'
import { AssertionFailed } from '../../../src/core/model/assert.ts'
import type { CoreOptions } from '../../../src/core/model/core.ts'
import type { World } from '../../../src/core/model/world.ts'
import { newPolicy, newVolume, plainRules, startCore, storeOf } from '../fake-cloud.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 5, 8)

/** A world whose policy fires daily at nine, on a clock that runs. */
async function runningWorld(options: Partial<CoreOptions> = {}, volumes = 1, hours: readonly number[] = [9]) {
  const core = startCore({ clock: { mode: 'system', at: START }, ...options })
  const world = core.world('w')
  await world.ready()
  const policy = world.perform('plain', (cloud) => {
    const made = cloud.createPolicy({ ...newPolicy, hours })
    for (let index = 0; index < volumes; index++) cloud.bindVolume(made, cloud.createVolume(newVolume))
    return made.id
  })
  const snapshots = () =>
    world.perform('plain', (cloud) => cloud.snapshotsFrom({}, { limit: 100_000 })).map((row) => row.createdAt)
  const past = (limit = 1000) => world.occurrences('plain', policy, { limit })?.past ?? []
  return { core, world, policy, snapshots, past }
}

/** As if nobody had been there for so long: the server was down, or its machine asleep. */
function beAway(world: World, ms: number): void {
  const store = storeOf(world)
  store.transaction(() => {
    store.row.anchorWall -= ms
  })
}
const dailyFrom = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => START + HOUR + (first + index) * DAY)

test('a world that nobody called for a month settles at its next call, each thing at its own instant', async () => {
  const { core, world, snapshots, past } = await runningWorld()
  beAway(world, 40 * DAY)
  await world.ready()
  // Kept for thirty days: the first ten have come and gone.
  expect(snapshots()).toEqual(dailyFrom(30, 10))
  expect(past().map((occurrence) => occurrence.at)).toEqual(dailyFrom(40))
  expect(past().every((occurrence) => occurrence.made === 1)).toBe(true)
  await core.close()
})

test('a call that does not wait for it is not served before it either', async () => {
  const { core, world, snapshots } = await runningWorld()
  beAway(world, 3 * DAY)
  expect(snapshots()).toEqual(dailyFrom(3))
  await core.close()
})

test('catching up beyond what one advance may make passes volumes over, and says so', async () => {
  const { core, world, snapshots, past } = await runningWorld({ maxAdvance: 10 }, 2)
  beAway(world, 20 * DAY)
  await world.ready()
  expect(snapshots()).toHaveLength(10)
  expect(
    past()
      .slice(0, 5)
      .map(({ made, skipped }) => ({ made, skipped }))
  ).toEqual(Array.from({ length: 5 }, () => ({ made: 2, skipped: [] })))
  for (const { made, skipped } of past().slice(5)) {
    expect({ made, skipped }).toEqual({
      made: 0,
      skipped: [{ reason: 'too-many', count: 2, volumes: ['volume-2', 'volume-3'] }]
    })
  }
  // What comes later is made again.
  beAway(world, DAY)
  await world.ready()
  expect(past().at(-1)).toMatchObject({ made: 2, skipped: [] })
  await core.close()
})

test('a clock that runs fires by itself', async () => {
  const { core, world, past } = await runningWorld()
  beAway(world, HOUR - 150)
  // A call arms the timer anew: the clock was moved behind its back.
  world.perform('plain', (cloud) => {
    for (const policy of cloud.policiesFrom({}, { limit: 1 })) cloud.changePolicy(policy, { name: 'armed' })
  })
  expect(past()).toEqual([])
  await world.setClock({ mode: 'system' })
  const until = Date.now() + 5000
  while (past().length === 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(past()).toMatchObject([{ at: START + HOUR, made: 1 }])
  await core.close()
})

test('a firing of many volumes is done in parts and is one occurrence', async () => {
  for (const count of [255, 256, 257, 3000]) {
    const core = startCore()
    const world = core.world('w')
    await world.ready()
    const id = world.perform('plain', (cloud) => {
      const policy = cloud.createPolicy(newPolicy)
      for (let index = 0; index < count; index++) {
        const volume = cloud.createVolume(newVolume)
        cloud.bindVolume(policy, index % 5 === 0 ? cloud.resizeVolume(volume, { sizeGiB: 30 }) : volume)
      }
      return policy.id
    })
    expect(await world.advance({ by: 2 * DAY })).toMatchObject({ firings: 2, snapshotsCreated: 2 * count })
    expect(world.occurrences('plain', id, { limit: 5 })?.past.map(({ made }) => made)).toEqual([count, count])
    await core.close()
  }
})

test('the volumes that a large firing passes over are all counted, and the first are named', async () => {
  const core = startCore()
  const world = core.world('w')
  world.changeSettings({ 'delays.plain.resizeMs': 10 * DAY })
  const id = world.perform('plain', (cloud) => {
    const policy = cloud.createPolicy(newPolicy)
    for (let index = 0; index < 700; index++) {
      cloud.bindVolume(policy, cloud.resizeVolume(cloud.createVolume(newVolume), { sizeGiB: 30 }))
    }
    return policy.id
  })
  expect(await world.advance({ by: DAY })).toMatchObject({ firings: 1, skipped: { 'volume-resizing': 700 } })
  const [occurrence] = world.occurrences('plain', id, { limit: 1 })?.past ?? []
  expect(occurrence?.skipped).toEqual([
    {
      reason: 'volume-resizing',
      count: 700,
      volumes: Array.from({ length: 20 }, (_, index) => `volume-${index + 2}`)
    }
  ])
  await core.close()
})

test('a policy keeps about its newest thousand occurrences', async () => {
  const core = startCore()
  const world = core.world('w')
  const id = world.perform('plain', (cloud) => {
    const policy = cloud.createPolicy({
      ...newPolicy,
      retentionDays: 1,
      hours: Array.from({ length: 24 }, (_, h) => h)
    })
    cloud.bindVolume(policy, cloud.createVolume(newVolume))
    return policy.id
  })
  await world.advance({ by: 100 * DAY })
  const past = world.occurrences('plain', id, { limit: 5000 })?.past ?? []
  expect(past).toHaveLength(1000)
  expect(past.at(-1)?.at).toBe(START + 100 * DAY)
  const stored = storeOf(world).db.get<{ count: number }>('SELECT count(*) AS count FROM occurrence')?.count
  expect(stored).toBeGreaterThanOrEqual(1000)
  expect(stored).toBeLessThan(1100)
  await core.close()
})

test('a full database passes firings over and goes on deleting', async () => {
  const { core, world, past } = await runningWorld({ clock: { mode: 'manual', at: START } }, 200, [9, 21])
  await world.advance({ by: 2 * DAY })
  const { db } = storeOf(world)
  const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
  db.get(`PRAGMA max_page_count = ${pages + 20}`)
  const report = await world.advance({ by: 60 * DAY })
  expect(report.firings).toBe(120)
  expect(report.skipped['world-full']).toBeGreaterThan(1000)
  // The first snapshots expire after thirty days, and make room.
  expect(report.snapshotsExpired).toBeGreaterThan(500)
  expect(report.snapshotsCreated).toBeGreaterThan(200)
  const reasons = past().flatMap(({ skipped }) => skipped.map(({ reason }) => reason))
  expect(new Set(reasons)).toEqual(new Set(['world-full']))
  const created = world.perform('plain', (cloud) => cloud.countSnapshots({}))
  expect(created).toBe(800 + report.snapshotsCreated - report.snapshotsExpired)
  await core.close()
})

test('what cannot be applied freezes the world, and nothing tries it again and again', async () => {
  let tries = 0
  const logged: string[] = []
  const { core, world } = await runningWorld({
    rules: {
      plain: {
        ...plainRules,
        automaticSnapshot: () => {
          tries++
          throw new AssertionFailed('a bug')
        }
      }
    },
    log: (message) => logged.push(message)
  })
  beAway(world, DAY)
  await expect(world.ready()).rejects.toThrow('a bug')
  await expect(world.ready()).rejects.toThrow('a bug')
  expect(() => world.perform('plain', () => {})).toThrow('a bug')
  await expect(world.advance({ by: DAY })).rejects.toThrow('a bug')
  expect(world.isFrozen).toBe(true)
  const { db } = storeOf(world)
  expect(db.serialize().length).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(tries).toBe(1)
  expect(logged.length).toBeLessThan(3)
  expect(world.agenda(1000).entries).toContainEqual(expect.objectContaining({ kind: 'fires', at: START + HOUR }))
  await world.reset()
  await world.ready()
  expect(world.isFrozen).toBe(false)
  expect(world.perform('plain', (cloud) => cloud.countSnapshots({}))).toBe(0)
  await core.close()
})

test('a long catching up is called once by the timer, not at each of its ticks', async () => {
  const { core, world, snapshots } = await runningWorld({}, 60)
  beAway(world, 120 * DAY)
  let calls = 0
  const { ready } = world
  Object.assign(world, {
    ready: () => {
      calls++
      return ready.call(world)
    }
  })
  await world.setClock({ mode: 'system' })
  expect(snapshots().length).toBe(60 * 30)
  expect(calls).toBeLessThan(3)
  await core.close()
})
