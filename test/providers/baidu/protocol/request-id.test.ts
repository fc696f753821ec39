import { expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

// Two answers show the id of their request in the body, too; all others in the header alone (baidu.md 1.5, 5.2.13).

test.for([
  ['PUT /v2/snapshot/describeSnapshotsUsage', undefined],
  ['PUT /v2/instance/i-running?reboot', { forceStop: false }]
] as const)('%s tells its request id in header and body', async ([way, body]) => {
  const { call } = await stage()
  const reply = await call(way, body)
  expect(reply.status).toBe(200)
  expect(reply.headers['x-bce-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(reply.body).toMatchObject({ requestId: reply.headers['x-bce-request-id'] })
})

test('a repeat by token shows the id of its own request', async () => {
  const { call } = await stage()
  const way = 'PUT /v2/instance/i-running?reboot&clientToken=once'
  const first = await call(way, { forceStop: false })
  const second = await call(way, { forceStop: false })
  expect(second.requestId).not.toBe(first.requestId)
  expect(second.body).toEqual({ failedInstanceIdList: [], requestId: second.requestId })
})
