// What cannot be left out of a signed CreateSnapshot, written down straight: node:http, both hashes and the HMAC of the
// signature, and one transaction that makes the same row under the same indexes and keeps the same counts. No routing, no
// checks, no faults, no journal, one call and no other: what Snapstand costs beyond it is its own doing.
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import Sqlite from 'better-sqlite3'
import { SCHEMA } from '../../src/core/store/schema.ts'

const db = new Sqlite(':memory:')
db.pragma('page_size = 1024')
db.exec(SCHEMA)
db.exec("INSERT INTO world VALUES (1, 'bench', 'manual', 0, 0, 0, 1, 1, 1)")
db.exec(`INSERT INTO volume VALUES
  (1, 'zenlayer', '1700000000000000102', 'data', 'asia-east-1a', 'DATA', 'default', 40, 0,
   NULL, 'idle', NULL, NULL, 0, NULL, 0, 0, NULL, NULL, '{}')`)
const begin = db.prepare('BEGIN IMMEDIATE')
const commit = db.prepare('COMMIT')
const insert = db.prepare(`INSERT INTO snapshot VALUES (${Array.from({ length: 19 }, () => '?').join(', ')})`)
const total = db.prepare(
  `INSERT INTO total VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n`
)
const count = db.prepare('UPDATE volume SET manual_count = manual_count + ?, auto_count = auto_count + ? WHERE n = ?')
const goOn = db.prepare('UPDATE world SET changed_at = ?, next_n = ?')
const SIGNED = ['content-type', 'host']
let made = 1

/** @param {import('node:http').IncomingMessage} request @param {Buffer} body */
function isRight({ method, headers }, body) {
  const claimed = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? ''
  const named = SIGNED.map((name) => `${name}:${headers[name]}\n`).join('')
  const request = `${method}\n/\n\n${named}\n${SIGNED.join(';')}\n${hash('sha256', body, 'hex')}`
  const toSign = `ZC2-HMAC-SHA256\n${headers['x-zc-timestamp']}\n${hash('sha256', request, 'hex')}`
  const expected = createHmac('sha256', 'bench').update(toSign).digest('hex')
  return timingSafeEqual(Buffer.from(claimed), Buffer.from(expected))
}

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    if (!isRight(request, body)) throw new Error('a wrong signature')
    const { diskId, snapshotName } = JSON.parse(body.toString())
    if (diskId !== '1700000000000000102') throw new Error('another disk')
    const n = ++made
    const now = Date.now()
    const snapshotId = String(1_700_000_000_000_000_000n + BigInt(n))
    const place = ['asia-east-1a', 'DATA', 'default']
    begin.run()
    insert.run(
      ...[n, 'zenlayer', snapshotId, snapshotName, 1, ...place, 40, 'manual', null, null, now, null],
      ...['available', null, 0, null, JSON.stringify({ retentionTime: null })]
    )
    total.run('zenlayer', 'snapshot', place[0], 'available', 'manual', place[1], place[2], 1)
    count.run(1, 0, 1)
    goOn.run(now, n)
    commit.run()
    const text = JSON.stringify({ requestId: snapshotId, response: { requestId: snapshotId, snapshotId } })
    response.writeHead(200, ['content-type', 'application/json;charset=UTF-8', 'content-length', String(text.length)])
    response.end(text, 'latin1')
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${Object(server.address()).port}\n`))
process.on('SIGTERM', () => server.close())
