import type { RemoteCommand } from '../command.ts'
import { writeTo } from '../terminal.ts'

export const exportState: RemoteCommand = {
  usage: 'export',
  description: 'write all that a world holds to standard output, for seed or --seed',
  options: [{ flags: '--yaml', description: 'as YAML, for small worlds; without it as JSON' }],
  async run({ world, options, terminal }) {
    const body = await world.state.stream(options.yaml === true ? 'yaml' : 'json')
    // Written as it comes: a world may be large.
    for await (const piece of body) await writeTo(terminal.stdout, piece)
    return undefined
  }
}
