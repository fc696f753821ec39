import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { hasProxy, type Kind, type RunningProxy, startProxy } from '../../machines/server/proxy.ts'
import { connect } from '../../src/client/index.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { typed } from '../cli/lines.ts'
import { clientFor } from './calls.ts'

const DISK = '1700000000000000102'
const COUNT = 3
const WRITERS = 6
/** What an SDK tries again. */
const COME_AGAIN = /^503 .*"SERVICE_TEMPORARY_UNAVAILABLE"/
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** What an operator changes: single worlds that lie elsewhere, and a shard that is there no more. */
type Change = (pins: ReadonlyMap<string, number>, isLastGone: boolean) => (text: string) => string
const CHANGES: Readonly<Record<Exclude<Kind, 'envoy'>, Change>> = {
  nginx: (pins, isLastGone) => (text) => {
    const lines = [...pins].map(([world, index]) => `\n    "${world}" snapstand-${index};`)
    const pinned = text.replace('    default $snapstand_part;', `$&${lines.join('')}`)
    return isLastGone ? pinned.replace(/\*( +)snapstand-2;/, '*$1snapstand-0;') : pinned
  },
  haproxy: (pins, isLastGone) => (text) => {
    const lines = [...pins].map(
      ([world, index]) => `\n    use-server snapstand-${index} if { var(txn.world) -m str ${world} }`
    )
    const pinned = text.replace(/ {4}use-server snapstand-2 if .*/, `$&${lines.join('')}`)
    return isLastGone ? pinned.replaceAll(/^ *(use-)?server snapstand-2 .*$/gm, '') : pinned
  }
}

interface Writer {
  readonly world: string
  readonly acknowledged: Set<string>
  /** What it was told that was no success. */
  readonly refusals: string[]
}

/** Writes all the time; a name is used once, for a call that failed may have been done all the same. */
async function write(url: string, { world, acknowledged, refusals }: Writer, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    const name = `n-${n}`
    try {
      await clientFor(url).zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: name })
      acknowledged.add(name)
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error))
      await sleep(5)
    }
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5)
}

/** The shards that have a world, and the names of its snapshots there. */
async function found(shards: readonly Snapstand[], world: string) {
  const holders: number[] = []
  const names: string[] = []
  for (const [index, { url }] of shards.entries()) {
    await using shard = connect(url, { shard: `snapstand-${index}` })
    if (!(await shard.worlds()).some(({ id }) => id === world)) continue
    holders.push(index)
    const { requests } = await shard.world(world).requests.list({ limit: 1 })
    expect(requests, `${world} is called where it is`).not.toEqual([])
    const snapshots = JSON.stringify(Reflect.get(await shard.world(world).state.export(), 'zenlayer'))
    names.push(...Array.from(snapshots.matchAll(/"(n-\d+)"/g), ([, name]) => name ?? ''))
  }
  return { holders, names }
}

for (const kind of ['nginx', 'haproxy'] as const) {
  describe.skipIf(!hasProxy(kind))(kind, () => {
    test('a world is moved, and a shard is drained, while all are called: nothing is lost, and nothing there twice', async () => {
      const shards: Snapstand[] = []
      for (let index = 0; index < COUNT; index++) {
        shards.push(await startSnapstand({ clock: 'manual', shard: `${index}/${COUNT}`, logLevel: 'silent' }))
        const [shard] = shards.slice(-1)
        ends.push(async () => shard?.close())
      }
      const ports = shards.map(({ port }) => port)
      const proxy = await startProxy(kind, { shards: ports })
      ends.push(() => proxy.stop())
      const urlOf = (index: number) => shards[index]?.url ?? ''
      const placeOf = async (at: RunningProxy, world: string) => {
        const headers = { 'x-snapstand-world': world }
        const health: unknown = await (await fetch(`${at.url}/_snapstand/health`, { headers })).json()
        return Number(String(Reflect.get(Object(health), 'shard')).split('/')[0])
      }

      let isOver = false
      const writers = Array.from({ length: WRITERS }, (_, n): Writer => {
        return { world: `run-${n}`, acknowledged: new Set(), refusals: [] }
      })
      const working = writers.map((writer) => write(proxy.url, writer, () => isOver))
      ends.push(async () => {
        isOver = true
        await Promise.all(working)
      })
      await until(() => writers.every(({ acknowledged }) => acknowledged.size > 3))
      const throughAgain = async () => {
        const before = writers.map(({ acknowledged }) => acknowledged.size)
        await until(() => writers.every(({ acknowledged }, n) => acknowledged.size > (before[n] ?? 0) + 3))
      }
      const places = new Map<string, number>()
      for (const { world } of writers) places.set(world, await placeOf(proxy, world))

      // One of the last shard, which is drained after that, if there is one.
      const [first] = writers
      const one = writers.find(({ world }) => places.get(world) === 2) ?? first
      const from = places.get(one?.world ?? '') ?? 0
      const to = (from + 1) % COUNT
      const moved = await typed(['move', one?.world ?? '', '--from', urlOf(from), '--to', urlOf(to)])
      expect(moved).toMatchObject({ code: 0, err: '' })
      // The proxy still sends its calls to the source, where nothing comes of them.
      const told = one?.refusals.length ?? 0
      await until(() => (one?.refusals.length ?? 0) > told + 3)
      const pins = new Map([[one?.world ?? '', to === 2 ? 2 : to]])
      await proxy.reload(CHANGES[kind](pins, false))
      await throughAgain()
      for (const writer of writers) if (writer !== one) expect(writer.refusals, writer.world).toEqual([])

      const leaving = writers.filter(({ world }) => (world === one?.world ? to : places.get(world)) === 2)
      const before = new Map(writers.map((writer) => [writer, writer.refusals.length]))
      const pinsLeft = new Map([...pins].filter(([, index]) => index !== 2))
      const by = await startProxy(kind, { shards: ports, edit: CHANGES[kind](pinsLeft, true) })
      ends.push(() => by.stop())
      const drained = await typed(['drain', urlOf(2), '--to', urlOf(0), urlOf(1), '--by', by.url])
      expect(drained).toMatchObject({ code: 0, err: '' })
      await proxy.reload(CHANGES[kind](pinsLeft, true))
      await throughAgain()
      for (const writer of writers) {
        if (leaving.includes(writer)) continue
        expect(writer.refusals.slice(before.get(writer)), `${writer.world} stays where it is`).toEqual([])
      }
      isOver = true
      await Promise.all(working)

      const late = clientFor(urlOf(2))
      await expect(late.zenlayer('run-0', 'DescribeDisks')).rejects.toThrow(/and the call names none/)
      for (const { world, acknowledged, refusals } of writers) {
        const { holders, names } = await found(shards, world)
        expect(holders, world).toEqual([await placeOf(proxy, world)])
        expect(new Set(names).size, `${world} has nothing twice`).toBe(names.length)
        expect(
          [...acknowledged].filter((name) => !names.includes(name)),
          `${world} lost nothing`
        ).toEqual([])
        // A refused call did nothing at all.
        expect(names, world).toHaveLength(acknowledged.size)
        expect(
          refusals.filter((refusal) => !COME_AGAIN.test(refusal)),
          world
        ).toEqual([])
      }
    }, 120_000)
  })
}
