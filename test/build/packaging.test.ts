import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clouds } from '../../src/clouds.ts'
import { build, ROOT, run, startProgram } from '../program.ts'

const exec = promisify(execFile)
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const manifest = JSON.parse(read('package.json'))

let folder = ''
/** What a user installs beside this package: folders under node_modules. */
let runtime: readonly string[] = []

beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-package-'))
  const { stdout } = await exec('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: ROOT })
  runtime = stdout
    .trim()
    .split('\n')
    .map((path) => relative(ROOT, path))
    .filter((path) => path.startsWith('node_modules/'))
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

async function linkRuntime(to: string, more: readonly string[] = []): Promise<void> {
  for (const path of [...runtime, ...more]) {
    await mkdir(join(to, dirname(path)), { recursive: true })
    await symlink(join(ROOT, path), join(to, path))
  }
}

describe('the package', () => {
  let project = ''
  let files: readonly string[] = []
  beforeAll(async () => {
    project = join(folder, 'project')
    await mkdir(project)
    const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
    const { stdout } = await exec('npm', pack, { cwd: ROOT })
    const [packed] = Object.values<{ filename: string; files: { path: string }[] }>(JSON.parse(stdout))
    files = packed?.files.map(({ path }) => path) ?? []
    const installed = join(project, 'node_modules/snapstand')
    await mkdir(installed, { recursive: true })
    const tarball = join(folder, basename(packed?.filename ?? ''))
    await exec('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
    await linkRuntime(project, ['node_modules/@types/node', 'node_modules/undici-types'])
    await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  }, 60_000)

  test('holds the build, the seeds, the pages of the clouds, the licences and the README, and no source', () => {
    for (const file of ['dist/cli.js', 'dist/index.js', 'dist/types/index.d.ts', 'LICENSE', 'README.md']) {
      expect(files).toContain(file)
    }
    expect(files).toContain('dist/THIRD-PARTY-NOTICES.txt')
    expect(files).toContain('fixtures/seeds/starter.yaml')
    // Compiled code fits one Node: each makes its own at its first start.
    expect(files.filter((file) => /\.(cache|node)$/.test(file))).toEqual([])
    for (const { specification } of clouds) expect(files).toContain(specification)
    expect(
      files.filter(
        (file) => !/^(dist\/|docs\/clouds\/|fixtures\/seeds\/|LICENSE$|README\.md$|package\.json$)/.test(file)
      )
    ).toEqual([])
  })

  test('brings fewer than 40 packages along', () => {
    expect(runtime).toContain('node_modules/better-sqlite3')
    expect(runtime.length).toBeLessThan(40)
  })

  test('is compiled by no install of this repository', () => {
    const { name, gypfile } = JSON.parse(read('node_modules/better-sqlite3/package.json'))
    expect({ name, gypfile }).toEqual({ name: 'better-sqlite3', gypfile: false })
    // `npm install` drops the line of the lock file: put it back, or npm 10 asks for Python.
    expect(JSON.parse(read('package-lock.json')).packages[`node_modules/${name}`]).toMatchObject({ gypfile: false })
    expect(manifest.allowScripts).toMatchObject({ [name]: false })
  })

  test('names the licence of everything that is bundled', async () => {
    const notices = read('dist/THIRD-PARTY-NOTICES.txt')
    for (const name of [
      'fastify',
      'commander',
      '@sinclair/typebox',
      'yaml',
      'find-my-way',
      '@peculiar/x509',
      'prom-client'
    ]) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
    }
    expect(notices).toContain('Permission is hereby granted')
  })

  test('serves from where it was installed', async () => {
    const cli = join(project, 'node_modules/snapstand', manifest.bin.snapstand)
    const server = await startProgram(['start'], {}, cli, project)
    expect((await fetch(`${server.url}/_snapstand/health`)).status).toBe(200)
    expect(await server.stop()).toMatchObject({ code: 0 })
  })

  test('is a library, which ends with the program that uses it', async () => {
    const program = `
import { BadUsage, startSnapstand } from 'snapstand'
const server = await startSnapstand({ clock: 'manual' })
const answer = await fetch(server.url + '/v2/volume')
console.log(answer.status, new URL(server.url).port === String(server.port))
await Promise.all([server.close(), server.close()])
try { await startSnapstand({ port: -1 }) } catch (error) { console.log(error instanceof BadUsage, error.message) }
const second = await startSnapstand({ seed: 'nowhere.yaml' }).catch((error) => error)
console.log(second.name)
`
    await writeFile(join(project, 'use.js'), program)
    const ended = await run([], {}, join(project, 'use.js'), project)
    expect(ended).toEqual({
      code: 0,
      out: '200 true\ntrue options.port: "-1" cannot be read (expected a whole number from 0 to 65535)\nBadUsage\n',
      err: ''
    })
  })

  test('loads beside it what makes certificates and what counts, as a library and as a program', async () => {
    const program = `
import { get } from 'node:https'
import { startSnapstand } from 'snapstand'
await using server = await startSnapstand({ tls: true, metrics: true })
const status = await new Promise((resolve, reject) => {
  const options = { ca: server.tls.certificate, agent: false }
  get(server.tls.url + '/v2/volume', options, (answer) => resolve(answer.resume().statusCode)).once('error', reject)
})
const counted = await (await fetch(server.url + '/_snapstand/metrics')).text()
console.log(status, /^snapstand_calls_total.* 1$/m.test(counted))
`
    await writeFile(join(project, 'secure.js'), program)
    expect(await run([], {}, join(project, 'secure.js'), project)).toEqual({ code: 0, out: '200 true\n', err: '' })
    const cli = join(project, 'node_modules/snapstand', manifest.bin.snapstand)
    const server = await startProgram(['start', '--tls', '--tls-port', '0', '--metrics'], {}, cli, project)
    expect(await (await fetch(`${server.url}/_snapstand/metrics`)).text()).toContain('snapstand_worlds{state="open"} 0')
    expect(await server.stop()).toMatchObject({ code: 0, err: '' })
  })

  test('is a client, whose refusals are those of the library', async () => {
    const program = `
import { ControlRefused, startSnapstand } from 'snapstand'
import * as client from 'snapstand/client'
await using server = await startSnapstand({ clock: 'manual' })
await using far = client.connect(server.url)
const { to } = await far.world('run-17').clock.advance('P7D')
console.log(to === (await server.world('run-17').clock.get()).now)
for (const { clock } of [far.world('run-17'), server.world('run-17')]) {
  const error = await clock.advance('PT').catch((reason) => reason)
  console.log(error instanceof ControlRefused, error instanceof client.ControlRefused, error.status, error.field)
}
`
    await writeFile(join(project, 'client.js'), program)
    const out = 'true\ntrue true 400 by\ntrue true 400 by\n'
    expect(await run([], {}, join(project, 'client.js'), project)).toEqual({ code: 0, out, err: '' })
  })

  test('has a client that a page can load: it needs nothing of Node’s, and is small', async () => {
    const { build: bundle } = await import('esbuild')
    const file = join(project, 'node_modules/snapstand/dist/client.js')
    const entry = { bundle: true, platform: 'browser', format: 'esm', write: false, logLevel: 'silent' } as const
    const { outputFiles } = await bundle({ ...entry, entryPoints: [file] })
    expect(outputFiles[0]?.contents.length).toBeLessThan(24 * 1024)
  })

  test('has types that a strict program compiles against, with every library checked', async () => {
    await writeFile(
      join(project, 'use.ts'),
      `import { type Server, type Snapstand, type SnapstandOptions, startSnapstand } from 'snapstand'
import { type Clock, type ConnectOptions, ControlRefused, connect } from 'snapstand/client'
const options: SnapstandOptions = { keys: [{ id: 'a', secret: 'b' }], clockAt: new Date(0), log: (line) => line.length }
async function use(): Promise<string> {
  await using server: Snapstand = await startSnapstand(options)
  return server.url + server.port.toFixed()
}
const servers: readonly Server[] = []
async function useClient(options: ConnectOptions): Promise<Clock['mode'] | number> {
  await using server: Server = servers[0] ?? connect('http://127.0.0.1:7420', options)
  const world = server.world('run-17')
  try {
    const { next, skipped } = await world.clock.advance({ to: new Date() }, { signal: AbortSignal.timeout(1000) })
    const { requests } = await world.requests.list({ status: 404, limit: 1 })
    return (next?.at ?? '') < 'x' ? (skipped.any ?? requests.length) : (await world.clock.get()).mode
  } catch (error) {
    return error instanceof ControlRefused ? error.status : 0
  }
}
use().then(() => useClient({ token: 'a' }))
`
    )
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2022', 'esnext.disposable'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true
    }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
    const compiled = await exec(join(ROOT, 'node_modules/.bin/tsc'), ['-p', project], { cwd: project }).catch(
      (error: { stdout: string }) => error
    )
    expect(compiled.stdout).toBe('')
    const declared = (await readdir(join(project, 'node_modules/snapstand/dist/types'), { recursive: true })).filter(
      (file) => file.endsWith('.d.ts')
    )
    const texts = declared.map((file) => readFileSync(join(project, 'node_modules/snapstand/dist/types', file), 'utf8'))
    expect(texts.join('\n')).not.toMatch(/from '@?(sinclair|fastify)/)
  })
})
