import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProxy } from '../../machines/server/proxy.ts'
import { type Client, clients, type Place } from './clients.ts'
import type { CommandLine } from './command-line.ts'
import { bareEnvironment, type Environment, execute } from './execute.ts'
import { flowsOf } from './flows.ts'
import { install, missingTool } from './install.ts'
import { whatItSaw } from './journal.ts'
import type { Outcome, Row } from './outcome.ts'
import { here, scratch } from './paths.ts'
import { say } from './say.ts'
import { type Server, startShards, startSnapstand } from './server.ts'

const LIMIT_MS = 4 * 60_000

/** What a client's program tells of a step, a line each. */
interface Told {
  readonly flow: number
  readonly step: string
  readonly ok: boolean
  readonly error?: string | null
}

/** Installs a client, and drives a server of its own with it. */
export async function conform(
  name: string,
  source: string | undefined,
  { tls, shards }: Pick<CommandLine, 'tls' | 'shards'>
): Promise<Outcome> {
  const client = clients[name]
  if (!client) throw new Error(`no client ${name}`)
  const place: Place = { dir: join(here, name), work: join(scratch, name), home: '', source }
  const version = `${client.version(place)}${source === undefined ? '' : ' (source)'}`
  const nothing: Outcome = { client: name, version, rows: [], problems: [], unused: new Map() }
  const skipped =
    tls && client.tls === false
      ? 'it has no way of its own to trust a certificate'
      : shards && !hasProxy('nginx')
        ? 'nginx is not installed'
        : missingTool(client)
  if (skipped !== undefined) return { ...nothing, skipped }
  mkdirSync(place.work, { recursive: true })
  say(`${name}: installing ${version}`)
  const notInstalled = await install(client, place)
  if (notInstalled) return { ...nothing, ...notInstalled }
  const server = shards ? await startShards(name) : await startSnapstand(name, tls)
  const home = mkdtempSync(join(scratch, 'home-'))
  try {
    return { ...nothing, ...(await drive(name, client, { ...place, home }, server)) }
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

async function drive(
  name: string,
  client: Client,
  place: Place,
  server: Server
): Promise<Pick<Outcome, 'rows' | 'problems' | 'unused'>> {
  const report = join(place.home, 'report.ndjson')
  writeFileSync(report, '')
  say(`${name}: running against ${server.endpoint}`)
  const env = {
    ...bareEnvironment(place.home),
    ...trusting(server.certificate),
    SNAPSTAND_URL: server.endpoint,
    SNAPSTAND_CLIENT: name,
    SNAPSTAND_REPORT: report
  }
  const { code, output } = await execute(client.run(place), env, LIMIT_MS)
  const told = toldIn(readFileSync(report, 'utf8'))
  const { calls, unused, unmatched } = await whatItSaw(server, name)
  const rows: Row[] = []
  const problems: string[] = []
  for (const [number, flow] of flowsOf(client)) {
    const own = told.filter((each) => String(each.flow) === number)
    const failed = own.filter((each) => !each.ok)
    const counts = { calls: calls[number] ?? 0, passed: own.length - failed.length, failed: failed.length }
    rows.push({ flow: `${number} ${flow}`, ...counts })
    for (const each of failed) problems.push(`flow ${number}, ${each.step}: ${String(each.error).trim()}`)
    if (own.length === 0) problems.push(`flow ${number} (${flow}) reported no step`)
  }
  // The framework has the last word: a program that failed outside of its steps failed.
  if (code !== 0) problems.push(`the program ended with ${code}:\n${output.trim().split('\n').slice(-25).join('\n')}`)
  for (const request of new Set(unmatched)) problems.push(`unmatched request: ${request}`)
  if (problems.length > 0) {
    writeFileSync(join(place.work, 'output.log'), `${output}\n---- Snapstand\n${server.log()}`)
  }
  return { rows, problems, unused }
}

/** Whatever a client is told by what to trust; this alone is trusted then, and nothing that the machine trusts. */
function trusting(certificate: string | undefined): Environment {
  if (certificate === undefined) return {}
  const names = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']
  return { ...Object.fromEntries(names.map((name) => [name, certificate])), SSL_CERT_DIR: '/nowhere' }
}

function toldIn(report: string): readonly Told[] {
  return report
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}
