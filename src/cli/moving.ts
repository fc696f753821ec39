import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ControlRefused, type Move, type State, type World } from '../client/index.ts'
import { Failure } from './failure.ts'
import type { Shard } from './shards.ts'

/** How far a world has come when its move was asked for. */
export type Moved =
  | { readonly how: 'moved' | 'finished'; readonly checksum: string; readonly bytes: number }
  | { readonly how: 'was there' }

/**
 * Moves a world. Both servers are told before anything else: from then on none of its calls is served, by either, and its
 * clients try again. It is exported, imported, compared, and forgotten at the source only then; the target serves it after
 * that. Cut off at any point, the same again goes on. Throws `Failure`, and the world is where it was.
 *
 * The source is told first: who has begun there last is the only one whose next steps are taken.
 */
export async function moveWorld(key: string, from: Shard, to: Shard, dropsCheckpoints: boolean): Promise<Moved> {
  const [source, target] = [from.server.world(key), to.server.world(key)]
  const hasSource = await hasWorld(from, key)
  if (hasSource && (await hasWorld(to, key)) && !(await comingTo(to, key))) {
    throw new Failure(`${to.url} has a world ${JSON.stringify(key)} already; nothing was changed`)
  }
  const leaving = await begunAt(source, to.url, dropsCheckpoints)
  if (!leaving?.isThere) return finished(key, from, to, leaving !== undefined)
  let coming: Move | undefined
  try {
    const { mode, keep, series } = leaving
    coming = await target.move.begin({ from: from.url, mode, keep, series })
    const { text, checksum, bytes } = checked(await patient(() => source.state.export()))
    await target.state.import(text, { move: coming.move })
    const arrived = checked(await patient(() => target.state.export()))
    if (arrived.checksum !== checksum) throw new Failure(`what has come to ${to.url} is not what was sent`)
    await source.move.finish(leaving.move)
    await target.move.finish(coming.move)
    return { how: 'moved', checksum, bytes }
  } catch (error) {
    // As long as the source has it, the source is right.
    if (await hasWorld(from, key)) {
      if (coming) await target.move.giveUp(coming.move).catch(() => false)
      await source.move.giveUp(leaving.move)
    }
    throw error
  }
}

/** Takes the marks of a move away: what has not left stays, and what has may come into being again. Whether there were any. */
export async function forgetMove(key: string, from: Shard, to: Shard | undefined): Promise<boolean> {
  const coming = to && (await comingTo(to, key))
  if (to && coming) {
    if (coming.isThere && !(await hasWorld(from, key))) {
      throw new Failure(`${to.url} has all there is of ${JSON.stringify(key)}: move it once more, and that is finished`)
    }
    await to.server.world(key).move.giveUp(coming.move)
  }
  return (await from.server.world(key).move.giveUp()) || coming !== undefined
}

/** The worlds whose move from one server to others is under way: what has come there waits for its end. */
export async function onTheirWay(from: Shard, targets: readonly Shard[]): Promise<ReadonlyMap<string, Shard>> {
  const gone = new Set((await from.server.moves()).flatMap(({ world, way }) => (way === 'away' ? world : [])))
  const found = new Map<string, Shard>()
  for (const target of targets) {
    for (const { world, way } of await target.server.moves())
      if (way === 'here' && gone.has(world)) found.set(world, target)
  }
  return found
}

async function begunAt(source: World, to: string, dropCheckpoints: boolean): Promise<Move | undefined> {
  try {
    return await source.move.begin({ to, dropCheckpoints })
  } catch (error) {
    if (!(error instanceof ControlRefused)) throw error
    // It knows nothing of the world.
    if (error.status === 404) return undefined
    const ways = error.problem.reason === 'checkpoints' ? '; --drop-checkpoints gives them up' : ''
    throw error.status === 409 ? new Failure(`${error.detail.replace(/\.$/, '')}${ways}`) : error
  }
}

/** The source has the world no more: it has come, or is about to be served. */
async function finished(key: string, from: Shard, to: Shard, hasLeft: boolean): Promise<Moved> {
  const coming = await comingTo(to, key)
  if (coming?.isThere) {
    const target = to.server.world(key)
    const { checksum, bytes } = checked(await patient(() => target.state.export()))
    await target.move.finish(coming.move)
    return { how: 'finished', checksum, bytes }
  }
  if (!coming && (await hasWorld(to, key))) return { how: 'was there' }
  if (hasLeft)
    throw new Failure(`${from.url} says that ${JSON.stringify(key)} has left for ${to.url}, which has it not`)
  throw new Failure(`neither ${from.url} nor ${to.url} has a world ${JSON.stringify(key)}`)
}

async function hasWorld({ server }: Shard, key: string): Promise<boolean> {
  return (await server.worlds()).some(({ id }) => id === key)
}

async function comingTo({ server }: Shard, key: string): Promise<Move | undefined> {
  return (await server.moves()).find(({ world, way }) => world === key && way === 'here')
}

const TRIES = 30

/** A server lets only so many read long answers at a time. */
async function patient<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await ask()
    } catch (error) {
      const seconds =
        error instanceof ControlRefused && error.status === 503 ? Number(error.problem.retryAfterS) : Number.NaN
      if (Number.isNaN(seconds) || left <= 1) throw error
      await sleep(seconds * 1000)
    }
  }
}

/** An export, and its checksum: all of it is the same in a world of the same name anywhere. */
function checked(state: State): { readonly text: string; readonly checksum: string; readonly bytes: number } {
  const text = JSON.stringify(state)
  const checksum = createHash('sha256').update(text).digest('hex')
  return { text, checksum, bytes: Buffer.byteLength(text) }
}
