// Makes fixtures/recorded/ anew: official clients, recorded on their way to a second Snapstand. README.md says how.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clients, type Place } from './runner/clients.ts'
import { rehearsalLine } from './runner/command-line.ts'
import { bareEnvironment, type Environment, execute, minded, type Step } from './runner/execute.ts'
import { install, missingTool } from './runner/install.ts'
import { here, root, scratch } from './runner/paths.ts'
import { say } from './runner/say.ts'
import { buildSnapstand } from './runner/server.ts'

const USAGE = 'npm run rehearse [-- client…] [--require] [--source client=DIR]'
/** What the key of the other side is given by. */
const CREDENTIALS = {
  zenlayer: { id: 'ZENLAYERCLOUD_ACCESS_KEY_ID', secret: 'ZENLAYERCLOUD_ACCESS_KEY_PASSWORD' },
  baidu: { id: 'BAIDUCLOUD_ACCESS_KEY', secret: 'BAIDUCLOUD_SECRET_KEY' }
} as const
const KEY = { id: 'rehearsal-key-0001', secret: 'rehearsal-secret-0001' }
const SEED = join(root, 'fixtures', 'seeds', 'starter.yaml')
const LIMIT_MS = 2 * 60_000

try {
  const options = rehearsalLine()
  if (options.help) console.log(USAGE)
  else process.exitCode = await rehearseAll(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

/** The exit code. */
async function rehearseAll({ names, sources, require }: ReturnType<typeof rehearsalLine>): Promise<number> {
  mkdirSync(scratch, { recursive: true })
  buildSnapstand()
  let code = 0
  for (const name of names) {
    const outcome = await rehearse(name, sources.get(name)).catch((error) => ({ problem: String(error) }))
    if ('exchanges' in outcome) say(`${name}: ${outcome.exchanges} exchanges`)
    else if ('skipped' in outcome) say(`${name}: skipped, ${outcome.skipped}`)
    else say(`${name}: ${outcome.problem}`)
    if ('problem' in outcome || (require && 'skipped' in outcome)) code = 1
  }
  return code
}

type Rehearsed = { readonly exchanges: number } | { readonly skipped: string } | { readonly problem: string }

/** The recording that was there is kept unless there is a new one, whole. */
async function rehearse(name: string, source: string | undefined): Promise<Rehearsed> {
  const client = clients[name]
  if (!client?.life) throw new Error(`no client ${name}`)
  const tool = missingTool(client)
  if (tool !== undefined) return { skipped: tool }
  const home = mkdtempSync(join(scratch, 'home-'))
  try {
    const place: Place = { dir: join(here, name), work: join(scratch, name), home, source }
    mkdirSync(place.work, { recursive: true })
    const trouble = await install(client, place)
    if (trouble?.skipped !== undefined) return { skipped: trouble.skipped }
    if (trouble) return { problem: trouble.problems.join('\n') }
    const folder = join(home, 'recording')
    const problem = await record(name, client.life(place), place, folder)
    if (problem !== undefined) return { problem }
    const kept = join(root, 'fixtures', 'recorded', name)
    rmSync(kept, { recursive: true, force: true })
    cpSync(folder, kept, { recursive: true })
    return JSON.parse(readFileSync(join(kept, 'manifest.json'), 'utf8'))
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** What went wrong, if so. */
async function record(name: string, life: Step, { home }: Place, folder: string): Promise<string | undefined> {
  const cloud = name.startsWith('zenlayer-') ? 'zenlayer' : 'baidu'
  const variables = CREDENTIALS[cloud]
  const credentials: Environment = { [variables.id]: KEY.id, [variables.secret]: KEY.secret }
  const env = bareEnvironment(home)
  const server = await started(
    ['start', '--port', '0', '--auth', 'strict', '--key', `${KEY.id}:${KEY.secret}`, '--seed', SEED],
    env
  )
  const recording = ['record', '--cloud', cloud, '--upstream', server.url, '--to', folder, '--seed', SEED, '--yes']
  const recorder = await started(recording, { ...env, ...credentials })
  const report = join(home, 'report.ndjson')
  writeFileSync(report, '')
  const told = { SNAPSTAND_URL: recorder.url, SNAPSTAND_CLIENT: name, SNAPSTAND_REPORT: report }
  const { code, output } = await execute(life, { ...env, ...told }, LIMIT_MS)
  const recorded = await recorder.stop()
  await server.stop()
  if (code === 0 && recorded === 0) return undefined
  return `the program ended with ${code}, the recorder with ${recorded}:\n${output}`
}

/** Waits for the line that says where it is. */
async function started(args: readonly string[], env: Environment) {
  const child: ChildProcess = minded(
    spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  )
  const ended = new Promise<number | null>((done) => child.on('close', done))
  const url = await new Promise<string>((found, failed) => {
    let printed = ''
    child.stdout?.on('data', (piece) => {
      printed += piece
      const [first] = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(printed) ?? []
      if (first !== undefined) found(first)
    })
    ended.then((code) => failed(new Error(`it ended with ${code} before it served`)))
  })
  const stop = () => {
    child.kill('SIGINT')
    return ended
  }
  return { url, stop }
}
