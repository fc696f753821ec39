import { afterAll, beforeAll, expect, test } from 'vitest'
import { baidu } from '../../src/compare/clouds/baidu.ts'
import { zenlayer } from '../../src/compare/clouds/zenlayer.ts'
import { compareRecorded } from '../../src/compare/explaining/explain.ts'
import { openStage, type Stage } from '../../src/compare/replay/stage.ts'
import { otherSide, startOther, zenlayerFlow } from './other-side.ts'

let inZenlayer: Stage
let inBaidu: Stage
beforeAll(async () => {
  inZenlayer = await openStage(zenlayer.provider)
  inBaidu = await openStage(baidu.provider)
})
afterAll(async () => {
  await inZenlayer.close()
  await inBaidu.close()
})

/** What a comparison finds where the other side is a Snapstand with other settings, short enough to read. */
async function foundWith(
  settings: Readonly<Record<string, boolean | number | string>>,
  [cloud, stage, flow]: readonly [typeof zenlayer, Stage, typeof zenlayerFlow]
) {
  await using server = await startOther(settings)
  const side = otherSide(server, cloud)
  await flow(side)
  const { findings, explanations } = await compareRecorded(stage, side)
  return {
    findings: findings.map(({ kind, operation, where, theirs, ours }) => [kind, operation, where, theirs, ours]),
    explanations: Object.fromEntries(explanations.map(({ setting, value }) => [setting, value])),
    explained: new Set(explanations.flatMap(({ explains }) => explains)).size
  }
}

const ofDisks: typeof zenlayerFlow = async ({ ask, until, wait }) => {
  await ask('DescribeZones')
  await ask('DescribeDisks')
  const made = await ask('CreateDisks', { body: { zoneId: 'asia-east-1a', diskName: 'one', diskSize: 20 } })
  const diskId = Array.isArray(made.diskIds) ? String(made.diskIds[0]) : ''
  await until('"AVAILABLE"', 'DescribeDisks', { body: { diskIds: [diskId] } })
  for (const snapshotName of ['first', 'second', 'third']) {
    await ask('CreateSnapshot', { body: { diskId, snapshotName } })
    await until('"diskStatus":"AVAILABLE"', 'DescribeDisks', { body: { diskIds: [diskId] } })
  }
  await ask('DescribeSnapshots', { body: { diskIds: [diskId] } })
  await ask('ReleaseDisk', { body: { diskId } })
  await wait(700)
  await ask('DescribeDisks', { body: { diskIds: [diskId] } })
}

test('a quota is found, and how many it allows', async () => {
  const { findings, explanations, explained } = await foundWith({ 'zenlayer.snapshotQuota': 2 }, [
    zenlayer,
    inZenlayer,
    ofDisks
  ])
  expect(findings).toContainEqual(['status', 'CreateSnapshot', '', '400', '200'])
  expect(findings).toContainEqual(['code', 'CreateSnapshot', 'code', 'INVALID_SNAPSHOT_QUOTA_EXCEED', '(success)'])
  expect(explanations).toEqual({ 'zenlayer.snapshotQuota': 2 })
  expect(explained).toBe(findings.length)
})

test('the recycle bin is found', async () => {
  const { findings, explanations, explained } = await foundWith({ 'zenlayer.recycleBin': true }, [
    zenlayer,
    inZenlayer,
    ofDisks
  ])
  expect(findings.length).toBeGreaterThan(0)
  expect(explanations).toEqual({ 'zenlayer.recycleBin': true })
  expect(explained).toBe(findings.length)
})

test('a cloud that takes longer than the usual differs in nothing, for states are compared and not how long they last', async () => {
  const slow = await foundWith({ 'delays.zenlayer.rollbackMs': 1500 }, [zenlayer, inZenlayer, zenlayerFlow])
  expect(slow).toEqual({ findings: [], explanations: {}, explained: 0 })
})

test('a cloud that takes no time for one thing is found', async () => {
  const quick = await foundWith({ 'delays.zenlayer.rollbackMs': 0 }, [zenlayer, inZenlayer, zenlayerFlow])
  expect(quick.findings).toContainEqual([
    'states',
    'DescribeDisks',
    'response.dataSet[].diskStatus',
    'CREATING → AVAILABLE → DELETING',
    'CREATING → AVAILABLE → ROLLING_BACK → DELETING'
  ])
  expect(quick.explanations).toEqual({ 'delays.zenlayer.rollbackMs': 0 })
  expect(quick.explained).toBe(quick.findings.length)
})

test('what marks a volume is found', async () => {
  const flow: typeof zenlayerFlow = async ({ ask, until }) => {
    await ask('ListVolumes')
    await ask('CreateSnapshot', { body: { volumeId: 'v-Starter2', snapshotName: 'one' } })
    await ask('GetVolume', { params: { volumeId: 'v-Starter2' } })
    await until('"Available"', 'GetVolume', { params: { volumeId: 'v-Starter2' } })
  }
  const { findings, explanations } = await foundWith({ 'baidu.snapshotMarksVolume': true }, [baidu, inBaidu, flow])
  expect(findings).toEqual([
    ['states', 'ListVolumes', 'volumes[].status', 'Available → SnapshotProcessing → Available', 'Available']
  ])
  expect(explanations).toEqual({ 'baidu.snapshotMarksVolume': true })
})
