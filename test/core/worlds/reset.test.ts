import { expect, test, vi } from 'vitest'
import { at, dailyWorld, newPolicy, newVolume } from '../fake-cloud.ts'

const DAY = 86_400_000

test('worlds never see each other, and a reset one is new', async () => {
  const { core, world, snapshots } = await dailyWorld()
  const other = core.world('other')
  await world.advance({ by: 5 * DAY })
  expect(other.now()).toBe(at('2026-01-05T08:00Z'))
  expect(other.perform('plain', (cloud) => cloud.pageOfVolumes({}, { offset: 0, limit: 10 })).total).toBe(0)
  expect(snapshots().total).toBe(5)
  await world.reset()
  expect(snapshots().total).toBe(0)
  expect(world.now()).toBe(at('2026-01-05T08:00Z'))
  expect(world.perform('plain', (cloud) => cloud.createVolume(newVolume)).id).toBe('volume-1')
})

test('a reset stops an advance between two batches', async () => {
  const { world } = await dailyWorld()
  world.perform('plain', (cloud) => {
    for (let i = 0; i < 200; i++) {
      const policy = cloud.createPolicy({ ...newPolicy, hours: [1, 2, 3, 4, 5, 6] })
      cloud.bindVolume(policy, cloud.createVolume(newVolume))
    }
  })
  const advance = world.advance({ by: 100 * DAY })
  await vi.waitUntil(() => world.clock().advancing !== undefined, { interval: 1, timeout: 10_000 })
  await world.reset()
  await expect(advance).rejects.toMatchObject({ reason: 'stopped' })
  expect(world.now()).toBe(at('2026-01-05T08:00Z'))
})
