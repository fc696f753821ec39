import { type Command, Option } from 'commander'
import type { Report } from '../compare/report.ts'
import type { Environment } from '../config/variables.ts'
import { BadUsage } from '../documents/complaint.ts'
import { EXIT, Failure } from './failure.ts'
import { type Options, textOf } from './options.ts'
import { type Terminal, table } from './terminal.ts'

export interface CompareSurroundings {
  readonly terminal: Terminal
  readonly env?: Environment | undefined
}

/** Adds the command that holds Snapstand against the other side. */
export function addCompare(program: Command, surroundings: CompareSurroundings): void {
  program
    .command('compare')
    .argument('[folder]', 'a recording, as snapstand record makes one')
    .description('tell where Snapstand differs from what was recorded of a cloud')
    .addOption(new Option('--settings <file>', 'write the settings that would explain differences, as JSON'))
    .addOption(new Option('--json', 'print what was found as JSON'))
    .addHelpText('after', AFTER_HELP)
    .allowExcessArguments(false)
    .action((folder: string | undefined, options: Options) => compare(folder, options, surroundings))
}

async function compare(folder: string | undefined, options: Options, { terminal }: CompareSurroundings): Promise<void> {
  if (folder === undefined) {
    const expected = 'expected the folder of a recording, such as snapstand record makes'
    throw new BadUsage([{ where: 'compare', reason: 'has nothing to compare with', expected }])
  }
  const { compareFolder } = await import('../compare/recorded.ts')
  const report = await compareFolder(folder, progressOn(terminal))
  await tellReport(report, options, terminal)
}

/** Prints what was found. Throws `Failure` where anything differs. */
async function tellReport(report: Report, options: Options, terminal: Terminal): Promise<void> {
  if (terminal.isWatched) terminal.stderr.write('\r\x1b[K')
  const file = textOf(options, 'settings')
  if (file !== undefined) await writeSettings(file, report.settings)
  terminal.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : textOfReport(report, terminal))
  const { length } = report.differences
  if (length > 0) throw new Failure(`${length} ${length === 1 ? 'difference' : 'differences'}`, EXIT.refused)
}

function progressOn({ isWatched, stderr }: Terminal): (replays: number) => void {
  return (replays) => {
    if (isWatched) stderr.write(`\rplayed ${replays} ${replays === 1 ? 'time' : 'times'}\x1b[K`)
  }
}

async function writeSettings(file: string, settings: Report['settings']): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`).catch((error: unknown) => {
    const reason = `${file} cannot be written: ${error instanceof Error ? error.message : error}`
    throw new BadUsage([{ where: '--settings', reason }])
  })
}

/** What was found, for people. */
export function textOfReport(
  { cloud, calls, notPlayed, clockAheadMs, differences, settings }: Report,
  { paint }: Terminal
): string {
  const played = calls - notPlayed.length
  const lines = [`${cloud}: ${played} of ${calls} calls played, ${differences.length} differences.`]
  for (const { call, reason } of notPlayed) lines.push(`Call ${call} was not played: ${reason}.`)
  if (clockAheadMs !== 0)
    lines.push(`The other clock was ahead by ${clockAheadMs / 1000} s; it was played at its time.`)
  const rows = differences.map(({ kind, operation, where, theirs, ours, calls: those, settings: named }) => [
    paint.bold(kind),
    operation,
    where,
    cut(theirs),
    cut(ours),
    `${those.slice(0, 3).join(', ')}${those.length > 3 ? ', …' : ''}`,
    named.join(', ')
  ])
  const heads = ['what', 'operation', 'where', 'there', 'here', 'calls', 'would go with']
  const found = rows.length === 0 ? '' : table(paint, heads, rows)
  const named = Object.entries(settings).map(([name, value]) => `  ${name}=${JSON.stringify(value)}\n`)
  const advice = named.length === 0 ? '' : `Settings that would make differences go:\n${named.join('')}`
  return `${lines.join('\n')}\n${found}${advice}`
}

const CELL_MAX = 48

function cut(text: string): string {
  return text.length > CELL_MAX ? `${text.slice(0, CELL_MAX - 1)}…` : text
}

const AFTER_HELP = `
The calls of a recording are played in a world that starts with what their answers show, at their times, with ids and
instants aligned. Exit code 0: nothing differs; 1: something does; 2: the command or the folder is wrong.

  snapstand compare recordings/life --settings found.json
  curl -X PATCH http://127.0.0.1:7420/_snapstand/settings --data @found.json -H 'content-type: application/json'`
