import { ALL_WORLDS } from '../../core/model/world-names.ts'
import type { RemoteCommand } from '../command.ts'

export const reset: RemoteCommand = {
  usage: 'reset',
  description: 'put a world back to its starter seed and empty its journal',
  async run({ world }) {
    const answer = await world.reset()
    const failed = (answer.failed ?? []).map((each) => `${each.world} is as it was: ${each.reason}\n`)
    const done = world.key === ALL_WORLDS ? 'All worlds are' : `${world.key} is`
    return { answer, text: `${done} back at the starter seed.\n${failed.join('')}` }
  }
}
