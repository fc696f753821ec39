/** What holds for a core where nobody says otherwise. */
export const DEFAULTS = {
  maxWorlds: 10_000,
  /** The most snapshots that one advance may make. */
  maxAdvance: 1_000_000,
  journalBytes: 64 * 1024 ** 2,
  /** Databases open at a time. */
  maxOpen: 256
} as const
