import type { World } from '../../src/core/model/world.ts'
import { dumpTables } from '../../src/core/store/tables.ts'
import { storeOf } from './fake-cloud.ts'

/** Every row that a world holds, as text; but for the one about itself, which counts its calls. */
export function rowsOf(world: World): string {
  const tables = dumpTables(storeOf(world).db).map(({ name, rows }) => ({ name, rows: [...rows] }))
  return tables.flatMap(({ name, rows }) => (name === 'world' ? [] : JSON.stringify([name, ...rows]))).join('\n')
}
