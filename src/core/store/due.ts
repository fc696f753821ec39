import type { ResourceKind } from '../model/resources.ts'
import type { NextEvent } from '../model/world.ts'
import type { Database } from './database.ts'
import type { WorldRow } from './world-row.ts'

export interface DueEvent {
  readonly at: number
  readonly kind: NextEvent['kind']
  readonly n: number
}
export interface Completion {
  readonly what: Exclude<ResourceKind, 'policy'>
  readonly n: number
}
/** Told whenever a due column is written. */
export type NoteDue = (at: number | null | undefined) => void

/** What falls due: the due columns of all tables, and a bound below which they need not be asked. */
export interface Due {
  /** Nothing falls due before: the usual call costs one comparison. */
  at(): number
  readonly note: NoteDue
  /** Takes the bound from the tables. */
  lookUp(): void
  /** What falls due next; undefined: never. One instant's order is completions, expiries, firings. */
  next(): DueEvent | undefined
  /** What completes at that instant, by `n`. */
  completionsAt(at: number, limit: number): Completion[]
}

type Head = Pick<DueEvent, 'at' | 'n'>

export function createDue(db: Database, row: WorldRow): Due {
  let bound = Number.POSITIVE_INFINITY
  const head = (table: string, column: string, condition: string) => {
    const sql = `SELECT ${column} AS at, n FROM ${table} WHERE ${column} IS NOT NULL${condition} ORDER BY ${column}, n LIMIT 1`
    return () => db.get<Head>(sql)
  }
  const completions = [
    head('volume', 'activity_ends_at', ''),
    head('snapshot', 'state_ends_at', ''),
    head('instance', 'state_ends_at', '')
  ]
  const nextExpiry = head('snapshot', 'expires_at', ' AND state_ends_at IS NULL')
  const nextFiring = head('policy', 'fires_at', '')
  const nextCompletion = () => {
    let next: Head | undefined
    for (const completion of completions) {
      const due = completion()
      if (due && (!next || due.at < next.at || (due.at === next.at && due.n < next.n))) next = due
    }
    return next
  }
  const next = (): DueEvent | undefined => {
    const completes = nextCompletion()
    const expires = nextExpiry()
    const fires = nextFiring()
    let first: DueEvent | undefined
    if (completes) first = { ...completes, kind: 'completes' }
    if (expires) {
      // One that was busy when its time came is due as soon as it is free: now, on this clock.
      const at = Math.max(expires.at, row.changedAt)
      if (!first || at < first.at) first = { at, n: expires.n, kind: 'expires' }
    }
    if (fires && (!first || fires.at < first.at)) first = { ...fires, kind: 'fires' }
    return first
  }

  return {
    at: () => bound,
    note(at) {
      if (typeof at === 'number' && at < bound) bound = at
    },
    lookUp() {
      bound = next()?.at ?? Number.POSITIVE_INFINITY
    },
    next,
    completionsAt: (at, limit) =>
      db.all<Completion>(
        `SELECT * FROM (SELECT 'volume' AS what, n FROM volume WHERE activity_ends_at = ? ORDER BY n LIMIT ?)
         UNION ALL SELECT * FROM (SELECT 'snapshot', n FROM snapshot WHERE state_ends_at = ? ORDER BY n LIMIT ?)
         UNION ALL SELECT * FROM (SELECT 'instance', n FROM instance WHERE state_ends_at = ? ORDER BY n LIMIT ?)
         ORDER BY n LIMIT ?`,
        ...[at, limit, at, limit, at, limit, limit]
      )
  }
}
