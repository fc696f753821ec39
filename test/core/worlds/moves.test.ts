import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Core } from '../../../src/core/model/core.ts'
import { WorldMoved } from '../../../src/core/model/world.ts'
import { newVolume, startCore } from '../fake-cloud.ts'

const HOUR = 3_600_000
const TO = 'http://127.0.0.1:7431'
const FROM = { from: 'http://127.0.0.1:7430', mode: 'system', keep: true, series: 0 } as const
const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snapstand-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const make = (core: Core, id = 'mine') => core.world(id).perform('plain', (cloud) => cloud.createVolume(newVolume).id)
const named = (core: Core) => core.worlds().map(({ id }) => id)

test('nothing changes in a world that leaves, and no time passes', async () => {
  const core = startCore({ clock: { mode: 'system' } })
  make(core)
  const world = core.world('mine')
  await world.saveCheckpoint('clean')
  await core.moves.leave('mine', TO, true)
  const rule = { id: 'slow', then: { delayMs: 1 } }
  const changes = [
    () => core.world('mine'),
    () => core.keep('mine', true),
    () => core.forget('mine'),
    () => core.fork('mine', 'clean', 'mine'),
    () => core.plantState('mine', () => undefined, {}),
    () => world.ready(),
    () => world.perform('plain', () => undefined),
    () => world.meet({ provider: 'plain', operation: 'X', params: {}, query: {}, body: {}, resources: () => [] }),
    () => world.putFault(rule),
    () => world.dropFault('slow'),
    () => world.setClock({ mode: 'manual' }),
    () => world.advance({ by: HOUR }),
    () => world.reset(),
    () => world.changeSettings({}),
    () => world.saveCheckpoint('again'),
    () => world.dropCheckpoint('clean'),
    () => world.restoreCheckpoint('clean')
  ]
  for (const change of changes) await expect((async () => change())(), String(change)).rejects.toThrow(WorldMoved)
  const { now, mode } = world.clock()
  expect(mode).toBe('manual')
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(world.clock().now).toBe(now)
  await core.moves.giveUp('mine', undefined)
  expect(world.clock().mode).toBe('system')
  make(core)
  await core.close()
})

test('what is under way in a world is done before it leaves, and what waits behind is refused', async () => {
  const core = startCore()
  make(core)
  const world = core.world('mine')
  const first = world.advance({ by: HOUR })
  const leaving = core.moves.leave('mine', TO, false)
  const second = world.advance({ by: HOUR })
  await expect(second).rejects.toThrow(WorldMoved)
  const { from, to } = await first
  expect(to - from).toBe(HOUR)
  expect(await leaving).toMatchObject({ way: 'away', mode: 'manual', isThere: true })
  expect(world.clock().now).toBe(to)
  await core.close()
})

test('who begins a move again has it, and the first gets no further', async () => {
  const core = startCore()
  make(core)
  const first = await core.moves.leave('mine', TO, false)
  const second = await core.moves.leave('mine', TO, false)
  for (const stale of [core.moves.finish('mine', first.move), core.moves.giveUp('mine', first.move)]) {
    await expect(stale).rejects.toMatchObject({ reason: 'replaced' })
  }
  expect(named(core)).toEqual(['mine'])
  await core.moves.finish('mine', second.move)
  expect(named(core)).toEqual([])
  expect(() => make(core)).toThrow(WorldMoved)
  await core.close()
})

test('what has come is neither put by another nor given up by the way', async () => {
  const [source, target] = [startCore(), startCore()]
  make(source)
  const { tables, close } = await source.detach('mine')
  const rows = [...tables()].map(({ name, columns, rows: each }) => ({ name, columns, rows: [...each] }))
  close()
  const first = target.moves.expect('mine', FROM)
  const second = target.moves.expect('mine', FROM)
  await expect(target.loadState('mine', rows, first.move)).rejects.toMatchObject({ reason: 'replaced' })
  await expect(target.loadState('mine', rows)).rejects.toThrow(WorldMoved)
  await expect(target.moves.finish('mine', second.move)).rejects.toMatchObject({ reason: 'unknown' })
  expect(() => target.world('mine')).toThrow(WorldMoved)
  expect(named(target)).toEqual([])
  await target.loadState('mine', rows, second.move)
  await expect(target.moves.giveUp('mine', undefined)).rejects.toMatchObject({ reason: 'copy' })
  await target.moves.finish('mine', second.move)
  expect(target.worlds()).toMatchObject([{ id: 'mine', keep: true, mode: 'system' }])
  expect(target.moves.series('mine')).toBe(1)
  await expect(target.loadState('mine', rows, second.move)).rejects.toMatchObject({ reason: 'unknown' })
  await Promise.all([source.close(), target.close()])
})

test.for([
  ['a world that the target has', (core: Core) => core.moves.expect('mine', FROM), 'there'],
  ['a world that there is not', (core: Core) => core.moves.leave('none', TO, false), 'unknown'],
  [
    'a world that is coming',
    async (core: Core) => {
      core.moves.expect('other', FROM)
      return core.moves.leave('other', TO, false)
    },
    'under-way'
  ],
  [
    'a world with checkpoints',
    async (core: Core) => {
      await core.world('mine').saveCheckpoint('clean')
      return core.moves.leave('mine', TO, false)
    },
    'checkpoints'
  ],
  [
    'a world that has left for elsewhere',
    async (core: Core) => {
      const { move } = await core.moves.leave('mine', TO, false)
      await core.moves.finish('mine', move)
      return core.moves.leave('mine', `${TO}9`, false)
    },
    'under-way'
  ]
] as const)('a move of %s is not begun', async ([, begin, reason]) => {
  const core = startCore()
  make(core)
  await expect((async () => begin(core))()).rejects.toMatchObject({ reason })
  await core.close()
})

test('marks outlive the server with its worlds, and a world that came keeps its series', async () => {
  const data = newFolder()
  const first = startCore({ data, clock: { mode: 'system' } })
  for (const id of ['gone', 'going', 'back']) make(first, id)
  const { move } = await first.moves.leave('gone', TO, false)
  await first.moves.finish('gone', move)
  await first.moves.leave('going', TO, false)
  await first.moves.finish('back', (await first.moves.leave('back', TO, false)).move)
  first.moves.expect('back', { ...FROM, series: 1 })
  first.moves.expect('coming', FROM)
  const before = first.moves.all()
  await first.close()
  const second = startCore({ data, clock: { mode: 'system' } })
  expect(second.moves.all()).toEqual(before)
  expect(before.map(({ world, way, isThere }) => [world, way, isThere])).toEqual([
    ['back', 'here', false],
    ['coming', 'here', false],
    ['going', 'away', true],
    ['gone', 'away', false]
  ])
  for (const id of ['gone', 'going', 'back', 'coming']) expect(() => make(second, id), id).toThrow(WorldMoved)
  // Given up, what had left before has left again.
  await second.moves.giveUp('back', undefined)
  expect(second.moves.find('back')).toMatchObject({ way: 'away', url: TO })
  await second.moves.giveUp('going', undefined)
  expect(second.world('going').clock().mode).toBe('system')
  make(second, 'going')
  await second.close()
})

test('a world that is moved is not dropped for another', async () => {
  const core = startCore({ maxWorlds: 2 })
  make(core, 'mine')
  await core.moves.leave('mine', TO, false)
  for (const id of ['a', 'b', 'c']) make(core, id)
  expect(named(core)).toEqual(['mine', 'c'])
  await core.close()
})
