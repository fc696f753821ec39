import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { ask, bytes } from './raw-http.ts'

// What a client's socket sees of a fault on its connection.

const call = (action: string, body: object) =>
  bytes(
    'POST',
    '/api/v2/zec',
    { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' },
    JSON.stringify(body)
  )
const CREATE = call('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'nightly' })

interface Seen {
  readonly socket: Socket
  /** All that came until the other side ended, and how it did. */
  readonly end: Promise<{ readonly text: string; readonly how: string }>
}
async function sent(port: number, request: string): Promise<Seen> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  let how = 'closed'
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', (error) => {
    how = 'code' in error ? String(error.code) : error.message
  })
  const end = new Promise<{ text: string; how: string }>((resolve) =>
    socket.once('close', () => resolve({ text, how }))
  )
  await once(socket, 'connect')
  socket.write(request)
  return { socket, end }
}

async function using(work: (server: Snapstand, put: (rule: object) => Promise<void>) => Promise<void>): Promise<void> {
  await using server = await startSnapstand({ port: 0, clock: 'manual', grace: 60 })
  await work(server, async (rule) => {
    const put = await ask(server.port, bytes('PUT', '/_snapstand/faults/it', {}, JSON.stringify(rule)))
    expect(put.status, put.body).toBe(200)
  })
}
async function snapshots(port: number): Promise<number> {
  const { body } = await ask(port, call('DescribeSnapshots', {}))
  return Object(JSON.parse(body)).response.totalCount
}
async function entries(port: number): Promise<Record<string, unknown>[]> {
  const { body } = await ask(port, bytes('GET', '/_snapstand/requests?operation=CreateSnapshot'))
  return Object(JSON.parse(body)).requests
}

test.for([true, false])('a connection is reset, with the work done: %s', (after) =>
  using(async ({ port }, put) => {
    await put({ operation: 'CreateSnapshot', then: { connection: 'reset', after } })
    const { end } = await sent(port, CREATE)
    expect(await end).toEqual({ text: '', how: 'ECONNRESET' })
    expect(await snapshots(port)).toBe(after ? 1 : 0)
    const [entry] = await entries(port)
    expect(entry).toMatchObject({ status: 0, connection: 'reset', fault: 'it' })
    expect(String(entry?.response).includes('snapshotId')).toBe(after)
  })
)

test.for([true, false])('an answer breaks off in the middle of its body, with the work done: %s', (after) =>
  using(async ({ port }, put) => {
    await put({ operation: 'CreateSnapshot', then: { connection: 'close-early', after } })
    const { end } = await sent(port, CREATE)
    const { text, how } = await end
    expect(how).toBe('closed')
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-type: application\/json;charset=UTF-8\r\n/)
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/.exec(head)?.[1])
    expect(body.length).toBeGreaterThan(0)
    expect(body.length).toBeLessThan(length)
    expect(await snapshots(port)).toBe(after ? 1 : 0)
    expect((await entries(port))[0]).toMatchObject({ status: 200, connection: 'close-early', fault: 'it' })
  })
)

test('an answer without a body breaks off in its head', () =>
  using(async ({ port }, put) => {
    await put({ provider: 'baidu', operation: 'DeleteSnapshot', then: { connection: 'close-early', after: true } })
    const made = await ask(
      port,
      bytes('POST', '/v2/snapshot', {}, '{"volumeId":"v-Starter2","snapshotName":"nightly"}')
    )
    const { end } = await sent(port, bytes('DELETE', `/v2/snapshot/${JSON.parse(made.body).snapshotId}`))
    const { text } = await end
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text).not.toContain('\r\n\r\n')
    expect(Object(JSON.parse((await ask(port, bytes('GET', '/v2/snapshot'))).body)).snapshots).toEqual([])
  }))

test('a connection hangs until its client goes, and other calls are served', () =>
  using(async ({ port }, put) => {
    await put({ operation: 'CreateSnapshot', times: 1, then: { connection: 'hang', after: true } })
    const { socket, end } = await sent(port, CREATE)
    while ((await entries(port)).length === 0);
    expect((await entries(port))[0]).toMatchObject({ status: 0, connection: 'hang', fault: 'it' })
    expect((await ask(port, CREATE)).status).toBe(200)
    socket.destroy()
    expect((await end).text).toBe('')
  }))

test('of connections that hang only so many are kept: the one that has waited longest is closed', () =>
  using(async ({ port }, put) => {
    await put({ operation: 'CreateSnapshot', then: { connection: 'hang' } })
    const first = await sent(port, CREATE)
    while ((await entries(port)).length === 0);
    const others = await Promise.all(Array.from({ length: 256 }, () => sent(port, CREATE)))
    await first.end
    for (const { socket } of others) socket.destroy()
  }))

test('the end of the server waits neither for what hangs nor for what is delayed', async () => {
  const server = await startSnapstand({ port: 0, clock: 'manual', grace: 60 })
  const put = (id: string, rule: object) =>
    ask(server.port, bytes('PUT', `/_snapstand/faults/${id}`, {}, JSON.stringify(rule)))
  await put('hang', { operation: 'CreateSnapshot', then: { connection: 'hang' } })
  await put('slow', { operation: 'DescribeDisks', then: { delayMs: 600_000 } })
  const hung = await sent(server.port, CREATE)
  const slow = await sent(server.port, call('DescribeDisks', {}))
  for (;;) {
    const { body } = await ask(server.port, bytes('GET', '/_snapstand/faults'))
    if (JSON.parse(body).every(({ met }: { met: number }) => met === 1)) break
  }
  await server.close()
  expect((await hung.end).text).toBe('')
  expect((await slow.end).text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
})
