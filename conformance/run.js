#!/usr/bin/env node
// Drives Snapstand with the unmodified official clients and prints one table. README.md beside this file says how.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const here = import.meta.dirname
const root = dirname(here)
const scratch = join(root, '.tmp', 'conformance')
const clockAt = '2026-01-05T08:00:00Z'
const worlds = 20
const minute = 60_000

/** @type {Record<number, string>} */
const flows = { 1: 'disk life', 2: 'snapshots', 3: 'policies', 4: 'refusals', 5: 'concurrency', 6: 'decoding' }

/**
 * How a client is found, installed and run. `install` and `run` give the command that does it, in `dir`.
 * @typedef {{ dir: string, work: string, source?: string, home: string }} Place
 * @typedef {{ command: string[], env?: Record<string, string>, cwd?: string }} Step
 * @typedef {object} Client
 * @property {string[][]} tools commands that must succeed, or the client is skipped
 * @property {string} [module] a Go module that not every module proxy has: `--source` names a checkout of it
 * @property {(place: Place) => string} version
 * @property {(place: Place) => Step[]} install
 * @property {(place: Place) => Step} run
 */

/** What is running now: a runner that is stopped takes it along. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

/** @param {import('node:child_process').ChildProcess} child */
function minded(child) {
  running.add(child)
  child.on('close', () => running.delete(child))
}

