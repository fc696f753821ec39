import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { askAll } from '../../src/compare/asking/ask.ts'
import { createLedger, DEFAULT_BUDGET } from '../../src/compare/asking/budget.ts'
import { THINGS } from '../../src/compare/asking/index.ts'
import { taggedThings } from '../../src/compare/asking/removal.ts'
import { probesFor } from '../../src/compare/asking/upstream.ts'
import { createCaller } from '../../src/compare/caller.ts'
import { baidu } from '../../src/compare/clouds/baidu.ts'
import { CATALOGUES } from '../../src/compare/probes/index.ts'
import { comparedCloud } from '../../src/compare/recorded.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { createSender } from '../../src/upstream/send.ts'
import { type Surroundings, typed } from '../cli/lines.ts'
import { realSide } from './other-side.ts'

const KEYS = [{ id: 'theirs', secret: 'their secret' }]
const ENV = {
  ZENLAYERCLOUD_ACCESS_KEY_ID: 'theirs',
  ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: 'their secret',
  BAIDUCLOUD_ACCESS_KEY: 'theirs',
  BAIDUCLOUD_SECRET_KEY: 'their secret'
}
const CLOUDS = ['zenlayer', 'baidu'] as const
type CloudName = (typeof CLOUDS)[number]

async function start(settings: Readonly<Record<string, boolean | number | string>> = {}): Promise<Snapstand> {
  const server = await startSnapstand({ auth: 'strict', keys: KEYS })
  await server.world('theirs').settings.patch({
    'delays.snapshotCreateMs': 100,
    'delays.diskCreateMs': 50,
    'delays.rollbackMs': 100,
    ...settings
  })
  return server
}

function compare(server: Pick<Snapstand, 'url'>, cloud: string, words: readonly string[], more: Surroundings = {}) {
  const common = ['compare', '--upstream', server.url, '--cloud', cloud, '--poll', '20ms']
  // Signals are no concern of these tests.
  return typed([...common, ...words], { env: ENV, ended: () => new Promise(() => {}), ...more })
}

/** What takes time takes what it takes by default. */
const USUAL = { 'delays.snapshotCreateMs': 300, 'delays.diskCreateMs': 300, 'delays.rollbackMs': 300 }

/** What a world holds of a cloud. */
async function holds(server: Snapstand, cloud: CloudName) {
  const { resources } = server.world('theirs')
  const lists = await Promise.all(
    (['volumes', 'snapshots', 'policies'] as const).map((kind) => resources.list(cloud, kind))
  )
  return lists.map(({ total }) => total)
}

/** The calls that it answered. */
async function operationsAsked(server: Snapstand): Promise<readonly string[]> {
  const { requests } = await server.world('theirs').requests.list({ limit: 1000 })
  return requests.map(({ operation }) => operation ?? 'unknown')
}

test.for(CLOUDS)(
  'without --write nothing is made, and an unchanged Snapstand answers every probe alike: %s',
  async (cloud) => {
    await using server = await start(USUAL)
    const before = await holds(server, cloud)
    const { code, out, err } = await compare(server, cloud, ['--json'])
    const report = JSON.parse(out)
    expect(report.differences).toEqual([])
    expect(code, err).toBe(0)
    expect(report.probes.length).toBeGreaterThan(8)
    expect(report.probes.filter(({ isSame }: { isSame: boolean }) => !isSame)).toEqual([])
    expect(report.spent).toMatchObject({ disks: 0, gib: 0 })
    expect(await holds(server, cloud)).toEqual(before)
    expect(err).toContain('nothing is made or changed there')
  }
)

test.for([
  ['zenlayer', { 'zenlayer.recycleBin': true }, '14'],
  ['baidu', { 'baidu.acceptWeekday7': true }, 'Q1']
] as const)('--write finds another setting of %s, and leaves nothing behind', async ([cloud, settings, question]) => {
  await using server = await start({ ...USUAL, ...settings })
  const before = await holds(server, cloud)
  const { out, err } = await compare(server, cloud, ['--write', '--yes', '--json', '--only', `${question}`])
  const report = JSON.parse(out)
  expect(report.settings, err).toMatchObject(settings)
  expect(report.left).toEqual({ things: [] })
  expect(report.probes).toMatchObject([{ question, isSame: false }])
  expect(await holds(server, cloud)).toEqual(before)
})

