import { expect, test } from 'vitest'
import type { World } from '../../../src/core/model/world.ts'
import type { OpenWorld } from '../../../src/core/worlds/world.ts'
import { at, newPolicy, newVolume, startCore } from '../fake-cloud.ts'

const DAY = 86_400_000

test('worlds that rest differ in nothing from worlds that stay open', async () => {
  const states: string[] = []
  for (const maxOpen of [3, 1000]) {
    const core = startCore({ maxOpen })
    const ids = Array.from({ length: 50 }, (_, n) => `run-${n}`)
    for (const round of [1, 2, 3]) {
      for (const id of ids) {
        const world = core.world(id)
        await world.ready()
        world.perform('plain', (cloud) => {
          const policy = cloud.createPolicy({ ...newPolicy, hours: [round] })
          cloud.bindVolume(policy, cloud.createVolume(newVolume))
        })
        if (round === 2) await world.advance({ by: DAY * (id.length % 3) })
      }
    }
    await Promise.all(ids.map((id) => core.world(id).advance({ by: 3 * DAY })))
    states.push(
      JSON.stringify(
        ids.map((id) => [
          core.world(id).clock(),
          core
            .world(id)
            .perform('plain', (cloud) => [
              cloud.pageOfSnapshots({}, { offset: 0, limit: 100 }),
              cloud.pageOfVolumes({}, { offset: 0, limit: 100 })
            ])
        ])
      )
    )
  }
  expect(states[0]).toBe(states[1])
  expect(states[0]?.length).toBeGreaterThan(50_000)
})

test('a resting world on a system clock is woken when something falls due', async () => {
  const core = startCore({ maxOpen: 1, clock: { mode: 'system', at: at('2026-01-05T08:59:59.900Z') } })
  const world = core.world('sleeper')
  await world.ready()
  world.perform('plain', (cloud) => {
    cloud.bindVolume(cloud.createPolicy(newPolicy), cloud.createVolume({ ...newVolume, activity: 'idle' }))
  })
  await core.world('other').ready()
  core.world('other').perform('plain', () => {})
  expect(core.worlds().map((each) => each.id)).toEqual(['sleeper', 'other'])
  await new Promise((resolve) => setTimeout(resolve, 250))
  const total = world.perform('plain', (cloud) => cloud.pageOfSnapshots({}, { offset: 0, limit: 9 })).total
  expect(total).toBe(1)
  await core.close()
})

test('past the bound of worlds the least recently used one goes, but none that is kept', async () => {
  const core = startCore({ maxWorlds: 2 })
  core.world('a')
  core.keep('a', true)
  core.world('b')
  core.world('c')
  expect(core.worlds().map((each) => each.id)).toEqual(['a', 'c'])
  core.keep('c', true)
  expect(() => core.world('d')).toThrow('2 worlds already')
})

test('who asks which worlds there are wakes none of them', async () => {
  const core = startCore({ maxOpen: 2 })
  for (let n = 0; n < 20; n++) {
    const world = core.world(`run-${n}`)
    await world.ready()
    world.perform('plain', (cloud) => cloud.createVolume(newVolume))
  }
  const isOpen = (world: World | undefined) => (world as OpenWorld).isOpen
  const open = () => core.worlds().filter(({ id }) => isOpen(core.peek(id))).length
  expect(open()).toBeLessThan(5)
  const before = open()
  expect(core.worlds()).toHaveLength(20)
  expect(core.survey()).toMatchObject({ count: 20, damaged: [] })
  expect(open()).toBe(before)
  // A reset world is as new, and rests until it is called.
  for (const { id } of core.worlds()) await core.peek(id)?.reset()
  expect(core.worlds().every(({ now }) => now === at('2026-01-05T08:00:00Z'))).toBe(true)
  expect(open()).toBeLessThan(5)
  await core.close()
})