/** @param {string} packageName @returns {Client} */
function python(packageName) {
  const bin = (/** @type {Place} */ place) =>
    join(place.work, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python')
  return {
    tools: [['python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))']],
    version: ({ dir }) => pinned(join(dir, 'requirements.txt'), new RegExp(`^${packageName}==(.+)$`, 'm')),
    install: (place) => [
      { command: ['python3', '-m', 'venv', '--clear', join(place.work, 'venv')] },
      // The file pins what the packages need, too: nothing is resolved here.
      { command: [bin(place), '-m', 'pip', 'install', '-q', '--no-deps', '-r', join(place.dir, 'requirements.txt')] },
      { command: [bin(place), '-m', 'pip', 'check', '-q'] }
    ],
    run: (place) => ({
      command: [bin(place), '-B', '-m', 'unittest', '-q', 'test_flows'],
      env: { PYTHONPATH: [place.dir, join(here, 'harness', 'python')].join(delimiter), PYTHONWARNINGS: 'ignore' }
    })
  }
}

/** @param {string} module @param {boolean} everywhere whether every module proxy has it @returns {Client} */
function go(module, everywhere) {
  const harness = join(here, 'harness', 'go')
  return {
    tools: [['go', 'version']],
    ...(everywhere ? {} : { module }),
    version: ({ dir }) => pinned(join(dir, 'go.mod'), new RegExp(`${module} v(\\S+)`)),
    install: ({ work, source, dir }) => [
      { command: ['go', 'mod', 'edit', `-replace=snapstand.conformance/harness=${harness}`], cwd: fresh(dir, work) },
      ...(source ? [{ command: ['go', 'mod', 'edit', `-replace=${module}=${source}`], cwd: work }] : []),
      { command: ['go', 'mod', 'download'], cwd: work },
      {
        command: ['go', 'test', '-c', '-o', join(work, 'flows.test'), '.'],
        cwd: work,
        env: everywhere ? {} : { GOFLAGS: `${process.env.GOFLAGS ?? ''} -mod=mod`.trim() }
      }
    ],
    run: ({ work }) => ({ command: [join(work, 'flows.test'), '-test.timeout=4m'], cwd: work })
  }
}

/** @type {Record<string, Client>} */
const clients = {
  'zenlayer-python': python('zenlayercloud-sdk-python'),
  'zenlayer-go': go('github.com/zenlayer/zenlayercloud-sdk-go', false),
  'baidu-python': python('bce-python-sdk'),
  'baidu-python-v2': python('baiducloud-python-sdk-bcc'),
  'baidu-go': go('github.com/baidubce/bce-sdk-go', true),
  'baidu-go-v2': go('github.com/baidubce/baiducloud-go-sdk', false),
  'baidu-js': {
    tools: [['npm', '--version']],
    version: ({ dir }) => pinned(join(dir, 'package.json'), /"@baiducloud\/sdk": "(.+)"/),
    install: ({ dir, work }) => [
      {
        command: ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        cwd: fresh(dir, work)
      }
    ],
    run: ({ work }) => ({ command: [process.execPath, 'flows.test.js'], cwd: work })
  },
  'baidu-java': {
    tools: [
      ['javac', '--release', '17', '-version'],
      ['mvn', '-v']
    ],
    version: ({ dir }) =>
      pinned(join(dir, 'pom.xml'), /<artifactId>bce-java-sdk<\/artifactId>\s*<version>(.+)<\/version>/),
    // Surefire fetches its JUnit part only when it runs a test, so it runs one that needs no server.
    install: ({ dir, work }) => [{ command: ['mvn', '-B', '-q', '-Dtest=HarnessTest', 'test'], cwd: fresh(dir, work) }],
    run: ({ work, home }) => ({
      command: ['mvn', '-o', '-B', '-q', '-Dtest=FlowsTest', `-DargLine=-Duser.home=${home}`, 'surefire:test'],
      cwd: work
    })
  }
}

/** @param {string} file @param {RegExp} pattern */
function pinned(file, pattern) {
  const found = pattern.exec(readFileSync(file, 'utf8'))
  if (!found?.[1]) throw new Error(`no pinned version in ${file}`)
  return found[1]
}

/** Copies the program into the scratch folder, where tools may write. @param {string} dir @param {string} work */
function fresh(dir, work) {
  cpSync(dir, work, { recursive: true })
  return work
}

/**
 * Runs a command to its end; what it prints is kept and shown only when it fails.
 * @param {Step} step @param {Record<string, string | undefined>} env @param {number} limitMs
 * @returns {Promise<{ code: number, output: string }>}
 */
function execute(step, env, limitMs) {
  return new Promise((done) => {
    const [file = '', ...args] = step.command
    const child = spawn(file, args, {
      cwd: step.cwd ?? here,
      env: { ...env, ...step.env },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    minded(child)
    let output = ''
    const timer = setTimeout(() => {
      output += `\nstopped: it took longer than ${limitMs / 1000} s\n`
      child.kill('SIGKILL')
    }, limitMs)
    child.stdout.on('data', (data) => {
      output += data
    })
    child.stderr.on('data', (data) => {
      output += data
    })
    child.on('error', (error) => {
      output += String(error)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code: code ?? 1, output })
    })
  })
}

/** The environment of a run: no proxies, a temporary home; Go's caches stay where they are. @param {string} home */
function bareEnvironment(home) {
  /** @type {Record<string, string | undefined>} */
  const env = { ...process.env, HOME: home, USERPROFILE: home, TMPDIR: home }
  for (const name of Object.keys(env)) if (/_proxy$/i.test(name) || name.startsWith('SNAPSTAND_')) delete env[name]
  return env
}

function build() {
  const built = spawnSync(process.execPath, ['build.js', '--if-stale'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`)
}

/** @param {string} client @returns {string[]} every access key of a client; the secret is made from the key */
function keysOf(client) {
  return [
    ...Object.keys(flows).map((flow) => `${client}-f${flow}`),
    ...Array.from({ length: worlds }, (_, n) => `${client}-w${n + 1}`)
  ]
}

/**
 * @param {string} client
 * @returns {Promise<{ url: string, stop: () => Promise<void>, log: () => string }>}
 */
async function startSnapstand(client) {
  const keys = keysOf(client).flatMap((key) => ['--key', `${key}:secret-of-${key}`])
  const args = [
    'start',
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--auth',
    'strict',
    '--clock',
    'manual',
    '--clock-at',
    clockAt
  ]
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'cli.js'), ...args, '--seed', join(here, 'seed.yaml'), ...keys],
    {
      env: bareEnvironment(scratch),
      stdio: ['ignore', 'pipe', 'pipe']
    }
  )
  minded(child)
  let log = ''
  child.stderr.on('data', (data) => {
    log += data
  })
  const ended = new Promise((done) => child.on('close', done))
  const url = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`Snapstand did not say its address:\n${log}`)), 20_000)
    ended.then(() => failed(new Error(`Snapstand did not start:\n${log}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      log += `${line}\n`
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
      if (!address) return
      clearTimeout(timer)
      found(address[0])
    })
  })
  return {
    url,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(late)
    }
  }
}

/**
 * @typedef {{ world: string | null, operation: string | null, status: number, code: string | null, method: string, url: string, unused?: string[] }} Call
 * @param {string} url @param {string} world
 * @returns {Promise<{ entries: Call[], calls: number }>}
 */
async function journal(url, world) {
  const answer = await fetch(`${url}/_snapstand/requests?world=${encodeURIComponent(world)}&limit=10000`)
  if (!answer.ok) throw new Error(`GET /_snapstand/requests?world=${world}: ${answer.status} ${await answer.text()}`)
  const { requests, added } = /** @type {{ requests: Call[], added: number }} */ (await answer.json())
  return { entries: requests, calls: added }
}

/** A refused signature is not an unmatched request, whatever was asked. */
const refusals =
  /^(AUTHFAILURE_(INVALID|SIGNATURE).*|AccessDenied|InvalidHTTPAuthHeader|InvalidAccessKeyId|SignatureDoesNotMatch|RequestExpired)$/

