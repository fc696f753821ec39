import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { FolderRefused } from '../../../src/core/model/core.ts'
import { type World, WorldDamaged } from '../../../src/core/model/world.ts'
import { prepareDatabase } from '../../../src/core/store/files.ts'
import { MIGRATIONS, SCHEMA_VERSION } from '../../../src/core/store/schema.ts'
import { checkRoom, MAX_CHECKPOINT_BYTES, memoryCheckpoints } from '../../../src/core/worlds/checkpoints.ts'
import { at, newPolicy, newVolume, startCore, storeOf } from '../fake-cloud.ts'

const DAY = 86_400_000
const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snapstand-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function make(world: World, name = 'data'): string {
  return world.perform('plain', (cloud) => {
    const volume = cloud.createVolume({ ...newVolume, name })
    cloud.startSnapshot(volume, { name: 'first', expiresAt: null, detail: {} })
    return volume.id
  })
}
const look = (world: World) =>
  world.perform('plain', (cloud) => [
    cloud.pageOfVolumes({}, { offset: 0, limit: 100 }),
    cloud.pageOfSnapshots({}, { offset: 0, limit: 100 })
  ])
function worldFile(folder: string): string {
  const [file] = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.db$/.test(name))
  return join(folder, file ?? '')
}

test('worlds in a folder are as they were after a restart, and starts are counted', async () => {
  const data = newFolder()
  const names = ['run', 'Run', '../../etc/passwd', 'a/b', 'nul\0', '每日', 'x'.repeat(10_240)]
  const before = []
  for (const start of [1, 2]) {
    const core = startCore({ data })
    expect(core.start).toBe(start)
    for (const name of names) {
      const world = core.world(name)
      await world.ready()
      if (start === 1) make(world, name.slice(0, 64))
      before.push(JSON.stringify([world.clock(), look(world)]))
    }
    expect(
      core
        .worlds()
        .map((world) => world.id)
        .sort()
    ).toEqual([...names].sort())
    await core.close()
  }
  expect(before.slice(names.length)).toEqual(before.slice(0, names.length))
  expect(readdirSync(data).every((name) => /^(snapstand\.db|[0-9a-f]{64}\.db)(-wal|-shm)?$/.test(name))).toBe(true)
})

test('a folder that another server holds is refused by name', async () => {
  const data = newFolder()
  const core = startCore({ data })
  expect(() => startCore({ data })).toThrow(FolderRefused)
  expect(() => startCore({ data })).toThrow(data)
  await core.close()
  await startCore({ data }).close()
})

test('what fell due while the server was down happens at its own instant', async () => {
  const data = newFolder()
  const core = startCore({ data, clock: { mode: 'system', at: at('2026-01-05T08:00Z') } })
  const world = core.world('w')
  world.perform('plain', (cloud) => {
    cloud.bindVolume(cloud.createPolicy(newPolicy), cloud.createVolume({ ...newVolume, activity: 'idle' }))
  })
  await core.close()
  // The wall clock goes on: so that a day seems to have passed, the world is told that it was anchored a day ago.
  const file = new Sqlite(worldFile(data))
  file.exec(`UPDATE world SET anchor_wall = anchor_wall - ${DAY}`)
  file.close()
  const again = startCore({ data })
  await again.world('w').ready()
  // The register knew when it wakes only from before; the world itself knows better.
  const rows = again.world('w').perform('plain', (cloud) => cloud.pageOfSnapshots({}, { offset: 0, limit: 9 })).rows
  expect(rows.map((row) => row.createdAt)).toEqual([at('2026-01-05T09:00Z')])
  await again.close()
})

test('a checkpoint brings back what was there and nothing that came after', async () => {
  for (const data of [undefined, newFolder()]) {
    const core = startCore(data === undefined ? {} : { data })
    const world = core.world('w')
    await world.ready()
    make(world)
    const then = JSON.stringify([look(world), world.clock()])
    const saved = await world.saveCheckpoint('before/../upgrade')
    expect(world.checkpoints()).toEqual([saved])
    for (let n = 0; n < 200; n++) make(world, `later-${n}`)
    await world.advance({ by: DAY })
    expect(world.restoreCheckpoint('before/../upgrade')).toEqual(saved)
    expect(JSON.stringify([look(world), world.clock()])).toBe(then)
    expect(core.fork('w', 'before/../upgrade', 'other')).toEqual(saved)
    expect(JSON.stringify([look(core.world('other')), core.world('other').clock()])).toBe(then)
    make(core.world('other'))
    expect(JSON.stringify(look(world))).toBe(JSON.stringify(JSON.parse(then)[0]))
    expect(world.restoreCheckpoint('unknown')).toBeUndefined()
    await core.close()
    if (data === undefined) continue
    const again = startCore({ data })
    expect(again.world('w').checkpoints()).toEqual([saved])
    expect(JSON.stringify([look(again.world('w')), again.world('w').clock()])).toBe(then)
    expect(again.world('w').dropCheckpoint('before/../upgrade')).toBe(true)
    await again.forget('w')
    await again.close()
  }
})

test('checkpoints are bounded by number and have names that are names', async () => {
  const world = startCore().world('w')
  for (let n = 0; n < 64; n++) await world.saveCheckpoint(`c${n}`)
  await expect(world.saveCheckpoint('c64')).rejects.toThrow('64 checkpoints already')
  await world.saveCheckpoint('c63')
  for (const name of ['', 'a\0b', 'x'.repeat(129)]) {
    await expect(world.saveCheckpoint(name)).rejects.toMatchObject({ reason: 'name' })
  }
})

