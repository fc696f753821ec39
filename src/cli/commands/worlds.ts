import type { Worlds } from '../../client/index.ts'
import type { RemoteCommand, Told } from '../command.ts'
import { Failure } from '../failure.ts'
import { ALL, allOf, gapsIn, reachAll, type Shard } from '../shards.ts'
import { type Paint, table } from '../terminal.ts'

const listWorlds: RemoteCommand = {
  usage: 'worlds list',
  description: 'list the worlds that there are',
  isDefault: true,
  options: [ALL],
  async run({ server, at, options, terminal: { paint } }) {
    const urls = allOf(options)
    if (urls) return listAll(await reachAll(urls, at.token), paint)
    const answer = await server.worlds()
    if (answer.length === 0) return { answer, text: 'There are no worlds yet.\n' }
    const rows = answer.map(({ id, now, mode, calls, keep, damaged }) => [
      id,
      now,
      mode,
      String(calls),
      damaged ? paint.red(`damaged: ${damaged.reason}`) : keep ? 'kept' : ''
    ])
    return { answer, text: table(paint, ['world', 'now', 'clock', 'calls', ''], rows) }
  }
}

/** Of several servers; a world that two of them have is one too many. */
async function listAll(shards: readonly Shard[], paint: Paint): Promise<Told> {
  const answer: { readonly url: string; readonly shard: string | undefined; readonly worlds: Worlds }[] = []
  for (const { url, health, server } of shards) answer.push({ url, shard: health.shard, worlds: await server.worlds() })
  const places = new Map<string, number>()
  for (const { id } of answer.flatMap(({ worlds }) => worlds)) places.set(id, (places.get(id) ?? 0) + 1)
  const rows = answer.flatMap(({ url, worlds }) =>
    worlds.map(({ id, now, mode, calls }) => [
      id,
      url,
      now,
      mode,
      String(calls),
      places.get(id) === 1 ? '' : paint.red('more than one server has it')
    ])
  )
  const text =
    rows.length === 0
      ? 'There are no worlds yet.\n'
      : table(paint, ['world', 'server', 'now', 'clock', 'calls', ''], rows)
  return { answer, text: [text, ...gapsIn(shards).map((line) => `${line}\n`)].join('') }
}

const keepWorld: RemoteCommand = {
  usage: 'worlds keep <id>',
  description: 'keep a world, whatever --max-worlds says',
  options: [{ flags: '--off', description: 'keep it no longer' }],
  async run({ server, words: [id = ''], options }) {
    const answer = await server.world(id).keep(options.off !== true)
    return { answer, text: `${answer.id} is ${answer.keep ? 'kept' : 'kept no longer'}.\n` }
  }
}

const deleteWorld: RemoteCommand = {
  usage: 'worlds delete <id>',
  description: 'forget a world and all that it holds',
  async run({ server, words: [id = ''] }) {
    if (!(await server.world(id).delete())) throw new Failure(`there is no world ${JSON.stringify(id)}`)
    return { text: `${id} is gone.\n` }
  }
}

export const worlds = [listWorlds, keepWorld, deleteWorld]