/**
 * What the server saw: calls per flow, unmatched requests, fields that were sent and not used.
 * @param {string} url @param {string} client
 */
async function whatItSaw(url, client) {
  /** @type {Record<string, number>} */
  const calls = Object.fromEntries(Object.keys(flows).map((flow) => [flow, 0]))
  /** @type {Map<string, number>} */
  const unused = new Map()
  const unmatched = []
  const seen = [
    ...keysOf(client).map((key) => ({ key, flow: /-f(\d)$/.exec(key)?.[1] ?? '5' })),
    { key: '*', flow: '4' }
  ]
  for (const { key, flow } of seen) {
    const { entries, calls: made } = await journal(url, key)
    const own = key === '*' ? entries.filter((entry) => entry.world === null) : entries
    calls[flow] = (calls[flow] ?? 0) + (key === '*' ? own.length : made)
    for (const entry of own) {
      for (const field of entry.unused ?? []) {
        const name = `${entry.operation} ${field}`
        unused.set(name, (unused.get(name) ?? 0) + 1)
      }
      if (entry.operation === null && !refusals.test(entry.code ?? ''))
        unmatched.push(`${entry.method} ${entry.url.replace(/\?.*/, '')}: ${entry.status} ${entry.code}`)
    }
  }
  return { calls, unused, unmatched }
}

/** @typedef {{ client: string, version: string, rows: { flow: string, calls: number, passed: number, failed: number }[], problems: string[], unused: Map<string, number>, skipped?: string }} Outcome */

/**
 * @param {string} name @param {string | undefined} source
 * @returns {Promise<Outcome>}
 */
