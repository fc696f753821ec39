import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { SCHEMA } from '../../../src/core/store/schema.ts'
import { openStore } from '../../../src/core/store/store.ts'
import { dumpTables, loadTables, TABLES } from '../../../src/core/store/tables.ts'
import { imageOf } from '../../../src/core/worlds/storage.ts'
import { startCore, storeOf } from '../fake-cloud.ts'

/** One row for every table, so that none can be forgotten unseen: its columns are asked of the schema. */
function fillEveryTable(db: ReturnType<typeof openStore>['db']): void {
  for (const name of TABLES) {
    if (name === 'world') continue
    const columns = db.all<{ name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)', name)
    const values = columns.map((column) =>
      column.type === 'INTEGER' ? 4_000_000 : column.name === 'detail' || column.name === 'rule' ? '{}' : 'filled'
    )
    const sql = `INSERT INTO ${name} (${columns.map((column) => column.name)}) VALUES (${columns.map(() => '?')})`
    db.run(sql, ...values)
  }
}
const dumpOf = (db: ReturnType<typeof openStore>['db']) =>
  JSON.stringify(dumpTables(db).map(({ rows, ...table }) => ({ ...table, rows: [...rows] })))

test('the list of tables is that of the schema', () => {
  const db = new Sqlite(':memory:')
  db.exec(SCHEMA)
  const tables = db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  expect(tables.map((table) => table.name).sort()).toEqual([...TABLES].sort())
  db.close()
})

test('every table is reset, restored, exported, and survives a rest', async () => {
  const core = startCore({ maxOpen: 1 })
  const world = core.world('w')
  await world.ready()
  const { db } = storeOf(world)
  const fresh = dumpOf(db)
  await world.saveCheckpoint('fresh')
  fillEveryTable(db)
  const filled = dumpOf(db)
  expect(JSON.parse(filled).every((table: { rows: unknown[] }) => table.rows.length > 0)).toBe(true)

  const image = imageOf(storeOf(world)).image
  const loaded = openStore()
  Array.from(loadTables(loaded.db, dumpTables(openStore(image).db)))
  expect(dumpOf(loaded.db)).toBe(filled)

  core.world('other').now()
  core.world('other').perform('plain', () => {})
  expect(dumpOf(storeOf(core.world('w')).db)).toBe(filled)

  world.restoreCheckpoint('fresh')
  expect(dumpOf(storeOf(world).db)).toBe(fresh)
  fillEveryTable(storeOf(world).db)
  await world.reset()
  expect(dumpOf(storeOf(world).db)).toBe(fresh)
})
