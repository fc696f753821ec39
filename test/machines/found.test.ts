import { afterAll, beforeAll, expect, test } from 'vitest'
import { shrunk } from '../../machines/fuzz/shrink.ts'
import { createKeeper } from '../../machines/kill/keeper.ts'
import { pictureIn, readWorld, Torn } from '../../machines/kill/picture.ts'
import { randomOf } from '../../machines/random.ts'
import type { Request } from '../../machines/requests/request.ts'
import { type Client, clientOf } from '../../machines/server/client.ts'
import { differenceOf, type Life, timeless } from '../../machines/worlds/life.ts'
import { type Server, start } from '../harness.ts'

// What the machines would find, planted: a request among much that does not matter, a torn world, a lost write.

let server: Server
let client: Client
beforeAll(async () => {
  server = await start()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  client = clientOf(typeof address === 'object' && address !== null ? address.port : 0)
})
afterAll(async () => {
  client.close()
  await server.close()
})

test('a request is shrunk to what does it', async () => {
  const body = { name: 'long and irrelevant', list: [1, 2, { deep: 'bad' }], more: true }
  const request: Request = {
    method: 'POST',
    path: '/v2/asp',
    query: [['clientToken', 't'], ['x']],
    headers: { accept: '*/*', 'x-odd': '1' },
    body: Buffer.from(JSON.stringify(body))
  }
  const isBad = async (candidate: Request) => candidate.body.includes('ad"') && 'x-odd' in candidate.headers
  expect(await shrunk(request, isBad)).toStrictEqual({
    method: 'POST',
    path: '/v2/asp',
    query: [],
    headers: { 'x-odd': '1' },
    body: Buffer.from('{"list":[{"deep":"ad"}]}')
  })
})

const life: Life = { calls: [{ asked: 'GET /', answered: '200 {}' }], state: '{"a":1}', journal: '[]' }
test.for([
  ['nothing', life, undefined],
  ['an answer', { ...life, calls: [{ asked: 'GET /', answered: '404 {}' }] }, /^call 0/],
  ['a call less', { ...life, calls: [] }, /^call 0/],
  ['a byte of the export', { ...life, state: '{"a":2}' }, /^the export, at character 5/],
  ['the journal', { ...life, journal: '[1]' }, /^the journal/]
] as const)('two lives differ by %s', ([, other, difference]) => {
  const found = differenceOf(life, other)
  if (difference === undefined) expect(found).toBeUndefined()
  else expect(found).toMatch(difference)
})

test('of a journal everything counts but wall times and durations', () => {
  const entry = { id: 'a', at: 1, wallAt: 7, durationMs: 0.5 }
  const said = (changed: object) => timeless({ requests: [{ ...entry, ...changed }] })
  expect(said({ wallAt: 8, durationMs: 9 })).toBe(said({}))
  expect(said({ at: 2 })).not.toBe(said({}))
  expect(said({ id: 'b' })).not.toBe(said({}))
  // Refused before its world was there: both are the wall clock's.
  expect(said({ at: 7 })).toBe(said({ at: 8, wallAt: 8 }))
})

test.for([
  ['a total', 'total', 'n', 7],
  ['a count of a volume', 'volume', 'manual_count', 7]
] as const)('a world is torn where %s is not what its rows say', async ([, name, column, value]) => {
  const text = (await client.control('GET', '/state?world=whole')).body.toString()
  expect(pictureIn(text, 'whole').snapshots).toStrictEqual({})
  const document: { internal: { tables: { name: string; columns: string[]; rows: unknown[][] }[] } } = JSON.parse(text)
  const table = document.internal.tables.find((each) => each.name === name)
  const at = table?.columns.indexOf(column) ?? -1
  table?.rows[0]?.splice(at, 1, value)
  expect(() => pictureIn(JSON.stringify(document), 'whole')).toThrow(Torn)
})

test('what was acknowledged and is not there is found, and so is what nobody did', async () => {
  const keeper = createKeeper('kept', randomOf(1))
  const load = {
    acknowledged: 0,
    get isOver() {
      return this.acknowledged >= 30
    }
  }
  await keeper.work(client, load)
  const found = await readWorld(client, 'kept')
  expect(keeper.judge(found)).toBeUndefined()
  expect(await keeper.checkCheckpoint(client)).toBeUndefined()
  const { picture = { snapshots: {}, now: '' } } = found
  expect(keeper.judge({ ...found, picture: { ...picture, snapshots: { 'zenlayer 1': 'lost' } } })).toMatch(/expected/)
  expect(keeper.judge({ ...found, checkpoints: ['of nobody'] })).toMatch(/of nobody/)
  expect(keeper.judge({ ...found, picture: { ...picture, now: '2030-01-01T00:00:00.000Z' } })).toMatch(/2030/)
})

test('chances are the seed’s', () => {
  const drawn = (seed: number, name: string) => {
    const random = randomOf(seed, name)
    return Array.from({ length: 8 }, () => random.below(1000))
  }
  expect(drawn(1, 'a')).toStrictEqual(drawn(1, 'a'))
  for (const other of [drawn(2, 'a'), drawn(1, 'b')]) expect(other).not.toStrictEqual(drawn(1, 'a'))
  const many = Array.from({ length: 400 }, (_, seed) => randomOf(seed).below(4))
  for (const one of [0, 1, 2, 3]) expect(many.filter((each) => each === one).length).toBeGreaterThan(60)
})
