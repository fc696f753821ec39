import type { SettingValue } from '../model/resources.ts'
import { type IdKind, LEGS, type Leg, type Rules, type Setting } from '../model/rules.ts'
import type { Store } from '../store/store.ts'

/** What time did since somebody asked: the counts of an advance. */
export interface Tally {
  firings: number
  snapshotsCreated: number
  snapshotsExpired: number
  completed: number
  skipped: Record<string, number>
}

export function emptyTally(): Tally {
  return { firings: 0, snapshotsCreated: 0, snapshotsExpired: 0, completed: 0, skipped: {} }
}

/** One provider's hand on one world's store: what verbs and the settle loop work with. */
export interface Hand {
  readonly provider: string
  readonly rules: Rules
  readonly store: Store
  /** The instant at which the verb happens: the call's, or the event's own. */
  readonly now: () => number
  setting(name: string): SettingValue
  /** Milliseconds of a leg, by the settings and the world's mode. */
  delayMs(leg: Leg): number
  nextN(): number
  newId(kind: IdKind, n: number): string
  /** Marks the transaction as one that changed something, at an instant. */
  touch(at: number): void
}

/** In `system` mode things take this long by default, in `manual` mode no time. */
const SYSTEM_DELAY_MS = 300

export function createHand(options: {
  provider: string
  rules: Rules
  store: Store
  now: () => number
  settings: Readonly<Record<string, Setting>>
}): Hand {
  const { provider, rules, store, now, settings } = options
  const setting = (name: string) => {
    const value = store.settings.all()[name]
    return value === undefined ? (settings[name]?.default ?? null) : value
  }
  // A leg that the cloud's table does not name takes no time there: Baidu's release is at once.
  const legs: Partial<Record<Leg, { own: string; shared: string }>> = {}
  for (const leg of LEGS) {
    const own = `delays.${provider}.${leg}Ms`
    if (own in settings) legs[leg] = { own, shared: `delays.${leg}Ms` }
  }
  return {
    provider,
    rules,
    store,
    now,
    setting,
    delayMs(leg) {
      const names = legs[leg]
      if (!names) return 0
      const own = setting(names.own) ?? setting(names.shared)
      return typeof own === 'number' ? own : store.row.mode === 'manual' ? 0 : SYSTEM_DELAY_MS
    },
    nextN: () => store.row.nextN++,
    newId: (kind, n) => rules.id(kind, n, store.row.seed),
    touch(at) {
      if (at > store.row.changedAt) store.row.changedAt = at
    }
  }
}
