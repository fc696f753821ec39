// The least that Fastify and better-sqlite3 can make and tell a policy with: a row with an index, and one row by its id.
import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'

const db = new Sqlite(':memory:')
db.exec(`CREATE TABLE policy (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, schedule TEXT NOT NULL,
    created_at INTEGER NOT NULL) STRICT;
  CREATE INDEX policy_created ON policy (created_at, n)`)
const insert = db.prepare('INSERT INTO policy (id, name, schedule, created_at) VALUES (?, ?, ?, ?)')
const find = db.prepare('SELECT * FROM policy WHERE id = ?')
let made = 0
const app = Fastify({ logger: false })
app.post('/v2/asp', (request) => {
  const { name, ...schedule } = Object(request.body)
  const aspId = `asp-${String(++made).padStart(8, '0')}`
  insert.run(aspId, name, JSON.stringify(schedule), Date.now())
  return { aspId }
})
app.get('/v2/asp/:aspId', (request, reply) => {
  const row = Object(find.get(Object(request.params).aspId))
  if (row.id === undefined) return reply.code(404).send({ code: 'NoSuchObject' })
  const { id, name, schedule, created_at: createdAt } = row
  const createdTime = new Date(createdAt).toISOString()
  return { autoSnapshotPolicy: { id, name, ...JSON.parse(schedule), createdTime, status: 'active' } }
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.on('SIGTERM', () => app.close())
