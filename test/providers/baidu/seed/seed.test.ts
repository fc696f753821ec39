import { describe, expect, test } from 'vitest'
import { atOnce } from '../../../../src/documents/slices.ts'
import { baidu } from '../../../../src/providers/baidu/index.ts'
import type { BaiduShapes } from '../../../../src/providers/baidu/rules/shapes.ts'
import { wrongsIn } from '../../../../src/providers/baidu/seed/check.ts'
import type { Section } from '../../../../src/providers/baidu/seed/schema.ts'
import { start } from '../../../harness.ts'
import { place, rows, stages } from '../stage.ts'

const stage = stages()

async function harvested(seed: unknown) {
  const server = await start({ seed: { baidu: seed } })
  try {
    const world = server.core.world('default')
    await world.ready()
    return world.perform<BaiduShapes, unknown>('baidu', (cloud) =>
      Object.fromEntries(Object.entries(baidu.seed.harvest(cloud)).map(([list, rows]) => [list, [...rows]]))
    )
  } finally {
    await server.close()
  }
}

/** One of everything, with every member that a seed has. */
const everything: Section = {
  ...place,
  volumes: [
    ...place.volumes,
    { id: 'v-gone', status: 'Deleted', chainId: 'sl-gone' },
    {
      id: 'v-all',
      name: 'all',
      instanceId: 'i-running',
      device: '/dev/vdz',
      attachTime: '2025-02-01T00:00:00Z',
      createTime: '2025-01-02T00:00:00Z',
      expireTime: '2027-01-02T00:00:00Z',
      paymentTiming: 'Prepaid',
      autoSnapshotPolicyId: 'asp-one',
      desc: 'words',
      cdsExtraIo: 5,
      sourceSnapshotId: 's-ok',
      shareSnapshotId: 'share-one',
      tags: [{ tagKey: 'a', tagValue: '1' }],
      resGroupIds: ['RESG-1'],
      autoRenew: { renewTimeUnit: 'year', renewTime: 2 },
      encryptKey: 'key-2',
      clusterId: 'DC-1',
      productCategory: 'HPAS',
      enableDeleteProtection: true,
      deleteWithInstance: true,
      deleteAutoSnapshot: true,
      chainTags: [{ tagKey: 'c', tagValue: '2' }]
    },
    { id: 'v-image', status: 'ImageProcessing' }
  ],
  snapshots: [
    ...place.snapshots,
    { id: 's-gone', volumeId: 'v-gone' },
    {
      id: 's-auto',
      volumeId: 'v-all',
      createMethod: 'auto',
      autoSnapshotPolicyId: 'asp-one',
      expireTime: '2027-06-01T00:00:00Z'
    },
    { id: 's-copy', createMethod: 'MIGRATION', sizeInGB: 77, name: 'copy', zoneName: 'cn-bj-e' },
    { id: 's-image', volumeId: 'v-free', package: true, templateId: 'm-1', insnapId: 'insnap-1', desc: 'image' }
  ]
}

test('what was harvested plants the same again', async () => {
  const first = await harvested(everything)
  expect(await harvested(first)).toEqual(first)
})

test('a volume that was released shows by its snapshots only, a copy has its own size', async () => {
  const world = await stage({}, everything)
  expect((await world.call('GET /v2/volume/v-gone')).status).toBe(404)
  expect(await world.snapshot('s-gone')).not.toHaveProperty('volumeId')
  expect(rows((await world.ok('GET /v2/snapshot/chain')).snapchains).map(({ chainId }) => chainId)).toContain('sl-gone')
  expect(await world.snapshot('s-copy')).toMatchObject({ createMethod: 'MIGRATION', sizeInGB: 77, name: 'copy' })
  expect(await world.snapshot('s-auto')).toMatchObject({ createMethod: 'auto', expireTime: '2027-06-01T00:00:00Z' })
  expect(await world.volume('v-all')).toMatchObject({ attachments: [{ device: '/dev/vdz' }], snapshotNum: '1' })
})

test('what is prepaid ends a month after its creation, unless the seed says when', async () => {
  const { volume, ok } = await stage(
    {},
    {
      instances: [{ id: 'i-1', paymentTiming: 'Prepaid', createTime: '2025-12-31T00:00:00Z' }],
      volumes: [
        { id: 'v-1', paymentTiming: 'Prepaid', createTime: '2026-01-01T00:00:00Z' },
        { id: 'v-2', paymentTiming: 'Prepaid', expireTime: '2027-01-01T00:00:00Z' }
      ]
    }
  )
  expect(await volume('v-1')).toMatchObject({ expireTime: '2026-02-01T00:00:00Z' })
  expect(await volume('v-2')).toMatchObject({ expireTime: '2027-01-01T00:00:00Z' })
  expect(await ok('GET /v2/instance/i-1')).toMatchObject({ instance: { expireTime: '2026-01-31T00:00:00Z' } })
})

