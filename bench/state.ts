// What worlds cost: made, reset, saved, gone back to, at rest, in files.   node --expose-gc bench/run.ts bench/state.ts
// Times are medians; where better-sqlite3 alone can do the same, it does so in the same run, and the ratio is printed.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import { createCore } from '../src/core/create-core.ts'
import type { Core, CoreOptions } from '../src/core/model/core.ts'
import type { World } from '../src/core/model/world.ts'
import { baidu } from '../src/providers/baidu/index.ts'
import { zenlayer } from '../src/providers/zenlayer/index.ts'
import type { ZenlayerShapes } from '../src/providers/zenlayer/rules/shapes.ts'
import { plantSeed, seedOf } from '../src/seed/seed.ts'
import { starterDocument } from '../src/seed/starter.ts'
import { signedHeaders } from '../test/signers/zenlayer.ts'
import { imageIn, schemaIn } from './world-file.ts'

const providers = [zenlayer, baidu]
const DAY_MS = 86_400_000
const folders: string[] = []

function coreOf(options: Partial<CoreOptions> = {}): Core {
  const seed = seedOf(starterDocument, providers)
  return createCore({
    rules: { zenlayer: zenlayer.rules, baidu: baidu.rules },
    plant: (world) => plantSeed(seed, providers, world),
    clock: { mode: 'manual', at: Date.UTC(2026, 0, 5, 8) },
    ...options
  })
}
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snapstand-bench-'))
  folders.push(folder)
  return folder
}

function fill(world: World, count: number): void {
  for (let done = 0; done < count; done += 1000) {
    world.perform<ZenlayerShapes, void>('zenlayer', (cloud) => {
      const [disk] = cloud.volumesFrom({ kind: 'DATA' }, { limit: 1 })
      if (!disk) throw new Error('the starter seed has no data disk')
      for (let n = done; n < Math.min(done + 1000, count); n++) {
        cloud.startSnapshot(disk, { name: `snapshot-${n}`, expiresAt: null, detail: { retentionTime: null } })
      }
    })
  }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
async function times(runs: number, work: (run: number) => unknown): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < runs; run++) taken.push(await timed(() => work(run)))
  return median(taken)
}
function row(what: string, value: string, goal: string, met: boolean, beside = ''): void {
  console.log(`${what.padEnd(58)} ${value.padStart(12)}  goal ${goal.padEnd(12)} ${met ? 'met ' : 'MISSED'} ${beside}`)
}
const ms = (value: number) => `${value.toFixed(2)} ms`

