// The least that Fastify and better-sqlite3 can list with: 10,000 rows, an index, twenty of them in JSON and how many there
// are; nothing is verified, filtered, joined or kept.
import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'

const ROWS = 10_000
const db = new Sqlite(':memory:')
db.exec(`CREATE TABLE snapshot (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,
    status TEXT NOT NULL, type TEXT NOT NULL, retention TEXT, disk TEXT NOT NULL, grp TEXT NOT NULL, grp_name TEXT NOT NULL,
    created TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
  CREATE INDEX snapshot_created ON snapshot (created_at, n)`)
const insert = db.prepare(`INSERT INTO snapshot (id, name, zone, status, type, disk, grp, grp_name, created, created_at)
  VALUES (?, 'first', 'asia-east-1a', 'AVAILABLE', 'Manual', '1700000000000000102',
    '0a253bb0-eb7d-4328-84ec-fc8d1487b31a', 'Default Resource Group', '2026-01-05T08:00:00Z', ?)`)
for (let n = 0; n < ROWS; n++) insert.run(String(1_700_000_000_000_000_000n + BigInt(n)), n)
const list = db.prepare(`SELECT id AS snapshotId, name AS snapshotName, zone AS zoneId, status, type AS snapshotType,
    retention AS retentionTime, disk AS diskId, created AS createTime, grp, grp_name AS name
  FROM snapshot ORDER BY created_at DESC, n DESC LIMIT ?`)
const app = Fastify({ logger: false })
app.post('/api/v2/zec', (request) => {
  const { pageSize = 20 } = Object(request.body)
  const dataSet = list.all(pageSize)
  return { requestId: 'none', response: { requestId: 'none', totalCount: ROWS, dataSet } }
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.on('SIGTERM', () => app.close())
