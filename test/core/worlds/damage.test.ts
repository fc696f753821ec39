import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { CheckpointDamaged } from '../../../src/core/model/checkpoint.ts'
import { FolderRefused } from '../../../src/core/model/core.ts'
import { type World, WorldDamaged, WorldGone } from '../../../src/core/model/world.ts'
import { openRegister } from '../../../src/core/store/register.ts'
import { start } from '../../harness.ts'
import { newVolume, startCore, storeOf } from '../fake-cloud.ts'

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snapstand-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const make = (world: World, name = 'data') =>
  world.perform('plain', (cloud) => cloud.createVolume({ ...newVolume, name }).id)
const namesIn = (world: World) =>
  world.perform('plain', (cloud) => cloud.pageOfVolumes({}, { offset: 0, limit: 100 }).rows.map(({ name }) => name))
const filesIn = (folder: string) => readdirSync(folder).filter((name) => /^[0-9a-f]{64}/.test(name))
const databaseIn = (folder: string) => join(folder, filesIn(folder).find((name) => name.endsWith('.db')) ?? '')

/** What may happen to a file while nobody looks. */
const SPOILT: readonly (readonly [what: string, spoil: (file: string) => void, reason: RegExp])[] = [
  ['overwritten', (file) => writeFileSync(file, Buffer.alloc(20_000, 7)), /damaged/],
  ['cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 5000)), /damaged/],
  ['missing', (file) => rmSync(file), /missing/],
  ['empty', (file) => writeFileSync(file, ''), /no world of Snapstand|damaged/],
  [
    'of a newer version',
    (file) => {
      const db = new Sqlite(file)
      db.pragma('user_version = 99')
      db.close()
    },
    /newer Snapstand/
  ]
]

describe.for(SPOILT)('a world whose file is %s', ([, spoil, reason]) => {
  async function spoilt(): Promise<string> {
    const data = newFolder()
    const { zenlayer, core, app } = await start({ data })
    await zenlayer('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'first' }, { key: 'broken' })
    await app.close()
    await core.close()
    spoil(databaseIn(data))
    return data
  }

  test('is named with its reason, its calls get the internal error, and all others are served', async () => {
    const server = await start({ data: await spoilt() })
    const refused = await server.zenlayer('DescribeDisks', {}, { key: 'broken' })
    expect(refused).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
    expect(decodeURIComponent(String(refused.headers['x-snapstand-hint']))).toMatch(reason)
    expect(await server.baidu('GET', '/v2/volume', undefined, { key: 'broken' })).toMatchObject({
      status: 500,
      code: 'InternalError'
    })
    expect(await server.zenlayer('DescribeDisks', {}, { key: 'whole' })).toMatchObject({ status: 200 })
    const damaged = { file: expect.stringMatching(/[0-9a-f]{64}\.db$/), reason: expect.stringMatching(reason) }
    expect(await server.control('GET', '/health')).toMatchObject({
      status: 200,
      body: { status: 'degraded', damaged: [{ world: 'broken', ...damaged }] }
    })
    const { body } = await server.control('GET', '/worlds')
    expect(body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'broken', damaged }),
        expect.not.objectContaining({ damaged: expect.anything() })
      ])
    )
    expect(await server.control('GET', '/state?world=broken')).toMatchObject({ status: 503, body: damaged })
    await server.close()
  })

  test.for(['broken', '*'])('is mended by a reset of %s', async (world) => {
    const server = await start({ data: await spoilt() })
    await server.zenlayer('DescribeDisks', {}, { key: 'broken' })
    expect(await server.control('POST', `/reset?world=${world}`)).toMatchObject({ status: 200 })
    expect(await server.zenlayer('DescribeDisks', {}, { key: 'broken' })).toMatchObject({ status: 200 })
    expect(await server.control('GET', '/health')).toMatchObject({ body: { status: 'ok' } })
    await server.close()
  })

  test('can be deleted', async () => {
    const data = await spoilt()
    const server = await start({ data })
    expect((await server.control('DELETE', '/worlds/broken')).status).toBe(204)
    await server.close()
    expect(filesIn(data)).toEqual([])
  })
})

