import type { Place } from '../model/resources.ts'
import type { Database } from './database.ts'
import { tableOf } from './table.ts'

/** Where in the order of their lists, which is that of `created_at` and then `n`, rows are and were. */
export interface Places {
  /** Of a row that is there, or of one that a seed planted and that is gone. */
  of(provider: string, kind: string, id: string): Place | undefined
  /** Of the first row of that kind that came after the n-th of all rows. */
  after(kind: string, n: number): Place | undefined
}

const placesIn = (table: string) => tableOf<Place>(table, { n: 'n', createdAt: 'created_at' })
const TABLES = new Map(['instance', 'volume', 'policy', 'snapshot'].map((kind) => [kind, placesIn(kind)]))
/** Those of all other kinds. */
const ITEMS = placesIn('item')
const GONE = placesIn('gone')

export function createPlaces(db: Database): Places {
  const there = (provider: string, kind: string, id: string) => {
    const table = TABLES.get(kind)
    return table
      ? table.get(db, table.select('WHERE provider = ? AND id = ?'), provider, id)
      : ITEMS.get(db, ITEMS.select('WHERE provider = ? AND kind = ? AND id = ?'), provider, kind, id)
  }
  return {
    of: (provider, kind, id) =>
      there(provider, kind, id) ??
      GONE.get(db, GONE.select('WHERE provider = ? AND kind = ? AND id = ?'), provider, kind, id),
    after(kind, n) {
      const table = TABLES.get(kind) ?? ITEMS
      return table.get(db, table.select('WHERE n > ? ORDER BY n LIMIT 1'), n)
    }
  }
}
