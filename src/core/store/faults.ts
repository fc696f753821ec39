import type { FaultRule } from '../model/fault-form.ts'
import type { FaultCounts, FaultScope } from '../model/faults.ts'
import type { Database } from './database.ts'
import { json, tableOf } from './table.ts'

/** A rule of the world with its counts, or the counts of a rule that the server has. */
export interface StoredFault extends FaultCounts {
  readonly scope: FaultScope
  readonly id: string
  /** Rules act in this order; of the server's, which making of the rule was counted. */
  readonly position: number
  /** null: the server has it. */
  readonly rule: FaultRule | null
}

const table = tableOf<StoredFault>('fault', {
  scope: 'scope',
  id: 'id',
  position: 'position',
  met: 'met',
  acted: 'acted',
  windowAt: 'window_at',
  windowCount: 'window_count',
  rule: json('rule')
})
const ALL = table.select('ORDER BY position, id')
const COUNT = 'UPDATE fault SET met = ?, acted = ?, window_at = ?, window_count = ? WHERE scope = ? AND id = ?'

/** The rules of a world. Every call asks for them, so they are read once. */
export interface Faults {
  /** In their order. */
  all(): readonly StoredFault[]
  /** In place of one with the same name, if there is one. */
  put(fault: StoredFault): void
  count(fault: StoredFault, counts: FaultCounts): void
  drop(scope: FaultScope, id: string): void
  /** Forgets what was read; after a rollback. */
  forget(): void
}

export function createFaults(db: Database): Faults {
  let known: StoredFault[] | undefined
  return {
    all() {
      known ??= table.all(db, ALL)
      return known
    },
    put(fault) {
      table.replace(db, fault)
      known = undefined
    },
    count(fault, { met, acted, windowAt, windowCount }) {
      const { scope, id } = fault
      db.run(COUNT, met, acted, windowAt, windowCount, scope, id)
      const place = known?.indexOf(fault) ?? -1
      if (place >= 0) known?.splice(place, 1, { ...fault, met, acted, windowAt, windowCount })
      else known = undefined
    },
    drop(scope, id) {
      db.run('DELETE FROM fault WHERE scope = ? AND id = ?', scope, id)
      known = undefined
    },
    forget() {
      known = undefined
    }
  }
}
