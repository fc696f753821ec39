import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EVENT_TYPES } from '../../../src/core/model/events.ts'
import { Event } from '../../../src/doors/events.ts'
import type { ControlOptions } from '../../../src/http/app.ts'
import { unfit } from '../../exact.ts'
import { type Server, type StartOptions, start } from '../../harness.ts'
import { openSource, type Received, type Source } from '../event-source.ts'
import { ask, bytes } from '../raw-http.ts'

const DISK = '1700000000000000101'
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Listening extends Server {
  readonly port: number
  follow(query?: string, headers?: Readonly<Record<string, string>>): Promise<Source>
}
async function listen(
  eventStreams: NonNullable<ControlOptions['eventStreams']> = {},
  options: StartOptions = {}
): Promise<Listening> {
  const server = await start({ control: { mode: 'on', eventStreams }, ...options })
  closing.push(() => server.close())
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    ...server,
    port,
    async follow(query = '', headers = {}) {
      const source = await openSource(`http://127.0.0.1:${port}/_snapstand/events${query}`, headers)
      closing.push(source.close)
      return source
    }
  }
}
const datas = (received: readonly Received[]) => received.map(({ data }) => data)
const types = (received: readonly Received[]) => received.map(({ event }) => event)

test('a story is told as it happens, each event named, numbered, and as the row says', async () => {
  const { follow, zenlayer, control } = await listen()
  const source = await follow()
  expect(source.status).toBe(200)
  expect(source.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const made = await zenlayer('CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'nightly',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: [9],
    retentionDays: 1
  })
  const policy = String(Object(Object(made.body).response).autoSnapshotPolicyId)
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: [DISK] })
  await control('PATCH', '/settings', { 'delays.zenlayer.snapshotCreateMs': 1000 })
  await control('POST', '/clock/advance', { by: 'P2D' })
  await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'x' })
  await control('POST', '/reset')
  const received = await source.until('replaced')
  expect(types(received).filter((type) => type !== 'clock')).toEqual([
    ...['created', 'request', 'request', 'created', 'fired', 'completed', 'completed'],
    ...['expired', 'created', 'fired', 'completed', 'completed', 'request', 'replaced']
  ])
  expect(datas(received).flatMap((data) => unfit('an event', Event, data) ?? [])).toEqual([])
  expect(received.every(({ event, data }) => event === data.type && data.world === 'default')).toBe(true)
  expect(new Set(received.map(({ id }) => id)).size).toBe(received.length)
  expect(datas(received)).toContainEqual({
    type: 'fired',
    world: 'default',
    at: '2026-01-05T09:00:00.000Z',
    provider: 'zenlayer',
    what: 'policy',
    subject: policy,
    made: 1,
    skipped: {}
  })
  expect(received.at(-2)?.data).toMatchObject({
    operation: 'CreateSnapshot',
    status: 404,
    code: 'INVALID_DISK_NOT_FOUND',
    refusal: { rule: expect.any(String) }
  })
  expect(received.at(-2)?.data).not.toHaveProperty('request')
})

test('only what was asked for is told, of the world that was asked for or of all', async () => {
  const { follow, zenlayer } = await listen()
  const [one, fired, all] = [
    await follow('?world=one'),
    await follow('?types=fired, created&world=*'),
    await follow('', { 'x-snapstand-world': '*' })
  ]
  for (const key of ['other', 'one']) await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'x' }, { key })
  expect(datas(await one.until('request')).map(({ world }) => world)).toEqual(['one', 'one'])
  expect(datas(await fired.until('created', 2)).map(({ type, world }) => [type, world])).toEqual([
    ['created', 'other'],
    ['created', 'one']
  ])
  expect(types(await all.until('request', 2))).toEqual(['created', 'request', 'created', 'request'])
})

test('looking on makes no world', async () => {
  const { follow, core } = await listen()
  await follow('?world=nobody')
  expect(core.peek('nobody')).toBeUndefined()
})

test('secrets are not told', async () => {
  const { follow, zenlayer } = await listen({}, { auth: 'verify', keys: [{ id: 'key', secret: 'a-great-secret' }] })
  const source = await follow('?world=*')
  await zenlayer('DescribeDisks', { diskName: 'a-great-secret' }, { key: 'key' })
  await zenlayer('CreateSnapshot', { diskId: 'a-great-secret', snapshotName: 'x' }, { key: 'key' })
  const received = await source.until('request', 2)
  expect(datas(received).map(({ status }) => status)).toEqual([200, 404])
  expect(source.text()).not.toContain('a-great-secret')
})

test.for<[string, (id: string) => [string, Readonly<Record<string, string>>]]>([
  ['the header', (id) => ['', { 'last-event-id': id }]],
  ['the query', (id) => [`?lastEventId=${id}`, {}]],
  ['the header, which goes before the query', (id) => ['?lastEventId=a-1', { 'last-event-id': id }]]
])('who comes back with the last id in %s goes on from there', async ([, sent]) => {
  const { follow, control } = await listen()
  const first = await follow()
  await control('POST', '/clock/advance', { by: 'PT1H' })
  await first.until('clock')
  first.close()
  await control('POST', '/reset')
  const again = await follow(...sent(first.lastId()))
  expect(types(await again.until('replaced'))).toEqual(['replaced'])
})

test('who breaks before the first event has an id to come back with', async () => {
  const { follow, control } = await listen()
  const first = await follow('?types=replaced')
  await control('PUT', '/worlds/default', { keep: true })
  await control('POST', '/reset')
  await first.until('replaced')
  const again = await follow('?types=replaced', { 'last-event-id': /^id: (.*)$/m.exec(first.text())?.[1] ?? '' })
  expect(types(await again.until('replaced'))).toEqual(['replaced'])
})

