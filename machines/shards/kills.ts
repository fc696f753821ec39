import { setTimeout as sleep } from 'node:timers/promises'
import { conclude, progressOf } from '../command.ts'
import { randomOf } from '../random.ts'
import { type Client, clientOf, Refused } from '../server/client.ts'
import { startProxy } from '../server/proxy.ts'
import { startCluster } from './cluster.ts'

const COUNT = 3
const WRITERS = 12
const DISK = '1700000000000000102'
/** Of a shard's life, and of its absence. */
const LIFE_MS = 400
const AWAY_MS = 200
/** In the cloud's words, whether the proxy found it away or its connection broke. */
const COME_AGAIN = /^POST \/api\/v2\/zec: 503 \{"requestId":"T[^"]+","code":"SERVICE_TEMPORARY_UNAVAILABLE"/

interface Writer {
  readonly world: string
  shard: number | undefined
  readonly acknowledged: Set<string>
}

/**
 * Kills one of three shards behind nginx under load, again and again, and lets it come back on its folder: no acknowledged
 * write is lost, the worlds of other shards never notice, and clients of the one that is away are told to come again in
 * their cloud's words.
 */
export async function kills(times: number, seed: number): Promise<void> {
  const random = randomOf(seed, 'shards')
  const cluster = await startCluster(COUNT)
  const { ports, shards } = cluster
  const proxy = await startProxy('nginx', { shards: ports })
  const writers = Array.from(
    { length: WRITERS },
    (_, n): Writer => ({
      world: `writer-${n}`,
      shard: undefined,
      acknowledged: new Set()
    })
  )
  const findings: string[] = []
  const progress = progressOf(times, 'kills')
  let away: number | undefined
  let isOver = false
  let refused = 0

  try {
    for (const writer of writers) writer.shard = await placeOf(writer)
    const working = writers.map(write)
    for (let kill = 0; kill < times && findings.length === 0; kill++) {
      await sleep(random.next() * LIFE_MS)
      const index = random.below(COUNT)
      away = index
      await shards[index]?.end('SIGKILL')
      await sleep(random.next() * AWAY_MS)
      await cluster.restart(index)
      // What was sent while it was away may still be answered.
      await sleep(AWAY_MS)
      away = undefined
      progress.tell(kill + 1, `${written()} acknowledged writes`)
    }
    isOver = true
    await Promise.all(working)
    for (const writer of writers) await judge(writer)
  } finally {
    progress.end()
    await proxy.stop()
    await Promise.all(shards.map((shard) => shard.end('SIGTERM')))
    await cluster.remove()
  }
  for (const finding of findings) process.stdout.write(`FOUND ${finding}\n`)
  const figures = `${times} kills, seed ${seed}; ${written()} acknowledged writes, ${refused} told to come again`
  conclude(`shards: ${figures}`, findings.length)

  function written(): number {
    return writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
  }

  /** The shard that has a world, which its first write makes. */
  async function placeOf(writer: Writer): Promise<number> {
    await withClient((client) => create(client, writer))
    const lists = await Promise.all(
      ports.map(async (_, index) => (await fetch(`${proxy.url}/_shards/${index}/_snapstand/worlds`)).text())
    )
    return lists.findIndex((worlds) => worlds.includes(`"id":"${writer.world}"`))
  }

  async function create(client: Client, { world, acknowledged }: Writer): Promise<void> {
    const made = await client.zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'kept' })
    acknowledged.add(String(Reflect.get(made, 'snapshotId')))
    if (acknowledged.size % 50 === 0) await client.zenlayer(world, 'DescribeDisks')
  }

  async function write(writer: Writer): Promise<void> {
    const client = clientOf(proxy.port)
    while (!isOver) {
      const before = away
      try {
        await create(client, writer)
      } catch (error) {
        const isMine = writer.shard === before || writer.shard === away
        const said = error instanceof Error ? error.message : String(error)
        if (!isMine) findings.push(`${writer.world} of shard ${writer.shard} noticed that ${away} is away: ${said}`)
        else if (!(error instanceof Refused) || !COME_AGAIN.test(said))
          findings.push(`${writer.world} was told: ${said}`)
        refused++
        await sleep(20)
      }
    }
    client.close()
  }

  /** Every acknowledged snapshot is there, once. */
  async function judge({ world, acknowledged }: Writer): Promise<void> {
    await withClient(async (client) => {
      const found: string[] = []
      for (let page = 1; ; page++) {
        const { dataSet = [] }: { dataSet?: readonly object[] } = await client.zenlayer(world, 'DescribeSnapshots', {
          pageSize: 1000,
          pageNum: page
        })
        found.push(...dataSet.map((snapshot) => String(Reflect.get(snapshot, 'snapshotId'))))
        if (dataSet.length < 1000) break
      }
      const lost = [...acknowledged].filter((id) => !found.includes(id))
      if (lost.length > 0) findings.push(`${world} has lost ${lost.length} acknowledged snapshots`)
      if (new Set(found).size < found.length) findings.push(`${world} has snapshots twice`)
    })
  }

  async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = clientOf(proxy.port)
    try {
      return await work(client)
    } finally {
      client.close()
    }
  }
}
