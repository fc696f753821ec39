import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  freePort,
  hasProxy,
  type Kind,
  type ProxyOptions,
  type RunningProxy,
  startProxy,
  verdictOn
} from '../../machines/server/proxy.ts'
import { connect } from '../../src/client/index.ts'
import { worldOfToken } from '../../src/core/model/world-names.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { clientFor, statusOf } from './calls.ts'

interface Stand {
  readonly shards: Snapstand[]
  readonly proxy: RunningProxy
}
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const COUNT = 3
type Options = NonNullable<Parameters<typeof startSnapstand>[0]>

async function stand(kind: Kind, own: Options = {}, options: Partial<ProxyOptions> = {}): Promise<Stand> {
  const shards: Snapstand[] = []
  for (let index = 0; index < COUNT; index++) {
    const shard = await startSnapstand({ clock: 'manual', ...own, shard: `${index}/${COUNT}`, logLevel: 'silent' })
    ends.push(() => shard.close())
    shards.push(shard)
  }
  const proxy = await startProxy(kind, { shards: shards.map(({ port }) => port), ...options })
  ends.push(() => proxy.stop())
  return { shards, proxy }
}

/** Which shards have a world of this name. */
async function holders({ proxy }: Stand, world: string): Promise<number[]> {
  const found: number[] = []
  for (let index = 0; index < COUNT; index++) {
    await using shard = connect(`${proxy.url}/_shards/${index}`)
    if ((await shard.worlds()).some(({ id }) => id === world)) found.push(index)
  }
  return found
}

/** A world's name that a shard has. */
async function worldOn(at: Stand, index: number): Promise<string> {
  for (let n = 0; ; n++) {
    const key = `run-${n}`
    await clientFor(at.proxy.url).zenlayer(key, 'DescribeDisks')
    if ((await holders(at, key)).includes(index)) return key
  }
}

const PRINTABLE = Array.from({ length: 94 }, (_, n) => String.fromCharCode(0x21 + n))

