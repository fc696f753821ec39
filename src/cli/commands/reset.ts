import { ALL_WORLDS } from '../../core/model/world-names.ts'
import type { RemoteCommand, Told } from '../command.ts'
import { ALL, allOf, gapsIn, reachAll, type Shard } from '../shards.ts'

export const reset: RemoteCommand = {
  usage: 'reset [world]',
  options: [ALL],
  description: 'put a world back to its starter seed and empty its journal',
  async run({ server, world: meant, words: [name], ...asked }) {
    const world = name === undefined ? meant : server.world(name)
    const urls = allOf(asked.options)
    if (urls) return resetAll(await reachAll(urls, asked.at.token), world.key)
    const answer = await world.reset()
    const failed = (answer.failed ?? []).map((each) => `${each.world} is as it was: ${each.reason}\n`)
    const done = world.key === ALL_WORLDS ? 'All worlds are' : `${world.key} is`
    return { answer, text: `${done} back at the starter seed.\n${failed.join('')}` }
  }
}

async function resetAll(shards: readonly Shard[], world: string): Promise<Told> {
  const answer: object[] = []
  const lines: string[] = []
  for (const { url, server } of shards) {
    const report = await server.reset(world)
    answer.push({ url, ...report })
    lines.push(`${url}: ${report.worlds.length} at the starter seed`)
    for (const each of report.failed ?? []) lines.push(`  ${each.world} is as it was: ${each.reason}`)
  }
  return { answer, text: [...lines, ...gapsIn(shards), ''].join('\n') }
}
