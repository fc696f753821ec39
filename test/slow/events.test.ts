import { expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { openSource } from '../http/event-source.ts'

const ZONE = 'asia-east-1a'

async function call({ url }: Snapstand, action: string, body: object): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' }
  const reply = await fetch(`${url}/api/v2/zec`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(reply.status).toBe(200)
  return reply.text()
}

/** A hundred disks, a snapshot of each every day, kept for thirty. */
async function fill(server: Snapstand): Promise<void> {
  const policy = { zoneId: ZONE, autoSnapshotPolicyName: 'daily', repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [9] }
  const made = await call(server, 'CreateAutoSnapshotPolicy', { ...policy, retentionDays: 30 })
  const autoSnapshotPolicyId = /"autoSnapshotPolicyId":"(\d+)"/.exec(made)?.[1]
  for (let half = 0; half < 2; half++) {
    const disks = await call(server, 'CreateDisks', { zoneId: ZONE, diskName: 'data', diskSize: 20, diskAmount: 50 })
    const diskIds = /"diskIds":\[([^\]]*)\]/.exec(disks)?.[1]?.match(/\d+/g)
    await call(server, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds })
  }
}

test('of a year that is followed everything is told or counted, and other worlds are served meanwhile', async () => {
  await using server = await startSnapstand({ clock: 'manual' })
  await fill(server)
  const source = await openSource(`${server.url}/_snapstand/events?types=created,expired,fired,replaced`)
  const advance = fetch(`${server.url}/_snapstand/clock/advance`, { method: 'POST', body: '{"by":"P1Y"}' })
  let isOver = false
  const over = advance.finally(() => {
    isOver = true
  })
  const following = source.until('replaced')
  const waits: number[] = []
  while (!isOver) {
    const from = performance.now()
    expect((await fetch(`${server.url}/_snapstand/agenda?world=other`)).status).toBe(200)
    waits.push(performance.now() - from)
  }
  expect(await (await over).json()).toMatchObject({ firings: 365, snapshotsCreated: 36_500, snapshotsExpired: 33_500 })
  await fetch(`${server.url}/_snapstand/reset`, { method: 'POST' })
  const told = (await following).slice(0, -1)
  const missed = told.reduce((sum, { event, data }) => sum + (event === 'missed' ? Number(data.count) : 0), 0)
  expect(told.filter(({ event }) => event !== 'missed').length + missed).toBe(365 + 36_500 + 33_500)
  source.close()
  console.log(`${missed} missed; another world waited ${Math.round(Math.max(...waits))} ms at most`)
  expect(waits.length).toBeGreaterThan(1)
})
