import type { Clock } from '../../client/index.ts'
import { BadUsage } from '../../documents/complaint.ts'
import type { RemoteCommand } from '../command.ts'

export const clock: RemoteCommand = {
  usage: 'clock [mode-or-instant...]',
  description: 'tell a world’s clock, or set it: manual, system, 2026-01-05T08:00:00Z',
  async run({ world, words }) {
    const answer = words.length === 0 ? await world.clock.get() : await world.clock.set(changeOf(words))
    return { answer, text: `${clockLine(answer)}\n` }
  }
}

export function clockLine({ world, now, mode, advancing }: Clock): string {
  return `${world}: ${now} ${mode}${advancing === undefined ? '' : `, advancing to ${advancing.to}`}`
}

/** A mode, an instant, or both. */
function changeOf(words: readonly string[]): { readonly mode?: Clock['mode']; readonly now?: string } {
  const mode = words.find(isMode)
  const now = words.find((word) => !isMode(word))
  if (words.length > 2 || (words.length === 2 && (mode === undefined || now === undefined))) {
    throw new BadUsage([{ where: 'clock', reason: 'takes a mode, an instant, or one of each' }])
  }
  return { ...(mode !== undefined && { mode }), ...(now !== undefined && { now }) }
}

function isMode(word: string): word is Clock['mode'] {
  return word === 'manual' || word === 'system'
}
