import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clouds as providers } from '../../src/clouds.ts'
import { configOf } from '../../src/config/config.ts'
import { optionSource } from '../../src/config/sources.ts'
import { settingsOf } from '../../src/core/model/rules.ts'
import { BadUsage } from '../../src/documents/complaint.ts'
import { parseDocument } from '../../src/documents/document.ts'
import { startSnapstand } from '../../src/index.ts'
import { checkSeed } from '../../src/seed/check.ts'
import { starterDocument } from '../../src/seed/starter.ts'
import { serve } from '../../src/server.ts'

const settings = settingsOf(Object.fromEntries(providers.map(({ name, rules }) => [name, rules])))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-seed-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The lines of a refusal; what stands in a file is named from `seed.yaml` on. */
async function refusalOf(text: string, name = 'seed.yaml'): Promise<string[]> {
  const file = join(folder, name)
  await writeFile(file, text)
  try {
    const server = await startSnapstand({ seed: file })
    await server.close()
  } catch (error) {
    if (error instanceof BadUsage) return error.message.replaceAll(`${folder}/`, '').split('\n')
    throw error
  }
  return []
}

test('the starter seed is right, although no start checks it', async () => {
  expect(await checkSeed(starterDocument, providers, settings)).toMatchObject({ document: starterDocument })
})

test('the starter seed is the documented file', async () => {
  const file = new URL('../../fixtures/seeds/starter.yaml', import.meta.url)
  const { value } = await parseDocument('starter.yaml', await readFile(file, 'utf8'))
  expect(starterDocument.value).toEqual(value)
})

test('a fresh world holds per cloud an attached system disk and an available data disk, and no policy', async () => {
  const running = await serve(configOf([optionSource({ port: 0 })]), () => {})
  try {
    const world = running.core.world('fresh')
    const disks = (provider: string) =>
      world.perform(provider, (cloud) =>
        cloud.volumesFrom({}, { limit: 10 }).map(({ id, zone, instanceN, activity, createdAt }) => ({
          id,
          zone,
          instance: instanceN === null ? null : cloud.instanceOf(instanceN)?.id,
          activity,
          created: new Date(createdAt).toISOString()
        }))
      )
    const created = '2025-01-01T00:00:00.000Z'
    expect(disks('zenlayer')).toEqual([
      { id: '1700000000000000101', zone: 'asia-east-1a', instance: '1700000000000000001', activity: 'idle', created },
      { id: '1700000000000000102', zone: 'asia-east-1a', instance: null, activity: 'idle', created }
    ])
    expect(disks('baidu')).toEqual([
      { id: 'v-Starter1', zone: 'cn-bj-a', instance: 'i-Starter1', activity: 'idle', created },
      { id: 'v-Starter2', zone: 'cn-bj-a', instance: null, activity: 'idle', created }
    ])
    const policies = providers.map(({ name }) => world.perform(name, (cloud) => cloud.policiesFrom({}, { limit: 10 })))
    expect(policies).toEqual([[], []])
  } finally {
    await running.close()
  }
})

test('a seed file replaces the starter seed, with literal ids, settings and clock', async () => {
  const file = join(folder, 'own.yaml')
  await writeFile(
    file,
    `zenlayer:
  zones: [{ zoneId: asia-east-1a, regionId: asia-east-1 }]
  disks: [{ diskId: disk-1, diskName: only, zoneId: asia-east-1a, diskSize: 20 }]
settings: { zenlayer.snapshotQuota: 2 }
clock: { mode: manual, at: 2026-03-01T00:00:00Z }
`
  )
  const running = await serve(configOf([optionSource({ port: 0, seed: file })]), () => {})
  try {
    const world = running.core.world('own')
    expect(world.clock()).toEqual({ mode: 'manual', now: Date.UTC(2026, 2, 1) })
    expect(world.settings()).toMatchObject({ 'zenlayer.snapshotQuota': 2 })
    const idsOf = (provider: string) =>
      world.perform(provider, (cloud) => cloud.volumesFrom({}, { limit: 10 }).map(({ id }) => id))
    expect([idsOf('zenlayer'), idsOf('baidu')]).toEqual([['disk-1'], []])
  } finally {
    await running.close()
  }
})

test('a seed in JSON is read with its positions, tabs and all', async () => {
  const text =
    '{\n\t"zenlayer": {\n\t\t"disks": [\n\t\t\t{ "diskName": "d", "zoneId": "z", "diskSize": "20" }\n\t\t]\n\t}\n}\n'
  expect(await refusalOf(text, 'seed.json')).toEqual([
    'seed.json:4:38 zenlayer.disks[0].diskSize: is "20" (expected a whole number from 1 to 32768)'
  ])
})

