import type { RemoteCommand } from '../command.ts'
import { limited, limitOf } from '../options.ts'
import { table } from '../terminal.ts'
import { clockLine } from './clock.ts'

export const agenda: RemoteCommand = {
  usage: 'agenda',
  description: 'tell what will happen next in a world, in order',
  options: [limited],
  async run({ world, options, terminal: { paint } }) {
    const answer = await world.agenda(limitOf(options))
    if (answer.agenda.length === 0) return { answer, text: `${clockLine(answer)}; nothing is due.\n` }
    const rows = answer.agenda.map(({ at, provider, what, subject, kind }) => [at, provider, what, subject, kind])
    const more = answer.more ? 'There is more to come: --limit.\n' : ''
    return { answer, text: `${clockLine(answer)}\n${table(paint, ['at', 'cloud', 'what', 'id', 'does'], rows)}${more}` }
  }
}
