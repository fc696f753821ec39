import type { Database } from './database.ts'

/** What a total counts by. Columns that a kind of row does not have are ''. */
export interface Cell {
  readonly provider: string
  readonly what: 'snapshot' | 'volume' | 'policy'
  readonly zone: string
  readonly state: string
  readonly origin: string
  readonly kind: string
  readonly group: string
}

/** The cells that a filter meets: a member that is left out means any. */
export type CellFilter = Pick<Cell, 'provider' | 'what'> & {
  readonly zones?: readonly string[] | undefined
  readonly state?: string | undefined
  readonly origins?: readonly string[] | undefined
  readonly kind?: string | undefined
  readonly group?: string | undefined
}

/** Kept totals: a list's total is the sum of the few cells that its filter meets, never a count. */
export interface Totals {
  bump(cell: Cell, by: number): void
  sum(filter: CellFilter): number
  /** Writes what was bumped; before a commit. */
  flush(): void
  /** Forgets what was bumped; after a rollback. */
  forget(): void
}

/** Cells that are remembered between transactions. */
const FEW = 8

export function createTotals(db: Database): Totals {
  const bumped = new Map<string, { cell: Cell; by: number }>()
  /** Mostly one cell is counted up many times in a row. */
  let last: { cell: Cell; by: number } | undefined

  function flush(): void {
    for (const sum of bumped.values()) {
      const { cell, by } = sum
      if (by === 0) continue
      sum.by = 0
      const key = [cell.provider, cell.what, cell.zone, cell.state, cell.origin, cell.kind, cell.group] as const
      db.run(
        `INSERT INTO total (provider, what, zone, state, origin, kind, grp, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET n = n + excluded.n`,
        ...key,
        by
      )
      if (by < 0) {
        db.run(
          `DELETE FROM total WHERE provider = ? AND what = ? AND zone = ? AND state = ? AND origin = ? AND kind = ?
             AND grp = ? AND n = 0`,
          ...key
        )
      }
    }
    // Calls that follow each other mostly count in the same cells.
    if (bumped.size > FEW) forget()
  }
  const forget = () => {
    bumped.clear()
    last = undefined
  }

  return {
    bump(cell, by) {
      if (last && isSame(last.cell, cell)) {
        last.by += by
        return
      }
      const key = `${cell.provider}\n${cell.what}\n${cell.zone}\n${cell.state}\n${cell.origin}\n${cell.kind}\n${cell.group}`
      last = bumped.get(key)
      if (last) last.by += by
      else {
        last = { cell, by }
        bumped.set(key, last)
      }
    },
    sum(filter) {
      flush()
      let sql = 'SELECT sum(n) AS sum FROM total WHERE provider = ? AND what = ?'
      const values: string[] = [filter.provider, filter.what]
      const add = (column: string, value: string | undefined) => {
        if (value === undefined) return
        sql += ` AND ${column} = ?`
        values.push(value)
      }
      const addAny = (column: string, list: readonly string[] | undefined) => {
        if (list === undefined) return
        sql += ` AND ${column} IN (SELECT value FROM json_each(?))`
        values.push(JSON.stringify(list))
      }
      addAny('zone', filter.zones)
      add('state', filter.state)
      addAny('origin', filter.origins)
      add('kind', filter.kind)
      add('grp', filter.group)
      return db.get<{ sum: number | null }>(sql, ...values)?.sum ?? 0
    },
    flush,
    forget
  }
}

function isSame(one: Cell, other: Cell): boolean {
  return (
    one.what === other.what &&
    one.state === other.state &&
    one.origin === other.origin &&
    one.kind === other.kind &&
    one.group === other.group &&
    one.zone === other.zone &&
    one.provider === other.provider
  )
}
