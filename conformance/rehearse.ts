// Makes fixtures/recorded/ anew: official clients, recorded on their way to a second Snapstand. README.md says how.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { clients, type Place } from './runner/clients.ts'
import { bareEnvironment, type Environment, execute, minded } from './runner/execute.ts'
import { install } from './runner/install.ts'
import { here, root, scratch } from './runner/paths.ts'
import { say } from './runner/say.ts'
import { buildSnapstand } from './runner/server.ts'

/** The clients that have a life to tell, and what the key of the other side is given by. */
const REHEARSED = {
  'zenlayer-python': {
    cloud: 'zenlayer',
    keyId: 'ZENLAYERCLOUD_ACCESS_KEY_ID',
    secret: 'ZENLAYERCLOUD_ACCESS_KEY_PASSWORD'
  },
  'baidu-python': { cloud: 'baidu', keyId: 'BAIDUCLOUD_ACCESS_KEY', secret: 'BAIDUCLOUD_SECRET_KEY' }
} as const
const KEY = { id: 'rehearsal-key-0001', secret: 'rehearsal-secret-0001' }
const SEED = join(root, 'fixtures', 'seeds', 'starter.yaml')
const LIMIT_MS = 2 * 60_000

mkdirSync(scratch, { recursive: true })
buildSnapstand()
for (const [name, { cloud, keyId, secret }] of Object.entries(REHEARSED)) {
  await rehearse(name, cloud, { [keyId]: KEY.id, [secret]: KEY.secret })
}

async function rehearse(name: string, cloud: string, credentials: Environment): Promise<void> {
  const client = clients[name]
  if (!client) throw new Error(`no client ${name}`)
  const home = mkdtempSync(join(scratch, 'home-'))
  const place: Place = { dir: join(here, name), work: join(scratch, name), home }
  mkdirSync(place.work, { recursive: true })
  const trouble = await install(client, place)
  if (trouble) throw new Error(trouble.skipped ?? trouble.problems.join('\n'))
  const folder = join(root, 'fixtures', 'recorded', name)
  rmSync(folder, { recursive: true, force: true })
  const env = bareEnvironment(home)
  const server = await started(
    ['start', '--port', '0', '--auth', 'strict', '--key', `${KEY.id}:${KEY.secret}`, '--seed', SEED],
    env
  )
  const recording = ['record', '--cloud', cloud, '--upstream', server.url, '--to', folder, '--seed', SEED, '--yes']
  const recorder = await started(recording, { ...env, ...credentials })
  const report = join(home, 'report.ndjson')
  writeFileSync(report, '')
  const [python = ''] = client.run(place).command
  const step = {
    command: [python, '-B', '-m', 'unittest', '-q', 'life'],
    env: { PYTHONPATH: [place.dir, join(here, 'harness', 'python')].join(delimiter), PYTHONWARNINGS: 'ignore' }
  }
  const told = { SNAPSTAND_URL: recorder.url, SNAPSTAND_CLIENT: name, SNAPSTAND_REPORT: report }
  const { code, output } = await execute(step, { ...env, ...told }, LIMIT_MS)
  const recorded = await recorder.stop()
  await server.stop()
  rmSync(home, { recursive: true, force: true })
  if (code !== 0 || recorded !== 0)
    throw new Error(`${name} ended with ${code}, the recorder with ${recorded}:\n${output}`)
  const { exchanges }: { readonly exchanges: number } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  say(`${name}: ${exchanges} exchanges`)
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
