import type { RemoteCommand } from '../command.ts'
import { given, limited, limitOf, textOf } from '../options.ts'
import { columns } from '../terminal.ts'

export const occurrences: RemoteCommand = {
  usage: 'occurrences <cloud> <policy>',
  description: 'tell what a policy did, with reasons, and what it will do',
  options: [{ flags: '--after <instant>', description: 'of the past only what came later' }, limited],
  async run({ world, words: [cloud = '', policy = ''], options, terminal: { paint } }) {
    const answer = await world.occurrences(
      cloud,
      policy,
      given({ ...limitOf(options), after: textOf(options, 'after') })
    )
    const past = answer.past.map(({ at, made, snapshots, skipped }) => [
      at,
      `made ${made}`,
      [
        ...snapshots,
        ...skipped.map(({ reason, count, volumes }) =>
          paint.yellow(`skipped ${count}, ${reason}: ${volumes.join(', ')}`)
        )
      ].join(' ')
    ])
    const next = answer.next.map(({ at, volumes }) => [at, paint.cyan(`${volumes} volumes`), ''])
    const now = [answer.now, paint.bold('now'), answer.deleted ? 'the policy is deleted' : '']
    return { answer, text: columns([...past, now, ...next]) }
  }
}
