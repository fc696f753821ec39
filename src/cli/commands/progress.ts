import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, World } from '../../client/index.ts'
import type { Terminal } from '../terminal.ts'

const EVERY_MS = 250

/** Waits for an advance and tells meanwhile how far it is, if somebody watches: in a line that is gone afterwards. */
export async function withProgress<T>(
  { stderr, isWatched }: Pick<Terminal, 'stderr' | 'isWatched'>,
  world: Pick<World, 'clock'>,
  work: Promise<T>,
  everyMs = EVERY_MS
): Promise<T> {
  if (!isWatched) return work
  const over = new AbortController()
  const { signal } = over
  let isShown = false
  const watching = async (): Promise<void> => {
    let from: string | undefined
    for (;;) {
      await delay(everyMs, undefined, { signal })
      const { advancing } = await world.clock.get({ signal })
      if (!advancing || signal.aborted) continue
      from ??= advancing.at
      stderr.write(`\r${lineOf(from, advancing)}\x1b[K`)
      isShown = true
    }
  }
  // How far it is is a courtesy: nothing fails by it.
  const watched = watching().catch(() => {})
  try {
    return await work
  } finally {
    over.abort()
    await watched
    if (isShown) stderr.write('\r\x1b[K')
  }
}

function lineOf(from: string, { at, to }: NonNullable<Clock['advancing']>): string {
  const [begin, now, end] = [from, at, to].map((instant) => Date.parse(instant))
  const whole = (end ?? 0) - (begin ?? 0)
  const part = whole > 0 ? Math.floor((100 * ((now ?? 0) - (begin ?? 0))) / whole) : 0
  return `${at.slice(0, 19)}Z, ${part} % of the way to ${to}`
}
