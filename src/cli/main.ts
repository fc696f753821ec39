import { Command, CommanderError, Option } from 'commander'
import { readRemote, strangeVariables } from '../config/config.ts'
import { FLAGS, type Flag, variableOf, withoutIt } from '../config/flags.ts'
import { readVersion } from '../config/version.ts'
import { NoDatabase } from '../core/model/no-database.ts'
import { BadUsage, linesOf } from '../documents/complaint.ts'
import { unknownName } from '../documents/words.ts'
import type { RemoteCommand } from './command.ts'
import { advance } from './commands/advance.ts'
import { clock } from './commands/clock.ts'
import { exportState } from './commands/export.ts'
import { health } from './commands/health.ts'
import { requests } from './commands/requests.ts'
import { reset } from './commands/reset.ts'
import { seed } from './commands/seed.ts'
import { Failure } from './failure.ts'
import { RemoteRefused } from './remote.ts'
import { start } from './start.ts'

const USAGE_EXIT = 2

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
variables, variables before the file; a list in a variable is separated by blanks. Every user of a machine can read the
flags of its processes: variables and the --config file keep secrets (--key, --bearer, --control-token) out of that list.
Commands that drive a running server find it by --url, or else by --host and --port, or by the file of --url-file that
the server writes; SNAPSTAND_URL and SNAPSTAND_WORLD stand in for --url and --world.

  snapstand --port 8080 --clock manual --clock-at 2026-01-05T08:00:00Z
  snapstand advance 7d --world my-test`
  )
  .hook('preAction', () => {
    tell(linesOf(strangeVariables()))
  })

for (const flag of Object.values(FLAGS)) program.addOption(optionOf(flag))

program
  .command('start', { isDefault: true })
  .description('serve both clouds (without a command, too)')
  .action(() => {
    serving = true
    return start(program.opts(), version)
  })
for (const command of [health, reset, clock, advance, requests, seed, exportState]) addRemote(command)
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
    if (error instanceof BadUsage) fail(USAGE_EXIT, linesOf(error.complaints, error.more))
    else if (error instanceof CommanderError)
      fail(USAGE_EXIT, [error.message.replace(/^error: /, '').replace('\n', ' ')])
    else if (error instanceof Failure || error instanceof RemoteRefused || error instanceof NoDatabase) {
      fail(1, [error.message])
    } else throw error
  }
}

function fail(code: number, lines: readonly string[]): void {
  tell(lines)
  process.exitCode = code
}

function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`snapstand: ${line}\n`)
}

function optionOf(flag: Flag<unknown>): Option {
  const preset = withoutIt(flag)
  const without = preset === undefined ? '' : ` (default: ${preset})`
  const repeated = flag.many ? ' (repeatable)' : ''
  const usage = flag.argument === '' ? `--${flag.name}` : `--${flag.name} <${flag.argument}>`
  const option = new Option(usage, `${flag.description}${repeated}${without}`)
  if (flag.many) option.argParser((text, before: readonly string[] = []) => [...before, text])
  return option
}

function addRemote({ usage, description, options = [], run: work }: RemoteCommand): void {
  const command = program
    .command(usage)
    .description(description)
    .addOption(new Option('--url <url>', 'the running server'))
    .addOption(new Option('--world <id>', 'the world (default: default; * is all)'))
    .allowExcessArguments(false)
  for (const option of options) {
    command.addOption(new Option(option.flags, option.description).default(option.preset))
  }
  command.action(async () => {
    const at = await readRemote(program.opts(), command.opts())
    process.stdout.write(await work(at, command.args, command.opts()))
  })
}
