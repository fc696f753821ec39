// A virtual year: 100 disks, a daily policy, 30 days' retention, beside bare better-sqlite3 that applies the same rows.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { createCore } from '../src/core/create-core.ts'
import { DAY_MS } from '../src/core/model/clock.ts'
import type { Core } from '../src/core/model/core.ts'
import type { World } from '../src/core/model/world.ts'
import { atOnce } from '../src/documents/slices.ts'
import { baidu } from '../src/providers/baidu/index.ts'
import { zenlayer } from '../src/providers/zenlayer/index.ts'
import type { ZenlayerShapes } from '../src/providers/zenlayer/rules/shapes.ts'
import { schemaIn } from './world-file.ts'

const START = Date.UTC(2026, 0, 1)
const ZONE = 'asia-east-1a'
const DISKS = 100
const DAYS = 365
const RETENTION_DAYS = 30

export function newCore(data?: string, mode: 'manual' | 'system' = 'manual'): Core {
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
export function fill(
  world: World,
  disks: number,
  policies: number,
  hours: readonly number[],
  retentionDays: number
): void {
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

export interface Year {
  readonly schema: string
  readonly disks: readonly Disk[]
  readonly rows: readonly Row[]
}

/** The year's own rows, as the bare run gets them: nothing has to be made up while the clock runs. */
export async function rowsOfTheYear(): Promise<Year> {
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
export function bareYear({ schema, disks, rows }: Year): number {
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

export async function ourYear(data?: string, mode?: 'system'): Promise<number> {
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