test('a wrong seed is refused with every fault at once, each with its place, in the order of the file', async () => {
  const text = `zenlayer:
  disks:
    - diskId: 1700000000000000101
      diskName: d
      zone: asia-east-1a
      diskSize: 0
baidu:
  zones: nowhere
  volumes:
    - { id: v-1, status: in-use }
settings:
  zenlayer.snapshotQoata: 2
  zenlayer.recycleBin: maybe
clock: { mode: sundial, at: 2026-02-30T00:00:00Z }
falts: []
`
  expect(await refusalOf(text)).toEqual([
    'seed.yaml:3:7 zenlayer.disks[0].diskId: is 1700000000000000000 (expected a text that is not empty; in quotes, or its last digits are lost)',
    'seed.yaml:3:7 zenlayer.disks[0].zoneId: is missing (expected a text that is not empty)',
    'seed.yaml:5:7 zenlayer.disks[0].zone: is not known (did you mean zoneId?)',
    'seed.yaml:6:7 zenlayer.disks[0].diskSize: is 0 (expected a whole number from 1 to 32768)',
    'seed.yaml:8:3 baidu.zones: is "nowhere" (expected a list, without repetition, each a zone such as "cn-bj-a")',
    expect.stringMatching(
      /^seed\.yaml:10:18 baidu\.volumes\[0\]\.status: is "in-use" \(expected one of "Creating", "Available", /
    ),
    'seed.yaml:12:3 settings["zenlayer.snapshotQoata"]: is not known (did you mean zenlayer.snapshotQuota?)',
    'seed.yaml:13:3 settings["zenlayer.recycleBin"]: is "maybe" (expected true or false)',
    'seed.yaml:14:10 clock.mode: is "sundial" (expected one of "system", "manual")',
    'seed.yaml:14:25 clock.at: is "2026-02-30T00:00:00Z" (expected an instant from 2000 to 2100 such as 2026-01-05T08:00:00Z)',
    'seed.yaml:15:1 falts: is not known (did you mean faults?)'
  ])
})

test('what only looking across a seed finds is told with its place too, for both clouds at once', async () => {
  const text = `zenlayer:
  zones: [{ zoneId: a, regionId: r }]
  disks:
    - { diskName: d, zoneId: b, diskSize: 1 }
baidu:
  volumes:
    - { id: v-1, name: one }
    - { id: v-1, name: two }
`
  expect(await refusalOf(text)).toEqual([
    'seed.yaml:4:22 zenlayer.disks[0].zoneId: there is no zone b in this seed',
    'seed.yaml:8:9 baidu.volumes[1].id: v-1 comes twice'
  ])
})

test.for([
  ['that is no YAML', 'zenlayer: {\n', /^seed\.yaml:2:1: not well-formed/],
  ['that names a member twice', 'clock: {}\nclock: {}\n', /^seed\.yaml:2:1 clock: is named twice$/],
  ['that is a text', 'hello\n', /^seed\.yaml:1:1: is "hello" \(expected an object with the members zenlayer, baidu/],
  ['with an alias to nothing', 'zenlayer: *nowhere\n', /Unresolved alias/]
] as const)('a file %s is refused', async ([, text, expected]) => {
  expect(await refusalOf(text)).toEqual([expect.stringMatching(expected)])
})

test('a file that is not there is refused', async () => {
  await expect(startSnapstand({ seed: join(folder, 'nowhere.yaml') })).rejects.toThrow(
    /nowhere\.yaml: cannot be read: ENOENT/
  )
})

test.for(['', '\n', '# nothing\n', '---\n', 'null', '~\n'])(
  'a seed that says nothing, %j, is refused',
  async (text) => {
    expect(await refusalOf(text)).toEqual([
      'seed.yaml: says nothing (a world is emptied by {}, and put back to its starter seed by a reset)'
    ])
  }
)

test.for(['{}', 'zenlayer: { zones: [] }\nbaidu: { zones: [] }'])('%j makes empty worlds', async (text) => {
  expect(await refusalOf(text)).toEqual([])
})

test('without zones there is no place for a volume', async () => {
  expect(await refusalOf('baidu: { zones: [], volumes: [{}] }')).toEqual([
    'seed.yaml:1:10 baidu.zones: is empty, and nothing can be without'
  ])
})

test('a seed can be handed over as data', async () => {
  const server = await startSnapstand({ seed: { clock: { mode: 'manual' } } })
  await server.close()
  await expect(startSnapstand({ seed: { baidu: { zones: {} } } })).rejects.toThrow(
    'seed baidu.zones: is an object (expected a list, without repetition, each a zone such as "cn-bj-a")'
  )
})

test('a clock before the rows of the seed is refused', async () => {
  await expect(startSnapstand({ clockAt: '2024-12-31T23:59:59Z' })).rejects.toThrow(
    '--clock-at: 2024-12-31T23:59:59.000Z lies before rows of the seed (expected 2025-01-01T00:00:00.000Z or later)'
  )
})
