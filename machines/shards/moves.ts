import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { conclude, progressOf } from '../command.ts'
import { randomOf } from '../random.ts'
import { startProxy } from '../server/proxy.ts'
import { ROOT } from '../server/start.ts'
import { startCluster } from './cluster.ts'
import { type CloudName, createMover, type Mover } from './mover.ts'

const COUNT = 3
const MOVERS = 8
/** One move in so many is a drain. */
const DRAIN_EVERY = 8
/** How often something is killed in the middle of a move, and how long after its beginning at the most. */
const KILLED = 0.5
const KILLED_WITHIN_MS = 500
/** How often the proxy already sends the calls to the target while the move is yet to go on. */
const EARLY_RELOAD = 0.5
const TRIES = 8
const VICTIMS = ['the command', 'the source', 'the target'] as const

/**
 * Moves worlds under calls between three shards behind nginx, and drains shards, again and again, while the command, the
 * source or the target is killed in the middle. Every acknowledged write is there once, in the world at its new place, and
 * other worlds' calls never fail.
 */
export async function moves(times: number, seed: number): Promise<void> {
  const random = randomOf(seed, 'moves')
  const cluster = await startCluster(COUNT)
  const { ports, shards } = cluster
  const proxy = await startProxy('nginx', { shards: ports })
  const urlOf = (index: number) => `http://127.0.0.1:${ports[index]}`
  const findings: string[] = []
  const progress = progressOf(times, 'moves')
  const movers: Mover[] = []
  /** The worlds whose calls may fail: those on their way, and those of a shard that was killed. */
  const disturbed = new Set<string>()
  let kills = 0
  let isOver = false

  const pins = () => movers.map(({ world, place }) => `    "${world}" snapstand-${place.at};`).join('\n')
  const reload = () => proxy.reload((text) => text.replace('    default $snapstand_part;', `$&\n${pins()}`))
  const on = (index: number) => movers.filter(({ place }) => place.at === index)

  /** Runs a command to its end; whoever is to be killed is, in the middle. */
  const run = async (
    words: readonly string[],
    killed: { readonly who: string; readonly index: number } | undefined
  ) => {
    const child = spawn(process.execPath, [join(ROOT, 'dist', 'cli.js'), ...words], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    if (killed) {
      kills++
      await sleep(random.next() * KILLED_WITHIN_MS)
      if (killed.who === 'the command') child.kill('SIGKILL')
      else {
        for (const { world } of on(killed.index)) disturbed.add(world)
        await shards[killed.index]?.end('SIGKILL')
        await cluster.restart(killed.index)
      }
    }
    return { code: await ended, said }
  }
  /** Until it is done, as somebody would who sees it fail. */
  const insist = async (words: readonly string[], source: number, target: number, whenCut: () => Promise<void>) => {
    const who = VICTIMS[random.below(VICTIMS.length)] ?? 'the command'
    const index = who === 'the source' ? source : target
    let said = ''
    for (let tries = 0; tries < TRIES; tries++) {
      const ran = await run(words, tries === 0 && random.chance(KILLED) ? { who, index } : undefined)
      if (ran.code === 0) return
      said = ran.said
      await whenCut()
    }
    findings.push(`${words.join(' ')} does not come to its end: ${said}`)
  }
  const listed = async (index: number, what: 'worlds' | 'moves'): Promise<readonly unknown[]> => {
    const rows: unknown = await (await fetch(`${proxy.url}/_shards/${index}/_snapstand/${what}`)).json()
    if (!Array.isArray(rows)) throw new Error(`shard ${index} lists no ${what}: ${JSON.stringify(rows)}`)
    return rows
  }

  const moveOne = async (mover: Mover) => {
    const [from, to] = [mover.place.at, (mover.place.at + 1 + random.below(COUNT - 1)) % COUNT]
    const words = ['move', mover.world, '--from', urlOf(from), '--to', urlOf(to)]
    disturbed.add(mover.world)
    await insist(words, from, to, async () => {
      if (!random.chance(EARLY_RELOAD)) return
      const coming = await listed(to, 'moves')
      if (
        !coming.some(
          (move) => Reflect.get(Object(move), 'world') === mover.world && Reflect.get(Object(move), 'way') === 'here'
        )
      )
        return
      mover.place.at = to
      await reload()
    })
    mover.place.at = to
  }
  const drainOne = async (from: number) => {
    const to = (from + 1 + random.below(COUNT - 1)) % COUNT
    const leaving = on(from)
    for (const { world } of leaving) disturbed.add(world)
    await insist(['drain', urlOf(from), '--to', urlOf(to)], from, to, async () => {})
    for (const { place } of leaving) place.at = to
    // In use again.
    await run(['move', '*', '--from', urlOf(from), '--forget'], undefined)
  }

  try {
    for (let n = 0; n < MOVERS; n++) {
      const cloud: CloudName = n % 2 === 0 ? 'zenlayer' : 'baidu'
      const mover = createMover(`mover-${n}`, cloud, proxy.port, {
        isOver: () => isOver,
        isDisturbed: (world) => disturbed.has(world),
        found: (finding) => findings.push(finding)
      })
      await mover.begin()
      for (let index = 0; index < COUNT; index++) {
        if ((await listed(index, 'worlds')).some((world) => Reflect.get(Object(world), 'id') === mover.world))
          mover.place.at = index
      }
      movers.push(mover)
    }
    const working = movers.map((mover) => mover.work())
    for (let move = 0; move < times && findings.length === 0; move++) {
      const mover = movers[random.below(MOVERS)]
      if (random.below(DRAIN_EVERY) === 0) await drainOne(random.below(COUNT))
      else if (mover) await moveOne(mover)
      await reload()
      // Each has to come through again.
      const before = movers.map(({ acknowledged }) => acknowledged.size)
      const isThrough = () => movers.every(({ acknowledged }, n) => acknowledged.size > (before[n] ?? 0) + 1)
      for (let waits = 0; !isThrough() && findings.length === 0; waits++) {
        if (waits > 2000) findings.push(`after move ${move + 1} somebody does not come through`)
        await sleep(10)
      }
      disturbed.clear()
      progress.tell(move + 1, `${written()} acknowledged writes`)
    }
    isOver = true
    await Promise.all(working)
    for (const mover of movers) {
      const holders: number[] = []
      for (let index = 0; index < COUNT; index++) {
        const ids = (await listed(index, 'worlds')).map((world) => Reflect.get(Object(world), 'id'))
        if (ids.includes(mover.world)) holders.push(index)
      }
      if (holders.join() !== String(mover.place.at)) {
        findings.push(`${mover.world} is on the shards ${holders.join(', ')}, not on ${mover.place.at}`)
      }
      await mover.judge()
    }
  } finally {
    isOver = true
    progress.end()
    await proxy.stop()
    await Promise.all(shards.map((shard) => shard.end('SIGTERM')))
    await cluster.remove()
  }
  for (const finding of findings) process.stdout.write(`FOUND ${finding}\n`)
  const told = movers.reduce((sum, { refused }) => sum + refused(), 0)
  const pauses = movers.flatMap(({ pausesMs }) => pausesMs()).toSorted((one, other) => one - other)
  const pause = (part: number) => Math.round(pauses[Math.floor((pauses.length - 1) * part)] ?? 0)
  const figures = [
    `${times} moves and ${kills} kills, seed ${seed}`,
    `${written()} acknowledged writes, ${told} told to come again`,
    `pauses of ${pause(0.5)} ms in the middle, ${pause(1)} ms at most`
  ]
  conclude(`shards: ${figures.join('; ')}`, findings.length)

  function written(): number {
    return movers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
  }
}
