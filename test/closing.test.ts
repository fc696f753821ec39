import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSnapstand } from '../src/index.ts'
import { answersIn, ask, bytes } from './http/raw-http.ts'
import { build, startProgram } from './program.ts'

const GRACE_MS = 700
const END = '2026-01-26T00:00:00Z'
/** What a busy machine may add. */
const SLACK_MS = 20_000

/** A connection as a client holds it, and all that it was told. */
interface Held {
  readonly socket: Socket
  told(): string
  readonly ended: Promise<unknown>
}

async function hold(port: number, sent = ''): Promise<Held> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('error', () => {})
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  const ended = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'connect')
  if (sent !== '') socket.write(sent)
  await new Promise((resolve) => setTimeout(resolve, 50))
  // A busy machine may not have let the server read what it was sent: who is answered came after it.
  await drive(port, 'GET', '/health')
  return { socket, told: () => text, ended }
}

const named = (action: string) => ({
  'content-type': 'application/json',
  'x-zc-action': action,
  'x-zc-version': '2025-09-01'
})
const zenlayer = (action: string, body: object) => bytes('POST', '/api/v2/zec', named(action), JSON.stringify(body))
const control = (method: string, path: string, body?: object) =>
  bytes(method, `/_snapstand${path}`, {}, body === undefined ? '' : JSON.stringify(body))

/** Calls that take as long as they take. */
async function call(port: number, action: string, body: object): Promise<string> {
  const url = `http://127.0.0.1:${port}/api/v2/zec`
  const reply = await fetch(url, { method: 'POST', headers: named(action), body: JSON.stringify(body) })
  expect(reply.status).toBe(200)
  return reply.text()
}
async function drive(port: number, method: string, path: string, body?: object): Promise<[number, string]> {
  const init = { method, ...(body && { body: JSON.stringify(body) }) }
  const reply = await fetch(`http://127.0.0.1:${port}/_snapstand${path}`, init)
  return [reply.status, await reply.text()]
}
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
const isAdvancing = async (port: number) => (await drive(port, 'GET', '/clock'))[1].includes('advancing')

/** A policy that fires every hour on a few disks: a year of it takes a while. */
async function plenty(port: number): Promise<void> {
  const made = await call(port, 'CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'hourly',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: Array.from({ length: 24 }, (_, hour) => hour),
    retentionDays: 30
  })
  const autoSnapshotPolicyId = /"autoSnapshotPolicyId":"(\d+)"/.exec(made)?.[1]
  const disks = { zoneId: 'asia-east-1a', diskName: 'data', diskSize: 20, diskAmount: 50 }
  const created = await call(port, 'CreateDisks', disks)
  const diskIds = [...(/"diskIds":\[([^\]]*)\]/.exec(created)?.[1] ?? '').matchAll(/\d+/g)].map(String)
  await call(port, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds })
}

interface State {
  readonly name: string
  /** Brings the server into the state. */
  enter(port: number): Promise<Held | undefined>
  /** Whether the server waits for the end of its grace. */
  readonly waits: boolean
  /** What the client was told by then. */
  check?(held: Held): void
}

const isCutOff = ({ told }: Held) => expect(told()).toBe('')

const states: readonly State[] = [
  { name: 'nobody is there', waits: false, enter: async () => undefined },
  { name: 'a connection has sent nothing', waits: false, enter: (port) => hold(port), check: isCutOff },
  {
    name: 'a connection is kept alive after its answer',
    waits: false,
    enter: async (port) => {
      const held = await hold(port, control('GET', '/health'))
      await until(() => answersIn(held.told()).length === 1)
      return held
    },
    check: ({ told }) => expect(answersIn(told())).toHaveLength(1)
  },
  {
    name: 'a header is half there',
    waits: true,
    enter: (port) => hold(port, 'GET /_snapstand/health HTTP/1.1\r\nHost: loc'),
    check: isCutOff
  },
  {
    name: 'a second header is half there',
    waits: true,
    async enter(port) {
      const held = await hold(port, control('GET', '/health'))
      await until(() => answersIn(held.told()).length === 1)
      held.socket.write('GET /_snapstand/hea')
      await new Promise((resolve) => setTimeout(resolve, 200))
      await drive(port, 'GET', '/health')
      return held
    },
    check: ({ told }) => expect(answersIn(told())).toHaveLength(1)
  },
  {
    name: 'a body of a control call is half there',
    waits: true,
    enter: (port) => hold(port, control('PUT', '/clock', { mode: 'manual' }).slice(0, -5)),
    check: isCutOff
  },
  {
    name: 'a body of a cloud’s call is half there',
    waits: true,
    enter: (port) => hold(port, zenlayer('DescribeDisks', { diskName: 'x' }).slice(0, -5)),
    check: isCutOff
  },
  {
    name: 'an advance is under way',
    waits: false,
    async enter(port) {
      await plenty(port)
      const held = await hold(port, control('POST', '/clock/advance', { by: 'P2Y' }))
      await until(() => isAdvancing(port))
      return held
    },
    check({ told }) {
      const [answer] = answersIn(told())
      expect(answer).toMatchObject({ status: 409, headers: { connection: 'close' } })
      const body: unknown = JSON.parse(answer?.body ?? '')
      expect(body).toMatchObject({ reason: 'stopped', done: { firings: expect.any(Number) } })
      expect(body).toMatchObject({ detail: expect.stringContaining('the server is ending') })
    }
  },
  {
    name: 'events are followed',
    waits: false,
    enter: (port) => hold(port, control('GET', '/events')),
    // The last piece of a body in pieces.
    check: ({ told }) => expect(told()).toMatch(/\r\n0\r\n\r\n$/)
  },
  {
    name: 'events are read by nobody',
    waits: true,
    async enter(port) {
      await plenty(port)
      const held = await hold(port)
      held.socket.pause()
      held.socket.write(control('GET', '/events?types=created'))
      await new Promise((resolve) => setTimeout(resolve, 50))
      await drive(port, 'POST', '/clock/advance', { by: 'P60D' })
      return held
    }
  },
  {
    name: 'an export is read by nobody',
    waits: true,
    async enter(port) {
      await plenty(port)
      await drive(port, 'POST', '/clock/advance', { by: 'P31D' })
      const held = await hold(port)
      held.socket.pause()
      held.socket.write(control('GET', '/state'))
      await new Promise((resolve) => setTimeout(resolve, 300))
      return held
    }
  }
]

