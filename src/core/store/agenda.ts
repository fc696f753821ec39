import type { AgendaEntry } from '../model/world.ts'
import type { Database } from './database.ts'

/** One thing that is known to happen. */
export interface AgendaRow extends Omit<AgendaEntry, 'kind'> {
  readonly n: number
}

/** What falls due, read ahead; each list in its own order, at most `limit` long. */
export interface AgendaRows {
  completions(limit: number): AgendaRow[]
  expiries(limit: number): AgendaRow[]
  /** The snapshots that a firing made and that are still there. */
  madeBy(policyN: number, at: number, limit: number): string[]
}

export function createAgendaRows(db: Database): AgendaRows {
  const rows = (what: string, column: string, at: string, condition: string) => (limit: number) =>
    db.all<AgendaRow>(
      `SELECT ${at} AS at, n, provider, '${what}' AS what, id AS subject FROM ${what}
       WHERE ${column} IS NOT NULL${condition} ORDER BY ${at}, n LIMIT ?`,
      limit
    )
  const completions = [
    rows('volume', 'activity_ends_at', 'activity_ends_at', ''),
    rows('snapshot', 'state_ends_at', 'state_ends_at', ''),
    rows('instance', 'state_ends_at', 'state_ends_at', '')
  ]
  const expiries = [
    rows('snapshot', 'expires_at', 'expires_at', ' AND state_ends_at IS NULL'),
    // One that will be busy at its time goes as soon as it is free.
    rows(
      'snapshot',
      'state_ends_at',
      'max(expires_at, state_ends_at)',
      " AND expires_at IS NOT NULL AND state <> 'deleting'"
    )
  ]
  return {
    completions: (limit) => completions.flatMap((list) => list(limit)),
    expiries: (limit) => expiries.flatMap((list) => list(limit)),
    madeBy: (policyN, at, limit) =>
      db
        .all<{ id: string }>(
          `SELECT id FROM snapshot WHERE policy_n = ? AND created_at = ? AND fired_at = ? ORDER BY n LIMIT ?`,
          policyN,
          at,
          at,
          limit
        )
        .map((row) => row.id)
  }
}