for (const kind of ['nginx', 'haproxy'] as const) {
  describe.skipIf(!hasProxy(kind))(kind, () => {
    let at: Stand
    beforeAll(() => {
      expect(verdictOn(kind)).toMatchObject({ code: 0, said: expect.not.stringMatching(/warn/i) })
    })

    test('a key with whatever character has one world, by both clouds and by control calls', async () => {
      at = await stand(kind)
      const client = clientFor(at.proxy.url)
      await using control = connect(at.proxy.url)
      const used = new Set<number>()
      for (const odd of [...PRINTABLE, '%2F', '%', 'ü', '快照', ' ']) {
        const key = `a${odd}b`
        const calls = [
          // What one cloud's form has no room for is a key of the other.
          ...(/^[\x21-\x2b\x2d-\x7e]+$/.test(key) ? [client.zenlayer(key, 'DescribeDisks')] : []),
          ...(odd === '/' ? [] : [client.baidu(key, 'GET', '/v2/volume')]),
          control.world(key).checkpoints.save('clean'),
          control.world(key).keep()
        ]
        await expect(Promise.all(calls), key).resolves.toBeDefined()
        const found = await holders(at, key)
        expect(found, key).toHaveLength(1)
        used.add(found[0] ?? -1)
        expect(await control.world(key).delete(), key).toBe(true)
      }
      expect([...used].toSorted()).toEqual([0, 1, 2])
    })

    test('worlds of tokens, and of calls without any, are found again by control calls', async () => {
      at = await stand(kind)
      const client = clientFor(at.proxy.url)
      await using control = connect(at.proxy.url)
      for (const token of ['one', 'another-token', 'x'.repeat(200)]) {
        await client.bearer(token, 'DescribeDisks')
        const requests = await control.world(worldOfToken(token)).requests.list()
        expect(requests.requests, token).toHaveLength(1)
        expect(await control.world(worldOfToken(token)).delete()).toBe(true)
      }
      await client.unsigned('DescribeDisks')
      expect((await control.world().requests.list()).requests).toHaveLength(1)
      expect(await holders(at, 'default')).toHaveLength(1)
    })

    test('a signature by way of the query names no world, as in Snapstand', async () => {
      at = await stand(kind)
      const signed = 'authorization=bce-auth-v1%2Fsomeone%2F2026-01-05T08%3A00%3A00Z%2F1800%2Fhost%2F00'
      expect(await statusOf(`${at.proxy.url}/v2/volume?${signed}`)).toBe(200)
      expect(await holders(at, 'someone')).toEqual([])
    })

    test('a key that is configured for another world is refused with what is to be done, until the proxy knows', async () => {
      const keys = [{ id: 'alice', secret: 'hush', world: 'team-1' }]
      at = await stand(kind, { keys })
      const call = clientFor(at.proxy.url).zenlayer('alice', 'DescribeDisks', {}, 'hush')
      await expect(call).rejects.toThrow(/500 .*INTERNAL_SERVER_ERROR.*the world "team-1", by which the proxy has not/)
      const told = await stand(
        kind,
        { keys },
        {
          edit: (text) =>
            text
              .replace(
                '    default default;',
                '    default default;\n    "~^ZC2-HMAC-SHA256 Credential=alice," team-1;'
              )
              .replace(
                /( +)(http-request set-header X-Snapstand-Shard-Key)/,
                '$1http-request set-var(txn.world) str(team-1) if { var(txn.world) -m str alice } !is_control\n$1$2'
              )
        }
      )
      await clientFor(told.proxy.url).zenlayer('alice', 'DescribeDisks', {}, 'hush')
      await using control = connect(told.proxy.url)
      expect((await control.world('team-1').requests.list()).requests).toHaveLength(1)
    })

    test('calls about all worlds are refused, and each shard can be asked by its number', async () => {
      at = await stand(kind)
      await using control = connect(at.proxy.url)
      await expect(control.reset('*')).rejects.toMatchObject({ status: 421 })
      await expect(control.worlds()).rejects.toMatchObject({ status: 421 })
      for (let index = 0; index < COUNT; index++) {
        await using shard = connect(`${at.proxy.url}/_shards/${index}`)
        expect(await shard.health()).toMatchObject({ shard: `${index}/${COUNT}` })
        await shard.reset('*')
      }
      expect(await statusOf(`${at.proxy.url}/_shards/7/_snapstand/worlds`)).toBeGreaterThanOrEqual(404)
      expect(await statusOf(`${at.proxy.url}/_shards/1/v2/volume`)).toBe(404)
    })

    test('a proxy that says nothing of its choice is seen at once', async () => {
      const without = (text: string) => text.replaceAll(/^.*(header X-Snapstand-Shard\b(?!-)).*$/gm, '')
      at = await stand(kind, {}, { edit: without })
      const client = clientFor(at.proxy.url)
      await expect(client.zenlayer('a', 'DescribeDisks')).rejects.toThrow(/INTERNAL_SERVER_ERROR.*names none/)
      await expect(client.baidu('a', 'GET', '/v2/volume')).rejects.toThrow(/InternalError.*names none/)
      for (const shard of at.shards) expect(await shard.health()).toMatchObject({ worlds: 0 })
    })

    test('the addresses of two shards are confused, and no call makes a world', async () => {
      at = await stand(kind)
      const [one, other, third] = at.shards.map(({ port }) => port)
      const proxy = await startProxy(kind, { shards: [other ?? 0, one ?? 0, third ?? 0] })
      ends.push(() => proxy.stop())
      const calls = Array.from({ length: 20 }, (_, n) => clientFor(proxy.url).zenlayer(`job-${n}`, 'DescribeDisks'))
      const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected')
      expect(refused.length).toBeGreaterThan(0)
      expect(await at.shards[0]?.health()).toMatchObject({ worlds: 0 })
      expect(await at.shards[1]?.health()).toMatchObject({ worlds: 0 })
    })

    test('a shard is away: its clients are told to come again in their cloud’s words, others never notice', async () => {
      const data = await mkdtemp(join(tmpdir(), 'snapstand-shard-'))
      ends.push(() => rm(data, { recursive: true }))
      at = await stand(kind)
      const port = await freePort()
      const shard = () => startSnapstand({ port, data, clock: 'manual', shard: '1/3', logLevel: 'silent' })
      const [first = 0, , third = 0] = at.shards.map((each) => each.port)
      const proxy = await startProxy(kind, { shards: [first, port, third] })
      ends.push(() => proxy.stop())
      const running = await shard()
      const client = clientFor(proxy.url)
      const mine = await worldOn({ ...at, proxy }, 1)
      const others = await worldOn({ ...at, proxy }, 0)
      const { snapshotId } = await client.zenlayer(mine, 'CreateSnapshot', {
        diskId: '1700000000000000102',
        snapshotName: 'kept'
      })
      await running.close()
      await expect(client.zenlayer(mine, 'DescribeDisks')).rejects.toThrow(/503 .*SERVICE_TEMPORARY_UNAVAILABLE/)
      await expect(client.baidu(mine, 'GET', '/v2/volume')).rejects.toThrow(/50[03] .*InternalError/)
      await using control = connect(proxy.url)
      await expect(control.world(mine).clock.get()).rejects.toMatchObject({ status: 503, detail: /does not answer/ })
      await client.zenlayer(others, 'DescribeDisks')
      const back = await shard()
      ends.push(() => back.close())
      const found = await client.zenlayer(mine, 'DescribeSnapshots', { snapshotIds: [snapshotId] })
      expect(found).toMatchObject({ totalCount: 1 })
    })

    test('events come as they happen, and large bodies reach who refuses or takes them', async () => {
      at = await stand(kind)
      const client = clientFor(at.proxy.url)
      await using control = connect(at.proxy.url)
      const events = control.world('watched').events()
      await events.opened
      await client.zenlayer('watched', 'DescribeDisks')
      expect(await events.next()).toMatchObject({ value: { type: 'request' } })
      await events.close()
      const large = { diskIds: ['1'.repeat(2 * 1024 ** 2)] }
      await expect(client.zenlayer('a', 'DescribeDisks', large)).rejects.toThrow(/INVALID_PARAMETER_EXCEED_LENGTH/)
      const state = await control.world('a').state.export()
      const blanks = ' '.repeat(1_000_000)
      const padded = `{${blanks}${JSON.stringify(state).slice(1, -1)}${blanks}}`
      expect(await control.world('a').state.import(padded)).toMatchObject({ exact: true })
    })

    test('by https it is the same', async () => {
      const { identityOf } = await import('../../src/tls/identity.ts')
      const { certificate, key } = await identityOf({ hosts: [], given: undefined, data: undefined }, () => {})
      at = await stand(kind, {}, { tls: { certificate, key } })
      const status = await statusOf(`${at.proxy.secureUrl}/_snapstand/health`, certificate)
      expect(status).toBe(200)
    })
  })
}
