// Opens databases, asks each of them something and lets it go, open or closed, and has the collector come by while nothing
// runs, which is when it comes of its own accord. better-sqlite3 12 ended the process there on Node 24.19 and later.
//   node --expose-gc test/nodes/collections.ts [databases]
import { setImmediate } from 'node:timers/promises'
import { openDatabase } from '../../src/core/store/database.ts'

const count = Number(process.argv[2] ?? 5000)
/** Let go of between two collections. */
const BATCH = 20
const GROWTH_BYTES_MAX = 32 * 1024 ** 2

const collect = globalThis.gc
if (!collect) throw new Error('node --expose-gc test/nodes/collections.ts')
let collected = 0
const registry = new FinalizationRegistry<string>(() => {
  collected += 1
})

/** Nothing of what is opened here outlives the call. */
function openAndDrop(number: number): void {
  const db = openDatabase()
  const [rows] = db.column<number>('SELECT count(*) FROM snapshot')
  const statements = [db.get('SELECT 1 AS one'), ...db.all('SELECT 2 AS two')]
  if (rows !== 0 || statements.length !== 2) throw new Error('a new database holds something')
  if (number % 2 === 0) db.close()
  registry.register(db, 'database')
}

/** The collector as a task of its own: no JavaScript is under way meanwhile. What it found is freed a turn later. */
async function collectIdly(): Promise<void> {
  await collect?.({ type: 'major', execution: 'async' })
  await setImmediate()
}

let settledBytes = 0
for (let opened = 0; opened < count; opened += BATCH) {
  for (let number = opened; number < Math.min(opened + BATCH, count); number++) openAndDrop(number)
  await collectIdly()
  if (opened <= count / 2) settledBytes = process.memoryUsage.rss()
}
for (let tries = 0; collected < count && tries < 50; tries++) await collectIdly()
const grownBytes = process.memoryUsage.rss() - settledBytes
console.log(
  `${collected} of ${count} databases were collected; memory grew by ${(grownBytes / 1024 ** 2).toFixed(1)} MiB`
)
if (collected < count || grownBytes > GROWTH_BYTES_MAX) process.exitCode = 1
