import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../src/config/config.ts'
import { build, type Ended, ROOT } from '../program.ts'
import {
  all,
  builder,
  command,
  copiesOf,
  entrypoint,
  environment,
  healthcheck,
  image,
  only,
  stages
} from './dockerfile.ts'

const exec = promisify(execFile)
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const manifest = JSON.parse(read('package.json'))

const isRoot = process.getuid?.() === 0
/** Whom the image's files do not belong to, as the user `node` there. Who is not root already is somebody else. */
const user = isRoot ? { uid: 1000, gid: 1000 } : {}
const asFirstProcess = ['unshare', '--pid', '--fork', '--kill-child', '--']
const canBeFirst = isRoot && spawnSync(asFirstProcess[0] ?? '', [...asFirstProcess.slice(1), 'true']).status === 0
/** An end in order takes a tenth of a second; a busy machine takes its time, and a lost signal for ever. */
const END_MS_MAX = 3000

let folder = ''
/** The image's file tree, which nobody may write to. */
let app = ''
/** What can be written there all the same: /dev/shm, and a volume. */
let writable = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-image-'))
  app = join(folder, 'app')
  writable = join(folder, 'writable')
  await chmod(folder, 0o755)
  await mkdir(writable)
  if (isRoot) await chown(writable, 1000, 1000)
  await fillImage(join(folder, 'build'), app)
}, 120_000)
afterAll(async () => {
  await exec('chmod', ['-R', 'u+w', folder])
  await rm(folder, { recursive: true })
})

/** As the two stages do it: production packages, what is left of them, and what the second stage copies. */
async function fillImage(stage: string, to: string): Promise<void> {
  const { stdout } = await exec('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: ROOT })
  for (const path of stdout.trim().split('\n').slice(1)) {
    await cp(path, join(stage, relative(ROOT, path)), { recursive: true })
  }
  await exec('sh', ['-ec', all(builder, 'RUN').at(-1) ?? ''], { cwd: stage, env: { PATH: nodeFirst() } })
  for (const { from, sources } of copiesOf(image)) {
    for (const source of sources) {
      const path = source.replace(/^\/build\//, '')
      const isPackages = from !== undefined && path === 'node_modules'
      await cp(join(isPackages ? stage : ROOT, path), join(to, path), { recursive: true })
    }
  }
  await exec('chmod', ['-R', 'a-w,a+rX', to])
}

const nodeFirst = (): string => `${dirname(process.execPath)}:${process.env.PATH}`

/** In the image, with its own variables; only addresses and files are those of a test. */
function started(words: readonly string[], more: NodeJS.ProcessEnv = {}, as: object = user): ChildProcess {
  const [file = '', ...args] = words
  const urlFile = join(writable, basename(environment.SNAPSTAND_URL_FILE ?? ''))
  const env = { PATH: nodeFirst(), ...environment, SNAPSTAND_HOST: '127.0.0.1', SNAPSTAND_URL_FILE: urlFile, ...more }
  return spawn(file, args, { cwd: app, env, ...as })
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

interface Serving {
  readonly url: string
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** A container's server, from its entry point. */
async function serving(
  words: readonly string[],
  more?: NodeJS.ProcessEnv,
  before: readonly string[] = [],
  as?: object
): Promise<Serving> {
  const child = started([...before, ...entrypoint, ...words], more, as)
  const end = ended(child)
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: string) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
    end.then(({ err }) => reject(new Error(`it ended before it served: ${err}`)))
  })
  return { url, child, ended: end }
}

const health = (more?: NodeJS.ProcessEnv): Promise<Ended> => ended(started(healthcheck, more))

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

function addressOf(address: AddressInfo | string | null): { readonly port: number } {
  return typeof address === 'object' && address !== null ? address : { port: 0 }
}

/** Connections as clients leave them: one kept alive after its answer, and one on which nothing was sent. */
async function leftOpen(url: string): Promise<void> {
  await (await fetch(`${url}/v2/volume`)).text()
  const { port, hostname } = new URL(url)
  const silent = await new Promise<Socket>((resolve) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
  })
  silent.on('error', () => {})
  onTestFinished(() => {
    silent.destroy()
  })
}

describe('the image', () => {
  test('is built and run on Node 24, in two stages, with nothing that compiles', () => {
    expect(stages).toHaveLength(2)
    const [built = ''] = all(builder, 'FROM')
    expect(built).toMatch(/^node:24\S*-slim AS build$/)
    expect(only('FROM')).toBe(built.replace(' AS build', ''))
    expect(read('Dockerfile')).not.toMatch(/apt-get|g\+\+|python/)
    // By npm the Node of the development packages would build, and its compiled code fits no other.
    expect(all(builder, 'RUN').join('\n')).toMatch(/^node build\/main\.ts/m)
  })

  test('runs as a user who is not root', () => {
    expect(only('USER')).toBe('node')
    const names = image.map(({ name }) => name)
    expect(names.slice(names.indexOf('USER'))).not.toContain('RUN')
  })

  test('keeps worlds in a volume that belongs to this user', () => {
    expect(all(image, 'RUN')).toEqual([`install -d -o ${only('USER')} -g ${only('USER')} ${only('VOLUME')}`])
    expect(only('VOLUME')).toBe('/data')
  })

  test('listens where its variables say, on the port that it exposes', async () => {
    const config = await readConfig({}, environment)
    expect(config).toMatchObject({ host: '0.0.0.0', port: Number(only('EXPOSE')) })
    expect((await readConfig({}, {})).port).toBe(Number(only('EXPOSE')))
  })

  test('starts the binary of the package', () => {
    expect(entrypoint).toEqual(['node', manifest.bin.snapstand])
    expect(only('WORKDIR')).toBe('/app')
  })

  test('asks for its health once a minute, and every second while it starts', () => {
    expect(healthcheck).toEqual([...entrypoint, 'health'])
    expect(only('HEALTHCHECK')).toMatch(/^--interval=60s .*--start-period=30s --start-interval=1s /)
    // What every container can write, with a read-only root as well.
    expect(environment.SNAPSTAND_URL_FILE).toMatch(/^\/dev\/shm\//)
  })

  test('is built from files that are there, and that the build context lets through', () => {
    const letThrough = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copied = [...copiesOf(builder), ...copiesOf(image)]
      .filter(({ from }) => from === undefined)
      .flatMap(({ sources }) => sources)
    expect(copied.length).toBeGreaterThan(5)
    for (const file of copied) {
      expect(existsSync(join(ROOT, file)), file).toBe(true)
      expect(letThrough, file).toContain(file)
    }
  })

  test('holds what it needs to run: one binary, and no sources of it', async () => {
    const files = await readdir(app, { recursive: true })
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([
      `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`
    ])
    expect(files.filter((file) => /\.(c|cpp|h|hpp|ts|gyp)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([
      'node_modules/better-sqlite3/binding.gyp'
    ])
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(app, file))).size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12 * 1024 ** 2)
  })
})

