import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLongAnswers } from '../../src/http/control/long-answers.ts'
import { type Server, start } from '../harness.ts'
import { bytes } from './raw-http.ts'

const STALLED_MS = 1500

let server: Server
let port: number
beforeAll(async () => {
  const longAnswers = { most: 2, waitMs: 150, stalledMs: STALLED_MS }
  server = await start({ control: { mode: 'on', longAnswers } })
  await fill(server)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
}, 120_000)
afterAll(() => server.close())

/** More than the system keeps for a reader that does not read. */
async function fill({ zenlayer, control }: Server): Promise<void> {
  const made = await zenlayer('CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'hourly',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: Array.from({ length: 24 }, (_, hour) => hour),
    retentionDays: 40
  })
  const disks = await zenlayer('CreateDisks', {
    zoneId: 'asia-east-1a',
    diskName: 'data',
    diskSize: 20,
    diskAmount: 50
  })
  const policy = /"autoSnapshotPolicyId":"(\d+)"/.exec(JSON.stringify(made.body))?.[1]
  const list = /"diskIds":\[([^\]]*)\]/.exec(JSON.stringify(disks.body))?.[1] ?? ''
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: JSON.parse(`[${list}]`) })
  expect((await control('POST', '/clock/advance', { by: 'P30D' })).body).toMatchObject({ snapshotsCreated: 36_000 })
}

/** Asks for an export and does not read it. */
async function unread(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.pause()
  socket.write(bytes('GET', '/_snapstand/state', { host: 'localhost' }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  return socket
}
const ask = (path = '/state') => fetch(`http://127.0.0.1:${port}/_snapstand${path}`)

test('of more copies than are read at a time the next one waits, and is refused with the time to try again', async () => {
  const [first, second] = [await unread(), await unread()]
  const refused = await ask()
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(await refused.json()).toMatchObject({ status: 503, detail: expect.stringContaining('2 long answers') })
  // Others are served.
  expect((await ask('/clock')).status).toBe(200)
  expect((await ask('/requests')).status).toBe(200)
  // Whoever goes makes room.
  first.destroy()
  const served = await ask()
  expect(served.status).toBe(200)
  expect(((await served.text()).match(/"snapshotName"/g) ?? []).length).toBe(36_000)
  second.destroy()
})

test('a reader that takes nothing is dropped after a while', async () => {
  const sockets = [await unread(), await unread()]
  expect((await ask()).status).toBe(503)
  // What the system has taken meanwhile counts as reading, once.
  const from = performance.now()
  while ((await ask('/state?world=small')).status === 503) expect(performance.now() - from).toBeLessThan(20_000)
  expect(performance.now() - from).toBeGreaterThan(STALLED_MS / 2)
  for (const socket of sockets) socket.destroy()
})

test('short exports in plenty at once are all served: each waits for its turn', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask('/state?world=small')))
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(new Set(texts).size).toBe(1)
})

test('what fails before its first piece leaves room for the next', async () => {
  const { send } = createLongAnswers({ most: 1, waitMs: 10 })
  const reply = await server.app.inject({ url: '/_snapstand/clock', headers: { host: 'localhost' } })
  expect(reply.statusCode).toBe(200)
  const failing = () => Promise.reject(new Error('no copy'))
  const nobody = Object.create(null)
  for (let time = 0; time < 3; time++) await expect(send(nobody, 'text/plain', failing)).rejects.toThrow('no copy')
})
