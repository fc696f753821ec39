import type { SettingValue } from '../model/resources.ts'
import { type IdKind, type Rules, type Setting, TRANSITIONS, type Transition } from '../model/rules.ts'
import type { Store } from '../store/store.ts'

/** One provider's scope on one world's store: what verbs and the settle loop work with. */
export interface Scope {
  readonly provider: string
  readonly rules: Rules
  readonly store: Store
  /** The instant at which the verb happens: the call's, or the event's own. */
  readonly now: () => number
  /** Whether what this call makes ends in the cloud’s failed state. */
  readonly fails: () => boolean
  setting(name: string): SettingValue
  /** Milliseconds of a transition, by the settings and the world's mode. */
  delayMs(transition: Transition): number
  nextN(): number
  newId(kind: IdKind, n: number): string
  /** Marks the transaction as one that changed something, at an instant. */
  touch(at: number): void
}

/** In `system` mode things take this long by default, in `manual` mode no time. */
const SYSTEM_DELAY_MS = 300

export function createScope(options: {
  provider: string
  rules: Rules
  store: Store
  now: () => number
  fails?: () => boolean
  settings: Readonly<Record<string, Setting>>
}): Scope {
  const { provider, rules, store, now, fails = () => false, settings } = options
  const setting = (name: string) => {
    const value = store.settings.all()[name]
    return value === undefined ? (settings[name]?.default ?? null) : value
  }
  // A transition that the cloud's table does not name takes no time there: Baidu's release is at once.
  const transitions: Partial<Record<Transition, { own: string; shared: string }>> = {}
  for (const transition of TRANSITIONS) {
    const own = `delays.${provider}.${transition}Ms`
    if (own in settings) transitions[transition] = { own, shared: `delays.${transition}Ms` }
  }
  return {
    provider,
    rules,
    store,
    now,
    fails,
    setting,
    delayMs(transition) {
      const names = transitions[transition]
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
