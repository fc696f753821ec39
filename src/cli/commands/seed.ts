import { path } from '../../config/forms.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { readText } from '../../documents/document.ts'
import type { RemoteCommand } from '../command.ts'
import { answerOf, membersOf, parsed, refusedBy } from '../remote.ts'

export const seed: RemoteCommand = {
  usage: 'seed <file>',
  description: 'put a seed or an export, YAML or JSON, in place of what a world holds',
  async run(at, [name = '']) {
    const file = path.read(name)
    if (file === undefined) {
      const reason = `${JSON.stringify(name)} cannot be read`
      throw new BadUsage([{ where: 'file', reason, expected: `expected ${path.expected}` }])
    }
    const response = await answerOf(at, 'PUT', '/state', { body: await readText(file), type: 'text/plain' })
    const answer = membersOf(parsed(await response.text()))
    if (response.ok) {
      const how = answer.exact === true ? 'is as it was exported' : 'holds what the seed says'
      return `${answer.world} ${how}, at ${answer.now} ${answer.mode}\n`
    }
    const wrongs: readonly unknown[] = Array.isArray(answer.wrongs) ? answer.wrongs : []
    if (wrongs.length === 0) throw refusedBy(at, response.status, answer)
    // The server knows the file by another name.
    throw new BadUsage(
      wrongs.map(membersOf).map(({ where, reason, expected }) => ({
        where: String(where).replace(/^body(?=:| |$)/, file),
        reason: String(reason),
        expected: expected === undefined ? undefined : String(expected)
      })),
      typeof answer.more === 'number' ? answer.more : 0
    )
  }
}
