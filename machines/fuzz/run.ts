import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgeOf } from '../answers/judge.ts'
import { controlTable } from '../requests/control-routes.ts'
import { fixtureWords } from '../requests/words.ts'
import { ROOT, startServer } from '../server/start.ts'
import { startBystander, type Waits } from '../server/watch.ts'
import { clouds } from './clouds.ts'
import { createFindings, type Findings } from './findings.ts'
import { createLane } from './lane.ts'
import { createPauses } from './pauses.ts'

const LANES = 4
const MIB = 1024 ** 2
/** What is freed and not given back is in it: it comes and goes. */
const RSS_BYTES = 512 * MIB
/** What may be held more at the end than half way, garbage collected: both are measured with the same number of worlds. */
const GROWTH_BYTES = 24 * MIB
const LOOK_EVERY = 500

export interface FuzzReport {
  readonly kinds: ReadonlyMap<string, number>
  readonly reached: ReadonlySet<string>
  readonly missing: readonly string[]
  readonly waits: Waits
  /** The longest stretch in which the server's thread was busy, in milliseconds of its processor time. */
  readonly busyMs: number
  /** Of the server: the largest, and what the heap came to half way and at the end. */
  readonly rss: number
  readonly heap: readonly [half: number, end: number]
}

export interface FuzzOptions {
  readonly calls: number
  readonly seed: number
  tell(text: string): void
  progress(done: number, findings: number): void
}

/** So many calls to a server of its own, each answer judged. */
export async function fuzz({ calls, seed, tell, progress }: FuzzOptions): Promise<FuzzReport> {
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-fuzz-'))
  const place = placeOf()
  writeFileSync(join(folder, 'place.yaml'), place)
  const flags = ['--seed', join(folder, 'place.yaml'), '--clock', 'manual', '--max-worlds', '200']
  const limits = ['--journal-bytes', '4MiB', '--max-advance', '2000']
  const server = await startServer([...flags, ...limits], { collects: true })
  const findings = createFindings(tell)
  const reached = new Set<string>()
  const control = await controlTable()
  const names = [
    ...clouds.flatMap(({ name, operations }) => operations.map((operation) => `${name} ${operation.name}`)),
    ...control.routes.map(({ method, path }) => `control ${method} ${path}`)
  ]
  const shared = {
    seed,
    port: server.port,
    clouds,
    control,
    judge: judgeOf(clouds),
    fixtures: { zenlayer: fixtureWords('zenlayer'), baidu: fixtureWords('baidu') },
    documents: [place],
    findings,
    reached
  }
  const lanes = Array.from({ length: LANES }, (_, number) => createLane(shared, number))
  const bystander = startBystander(server.port)
  const pauses = createPauses(server, lanes, findings)
  const look = async () => {
    // What the server tells by itself: its crashes.
    for (const line of server.takeLog()) {
      findings.add({ wrong: `logged: ${line.slice(0, 120).replaceAll(/\d+/g, '0')}`, detail: line.slice(0, 1500) })
    }
    await pauses.look()
  }
  const seen = { rss: 0, half: 0 }
  let done = 0
  try {
    await Promise.all(
      lanes.map(async (lane, number) => {
        const own = Math.floor((calls + number) / LANES)
        for (let n = 0; n < own && server.isAlive; n++) {
          await pauses.quiet
          await lane.step()
          done++
          if (done % LOOK_EVERY === 0) {
            await look()
            progress(done, findings.kinds.size)
          }
          if (done === calls >> 1) {
            const { rss, heap } = await server.memory(true)
            seen.rss = Math.max(seen.rss, rss)
            seen.half = heap
          }
        }
      })
    )
    await look()
    if (!server.isAlive) findings.add({ wrong: 'the server has ended' })
    const waits = await bystander.end()
    const { rss, heap } = await server.memory(true)
    seen.rss = Math.max(seen.rss, rss)
    judgeRun(findings, waits, seen.rss, [seen.half, heap])
    const missing = names.filter((name) => !reached.has(name))
    return {
      kinds: findings.kinds,
      reached,
      missing,
      waits,
      busyMs: pauses.longest(),
      rss: seen.rss,
      heap: [seen.half, heap]
    }
  } finally {
    for (const lane of lanes) lane.close()
    await server.end('SIGTERM')
    await rm(folder, { recursive: true })
  }
}

function judgeRun(findings: Findings, waits: Waits, rss: number, [half, end]: readonly [number, number]): void {
  if (waits.failed > 0) findings.add({ wrong: `${waits.failed} calls of the bystander failed` })
  if (rss > RSS_BYTES) findings.add({ wrong: `the server took ${Math.round(rss / MIB)} MiB` })
  if (end - half > GROWTH_BYTES) {
    findings.add({ wrong: `the heap grew by ${Math.round((end - half) / MIB)} MiB in the second half` })
  }
}

/** A world in which something of every kind stands, in every state that a seed can name: the fixtures' own. */
function placeOf(): string {
  return clouds.map(({ name }) => readFileSync(join(ROOT, 'fixtures', name, 'place.yaml'), 'utf8')).join('\n')
}
