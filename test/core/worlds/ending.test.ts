import { expect, test } from 'vitest'
import { ClockRefused, type World } from '../../../src/core/model/world.ts'
import { newPolicy, newVolume, startCore, storeOf } from '../fake-cloud.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 5, 8)

/** A world in which something happens every hour. */
async function busyWorld(mode: 'system' | 'manual') {
  const core = startCore({ clock: { mode, at: START }, maxAdvance: 1e9 })
  const world = core.world('w')
  await world.ready()
  world.perform('plain', (cloud) => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour)
    const policy = cloud.createPolicy({ ...newPolicy, hours, weekdays: [1, 2, 3, 4, 5, 6, 7] })
    for (let index = 0; index < 20; index++) cloud.bindVolume(policy, cloud.createVolume(newVolume))
  })
  return { core, world }
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => error
  )
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function underWay(world: World): Promise<void> {
  while (world.clock().now === START) await turn()
}

test('an advance stops between two batches when the server ends, and tells what it did', async () => {
  const { core, world } = await busyWorld('manual')
  const moved = outcome(world.advance({ by: 3650 * DAY }))
  const behind = outcome(world.advance({ by: DAY }))
  await underWay(world)
  core.stop()
  const stopped = await moved
  expect(stopped).toBeInstanceOf(ClockRefused)
  expect(stopped).toMatchObject({ reason: 'stopped', message: 'the server is ending' })
  const { now } = world.clock()
  expect(now).toBeGreaterThan(START)
  expect(now).toBeLessThan(START + 3650 * DAY)
  // All of it up to the clock's instant, and nothing after.
  const hours = Math.floor((now - START) / 3_600_000)
  expect(stopped).toMatchObject({ detail: { done: { firings: hours } } })
  expect(await behind).toMatchObject({ reason: 'stopped', detail: { done: { firings: 0 } } })
  // Calls are still answered.
  await world.ready()
  expect(world.perform('plain', (cloud) => cloud.pageOfSnapshots({}, { offset: 0, limit: 1 })).total).toBeGreaterThan(0)
  await core.close()
})

test('a call that waits for what fell due is refused when the server has ended, and nothing goes on behind it', async () => {
  const { core, world } = await busyWorld('system')
  const store = storeOf(world)
  store.transaction(() => {
    store.row.anchorWall -= 3650 * DAY
  })
  const waiting = outcome(world.ready())
  await turn()
  core.stop()
  await turn()
  await core.close()
  expect(await waiting).toMatchObject({ reason: 'stopped', message: 'the server has ended' })
  // The time is still told, by the anchor that it had.
  expect(world.now()).toBeGreaterThan(START)
  expect(await outcome(world.ready())).toBeInstanceOf(Error)
})
