import './needs-node.ts'
import type { SnapstandOptions } from './config/options.ts'
import type { Snapstand } from './library.ts'

export { ControlRefused, ExpectationUnmet, type Server, Unreachable, type World } from './client/index.ts'
export type { Key, Secure, SnapstandOptions } from './config/options.ts'
export { BadUsage, type Complaint } from './documents/complaint.ts'
export type { Snapstand } from './library.ts'

/**
 * Starts a server in this process, by default on a free port of the loopback address. Throws `BadUsage` where an option
 * or the seed is wrong.
 */
export async function startSnapstand(options: SnapstandOptions = {}): Promise<Snapstand> {
  // Loaded now and not before: a Node that is too old cannot even read it, and must come as far as the check above.
  const { startInProcess } = await import('./library.ts')
  return startInProcess(options)
}
