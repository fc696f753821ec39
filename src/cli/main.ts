import { Command, CommanderError, Option } from 'commander'
import { type Config, readConfig, readRemote } from '../config/config.ts'
import { FLAGS, type Flag, variableOf } from '../config/flags.ts'
import { secretsOf } from '../config/keys.ts'
import { createLog } from '../config/log.ts'
import { readVersion } from '../config/version.ts'
import { NoDatabase } from '../core/model/no-database.ts'
import { BadUsage, lineOf, unknownName } from '../documents/complaint.ts'
import { hiderOf } from '../documents/hiding.ts'
import { banner } from './banner.ts'
import {
  advance,
  exported,
  health,
  type Remote,
  RemoteRefused,
  readClock,
  requests,
  reset,
  seed,
  setClock
} from './remote.ts'

const USAGE_EXIT = 2

/** A way to end that is told in one line. */
class Failure extends Error {}

const version = readVersion()
const program = new Command('snapstand')
  .description('A local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC.')
  .usage('[command] [options]')
  .version(version, '--version', 'print the version')
  .helpOption('--help', 'print this help')
  .helpCommand(false)
  .allowExcessArguments(false)
  .exitOverride()
  .configureOutput({ outputError: () => {} })
  .addHelpText(
    'after',
    `
Each flag is also a variable, ${variableOf(FLAGS.port)} for --port, and a member of the --config file. Flags go before
variables, variables before the file; a list in a variable is separated by blanks. Commands that drive a running server
find it by --url, or else by --host and --port; SNAPSTAND_URL and SNAPSTAND_WORLD stand in for --url and --world.

  snapstand --port 8080 --clock manual --clock-at 2026-01-05T08:00:00Z
  snapstand advance 7d --world my-test`
  )

for (const flag of Object.values(FLAGS)) program.addOption(optionOf(flag))

program.command('start', { isDefault: true }).description('serve both clouds (without a command, too)').action(start)
remote('health', 'tell whether a server is there; exits with 1 if not').action((_, command) => drive(command, health))
remote('reset', 'put a world back to its starter seed and empty its journal').action((_, command) =>
  drive(command, reset)
)
remote('clock [mode-or-instant...]', 'tell a world’s clock, or set it: manual, system, 2026-01-05T08:00:00Z').action(
  (words: readonly string[], _, command) =>
    drive(command, (at) => (words.length === 0 ? readClock(at) : setClock(at, words)))
)
remote('advance <how>', 'move a world’s clock: 7d, 36h, P1M, an instant, or next').action((how: string, _, command) =>
  drive(command, (at) => advance(at, how))
)
remote('requests', 'list the newest calls of a world, the oldest of them first')
  .addOption(new Option('--limit <number>', 'how many').default('20'))
  .action((options: { readonly limit: string }, command) => drive(command, (at) => requests(at, options.limit)))

remote('seed <file>', 'put a seed or an export, YAML or JSON, in place of what a world holds').action(
  (file: string, _, command) => drive(command, (at) => seed(at, file))
)
remote('export', 'write all that a world holds to standard output, for seed or --seed')
  .addOption(new Option('--yaml', 'as YAML; without it as JSON'))
  .action(async (options: { readonly yaml?: true }, command) => {
    await exported(await readRemote(program.opts(), command.opts()), options.yaml === true, process.stdout)
  })
program.command('starter <file>', { hidden: true }).action(async (file: string) => {
  const [{ writeFile }, { plantedStarter }] = await Promise.all([import('node:fs/promises'), import('../server.ts')])
  await writeFile(file, plantedStarter())
})
program
  .command('schema')
  .description('write the JSON Schema of a seed to standard output: editors complete by it')
  .allowExcessArguments(false)
  .action(async () => {
    const { jsonSchema } = await import('./schema.ts')
    process.stdout.write(`${JSON.stringify(await jsonSchema(), null, 2)}\n`)
  })

// A reader that has seen enough, such as head, is no reason to fail; a server goes on without it.
let serving = false
process.stdout.on('error', () => {
  if (!serving) process.exit()
})
process.stderr.on('error', () => {})
run()

async function run(): Promise<void> {
  try {
    // Commander would take an unknown command for an argument of `start`.
    const [word] = process.argv.slice(2)
    const commands = program.commands.map((command) => command.name())
    if (word !== undefined && /^\w/.test(word) && !commands.includes(word)) {
      throw new BadUsage([{ where: word, ...unknownName(word, commands) }])
    }
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return
    if (error instanceof BadUsage) fail(USAGE_EXIT, error.complaints.map(lineOf))
    else if (error instanceof CommanderError)
      fail(USAGE_EXIT, [error.message.replace(/^error: /, '').replace('\n', ' ')])
    else if (error instanceof Failure || error instanceof RemoteRefused || error instanceof NoDatabase) {
      fail(1, [error.message])
    } else throw error
  }
}

function fail(code: number, lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`snapstand: ${line}\n`)
  process.exitCode = code
}

async function start(): Promise<void> {
  const config = await readConfig(program.opts())
  const { serve } = await import('../server.ts').catch((error: unknown) => {
    throw packageFailure(error) ?? error
  })
  serving = true
  const server = await serve(config, createLog(config.logLevel, hiderOf(secretsOf(config)))).catch((error: unknown) => {
    throw listenFailure(error, config) ?? error
  })
  let asked = false
  const end = () => {
    // Asked twice, nobody wants to wait for what is under way.
    if (asked) process.exit(1)
    asked = true
    server.close().catch((error: unknown) => {
      fail(1, [String(error)])
    })
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  process.stdout.write(banner(server.url, version, { control: config.control === 'on' }))
}

/** The one package that is not part of this program is not there. */
function packageFailure(error: unknown): Failure | undefined {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
  if (!isMissing || !error.message.includes('better-sqlite3')) return undefined
  return new Failure('better-sqlite3 is not installed beside Snapstand: run npm install')
}

/** Why the address cannot be had, in words and with the way out. */
function listenFailure(error: unknown, { host, port }: Config): Failure | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  const free = 'choose another with --port, or 0 for a free one'
  if (code === 'EADDRINUSE') return new Failure(`port ${port} of ${host} is in use already; ${free}`)
  if (code === 'EACCES') return new Failure(`port ${port} of ${host} is not open to this user; ${free}`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL') {
    return new Failure(`${host} is no address of this machine; name one with --host`)
  }
  return undefined
}

function optionOf(flag: Flag<unknown>): Option {
  const without = flag.without === undefined ? '' : ` (default: ${flag.without})`
  const repeated = flag.many ? ' (repeatable)' : ''
  const option = new Option(`--${flag.name} <${flag.argument}>`, `${flag.description}${repeated}${without}`)
  if (flag.many) option.argParser((text, before: readonly string[] = []) => [...before, text])
  return option
}

function remote(usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .addOption(new Option('--url <url>', 'the running server'))
    .addOption(new Option('--world <id>', 'the world (default: default; * is all)'))
    .allowExcessArguments(false)
}

async function drive(command: Command, work: (at: Remote) => Promise<string>): Promise<void> {
  process.stdout.write(await work(await readRemote(program.opts(), command.opts())))
}