async function conform(name, source) {
  const client = clients[name]
  if (!client) throw new Error(`no client ${name}`)
  const place = { dir: join(here, name), work: join(scratch, name), home: '', ...(source ? { source } : {}) }
  /** @type {Outcome} */
  const outcome = { client: name, version: client.version(place), rows: [], problems: [], unused: new Map() }
  for (const [tool = '', ...args] of client.tools) {
    const tried = spawnSync(tool, args, { encoding: 'utf8' })
    if (tried.status !== 0)
      return { ...outcome, skipped: tried.error ? `${tool} is not installed` : `${tool} is too old or lacks a part` }
  }
  if (source) outcome.version += ' (source)'
  mkdirSync(place.work, { recursive: true })
  say(`${name}: installing ${outcome.version}`)
  const installed = await install(client, place)
  if (installed) return { ...outcome, ...installed }
  const snapstand = await startSnapstand(name)
  try {
    place.home = mkdtempSync(join(scratch, 'home-'))
    const report = join(place.home, 'report.ndjson')
    writeFileSync(report, '')
    say(`${name}: running against ${snapstand.url}`)
    const step = client.run(place)
    const env = {
      ...bareEnvironment(place.home),
      SNAPSTAND_URL: snapstand.url,
      SNAPSTAND_CLIENT: name,
      SNAPSTAND_REPORT: report
    }
    const { code, output } = await execute(step, env, 4 * minute)
    const steps = readFileSync(report, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    const saw = await whatItSaw(snapstand.url, name)
    for (const [number, flow] of Object.entries(flows)) {
      const own = steps.filter((each) => String(each.flow) === number)
      const failed = own.filter((each) => !each.ok)
      outcome.rows.push({
        flow: `${number} ${flow}`,
        calls: saw.calls[number] ?? 0,
        passed: own.length - failed.length,
        failed: failed.length
      })
      for (const each of failed) outcome.problems.push(`flow ${number}, ${each.step}: ${String(each.error).trim()}`)
      if (own.length === 0) outcome.problems.push(`flow ${number} (${flow}) reported no step`)
    }
    // The framework has the last word: a program that failed outside of its steps failed.
    if (code !== 0)
      outcome.problems.push(`the program ended with ${code}:\n${output.trim().split('\n').slice(-25).join('\n')}`)
    for (const request of new Set(saw.unmatched)) outcome.problems.push(`unmatched request: ${request}`)
    outcome.unused = saw.unused
    if (outcome.problems.length > 0)
      writeFileSync(join(place.work, 'output.log'), `${output}\n---- Snapstand\n${snapstand.log()}`)
  } finally {
    await snapstand.stop()
    if (place.home) rmSync(place.home, { recursive: true, force: true })
  }
  return outcome
}

/**
 * Installs unless the very same was installed before.
 * @param {Client} client @param {Place} place
 * @returns {Promise<{ skipped: string } | { problems: string[] } | undefined>}
 */
async function install(client, place) {
  const locks = ['requirements.txt', 'package-lock.json', 'pom.xml']
    .map((file) => join(place.dir, file))
    .filter(existsSync)
  const stamp = createHash('sha256')
    .update(locks.map((file) => readFileSync(file, 'utf8')).join())
    .digest('hex')
  const stampFile = join(place.work, '.installed')
  // Go has caches of its own and compiles the program in this step, so it always runs.
  if (locks.length > 0 && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    fresh(place.dir, place.work)
    if (!existsSync(join(place.work, 'pom.xml'))) return undefined
  }
  for (const step of client.install(place)) {
    const { code, output } = await execute(step, process.env, 5 * minute)
    if (code === 0) continue
    const why = output.trim().split('\n').slice(-15).join('\n')
    // Not to be had is not the same as broken: a proxy that cannot be reached is a failure like any other.
    const refused =
      /\b(403|404|410) [A-Z]\w+|not found|unknown revision|github\.com: no such host|unable to access/.exec(why)?.[0]
    if (refused && client.module && !place.source && step.command.includes('download')) {
      return { skipped: `the module proxy does not have ${client.module} (${refused}): give a checkout with --source` }
    }
    return { problems: [`installing failed: ${step.command.join(' ')}\n${why}`] }
  }
  writeFileSync(stampFile, stamp)
  return undefined
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`)
}

/** @param {string} client @param {Error} error @returns {Outcome} */
function failedToRun(client, error) {
  return { client, version: '', rows: [], problems: [String(error.stack ?? error)], unused: new Map() }
}

/** @param {Outcome[]} outcomes */
function table(outcomes) {
  const head = ['client', 'version', 'flow', 'calls', 'passed', 'failed']
  const rows = outcomes.flatMap(({ client, version, rows: own, skipped }) => {
    if (skipped) return [[client, version, 'skipped', '-', '-', '-']]
    if (own.length === 0) return [[client, version, 'not run', '-', '-', '1']]
    return own.map(({ flow, calls, passed, failed }) => [
      client,
      version,
      flow,
      String(calls),
      String(passed),
      String(failed)
    ])
  })
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}

function commandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      require: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
      source: { type: 'string', multiple: true }
    }
  })
  /** @type {Record<string, string>} */
  const sources = {}
  for (const given of values.source ?? []) {
    const [name = '', dir = ''] = given.split(/=(.*)/s)
    if (!clients[name]?.module)
      throw new Error(
        `--source ${given}: it is for ${Object.keys(clients)
          .filter((each) => clients[each]?.module)
          .join(' and ')}`
      )
    if (!dir || !statSync(dir, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`--source ${given}: no such folder`)
    sources[name] = resolve(dir)
  }
  const unknown = positionals.find((name) => !clients[name])
  if (unknown) throw new Error(`no client ${unknown}; there are ${Object.keys(clients).join(', ')}`)
  return { ...values, sources, names: positionals.length > 0 ? positionals : Object.keys(clients) }
}

async function main() {
  const options = commandLine()
  if (options.help) return console.log('npm run conformance [-- client…] [--require] [--source client=DIR] [--list]')
  if (options.list) {
    for (const name of options.names)
      console.log(`${name.padEnd(16)} ${clients[name]?.version({ dir: join(here, name), work: '', home: '' })}`)
    return
  }
  mkdirSync(scratch, { recursive: true })
  for (const left of readdirSync(scratch))
    if (left.startsWith('home-')) rmSync(join(scratch, left), { recursive: true })
  build()
  const began = Date.now()
  /** @type {Outcome[]} */
  const outcomes = []
  for (const name of options.names) {
    const outcome = await conform(name, options.sources[name]).catch((error) => failedToRun(name, error))
    const failed = outcome.problems.length
    say(`${name}: ${outcome.skipped ? `skipped, ${outcome.skipped}` : failed > 0 ? `${failed} problems` : 'passed'}`)
    for (const problem of outcome.problems) console.error(`  - ${problem.replaceAll('\n', '\n    ')}`)
    outcomes.push(outcome)
  }
  console.log(`\n${table(outcomes)}\n`)
  for (const { client, skipped } of outcomes) if (skipped) console.log(`skipped: ${client}: ${skipped}`)
  const ran = outcomes.filter((each) => !each.skipped)
  const unmatched = ran.flatMap((each) => each.problems.filter((problem) => problem.startsWith('unmatched')))
  console.log(`unmatched requests: ${unmatched.length === 0 ? 'none' : unmatched.length}`)
  console.log('fields that were sent and not used:')
  for (const { client, unused } of ran) {
    const list = [...unused].sort(([a], [b]) => a.localeCompare(b)).map(([name, times]) => `${name} ×${times}`)
    console.log(`  ${client}: ${list.join(', ') || 'none'}`)
  }
  console.log(`took ${Math.round((Date.now() - began) / 1000)} s`)
  const skipped = outcomes.some((each) => each.skipped)
  if (ran.some((each) => each.problems.length > 0) || (options.require && skipped)) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