/** How long the end took. */
async function timed(end: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await end()
  return Math.round(performance.now() - from)
}

function judge(where: string, { name, waits }: State, tookMs: number): void {
  console.log(`${where}, ${name}: ${tookMs} ms`)
  if (waits) expect(tookMs).toBeGreaterThanOrEqual(GRACE_MS - 50)
  else expect(tookMs).toBeLessThan(GRACE_MS + SLACK_MS - 1000)
  expect(tookMs).toBeLessThan(GRACE_MS + SLACK_MS)
}

describe('the library', () => {
  test.for(states)('close() settles while $name', async (state) => {
    const server = await startSnapstand({ clock: 'manual', grace: `${GRACE_MS}ms` })
    const held = await state.enter(server.port)
    judge('close()', state, await timed(() => server.close()))
    held?.socket.resume()
    await held?.ended
    if (held) state.check?.(held)
  })

  test('a request that is finished within the grace is answered, as the last of its connection', async () => {
    const server = await startSnapstand()
    const whole = control('PUT', '/clock', { mode: 'manual' })
    const held = await hold(server.port, whole.slice(0, -5))
    const closed = server.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    held.socket.write(whole.slice(-5))
    await held.ended
    await closed
    expect(answersIn(held.told())).toMatchObject([{ status: 200, headers: { connection: 'close' } }])
  })

  test('a second close waits for the first, and `await using` settles', async () => {
    const server = await startSnapstand({ grace: 0 })
    await hold(server.port, 'GET /_snap')
    await Promise.all([server.close(), server.close(), server[Symbol.asyncDispose]()])
    await expect(ask(server.port, control('GET', '/health'))).rejects.toThrow()
  })

  test.for([['5 minutes'], ['-1s'], ['2h'], ['soon']] as const)('a grace of %s is refused', async ([grace]) => {
    await expect(startSnapstand({ grace })).rejects.toThrow(/options\.grace/)
  })
})

describe('the program', () => {
  beforeAll(build, 120_000)

  test.for(states)('SIGTERM ends it while $name', async (state) => {
    const server = await startProgram(['--clock', 'manual', '--grace', `${GRACE_MS}ms`])
    const held = await state.enter(Number(new URL(server.url).port))
    let ended: Awaited<ReturnType<typeof server.stop>> | undefined
    const tookMs = await timed(async () => {
      ended = await server.stop()
    })
    judge('SIGTERM', state, tookMs)
    expect(ended).toMatchObject({ code: 0 })
    expect(ended?.err).not.toContain('internal error')
    held?.socket.resume()
    await held?.ended
    if (held) state.check?.(held)
  })

  test('a second SIGTERM does not wait for the grace', async () => {
    const server = await startProgram(['--grace', '60s'])
    await hold(Number(new URL(server.url).port), 'GET /_snap')
    const ended = server.stop()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await timed(server.stop)).toBeLessThan(SLACK_MS)
    expect(await ended).toMatchObject({ code: 1 })
  })

  test('an advance that SIGTERM stopped is whole in its file, and goes on after the next start', {
    timeout: 120_000
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'snapstand-closing-'))
    const args = ['--clock', 'manual', '--data', folder]
    try {
      const server = await startProgram(args)
      const port = Number(new URL(server.url).port)
      await plenty(port)
      const held = await hold(port, control('POST', '/clock/advance', { to: END }))
      await until(() => isAdvancing(port))
      expect(await server.stop()).toMatchObject({ code: 0 })
      await held.ended
      const [stopped] = answersIn(held.told())
      const { done }: { done: { firings: number; snapshotsCreated: number } } = JSON.parse(stopped?.body ?? '')

      const again = await startProgram(args)
      const next = Number(new URL(again.url).port)
      const kept = Number(/"totalCount":(\d+)/.exec(await call(next, 'DescribeSnapshots', { pageSize: 1 }))?.[1])
      expect(kept).toBeLessThanOrEqual(done.snapshotsCreated)
      expect(kept).toBeGreaterThan(0)
      // Each hour from the start to the end fires once, in two runs.
      const [status, rest] = await drive(next, 'POST', '/clock/advance', { to: END })
      expect(status).toBe(200)
      const report: { firings: number } = JSON.parse(rest)
      expect(done.firings + report.firings).toBe((Date.parse(END) - Date.UTC(2026, 0, 5, 8)) / 3_600_000)
      await again.stop()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
