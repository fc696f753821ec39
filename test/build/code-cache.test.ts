import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { build, ROOT, run, startProgram } from '../program.ts'

/** The build without the code that it keeps for its own Node, which is what the package holds. */
let cli = ''
let folder = ''
let caches = ''
let turn = 0
beforeAll(async () => {
  await build()
  // In this repository, where better-sqlite3 is found.
  folder = await mkdtemp(`${ROOT}.tmp/code-cache-`)
  await cp(`${ROOT}dist`, join(folder, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.cache') })
  cli = join(folder, 'dist/cli.js')
}, 60_000)
beforeEach(() => {
  turn += 1
  caches = join(folder, `caches-${turn}`)
})
afterAll(() => rm(folder, { recursive: true }))

/** A server to its end, after one answer. */
async function serveOnce(more: NodeJS.ProcessEnv = {}) {
  const server = await startProgram(['start'], { XDG_CACHE_HOME: caches, ...more }, cli, folder)
  expect((await fetch(`${server.url}/v2/volume`)).status).toBe(200)
  return server.stop()
}

const kept = async (): Promise<readonly string[]> => readdir(join(caches, 'snapstand')).catch(() => [])

test('the first server keeps its compiled code in the cache of its user, and the second takes it', async () => {
  expect(await serveOnce()).toMatchObject({ code: 0, err: '' })
  const [name = '', ...others] = await kept()
  expect(others).toEqual([])
  expect(name).toMatch(new RegExp(`^program-\\w+-${process.version}-${process.arch}\\.cache$`))
  const file = join(caches, 'snapstand', name)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  // Whoever does not take it writes it anew.
  const before = await stat(file)
  expect(await serveOnce()).toMatchObject({ code: 0, err: '' })
  expect(await stat(file)).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino })
})

test('code that V8 refuses is replaced, and nobody hears of it', async () => {
  await serveOnce()
  const [name = ''] = await kept()
  const file = join(caches, 'snapstand', name)
  const good = (await readFile(file)).length
  await writeFile(file, 'no code at all')
  expect(await serveOnce()).toMatchObject({ code: 0, err: '' })
  expect((await readFile(file)).length).toBeGreaterThan(good / 2)
})

test('a cache that cannot be written is passed over in silence', async () => {
  await writeFile(caches, 'a file, not a folder')
  expect(await serveOnce()).toMatchObject({ code: 0, err: '' })
  expect(await readFile(caches, 'utf8')).toBe('a file, not a folder')
})

test('Node’s own variable switches it off', async () => {
  expect(await serveOnce({ NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject({ code: 0, err: '' })
  expect(await kept()).toEqual([])
})

test('commands keep nothing, for they compile little, and neither does a start that fails', async () => {
  expect(await run(['--version'], { XDG_CACHE_HOME: caches }, cli)).toMatchObject({ code: 0 })
  expect(await run(['--port', 'x'], { XDG_CACHE_HOME: caches }, cli)).toMatchObject({ code: 2 })
  expect(await kept()).toEqual([])
})

test('of other versions and other Nodes the newest seven stay beside it', async () => {
  const own = join(caches, 'snapstand')
  await mkdir(own, { recursive: true })
  const others = Array.from({ length: 10 }, (_, index) => `program-OLD-v${index}.cache`)
  for (const [index, name] of others.entries()) {
    await writeFile(join(own, name), '')
    await utimes(join(own, name), 1_000_000 + index, 1_000_000 + index)
  }
  await serveOnce()
  const left = (await kept()).filter((name) => name.startsWith('program-OLD'))
  expect(left.toSorted()).toEqual(others.slice(3))
})
