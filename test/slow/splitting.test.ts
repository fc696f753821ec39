import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Core } from '../../src/core/model/core.ts'
import { ClockRefused } from '../../src/core/model/world.ts'
import { dumpTables } from '../../src/core/store/tables.ts'
import { storeOf } from '../core/fake-cloud.ts'
import { start } from '../harness.ts'
import { type Deed, runHistory, STARTED_AT } from '../oracle/history.ts'
import { DAY } from '../oracle/naive.ts'
import { callReal, startReal } from '../oracle/real.ts'
import { histories } from '../oracle/steps.ts'

/** Where one advance is cut, as parts of its way. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 })

function stopsBetween(from: number, to: number, parts: readonly number[]): number[] {
  return [...parts.map((part) => from + Math.floor(part * (to - from))), to].sort((one, other) => one - other)
}

/** Does the deeds to a new world and returns all that it is afterwards. */
async function replay(core: Core, deeds: readonly Deed[], parts: readonly number[]): Promise<string> {
  await core.forget('split')
  const world = core.world('split')
  for (const deed of deeds) {
    if (deed.kind === 'setting') world.changeSettings(deed.patch)
    else if (deed.kind === 'call') {
      await world.ready()
      callReal(world, deed.cloud, deed.plan)
    } else if (deed.kind === 'set') {
      await world.setClock({ now: deed.to }).catch((error: unknown) => {
        if (!(error instanceof ClockRefused)) throw error
      })
    } else for (const stop of stopsBetween(world.now(), deed.to, parts)) await world.advance({ to: stop })
  }
  return dumped(world)
}

function dumped(world: ReturnType<Core['world']>): string {
  const tables = dumpTables(storeOf(world).db)
  return tables.map(({ name, columns, rows }) => JSON.stringify([name, columns, [...rows]])).join('\n')
}

test('an advance that is cut into many leaves byte for byte the same world', async () => {
  const core = startReal(STARTED_AT)
  let snapshots = 0
  await fc.assert(
    fc.asyncProperty(histories, cuts, async (steps, parts) => {
      const deeds: Deed[] = []
      await runHistory(core, steps, deeds)
      const whole = await replay(core, deeds, [])
      expect(await replay(core, deeds, parts)).toBe(whole)
      snapshots += whole.split('auto').length - 1
    }),
    { seed: 7, numRuns: 150 }
  )
  expect(snapshots).toBeGreaterThan(1000)
  await core.close()
})

const journeys = fc.array(fc.record({ call: fc.nat(7), ms: fc.integer({ min: 1, max: 4 * DAY }), parts: cuts }), {
  minLength: 3,
  maxLength: 8
})
type Journey = typeof journeys extends fc.Arbitrary<infer J> ? J : never

/** The calls of a journey over HTTP, and the journal that they leave behind: without what the wall clock says. */
async function journalOf(journey: Journey, isCut: boolean): Promise<string> {
  const { core, zenlayer, baidu, control, close } = await start()
  const ids = { zenlayer: '', baidu: '' }
  const calls = [
    () => zenlayer('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'by-hand' }),
    () => zenlayer('DescribeSnapshots', {}),
    () => zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: ids.zenlayer, diskIds: ['1700000000000000102'] }),
    () => zenlayer('ReleaseDisk', { diskId: 'none' }),
    () => baidu('GET', '/v2/snapshot'),
    () => baidu('PUT', `/v2/asp/${ids.baidu}?attach`, { volumeIds: ['v-Starter1'] }),
    () => baidu('POST', '/v2/snapshot', { volumeId: 'v-Starter2', snapshotName: 'by-hand', retentionInDays: 2 }),
    () => baidu('GET', '/v2/volume')
  ]
  const made = [
    await zenlayer('CreateAutoSnapshotPolicy', {
      zoneId: 'asia-east-1a',
      autoSnapshotPolicyName: 'daily',
      repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
      hours: [3, 9],
      retentionDays: 2
    }),
    await baidu('POST', '/v2/asp', { name: 'daily', timePoints: [5], repeatWeekdays: [0, 2, 4], retentionDays: 3 })
  ]
  const text = JSON.stringify(made.map((reply) => reply.body))
  ids.zenlayer = /"autoSnapshotPolicyId":"(\d+)"/.exec(text)?.[1] ?? ''
  ids.baidu = /"aspId":"([^"]+)"/.exec(text)?.[1] ?? ''
  await control('PATCH', '/settings', { 'delays.snapshotCreateMs': 3_600_000, 'delays.snapshotDeleteMs': 300 })
  const world = core.world('default')
  for (const { call, ms, parts } of journey) {
    await calls[call]?.()
    const to = world.now() + ms
    for (const stop of stopsBetween(world.now(), to, isCut ? parts : [])) {
      const moved = await control('POST', '/clock/advance', { to: new Date(stop).toISOString() })
      expect(moved.status).toBe(200)
    }
  }
  await calls[1]?.()
  await calls[4]?.()
  const entries = world.journal.entries().map(({ wallAt: _wallAt, durationMs: _durationMs, ...entry }) => entry)
  const all = `${JSON.stringify(entries)}\n${dumped(world)}`
  await close()
  return all
}

test('nor can the journal tell', async () => {
  await fc.assert(
    fc.asyncProperty(journeys, async (journey) => {
      const whole = await journalOf(journey, false)
      expect(whole).toContain('"operation":"DescribeSnapshots"')
      expect(await journalOf(journey, true)).toBe(whole)
    }),
    { seed: 11, numRuns: 15 }
  )
})
