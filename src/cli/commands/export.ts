import type { RemoteCommand } from '../command.ts'
import { answerOf, membersOf, parsed, refusedBy } from '../remote.ts'

export const exportState: RemoteCommand = {
  usage: 'export',
  description: 'write all that a world holds to standard output, for seed or --seed',
  options: [{ flags: '--yaml', description: 'as YAML, for small worlds; without it as JSON' }],
  async run(at, _words, { yaml }) {
    const accept = yaml === true ? 'application/yaml' : 'application/json'
    const response = await answerOf(at, 'GET', '/state', { accept })
    if (!response.ok || !response.body) throw refusedBy(at, response.status, membersOf(parsed(await response.text())))
    const { Readable } = await import('node:stream')
    const { pipeline } = await import('node:stream/promises')
    // Written as it comes: a world may be large.
    await pipeline(Readable.fromWeb(response.body), process.stdout, { end: false })
    return ''
  }
}
