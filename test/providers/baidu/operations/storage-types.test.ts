import { expect, test } from 'vitest'
import type { Section } from '../../../../src/providers/baidu/seed/schema.ts'
import { row, type Stage, stages, text } from '../stage.ts'

const stage = stages()

// Which words a storage type may be (baidu.md 4.9, 7.5).

const made = async ({ ok }: Stage, way: string, body: object) => {
  const { volumeIds } = await ok(way, body)
  return text(Array.isArray(volumeIds) ? volumeIds[0] : undefined)
}

test.for([
  'std1',
  'hp1',
  'ssd',
  'cloud_hp1',
  'premium_ssd',
  'hdd',
  'HDD_Throughput',
  'enhanced_ssd_pl0',
  'enhanced_ssd_pl1',
  'enhanced_ssd_pl2',
  'enhanced_ssd_pl3',
  'SSD_Enhanced',
  'elastic_ephemeral_disk',
  'local',
  'sata',
  'local-ssd',
  'local-hdd',
  'local-nvme'
])('%s is a storage type, and shown as it was sent', async (storageType) => {
  const world = await stage()
  const id = await made(world, 'POST /v2/volume', { cdsSizeInGB: 5, storageType })
  expect(await world.volume(id)).toMatchObject({ storageType })
})

test.for(['Cloud_SSD_General', 'Cloud_HDD_Throughput', 'Local_PV_NVME', 'enhanced_ssd_pl2'])(
  'v3 takes and shows %s',
  async (storageType) => {
    const world = await stage()
    const id = await made(world, 'POST /v3/volume', { volumeSizeInGB: 5, storageType })
    expect(row((await world.ok(`GET /v3/volume/${id}`)).volume)).toMatchObject({ storageType })
  }
)

test('a word of v3 is none of v2, and one in another case is a typo', async () => {
  const { call } = await stage()
  for (const storageType of ['Cloud_Premium', 'HP1', 'cloud-hp1']) {
    const reply = await call('POST /v2/volume', { cdsSizeInGB: 5, storageType })
    expect(reply).toMatchObject({ status: 400, code: 'BadRequest' })
  }
  const reply = await call('POST /v2/volume', { cdsSizeInGB: 5, storageType: 'cloud-hp1' })
  expect(decodeURIComponent(reply.headers['x-snapstand-hint'] ?? '')).toContain('did you mean cloud_hp1?')
})

test('a setting accepts words that no source names', async () => {
  const world = await stage({ 'baidu.unknownStorageTypes': 'accept' })
  const id = await made(world, 'POST /v2/volume', { cdsSizeInGB: 5, storageType: 'cloud_hp9' })
  expect(await world.volume(id)).toMatchObject({ storageType: 'cloud_hp9' })
  await world.ok(`PUT /v2/volume/${id}?resize`, { newVolumeType: 'cloud_hp10' })
  expect(await world.volume(id)).toMatchObject({ storageType: 'cloud_hp10' })
})

const seeded: Section = { zones: ['cn-bj-a'], volumes: [{ id: 'v-odd', storageType: 'odd', diskSizeInGB: 10 }] }

test('a volume keeps an unknown type that a seed gave it, whatever a resize says beside it', async () => {
  const world = await stage({}, seeded)
  await world.ok('PUT /v2/volume/v-odd?resize', { newCdsSizeInGB: 20, newVolumeType: 'odd' })
  expect(await world.volume('v-odd')).toMatchObject({ diskSizeInGB: 20, storageType: 'odd' })
})
