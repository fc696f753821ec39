import { expect, test } from 'vitest'
import { zenlayer } from '../../src/compare/clouds/zenlayer.ts'
import type { Exchange } from '../../src/compare/exchange.ts'
import { compareRecorded } from '../../src/compare/explaining/explain.ts'
import { openStage } from '../../src/compare/replay/stage.ts'
import { otherSide, startOther } from './other-side.ts'

test('a state that was seen because an answer took its time is no difference', async () => {
  await using server = await startOther()
  const side = otherSide(server, zenlayer)
  const diskIds = ['1700000000000000102']
  await side.ask('DescribeDisks', { body: { diskIds } })
  const { snapshotId } = await side.ask('CreateSnapshot', { body: { diskId: diskIds[0], snapshotName: 'slow' } })
  const list = { body: { snapshotIds: [snapshotId] } }
  await side.ask('DescribeSnapshots', list)
  await side.until('"AVAILABLE"', 'DescribeSnapshots', list)
  // As if the way back had taken longer than the snapshot.
  const polls = side.exchanges.filter(({ operation }) => operation === 'DescribeSnapshots')
  const [first, last] = [polls[0], polls.at(-1)]
  const late = (exchange: Exchange): Exchange =>
    exchange === first ? { ...exchange, took: exchange.took + 350 } : exchange
  const kept = side.exchanges.filter((each) => !polls.includes(each) || each === first || each === last)
  const exchanges = kept
    .map(late)
    .map((each, index) => (index === kept.length - 1 ? { ...each, at: each.at + 400 } : each))
  const stage = await openStage(zenlayer.provider)
  const recorded = { ...side, startedAt: side.startedAt, exchanges }
  const { findings, explanations, replay } = await compareRecorded(stage, recorded)
  const unexplained = await compareRecorded(stage, recorded, { isExplaining: false })
  await stage.close()
  expect({ findings, explanations }).toEqual({ findings: [], explanations: [] })
  expect({ ...unexplained, replay: undefined }).toEqual({ findings: [], explanations: [], replay: undefined })
  expect(replay.findings).toMatchObject([{ kind: 'states', theirs: 'CREATING → AVAILABLE', ours: 'AVAILABLE' }])
})