test.for(CLOUDS)(
  'every probe that writes comes to its end, and leaves nothing behind: %s',
  { timeout: 240_000 },
  async (name) => {
    await using server = await start()
    const before = await holds(server, name)
    const [catalogue, things, cloud] = [CATALOGUES[name], THINGS[name], comparedCloud(name, '')]
    if (!catalogue || !things) throw new Error(name)
    const sender = createSender(new URL(server.url), cloud.provider, { keyId: 'theirs', secret: 'their secret' })
    const strange = createSender(new URL(server.url), cloud.provider, { keyId: 'nobody', secret: 'knows' })
    const asked = await askAll({
      ...{ cloud, catalogue, things, sender, strange, isWriting: true, budget: { ...DEFAULT_BUDGET, calls: 2000 } },
      ...{ tag: 'a-test', pollMs: 20, probes: probesFor(cloud, true, true) },
      instance: name === 'zenlayer' ? '1700000000000000001' : 'i-Starter1'
    })
    sender.close()
    strange.close()
    expect(asked.broken).toBe(undefined)
    expect(asked.left).toEqual({ things: [] })
    expect(await holds(server, name)).toEqual(before)
    expect(asked.probes.map(({ probe, reason }) => [probe.question, reason])).toEqual(
      catalogue.probes.map(({ question }) => [question, undefined]).toSorted(byQuestion)
    )
  }
)

const byQuestion = ([one = '']: readonly (string | undefined)[], [other = '']: readonly (string | undefined)[]) =>
  one.localeCompare(other, 'en', { numeric: true })

test('what it will do is told and asked for, and nothing is sent before', async () => {
  await using server = await start()
  const refused = await compare(server, 'zenlayer', ['--write'])
  expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--yes: is missing') })
  expect(refused.err).toContain('costs money: up to 12 disks with 260 GiB')
  const asked: string[] = []
  const ask = async (question: string) => {
    asked.push(question)
    return 'no'
  }
  expect(await compare(server, 'zenlayer', ['--write'], { ask })).toMatchObject({ code: 1, out: '' })
  expect(asked).toHaveLength(1)
  expect(await operationsAsked(server)).toEqual([])
})

test('it does not start where things of the tag are there already', async () => {
  await using server = await start()
  const { resources } = server.world('theirs')
  const make = ['--write', '--yes', '--only', '9']
  await server
    .world('theirs')
    .faults.put('stays', { operation: 'DeleteAutoSnapshotPolicies', then: { error: 'SERVICE_TEMPORARY_UNAVAILABLE' } })
  await compare(server, 'zenlayer', ['--write', '--yes', '--only', '25'])
  const { resources: items } = await resources.list('zenlayer', 'policies')
  expect(items).toHaveLength(1)
  await server.world('theirs').faults.clear()
  await server.world('theirs').requests.clear()
  const refused = await compare(server, 'zenlayer', make)
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toContain('--tag snapstand-compare: there are things of it already: policy')
  expect(new Set(await operationsAsked(server))).toEqual(
    new Set(['DescribeZones', 'DescribeSnapshots', 'DescribeAutoSnapshotPolicies', 'DescribeDisks'])
  )
  expect((await compare(server, 'zenlayer', [...make, '--tag', 'another'])).code).toBe(0)
  expect((await resources.list('zenlayer', 'policies')).resources).toHaveLength(1)
})

test('what cannot be removed is told, and the end is no success', async () => {
  await using server = await start()
  const { faults } = server.world('theirs')
  await faults.put('stays', { operation: 'ReleaseDisk', then: { error: 'SERVICE_TEMPORARY_UNAVAILABLE' } })
  const { code, err } = await compare(server, 'zenlayer', ['--write', '--yes', '--only', '22'])
  expect(code).toBe(1)
  expect(err).toMatch(/left there, remove it by hand: disk \d{19} snapstand-compare-disk/)
  expect(err).toMatch(/ReleaseDisk was answered \d{3} SERVICE_TEMPORARY_UNAVAILABLE/)
})

test('an answer that tells an empty id is no reason to remove what has none of its own', async () => {
  await using server = await start()
  const { resources, faults } = server.world('theirs')
  const theirs = realSide(server.url, baidu, { keyId: 'theirs', secret: 'their secret' })
  await theirs.ask('CreateAsp', { body: { name: 'mine', timePoints: [0], repeatWeekdays: [1], retentionDays: 1 } })
  await theirs.ask('CreateSnapshot', { body: { volumeId: 'v-Starter2', snapshotName: 'mine' } })
  await theirs.until('Available', 'ListSnapshots')
  theirs.end()
  const before = await holds(server, 'baidu')
  expect(before).toMatchObject([2, 1, 1])
  await faults.put('empty', { operation: 'CreateVolume', then: { status: 200, body: { volumeIds: [''] } } })
  const { err } = await compare(server, 'baidu', ['--write', '--yes', '--only', 'Q22'])
  expect(err).toContain('Removing what was made.')
  expect(await operationsAsked(server)).toContain('CreateVolume')
  expect(await holds(server, 'baidu')).toEqual(before)
  expect((await resources.list('baidu', 'volumes')).resources.map(({ id }) => id)).toContain('v-Starter2')
})

