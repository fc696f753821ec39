import { ALL_WORLDS } from '../../core/model/world-names.ts'
import type { RemoteCommand } from '../command.ts'
import { call } from '../remote.ts'

export const reset: RemoteCommand = {
  usage: 'reset',
  description: 'put a world back to its starter seed and empty its journal',
  async run(at) {
    await call(at, 'POST', '/reset')
    return at.world === ALL_WORLDS
      ? 'All worlds are back at the starter seed.\n'
      : `${at.world} is back at the starter seed.\n`
  }
}
