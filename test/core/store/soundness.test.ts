import { expect, test } from 'vitest'
import { TIMED_INSTANCE_STATES } from '../../../src/core/model/resources.ts'
import { startCore } from '../fake-cloud.ts'

const place = { zone: 'z1', group: 'g', detail: {} }

test('a world whose instances start, stop and reboot can be exported and brought back', async () => {
  const core = startCore()
  const world = core.world('w')
  world.changeSettings({ 'delays.instanceStartMs': 1000, 'delays.instanceStopMs': 1000 })
  world.perform('plain', (cloud) => {
    cloud.startInstance(cloud.createInstance({ ...place, name: 'a', state: 'stopped' }))
    cloud.stopInstance(cloud.createInstance({ ...place, name: 'b', state: 'running' }))
    cloud.rebootInstance(cloud.createInstance({ ...place, name: 'c', state: 'running' }))
  })
  const detached = await core.detach('w')
  await core.loadState('again', detached.tables())
  detached.close()
  const states = core
    .world('again')
    .perform('plain', (cloud) => cloud.instancesFrom({}, { limit: 10 }).map(({ state }) => state))
  expect(states).toEqual([...TIMED_INSTANCE_STATES])
})
