// Needs nothing but Node: the clouds and the control API are called by fetch.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const url = process.env.SNAPSTAND_URL ?? 'http://127.0.0.1:7420'

async function call(method, path, body) {
  const answer = await fetch(url + path, { method, body: body && JSON.stringify(body) })
  const text = await answer.text()
  assert.ok(answer.ok, text)
  return text === '' ? undefined : JSON.parse(text)
}

test('a week of a daily policy leaves seven snapshots', async () => {
  await call('POST', '/_snapstand/reset')
  const { aspId } = await call('POST', '/v2/asp', {
    name: 'daily',
    timePoints: ['2'],
    repeatWeekdays: ['0', '1', '2', '3', '4', '5', '6'],
    retentionDays: '30'
  })
  await call('PUT', `/v2/asp/${aspId}?attach`, { volumeIds: ['v-Starter1'] })
  await call('POST', '/_snapstand/clock/advance', { by: 'P7D' })
  const { snapshots } = await call('GET', '/v2/snapshot')
  assert.equal(snapshots.length, 7)
})
