import { afterEach, expect, test } from 'vitest'
import { connect } from '../../../src/client/index.ts'
import { type Snapstand, startSnapstand } from '../../../src/index.ts'
import { type Answer, type Server, start } from '../../harness.ts'

const DISK = '1700000000000000102'
const TO = 'http://127.0.0.1:7431'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function server(): Promise<Server> {
  const started = await start()
  ends.push(() => started.close())
  return started
}
async function served(): Promise<Snapstand> {
  const started = await startSnapstand({ clock: 'manual', logLevel: 'silent' })
  ends.push(() => started.close())
  return started
}
const key = 'mine'
const create = ({ zenlayer }: Server, name = 'nightly') =>
  zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: name }, { key })
const hintOf = ({ headers }: Answer) => decodeURIComponent(headers['x-snapstand-hint'] ?? '')

test('clients of a world that leaves, or has left, are told to come again in their cloud’s words', async () => {
  const at = await server()
  await create(at)
  await at.control('PUT', `/moves/${key}`, { to: TO })
  for (const step of ['leaving', 'has left']) {
    const zenlayer = await create(at)
    expect(zenlayer, step).toMatchObject({ status: 503, code: 'SERVICE_TEMPORARY_UNAVAILABLE' })
    const baidu = await at.baidu('GET', '/v2/volume', undefined, { key })
    expect(baidu, step).toMatchObject({ status: 500, code: 'InternalError' })
    for (const answer of [zenlayer, baidu]) {
      expect(hintOf(answer)).toBe(`The world is moved to ${TO}: reload the proxy.`)
      const { body } = await at.control('GET', `/requests/${answer.requestId}?world=${key}`)
      expect(body, step).toMatchObject({ world: key, refusal: { hint: hintOf(answer) } })
    }
    const move = String(Object(Object((await at.control('GET', '/moves')).body)[0]).move)
    if (step === 'leaving') await at.control('POST', `/moves/${key}/finish`, { move })
  }
  expect(at.core.worlds()).toEqual([])
  // The next call of the world was never one of those before it.
  const { body } = await at.control('GET', `/requests?world=${key}`)
  const ids = Object(body).requests.map(({ id }: { readonly id: string }) => id)
  expect(new Set(ids).size).toBe(5)
})

test('control calls about a world that is moved are refused, but for what only tells what was', async () => {
  const at = await server()
  await create(at)
  await at.control('PUT', `/moves/${key}`, { to: TO })
  const calls = [
    ['GET', `/clock?world=${key}`],
    ['POST', `/clock/advance?world=${key}`, { by: 'P1D' }],
    ['POST', `/reset?world=${key}`, {}],
    ['PUT', `/state?world=${key}`, {}],
    ['DELETE', `/worlds/${key}`],
    ['PUT', `/worlds/${key}`, { keep: true }],
    ['POST', `/requests/expect?world=${key}`, { operation: '*' }],
    ['GET', `/events?world=${key}`],
    ['DELETE', `/requests?world=${key}`]
  ] as const
  for (const [method, path, body] of calls) {
    const answer = await at.control(method, path, body)
    expect(answer, path).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
    expect(Object(answer.body).detail, path).toBe(`The world is moved to ${TO}: reload the proxy.`)
  }
  expect(await at.control('GET', `/requests?world=${key}`)).toMatchObject({ status: 200, body: { found: 1 } })
  expect(await at.control('GET', `/state?world=${key}`)).toMatchObject({ status: 200 })
  // Of all worlds this one is passed over, and told.
  const reset = await at.control('POST', '/reset?world=*', {})
  expect(reset.body).toMatchObject({ worlds: [], failed: [{ world: key, reason: expect.stringContaining(TO) }] })
  await at.control('DELETE', `/moves/${key}`)
  expect(at.core.worlds()).toMatchObject([{ id: key, calls: 1 }])
  expect(await create(at)).toMatchObject({ status: 200 })
})

test('a world that has left has no export, and no state is put in its place', async () => {
  const at = await server()
  await create(at)
  const { body } = await at.control('PUT', `/moves/${key}`, { to: TO })
  await at.control('POST', `/moves/${key}/finish`, { move: Object(body).move })
  for (const [method, sent] of [['GET'], ['PUT', {}]] as const) {
    expect((await at.control(method, `/state?world=${key}`, sent)).status).toBe(503)
  }
  expect(at.core.worlds()).toEqual([])
})

test('of a move only an export is taken, and only as long as it is this move', async () => {
  const at = await server()
  const begun = await at.control('PUT', `/moves/${key}`, { from: TO, mode: 'manual' })
  const move = String(Object(begun.body).move)
  const seed = await at.control('PUT', `/state?world=${key}&move=${move}`, {})
  expect(seed).toMatchObject({ status: 400, body: { detail: 'Only an export is taken for a world that is moved.' } })
  const state = (await at.control('GET', '/state?world=other')).body
  const stale = await at.control('PUT', `/state?world=${key}&move=another`, state)
  expect(stale).toMatchObject({ status: 409, body: { field: 'move', reason: 'replaced' } })
  expect(at.core.worlds()).toEqual([])
  const put = await at.control('PUT', `/state?world=${key}&move=${move}`, state)
  expect(put).toMatchObject({ status: 200, body: { exact: true } })
  expect(await create(at)).toMatchObject({ status: 503 })
  await at.control('POST', `/moves/${key}/finish`, { move })
  expect(await create(at)).toMatchObject({ status: 200 })
})

test.for([
  [{}, 'body', 'neither to nor from'],
  [{ to: TO, from: TO }, 'from', 'says nothing where to is named'],
  [{ to: TO, keep: true }, 'keep', 'says nothing where to is named'],
  [{ from: TO, mode: 'manual', dropCheckpoints: true }, 'dropCheckpoints', 'says nothing where to is not named'],
  [{ from: TO }, 'mode', 'is missing'],
  [{ to: 'http://user:word@127.0.0.1:7431' }, 'to', 'expected the URL of a server, without credentials']
] as const)('%j begins no move', async ([body, field, words]) => {
  const at = await server()
  const answer = await at.control('PUT', `/moves/${key}`, body)
  expect(answer).toMatchObject({ status: 400, body: { field } })
  expect(Object(answer.body).detail).toContain(words)
})

test('who follows the events of a world is told that it is moved, and that is the last', async () => {
  const { url } = await served()
  await using control = connect(url)
  const world = control.world(key)
  await world.keep()
  const events = world.events({ types: ['replaced'] })
  await events.opened
  const { move } = await world.move.begin({ to: TO })
  await world.move.finish(move)
  const told = []
  for await (const event of events) told.push(event)
  expect(told).toMatchObject([{ type: 'replaced', world: key, why: 'moved' }])
})

test('who waits for requests of a world that leaves is told at once', async () => {
  const { url } = await served()
  await using control = connect(url)
  const world = control.world(key)
  await world.keep()
  const waiting = world.requests.expect({ operation: 'CreateSnapshot', withinMs: 60_000 })
  const told = expect(waiting).rejects.toMatchObject({ status: 503, detail: expect.stringContaining(TO) })
  // It waits once the server has begun to look.
  while ((await control.health()).worlds !== 1) await new Promise((resolve) => setImmediate(resolve))
  await world.move.begin({ to: TO })
  await told
})
