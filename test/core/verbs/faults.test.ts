import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FAULT_BYTES_MAX, FAULTS_MAX, type FaultRule } from '../../../src/core/model/fault-form.ts'
import { FaultRefused } from '../../../src/core/model/faults.ts'
import type { World } from '../../../src/core/model/world.ts'
import { dailyWorld, newVolume, startCore, storeOf } from '../fake-cloud.ts'

const call = { provider: 'plain', operation: 'Take', params: {}, query: {}, body: {}, resources: () => [] }
const meet = (world: World) => world.meet(call)?.rule.id
const lifeOf = (world: World, calls: number) => Array.from({ length: calls }, () => meet(world) ?? '.')
const countsOf = (world: World) => world.faults().map(({ rule, met, acted }) => [rule.id, met, acted])
const rule = (id: string, more: Partial<FaultRule> = {}): FaultRule => ({ id, then: { error: 'X' }, ...more })

test('the first rule that acts ends it; those before have met the call, those after not', () => {
  const world = startCore().world('w')
  world.putFault(rule('off', { enabled: false }))
  world.putFault(rule('other', { operation: 'Give' }))
  world.putFault(rule('later', { skip: 1, times: 1 }))
  world.putFault(rule('twice', { times: 2 }))
  world.putFault(rule('last'))
  expect(lifeOf(world, 5)).toEqual(['twice', 'later', 'twice', 'last', 'last'])
  expect(countsOf(world)).toEqual([
    ['off', 0, 0],
    ['other', 0, 0],
    ['later', 2, 1],
    ['twice', 2, 2],
    ['last', 2, 2]
  ])
})

test('a rule that is put again keeps its place and counts anew, one that is only switched goes on', () => {
  const world = startCore().world('w')
  for (const id of ['a', 'b']) world.putFault(rule(id))
  lifeOf(world, 3)
  world.putFault(rule('a', { enabled: false }))
  expect(countsOf(world)).toEqual([
    ['a', 3, 3],
    ['b', 0, 0]
  ])
  expect(lifeOf(world, 1)).toEqual(['b'])
  world.putFault(rule('a', { enabled: true }))
  expect(countsOf(world)[0]).toEqual(['a', 3, 3])
  world.putFault(rule('a'))
  expect(countsOf(world)[0]).toEqual(['a', 0, 0])
  expect(world.dropFault('a')).toBe(true)
  expect(world.dropFault('a')).toBe(false)
  expect(world.dropFault()).toBe(true)
  expect(world.faults()).toEqual([])
})

test('a world without rules asks its database once, and one that meets none writes nothing', () => {
  const world = startCore().world('w')
  meet(world)
  const { db } = storeOf(world)
  const changes = () => db.get<{ n: number }>('SELECT total_changes() AS n')
  const before = changes()
  lifeOf(world, 10)
  world.putFault(rule('other', { operation: 'Give' }))
  const put = changes()
  lifeOf(world, 10)
  expect(changes()).toEqual(put)
  expect(before).not.toEqual(put)
})

test('a draw is of the world’s own sequence: a run repeats, another world has another one', () => {
  const runOf = (name: string) => {
    const world = startCore().world(name)
    world.putFault(rule('half', { probability: 0.5 }))
    return lifeOf(world, 200)
  }
  const run = runOf('w')
  expect(runOf('w')).toEqual(run)
  expect(runOf('v')).not.toEqual(run)
  const acted = run.filter((each) => each !== '.').length
  expect(acted).toBeGreaterThan(60)
  expect(acted).toBeLessThan(140)
})

test('counts go with a checkpoint, a fork, an export and a rest', async () => {
  const core = startCore({ maxOpen: 1 })
  const world = core.world('w')
  world.putFault(rule('some', { probability: 0.5, times: 20 }))
  lifeOf(world, 7)
  await world.saveCheckpoint('then')
  const detached = await core.detach('w')
  await core.loadState('exported', detached.tables())
  detached.close()
  core.fork('w', 'then', 'forked')
  const run = lifeOf(world, 30)
  expect(lifeOf(core.world('forked'), 30)).toEqual(run)
  expect(lifeOf(core.world('exported'), 30)).toEqual(run)
  world.restoreCheckpoint('then')
  expect(lifeOf(world, 30)).toEqual(run)
  await world.reset()
  expect(world.faults()).toEqual([])
})

