import { afterEach, expect, test } from 'vitest'
import { connect } from '../../src/client/index.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { clientFor } from '../deploy/calls.ts'
import { typed } from './lines.ts'

const DISK = '1700000000000000102'
const servers: Snapstand[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function shards(count: number, clock: 'manual' | 'system' = 'manual'): Promise<readonly Snapstand[]> {
  for (let index = 0; index < count; index++) {
    servers.push(await startSnapstand({ clock, shard: `${index}/${count}`, logLevel: 'silent' }))
  }
  return servers
}
/** Two servers, of which neither minds whom it is asked by. */
async function pair(clock: 'manual' | 'system' = 'manual') {
  const [from, to] = [await startSnapstand({ clock, logLevel: 'silent' }), await startSnapstand({ logLevel: 'silent' })]
  servers.push(from, to)
  return { from, to, route: ['--from', from.url, '--to', to.url] }
}
/** As its own address reaches it. */
const meant = (shard: Snapstand | undefined, index: number) =>
  connect(shard?.url ?? '', { shard: `snapstand-${index}` })

const create = (url: string, key: string, name: string) =>
  clientFor(url).zenlayer(key, 'CreateSnapshot', { diskId: DISK, snapshotName: name })
const idsIn = async (server: Snapstand, key: string) => {
  const { dataSet } = await clientFor(server.url).zenlayer(key, 'DescribeSnapshots', { pageSize: 1000 })
  return Array.isArray(dataSet) ? dataSet.map(({ snapshotId }) => String(snapshotId)) : []
}
const namesOf = async (server: Snapstand) => (await server.worlds()).map(({ id }) => id)

test('several servers are asked as one, and it is told which are not among them', async () => {
  const all = await shards(3)
  await meant(all[1], 1).world('a').keep()
  await meant(all[2], 2).world('a').keep()
  const urls = all.map(({ url }) => url)
  const health = await typed(['health', '--all', ...urls])
  expect(health).toMatchObject({ code: 0, err: '' })
  expect(health.out).toMatch(/ok, .*, worlds: 0, shard 0\/3\n.*shard 1\/3\n.*shard 2\/3\n$/)
  const worlds = await typed(['worlds', '--all', ...urls])
  expect(worlds.out.match(/more than one server has it/g)).toHaveLength(2)
  expect(JSON.parse((await typed(['worlds', '--json', '--all', ...urls])).out)).toMatchObject([
    { shard: '0/3', worlds: [] },
    { shard: '1/3', worlds: [{ id: 'a' }] },
    { shard: '2/3', worlds: [{ id: 'a' }] }
  ])
  const some = await typed(['health', '--all', urls[0] ?? '', 'http://127.0.0.1:1'])
  expect(some).toMatchObject({ code: 3, err: 'snapstand: 1 of 2 servers do not answer\n' })
  expect(some.out).toContain('http://127.0.0.1:1: does not answer\nShard 1/3 is not among them.\nShard 2/3')
})

test('a reset of all worlds reaches every server', async () => {
  const all = await shards(2)
  for (const [index, shard] of all.entries()) {
    const world = meant(shard, index).world(`w${index}`)
    await world.clock.advance('P1D')
  }
  const { code, out } = await typed(['reset', '*', '--all', ...all.map(({ url }) => url)])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/: 1 at the.*\n.*: 1 at the/) })
  for (const [index, shard] of all.entries()) {
    expect(await meant(shard, index).world(`w${index}`).clock.get()).toMatchObject({ now: '2026-01-05T08:00:00.000Z' })
  }
})

test.for(['manual', 'system'] as const)('a world with a %s clock moves with all that it holds', async (mode) => {
  const { from, to, route } = await pair(mode)
  const world = from.world('mine')
  await create(from.url, 'mine', 'first')
  await world.settings.patch({ 'zenlayer.snapshotQuota': 7 })
  await world.content('zenlayer', DISK).set('what is on it')
  await world.faults.put('slow', { operation: 'CreateDisks', then: { delayMs: 1 } })
  await world.keep()
  const ids = await idsIn(from, 'mine')
  const { code, out, err } = await typed(['move', 'mine', ...route])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^mine: moved to .*, \d+ bytes, SHA-256 [0-9a-f]{64}\n$/)
  expect(await namesOf(from)).toEqual([])
  expect(await idsIn(to, 'mine')).toEqual(ids)
  const arrived = to.world('mine')
  expect(await arrived.content('zenlayer', DISK).get()).toBe('what is on it')
  expect(await arrived.clock.get()).toMatchObject({ mode })
  expect(await arrived.faults.list()).toMatchObject([{ id: 'slow' }])
  expect(await to.worlds()).toMatchObject([{ id: 'mine', keep: true, mode }])
  expect((await arrived.settings.get()).find(({ name }) => name === 'zenlayer.snapshotQuota')).toMatchObject({
    value: 7
  })
  // The same again has nothing to do.
  expect(await typed(['move', 'mine', ...route])).toMatchObject({ code: 0, out: `mine: ${to.url} has it already\n` })
})

