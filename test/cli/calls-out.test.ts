import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { build, CLI, ROOT, runNode, startProgram } from '../program.ts'
import { guardConnections } from './guard.ts'
import { typed, typing } from './lines.ts'

// Only record and compare call out. Here all else runs with a socket layer that lets nobody through but to the server that a
// command drives.

const GUARD = `${ROOT}test/cli/guard.ts`
const DISK = '1700000000000000102'
let folder = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-calls-out-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the guard', () => {
  const told: string[] = []
  let release = () => {}
  beforeEach(() => {
    told.length = 0
    release = guardConnections(['127.0.0.1:1'], (what) => told.push(what))
  })
  afterEach(() => release())

  test.for([
    ['fetch', () => fetch('http://127.0.0.1:2/'), 'a connection to 127.0.0.1:2'],
    ['fetch by a name', () => fetch('https://a.example/'), 'a connection to a.example:443'],
    [
      'node:http',
      () => new Promise((resolve, reject) => get('http://b.example:8080/', resolve).on('error', reject)),
      'a connection to b.example:8080'
    ],
    [
      'node:net',
      () => new Promise((resolve, reject) => connect(3, '127.0.0.1').on('connect', resolve).on('error', reject)),
      'a connection to 127.0.0.1:3'
    ],
    [
      'a socket in the file system',
      () => new Promise((resolve, reject) => connect('/nowhere').on('connect', resolve).on('error', reject)),
      'a connection to /nowhere'
    ],
    [
      'a name server',
      async () => (await import('node:dns/promises')).default.resolve4('c.example'),
      'a question about c.example'
    ]
  ] as const)('refuses %s, and tells of it', async ([, call, what]) => {
    await expect(call()).rejects.toThrow()
    expect(told).toEqual([what])
  })

  test('lets those through that are allowed, and all when it is gone', async () => {
    await expect(fetch('http://127.0.0.1:1/')).rejects.toThrow()
    expect(told).toEqual([])
    release()
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) =>
      connect(port, '127.0.0.1').on('connect', resolve).once('close', resolve).destroySoon()
    )
    server.close()
    expect(told).toEqual([])
  })
})

describe('commands that drive a server', () => {
  let server: Snapstand
  let other: Snapstand
  beforeAll(async () => {
    server = await startSnapstand({ clock: 'manual' })
    other = await startSnapstand({ clock: 'manual' })
    await writeFile(join(folder, 'fault.json'), '{"id":"f","operation":"*","then":{"delayMs":1}}')
    await writeFile(join(folder, 'seed.json'), '{}')
    const made = await fetch(`${server.url}/v2/snapshot`, {
      method: 'POST',
      body: '{"volumeId":"v-Starter2","snapshotName":"a"}'
    })
    requestId = made.headers.get('x-bce-request-id') ?? ''
  })
  afterAll(async () => {
    await server.close()
    await other.close()
  })
  let requestId = ''

  /** What follows the words of each command; in this order, in one world. */
  const LINES: Readonly<Record<string, () => readonly string[]>> = {
    health: () => [],
    wait: () => ['--timeout', '1s'],
    clock: () => [],
    agenda: () => [],
    operations: () => [],
    occurrences: () => ['baidu', 'asp-nowhere0'],
    'requests list': () => [],
    'requests show': () => [requestId],
    'requests curl': () => [requestId],
    'requests expect': () => ['CreateSnapshot'],
    'requests clear': () => [],
    'faults list': () => [],
    'faults put': () => [join(folder, 'fault.json')],
    'faults delete': () => ['f'],
    'faults clear': () => [],
    'checkpoint save': () => ['one'],
    'checkpoint restore': () => ['one'],
    'checkpoint list': () => [],
    'checkpoint drop': () => ['one'],
    'settings list': () => [],
    'settings set': () => ['zenlayer.snapshotQuota=2'],
    'settings unset': () => ['zenlayer.snapshotQuota'],
    'worlds list': () => [],
    'worlds keep': () => ['kept'],
    'worlds delete': () => ['kept'],
    advance: () => ['1d'],
    export: () => [],
    seed: () => [join(folder, 'seed.json')],
    reset: () => [],
    move: () => ['default', '--from', server.url, '--to', other.url],
    moves: () => [],
    drain: () => [other.url, '--to', server.url]
  }
  const wordsOf = (usage: string) =>
    usage
      .split(' ')
      .filter((word) => /^\w/.test(word))
      .join(' ')
  const names = COMMANDS.map(({ usage }) => wordsOf(usage))

  test('each of them is held to it', () => {
    expect(Object.keys(LINES).concat('events').toSorted()).toEqual(names.toSorted())
  })

  test.for(Object.keys(LINES))('%s connects to that server alone', async (name) => {
    const told: string[] = []
    const places = name === 'move' || name === 'drain' ? [server, other] : [server]
    const release = guardConnections(
      places.map(({ url }) => new URL(url).host),
      (what) => told.push(what)
    )
    try {
      const { code, err } = await typed([...name.split(' '), ...(LINES[name]?.() ?? [])], {
        env: { SNAPSTAND_URL: server.url }
      })
      expect(told).toEqual([])
      // A policy that is nowhere is a refusal of the server's.
      expect({ code, err: code === 0 ? '' : err }, err).toEqual(
        name === 'occurrences' ? { code: 1, err: expect.stringContaining('asp-nowhere0') } : { code: 0, err: '' }
      )
    } finally {
      release()
    }
  })

  test('and to none that it was not told of', async () => {
    const told: string[] = []
    await using fresh = await startSnapstand()
    const release = guardConnections([], (what) => told.push(what))
    try {
      expect(await typed(['clock'], { env: { SNAPSTAND_URL: fresh.url } })).toMatchObject({ code: 3 })
      expect(new Set(told)).toEqual(new Set([`a connection to ${new URL(fresh.url).host}`]))
    } finally {
      release()
    }
  })

  test('events connects to that server alone', async () => {
    const told: string[] = []
    const fresh = await startSnapstand()
    const release = guardConnections([new URL(fresh.url).host], (what) => told.push(what))
    try {
      const following = typing(['events'], { env: { SNAPSTAND_URL: fresh.url } })
      while (following.printed() === '') await fetch(`${fresh.url}/v2/asp`)
      await fresh.close()
      await following.ended
      expect(told).toEqual([])
    } finally {
      release()
    }
  })
})

