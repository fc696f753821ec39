import type { Shapes } from '../core/model/resources.ts'
import type { Rules, Setting } from '../core/model/rules.ts'
import type { Evidence, Statement } from './evidence.ts'

// What the behaviour of a cloud rests on, beside what it does: the rules that the core asks, settings, tables of states.

/** A setting, and what its default rests on. */
export interface EvidencedSetting extends Setting {
  readonly evidence: Evidence
}
export type EvidencedSettings = Readonly<Record<string, EvidencedSetting>>

/** What time does of which a cloud must say what it rests on. */
export const TIME_RULES = [
  'skip',
  'automaticSnapshot',
  'atLimit',
  'onExpiry',
  'keepsSnapshots',
  'marksVolume'
] as const satisfies readonly (keyof Rules)[]

type Ruled = Readonly<Record<(typeof TIME_RULES)[number], { readonly statement: Statement }>>

/** A cloud's rules, each with what it does in words and what that rests on. */
export type EvidencedRules<S extends Shapes = Shapes> = Rules<S> &
  Ruled & {
    readonly settings: EvidencedSettings
    /** How long something lies in the recycle bin, in words. */
    readonly bin: Statement
  }

/** A rule and the statement about it. */
export function ruled<Asked extends readonly unknown[], Answer>(
  statement: Statement,
  rule: (...asked: Asked) => Answer
): ((...asked: Asked) => Answer) & { readonly statement: Statement } {
  return Object.assign(rule, { statement })
}

/** The states in which an operation goes through, and what that rests on. */
export interface StateRule {
  readonly allowed: readonly string[]
  /** All others, where the table names them. */
  readonly refused?: readonly string[]
  readonly evidence: Evidence
}
/** By operation. */
export type StateTable = Readonly<Record<string, StateRule>>
