import { startBystander, type Waits } from '../server/watch.ts'
import type { Findings } from './findings.ts'
import { createPauses } from './pauses.ts'
import { openStage } from './stage.ts'

const LANES = 4
const MIB = 1024 ** 2
/** What is freed and not given back is in it: it comes and goes. */
const RSS_BYTES = 512 * MIB
/** What may be held more at the end than half way, garbage collected: both times there are equally many worlds. */
const GROWTH_BYTES = 24 * MIB
const LOOK_EVERY = 500

export interface FuzzReport {
  readonly kinds: ReadonlyMap<string, number>
  /** Operations and routes that never succeeded. */
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
  await using stage = await openStage({ seed, lanes: LANES, flags: ['--clock', 'manual'], tell })
  const { server, lanes, findings } = stage
  const bystander = startBystander(server.port)
  const pauses = createPauses(server, lanes, findings)
  const memories: { readonly rss: number; readonly heap: number }[] = []
  const measure = async () => {
    if (server.isAlive) memories.push(await server.memory(true))
  }
  let done = 0
  const look = async () => {
    stage.look()
    await pauses.look()
    progress(done, findings.kinds.size)
  }
  await Promise.all(
    lanes.map(async (lane, number) => {
      const own = Math.floor((calls + number) / LANES)
      for (let n = 0; n < own && server.isAlive; n++) {
        await pauses.quiet
        await lane.step()
        done++
        if (done % LOOK_EVERY === 0) await look()
        if (done === calls >> 1) await measure()
      }
    })
  )
  await look()
  const waits = await bystander.end()
  await measure()
  const heap = [memories.at(0)?.heap ?? 0, memories.at(-1)?.heap ?? 0] as const
  const rss = Math.max(...memories.map((memory) => memory.rss))
  judgeRun(findings, waits, rss, heap)
  return { kinds: findings.kinds, missing: stage.missing(), waits, busyMs: pauses.longest(), rss, heap }
}

function judgeRun(findings: Findings, waits: Waits, rss: number, [half, end]: FuzzReport['heap']): void {
  if (waits.failed > 0) findings.add({ wrong: `${waits.failed} calls of the bystander failed` })
  if (rss > RSS_BYTES) findings.add({ wrong: `the server took ${Math.round(rss / MIB)} MiB` })
  if (end - half > GROWTH_BYTES) {
    findings.add({ wrong: `the heap grew by ${Math.round((end - half) / MIB)} MiB in the second half` })
  }
}
