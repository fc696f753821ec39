import type { RemoteCommand } from '../command.ts'
import { Failure } from '../failure.ts'
import { table } from '../terminal.ts'

const listWorlds: RemoteCommand = {
  usage: 'worlds list',
  description: 'list the worlds that there are',
  isDefault: true,
  async run({ server, terminal: { paint } }) {
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
