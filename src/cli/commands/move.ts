import { BadUsage } from '../../documents/complaint.ts'
import { askHealth } from '../ask-health.ts'
import type { RemoteCommand } from '../command.ts'
import { Failure } from '../failure.ts'
import { type Moved, moveWorld } from '../moving.ts'
import { textOf } from '../options.ts'
import { reach, reachAll, type Shard } from '../shards.ts'

const DROP = { flags: '--drop-checkpoints', description: 'give up the checkpoints, which do not go along' }

export const move: RemoteCommand = {
  usage: 'move <key>',
  description: 'take a world from one server to another; the same again goes on where it was cut off',
  options: [
    { flags: '--from <url>', description: 'the server that has it' },
    { flags: '--to <url>', description: 'the server that is to have it' },
    DROP
  ],
  async run({ at, words: [key = ''], options }) {
    const from = await reach(needed(textOf(options, 'from'), '--from'), at.token)
    const to = await reach(needed(textOf(options, 'to'), '--to'), at.token)
    apart(from.url, [to.url])
    const moved = await moveWorld(key, from, to, options.dropCheckpoints === true)
    return { answer: { world: key, to: to.url, ...moved }, text: `${lineOf(key, to, moved)}\n` }
  }
}

export const drain: RemoteCommand = {
  usage: 'drain <url>',
  description: 'take all worlds from a server, so that it can be taken away',
  options: [
    { flags: '--to <urls...>', description: 'the servers that are to have them' },
    { flags: '--by <url>', description: 'the proxy that already sends each world where it is to be' },
    DROP
  ],
  async run({ at, words: [url = ''], options, isJson, terminal }) {
    const urls = Array.isArray(options.to) ? options.to.map(String) : [needed(undefined, '--to')]
    apart(url, urls)
    const from = await reach(url, at.token)
    const targets = await reachAll(urls, at.token)
    const by = textOf(options, 'by')
    if (targets.length > 1 && by === undefined) {
      const reason = 'of several servers the proxy says which is to have a world'
      throw new BadUsage([{ where: '--by', reason, expected: 'expected the URL of the proxy' }])
    }
    const moves: object[] = []
    for (const { id } of await from.server.worlds()) {
      const to = await targetOf(id, targets, by)
      const moved = await moveWorld(id, from, to, options.dropCheckpoints === true)
      moves.push({ world: id, to: to.url, ...moved })
      if (!isJson) terminal.stdout.write(`${lineOf(id, to, moved)}\n`)
    }
    const left = (await from.server.worlds()).length
    if (left > 0) throw new Failure(`${left} worlds have come to ${url} meanwhile: have the proxy send them elsewhere`)
    return { answer: moves, text: `${url} has no worlds any more.\n` }
  }
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

function needed(value: string | undefined, where: string): string {
  if (value !== undefined) return value
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
