/**
 * Kills a server under load, again and again, and looks what is left after each:
 *   npm run kill -- --times 1000 --seed 1
 * Every acknowledged write is there, nothing is torn, deleted worlds are gone, checkpoints hold what was saved.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { conclude, flagsOf, progressOf } from './command.ts'
import { createBusy } from './kill/busy.ts'
import { createKeeper } from './kill/keeper.ts'
import { readWorld } from './kill/picture.ts'
import { randomOf } from './random.ts'
import { type Client, clientOf } from './server/client.ts'
import { Unanswered } from './server/connection.ts'
import { type Running, startServer } from './server/start.ts'

const KEEPERS = 4
/** Before a kill: so many writes at the most, and then a moment, so that it comes in the middle of any of them. */
const WRITES = 60
const MOMENT_MS = 10
/** On a machine that has no time for this. */
const PATIENCE_MS = 10_000
/** How often a server is killed while it starts. */
const EARLY = 0.1
const EARLY_MS = 400

const { times, seed } = flagsOf({ times: 50, seed: 1 })
const random = randomOf(seed, 'kill')
const data = await mkdtemp(join(tmpdir(), 'snapstand-kill-'))
const flags = ['--data', data, '--clock', 'manual']
const keepers = Array.from({ length: KEEPERS }, (_, n) => createKeeper(`keeper-${n}`, random.fork(`keeper ${n}`)))
const busy = createBusy('busy')
const progress = progressOf(times, 'kills')
const load = { isOver: false, acknowledged: 0 }
let cut = 0
let found: string | undefined

let kills = 0
while (found === undefined) {
  const server = await startServer(flags)
  try {
    found = await judged(server)
    if (found !== undefined || kills === times) break
    await underLoad(server)
  } finally {
    await server.end('SIGKILL')
  }
  kills++
  if (random.chance(EARLY) && kills < times) {
    await killedEarly(random.below(EARLY_MS))
    kills++
  }
  progress.tell(kills, `${load.acknowledged} acknowledged writes`)
}
progress.end()
if (found === undefined) await rm(data, { recursive: true })
else process.stdout.write(`FOUND after kill ${kills}: ${found}\n  the folder is left as it is: ${data}\n`)
const figures = `${kills} kills, seed ${seed}; ${load.acknowledged} acknowledged writes, ${cut} calls cut off`
conclude(`kill: ${figures}`, found === undefined ? 0 : 1)

/** What is wrong with the worlds that a server finds. */
async function judged(server: Running): Promise<string | undefined> {
  const client = clientOf(server.port)
  try {
    for (const each of [...keepers, busy]) {
      const wrong = each.judge(await readWorld(client, each.world))
      if (wrong !== undefined) return wrong
    }
    return await random.pick(keepers).checkCheckpoint(client)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    client.close()
  }
}

/** Everything at once, until the server is killed in the middle of it. */
async function underLoad(server: Running): Promise<void> {
  const clients: Client[] = []
  const client = () => {
    const made = clientOf(server.port)
    clients.push(made)
    return made
  }
  const untilKilled = (working: Promise<void>): Promise<void> =>
    working.catch((error: unknown) => {
      if (!load.isOver || !(error instanceof Unanswered)) throw error
      cut++
    })
  load.isOver = false
  const working = [...keepers.map((keeper) => keeper.work(client(), load)), busy.work(client(), client(), load)]
  const all = Promise.all(working.map(untilKilled))
  await Promise.race([all, enough(load.acknowledged + random.below(WRITES))])
  load.isOver = true
  await server.end('SIGKILL')
  await all
  for (const each of clients) each.close()
}

async function enough(writes: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (load.acknowledged < writes && performance.now() < until) await sleep(1)
  await sleep(random.next() * MOMENT_MS)
}

/** A server that is killed before it serves, or just then. */
function killedEarly(ms: number): Promise<void> {
  const child = spawn(process.execPath, [join('dist', 'cli.js'), '--port', '0', ...flags], { stdio: 'ignore' })
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  return new Promise((resolve) => {
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
