// What a page of a list costs with 1,000 snapshots and with 100,000, whole calls of 20 rows, side by side in one server.
//   node bench/run.ts bench/lists.ts [runs] [many]
import { cpus } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { clouds as providers } from '../src/clouds.ts'
import { createKeyring } from '../src/config/keys.ts'
import { createCore } from '../src/core/create-core.ts'
import type { World } from '../src/core/model/world.ts'
import { buildApp } from '../src/http/app.ts'
import { plantSeed, seedOf } from '../src/seed/seed.ts'
import { starterDocument } from '../src/seed/starter.ts'

const RUNS = Number(process.argv[2] ?? 401)
const FEW = 1000
const MANY = Number(process.argv[3] ?? 100_000)
const GOAL = 1.5
const PAGE = 20
const DISKS = { zenlayer: '1700000000000000102', baidu: 'v-Starter2' }

/** Snapshots of the starter's data disk, through the verb that an operation uses, an instant apart. */
async function fill(world: World, provider: keyof typeof DISKS, count: number): Promise<void> {
  const details = {
    zenlayer: { retentionTime: null },
    baidu: { desc: '', encrypted: false, package: false, templateId: null, insnapId: null }
  }
  for (let done = 0; done < count; done += 500) {
    await world.advance({ by: 1000 })
    world.perform(provider, (cloud) => {
      for (let n = done; n < Math.min(done + 500, count); n++) {
        const disk = cloud.findVolume(DISKS[provider])
        if (!disk) throw new Error('the starter disk is missing')
        cloud.startSnapshot(disk, { name: `snapshot-${n}`, expiresAt: null, detail: details[provider] })
      }
    })
  }
}

type Call = (app: FastifyInstance, world: string, count: number) => Promise<{ readonly rows: number }>

const describe =
  (body: (count: number) => object): Call =>
  async (app, world, count) => {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v2/zec',
      headers: {
        'content-type': 'application/json',
        'x-zc-action': 'DescribeSnapshots',
        'x-zc-version': '2025-09-01',
        authorization: `ZC2-HMAC-SHA256 Credential=${world}, SignedHeaders=content-type;host, Signature=0`
      },
      payload: { pageSize: PAGE, ...body(count) }
    })
    const { dataSet, totalCount } = reply.json().response
    if (totalCount !== count && totalCount !== 1) throw new Error(`${world} has ${totalCount} snapshots, not ${count}`)
    return { rows: dataSet.length }
  }
const list =
  (query: (count: number) => string): Call =>
  async (app, world, count) => {
    const authorization = `bce-auth-v1/${world}/2026-01-05T08:00:00Z/1800/host/0`
    const url = `/v2/snapshot?maxKeys=${PAGE}${query(count)}`
    const reply = await app.inject({ method: 'GET', url, headers: { authorization } })
    return { rows: reply.json().snapshots.length }
  }

const CALLS: Readonly<Record<string, Call>> = {
  'Zenlayer first page': describe(() => ({ pageNum: 1 })),
  'Zenlayer last page': describe((count) => ({ pageNum: count / PAGE })),
  'Zenlayer last page of a zone': describe((count) => ({ zoneId: 'asia-east-1a', pageNum: count / PAGE })),
  'Zenlayer first page of a disk': describe(() => ({ diskIds: [DISKS.zenlayer], pageNum: 1 })),
  'Zenlayer manual ones, last page': describe((count) => ({ snapshotType: 'Manual', pageNum: count / PAGE })),
  'Zenlayer one by exact name': describe(() => ({ snapshotName: '^snapshot-500$' })),
  'Baidu first page': list(() => ''),
  'Baidu first page of a volume': list(() => `&volumeId=${DISKS.baidu}`)
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN
}

const seed = seedOf(starterDocument, providers)
const core = createCore({
  rules: Object.fromEntries(providers.map(({ name, rules }) => [name, rules])),
  plant: (world) => plantSeed(seed, providers, world),
  clock: { mode: 'manual' }
})
const app = buildApp({ core, providers, keys: createKeyring('off', []) })
const begin = performance.now()
for (const [world, count] of [['few', FEW] as const, ['many', MANY] as const]) {
  for (const provider of ['zenlayer', 'baidu'] as const) await fill(core.world(world), provider, count)
}
console.log(
  `filled in ${((performance.now() - begin) / 1000).toFixed(1)} s; medians of ${RUNS} calls, interleaved, on ${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}`
)
console.log(`${'one call, in ms'.padEnd(34)}${`${FEW}`.padStart(9)}${`${MANY}`.padStart(9)}   ratio`)

let missed = 0
for (const [name, call] of Object.entries(CALLS)) {
  const times = { few: [] as number[], many: [] as number[] }
  for (let run = -50; run < RUNS; run++) {
    for (const [world, count] of [['few', FEW] as const, ['many', MANY] as const]) {
      const started = performance.now()
      const { rows } = await call(app, world, count)
      const took = performance.now() - started
      if (rows !== PAGE && rows !== 1) throw new Error(`${name}: ${rows} rows`)
      if (run >= 0) times[world].push(took)
    }
  }
  const ratio = median(times.many) / median(times.few)
  if (ratio > GOAL) missed++
  const figures = [median(times.few).toFixed(3).padStart(9), median(times.many).toFixed(3).padStart(9)]
  console.log(`${name.padEnd(34)}${figures.join('')}   ${ratio.toFixed(2)} ×${ratio > GOAL ? `  (goal: ${GOAL})` : ''}`)
}
await app.close()
await core.close()
if (missed > 0) process.exitCode = 1
