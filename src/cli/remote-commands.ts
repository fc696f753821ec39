import { type Command, Option } from 'commander'
import { connect } from '../client/index.ts'
import { readRemote } from '../config/config.ts'
import type { Environment } from '../config/variables.ts'
import type { RemoteCommand } from './command.ts'
import { EXIT, Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'
import { trust } from './trust.ts'

interface Surroundings {
  readonly terminal: Terminal
  readonly env?: Environment | undefined
}

/** Adds a command that drives a running server, below its topic where it has two words. */
export function addRemote(
  program: Command,
  { usage, description, options = [], isDefault = false, isPatient = false, run }: RemoteCommand,
  topics: Readonly<Record<string, string>>,
  { terminal, env }: Surroundings
): void {
  const [topic = '', ...rest] = usage.split(' ')
  const about = topics[topic]
  const parent = about === undefined ? program : topicIn(program, topic, about)
  const command = parent
    .command(about === undefined ? usage : rest.join(' '), { isDefault })
    .description(description)
    .addOption(new Option('--url <url>', 'the running server'))
    .addOption(new Option('--world <id>', 'the world (default: default; * is all)'))
    .addOption(new Option('--json', 'print what the server answers, as it is'))
    .allowExcessArguments(false)
  for (const option of options) {
    command.addOption(new Option(option.flags, option.description).default(option.preset))
  }
  command.action(async () => {
    const locate = () => readRemote(program.opts(), command.opts(), env)
    const at = await locate()
    if (at.unwritten !== undefined && !isPatient) {
      throw new Failure(
        `no server has written ${at.unwritten}; start it with this --url-file, or name another with --url`,
        EXIT.nobody
      )
    }
    if (at.trusted !== undefined) await trust(at.trusted)
    const own: Readonly<Record<string, unknown>> = command.opts()
    const isJson = own.json === true
    await using server = connect(at.url, { token: at.token })
    const world = server.world(at.world)
    const words = command.args
    const told = await run({ at, server, world, words, options: own, isJson, terminal, locate })
    if (told === undefined) return
    if (!isJson) terminal.stdout.write(told.text)
    else if (told.answer !== undefined) terminal.stdout.write(`${JSON.stringify(told.answer)}\n`)
  })
}

function topicIn(program: Command, name: string, about: string): Command {
  return (
    program.commands.find((each) => each.name() === name) ?? program.command(name).description(about).helpCommand(false)
  )
}