test.for(CLOUDS)('a list that is none says nothing about what is left: %s', async (name) => {
  const [things, cloud] = [THINGS[name], comparedCloud(name, '')]
  if (!things) throw new Error(name)
  const look = (body: string) => {
    const sender = { send: async () => ({ status: 200, headers: [], body: Buffer.from(body) }), close() {} }
    const caller = createCaller({ cloud, sender, strange: sender })
    return taggedThings({ caller, ledger: createLedger(DEFAULT_BUDGET), things, tag: 'mine', made: new Map() })
  }
  for (const body of ['<html>come in</html>', '"fine"', '[]', '']) {
    await expect(look(body)).rejects.toThrow(/was answered 200, with no list$/)
  }
  expect(await look(name === 'zenlayer' ? '{"response":{"dataSet":null}}' : '{}')).toEqual([])
})

test('an interruption in the middle removes what was made', async () => {
  await using server = await start({ 'delays.diskCreateMs': 3000 })
  const before = await holds(server, 'zenlayer')
  const events = server.world('theirs').events()
  const ended = async () => {
    for await (const event of events) {
      if (event.type === 'request' && event.operation === 'CreateDisks') return
    }
  }
  const { code, err } = await compare(server, 'zenlayer', ['--write', '--yes', '--only', '6,14'], { ended })
  await events.close()
  expect(err).toContain('interrupted before all was asked')
  expect(code).toBe(1)
  expect(await holds(server, 'zenlayer')).toEqual(before)
})

test.for([
  ['calls=60', 60, 12, 260],
  ['disks=1', 600, 1, 260],
  ['gib=30', 600, 12, 30]
] as const)('a budget of %s is never exceeded', async ([budget, calls, disks, gib]) => {
  await using server = await start()
  const before = await holds(server, 'zenlayer')
  const { out, err } = await compare(server, 'zenlayer', [
    '--write',
    '--yes',
    '--json',
    '--only',
    '4,7,14',
    '--budget',
    budget
  ])
  const { spent, probes } = JSON.parse(out)
  expect(spent.calls, err).toBeLessThanOrEqual(calls)
  expect(spent.disks).toBeLessThanOrEqual(disks)
  expect(spent.gib).toBeLessThanOrEqual(gib)
  const asked = await operationsAsked(server)
  expect(asked.length).toBeLessThanOrEqual(calls)
  expect(asked.filter((operation) => operation === 'CreateDisks').length).toBeLessThanOrEqual(disks + 1)
  expect(probes.some(({ reason = '' }: { reason?: string }) => /it would take more|of \d+ calls/.test(reason))).toBe(
    true
  )
  expect(await holds(server, 'zenlayer')).toEqual(before)
})

test('a budget that does not last for a first look is told', async () => {
  await using server = await start()
  for (const words of [
    ['--budget', 'calls=10'],
    ['--budget', 'calls=28', '--write', '--yes']
  ]) {
    const { code, err } = await compare(server, 'zenlayer', words)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('the budget is too small: of') })
  }
  expect((await operationsAsked(server)).filter((operation) => !operation.startsWith('Describe'))).toEqual([])
})

test('a cloud that does not answer is exit code 3, one that refuses the key is told', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const address: AddressInfo | string | null = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  await new Promise((done) => server.close(done))
  expect(await compare({ url }, 'zenlayer', [])).toMatchObject({
    code: 3,
    err: expect.stringContaining('does not answer')
  })
  await using other = await startSnapstand({ auth: 'strict', keys: [{ id: 'theirs', secret: 'another secret' }] })
  const refused = await compare(other, 'zenlayer', [])
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('AUTHFAILURE_SIGNATURE_FAILURE') })
  expect(refused.err).not.toContain('their secret')
})

test.for([
  [['--budget', 'much'], '--budget'],
  [['--tag', '9'], '--tag'],
  [['--only', '14'], '--only'],
  [['--cloud', 'zenlajer'], 'zenlayer'],
  [['--upstream', 'ftp://x'], '--upstream'],
  [['--ca', 'package.json'], '--ca: package.json holds no certificate'],
  [['folder'], '--upstream']
] as const)('%s is told in a line', async ([words, where]) => {
  const { code, out, err } = await compare({ url: 'http://127.0.0.1:9' }, 'zenlayer', words)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(where)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})
