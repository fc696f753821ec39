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
