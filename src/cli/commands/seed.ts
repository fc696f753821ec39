import { ControlRefused } from '../../client/index.ts'
import { path } from '../../config/forms.ts'
import { BadUsage, type Complaint } from '../../documents/complaint.ts'
import { readText } from '../../documents/document.ts'
import type { RemoteCommand } from '../command.ts'

export const seed: RemoteCommand = {
  usage: 'seed <file>',
  description: 'put a seed or an export, YAML or JSON, in place of what a world holds',
  async run({ world, words: [name = ''] }) {
    const file = path.read(name)
    if (file === undefined) {
      const reason = `${JSON.stringify(name)} cannot be read`
      throw new BadUsage([{ where: 'file', reason, expected: `expected ${path.expected}` }])
    }
    const text = await readText(file)
    try {
      const answer = await world.state.import(text)
      const how = answer.exact ? 'is as it was exported' : 'holds what the seed says'
      return { answer, text: `${answer.world} ${how}, at ${answer.now} ${answer.mode}\n` }
    } catch (error) {
      throw error instanceof ControlRefused ? (usageOf(error, file) ?? error) : error
    }
  }
}

/** What is wrong in the file, by its own name: the server knows it by another. */
function usageOf({ problem }: ControlRefused, file: string): BadUsage | undefined {
  const wrongs: readonly unknown[] = Array.isArray(problem.wrongs) ? problem.wrongs : []
  if (wrongs.length === 0) return undefined
  const complaints = wrongs.map(Object).map(
    ({ where, reason, expected }): Complaint => ({
      where: String(where).replace(/^body(?=:| |$)/, file),
      reason: String(reason),
      expected: expected === undefined ? undefined : String(expected)
    })
  )
  return new BadUsage(complaints, typeof problem.more === 'number' ? problem.more : 0)
}
