import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareRecorded } from '../../src/compare/explaining/explain.ts'
import { openStage, type Stage } from '../../src/compare/replay/stage.ts'
import { FLOWS, otherSide, startOther } from './other-side.ts'

const stages = new Map<string, Stage>()
beforeAll(async () => {
  for (const [cloud] of FLOWS) stages.set(cloud.provider.name, await openStage(cloud.provider))
})
afterAll(async () => {
  for (const stage of stages.values()) await stage.close()
})

function stageOf(name: string): Stage {
  const stage = stages.get(name)
  if (!stage) throw new Error(`no stage for ${name}`)
  return stage
}

test.for(FLOWS.map(([cloud, flow]) => [cloud.provider.name, cloud, flow] as const))(
  'an unchanged Snapstand differs in nothing: %s',
  async ([name, cloud, flow]) => {
    await using server = await startOther()
    const side = otherSide(server, cloud)
    await flow(side)
    const { findings, replay } = await compareRecorded(stageOf(name), side)
    expect({ findings, notPlayed: replay.notPlayed }).toEqual({ findings: [], notPlayed: [] })
    expect(replay.answers.length).toBeGreaterThan(20)
  }
)

test('another clock there is no difference: what was recorded is played at its time', async () => {
  const [[cloud, flow]] = FLOWS
  await using server = await startOther()
  const side = otherSide(server, cloud)
  await flow(side)
  const AHEAD_MS = 3 * 3_600_000 + 20_000
  const recorded = { ...side, exchanges: side.exchanges, startedAt: side.startedAt - AHEAD_MS }
  const { findings, replay } = await compareRecorded(stageOf(cloud.provider.name), recorded)
  expect(findings).toEqual([])
  expect(Math.abs(replay.shiftMs - AHEAD_MS)).toBeLessThanOrEqual(1000)
})

test.for([
  ['disk categories', 'asia-east-1a', ['DescribeDiskCategory']],
  ['disk categories, before the one that was asked for', 'europe-north-1a', ['DescribeDiskCategory']],
  ['disk regions', 'asia-east-1a', ['DescribeDiskRegions']],
  ['disk regions, before that of the zone that was asked for', 'europe-north-1a', ['DescribeDiskRegions']],
  ['both', 'asia-east-1a', ['DescribeDiskRegions', 'DescribeDiskCategory']]
] as const)('a zone that was listed nowhere but among %s is there', async ([, zoneId, operations]) => {
  const [[cloud]] = FLOWS
  await using server = await startOther()
  const side = otherSide(server, cloud)
  const { zoneSet } = await side.ask('DescribeZones', { body: { zoneIds: [zoneId] } })
  expect(zoneSet).toHaveLength(1)
  for (const operation of operations) await side.ask(operation)
  const { findings } = await compareRecorded(stageOf(cloud.provider.name), side)
  expect(findings).toEqual([])
})

test('a call that is about who called is not played, and told', async () => {
  const [[cloud]] = FLOWS
  await using server = await startOther()
  const side = otherSide(server, cloud)
  await side.ask('DescribeZones')
  await side.caller.call('DescribeZones', {}, { headers: { 'x-zc-timestamp': '1' } })
  const exchanges = side.exchanges.map(({ change: _, ...exchange }) => exchange)
  const { findings, replay } = await compareRecorded(stageOf(cloud.provider.name), {
    ...side,
    startedAt: side.startedAt,
    exchanges
  })
  expect(findings).toEqual([])
  expect(replay.notPlayed).toEqual([
    { call: 1, reason: 'its answer is about who called: AUTHFAILURE_SIGNATURE_EXPIRED' }
  ])
})
