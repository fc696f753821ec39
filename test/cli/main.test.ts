import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FLAGS, variableOf, withoutIt } from '../../src/config/flags.ts'
import { build, CLI, type Program, ROOT, run, startProgram } from '../program.ts'

let folder = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-cli-'))
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

describe('what it says of itself', () => {
  test('--version is that of the package', async () => {
    const { version } = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8'))
    expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  test('--help names every flag, every default and every command', async () => {
    const { code, out, err } = await run(['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const said = out.replaceAll(/\s+/g, ' ')
    for (const flag of Object.values(FLAGS)) {
      expect(said).toContain(flag.argument === '' ? `--${flag.name} ` : `--${flag.name} <${flag.argument}>`)
      expect(said).toContain(withoutIt(flag) ?? '')
    }
    for (const command of ['start', 'health', 'reset', 'clock', 'advance', 'requests']) expect(said).toContain(command)
    expect(said).toContain(variableOf(FLAGS.port))
  })

  test('the help of a command names its own flags', async () => {
    const { code, out } = await run(['advance', '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/advance \[options\] <how>[\s\S]*--url <url>[\s\S]*--world <id>/)
  })
})

describe('what it refuses, each in one line, with exit code 2', () => {
  test.for([
    ['an unknown flag', ['--prot', '1'], ["unknown option '--prot' (Did you mean --port?)"]],
    ['a flag without its value', ['--port'], ["option '--port <number>' argument missing"]],
    ['an unknown command', ['strat'], ['strat: is not known (did you mean start?)']],
    ['words too many', ['start', 'now'], ["too many arguments for 'start'. Expected 0 arguments but got 1."]],
    ['a command without its argument', ['advance'], ["missing required argument 'how'"]],
    [
      'several bad values',
      ['--port', 'x', '--auth', 'none'],
      [
        '--port: "x" cannot be read (expected a whole number from 0 to 65535)',
        '--auth: "none" cannot be read (expected one of verify, strict, off)'
      ]
    ],
    [
      'a bad form of the log',
      ['--log-format', 'xml'],
      ['--log-format: "xml" cannot be read (expected one of text, json)']
    ],
    [
      'a URL that is none',
      ['clock', '--url', 'nowhere'],
      ['--url: nowhere is no URL (expected one such as http://127.0.0.1:7420)']
    ],
    [
      'a clock before the seed',
      ['--clock-at', '2024-01-01T00:00:00Z'],
      ['--clock-at: 2024-01-01T00:00:00.000Z lies before rows of the seed (expected 2025-01-01T00:00:00.000Z or later)']
    ]
  ] as const)('%s', async ([, args, lines]) => {
    expect(await run(args)).toEqual({ code: 2, out: '', err: lines.map((line) => `snapstand: ${line}\n`).join('') })
  })

  test('a wrong variable', async () => {
    const { code, err } = await run([], { SNAPSTAND_MAX_WORLDS: 'many' })
    expect(code).toBe(2)
    expect(err).toBe(
      'snapstand: SNAPSTAND_MAX_WORLDS: "many" cannot be read (expected a whole number from 1 to 1000000)\n'
    )
  })

  test('a file name with a blank at its end', async () => {
    expect(await run(['seed', 'world.json '])).toMatchObject({
      code: 2,
      err: 'snapstand: file: "world.json " cannot be read (expected a path without blanks around it)\n'
    })
  })

  test('a wrong seed, with file, line, column, path and reason of every fault', async () => {
    const seed = await fileOf(
      'seed.yaml',
      'zenlayer:\n  disk: []\nbaidu:\n  volumes: [{ id: v-1, zoneName: cn-xx-a }]\n'
    )
    const { code, out, err } = await run(['--seed', seed])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(`snapstand: ${seed}:2:3 zenlayer.disk: is not known (did you mean disks?)\n`)
  })

  test('a configuration file that is not there', async () => {
    const { code, err } = await run(['--config', join(folder, 'none.yaml')])
    expect(code).toBe(2)
    expect(err).toMatch(/^snapstand: \S+none\.yaml: cannot be read: ENOENT.*\n$/)
  })
})

describe('where it cannot listen, exit code 1 and the way out', () => {
  test('a port in use', async () => {
    const other = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
    })
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const ended = await run(['--port', String(port)])
    await new Promise((resolve) => other.close(resolve))
    const line = `port ${port} of 127.0.0.1 is in use already; choose another with --port, or 0 for a free one`
    expect(ended).toEqual({ code: 1, out: '', err: `snapstand: ${line}\n` })
  })

  test('an address that is not this machine’s', async () => {
    const { code, err } = await run(['--host', '192.0.2.1', '--port', '0'])
    expect({ code, err }).toEqual({
      code: 1,
      err: 'snapstand: 192.0.2.1 is no address of this machine; name one with --host\n'
    })
  })
})

describe('a start that is told to be quiet', () => {
  test('prints nothing, tells its URL by the file, and logs objects if asked to', async () => {
    const urlFile = join(folder, 'quiet-url')
    const child = spawn(
      process.execPath,
      [CLI, '--port', '0', '--quiet', '--log-format', 'json', '--url-file', urlFile],
      {
        env: { PATH: process.env.PATH }
      }
    )
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text
    })
    const ended = once(child, 'close')
    expect(await run(['wait', '--url-file', urlFile])).toMatchObject({ code: 0 })
    const url = (await readFile(urlFile, 'utf8')).trim()
    expect((await fetch(`${url}/v2/nothing`)).status).toBe(404)
    child.kill('SIGTERM')
    await ended
    expect({ code: child.exitCode, out: said.out }).toEqual({ code: 0, out: '' })
    const lines = said.err.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ at: expect.any(String), level: 'info', message: expect.any(String) })
    )
  })
})

