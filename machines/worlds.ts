/**
 * Many worlds under random operations, advances and resets at once on one server, then each alone on one of its own:
 *   npm run worlds -- --count 100 --steps 100 --seed 1
 * With --shards 3 the server is so many behind nginx. Both lives of a world are equal byte for byte: its answers, its export, its journal without wall times.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Library from '../src/index.ts'
import { conclude, flagsOf, progressOf } from './command.ts'
import { controlTable } from './requests/control-routes.ts'
import { fixtureWords } from './requests/words.ts'
import { writePlace } from './server/place.ts'
import { startProxy } from './server/proxy.ts'
import { ROOT, startServer } from './server/start.ts'
import { differenceOf, liveOn } from './worlds/life.ts'

// As built: alone, a world is served by the library that users get.
const { startSnapstand }: typeof Library = await import(pathToFileURL(join(ROOT, 'dist', 'index.js')).href)
const { count, steps, seed, shards } = flagsOf({ count: 10, steps: 100, seed: 1, shards: 0 })
const options = {
  isProxied: shards > 0,
  seed,
  steps,
  control: controlTable(),
  fixtures: { zenlayer: fixtureWords('zenlayer'), baidu: fixtureWords('baidu') }
}
const worlds = Array.from({ length: count }, (_, number) => `world-${number}`)
await using place = await writePlace()
// The journals of all together must not push each other out.
const flags = ['--seed', place.file, '--clock', 'manual', '--journal-bytes', '4GiB']
const many = Array.from({ length: shards }, (_, index) => startServer([...flags, '--shard', `${index}/${shards}`]))
const servers = await Promise.all(shards > 0 ? many : [startServer(flags)])
const proxy = shards > 0 ? await startProxy('nginx', { shards: servers.map(({ port }) => port) }) : undefined
const port = proxy?.port ?? servers[0]?.port ?? 0
const together = await Promise.all(worlds.map((world) => liveOn(port, world, options)))
await proxy?.stop()
await Promise.all(servers.map((server) => server.end('SIGTERM')))

const progress = progressOf(count, 'worlds alone')
let different = 0
for (const [number, world] of worlds.entries()) {
  const life = together[number]
  const own = await startSnapstand({ clock: 'manual', seed: place.file })
  const difference = life && differenceOf(life, await liveOn(own.port, world, options))
  await own.close()
  if (difference !== undefined) {
    different++
    process.stdout.write(`FOUND ${world} lives differently alone: ${difference}\n`)
  }
  progress.tell(number + 1)
}
progress.end()
const calls = together.reduce((sum, life) => sum + life.calls.length, 0)
const successes = together.flatMap((life) => life.calls).filter(({ answered }) => answered.startsWith('200')).length
const bytes = together.reduce((sum, { state, journal }) => sum + state.length + journal.length, 0)
conclude(
  `worlds: ${count} worlds, seed ${seed}; ${calls} calls, ${successes} of them successes, ${bytes} bytes compared`,
  different
)