test('a file that is removed while it is open is missed soon, and nothing more is acknowledged into it', async () => {
  const data = newFolder()
  const core = startCore({ data })
  const world = core.world('w')
  make(world)
  renameSync(databaseIn(data), join(data, 'elsewhere'))
  const refused = (async () => {
    for (let n = 0; n < 100; n++) {
      await world.ready()
      make(world)
    }
  })()
  await expect(refused).rejects.toThrow('was removed or replaced while it was open')
  await expect(world.ready()).rejects.toThrow(WorldDamaged)
  await world.reset()
  expect(namesIn(world)).toEqual([])
  await core.close()
})

describe('a checkpoint', () => {
  async function saved(spoil: (file: string) => void) {
    const data = newFolder()
    const core = startCore({ data })
    const world = core.world('w')
    make(world, 'saved')
    await world.saveCheckpoint('before')
    make(world, 'later')
    const folder = join(data, readdirSync(data).find((name) => name.endsWith('.checkpoints')) ?? '')
    spoil(join(folder, readdirSync(folder)[0] ?? ''))
    return { core, world }
  }

  test.for(SPOILT.filter(([what]) => what !== 'missing'))(
    'that is %s leaves the world as it is',
    async ([, spoil, reason]) => {
      const { core, world } = await saved(spoil)
      expect(() => world.restoreCheckpoint('before')).toThrow(CheckpointDamaged)
      expect(() => world.restoreCheckpoint('before')).toThrow(reason)
      expect(() => core.fork('w', 'before', 'other')).toThrow(CheckpointDamaged)
      expect(core.peek('other')).toBeUndefined()
      expect(namesIn(world).toSorted()).toEqual(['later', 'saved'])
      await core.close()
    }
  )

  test('that is missing is none', async () => {
    const { core, world } = await saved((file) => rmSync(file))
    expect(world.restoreCheckpoint('before')).toBeUndefined()
    expect(namesIn(world).toSorted()).toEqual(['later', 'saved'])
    await core.close()
  })
})