describe('a running server', () => {
  let server: Program
  beforeAll(async () => {
    server = await startProgram(['start', '--clock', 'manual'], { SNAPSTAND_LOG_LEVEL: 'info' })
  })
  afterAll(async () => {
    await server.stop()
  })
  const drive = (...args: string[]) => run([...args, '--url', server.url])
  const zenlayer = (action: string, body: object) =>
    fetch(`${server.url}/api/v2/zec`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' },
      body: JSON.stringify(body)
    })

  test('the banner names both endpoints and a line for each kind of client', () => {
    const authority = server.url.replace('http://', '')
    for (const line of [
      `Zenlayer ZEC  ${server.url}/api/v2/zec`,
      `Baidu BCC     ${server.url}/v2`,
      `Config{Scheme: "http", Domain: "${authority}"}`,
      `ZENLAYERCLOUD_DOMAIN=${authority}`,
      `bcc.NewClient(ak, sk, "${server.url}")`,
      `BCC_ENDPOINT=${server.url}`
    ]) {
      expect(server.banner).toContain(line)
    }
  })

  test('health tells that it is there', async () => {
    expect(await drive('health')).toMatchObject({ code: 0, out: expect.stringMatching(/^ok, Snapstand \d/), err: '' })
  })

  test('its clock is read, set and advanced', async () => {
    expect(await drive('clock')).toMatchObject({ code: 0, out: 'default: 2026-01-05T08:00:00.000Z manual\n' })
    expect(await drive('clock', 'manual', '2026-02-01T00:00:00Z')).toMatchObject({
      code: 0,
      out: 'default: 2026-02-01T00:00:00.000Z manual\n'
    })
    const created = await zenlayer('CreateSnapshot', {
      diskId: '1700000000000000102',
      snapshotName: 'nightly',
      retentionTime: '2026-02-04T00:00:00Z'
    })
    expect(created.status).toBe(200)
    const moved = await drive('advance', '7d')
    expect(moved.out).toBe(
      [
        'default: 2026-02-01T00:00:00.000Z → 2026-02-08T00:00:00.000Z',
        '  0 firings, 0 snapshots created, 1 expired, 0 completed',
        '  nothing is due next',
        ''
      ].join('\n')
    )
    expect(await drive('clock', '2026-02-09T00:00:00Z')).toMatchObject({ code: 0 })
  })

  test('a refusal of the server is told, with exit code 1', async () => {
    const back = await drive('advance', '2026-01-01T00:00:00Z')
    expect(back).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^snapstand: a clock is not advanced back/)
    })
    const wrong = await drive('advance', 'soon')
    expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/^snapstand: by is "soon"/) })
  })

  test('variables find it as flags do', async () => {
    const { port } = new URL(server.url)
    expect(await run(['clock', '--port', port])).toMatchObject({ code: 0 })
    expect(await run(['clock'], { SNAPSTAND_PORT: port })).toMatchObject({ code: 0 })
    const other = await run(['clock'], { SNAPSTAND_URL: server.url, SNAPSTAND_WORLD: 'other' })
    expect(other).toMatchObject({ code: 0, out: expect.stringMatching(/^other: /) })
  })
})

test('a variable that nothing reads is told, and no reason not to go on', async () => {
  const told = 'snapstand: SNAPSTAND_CLOK: is not known (did you mean SNAPSTAND_CLOCK?)\n'
  const server = await startProgram([], { SNAPSTAND_CLOK: 'manual' })
  expect(await run(['health', '--url', server.url], { SNAPSTAND_CLOK: 'manual' })).toMatchObject({ code: 0, err: told })
  expect(await server.stop()).toMatchObject({ code: 0, err: told })
})

test('--help says how secrets keep out of the list of processes', async () => {
  expect((await run(['--help'])).out.replaceAll(/\s+/g, ' ')).toContain(
    'variables and the --config file keep secrets (--key, --bearer, --control-token) out of that list'
  )
})

test('where no server is, that is told, and scripts see it', async () => {
  const { code, err } = await run(['health', '--url', 'http://127.0.0.1:1'])
  expect({ code, err }).toEqual({
    code: 3,
    err: 'snapstand: nothing answers at http://127.0.0.1:1; start it with snapstand, or name another with --url\n'
  })
})

test('a token is asked for, and sent by the commands that are told it', async () => {
  const server = await startProgram(['--control-token', 'hush'])
  try {
    expect(await run(['clock', '--url', server.url])).toMatchObject({ code: 1, err: expect.stringContaining('token') })
    const allowed = await run(['clock', '--url', server.url], { SNAPSTAND_CONTROL_TOKEN: 'hush' })
    expect(allowed).toMatchObject({ code: 0 })
  } finally {
    await server.stop()
  }
})

test.for(['SIGTERM', 'SIGINT'] as const)('%s ends it cleanly, also with an idle connection open', async (signal) => {
  const server = await startProgram()
  // fetch keeps its connection alive.
  await (await fetch(`${server.url}/_snapstand/health`)).text()
  expect(await server.stop(signal)).toMatchObject({ code: 0, err: '' })
})

test('a reader that has seen enough is no failure', async () => {
  const { spawn } = await import('node:child_process')
  const child = spawn('bash', ['-c', `node dist/cli.js --help | head -1; exit \${PIPESTATUS[0]}`], { cwd: ROOT })
  let err = ''
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})
