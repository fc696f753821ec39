import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, clientOf, jsonIn, Refused } from '../server/client.ts'
import { Unanswered } from '../server/connection.ts'

export type CloudName = 'zenlayer' | 'baidu'

/** A client that writes into its world all the time, and tries again as its SDK would. */
export interface Mover {
  readonly world: string
  /** The shard that has its world. */
  readonly place: { at: number }
  /** The names of what was acknowledged. */
  readonly acknowledged: ReadonlySet<string>
  refused(): number
  /** From each first refusal to the next success. */
  pausesMs(): readonly number[]
  /** Its first write makes its world. */
  begin(): Promise<void>
  work(): Promise<void>
  /** Tells what is lost, twice there, or of nobody. */
  judge(): Promise<void>
}

export interface Watch {
  isOver(): boolean
  /** Whether calls of its world may fail now. */
  isDisturbed(world: string): boolean
  found(finding: string): void
}

const DISK = '1700000000000000102'
const VOLUME = 'v-Starter2'
const PAUSE_MS = 20
const TRIES = 1500
/** What an SDK tries again, whether a shard or the proxy says so. */
const COME_AGAIN = {
  zenlayer: /: 503 \{"requestId":"T[^"]+","code":"SERVICE_TEMPORARY_UNAVAILABLE"/,
  baidu: /: 500 \{"requestId":"[^"]+","code":"InternalError"/
}
const PAGE = 1000
/** More than the cloud allows by itself. */
const LIMIT = 1_000_000

export function createMover(world: string, cloud: CloudName, port: number, watch: Watch): Mover {
  const acknowledged = new Set<string>()
  const attempted = new Set<string>()
  const pauses: number[] = []
  const place = { at: -1 }
  let refused = 0
  let attempts = 0

  /** A connection of its own for each call: a proxy that is reloaded closes those that idle. */
  const withClient = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = clientOf(port)
    try {
      return await work(client)
    } finally {
      client.close()
    }
  }
  const send = (name: string) =>
    withClient((client) =>
      cloud === 'zenlayer'
        ? client.zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: name })
        : client.baidu(world, 'POST', `/v2/snapshot?clientToken=${name}`, { volumeId: VOLUME, snapshotName: name })
    )
  /** One write. Without a token a lost answer may belong to one that was done: then the next try has another name. */
  const write = async (): Promise<void> => {
    let name = `n-${++attempts}`
    let since: number | undefined
    for (let tries = 0; tries < TRIES && !(watch.isOver() && since !== undefined); tries++) {
      attempted.add(name)
      const wasDisturbed = watch.isDisturbed(world)
      try {
        await send(name)
        acknowledged.add(name)
        if (since !== undefined) pauses.push(performance.now() - since)
        return
      } catch (error) {
        since ??= performance.now()
        refused++
        const said = error instanceof Error ? error.message : String(error)
        const isTold = error instanceof Unanswered || (error instanceof Refused && COME_AGAIN[cloud].test(said))
        if (!isTold) watch.found(`${world} was told: ${said}`)
        else if (!wasDisturbed && !watch.isDisturbed(world))
          watch.found(`${world}, which is not moved, was told: ${said}`)
        if (cloud === 'zenlayer') name = `n-${++attempts}`
        await sleep(PAUSE_MS)
      }
    }
  }
  const names = async (): Promise<readonly string[]> => {
    const found: string[] = []
    for (let page = 1, marker = ''; ; page++) {
      const query = `maxKeys=${PAGE}${marker === '' ? '' : `&marker=${marker}`}`
      const answer = await withClient((client) =>
        cloud === 'zenlayer'
          ? client.zenlayer(world, 'DescribeSnapshots', { pageSize: PAGE, pageNum: page })
          : client.baidu(world, 'GET', `/v2/snapshot?${query}`)
      )
      const rows: unknown = Reflect.get(answer, cloud === 'zenlayer' ? 'dataSet' : 'snapshots')
      if (!Array.isArray(rows)) throw new Error(`no list: ${JSON.stringify(answer)}`)
      found.push(...rows.map((row) => String(Reflect.get(row, cloud === 'zenlayer' ? 'snapshotName' : 'name'))))
      if (rows.length < PAGE) return found
      marker = String(Reflect.get(answer, 'nextMarker'))
    }
  }

  return {
    world,
    place,
    acknowledged,
    refused: () => refused,
    pausesMs: () => pauses,
    async begin() {
      await write()
      const changes = { 'baidu.manualSnapshotLimit': LIMIT }
      jsonIn(await withClient((client) => client.control('PATCH', `/settings?world=${world}`, changes)))
    },
    async work() {
      while (!watch.isOver()) {
        await write()
        await sleep(1)
      }
    },
    async judge() {
      const found = await names()
      const counts = new Map<string, number>()
      for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1)
      const lost = [...acknowledged].filter((name) => !counts.has(name))
      const twice = [...counts].filter(([, count]) => count > 1)
      const strange = [...counts.keys()].filter((name) => !attempted.has(name))
      if (lost.length > 0) watch.found(`${world} has lost ${lost.length} acknowledged snapshots, ${lost[0]} first`)
      if (twice.length > 0) watch.found(`${world} has ${twice.length} snapshots twice, ${twice[0]?.[0]} first`)
      if (strange.length > 0)
        watch.found(`${world} has ${strange.length} snapshots that nobody made, ${strange[0]} first`)
    }
  }
}
