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
