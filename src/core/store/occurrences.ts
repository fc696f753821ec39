import type { Database } from './database.ts'
import { tableOf } from './table.ts'

/** What a policy did at one instant. */
export interface Occurrence {
  readonly policyN: number
  readonly at: number
  readonly made: number
  /** A `Skipped` as JSON. */
  readonly skipped: string | null
}
/** What a firing passed over: reason → how many, and the ids of the first of them. */
export type Skipped = Record<string, { count: number; volumes: string[] }>

const table = tableOf<Occurrence>('occurrence', {
  policyN: 'policy_n',
  at: 'at',
  made: 'made',
  skipped: 'skipped'
})
const AT = table.select('WHERE policy_n = ? AND at = ?')
const NEWEST = table.select('WHERE policy_n = ? ORDER BY at DESC LIMIT ?')
const WITHIN = table.select('WHERE policy_n = ? AND at >= ? AND at <= ? ORDER BY at DESC LIMIT ?')
const AFTER = table.select('WHERE policy_n = ? AND at > ? ORDER BY at LIMIT ?')

export interface Occurrences {
  put(occurrence: Occurrence): void
  /** A firing that was cut off between two batches adds to what it did before. */
  find(policyN: number, at: number): Occurrence | undefined
  /** The newest, oldest of them first. */
  newest(policyN: number, limit: number): Occurrence[]
  /** Strictly after an instant, oldest first. */
  after(policyN: number, at: number, limit: number): Occurrence[]
  /** The newest of a span of time, oldest of them first. */
  within(policyN: number, from: number, to: number, limit: number): Occurrence[]
  /** All but the newest. */
  trim(policyN: number, keep: number): void
}

export function createOccurrences(db: Database): Occurrences {
  return {
    put: (occurrence) => table.replace(db, occurrence),
    find: (policyN, at) => table.get(db, AT, policyN, at),
    newest: (policyN, limit) => table.all(db, NEWEST, policyN, limit).reverse(),
    after: (policyN, at, limit) => table.all(db, AFTER, policyN, at, limit),
    within: (policyN, from, to, limit) => table.all(db, WITHIN, policyN, from, to, limit).reverse(),
    trim: (policyN, keep) => {
      db.run(
        `DELETE FROM occurrence WHERE policy_n = ? AND at <=
           (SELECT at FROM occurrence WHERE policy_n = ? ORDER BY at DESC LIMIT 1 OFFSET ?)`,
        policyN,
        policyN,
        keep
      )
    }
  }
}