test('a world that the target has already stays where it is, on both sides', async () => {
  const { from, to, route } = await pair()
  await create(from.url, 'mine', 'here')
  await create(to.url, 'mine', 'there')
  const before = [await idsIn(from, 'mine'), await idsIn(to, 'mine')]
  const refused = await typed(['move', 'mine', ...route])
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('has a world "mine" already; nothing was') })
  expect([await idsIn(from, 'mine'), await idsIn(to, 'mine')]).toEqual(before)
})

test('checkpoints do not go along, and are not lost unasked', async () => {
  const { from, to, route } = await pair()
  await from.world('mine').checkpoints.save('clean')
  const refused = await typed(['move', 'mine', ...route])
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('has 1 checkpoint, which a move') })
  expect(await from.world('mine').checkpoints.list()).toHaveLength(1)
  expect(await namesOf(to)).toEqual([])
  expect(await typed(['move', 'mine', '--drop-checkpoints', ...route])).toMatchObject({ code: 0 })
  expect(await namesOf(to)).toEqual(['mine'])
})

const MODE = { mode: 'system', keep: false, series: 0 } as const
/** What is left where a move is cut off, step by step. */
const CUTS = {
  'the source was told': async (from: Snapstand, to: Snapstand) => {
    await from.world('mine').move.begin({ to: to.url })
  },
  'both were told': async (from: Snapstand, to: Snapstand) => {
    await CUTS['the source was told'](from, to)
    await to.world('mine').move.begin({ from: from.url, ...MODE })
  },
  'it was copied': async (from: Snapstand, to: Snapstand) => {
    await CUTS['the source was told'](from, to)
    const { move } = await to.world('mine').move.begin({ from: from.url, ...MODE })
    await to.world('mine').state.import(await from.world('mine').state.export(), { move })
  },
  'the source has forgotten it': async (from: Snapstand, to: Snapstand) => {
    await CUTS['it was copied'](from, to)
    const own = (await from.moves()).find(({ world }) => world === 'mine')
    await from.world('mine').move.finish(own?.move ?? '')
  }
} as const
const EACH_CUT = ['the source was told', 'both were told', 'it was copied', 'the source has forgotten it'] as const

test.for(EACH_CUT)('a move that was cut off when %s goes on where it was', async (when) => {
  const { from, to, route } = await pair('system')
  await create(from.url, 'mine', 'first')
  const ids = await idsIn(from, 'mine')
  await CUTS[when](from, to)
  for (const { url } of [from, to]) {
    // Before both were told, only the source is known to have had it.
    if (when === 'the source was told' && url === to.url) continue
    await expect(create(url, 'mine', 'late')).rejects.toThrow(/^503 .*SERVICE_TEMPORARY_UNAVAILABLE/)
  }
  const { code, out } = await typed(['move', 'mine', ...route])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/moved|its move is finished/) })
  expect(await namesOf(from)).toEqual([])
  expect(await idsIn(to, 'mine')).toEqual(ids)
  expect(await to.world('mine').clock.get()).toMatchObject({ mode: 'system' })
  expect(await to.moves()).toEqual([])
  expect(await from.moves()).toMatchObject([{ world: 'mine', way: 'away', url: to.url, isThere: false }])
})

test.for(EACH_CUT.slice(0, 3))('a move that was cut off when %s can be given up', async (when) => {
  const { from, to, route } = await pair('system')
  await create(from.url, 'mine', 'first')
  const ids = await idsIn(from, 'mine')
  await CUTS[when](from, to)
  expect(await typed(['move', 'mine', '--forget', ...route])).toMatchObject({
    code: 0,
    out: `mine: its move from ${from.url} is forgotten\n`
  })
  expect([await from.moves(), await to.moves(), await namesOf(to)]).toEqual([[], [], []])
  expect(await idsIn(from, 'mine')).toEqual(ids)
  expect(await from.world('mine').clock.get()).toMatchObject({ mode: 'system' })
})

