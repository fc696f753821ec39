import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Core, CoreOptions, WorldSummary } from '../../../src/core/model/core.ts'
import type { World } from '../../../src/core/model/world.ts'
import { atOnce } from '../../../src/documents/slices.ts'
import { entry, newPolicy, newVolume, startCore } from '../fake-cloud.ts'

// What a reset, a restore, a rest, a restart and an import leave of a world: all that can be seen of one, member by member.
// A new member of World or of its summary does not compile here until it says how it comes through.

const DAY = 86_400_000

const cores: Core[] = []
const folders: string[] = []
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
function begin(options: Partial<CoreOptions> = {}): Core {
  const core = startCore(options)
  cores.push(core)
  return core
}

/** Members that make a world another one; or, as `ready`, say nothing. */
type Deed =
  | 'ready'
  | 'setClock'
  | 'advance'
  | 'stopAdvance'
  | 'reset'
  | 'changeSettings'
  | 'putFault'
  | 'dropFault'
  | 'meet'
type Checkpointing = 'saveCheckpoint' | 'dropCheckpoint' | 'restoreCheckpoint'
/** Of a summary, what the world itself does not say. */
type Summed = Exclude<keyof WorldSummary, keyof World | 'mode' | 'damaged'>

const rowsOf = (world: World) =>
  world.perform('plain', (cloud) => {
    const all = { offset: 0, limit: 1000 }
    return [cloud.pageOfVolumes({}, all), cloud.pageOfSnapshots({}, all), cloud.pageOfPolicies({}, all)]
  })
const summaryOf = (core: Core, world: World) => core.worlds().find(({ id }) => id === world.id)

const SAYS = {
  id: (_, world) => world.id,
  now: (_, world) => world.now(),
  clock: (_, world) => world.clock(),
  settings: (_, world) => world.settings(),
  perform: (_, world) => rowsOf(world),
  faults: (_, world) => world.faults().map(({ rule, met, acted, windowCount }) => [rule, met, acted, windowCount]),
  see: (_, world) => world.see('plain', (cloud) => cloud.pageOfVolumes({}, { offset: 0, limit: 1000 })),
  timeline: (_, world) => atOnce(world.timeline({ from: 0, to: world.now(), offset: 0, limit: 9, marks: 9 })),
  agenda: (_, world) => world.agenda(100),
  occurrences: (_, world) => world.occurrences('plain', 'policy-2', { limit: 5 }),
  checkpoints: (_, world) => world.checkpoints().map(({ name, at }) => [name, at]),
  journal: (_, world) => world.journal.entries().map(({ id }) => id),
  isFrozen: (_, world) => world.isFrozen,
  damage: (_, world) => world.damage,
  calls: (core, world) => summaryOf(core, world)?.calls,
  keep: (core, world) => summaryOf(core, world)?.keep
} satisfies Record<Exclude<keyof World, Deed | Checkpointing> | Summed, (core: Core, world: World) => unknown>
type Said = keyof typeof SAYS

/** All that can be seen of a world, each member by itself. */
function lookAt(core: Core, world: World): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(SAYS).map(([name, say]) => [name, JSON.stringify(say(core, world)) ?? 'undefined'])
  )
}

/** A world's life: what it was when it was saved, and what came after that, differ in every member that can. */
async function live(core: Core, world: World): Promise<Readonly<Record<'saved' | 'later', ReturnType<typeof lookAt>>>> {
  await world.ready()
  const happen = async (n: number, hour: number) => {
    world.changeSettings({ 'plain.limit': n })
    world.putFault({ id: `rule-${n}`, operation: 'Take*', then: { rate: { requests: 0, perSeconds: 1 }, delayMs: 1 } })
    world.meet({ provider: 'plain', operation: 'Take', params: {}, query: {}, body: {}, resources: () => [] })
    world.perform('plain', (cloud) => {
      const volume = cloud.createVolume(newVolume)
      cloud.bindVolume(cloud.createPolicy({ ...newPolicy, hours: [hour] }), volume)
    })
    world.journal.nextCall()
    world.journal.add(entry(n, { world: world.id }))
    await world.advance({ by: DAY })
  }
  await happen(1, 9)
  await world.saveCheckpoint('then')
  const saved = lookAt(core, world)
  await happen(2, 12)
  await world.setClock({ mode: 'system' })
  await world.setClock({ mode: 'manual', now: world.now() + DAY })
  core.keep(world.id, true)
  return { saved, later: lookAt(core, world) }
}

