import { Argument, Command, CommanderError, Option } from 'commander'
import { ControlRefused, NoPath, Unreachable } from '../client/index.ts'
import { strangeVariables } from '../config/config.ts'
import { FLAGS, type Flag, variableOf, withoutIt } from '../config/flags.ts'
import type { Environment } from '../config/variables.ts'
import { NoDatabase } from '../core/model/no-database.ts'
import { BadUsage, linesOf } from '../documents/complaint.ts'
import { unknownName } from '../documents/words.ts'
import { COMMANDS, TOPICS } from './commands/index.ts'
import { addCompare } from './compare.ts'
import { completionOf, SHELLS, type Shell } from './completion.ts'
import { EXIT, Failure } from './failure.ts'
import { addRecord } from './record.ts'
import { addRemote } from './remote-commands.ts'
import { start } from './start.ts'
import type { Terminal } from './terminal.ts'

export interface CommandLineOptions {
  readonly version: string
  readonly terminal: Terminal
  /** Default: the process's own. */
  readonly env?: Environment | undefined
  /** Told when it begins to serve, which lasts. */
  readonly onServe?: () => void
  /** Settles when a recording is to end; default: at a signal. */
  readonly ended?: () => Promise<void>
}

const HELP = '-h, --help'

/** Runs a command line to its end, and gives back its exit code. Throws what is no fault of who typed it. */
export async function runCommandLine(words: readonly string[], options: CommandLineOptions): Promise<number> {
  const tell = (lines: readonly string[]) => {
    for (const line of lines) options.terminal.stderr.write(`snapstand: ${line}\n`)
  }
  const program = commandLine(options, () => tell(linesOf(strangeVariables(options.env))))
  try {
    // Commander would take an unknown command for an argument of `start`.
    commandIn(program, words)
    await program.parseAsync(words, { from: 'user' })
    return EXIT.done
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done
    const { code, lines } = endOf(error)
    tell(lines)
    return code
  }
}

/** How it is told what went wrong, and with which exit code. */
function endOf(error: unknown): { readonly code: number; readonly lines: readonly string[] } {
  if (error instanceof BadUsage) return { code: EXIT.usage, lines: linesOf(error.complaints, error.more) }
  if (error instanceof CommanderError) {
    return { code: EXIT.usage, lines: [error.message.replace(/^error: /, '').replace('\n', ' ')] }
  }
  if (error instanceof Failure) return { code: error.exitCode, lines: [error.message] }
  if (error instanceof NoPath) return { code: EXIT.usage, lines: [error.message] }
  if (error instanceof ControlRefused || error instanceof NoDatabase) {
    return { code: EXIT.refused, lines: error.message.split('\n') }
  }
  if (error instanceof Unreachable) {
    const way = error.isDistrusted
      ? 'or give the --url-file that the server got'
      : 'start it with snapstand, or name another with --url'
    return { code: EXIT.nobody, lines: [`${error.message}; ${way}`] }
  }
  throw error
}

function commandLine(options: CommandLineOptions, beforeAny: () => void): Command {
  const { version, terminal, onServe } = options
  const program = new Command('snapstand')
    .description('A local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC.')
    .usage('[command] [options]')
    .version(version, '--version', 'print the version')
    .helpOption(HELP, 'print this help')
    .helpCommand(false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      outputError: () => {}
    })
    .addHelpText('after', AFTER_HELP)
    .hook('preAction', beforeAny)

  for (const flag of Object.values(FLAGS)) program.addOption(optionOf(flag))
  program
    .command('start', { isDefault: true })
    .description('serve both clouds (without a command, too)')
    .action(() => {
      onServe?.()
      return start(program.opts(), version)
    })
  for (const command of COMMANDS) addRemote(program, command, TOPICS, options)
  addRecord(program, options)
  addCompare(program, options)
  program
    .command('schema [document]')
    .description('write the JSON Schema of a seed (without a word, too) or of a config file: editors complete by it')
    .action(async (document = 'seed') => {
      const { jsonSchema } = await import('./schema.ts')
      terminal.stdout.write(`${JSON.stringify(await jsonSchema(document, version), null, 2)}\n`)
    })
  program
    .command('init [folder]')
    .description(
      'write a configuration file and a seed to begin with, into this folder or another; nothing is overwritten'
    )
    .action(async (folder = '.') => {
      const { init } = await import('./init.ts')
      const written = await init(folder, version)
      terminal.stdout.write(`${written.join('\n')}\n`)
    })
  program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .description('write a script that completes commands and flags: source <(snapstand completion bash)')
    .action((shell: Shell) => {
      terminal.stdout.write(completionOf(program, Object.values(FLAGS), shell))
    })
  program
    .command('help [command...]')
    .description('print the help of a command')
    .action((words: readonly string[]) => commandIn(program, words, words.length).outputHelp())
  program.command('starter <file>', { hidden: true }).action(async (file: string) => {
    const [{ writeFile }, { plantedStarter }] = await Promise.all([import('node:fs/promises'), import('../server.ts')])
    await writeFile(file, plantedStarter())
  })
  return program
}

/**
 * The command that words begin with; at least so many of them must be words of commands. Throws `BadUsage` where one is
 * not, though only commands can stand there.
 */
function commandIn(program: Command, words: readonly string[], least = 0): Command {
  let command = program
  for (const [index, word] of words.entries()) {
    if (command.commands.length === 0 && index >= least) break
    const next = command.commands.find((each) => each.name() === word)
    if (!next) {
      if (!/^\w/.test(word)) break
      const where = words.slice(0, index + 1).join(' ')
      const known = command.commands.map((each) => each.name()).filter((name) => name !== 'starter')
      throw new BadUsage([{ where, ...unknownName(word, known) }])
    }
    command = next
  }
  return command
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

const AFTER_HELP = `
Each flag is also a variable, ${variableOf(FLAGS.port)} for --port, and a member of the --config file. Flags go before
variables, variables before the file; a list in a variable is separated by blanks. Every user of a machine can read the
flags of its processes: variables and the --config file keep secrets (--key, --bearer, --control-token) out of that list.
Commands that drive a running server find it by --url, or else by --host and --port, or by the file of --url-file that
the server writes; SNAPSTAND_URL and SNAPSTAND_WORLD stand in for --url and --world. They print for people, or with
--json what the server answers, and end with 0; with 1 if it refuses, 2 if the command is wrong, 3 if no server is there.

  snapstand --port 8080 --clock manual --clock-at 2026-01-05T08:00:00Z
  snapstand advance 7d --world my-test
  snapstand help checkpoint save`
