import { describe, expect, test } from 'vitest'
import { identify } from '../../../../src/providers/baidu/protocol/identify.ts'
import { keyring, NOW, STAMP, signedRequest } from '../protocol/signed-requests.ts'
import { row, rows, stages } from '../stage.ts'

const stage = stages()

// Sentences of baidu.md, one by one, that no other file holds.

describe('5.2.11 CancelSnapshotShare', () => {
  test('the path that misses its slash, as the bce CLI has it, is served', async () => {
    const { ok, control } = await stage()
    const reply = await ok('POST /v2snapshot/unShare', { sourceSnapshotId: 's-ok' })
    expect(reply).toEqual({ sourceSnapshotId: 's-ok', shareSnapshotId: 'share-one' })
    const { requests } = row((await control('GET', '/requests?limit=1')).body)
    expect(rows(requests)).toMatchObject([{ operation: 'CancelSnapshotShare', version: 'v2' }])
  })
})

describe('4. a member without a value is left out', () => {
  test('desc of a snapshot that was given none', async () => {
    const { ok, snapshot } = await stage()
    const { snapshotId } = await ok('POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'bare', desc: '' })
    expect(await snapshot(snapshotId)).not.toHaveProperty('desc')
  })

  test('instanceId of a chain whose volume is not attached, volumeId of one whose volume was released', async () => {
    const { ok } = await stage()
    const chain = async (volumeId: string | undefined) => {
      const { snapchains } = await ok('GET /v2/snapshot/chain')
      return rows(snapchains).find((each) => each.volumeId === volumeId)
    }
    expect(await chain('v-used')).toMatchObject({ instanceId: 'i-running' })
    const free = await chain('v-free')
    expect(free).not.toHaveProperty('instanceId')
    await ok('DELETE /v2/volume/v-free')
    const released = await chain(undefined)
    expect(released).toMatchObject({ chainId: free?.chainId })
    expect(released).not.toHaveProperty('volumeId')
  })
})

describe('1.8 maxKeys', () => {
  test.for(['1001', '2147483648', '99999999999999999999'])('%s is treated as 1000', async (maxKeys) => {
    const { ok } = await stage()
    expect(await ok(`GET /v2/asp?maxKeys=${maxKeys}`)).toMatchObject({ maxKeys: 1000 })
  })

  test('0 in a body is not given, as the Go SDK fills it in (baidu.md 5.2.12)', async () => {
    const { ok, call, volume } = await stage()
    expect(await ok('POST /v2/task/list', { maxKeys: 0 })).toMatchObject({ maxKeys: 10 })
    await ok('POST /v2/volume/autoRenew', { volumeId: 'v-prepaid', renewTimeUnit: '', renewTime: 0 })
    expect(await volume('v-prepaid')).toMatchObject({ enableAutoRenew: true, autoRenewTime: 1 })
    const way = 'POST /v2/snapshot/snapshotShare/list'
    expect(await ok(way, { marker: '', maxKeys: 0 })).toMatchObject({ maxKeys: 10, marker: '' })
    expect((await call(`${way}?maxKeys=0`)).code).toBe('BadRequest')
    expect((await call(way, { maxKeys: -1 })).code).toBe('BadRequest')
  })
})

test('4.8 a description may be of any length', async () => {
  const { ok, volume } = await stage()
  const description = '每日 backup, '.repeat(500)
  const { volumeIds } = await ok('POST /v2/volume', { cdsSizeInGB: 5, description })
  const [id] = Array.isArray(volumeIds) ? volumeIds : []
  expect(await volume(id)).toMatchObject({ desc: description })
})

test('5.2.7 a chain lives until its last snapshot goes, and its tags with it', async () => {
  const { ok, snapshot } = await stage()
  const shoot = async (more: object) => (await ok('POST /v2/snapshot', { volumeId: 'v-elsewhere', ...more })).snapshotId
  const tags = [{ tagKey: 'env', tagValue: 'test' }]
  const first = await shoot({ snapshotName: 'first', tags })
  const second = await shoot({ snapshotName: 'second' })
  expect(await snapshot(second)).toMatchObject({ tags })
  await ok(`DELETE /v2/snapshot/${first}`)
  await ok(`DELETE /v2/snapshot/${second}`)
  expect(await snapshot(await shoot({ snapshotName: 'third' }))).not.toHaveProperty('tags')
})

test.for(['POST', 'DELETE'])(
  '1.2 dispatch is on the presence of the key: %s with ?detach is a wrong method, no release',
  async (method) => {
    const { call, volume } = await stage()
    const answer = await call(`${method} /v2/volume/v-free?detach`, { instanceId: 'i-running' })
    expect([answer.status, answer.code]).toEqual([400, 'BadRequest'])
    expect(await volume('v-free')).toMatchObject({ status: 'Available' })
  }
)

test.for([
  [{ cdsSizeInGB: 4, instanceId: 'none' }, 'BadRequest'],
  [{ cdsSizeInGB: 32_766, snapshotId: 'none' }, 'BadRequest'],
  [{ instanceId: 'none' }, 'BadRequest'],
  [{ cdsSizeInGB: 99, snapshotId: 's-ok', instanceId: 'none' }, 'NoSuchObject'],
  [{ cdsSizeInGB: 99, snapshotId: 's-ok' }, 'BadRequest'],
  [{ cdsSizeInGB: 5, snapshotId: 's-creating', zoneName: 'cn-bj-z' }, 'BadRequest']
] as const)(
  '5. rules of members come before existence, which comes before what a snapshot says: %o',
  async ([body, code]) => {
    const { call, volumes } = await stage()
    const before = await volumes()
    expect((await call('POST /v2/volume', body)).code).toBe(code)
    expect(await volumes()).toEqual(before)
  }
)

test('5.3.8 a volume that is rolled back is 409 to a second rollback: its snapshot is Available', async () => {
  const { ok, call } = await stage({ 'delays.baidu.rollbackMs': 1000 })
  const rollback = { snapshotId: 's-ok' }
  await ok('PUT /v2/volume/v-free?rollback', rollback)
  expect(await call('PUT /v2/volume/v-free?rollback', rollback)).toMatchObject({ status: 409, code: 'OperationDenied' })
  await ok('POST /v2/volume', rollback)
  await ok('PUT /v2/snapshot/remote_copy/s-ok', { destRegionInfos: [{ name: 'copy', destRegion: 'gz' }] })
})

test('2.3 a value is trimmed of blanks, not of a byte that ends a character', () => {
  const headers = { host: 'localhost', 'x-bce-date': STAMP, 'x-bce-note': 'voilà' }
  const request = signedRequest({ method: 'GET', path: '/v2/asp', parameters: [], headers }, { habit: 'empty' })
  const received = Buffer.from(`\t ${headers['x-bce-note']} `).toString('latin1')
  const arrived = { ...request, headers: { ...request.headers, 'x-bce-note': received } }
  expect(identify(arrived, keyring('verify'), NOW).authentic).toBe(true)
})
