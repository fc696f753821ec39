import type { Cloud } from './cloud.ts'
import type { FaultRule } from './fault-form.ts'
import type { SettingValue, Shapes } from './resources.ts'
import type { ClockMode } from './world.ts'

/** What a column holds. */
export type Value = string | number | bigint | Buffer | null

/** One table, row by row, in the order of its key. */
export interface TableDump {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly Value[]>
}

/** A copy of a world that stands still: what it says is of one instant, whatever the world does meanwhile. */
export interface Detached {
  cloud<S extends Shapes>(provider: string): Cloud<S>
  readonly mode: ClockMode
  readonly now: number
  /** Those that were set. */
  readonly settings: Readonly<Record<string, SettingValue>>
  /** The world's own rules, in their order. */
  readonly faults: readonly FaultRule[]
  tables(): readonly TableDump[]
  close(): void
}

/** Rows that no calls and no time could have brought about, or that do not fit: nothing was taken. */
export class StateRefused extends Error {}
