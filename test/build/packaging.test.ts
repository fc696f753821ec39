import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { clouds } from '../../src/clouds.ts'
import { readConfig } from '../../src/config/config.ts'
import { build, ROOT, run, startProgram } from '../program.ts'

const exec = promisify(execFile)
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const manifest = JSON.parse(read('package.json'))

interface Instruction {
  readonly name: string
  readonly rest: string
}
/** The stages of the Dockerfile, each with its instructions; continued lines are one. */
const stages: readonly (readonly Instruction[])[] = read('Dockerfile')
  .replaceAll(/^\s*#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.trim() !== '')
  .map((stage) =>
    stage
      .trim()
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.replace(/^\S+\s+/, '') }))
  )
const [builder = [], image = []] = stages
const only = (name: string): string => {
  const found = image.filter((instruction) => instruction.name === name)
  expect(found).toHaveLength(1)
  return found[0]?.rest ?? ''
}
const environment: Record<string, string> = Object.fromEntries(
  image
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ rest }) => rest.trim().split(/\s+/))
    .map((pair) => pair.split('=', 2))
)
const entrypoint: string[] = JSON.parse(only('ENTRYPOINT'))
const command: string[] = JSON.parse(only('CMD'))
const healthcheck: string[] = JSON.parse(only('HEALTHCHECK').replace(/^.*?CMD\s+/, ''))

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

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('the image', () => {
  test('is built and run on Node 24, in two stages', () => {
    expect(stages).toHaveLength(2)
    expect(builder[0]?.rest).toMatch(/^node:24\S* AS build$/)
    expect(image[0]?.rest).toMatch(/^node:24\S*$/)
    expect(image[0]?.rest).toBe(builder[0]?.rest.replace(' AS build', ''))
  })

  test('runs as a user who is not root, and nothing after that is done as root', () => {
    expect(only('USER')).toBe('node')
  })

  test('listens where its flags say, on the port that it exposes', async () => {
    const config = await readConfig({}, environment)
    expect(config).toMatchObject({ host: '0.0.0.0', port: Number(only('EXPOSE')) })
    expect((await readConfig({}, {})).port).toBe(Number(only('EXPOSE')))
  })

  test('starts the binary of the package', () => {
    expect(entrypoint).toEqual(['node', manifest.bin.snapstand])
    expect(healthcheck).toEqual([...entrypoint, 'health'])
    expect(only('WORKDIR')).toBe('/app')
  })

  test('is built from files that are there, and that the build context lets through', () => {
    const letThrough = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copied = [...builder, ...image]
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
    expect(copied.length).toBeGreaterThan(5)
    for (const file of copied) {
      expect(existsSync(join(ROOT, file)), file).toBe(true)
      expect(letThrough, file).toContain(file)
    }
  })

  test('holds no more than it needs to run, and runs so', async () => {
    // The file tree of the second stage, made of this build: what it copies, and nothing else.
    const app = join(folder, 'app')
    await mkdir(app)
    for (const { name, rest } of image) {
      if (name !== 'COPY') continue
      const sources = rest.split(/\s+/).filter((part) => !part.startsWith('--'))
      for (const source of sources.slice(0, -1)) {
        const path = source.replace(/^\/build\//, '')
        if (path === 'node_modules') await linkRuntime(app)
        else await cp(join(ROOT, path), join(app, path), { recursive: true })
      }
    }
    const [, cli = ''] = entrypoint
    const port = String(await freePort())
    // Only the address differs: a test listens on this machine alone.
    const settings = { ...environment, SNAPSTAND_PORT: port, SNAPSTAND_HOST: '127.0.0.1' }
    const server = await startProgram(command, settings, join(app, cli), app)
    try {
      expect(server.url).toBe(`http://127.0.0.1:${port}`)
      const healthy = await run(healthcheck.slice(2), settings, join(app, cli), app)
      expect(healthy).toMatchObject({ code: 0, out: `ok, Snapstand ${manifest.version}, worlds: 0\n` })
      const volumes: unknown = await (await fetch(`${server.url}/v2/volume`)).json()
      expect(volumes).toMatchObject({ volumes: [{ id: 'v-Starter1' }, { id: 'v-Starter2' }] })
    } finally {
      expect(await server.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
    }
    expect(await run(healthcheck.slice(2), settings, join(app, cli), app)).toMatchObject({ code: 1 })
  })
})

describe('the compose file', () => {
  const { services } = parse(read('docker-compose.yml'))
  const service = services.snapstand

  test('publishes the port of the image on this machine only', () => {
    expect(Object.keys(services)).toEqual(['snapstand'])
    expect(service.ports).toEqual([`127.0.0.1:${only('EXPOSE')}:${only('EXPOSE')}`])
    expect(service.image).toBe(`snapstand:${manifest.version}`)
  })

  test('leaves user, entry point and health check to the image', () => {
    for (const name of ['user', 'entrypoint', 'command', 'healthcheck']) expect(service).not.toHaveProperty(name)
  })

  test('sets only what is known, and lets its own service name drive the clock', async () => {
    const config = await readConfig({}, service.environment)
    expect(config.controlHosts).toEqual(Object.keys(services))
  })
})

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

  test('names the licence of everything that is bundled', async () => {
    const notices = read('dist/THIRD-PARTY-NOTICES.txt')
    for (const name of ['fastify', 'commander', '@sinclair/typebox', 'yaml', 'find-my-way']) {
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

  test('has types that a strict program compiles against, with every library checked', async () => {
    await writeFile(
      join(project, 'use.ts'),
      `import { type Snapstand, type SnapstandOptions, startSnapstand } from 'snapstand'
const options: SnapstandOptions = { keys: [{ id: 'a', secret: 'b' }], clockAt: new Date(0), log: (line) => line.length }
async function use(): Promise<string> {
  await using server: Snapstand = await startSnapstand(options)
  return server.url + server.port.toFixed()
}
use()
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
    expect(texts.join('\n')).not.toMatch(/typebox|fastify/)
  })
})