describe('a container', () => {
  test('serves as a user who may write nothing in it, and ends in order whoever is connected', async () => {
    const server = await serving(command, { SNAPSTAND_PORT: `${await freePort()}` })
    const volumes: unknown = await (await fetch(`${server.url}/v2/volume`)).json()
    expect(volumes).toMatchObject({ volumes: [{ id: 'v-Starter1' }, { id: 'v-Starter2' }] })
    await leftOpen(server.url)
    const asked = performance.now()
    server.child.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, err: '' })
    expect(performance.now() - asked).toBeLessThan(END_MS_MAX)
  })

  test.runIf(canBeFirst)('ends in order as the first process of its own, which no signal ends by itself', async () => {
    // The first process in there is a child of `unshare`, which a signal would not go past.
    const server = await serving(command, { SNAPSTAND_PORT: '0' }, asFirstProcess, {})
    const { pid } = server.child
    const first = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'))
    await leftOpen(server.url)
    const asked = performance.now()
    process.kill(first, 'SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, err: '' })
    expect(performance.now() - asked).toBeLessThan(END_MS_MAX)
  })

  test.for(['flag', 'variable', 'file'] as const)('tells its health, also on a port that a %s chose', async (by) => {
    const port = `${await freePort()}`
    const config = join(folder, 'snapstand.yaml')
    await writeFile(config, `port: ${port}\n`)
    const chosen = {
      flag: { words: ['start', '--port', port], settings: {} },
      variable: { words: ['start'], settings: { SNAPSTAND_PORT: port } },
      file: { words: ['start', '--config', config], settings: {} }
    }[by]
    const server = await serving(chosen.words, chosen.settings)
    expect(server.url).toBe(`http://127.0.0.1:${port}`)
    // What a health check knows of is the image's variables, and those of the container.
    const about = by === 'variable' ? chosen.settings : {}
    expect(await health(about)).toEqual({ code: 0, out: `ok, Snapstand ${manifest.version}, worlds: 0\n`, err: '' })
    server.child.kill('SIGTERM')
    await server.ended
    expect(await health({ ...about, SNAPSTAND_PORT: port })).toMatchObject({ code: 3 })
  })

  test('is not healthy when its server stands still', async () => {
    const server = await serving(command, { SNAPSTAND_PORT: '0' })
    server.child.kill('SIGSTOP')
    await sleep(50)
    const { code, err } = await health()
    server.child.kill('SIGCONT')
    expect({ code, err }).toEqual({
      code: 3,
      err: `snapstand: ${server.url} does not answer within 2.5 seconds\n`
    })
  })

  test('keeps worlds in a folder that belongs to its user', async () => {
    const data = join(writable, 'data')
    const flags = ['start', '--port', '0', '--data', data]
    const server = await serving(flags)
    expect((await fetch(`${server.url}/v2/volume`)).status).toBe(200)
    server.child.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, err: '' })
    expect(await readdir(data)).toContain('snapstand.db')
  })

  test.for(['there', 'there/below/it'])('says that it has no right to a folder of somebody else: %s', async (place) => {
    const theirs = join(folder, 'theirs')
    await mkdir(join(theirs, 'there'), { recursive: true })
    await chmod(join(theirs, 'there'), 0o555)
    const data = join(theirs, place)
    const end = await ended(started([...entrypoint, 'start', '--port', '0', '--data', data]))
    const uid = isRoot ? 1000 : process.getuid?.()
    const way = 'chown it to that user, or give another folder to --data'
    expect(end).toEqual({
      code: 2,
      out: '',
      err: `snapstand: --data: ${data} can’t be used as a folder of worlds: user ${uid} has no right to write to ${join(theirs, 'there')}: ${way}\n`
    })
  })
})

describe('the compose file', () => {
  const { services, volumes } = parse(read('docker-compose.yml'))
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
    // As compose fills it in where the variable is not set.
    const filled = Object.entries<string>(service.environment).map(([name, value]) => [
      name,
      value.replace(/^\$\{\w+:-(.*)\}$/, '$1')
    ])
    const config = await readConfig({}, Object.fromEntries(filled))
    expect(config).toMatchObject({ controlHosts: Object.keys(services), data: undefined })
  })

  test('writes to the volume of the image and nowhere else', () => {
    expect(service.read_only).toBe(true)
    expect(service.volumes).toEqual(Object.keys(volumes).map((name) => `${name}:${only('VOLUME')}`))
  })
})
