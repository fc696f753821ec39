import { ControlRefused, NoPath } from '../../client/index.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { askHealth } from '../ask-health.ts'
import type { Asked, RemoteCommand, Told } from '../command.ts'
import { Failure } from '../failure.ts'
import { forgetMove, type Moved, moveWorld, onTheirWay } from '../moving.ts'
import { textOf } from '../options.ts'
import { reach, reachAll, type Shard, serverUrl } from '../shards.ts'
import { table } from '../terminal.ts'

const ALL_AWAY = 'expected the key of one; snapstand drain takes all of them away'
const DROP = { flags: '--drop-checkpoints', description: 'give up the checkpoints, which do not go along' }

export const move: RemoteCommand = {
  usage: 'move <key>',
  description: 'take a world from one server to another; the same again goes on where it was cut off',
  options: [
    { flags: '--from <url>', description: 'the server that has it' },
    { flags: '--to <url>', description: 'the server that is to have it' },
    DROP,
    { flags: '--forget', description: 'give the move up, or let --from make the world anew that has left it' }
  ],
  async run({ at, words: [key = ''], options }) {
    const from = needed(textOf(options, 'from'), '--from')
    const given = textOf(options, 'to')
    if (options.forget === true) {
      const target = given === undefined ? undefined : await reach(needed(given, '--to'), at.token)
      return forget(key, await reach(from, at.token), target)
    }
    const to = needed(given, '--to')
    apart(from, [to])
    if (key === ALL_WORLDS)
      throw new BadUsage([{ where: `move ${key}`, reason: 'names all worlds', expected: ALL_AWAY }])
    const [source, target] = [await reach(from, at.token), await reach(to, at.token)]
    const moved = await moveWorld(key, source, target, options.dropCheckpoints === true)
    return { answer: { world: key, to, ...moved }, text: `${lineOf(key, target, moved)}\n` }
  }
}

async function forget(key: string, from: Shard, to: Shard | undefined): Promise<Told> {
  if (!(await forgetMove(key, from, to))) throw new Failure(`${from.url} knows of no move of ${JSON.stringify(key)}`)
  return { text: `${key}: its move from ${from.url} is forgotten\n` }
}

export const moves: RemoteCommand = {
  usage: 'moves',
  description: 'list the worlds that are moved to another server, or from one, and those that have left',
  async run({ server, terminal: { paint } }) {
    const answer = await server.moves()
    if (answer.length === 0) return { answer, text: 'No world is moved, and none has left.\n' }
    const rows = answer.map(({ world, way, url, isThere }) => {
      const how = way === 'here' ? 'comes from' : isThere || world === '*' ? 'leaves for' : 'has left for'
      return [world, how, url]
    })
    return { answer, text: table(paint, ['world', '', 'server'], rows) }
  }
}

export const drain: RemoteCommand = {
  usage: 'drain <url>',
  description: 'take all worlds from a server, so that it can be taken away; the same again goes on',
  options: [
    { flags: '--to <urls...>', description: 'the servers that are to have them' },
    { flags: '--by <url>', description: 'the proxy that tells where each is to be' },
    DROP
  ],
  async run(asked) {
    const { at, words, options } = asked
    const url = needed(words[0], 'drain')
    const urls = Array.isArray(options.to)
      ? options.to.map((to) => needed(String(to), '--to'))
      : [needed(undefined, '--to')]
    apart(url, urls)
    const proxy = textOf(options, 'by')
    const by = proxy === undefined ? undefined : needed(proxy, '--by')
    const from = await reach(url, at.token)
    const targets = await reachAll(urls, at.token)
    if (targets.length > 1 && by === undefined) {
      const reason = 'of several servers the proxy says which is to have a world'
      throw new BadUsage([{ where: '--by', reason, expected: 'expected the URL of the proxy' }])
    }
    // Worlds that are called for the first time meanwhile are made where they are to be, or later.
    await from.server.world('*').move.begin({ to: by ?? urls[0] ?? '' })
    return drained(asked, from, targets, by)
  }
}

async function drained(
  { options, isJson, terminal }: Asked,
  from: Shard,
  targets: readonly Shard[],
  by: string | undefined
): Promise<Told> {
  const begun = await onTheirWay(from, targets)
  const worlds = new Set([...begun.keys(), ...(await from.server.worlds()).map(({ id }) => id)])
  const moves: object[] = []
  const failed: string[] = []
  for (const id of worlds) {
    const nth = `${moves.length + failed.length + 1} of ${worlds.size}`
    let line: string
    try {
      const to = begun.get(id) ?? (await targetOf(id, targets, by))
      const moved = await moveWorld(id, from, to, options.dropCheckpoints === true)
      moves.push({ world: id, to: to.url, ...moved })
      line = lineOf(id, to, moved)
    } catch (error) {
      // One that can't be moved is no reason to keep the others.
      if (!(error instanceof Failure || error instanceof ControlRefused || error instanceof NoPath)) throw error
      failed.push(id)
      line = `${id}: ${error.message}`
    }
    if (!isJson) terminal.stdout.write(`${nth}: ${line}\n`)
  }
  if (failed.length > 0) throw new Failure(`${failed.length} of ${worlds.size} worlds are left: ${failed.join(', ')}`)
  return { answer: moves, text: `${from.url} has no worlds any more, and makes none.\n` }
}

/** The one of several that a proxy sends a world to. */
async function targetOf(world: string, targets: readonly Shard[], by: string | undefined): Promise<Shard> {
  const [only] = targets
  if (by === undefined && only) return only
  const { shard } = await askHealth({ url: by ?? '' }, undefined, world)
  const target = targets.find(({ health }) => health.shard !== undefined && health.shard === shard)
  if (target) return target
  throw new Failure(`${by} sends ${JSON.stringify(world)} to shard ${shard ?? 'unknown'}, which is not named by --to`)
}

/** The URL of a server. Throws `BadUsage`. */
function needed(value: string | undefined, where: string): string {
  if (value !== undefined) return serverUrl(value, where)
  throw new BadUsage([{ where, reason: 'is missing', expected: 'expected a URL such as http://127.0.0.1:7430' }])
}

function apart(from: string, to: readonly string[]): void {
  if (!to.includes(from)) return
  throw new BadUsage([
    { where: '--to', reason: `${from} is where the worlds are`, expected: 'expected another server' }
  ])
}

function lineOf(key: string, { url }: Shard, moved: Moved): string {
  if (moved.how === 'was there') return `${key}: ${url} has it already`
  return `${key}: ${moved.how === 'moved' ? 'moved' : 'its move is finished'} to ${url}, ${moved.bytes} bytes, SHA-256 ${moved.checksum}`
}
