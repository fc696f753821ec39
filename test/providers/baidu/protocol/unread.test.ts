import { expect, test } from 'vitest'
import { row, rows, stages } from '../stage.ts'

const stage = stages()

// What clients send and no operation reads is never refused, but listed in the journal.

test.for([
  [
    'Java repeats the id in the body',
    'PUT /v2/volume/v-free?attach',
    { instanceId: 'i-running', volumeId: 'v-free' },
    ['body.volumeId']
  ],
  ['Java repeats aspId', 'PUT /v2/asp/asp-one?detach', { volumeIds: ['v-used'], aspId: 'asp-one' }, ['body.aspId']],
  [
    "Python's whole policy",
    'POST /v2/volume',
    { cdsSizeInGB: 5, relationTag: false, autoSnapshotPolicy: { name: 'x', timePoints: [1] } },
    ['body.relationTag', 'body.autoSnapshotPolicy.name', 'body.autoSnapshotPolicy.timePoints']
  ],
  ['tf asks for deployment sets', 'GET /v2/instance/i-running?isDeploySet=false', undefined, ['query.isDeploySet']],
  [
    'Python V2 adds a uuid',
    'PUT /v2/snapshot/remote_copy/s-ok',
    { destRegionInfos: [{ name: 'x', destRegion: 'gz', zone: 'a' }], uuid: 'u' },
    ['body.destRegionInfos.0.zone', 'body.uuid']
  ],
  ['tf releases an instance', 'POST /v2/instance/i-stopped', { bccRecycleFlag: false }, ['body.bccRecycleFlag']],
  ['a filter that is not there', 'GET /v2/snapshot?volumeName=x', undefined, ['query.volumeName']]
] as const)('%s', async ([, way, body, unused]) => {
  const { ok, control } = await stage()
  await ok(way, body)
  const [entry] = rows(row((await control('GET', '/requests?limit=1')).body).requests)
  expect(entry).toMatchObject({ unused, status: 200 })
})

test('what is read is not listed', async () => {
  const { ok, control } = await stage()
  await ok('PUT /v2/volume/v-free?clientToken=t&resize', { newCdsSizeInGB: 140, newVolumeType: 'hp1', newExtraIO: 0 })
  const [entry] = rows(row((await control('GET', '/requests?limit=1')).body).requests)
  expect(entry).toMatchObject({ operation: 'ResizeVolume', unused: [] })
})