interface Way {
  readonly options?: () => Partial<CoreOptions>
  /** The world that comes of it, and the core that has it. */
  go(core: Core, world: World, options: Partial<CoreOptions>): Promise<readonly [Core, World]>
}
const WAYS = {
  reset: {
    async go(core, world) {
      await world.reset()
      return [core, world]
    }
  },
  restore: {
    async go(core, world) {
      world.restoreCheckpoint('then')
      return [core, world]
    }
  },
  rest: {
    options: () => ({ maxOpen: 1 }),
    async go(core, world) {
      const other = core.world('other')
      await other.ready()
      other.perform('plain', () => {})
      return [core, world]
    }
  },
  restart: {
    options: () => {
      const data = mkdtempSync(join(tmpdir(), 'snapstand-comes-through-'))
      folders.push(data)
      return { data }
    },
    async go(core, world, options) {
      await core.close()
      cores.splice(cores.indexOf(core), 1)
      const again = begin(options)
      return [again, again.world(world.id)]
    }
  },
  import: {
    async go(core, world) {
      const detached = await core.detach(world.id)
      const tables = detached.tables().map(({ rows, ...table }) => ({ ...table, rows: [...rows] }))
      detached.close()
      // Onto a world of another core that has had a life of its own.
      const elsewhere = begin()
      await elsewhere.loadState(world.id, tables)
      return [elsewhere, elsewhere.world(world.id)]
    }
  }
} satisfies Record<string, Way>

/** As it is now, as it was when it was saved, or as in a world that is new. */
type Outcome = 'now' | 'saved' | 'new'
const OUTCOMES: Readonly<Record<keyof typeof WAYS, Readonly<Record<Said, Outcome>>>> = {
  reset: { ...all('new'), checkpoints: 'now', keep: 'now' },
  restore: { ...all('saved'), checkpoints: 'now', journal: 'now', calls: 'now', keep: 'now' },
  rest: all('now'),
  restart: { ...all('now'), journal: 'new', calls: 'new', keep: 'new' },
  import: { ...all('now'), checkpoints: 'new', journal: 'new', calls: 'new', keep: 'new' }
}
/** What comes through in one way, but for what is named beside it. */
function all(outcome: Outcome): Record<Said, Outcome> {
  return {
    id: outcome,
    now: outcome,
    clock: outcome,
    settings: outcome,
    perform: outcome,
    faults: outcome,
    see: outcome,
    timeline: outcome,
    agenda: outcome,
    occurrences: outcome,
    checkpoints: outcome,
    journal: outcome,
    isFrozen: outcome,
    damage: outcome,
    calls: outcome,
    keep: outcome
  }
}

test.for(Object.entries<Way>(WAYS))('%s', async ([name, { options, go }]) => {
  const used = options?.() ?? {}
  const core = begin(used)
  const { saved, later } = await live(core, core.world('w'))
  const [owner, world] = await go(core, core.world('w'), used)
  const other = begin()
  const looks = { now: later, saved, new: lookAt(other, other.world('w')) }
  const expected = Object.entries(OUTCOMES).find(([way]) => way === name)?.[1]
  expect(Object.keys(expected ?? {})).toHaveLength(Object.keys(SAYS).length)
  const seen = lookAt(owner, world)
  for (const [member, outcome] of Object.entries(expected ?? {})) {
    expect(seen[member], `${member} after ${name}`).toBe(looks[outcome][member])
  }
})

test('the life that they are told from changes all that it can', async () => {
  const core = begin()
  const { saved, later } = await live(core, core.world('w'))
  const fresh = lookAt(core, core.world('fresh'))
  const same = Object.keys(SAYS).filter((member) => later[member] === saved[member] || saved[member] === fresh[member])
  expect(same.toSorted()).toEqual(['checkpoints', 'damage', 'id', 'isFrozen', 'keep'])
})