test('an id of another start tells of a gap of unknown size', async () => {
  const { follow } = await listen()
  const source = await follow('?world=one&lastEventId=abc-7')
  const [missed] = await source.until('missed')
  expect(missed).toEqual({ id: undefined, event: 'missed', data: { type: 'missed', world: 'one', count: null } })
  expect(unfit('missed', Event, missed?.data)).toBeUndefined()
})

test.for([
  ['?types=', 'types'],
  ['?types=fired,', 'types'],
  ['?types=fried', 'types'],
  ['?types=missed', 'types'],
  ['?types=fired&types=clock', 'types'],
  [`?types=${'fired,'.repeat(50)}fired`, 'types'],
  ['?lastEventId=17', 'lastEventId'],
  ['?lastEventId=', 'lastEventId'],
  [`?lastEventId=a-${'9'.repeat(400)}`, 'lastEventId'],
  ['?world=', 'world'],
  [`?world=${'w'.repeat(300)}`, 'world'],
  ['?wrold=one', 'wrold'],
  ['?limit=5', 'limit']
])('%.30s is refused, naming %s', async ([query, field]) => {
  const { control } = await listen()
  const { status, body } = await control('GET', `/events${query}`)
  expect([status, body]).toEqual([400, expect.objectContaining({ field })])
})

test('an unknown type is refused by its name, with one that is known', async () => {
  const { control } = await listen()
  const { body } = await control('GET', '/events?types=fired,fried')
  expect(body).toMatchObject({ field: 'types', value: 'fried', nearest: 'fired', example: 'fired' })
  const { detail } = Object(body)
  expect(detail).toBe('types "fried" is not known (did you mean fired?).')
})

test('a header that is no id is refused with an example', async () => {
  const { port } = await listen()
  const headers = { 'last-event-id': 'the last one' }
  const { status, body } = await ask(port, bytes('GET', '/_snapstand/events', headers))
  expect([status, JSON.parse(body)]).toEqual([
    400,
    expect.objectContaining({ field: 'Last-Event-ID', value: 'the last one', example: expect.any(String) })
  ])
})

test('HEAD has the headers, and ends', async () => {
  const { port } = await listen()
  const head = await ask(port, bytes('HEAD', '/_snapstand/events'))
  expect(head).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body: '' })
})

test('where nothing happens something is sent now and then', async () => {
  const { follow } = await listen({ beatMs: 20 })
  const source = await follow()
  const rest = source.rest().catch(() => [])
  while (!source.text().endsWith('\n\n:\n\n:\n\n')) await new Promise((resolve) => setTimeout(resolve, 5))
  source.close()
  expect(await rest).toEqual([])
})

test('of more readers than there may be the next is refused, until one goes', async () => {
  const { follow, control } = await listen({ most: 2 })
  const [first] = [await follow(), await follow()]
  const { status, body, headers } = await control('GET', '/events')
  expect({ status, body }).toMatchObject({ status: 503, body: { detail: expect.stringContaining('2 readers') } })
  expect(headers['retry-after']).toBe('5')
  first?.close()
  let next = await follow()
  while (next.status === 503) next = await follow()
  expect(next.status).toBe(200)
})

/** Asks for the events and reads none of them. */
async function unread(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  closing.push(() => socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.pause()
  socket.write(bytes('GET', '/_snapstand/events?types=fault', { host: 'localhost' }))
  await new Promise((resolve) => setTimeout(resolve, 50))
  return socket
}
/** More than the system keeps for a reader that does not read. */
function flood({ core }: Server, count: number): void {
  const about = { provider: 'zenlayer', operation: 'CreateSnapshot', outcome: 'x'.repeat(1000) }
  const happening = { type: 'fault', at: core.wallNow(), request: 'r', fault: 'flood', ...about } as const
  for (let n = 0; n < count; n++) core.events.teller('default').tell([happening])
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

test('who stops reading is told how many were missed when he goes on, and nobody waits for him', async () => {
  const server = await listen()
  const socket = await unread(server.port)
  const quick = await server.follow('?types=fault')
  const ROUNDS = 60
  for (let round = 0; round < ROUNDS; round++) {
    flood(server, 500)
    await quick.until('fault', 500)
  }
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.resume()
  flood(server, 1)
  const told = () => (text.match(/^event: fault$/gm) ?? []).length
  const missed = () => [...text.matchAll(/"count":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  while (told() + missed() < ROUNDS * 500 + 1) await turn()
  expect(missed()).toBeGreaterThan(0)
  expect(told() + missed()).toBe(ROUNDS * 500 + 1)
})

test('who takes nothing for long is dropped', async () => {
  const server = await listen({ most: 1, stalledMs: 300, beatMs: 50 })
  const socket = await unread(server.port)
  for (let round = 0; round < 60; round++) {
    flood(server, 500)
    await turn()
  }
  while ((await server.follow()).status === 503) await turn()
  socket.destroy()
})

test('a server that ends tells what is left, and ends the streams', async () => {
  const server = await listen()
  const source = await server.follow()
  flood(server, 300)
  const rest = source.rest()
  await server.app.close()
  expect(types(await rest).filter((type) => type === 'fault')).toHaveLength(300)
})

test('every type is one that the row tells of', () => {
  const told = Event.anyOf.map(({ properties }) => properties.type.const)
  expect(told.toSorted()).toEqual([...EVENT_TYPES, 'missed'].toSorted())
})
