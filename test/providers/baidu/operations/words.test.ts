import { expect, test } from 'vitest'
import { rows, stages, text } from '../stage.ts'

const stage = stages()

// Words in another letter case than their tables have: pages print "On", SDKs `MONTH` (baidu.md 4.7, 5.3.6).

test.for(['on', 'On', 'ON'])('a release with snapshots %s takes them along', async (on) => {
  const world = await stage()
  await world.ok('POST /v2/volume/v-free', { manualSnapshot: on, autoSnapshot: on, recycle: 'Off' })
  expect((await world.call('GET /v2/snapshot/s-ok')).status).toBe(404)
  // Destroyed, not recycled: the one DELETE that a recycled volume answers to is refused, too.
  expect((await world.call('DELETE /v2/volume/v-free')).status).toBe(404)
})

test('a switch in any case is on or off, and nothing else', async () => {
  const { call } = await stage()
  for (const recycle of ['yes', 'o', 'onn', 'ON ', 'ＯＮ']) {
    expect((await call('POST /v2/volume/v-free', { recycle })).code, recycle).toBe('BadRequest')
  }
})

test('filters of volumes are taken in any case', async () => {
  const { volumes } = await stage()
  const ids = async (query: string) => (await volumes(query)).map(({ id }) => id)
  expect(await ids('?chargeFilter=PrePay')).toEqual(await ids('?chargeFilter=prepay'))
  expect(await ids('?chargeFilter=PrePay')).toEqual(['v-prepaid'])
  expect(await ids('?usageFilter=System')).toEqual(await ids('?usageFilter=system'))
  expect((await ids('?usageFilter=System')).length).toBeGreaterThan(0)
})

test('the order of chains is taken in any case, and its key answered as the table has it', async () => {
  const { ok } = await stage()
  const chains = async (query: string) => {
    const page = await ok(`GET /v2/snapshot/chain?${query}`)
    return { orderBy: page.orderBy, ids: rows(page.snapchains).map(({ chainId }) => chainId) }
  }
  expect(await chains('orderBy=CHAINSIZE&order=DESC')).toEqual(await chains('orderBy=chainSize&order=desc'))
  expect((await chains('orderBy=volumesize')).orderBy).toBe('volumeSize')
})

test('the form of payment is taken in any case, and shown as the table has it', async () => {
  const world = await stage()
  const { volumeIds } = await world.ok('POST /v2/volume', {
    cdsSizeInGB: 5,
    billing: { paymentTiming: 'PREPAID', reservation: { reservationLength: 2, reservationTimeUnit: 'MONTH' } }
  })
  const id = text(Array.isArray(volumeIds) ? volumeIds[0] : undefined)
  expect(await world.volume(id)).toMatchObject({ paymentTiming: 'Prepaid', expireTime: '2026-03-05T08:00:00Z' })
  const billing = { paymentTiming: 'postPaid' }
  await world.ok(`PUT /v2/volume/${id}?modifyChargeType`, { billing, effectiveType: 'atOnce' })
  expect(await world.volume(id)).toMatchObject({ paymentTiming: 'Postpaid' })
  await world.ok('POST /v2/volume/autoRenew', { volumeId: id, renewTimeUnit: 'YEAR', renewTime: 3 })
  expect(await world.ok('POST /v2/volume/getPrice', { paymentTiming: 'prePaid', storageType: 'hp1' })).toMatchObject({
    price: [{ unit: 'month' }]
  })
})

test('the usage of snapshots is told by PUT as by POST', async () => {
  const { ok } = await stage()
  const path = '/v2/snapshot/describeSnapshotsUsage'
  const posted = await ok(`POST ${path}`)
  expect(posted).not.toHaveProperty('requestId')
  expect(await ok(`PUT ${path}`)).toMatchObject(posted)
})
