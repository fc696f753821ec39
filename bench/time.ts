// What time costs.   node bench/run.ts bench/time.ts [runs] [year]
//   the year    100 disks, a daily policy, 30 days' retention: beside bare better-sqlite3 that applies the same rows
//   the decade  ten years in which nothing is due
//   the month   1,000 policies, every hour of every day, one disk each: what another world's calls wait meanwhile
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { createKeyring } from '../src/config/keys.ts'
import { createCore } from '../src/core/create-core.ts'
import { DAY_MS } from '../src/core/model/clock.ts'
import type { Core } from '../src/core/model/core.ts'
import { ClockRefused, type World } from '../src/core/model/world.ts'
import { atOnce } from '../src/documents/slices.ts'
import { buildApp } from '../src/http/app.ts'
import { baidu } from '../src/providers/baidu/index.ts'
import { zenlayer } from '../src/providers/zenlayer/index.ts'
import type { ZenlayerShapes } from '../src/providers/zenlayer/rules/shapes.ts'
import { schemaIn } from './world-file.ts'

const RUNS = Number(process.argv[2] ?? 5)
const START = Date.UTC(2026, 0, 1)
const ZONE = 'asia-east-1a'
const DISKS = 100
const DAYS = 365
const RETENTION_DAYS = 30
/** How long another world is watched. */
const WATCH_MS = 8000

function newCore(data?: string, mode: 'manual' | 'system' = 'manual'): Core {
  return createCore({
    ...(data !== undefined && { data }),
    rules: { zenlayer: zenlayer.rules, baidu: baidu.rules },
    plant: (bed) => {
      bed.perform<ZenlayerShapes, void>('zenlayer', (cloud) =>
        atOnce(
          zenlayer.seed.plant(cloud, {
            zones: [{ zoneId: ZONE, regionId: 'asia-east-1' }],
            disks: [{ diskId: '1700000000000000102', diskName: 'data', zoneId: ZONE, diskSize: 20 }]
          })
        )
      )
    },
    clock: { mode, at: START }
  })
}

/** So many disks under so many policies, each disk under one. */
function fill(world: World, disks: number, policies: number, hours: readonly number[], retentionDays: number): void {
  world.perform<ZenlayerShapes, void>('zenlayer', (cloud) => {
    const [zone] = cloud.items('zone')
    const [group] = cloud.items('resourceGroup')
    if (!zone || !group) throw new Error('the seed is missing')
    const place = { zone: zone.id, group: group.id }
    const made = Array.from({ length: policies }, (_, index) =>
      cloud.createPolicy({
        ...place,
        name: `policy-${index}`,
        weekdays: [0, 1, 2, 3, 4, 5, 6],
        hours,
        utcOffsetMinutes: 0,
        retentionDays,
        detail: { tags: [], tagTimes: [] }
      })
    )
    for (let index = 0; index < disks; index++) {
      const disk = cloud.createVolume({
        ...place,
        name: `disk-${index}`,
        kind: 'DATA',
        sizeGiB: 20,
        detail: {
          serial: cloud.newId('serial'),
          category: 'Standard NVMe SSD',
          region: zone.detail.region,
          portable: true,
          bursting: false,
          snapshotAbility: true,
          order: 'settled',
          reinstalledAt: null,
          tags: [],
          tagTimes: []
        }
      })
      const policy = made[index % policies]
      if (policy) cloud.bindVolume(policy, disk)
    }
  })
}

interface Row {
  readonly values: readonly (string | number | null)[]
  readonly n: number
  readonly volumeN: number
  readonly at: number
}

interface Disk {
  readonly n: number
  readonly detail: string
}

interface Year {
  readonly schema: string
  readonly disks: readonly Disk[]
  readonly rows: readonly Row[]
}

/** The year's own rows, as the bare run gets them: nothing has to be made up while the clock runs. */
async function rowsOfTheYear(): Promise<Year> {
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-rows-'))
  const core = newCore(folder)
  const world = core.world('rows')
  fill(world, DISKS, 1, [9], -1)
  world.perform<ZenlayerShapes, void>('zenlayer', (cloud) => {
    for (const policy of cloud.policiesFrom({}, { limit: 1 })) cloud.changePolicy(policy, { retentionDays: null })
  })
  await world.advance({ by: DAYS * DAY_MS })
  const rows = world.perform<ZenlayerShapes, Row[]>('zenlayer', (cloud) =>
    cloud.snapshotsFrom({}, { limit: DISKS * DAYS }).map((it) => {
      const expiresAt = it.createdAt + RETENTION_DAYS * DAY_MS
      const detail = JSON.stringify({ retentionTime: `${new Date(expiresAt).toISOString().slice(0, 19)}Z` })
      return {
        n: it.n,
        volumeN: it.volumeN,
        at: it.createdAt,
        values: [
          ...[it.n, 'zenlayer', it.id, it.name, it.volumeN, it.zone, it.kind, it.group, it.sizeGiB, 'policy'],
          ...[it.policyN, it.firedAt, it.createdAt, expiresAt, 'available', null, null, detail]
        ]
      }
    })
  )
  const disks = world.perform<ZenlayerShapes, Disk[]>('zenlayer', (cloud) =>
    cloud.volumesFrom({}, { limit: DISKS + 1 }).map(({ n, detail }) => ({ n, detail: JSON.stringify(detail) }))
  )
  await core.close()
  const schema = schemaIn(folder)
  await rm(folder, { recursive: true })
  return { schema, disks, rows }
}

