import { describe, expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

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
