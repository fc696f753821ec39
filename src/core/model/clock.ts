/** The wall clock, epoch milliseconds. The only place that reads it. */
export function wallNow(): number {
  return Date.now()
}

/** A world's clock, in both modes: where it stood, and when by the wall clock that was. */
export interface Anchor {
  readonly mode: 'system' | 'manual'
  readonly anchorAt: number
  readonly anchorWall: number
}

/** Epoch milliseconds on a world's clock; a `manual` one stands still. */
export function instantOf(anchor: Anchor, wall: number): number {
  return anchor.mode === 'manual' ? anchor.anchorAt : anchor.anchorAt + (wall - anchor.anchorWall)
}

/** A world's clock lies in 2000 to 2100. */
export const EARLIEST_AT = Date.UTC(2000, 0, 1)
export const LATEST_AT = Date.UTC(2100, 0, 1)
/** The starter rows date from here. */
export const STARTER_AT = Date.UTC(2025, 0, 1)
/** Where `--clock manual` starts without `--clock-at`, so that runs repeat. */
export const MANUAL_START_AT = Date.UTC(2026, 0, 5, 8)
export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
