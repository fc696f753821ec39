import type { TSchema } from '@sinclair/typebox'
import type { Instance, Policy, Shapes, Volume } from './resources.ts'
import { Delay } from './setting-forms.ts'

/** What ids are made for. `order` and `serial` are names without a resource behind them. */
export type IdKind = 'volume' | 'snapshot' | 'policy' | 'instance' | 'order' | 'serial' | (string & {})

/** What takes time; how long, is the setting `delays.<provider>.<transition>Ms`, or `delays.<transition>Ms` for every cloud. */
export const TRANSITIONS = [
  'snapshotCreate',
  'snapshotDelete',
  'snapshotCopy',
  'rollback',
  'diskCreate',
  'attach',
  'detach',
  'resize',
  'charge',
  'release',
  'recycle',
  'instanceStart',
  'instanceStop'
] as const
export type Transition = (typeof TRANSITIONS)[number]

/** One row of a provider's table of settings. */
export interface Setting {
  readonly default: boolean | number | string | null
  readonly form: TSchema
  readonly description: string
  /** The section of the specification it comes from. */
  readonly source: string
}
export type SettingTable = Readonly<Record<string, Setting>>

/** What a firing makes of one volume. */
export interface AutomaticSnapshot<D = object> {
  readonly name: string
  readonly expiresAt: number | null
  readonly detail: D
}

/** The settings of the world. A method, not a bare function, so that a cloud's rules are `Rules` without a cast. */
export interface Settings<S extends Shapes = Shapes> {
  setting<K extends keyof S['settings'] & string>(name: K): S['settings'][K]
}

/** All that time needs to know of a cloud: constants and pure functions, which never see the store. */
export interface Rules<S extends Shapes = Shapes> {
  /** The cloud's id for the world's n-th thing; a bijection for each kind. `seed` differs from world to world. */
  id(kind: IdKind, n: number, seed: number): string
  /** Its inverse: where lists go on, and which numbers a seed's ids take. undefined: `id` makes no such id. */
  numberOf?(kind: IdKind, id: string, seed: number): number | undefined
  /** Why a firing passes this volume over, or nothing. */
  skip(volume: Volume<S['volume']>, instance: Instance<S['instance']> | undefined): string | undefined
  automaticSnapshot(
    policy: Policy<S['policy']>,
    volume: Volume<S['volume']>,
    at: number
  ): AutomaticSnapshot<S['snapshot']>
  /** At its limit of automatic snapshots a volume is skipped, or its oldest automatic one goes first. */
  atLimit(volume: Volume<S['volume']>, settings: Settings<S>): 'skip' | 'replace-oldest' | undefined
  /** What becomes of a snapshot whose time is over, `deleting` first or gone at once. A busy one waits until it is free. */
  onExpiry(): 'deleting' | 'gone'
  /** Whether a released volume's snapshots outlive it. */
  keepsSnapshots(settings: Settings<S>): boolean
  /** Whether a running snapshot makes its volume busy (`snapshotting`). */
  marksVolume(settings: Settings<S>): boolean
  /** How long a volume stays in the recycle bin; null: without end. */
  readonly binMs: number | null
  readonly settings: SettingTable
}

/** What the providers declare, and one short name for each transition that stands for all of them. */
export function settingsOf(rules: Readonly<Record<string, Rules>>): SettingTable {
  const transitions = TRANSITIONS.map((transition): [string, Setting] => [
    `delays.${transition}Ms`,
    {
      default: null,
      form: Delay,
      description: `How long ${transition} takes, in milliseconds on the world’s clock, in every cloud that has it; null: 300 on a system clock, 0 on a manual one.`,
      source: 'docs/how-to/time.md, How long things take'
    }
  ])
  return Object.fromEntries([...Object.values(rules).flatMap((own) => Object.entries(own.settings)), ...transitions])
}