test.for([
  ['overwritten', (file: string) => writeFileSync(file, Buffer.alloc(20_000, 7)), 409],
  ['missing', (file: string) => rmSync(file), 404]
] as const)(
  'a checkpoint that is %s is refused with its reason, and the world is as it was',
  async ([, spoil, status]) => {
    const data = newFolder()
    const { zenlayer, control, close } = await start({ data })
    const made = (name: string) =>
      zenlayer('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: name }, { key: 'w' })
    await made('saved')
    await control('PUT', '/checkpoints/before?world=w')
    await made('later')
    const folder = join(data, readdirSync(data).find((name) => name.endsWith('.checkpoints')) ?? '')
    spoil(join(folder, readdirSync(folder)[0] ?? ''))
    for (const body of [{}, { as: 'other' }]) {
      const refused = await control('POST', '/checkpoints/before/restore?world=w', body)
      expect(refused).toMatchObject({ status, body: { status, field: 'name', value: 'before' } })
    }
    const { body } = await zenlayer('DescribeSnapshots', {}, { key: 'w' })
    expect(body).toMatchObject({ response: { totalCount: 2 } })
    expect((await control('GET', '/worlds')).body).toMatchObject([{ id: 'w' }])
    await close()
  }
)

test('with a full disk the server tells how it is, and resets what it can', async () => {
  const data = newFolder()
  const { zenlayer, control, core, close } = await start({ data })
  for (const key of ['full', 'other']) await zenlayer('CreateResourceGroup', { name: 'mine' }, { key })
  const full = core.peek('full')
  const { db } = storeOf(full ?? core.world('full'))
  db.get(`PRAGMA max_page_count = ${Number(db.get<{ page_count: number }>('PRAGMA page_count')?.page_count)}`)
  let status = 200
  for (let n = 0; n < 500 && status === 200; n++) {
    status = (await zenlayer('CreateResourceGroup', { name: `group-${n}` }, { key: 'full' })).status
  }
  expect(status).toBe(500)
  expect(await control('GET', '/health')).toMatchObject({ status: 200 })
  expect((await control('GET', '/worlds')).status).toBe(200)
  expect((await zenlayer('CreateResourceGroup', { name: 'another' }, { key: 'other' })).status).toBe(200)
  expect(await control('POST', '/reset?world=*', {})).toMatchObject({
    status: 200,
    body: { worlds: ['full', 'other'] }
  })
  expect((await zenlayer('CreateResourceGroup', { name: 'again' }, { key: 'full' })).status).toBe(200)
  await close()
})

describe('a world that is deleted', () => {
  test('is gone after a restart, whatever waited in its queue', async () => {
    for (let run = 0; run < 30; run++) {
      const data = newFolder()
      const core = startCore({ data })
      const world = core.world('w')
      make(world)
      await world.saveCheckpoint('before')
      const waiting = [
        world.advance({ by: 1000 }),
        world.saveCheckpoint('late'),
        ...Array.from({ length: 5 }, () => world.ready().then(() => make(world))),
        world.setClock({ mode: 'system' })
      ].map((call) => call.catch((error: unknown) => error))
      if (run % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
      expect(await core.forget('w')).toBe(true)
      const outcomes = await Promise.all(waiting)
      expect(outcomes.some((outcome) => outcome instanceof WorldGone)).toBe(true)
      expect(core.worlds()).toEqual([])
      await core.close()
      expect(filesIn(data)).toEqual([])
      const again = startCore({ data })
      expect(again.worlds()).toEqual([])
      expect(again.world('w').checkpoints()).toEqual([])
      await again.close()
    }
  })

  test('is finished at the next start if a kill came in the middle', async () => {
    const data = newFolder()
    const core = startCore({ data })
    make(core.world('w'))
    await core.world('w').saveCheckpoint('before')
    make(core.world('other'), 'other')
    await core.close()
    const register = openRegister(join(data, 'snapstand.db'))
    register.letGo('w')
    register.close()
    const again = startCore({ data })
    expect(again.worlds().map(({ id }) => id)).toEqual(['other'])
    expect(filesIn(data).filter((name) => !/-(wal|shm)$/.test(name))).toHaveLength(1)
    expect(again.world('w').checkpoints()).toEqual([])
    expect(namesIn(again.world('w'))).toEqual([])
    expect(namesIn(again.world('other'))).toEqual(['other'])
    await again.close()
  })
})

test('a folder where none can be made is refused at once', { timeout: 5000 }, () => {
  for (const data of ['/proc/snapstand/worlds', '/dev/null/worlds'])
    expect(() => startCore({ data })).toThrow(FolderRefused)
})

describe('the register of a folder', () => {
  const refusedFor = (change: (db: Sqlite.Database) => void) => {
    const data = newFolder()
    const db = new Sqlite(join(data, 'snapstand.db'))
    change(db)
    db.close()
    return () => startCore({ data })
  }

  test('that a newer Snapstand wrote is refused by name', () => {
    const core = refusedFor((db) => db.pragma('user_version = 7'))
    expect(core).toThrow(FolderRefused)
    expect(core).toThrow(/newer Snapstand \(format 7/)
  })

  test('that is another program’s database is left alone', () => {
    expect(refusedFor((db) => db.pragma('application_id = 42'))).toThrow(/another program/)
  })

  test('of the first format, which bears no version, is taken over', async () => {
    const data = newFolder()
    const old = new Sqlite(join(data, 'snapstand.db'))
    old.exec(`CREATE TABLE run (one INTEGER PRIMARY KEY CHECK (one = 1), start INTEGER NOT NULL) STRICT;
      INSERT INTO run VALUES (1, 3);
      CREATE TABLE world (id TEXT PRIMARY KEY, is_open INTEGER NOT NULL, resting TEXT) STRICT;
      INSERT INTO world VALUES ('w', 0, NULL)`)
    old.close()
    const core = startCore({ data })
    expect(core.start).toBe(4)
    expect(core.worlds().map(({ id }) => id)).toEqual(['w'])
    make(core.world('w'))
    await core.close()
    expect(existsSync(databaseIn(data))).toBe(true)
  })
})

test('what a full disk keeps from being applied is applied when there is room', async () => {
  const core = startCore({ data: newFolder(), clock: { mode: 'manual', at: Date.UTC(2026, 0, 5, 8) } })
  const world = core.world('w')
  world.changeSettings({ 'delays.plain.snapshotCreateMs': 1000 })
  world.perform('plain', (cloud) => {
    cloud.startSnapshot(cloud.createVolume({ ...newVolume, activity: 'idle' }), {
      name: 's',
      expiresAt: null,
      detail: {}
    })
  })
  const { store } = world as World & { readonly store: { readonly transaction: unknown } }
  const { transaction } = store
  Object.assign(store, {
    transaction() {
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' })
    }
  })
  await expect(world.advance({ by: 5000 })).rejects.toThrow('disk I/O error')
  expect(world.isFrozen).toBe(false)
  Object.assign(store, { transaction })
  expect(await world.advance({ by: 5000 })).toMatchObject({ completed: 2 })
  await core.close()
})
