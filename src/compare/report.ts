import type { Kind } from './differences/difference.ts'
import type { Comparison, Explanation } from './explaining/explain.ts'

/** What `--json` tells of a comparison. */
export interface Report {
  readonly cloud: string
  readonly calls: number
  readonly notPlayed: readonly { readonly call: number; readonly reason: string }[]
  /** How far the other clock was ahead, in milliseconds. */
  readonly clockAheadMs: number
  readonly differences: readonly {
    readonly kind: Kind
    readonly operation: string
    readonly where: string
    readonly theirs: string
    readonly ours: string
    /** Counted from 1, as the files of a recording are. */
    readonly calls: readonly number[]
    /** The settings that would make it go. */
    readonly settings: readonly string[]
  }[]
  /** What `--settings` writes. */
  readonly settings: Readonly<Record<string, Explanation['value']>>
}

export function reportOf(cloud: string, { findings, explanations, replay }: Comparison): Report {
  return {
    cloud,
    calls: replay.answers.length,
    notPlayed: replay.notPlayed.map(({ call, reason }) => ({ call: call + 1, reason })),
    clockAheadMs: replay.shiftMs,
    differences: findings.map((finding) => ({
      ...finding,
      calls: finding.calls.map((call) => call + 1),
      settings: explanations.flatMap(({ setting, explains }) => (explains.includes(finding) ? [setting] : []))
    })),
    settings: Object.fromEntries(explanations.map(({ setting, value }) => [setting, value]))
  }
}
