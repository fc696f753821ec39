import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { typed } from '../cli/lines.ts'
import { FLOWS, otherSide, startOther, writtenDown } from './other-side.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-compare-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.for(FLOWS.map(([cloud, flow]) => [cloud.provider.name, cloud, flow] as const))(
  'a recording of an unchanged Snapstand differs in nothing: %s',
  async ([name, cloud, flow]) => {
    await using server = await startOther()
    const side = otherSide(server, cloud)
    await flow(side)
    const to = join(folder, name)
    await writtenDown(side, to)
    const { code, out, err } = await typed(['compare', to])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { length } = side.exchanges
    expect(out).toBe(`${name}: ${length} of ${length} calls played, 0 differences.\n`)
  }
)

test('differences end with 1, and the settings that explain them are written', async () => {
  await using server = await startOther({ 'zenlayer.diskNotFoundCode': 'OPERATION_FAILED_RESOURCE_NOT_FOUND' })
  const [[cloud]] = FLOWS
  const side = otherSide(server, cloud)
  await side.ask('DescribeDisks')
  await side.ask('CreateSnapshot', { body: { diskId: '1700000000000000999', snapshotName: 'none' } })
  const to = join(folder, 'another-code')
  await writtenDown(side, to)
  const settings = join(folder, 'settings.json')
  const told = await typed(['compare', to, '--settings', settings])
  expect(told).toMatchObject({ code: 1, err: 'snapstand: 1 difference\n' })
  expect(told.out).toContain('zenlayer.diskNotFoundCode="OPERATION_FAILED_RESOURCE_NOT_FOUND"')
  const changes = { 'zenlayer.diskNotFoundCode': 'OPERATION_FAILED_RESOURCE_NOT_FOUND' }
  expect(JSON.parse(await readFile(settings, 'utf8'))).toEqual(changes)
  const { out } = await typed(['compare', to, '--json'])
  expect(JSON.parse(out)).toEqual({
    cloud: 'zenlayer',
    calls: 2,
    notPlayed: [],
    clockAheadMs: 0,
    differences: [
      {
        kind: 'code',
        operation: 'CreateSnapshot',
        where: 'code',
        theirs: 'OPERATION_FAILED_RESOURCE_NOT_FOUND',
        ours: 'INVALID_DISK_NOT_FOUND',
        calls: [2],
        settings: ['zenlayer.diskNotFoundCode']
      }
    ],
    settings: changes
  })
})

test('nothing is looked for that explains differences where nobody wants it', async () => {
  await using server = await startOther({ 'zenlayer.diskNotFoundCode': 'OPERATION_FAILED_RESOURCE_NOT_FOUND' })
  const [[cloud]] = FLOWS
  const side = otherSide(server, cloud)
  await side.ask('CreateSnapshot', { body: { diskId: '1700000000000000999', snapshotName: 'none' } })
  const to = join(folder, 'unexplained')
  await writtenDown(side, to)
  const explained = await typed(['compare', to], { isWatched: true })
  expect(explained.out).toContain('zenlayer.diskNotFoundCode')
  expect(explained.err).toContain('played 2 times')
  const { code, out, err } = await typed(['compare', to, '--json', '--no-explain'], { isWatched: true })
  expect({ code, ...JSON.parse(out) }).toMatchObject({
    code: 1,
    differences: [{ kind: 'code', settings: [] }],
    settings: {}
  })
  expect(err.match(/played \d+ times?/g)).toEqual(['played 1 time'])
  const file = join(folder, 'unexplained.json')
  expect(await typed(['compare', to, '--no-explain', '--settings', file])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--settings: stands beside --no-explain')
  })
})

test('what is no recording is told in a line, and so is nothing at all', async () => {
  expect(await typed(['compare'])).toMatchObject({ code: 2, err: expect.stringContaining('nothing to compare with') })
  expect(await typed(['compare', join(folder, 'none')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('expected the folder of a recording')
  })
  await writeFile(join(folder, 'file'), '')
  const to = join(folder, 'zenlayer')
  expect(await typed(['compare', to, '--settings', join(folder, 'no', 'such', 'folder')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--settings')
  })
})