/** A world of so many snapshots, as it lies in a file. */
async function filledFolder(snapshots: number): Promise<string> {
  const data = newFolder()
  const core = coreOf({ data })
  fill(core.world('w'), snapshots)
  await core.close()
  return data
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}\n`)

// 10,000 worlds at rest, beside what a server that has already seen as many holds anyway.
{
  const core = coreOf({ maxOpen: 1 })
  const wave = async (name: string) => {
    for (let n = 0; n < 10_000; n++) {
      core.world(`${name}-${n}`).perform('zenlayer', (cloud) => cloud.volumesFrom({}, { limit: 1 }))
    }
    await settled()
  }
  await settled()
  const fresh = process.memoryUsage().rss
  await wave('first')
  const first = process.memoryUsage().rss
  for (let n = 0; n < 10_000; n++) await core.forget(`first-${n}`)
  await settled()
  const before = process.memoryUsage().rss
  await wave('second')
  const each = (process.memoryUsage().rss - before) / 10_000 / 1024
  const grown = `a fresh process grows by ${((first - fresh) / 10_000 / 1024).toFixed(1)} KiB each`
  row('a world at rest (resident memory of 10,000)', `${each.toFixed(1)} KiB`, '60 KiB', each <= 60, grown)
  await core.close()
}

/** After the garbage has been collected, twice: what the first round frees may hold more. */
async function settled(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

// A new world, up to its first look.
{
  const core = coreOf()
  const look = (id: string) => core.world(id).perform('zenlayer', (cloud) => cloud.volumesFrom({}, { limit: 1 }))
  for (let n = 0; n < 50; n++) look(`warm-${n}`)
  const taken = await times(201, (run) => look(`new-${run}`))
  const schema = schemaIn(await filledFolder(1))
  const bare = await times(201, () => {
    const db = new Sqlite(':memory:')
    db.exec(schema)
    db.close()
  })
  row('a new world, with its first list', ms(taken), '2 ms', taken <= 2, `schema alone, bare: ${ms(bare)}`)
  await core.close()
}

// Reset of 10,000 snapshots.
{
  const taken: number[] = []
  const core = coreOf()
  for (let run = 0; run < 15; run++) {
    const world = core.world('w')
    fill(world, 10_000)
    taken.push(
      await timed(async () => {
        await world.reset()
        world.now()
      })
    )
  }
  row('reset of a world of 10,000 snapshots', ms(median(taken)), '5 ms', median(taken) <= 5)
  await core.close()
}

// Checkpoint and restore of 100,000 snapshots, in memory and in files.
const image = imageIn(await filledFolder(100_000))
for (const data of [undefined, newFolder()]) {
  const core = coreOf(data === undefined ? {} : { data })
  const world = core.world('w')
  fill(world, 100_000)
  const save: number[] = []
  const restore: number[] = []
  const bareSave: number[] = []
  const bareRestore: number[] = []
  for (let run = 0; run < 9; run++) {
    save.push(await timed(() => world.saveCheckpoint('c')))
    restore.push(
      await timed(() => {
        world.restoreCheckpoint('c')
        world.perform('zenlayer', (cloud) => cloud.snapshotsFrom({}, { limit: 1 }))
      })
    )
    const db = new Sqlite(image)
    bareSave.push(await timed(() => db.serialize()))
    db.close()
    bareRestore.push(
      await timed(() => {
        const again = new Sqlite(image)
        again.prepare('SELECT n FROM snapshot LIMIT 1').get()
        again.close()
      })
    )
  }
  const [where, goal] = data === undefined ? ['in memory', 50] : ['in files', 100]
  const ratio = (own: number[], bare: number[]) =>
    `${(median(own) / median(bare)).toFixed(2)} × bare ${ms(median(bare))}`
  const size = `${(image.length / 1024 ** 2).toFixed(0)} MiB`
  row(
    `checkpoint of 100,000 snapshots ${where} (${size})`,
    ms(median(save)),
    `${goal} ms`,
    median(save) <= goal,
    ratio(save, bareSave)
  )
  row(
    `restore of 100,000 snapshots ${where}`,
    ms(median(restore)),
    `${goal} ms`,
    median(restore) <= goal,
    ratio(restore, bareRestore)
  )
  await core.close()
}

// A year in file mode, and in memory.
for (const data of [undefined, newFolder()]) {
  const taken: number[] = []
  const core = coreOf(data === undefined ? {} : { data })
  for (let run = 0; run < 3; run++) {
    const world = core.world(`year-${run}`)
    world.perform<ZenlayerShapes, void>('zenlayer', (cloud) => {
      const [disk] = cloud.volumesFrom({ kind: 'DATA' }, { limit: 1 })
      if (!disk) throw new Error('the starter seed has no data disk')
      const policy = cloud.createPolicy({
        name: 'daily',
        zone: disk.zone,
        group: disk.group,
        weekdays: [0, 1, 2, 3, 4, 5, 6],
        hours: [9],
        utcOffsetMinutes: 0,
        retentionDays: 30,
        detail: { tags: [], tagTimes: [] }
      })
      for (let n = 0; n < 100; n++) {
        const made = cloud.createVolume({
          name: `disk-${n}`,
          zone: disk.zone,
          kind: disk.kind,
          group: disk.group,
          sizeGiB: disk.sizeGiB,
          detail: disk.detail,
          activity: 'idle',
          policyN: policy.n
        })
        if (made.policyN !== policy.n) throw new Error('not bound')
      }
    })
    taken.push(
      await timed(async () => {
        const report = await world.advance({ by: 365 * DAY_MS })
        if (report.snapshotsCreated !== 36_500 || report.snapshotsExpired !== 33_500)
          throw new Error(JSON.stringify(report))
      })
    )
  }
  row(
    `a year of 100 disks, daily, ${data === undefined ? 'in memory' : 'in files'}`,
    ms(median(taken)),
    '2000 ms',
    median(taken) < 2000
  )
  await core.close()
}

// Signed creates through everything, over a socket.
{
  const folder = newFolder()
  // As it is published: built and bundled.
  const built: typeof import('../src/index.ts') = await import(pathToFileURL(resolve('dist/index.js')).href)
  const { startSnapstand } = built
  const servers = await Promise.all([
    startSnapstand({ clock: 'manual' }),
    startSnapstand({ clock: 'manual', data: folder })
  ])
  const taken: [number[], number[]] = [[], []]
  for (let run = 0; run < 9; run++) {
    for (const [index, server] of servers.entries()) {
      const rate = await creates(server.url, `creates-${run}`)
      // The first run warms both up.
      if (run > 0) taken[index === 0 ? 0 : 1].push(rate)
    }
  }
  const [memory, files] = [median(taken[0]), median(taken[1])]
  const ratio = files / memory
  const rates = `${memory.toFixed(0)}/s in memory, ${files.toFixed(0)}/s in files`
  row('signed creates in files beside memory', `${ratio.toFixed(2)} ×`, '0.5 ×', ratio >= 0.5, rates)
  for (const server of servers) await server.close()
}

/** Creates per second, eight at a time. */
async function creates(url: string, key: string): Promise<number> {
  const { host } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const one = (n: number) =>
    new Promise<void>((done, reject) => {
      const body = JSON.stringify({ diskId: '1700000000000000102', snapshotName: `s-${n}` })
      const headers = {
        ...signedHeaders({ keyId: key, secret: key, host, body, timestampS: Math.floor(Date.now() / 1000) }),
        'x-zc-action': 'CreateSnapshot',
        'x-zc-version': '2025-09-01'
      }
      const sent = request(`${url}/api/v2/zec`, { method: 'POST', headers, agent }, (reply) => {
        reply.resume()
        reply.once('end', () => (reply.statusCode === 200 ? done() : reject(new Error(`${reply.statusCode}`))))
      })
      sent.once('error', reject)
      sent.end(body)
    })
  const count = 2000
  const each = await timed(async () => {
    for (let n = 0; n < count; n += 40) await Promise.all(Array.from({ length: 40 }, (_, k) => one(n + k)))
  })
  agent.destroy()
  return count / (each / 1000)
}

for (const folder of folders) rmSync(folder, { recursive: true, force: true })