test('what has left is not lost by giving up, and is not made anew at its source until that is asked for', async () => {
  const { from, to, route } = await pair()
  await create(from.url, 'mine', 'first')
  await CUTS['the source has forgotten it'](from, to)
  expect(await typed(['move', 'mine', '--forget', ...route])).toMatchObject({
    code: 1,
    err: expect.stringContaining('has all there is of "mine": move it once more')
  })
  await typed(['move', 'mine', ...route])
  await expect(create(from.url, 'mine', 'late')).rejects.toThrow(`The world is moved to ${to.url}: reload the proxy.`)
  const listed = await typed(['moves', '--url', from.url])
  expect(listed.out).toMatch(new RegExp(`mine +has left for +${to.url}`))
  expect(await typed(['move', 'mine', '--from', from.url, '--forget'])).toMatchObject({ code: 0 })
  await create(from.url, 'mine', 'anew')
  expect(await idsIn(from, 'mine')).toHaveLength(1)
  expect(await typed(['move', 'mine', '--from', from.url, '--forget'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('knows of no move of "mine"')
  })
})

test('a world moves back to where it was, and its calls have ids of their own everywhere', async () => {
  const { from, to, route } = await pair()
  const seen: string[] = []
  const visit = async (server: Snapstand) => {
    await create(server.url, 'mine', `n${seen.length}`)
    const [newest] = (await server.world('mine').requests.list()).requests
    seen.push(newest?.id ?? '')
  }
  await visit(from)
  await typed(['move', 'mine', ...route])
  await visit(to)
  const { code, err } = await typed(['move', 'mine', '--from', to.url, '--to', from.url])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(await from.moves()).toEqual([])
  await visit(from)
  expect(new Set(seen).size).toBe(seen.length)
  expect(await idsIn(from, 'mine')).toHaveLength(3)
})

test('a world moves under calls: what was acknowledged is there, once, and nothing is made at its source', async () => {
  const { from, to, route } = await pair()
  const acknowledged: string[] = []
  const told = new Set<string>()
  let sent = 0
  let isMoved = false
  const writing = async () => {
    // After the move, as behind a proxy that is yet to be reloaded.
    for (let late = 0; late < 5; ) {
      if (isMoved) late++
      try {
        acknowledged.push(String((await create(from.url, 'mine', `n${sent++}`)).snapshotId))
      } catch (error) {
        told.add(String(error).slice(0, 10))
      }
    }
  }
  await create(from.url, 'mine', 'first')
  const writers = [writing(), writing(), writing()]
  while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 1))
  const { code, err } = await typed(['move', 'mine', ...route])
  isMoved = true
  expect({ code, err }).toEqual({ code: 0, err: '' })
  await Promise.all(writers)
  expect([...told]).toEqual(['Error: 503'])
  const found = await idsIn(to, 'mine')
  expect(found).toHaveLength(acknowledged.length + 1)
  expect(acknowledged.filter((id) => !found.includes(id))).toEqual([])
  expect(await namesOf(from)).toEqual([])
})

test('of two that move a world at once one does, and the world is in one place', async () => {
  const { from, to, route } = await pair()
  await create(from.url, 'mine', 'first')
  const ids = await idsIn(from, 'mine')
  const moves = await Promise.all([typed(['move', 'mine', ...route]), typed(['move', 'mine', ...route])])
  // Each may have taken the move from the other; then the world is where it was.
  if (moves.every(({ code }) => code !== 0)) expect((await typed(['move', 'mine', ...route])).code).toBe(0)
  expect(await namesOf(from)).toEqual([])
  expect(await idsIn(to, 'mine')).toEqual(ids)
  expect(await to.moves()).toEqual([])
})

test('a server is drained, one world after the other, and makes none anew', async () => {
  const { from, to } = await pair()
  for (const key of ['a', 'b', 'c/d']) await create(from.url, key, 'x')
  const { code, out } = await typed(['drain', from.url, '--to', to.url])
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringMatching(/has no worlds any more, and makes none\.\n$/)
  })
  expect(out).toMatch(/^1 of 3: a: moved.*\n2 of 3: b: moved.*\n3 of 3: c\/d: moved/)
  expect((await namesOf(to)).toSorted()).toEqual(['a', 'b', 'c/d'])
  for (const key of ['a', 'new']) await expect(create(from.url, key, 'late')).rejects.toThrow(/^503/)
  await expect(from.world('new').keep()).rejects.toMatchObject({ status: 503 })
  expect(await namesOf(from)).toEqual([])
  // In use again, it makes worlds again.
  expect(await typed(['move', 'a', '--from', to.url, '--to', from.url])).toMatchObject({
    code: 1,
    err: expect.stringContaining('give up the move of "*" first')
  })
  expect(await typed(['move', '*', '--from', from.url, '--forget'])).toMatchObject({ code: 0 })
  await create(from.url, 'new', 'anew')
  expect(await namesOf(from)).toEqual(['new'])
})

