import type { Composed, Input } from '../clouds/cloud.ts'
import type { Change } from '../exchange.ts'
import type { Reader } from './readers.ts'

/** What a probe works with: found there, made for all probes, or lent by whoever asks (`--instance`). */
export type Need = 'zone' | 'otherZone' | 'disk' | 'otherDisk' | 'snapshot' | 'policy' | 'instance'

/** One question that a page on a cloud leaves open, and the calls that answer it. */
export interface Probe {
  /** As the page numbers it: `13`, `Q16`. */
  readonly question: string
  readonly asks: string
  readonly needs?: readonly Need[]
  /** It makes or changes something, if only a thing that was made for it. */
  readonly writes?: true
  /** In texts `{disk}` stands for the id of a need, or for what an earlier step keeps; `{+24h}` for an instant. */
  readonly steps: readonly Step[]
  /** What the answers tell, by what it is called. */
  readonly reads: Readonly<Record<string, Reader>>
  /** The setting that is another value then, or the section that has our answer. */
  readonly decides: string
}

export interface Step {
  /** What readers call it by. */
  readonly name: string
  /** An operation, or a request as it stands. */
  readonly call: string | Composed
  readonly input?: Input
  readonly change?: Change
  /** Asked again until the answer holds this, or for as long as the budget has it. */
  readonly until?: RegExp
  /** What later steps take from the answer, by the way to it: `response.diskIds.0`. */
  readonly keep?: Readonly<Record<string, string>>
  /** Names what is not there, so that nothing can come of it. */
  readonly isRefused?: true
}

/** Why a question has no probe. */
export interface Unasked {
  readonly question: string
  readonly reason: string
}

/** How often a state is asked for at most, before what is asked is given up. */
export const POLLS_MAX = 40

/** The calls that a probe makes at most, without what it needs. */
export function callsOf({ steps }: Probe): number {
  return steps.reduce((sum, { until }) => sum + (until ? POLLS_MAX : 1), 0)
}
