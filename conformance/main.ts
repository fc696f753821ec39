// Drives Snapstand with the unmodified official clients and prints one table. README.md beside this file says how.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { clients } from './runner/clients.ts'
import { type CommandLine, commandLine } from './runner/command-line.ts'
import { conform } from './runner/conform.ts'
import { type Outcome, remarks, table } from './runner/outcome.ts'
import { here, scratch } from './runner/paths.ts'
import { say } from './runner/say.ts'
import { buildSnapstand } from './runner/server.ts'

const USAGE = 'npm run conformance [-- client…] [--tls | --shards] [--require] [--source client=DIR] [--list]'

try {
  const options = commandLine()
  if (options.help) console.log(USAGE)
  else if (options.list) for (const name of options.names) console.log(`${name.padEnd(16)} ${versionOf(name)}`)
  else process.exitCode = await runAll(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

function versionOf(name: string): string {
  return clients[name]?.version({ dir: join(here, name), work: '', home: '' }) ?? ''
}

/** The exit code. */
async function runAll(options: CommandLine): Promise<number> {
  mkdirSync(scratch, { recursive: true })
  for (const left of readdirSync(scratch)) {
    if (left.startsWith('home-')) rmSync(join(scratch, left), { recursive: true })
  }
  buildSnapstand()
  const began = Date.now()
  const outcomes: Outcome[] = []
  for (const name of options.names) {
    const outcome = await conform(name, options.sources.get(name), options).catch((error) => failedToRun(name, error))
    const failed = outcome.problems.length
    say(`${name}: ${outcome.skipped ? `skipped, ${outcome.skipped}` : failed > 0 ? `${failed} problems` : 'passed'}`)
    for (const problem of outcome.problems) console.error(`  - ${problem.replaceAll('\n', '\n    ')}`)
    outcomes.push(outcome)
  }
  console.log(`\n${table(outcomes)}\n`)
  for (const remark of remarks(outcomes)) console.log(remark)
  console.log(`took ${Math.round((Date.now() - began) / 1000)} s`)
  const failed = outcomes.some(({ problems }) => problems.length > 0)
  return failed || (options.require && outcomes.some(({ skipped }) => skipped !== undefined)) ? 1 : 0
}

function failedToRun(client: string, error: unknown): Outcome {
  const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { client, version: '', rows: [], problems: [problem], unused: new Map() }
}