test('a rule of the server holds in every world after its own, and is counted in each', async () => {
  const core = startCore()
  core.faults.put(rule('all', { times: 2 }))
  const [one, two] = [core.world('one'), core.world('two')]
  one.putFault(rule('own', { times: 1 }))
  expect(lifeOf(one, 4)).toEqual(['own', 'all', 'all', '.'])
  expect(lifeOf(two, 3)).toEqual(['all', 'all', '.'])
  expect(countsOf(one)).toEqual([
    ['own', 1, 1],
    ['all', 2, 2]
  ])
  expect(core.faults.all()).toMatchObject([{ rule: { id: 'all' }, met: 4, acted: 4 }])
  // Put again, it counts anew everywhere; a reset gives a world its times back.
  core.faults.put(rule('all', { times: 1 }))
  expect(lifeOf(two, 2)).toEqual(['all', '.'])
  await two.reset()
  expect(lifeOf(two, 2)).toEqual(['all', '.'])
  expect(core.faults.drop('all')).toBe(true)
  expect(core.faults.drop('all')).toBe(false)
  expect(lifeOf(two, 1)).toEqual(['.'])
})

test('rules of both kinds and their counts outlive the server in a folder', async () => {
  const data = mkdtempSync(join(tmpdir(), 'snapstand-faults-'))
  try {
    const core = startCore({ data })
    core.faults.put(rule('gone', { times: 1 }))
    core.faults.put(rule('all', { skip: 1, times: 2 }))
    core.faults.drop('gone')
    core.world('w').putFault(rule('own', { times: 2 }))
    expect(lifeOf(core.world('w'), 3)).toEqual(['own', 'own', '.'])
    await core.close()
    const again = startCore({ data })
    expect(countsOf(again.world('w'))).toEqual([
      ['own', 2, 2],
      ['all', 1, 0]
    ])
    // One that is put again is never taken for the one before, also where that was the newest.
    again.faults.drop('all')
    again.faults.put(rule('all', { skip: 1, times: 1 }))
    expect(lifeOf(again.world('w'), 3)).toEqual(['.', 'all', '.'])
    await again.close()
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})

test('there are only so many rules, and none that is too long', () => {
  const world = startCore().world('w')
  for (let n = 0; n < FAULTS_MAX; n++) world.putFault(rule(`rule-${n}`))
  expect(() => world.putFault(rule('one more'))).toThrow(FaultRefused)
  world.putFault(rule('rule-0', { then: { delayMs: 1 } }))
  world.dropFault()
  const long = 'x'.repeat(FAULT_BYTES_MAX)
  expect(() => world.putFault(rule('long', { then: { status: 502, body: long } }))).toThrow(FaultRefused)
  expect(world.faults()).toEqual([])
})

test.for([0, 1000])('what a call makes that is meant to fail ends so, with a delay of %i ms', async (delayMs) => {
  const { world, ids } = await dailyWorld()
  world.changeSettings({ 'delays.snapshotCreateMs': delayMs, 'delays.diskCreateMs': delayMs })
  const make = (fails: boolean) =>
    world.perform(
      'plain',
      (cloud) => {
        const volume = cloud.findVolume(ids.volume)
        const instance = cloud.createInstance({ name: 'i', zone: 'z1', group: 'g', detail: {}, state: 'running' })
        const snapshot = volume && cloud.startSnapshot(volume, { name: 'x', expiresAt: null, detail: {} })
        const made = cloud.createVolume(newVolume)
        const attached = cloud.createVolume({ ...newVolume, attachTo: instance.n })
        return { snapshot: snapshot?.id ?? '', volume: made.id, attached: attached.id }
      },
      { fails }
    )
  const failed = make(true)
  await world.advance({ by: 5000 })
  const good = make(false)
  await world.advance({ by: 5000 })
  const endOf = (of: typeof failed) =>
    world.perform('plain', (cloud) => {
      const attached = cloud.findVolume(of.attached)
      return [
        cloud.findSnapshot(of.snapshot)?.state,
        cloud.findVolume(of.volume)?.activity,
        attached?.activity,
        attached?.instanceN !== null
      ]
    })
  expect(endOf(failed)).toEqual(['failed', 'failed', 'failed', false])
  expect(endOf(good)).toEqual(['available', 'idle', 'idle', true])
})
