import { assert } from '../model/assert.ts'
import type { Anchor } from '../model/clock.ts'
import type { Database } from './database.ts'
import { tableOf } from './table.ts'

/** The one row that says what this world is. */
export interface WorldRow extends Anchor {
  name: string
  mode: 'system' | 'manual'
  anchorAt: number
  anchorWall: number
  /** The instant of the last committed write or applied event: the clock never goes back before it. */
  changedAt: number
  nextN: number
  seed: number
  /** Rows below it a seed planted: of any age, with ids of its own. */
  plantedN: number
}

const table = tableOf<WorldRow>('world', {
  name: 'name',
  mode: 'clock_mode',
  anchorAt: 'anchor_at',
  anchorWall: 'anchor_wall',
  changedAt: 'changed_at',
  nextN: 'next_n',
  seed: 'seed',
  plantedN: 'planted_n'
})
const READ = table.select('')
/** What nearly every transaction changes, and nothing else. */
const GO_ON = 'UPDATE world SET changed_at = ?, next_n = ?'
const WRITE = `UPDATE world SET ${table.columns.map((column) => `${column} = ?`).join(', ')}`
const INSERT = `INSERT INTO world (one, ${table.columns.join(', ')}) VALUES (1, ${table.columns.map(() => '?').join(', ')})`

/** The row is kept in memory, and written with the transaction that changed it. */
export interface KeptWorldRow {
  readonly row: WorldRow
  /** Before a commit. */
  flush(): void
  /** Takes the row from the database anew. Throws where there is none. */
  reread(): void
}

export function createWorldRow(db: Database): KeptWorldRow {
  const row: WorldRow = {
    name: '',
    mode: 'manual',
    anchorAt: 0,
    anchorWall: 0,
    changedAt: 0,
    nextN: 1,
    seed: 0,
    plantedN: 1
  }
  const written = { ...row }
  const reread = () => {
    const stored = table.get(db, READ)
    assert(stored, 'the table world has no row')
    Object.assign(row, stored)
    Object.assign(written, stored)
  }
  if (!table.get(db, READ)) db.run(INSERT, ...table.valuesOf(row))
  reread()
  return {
    row,
    flush() {
      if (!isSameBut(row, written)) {
        db.run(WRITE, ...table.valuesOf(row))
        Object.assign(written, row)
      } else if (row.nextN !== written.nextN || row.changedAt !== written.changedAt) {
        db.run(GO_ON, row.changedAt, row.nextN)
        written.changedAt = row.changedAt
        written.nextN = row.nextN
      }
    },
    reread
  }
}

/** In all but what nearly every transaction changes. */
function isSameBut(one: WorldRow, other: WorldRow): boolean {
  return (
    one.anchorAt === other.anchorAt &&
    one.anchorWall === other.anchorWall &&
    one.mode === other.mode &&
    one.name === other.name &&
    one.seed === other.seed &&
    one.plantedN === other.plantedN
  )
}