describe('programs', () => {
  /** What a program under guard was refused. */
  async function refused(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const tells = join(folder, `told-${Math.random()}`)
    await writeFile(tells, '')
    const ended = await runNode(['--disable-warning=ExperimentalWarning', '--import', GUARD, ...words], {
      GUARD_TELLS: tells,
      ...env
    })
    return { ...ended, told: await readFile(tells, 'utf8') }
  }
  /** A script that starts the library, calls it and ends. */
  const library = (options: string) => `
    import { startSnapstand } from '${ROOT}dist/index.js'
    const server = await startSnapstand(${options})
    process.stdout.write(server.url.replace(/\\d+$/, 'PORT'))
    await server.close()`

  test('the guard tells of a program that calls out', async () => {
    const { told, code } = await refused([
      '--input-type=module',
      '--eval',
      "await fetch('http://a.example/').catch(() => process.exit(7))"
    ])
    expect({ told, code }).toEqual({ told: 'a connection to a.example:80\n', code: 7 })
  })

  test.for([
    [['schema'], '"$schema"'],
    [['help'], 'Usage: snapstand'],
    [['--version'], '.'],
    [['completion', 'bash'], 'snapstand'],
    [['record', '--cloud', 'baidu'], ''],
    [['compare'], '']
  ] as const)('%s opens no connection', async ([words, said]) => {
    const { told, out } = await refused([CLI, ...words])
    expect(told).toBe('')
    expect(out).toContain(said)
  })

  test('init opens no connection', async () => {
    const { told, code } = await refused([CLI, 'init', join(folder, 'new')])
    expect({ told, code }).toEqual({ told: '', code: 0 })
  })

  test.for([
    ['{}'],
    ['{ tls: true }'],
    [`{ data: ${JSON.stringify('DATA')}, metrics: true, seed: '${ROOT}fixtures/seeds/starter.yaml' }`]
  ])('the library that is started with %s opens no connection', async ([options = '']) => {
    const script = join(folder, 'library.mjs')
    await writeFile(script, library(options.replace('DATA', join(folder, 'data'))))
    const { told, out, err } = await refused([script])
    expect({ told, err }).toEqual({ told: '', err: '' })
    expect(out).toBe('http://127.0.0.1:PORT')
  })

  test('a server that serves, fires and ends opens no connection', async () => {
    const tells = join(folder, 'told-by-server')
    await writeFile(tells, '')
    const env = { GUARD_TELLS: tells, NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${GUARD}` }
    const program = await startProgram(['--tls', '--tls-port', '0', '--metrics', '--data', join(folder, 'worlds')], env)
    const body = JSON.stringify({ diskId: DISK, snapshotName: 'nightly' })
    const headers = {
      'content-type': 'application/json',
      'x-zc-action': 'CreateSnapshot',
      'x-zc-version': '2025-09-01'
    }
    expect((await fetch(`${program.url}/api/v2/zec`, { method: 'POST', headers, body })).status).toBe(200)
    expect((await fetch(`${program.url}/v2/asp`)).status).toBe(200)
    for (const path of ['/', '/_snapstand/metrics', '/_snapstand/openapi.json', '/_snapstand/operations']) {
      expect((await fetch(`${program.url}${path}`)).status, path).toBe(200)
    }
    const moved = await fetch(`${program.url}/_snapstand/clock/advance`, { method: 'POST', body: '{"by":"P1D"}' })
    expect(moved.status).toBe(200)
    expect(await program.stop()).toMatchObject({ code: 0 })
    expect(await readFile(tells, 'utf8')).toBe('')
  })
})
