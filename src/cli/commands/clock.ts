import type { RemoteCommand } from '../command.ts'
import { call, RemoteRefused } from '../remote.ts'

export const clock: RemoteCommand = {
  usage: 'clock [mode-or-instant...]',
  description: 'tell a world’s clock, or set it: manual, system, 2026-01-05T08:00:00Z',
  async run(at, words) {
    const { world, now, mode } =
      words.length === 0 ? await call(at, 'GET', '/clock') : await call(at, 'PUT', '/clock', changeOf(words))
    return `${world}: ${now} ${mode}\n`
  }
}

/** A mode, an instant, or both. */
function changeOf(words: readonly string[]): object {
  const isMode = (word: string) => /^[a-z]+$/.test(word)
  const mode = words.find(isMode)
  const now = words.find((word) => !isMode(word))
  if (words.length > 2 || (words.length === 2 && (mode === undefined || now === undefined))) {
    throw new RemoteRefused('clock takes a mode, an instant, or one of each')
  }
  return { mode, now }
}
