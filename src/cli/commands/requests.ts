import type { RemoteCommand } from '../command.ts'
import { call, type Members, membersOf } from '../remote.ts'

export const requests: RemoteCommand = {
  usage: 'requests',
  description: 'list the newest calls of a world, the oldest of them first',
  options: [{ flags: '--limit <number>', description: 'how many', preset: '20' }],
  async run(at, _words, { limit }) {
    const found = await call(at, 'GET', `/requests?limit=${encodeURIComponent(String(limit))}`)
    const entries: readonly unknown[] = Array.isArray(found.requests) ? found.requests : []
    if (entries.length === 0) return `No calls in ${at.world} yet.\n`
    return entries.map(membersOf).toReversed().map(shown).join('')
  }
}

function shown(entry: Members): string {
  const what = entry.operation ?? `${entry.method} ${entry.url}`
  const { hint } = membersOf(entry.refusal)
  const line = [entry.wallAt, entry.world ?? '-', entry.provider, what, entry.status, entry.code, entry.id]
  const words = line.filter((word) => word !== null && word !== undefined).join('  ')
  return hint === undefined ? `${words}\n` : `${words}\n    ${hint}\n`
}
