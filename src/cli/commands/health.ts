import type { RemoteCommand } from '../command.ts'
import { call } from '../remote.ts'

export const health: RemoteCommand = {
  usage: 'health',
  description: 'tell whether a server is there; exits with 1 if not',
  async run(at) {
    const { status, version, worlds } = await call(at, 'GET', '/health')
    return version === undefined ? `${status}\n` : `${status}, Snapstand ${version}, worlds: ${worlds}\n`
  }
}