/** The same rows in the same tables with the same indexes, a thousand to a transaction, and nothing else. */
function bareYear({ schema, disks, rows }: Year): number {
  const db = new Sqlite(':memory:')
  db.pragma('page_size = 1024')
  db.exec(schema)
  db.pragma('cache_size = -1000')
  const policyN = rows[0]?.values[10] ?? 0
  db.prepare(
    `INSERT INTO policy (n, provider, id, name, zone, grp, created_at, weekdays, hours, utc_offset_minutes, fires_at,
       volume_count, detail) VALUES (?, 'zenlayer', 'p', 'p', 'z', 'g', 0, 127, 512, 0, 1, 100, '{}')`
  ).run(policyN)
  const volume = db.prepare(
    `INSERT INTO volume (n, provider, id, name, zone, kind, grp, size_gib, created_at, activity, policy_n, manual_count,
       auto_count, detail) VALUES (?, 'zenlayer', ?, 'disk', 'asia-east-1a', 'DATA', '0a253bb0-eb7d-4328-84ec-fc8d1487b31a', 20, 0,
       'idle', ?, 0, 0, ?)`
  )
  for (const { n, detail } of disks) volume.run(n, `17000000000000${n}`, policyN, detail)
  const insert = db.prepare(
    `INSERT INTO snapshot (n, provider, id, name, volume_n, zone, kind, grp, size_gib, origin, policy_n, fired_at,
       created_at, expires_at, state, state_ends_at, content_hash, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const count = db.prepare('UPDATE volume SET auto_count = auto_count + ? WHERE n = ?')
  const drop = db.prepare('DELETE FROM snapshot WHERE n = ?')
  const occurrence = db.prepare('INSERT INTO occurrence (policy_n, at, made, skipped) VALUES (?, ?, ?, NULL)')
  const fired = db.prepare('UPDATE policy SET fires_at = ?, last_fired_at = ? WHERE n = ?')
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')

  const started = performance.now()
  let events = 0
  let oldest = 0
  begin.run()
  for (let day = 0; day < DAYS; day++) {
    const today = rows.slice(day * DISKS, (day + 1) * DISKS)
    const at = today[0]?.at ?? 0
    if (day >= RETENTION_DAYS) {
      for (const row of rows.slice(oldest, oldest + DISKS)) {
        drop.run(row.n)
        count.run(-1, row.volumeN)
      }
      oldest += DISKS
    }
    for (const row of today) {
      insert.run(...row.values)
      count.run(1, row.volumeN)
    }
    occurrence.run(policyN, at, DISKS)
    fired.run(at + DAY_MS, at, policyN)
    events += 2 * DISKS
    if (events >= 1000) {
      commit.run()
      begin.run()
      events = 0
    }
  }
  commit.run()
  const ms = performance.now() - started
  db.close()
  return ms
}

async function ourYear(data?: string, mode?: 'system'): Promise<number> {
  const core = newCore(data, mode)
  const world = core.world('year')
  fill(world, DISKS, 1, [9], RETENTION_DAYS)
  const started = performance.now()
  const report = await world.advance({ by: DAYS * DAY_MS })
  const ms = performance.now() - started
  if (report.snapshotsCreated !== DISKS * DAYS || report.snapshotsExpired !== DISKS * (DAYS - RETENTION_DAYS)) {
    throw new Error(`the year made ${report.snapshotsCreated} and expired ${report.snapshotsExpired}`)
  }
  await core.close()
  return ms
}

async function decade(): Promise<number> {
  const core = newCore()
  const world = core.world('decade')
  await world.ready()
  const started = performance.now()
  await world.advance({ by: 3652 * DAY_MS })
  const ms = performance.now() - started
  await core.close()
  return ms
}

/** Calls over a socket, one after the other, from a thread of their own: what a client in another process sees. */
const CLIENT = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { Agent, request } = require('node:http')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = (index) => new Promise((resolve, reject) => {
    const action = index % 2 === 0 ? 'CreateSnapshot' : 'DescribeSnapshots'
    const body = JSON.stringify(index % 2 === 0 ? { diskId: '1700000000000000102', snapshotName: 'n' } : { pageSize: 20 })
    const started = performance.now()
    const sent = request(workerData.url + '/api/v2/zec', { method: 'POST', agent,
      headers: { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01',
        authorization: 'ZC2-HMAC-SHA256 Credential=other, SignedHeaders=content-type;host, Signature=none' } }, (reply) => {
      reply.on('data', () => {}).on('end', () => resolve({ ms: performance.now() - started, status: reply.statusCode }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
  const main = async () => {
    const waits = []
    for (let index = 0; index < 20; index++) await call(index)
    parentPort.postMessage('ready')
    const until = performance.now() + workerData.watchMs
    for (let index = 0; performance.now() < until; index++) {
      const { ms, status } = await call(index)
      if (status !== 200) throw new Error('status ' + status)
      waits.push(ms)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    parentPort.postMessage(waits)
    agent.destroy()
  }
  main()
`

async function waitsBeside(worlds: number): Promise<{ waits: number[]; firings: number; peakMiB: number }> {
  const core = newCore()
  const app = buildApp({
    core,
    providers: [zenlayer, baidu],
    keys: createKeyring('off', []),
    control: { mode: 'off' },
    log: () => {}
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  const busy = Array.from({ length: worlds }, (_, index) => core.world(`busy-${index}`))
  for (const world of busy) fill(world, 1000, 1000, hours, 1)

  const client = new Worker(CLIENT, {
    eval: true,
    workerData: { url: `http://127.0.0.1:${port}`, watchMs: worlds === 0 ? 2000 : WATCH_MS }
  })
  let firings = 0
  let peakMiB = 0
  const watch = setInterval(() => {
    peakMiB = Math.max(peakMiB, process.memoryUsage.rss() / 2 ** 20)
  }, 100)
  const waits = await new Promise<number[]>((resolve, reject) => {
    client.on('error', reject)
    client.on('message', (message: unknown) => {
      if (Array.isArray(message)) {
        resolve(message)
        return
      }
      for (const world of busy) {
        world
          .advance({ by: 30 * DAY_MS })
          .then((report) => {
            firings += report.firings
          })
          .catch((error: unknown) => {
            if (!(error instanceof ClockRefused)) reject(error)
            else firings += firingsOf(error)
          })
      }
    })
  })
  // One world's month is let come to its end; of eight, what was done until now is enough.
  if (worlds === 1) while (busy[0]?.clock().advancing) await new Promise((resolve) => setTimeout(resolve, 50))
  for (const world of busy) await world.reset()
  await new Promise((resolve) => setTimeout(resolve, 50))
  clearInterval(watch)
  await client.terminate()
  await app.close()
  await core.close()
  return { waits, firings, peakMiB }
}

function firingsOf(error: ClockRefused): number {
  const { done } = error.detail
  return typeof done === 'object' && done !== null && 'firings' in done ? Number(done.firings) : 0
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}
const lines: string[] = []
let missed = 0
function line(what: string, value: string, goal: string, isMet: boolean): void {
  if (!isMet) missed++
  lines.push(
    `${what.padEnd(52)} ${value.padStart(26)}   ${goal.padEnd(14)} ${goal === '' ? '' : isMet ? 'met' : 'MISSED'}`
  )
}

const rows = await rowsOfTheYear()
const years = {
  ours: [] as number[],
  bare: [] as number[],
  files: [] as number[],
  slow: [] as number[],
  decades: [] as number[]
}
bareYear(rows)
await ourYear()
for (let run = 0; run < RUNS; run++) {
  years.bare.push(bareYear(rows))
  years.ours.push(await ourYear())
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-year-'))
  years.files.push(await ourYear(folder))
  await rm(folder, { recursive: true })
  years.slow.push(await ourYear(undefined, 'system'))
  years.decades.push(await decade())
}
const ours = quantile(years.ours, 0.5)
const bare = quantile(years.bare, 0.5)
const empty = quantile(years.decades, 0.5)
line('a year, 36,500 made and 33,500 expired', `${ours.toFixed(0)} ms`, '< 2000 ms', ours < 2000)
line(
  '  beside bare better-sqlite3, the same rows',
  `${bare.toFixed(0)} ms, ratio ${(ours / bare).toFixed(2)}`,
  '<= 2.00',
  ours / bare <= 2
)
const files = quantile(years.files, 0.5)
line('  in a file', `${files.toFixed(0)} ms`, '< 2000 ms', files < 2000)
const slow = quantile(years.slow, 0.5)
line('  on a clock that runs: 106,500 completions besides', `${slow.toFixed(0)} ms`, '', true)
line('an empty decade', `${empty.toFixed(2)} ms`, '< 5 ms', empty < 5)
for (const worlds of process.argv[3] === 'year' ? [] : [0, 1, 8]) {
  const { waits, firings, peakMiB } = await waitsBeside(worlds)
  const p99 = quantile(waits, 0.99)
  const what =
    worlds === 0 ? "a call of a world, nobody's clock moving" : `beside ${worlds} advancing, ${firings} firings`
  line(what, `p50 ${quantile(waits, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)} ms`, 'p99 < 50 ms', p99 < 50)
  if (worlds > 0) line('  memory at most', `${peakMiB.toFixed(0)} MiB`, '< 1000 MiB', peakMiB < 1000)
}
process.stdout.write(`${lines.join('\n')}\n`)
if (missed > 0) process.exitCode = 1
