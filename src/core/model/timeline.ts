import type { Origin, SnapshotState, VolumeActivity } from './resources.ts'

/** Which part of a world's time, and which of its volumes. */
export interface TimelineWindow {
  readonly from: number
  readonly to: number
  /** A cloud; without it, of all. */
  readonly provider?: string | undefined
  /** Stands in the volume's id or name, in whatever case. */
  readonly text?: string | undefined
  readonly offset: number
  readonly limit: number
  /** A lane with more snapshots than this is told as counts, of as many equal parts of the window. */
  readonly marks: number
}

export interface TimelineSnapshot {
  readonly id: string
  readonly at: number
  /** null: kept for ever. */
  readonly expiresAt: number | null
  readonly origin: Origin
  readonly state: SnapshotState
}
/** The snapshots of a part of the window; part -1 is what was made before it and is still there. */
export interface TimelinePart {
  readonly part: number
  readonly count: number
  readonly automatic: number
  /** Those that are not available: creating, failed, … */
  readonly odd: number
  /** The last of them is there until then; null: for ever. */
  readonly until: number | null
}

/** One volume: its snapshots that are there at some instant of the window, each or by parts. */
export interface Lane {
  readonly provider: string
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly createdAt: number
  readonly activity: VolumeActivity
  readonly goneAt: number | null
  /** The id of its policy. */
  readonly policy: string | null
  readonly snapshots?: readonly TimelineSnapshot[]
  readonly parts?: readonly TimelinePart[]
}

/** Volumes that a firing passed over for one reason: how many, and the ids of the first of them. */
export interface PassedOver {
  readonly reason: string
  readonly count: number
  readonly volumes: readonly string[]
}
/** A policy that some lane is bound to: what it did within the window and what it will do, if nothing changes. */
export interface TimelinePolicy {
  readonly provider: string
  readonly id: string
  readonly name: string
  /** Oldest first, the newest of them if there are too many. */
  readonly past: readonly {
    readonly at: number
    readonly made: number
    readonly skipped: readonly PassedOver[]
  }[]
  readonly next: readonly number[]
  /** Whether it fires more often within the window than is told. */
  readonly more: boolean
}

export interface Timeline {
  /** All volumes that were asked for, before paging. */
  readonly total: number
  readonly lanes: readonly Lane[]
  readonly policies: readonly TimelinePolicy[]
}
