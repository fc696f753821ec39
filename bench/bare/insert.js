// The least that Fastify and better-sqlite3 can make a snapshot with: one route, one row, two indexes; nothing is verified,
// kept or counted.
import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'

const db = new Sqlite(':memory:')
db.exec(`CREATE TABLE snapshot (n INTEGER PRIMARY KEY, id TEXT NOT NULL, disk TEXT NOT NULL, name TEXT NOT NULL,
    created_at INTEGER NOT NULL) STRICT;
  CREATE INDEX snapshot_created ON snapshot (created_at, n);
  CREATE INDEX snapshot_disk ON snapshot (disk, created_at, n)`)
const insert = db.prepare('INSERT INTO snapshot (id, disk, name, created_at) VALUES (?, ?, ?, ?)')
let made = 0
const app = Fastify({ logger: false })
app.post('/api/v2/zec', (request) => {
  const { diskId, snapshotName } = Object(request.body)
  const snapshotId = String(1_700_000_000_000_000_000n + BigInt(++made))
  insert.run(snapshotId, diskId, snapshotName, Date.now())
  return { requestId: snapshotId, response: { requestId: snapshotId, snapshotId } }
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.on('SIGTERM', () => app.close())