test('foreign, newer and damaged files are refused by name and left untouched, and other worlds are served', async () => {
  const damage: Record<string, (file: string) => void> = {
    'no world of Snapstand': (file) => {
      const db = new Sqlite(file)
      db.pragma('application_id = 1')
      db.close()
    },
    'newer Snapstand': (file) => {
      const db = new Sqlite(file)
      db.pragma('user_version = 99')
      db.close()
    },
    damaged: (file) => writeFileSync(file, readFileSync(file).fill(7, 1500, 9000)),
    'damaged (': (file) => writeFileSync(file, 'no database at all, but long enough to look like one'.repeat(100))
  }
  for (const [reason, spoil] of Object.entries(damage)) {
    const data = newFolder()
    const core = startCore({ data })
    make(core.world('w'))
    await core.close()
    const file = worldFile(data)
    spoil(file)
    const bytes = readFileSync(file)
    const again = startCore({ data })
    await expect(again.world('w').ready()).rejects.toThrow(WorldDamaged)
    await expect(again.world('w').ready()).rejects.toThrow(reason)
    await expect(again.world('w').ready()).rejects.toThrow(file)
    make(again.world('other'))
    expect(readFileSync(file).equals(bytes)).toBe(true)
    await again.close()
  }
})

test('an older file is brought up to date in a copy that replaces it only when it is whole', async () => {
  const data = newFolder()
  const core = startCore({ data })
  make(core.world('w'))
  await core.close()
  const file = worldFile(data)
  const before = join(data, 'copy')
  const next = SCHEMA_VERSION + 1
  copyFileSync(file, before)
  expect(() =>
    prepareDatabase(
      file,
      [...MIGRATIONS, 'ALTER TABLE volume ADD COLUMN extra TEXT; SELECT nonsense FROM nowhere'],
      next
    )
  ).toThrow('could not be brought up to date')
  expect(readFileSync(file).equals(readFileSync(before))).toBe(true)
  prepareDatabase(file, [...MIGRATIONS, 'ALTER TABLE volume ADD COLUMN extra TEXT'], next)
  const db = new Sqlite(file)
  expect(db.pragma('user_version', { simple: true })).toBe(next)
  expect(db.prepare('SELECT count(extra) AS n, count(*) AS rows FROM volume').get()).toEqual({ n: 0, rows: 1 })
  db.close()
})

test('a world of format 1, which remembered no planted row that is gone, goes on', async () => {
  const data = newFolder()
  const core = startCore({ data })
  make(core.world('w'))
  const before = JSON.stringify(look(core.world('w')))
  await core.close()
  const schemaOf = (db: Sqlite.Database) =>
    db.prepare("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").all()
  const columnsOf = (db: Sqlite.Database) => db.prepare("SELECT * FROM pragma_table_info('world')").all()
  const db = new Sqlite(worldFile(data))
  const schema = [schemaOf(db), columnsOf(db)]
  for (const table of ['item', 'instance', 'volume', 'policy', 'snapshot']) db.exec(`DROP TRIGGER ${table}_gone`)
  db.exec('DROP TABLE gone; ALTER TABLE world DROP COLUMN planted_n; PRAGMA user_version = 1')
  db.close()
  const again = startCore({ data })
  expect(JSON.stringify(look(again.world('w')))).toBe(before)
  make(again.world('w'), 'another')
  await again.close()
  const migrated = new Sqlite(worldFile(data))
  expect([schemaOf(migrated), columnsOf(migrated)]).toEqual(schema)
  migrated.close()
})

test('a full disk undoes the call, and serving goes on when there is room again', async () => {
  const core = startCore({ data: newFolder() })
  const world = core.world('w')
  make(world)
  const { db } = storeOf(world)
  const pages = Number(db.get<{ page_count: number }>('PRAGMA page_count')?.page_count)
  db.get(`PRAGMA max_page_count = ${pages}`)
  const before = JSON.stringify(look(world))
  expect(() => {
    for (let n = 0; n < 1000; n++) make(world)
  }).toThrow('database or disk is full')
  expect(look(world)[0]?.total).toBeGreaterThanOrEqual(1)
  expect(look(world)[0]?.total).toBe(look(world)[1]?.total)
  expect(JSON.parse(before)).toHaveLength(2)
  db.get('PRAGMA max_page_count = 1000000')
  make(world)
  await core.close()
})

test('checkpoints are bounded by their bytes together', () => {
  const checkpoints = memoryCheckpoints()
  const checkpoint = { name: 'large', at: 0, savedAt: 0, bytes: MAX_CHECKPOINT_BYTES - 10 }
  checkpoints.save('a', checkpoint, Buffer.alloc(0))
  expect(() => checkRoom(checkpoints, 'b', 'small', 11)).toThrow(`${MAX_CHECKPOINT_BYTES} is the most: drop some first`)
  checkRoom(checkpoints, 'b', 'small', 10)
  // One that replaces another takes its place.
  checkRoom(checkpoints, 'a', 'large', MAX_CHECKPOINT_BYTES)
  checkpoints.drop('a', 'large')
  checkRoom(checkpoints, 'b', 'small', 11)
})