describe('a seed is refused', () => {
  const wrong: readonly (readonly [string, Section, string])[] = [
    ['an unknown zone', { volumes: [{ zoneName: 'cn-gz-a' }] }, '/volumes/0/zoneName'],
    ['an unknown instance', { volumes: [{ instanceId: 'i-none' }] }, '/volumes/0/instanceId'],
    ['an unknown policy', { volumes: [{ autoSnapshotPolicyId: 'asp-none' }] }, '/volumes/0/autoSnapshotPolicyId'],
    ['an id that comes twice', { volumes: [{ id: 'v-1' }, { id: 'v-1' }] }, '/volumes/1/id'],
    ['InUse without an instance', { volumes: [{ status: 'InUse' }] }, '/volumes/0/status'],
    [
      'Available with one',
      { instances: [{ id: 'i-1' }], volumes: [{ status: 'Available', instanceId: 'i-1' }] },
      '/volumes/0/status'
    ],
    ['a System volume without an instance', { volumes: [{ type: 'System' }] }, '/volumes/0/status'],
    [
      'a volume in another zone than its instance',
      { instances: [{ id: 'i-1', zoneName: 'cn-bj-a' }], volumes: [{ instanceId: 'i-1', zoneName: 'cn-bj-e' }] },
      '/volumes/0/zoneName'
    ],
    [
      'a second System volume',
      { instances: [{ id: 'i-1', systemVolume: {} }], volumes: [{ type: 'System', instanceId: 'i-1' }] },
      '/volumes/0/type'
    ],
    ['an end of a postpaid volume', { volumes: [{ expireTime: '2027-01-01T00:00:00Z' }] }, '/volumes/0/expireTime'],
    ['a snapshot of no volume', { snapshots: [{}] }, '/snapshots/0'],
    ['a snapshot of an unknown volume', { snapshots: [{ volumeId: 'v-none' }] }, '/snapshots/0/volumeId'],
    [
      'a copy with a volume',
      { volumes: [{ id: 'v-1' }], snapshots: [{ volumeId: 'v-1', createMethod: 'MIGRATION' }] },
      '/snapshots/0/volumeId'
    ],
    [
      'a share of an unknown snapshot',
      { shares: [{ sourceSnapshotId: 's-none', accountId: 'a' }] },
      '/shares/0/sourceSnapshotId'
    ]
  ]
  test.for(wrong)('with %s', ([, seed, path]) => {
    expect(atOnce(wrongsIn(seed)).first.map((wrong) => `/${wrong.path.join('/')}`)).toEqual([path])
  })
})

test('the seeds of the Go SDK’s own tests carry them through', async () => {
  // They name ids literally and never wait, so no transition takes time.
  const { ok, call, volume } = await stage(
    {},
    {
      zones: ['cn-bj-a'],
      instances: [{ id: 'i-vwguVFqW' }],
      policies: [
        { id: 'AspId', name: 'a', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 },
        { id: 'Test_AutoSnapshotPolicyId', name: 'b', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 }
      ],
      volumes: [
        { id: 'cds_id', diskSizeInGB: 460, chainId: 'sl-PdPu6Oel' },
        { id: 'v-mQ13dsx3', encrypted: true },
        { id: 'v-tVDW1NkK', paymentTiming: 'Prepaid' },
        { id: 'VolumeId', paymentTiming: 'Prepaid' }
      ],
      snapshots: [
        { id: 'SnapshotId', volumeId: 'cds_id' },
        { id: 's-S9HdTie0', volumeId: 'v-tVDW1NkK' },
        { id: 's-Dzmlx7Fz', volumeId: 'v-tVDW1NkK' },
        { id: 'SourceSnapshotId', volumeId: 'v-tVDW1NkK' }
      ],
      shares: [{ snapshotId: 'ShareSnapshotId', sourceSnapshotId: 'SourceSnapshotId', accountId: 'AccountId' }]
    }
  )
  await ok('PUT /v2/volume/cds_id?attach', { instanceId: 'i-vwguVFqW' })
  await ok('PUT /v2/asp/AspId?attach', { volumeIds: ['cds_id'] })
  await ok('PUT /v2/asp/AspId?detach', { volumeIds: ['cds_id'] })
  await ok('PUT /v2/asp/update', {
    aspId: 'AspId',
    name: 'a',
    timePoints: ['0'],
    repeatWeekdays: ['0'],
    retentionDays: ''
  })
  await ok('PUT /v2/volume/cds_id?detach', { instanceId: 'i-vwguVFqW' })
  await ok('PUT /v2/volume/cds_id?resize&clientToken=x', { newCdsSizeInGB: 461, newVolumeType: 'enhanced_ssd_pl2' })
  await ok('PUT /v2/volume/cds_id?rollback', { snapshotId: 'SnapshotId' })
  await ok('PUT /v2/volume/cds_id?modifyChargeType', { billing: { reservation: { reservationLength: 1 } } })
  await ok('PUT /v2/volume/cds_id?purchaseReserved', {
    billing: { reservation: { reservationLength: 1 } },
    instanceId: 'instanceId'
  })
  await ok('POST /v2/volume', {
    cdsSizeInGB: 20,
    billing: { paymentTiming: 'Prepaid', reservation: { reservationLength: 1, reservationTimeUnit: 'MONTH' } },
    autoSnapshotPolicy: [{ autoSnapshotPolicyId: 'Test_AutoSnapshotPolicyId' }],
    resGroupId: 'RESG-4xiymzjDzqX'
  })
  await ok('POST /v2/volume/autoRenew', { volumeId: 'v-tVDW1NkK', renewTimeUnit: 'month', renewTime: 2 })
  expect(await volume('v-mQ13dsx3')).toMatchObject({ encrypted: true })
  await ok('POST /v2/snapshot/unShare', {
    sourceSnapshotId: 'SourceSnapshotId',
    shareSnapshotId: 'ShareSnapshotId',
    accountIds: ['AccountId']
  })
  await ok('POST /v2/snapshot/snapshotShare/list', { marker: 'share-xxx', maxKeys: 10 })
  await ok('POST /v2/volume/cds_id', { autoSnapshot: 'on', manualSnapshot: 'off', recycle: 'on' })
  await ok('DELETE /v2/volume/cds_id')
  expect((await call('GET /v2/volume/cds_id')).status).toBe(404)
})
