import { clouds as providers } from '../../src/clouds.ts'
import { createCore } from '../../src/core/create-core.ts'
import { DAY_MS } from '../../src/core/model/clock.ts'
import type { Core } from '../../src/core/model/core.ts'
import type { World } from '../../src/core/model/world.ts'
import type { ZenlayerShapes } from '../../src/providers/zenlayer/rules/shapes.ts'
import { plantSeed, seedOf } from '../../src/seed/seed.ts'
import { starterDocument } from '../../src/seed/starter.ts'
import { ZENLAYER_DISK } from '../measure/calls.ts'
import { type Curve, type Figure, type Result, spreadOf } from '../measure/result.ts'
import { fill, newCore } from '../year.ts'

const PAGE = 20
const SAMPLES = 301

function starterCore(): Core {
  const seed = seedOf(starterDocument, providers)
  return createCore({
    rules: Object.fromEntries(providers.map((provider) => [provider.name, provider.rules])),
    plant: (world) => plantSeed(seed, providers, world),
    clock: { mode: 'manual' },
    maxWorlds: 20_000
  })
}

function createSome(world: World, count: number, first: number): void {
  world.perform<ZenlayerShapes, void>('zenlayer', (cloud) => {
    const disk = cloud.findVolume(ZENLAYER_DISK)
    if (!disk) throw new Error('the starter disk is missing')
    for (let n = first; n < first + count; n++) {
      cloud.startSnapshot(disk, { name: `snapshot-${n}`, expiresAt: null, detail: { retentionTime: null } })
    }
  })
}

function pageAt(world: World, offset: number): void {
  const rows = world.perform<ZenlayerShapes, number>(
    'zenlayer',
    (cloud) => cloud.pageOfSnapshots({}, { offset, limit: PAGE }).rows.length
  )
  if (rows !== PAGE) throw new Error(`a page of ${rows} rows`)
}

/** Microseconds of each, one by one. */
function timesUs(count: number, work: (n: number) => void): readonly number[] {
  return Array.from({ length: count }, (_, n) => {
    const begin = performance.now()
    work(n)
    return (performance.now() - begin) * 1000
  })
}

type Point = readonly [x: number, y: number]

async function bySnapshots(counts: readonly number[]): Promise<Curve> {
  const core = starterCore()
  const world = core.world('growth')
  const [creates, firsts, lasts]: [Point[], Point[], Point[]] = [[], [], []]
  let made = 0
  for (const count of counts) {
    for (; made < count; made += 500) {
      createSome(world, Math.min(500, count - made), made)
      if (made % 50_000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    made = count
    firsts.push([count, spreadOf(timesUs(SAMPLES, () => pageAt(world, 0))).median])
    lasts.push([count, spreadOf(timesUs(SAMPLES, () => pageAt(world, count - PAGE))).median])
    creates.push([count, spreadOf(timesUs(SAMPLES, (n) => createSome(world, 1, count + n))).median])
    made += SAMPLES
  }
  await core.close()
  return {
    title: 'One world, by its snapshots',
    x: 'snapshots',
    y: 'µs',
    lines: [
      { name: 'create one', points: creates },
      { name: 'first page of 20', points: firsts },
      { name: 'last page of 20', points: lasts }
    ]
  }
}

async function byWorlds(counts: readonly number[]): Promise<Curve> {
  const [first, again]: [Point[], Point[]] = [[], []]
  for (const count of counts) {
    const core = starterCore()
    const worlds = Array.from({ length: count }, (_, n) => `world-${n}`)
    const calls = Math.max(count, 300)
    const call = (n: number) => createSome(core.world(worlds[n % count] ?? ''), 1, n)
    first.push([count, spreadOf(timesUs(count, call)).median])
    again.push([count, spreadOf(timesUs(calls, call)).median])
    await core.close()
  }
  return {
    title: 'Creates in turns, by the number of worlds (256 stay open)',
    x: 'worlds',
    y: 'µs',
    lines: [
      { name: 'the first of each', points: first },
      { name: 'the next of each', points: again }
    ]
  }
}

async function byDisks(counts: readonly number[]): Promise<Curve> {
  const points: Point[] = []
  for (const count of counts) {
    const core = newCore()
    const world = core.world('year')
    fill(world, count, 1, [9], 30)
    const begin = performance.now()
    await world.advance({ by: 365 * DAY_MS })
    points.push([count, performance.now() - begin])
    await core.close()
  }
  return {
    title: 'A year of daily snapshots, kept for 30 days, by the number of disks',
    x: 'disks',
    y: 'ms',
    lines: [{ name: 'one advance', points }]
  }
}

/** How what is done grows with what is there. */
export const growth: Figure = {
  name: 'growth',
  about: 'creates, pages, worlds and years by size',
  async run({ quick }) {
    const curves = [
      await byDisks(quick ? [1, 10] : [10, 100, 1000]),
      await bySnapshots(quick ? [100, 1000] : [1000, 10_000, 100_000, 1_000_000]),
      // Last: ten thousand databases that were closed keep the collector busy for a while.
      await byWorlds(quick ? [1, 10] : [1, 100, 10_000])
    ]
    return { results: [], curves }
  }
}

/** A pattern that is a word looks at every name; one with an engine of its own is refused where it takes too long. */
export const patterns: Figure = {
  name: 'names',
  about: 'a name pattern over 100,000 snapshots',
  async run({ quick }) {
    const core = starterCore()
    const world = core.world('names')
    const count = quick ? 1000 : 100_000
    for (let made = 0; made < count; made += 500) createSome(world, 500, made)
    const find = () =>
      world.perform<ZenlayerShapes, void>('zenlayer', (cloud) => {
        const { total } = cloud.pageOfSnapshots({ name: { contains: '99' } }, { offset: 0, limit: PAGE })
        if (total === 0) throw new Error('no names were found')
      })
    for (let n = 0; n < 3; n++) find()
    const value = spreadOf(timesUs(quick ? 3 : 21, find).map((us) => us / 1000))
    await core.close()
    const results: Result[] = [
      {
        name: 'names',
        what: `a word in the names of ${count.toLocaleString('en')} snapshots`,
        unit: 'ms',
        goal: 10,
        value
      }
    ]
    return { results }
  }
}