test('a drain that was cut off goes on, finishes what was on its way, and leaves what cannot be moved', async () => {
  const { from, to } = await pair()
  for (const key of ['mine', 'b']) await create(from.url, key, 'x')
  await from.world('kept').checkpoints.save('clean')
  await from.world('*').move.begin({ to: to.url })
  await CUTS['the source has forgotten it'](from, to)
  const { code, out, err } = await typed(['drain', from.url, '--to', to.url])
  expect({ code, err }).toEqual({ code: 1, err: 'snapstand: 1 of 3 worlds are left: kept\n' })
  expect(out).toMatch(/^1 of 3: mine: its move is finished/)
  expect(out).toContain('has 1 checkpoint, which a move does not take along; --drop-checkpoints')
  expect((await namesOf(to)).toSorted()).toEqual(['b', 'mine'])
  // What was left is served as before.
  await create(from.url, 'kept', 'still')
  expect((await typed(['drain', from.url, '--drop-checkpoints', '--to', to.url])).code).toBe(0)
  expect(await namesOf(from)).toEqual([])
})

test('a drain tells what cannot be moved for whatever reason, and takes the others', async () => {
  const { from, to } = await pair()
  // No path holds the first; the second is on its way here from elsewhere.
  for (const key of ['..', 'taken', 'z']) await create(from.url, key, 'x')
  await to.world('taken').keep()
  const { code, out, err } = await typed(['drain', from.url, '--to', to.url])
  expect({ code, err }).toEqual({ code: 1, err: 'snapstand: 2 of 3 worlds are left: .., taken\n' })
  expect(out).toContain('..: no path can hold the name ".."')
  expect(await namesOf(from)).toEqual(['..', 'taken'])
  expect(await namesOf(to)).toEqual(['taken', 'z'])
})

test('what a target refuses keeps a drain from that world alone', async () => {
  const { from } = await pair()
  const small = await startSnapstand({ logLevel: 'silent', maxWorlds: 1 })
  servers.push(small)
  await small.world('kept').keep()
  for (const key of ['a', 'b']) await create(from.url, key, 'x')
  const { code, out, err } = await typed(['drain', from.url, '--to', small.url])
  expect({ code, err }).toEqual({ code: 1, err: 'snapstand: 2 of 2 worlds are left: a, b\n' })
  expect(out.match(/--max-worlds is reached/g)).toHaveLength(2)
  expect(await namesOf(from)).toEqual(['a', 'b'])
})

test('all worlds at once are not moved by the key of none: nothing is marked', async () => {
  const { from, route } = await pair()
  expect(await typed(['move', '*', ...route])).toMatchObject({
    code: 2,
    err: expect.stringContaining('snapstand drain takes all of them away')
  })
  expect(await from.moves()).toEqual([])
})

test('a server is the same with a slash behind it', async () => {
  const { from, to, route } = await pair()
  await create(from.url, 'mine', 'x')
  await CUTS['the source has forgotten it'](from, to)
  const again = await typed(['move', 'mine', '--from', `${from.url}/`, '--to', `${to.url}/`])
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('its move is finished') })
  expect(await typed(['move', 'mine', ...route])).toMatchObject({ code: 0 })
})

test.for([
  [['health', '--all', 'nonsense'], '--all: nonsense is no URL'],
  [['worlds', '--all', 'ftp://127.0.0.1'], '--all: ftp://127.0.0.1 is no URL'],
  [['reset', '*', '--all', ''], '--all:  is no URL'],
  [['move', 'mine', '--from', 'nonsense', '--to', 'http://127.0.0.1:1'], '--from: nonsense is no URL'],
  [['move', 'mine', '--from', 'http://127.0.0.1:1', '--to', 'http://me:pw@x'], '--to: holds more than an address'],
  [['drain', 'nonsense', '--to', 'http://127.0.0.1:1'], 'drain: nonsense is no URL'],
  [['drain', 'http://127.0.0.1:1', '--to', 'http://127.0.0.1:2', '--by', 'x'], '--by: x is no URL'],
  [['drain', 'http://127.0.0.1:1/', '--to', 'http://127.0.0.1:1'], '--to: http://127.0.0.1:1 is where the worlds are'],
  [['checkpoint', 'save', '..'], 'no path can hold the name ".."'],
  [['move', 'mine', '--to', 'http://127.0.0.1:1'], '--from: is missing (expected a URL'],
  [['drain', 'http://127.0.0.1:1', '--to', 'http://127.0.0.1:1'], '--to: http://127.0.0.1:1 is where the worlds are']
] as const)('%j is refused', async ([words, complaint]) => {
  const { code, err } = await typed(words)
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(complaint) })
})

test('nothing to move is a failure in words', async () => {
  const { route } = await pair()
  const { code, err } = await typed(['move', 'mine', ...route])
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('has a world "mine"') })
})
