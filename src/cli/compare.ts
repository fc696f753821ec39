import { type Command, Option } from 'commander'
import type { UpstreamReport } from '../compare/asking/upstream.ts'
import type { Effort } from '../compare/explaining/explain.ts'
import type { Report } from '../compare/report.ts'
import { readCredentials } from '../config/config.ts'
import type { Environment } from '../config/variables.ts'
import { BadUsage } from '../documents/complaint.ts'
import { UpstreamSilent } from '../upstream/upstream-silent.ts'
import { comparisonText, upstreamText } from './comparison-text.ts'
import { confirm } from './confirm.ts'
import { EXIT, Failure } from './failure.ts'
import { certificateOf, durationOf, type Options, textOf } from './options.ts'
import { toldToEnd } from './signals.ts'
import type { Terminal } from './terminal.ts'

export interface CompareSurroundings {
  readonly terminal: Terminal
  readonly env?: Environment | undefined
  /** Settles when it is to end before its time; default: at a signal. */
  readonly ended?: (() => Promise<void>) | undefined
}

/** Adds the command that holds Snapstand against the other side. */
export function addCompare(program: Command, surroundings: CompareSurroundings): void {
  program
    .command('compare')
    .argument('[folder]', 'a recording, as snapstand record makes one')
    .description('tell where Snapstand differs from what was recorded of a cloud, or from the cloud itself')
    .addOption(new Option('--settings <file>', 'write the settings that would explain differences, as JSON'))
    .addOption(new Option('--no-explain', 'look for no settings that would explain differences, which takes seconds'))
    .addOption(new Option('--json', 'print what was found as JSON'))
    .addOption(new Option('--upstream <url>', 'ask the cloud itself, by a catalogue of probes'))
    .addOption(new Option('--cloud <name>', 'zenlayer or baidu'))
    .addOption(new Option('--write', 'make small things there, too, and remove them in the end'))
    .addOption(new Option('--budget <amounts>', 'what may be spent (default: calls=600,disks=12,gib=260)'))
    .addOption(new Option('--tag <name>', 'what names of things that are made begin with').default('snapstand-compare'))
    .addOption(new Option('--zone <id>', 'where things are made (default: the first zone)'))
    .addOption(
      new Option('--instance <id>', 'one of yours that disks may be attached to; without it no probe does that')
    )
    .addOption(new Option('--only <questions>', 'these probes alone, by the numbers of their questions: 13,15a'))
    .addOption(new Option('--poll <duration>', 'how long to wait before a state is asked for again').default('2s'))
    .addOption(new Option('--ca <file>', 'a certificate that is trusted beside those that this machine trusts, in PEM'))
    .addOption(new Option('--yes', 'do not ask whether calls that may cost money are meant'))
    .addHelpText('after', AFTER_HELP)
    .allowExcessArguments(false)
    .action((folder: string | undefined, options: Options) => compare(folder, options, surroundings))
}

async function compare(folder: string | undefined, options: Options, surroundings: CompareSurroundings): Promise<void> {
  const { terminal } = surroundings
  const effort = effortFor(options, terminal)
  if (textOf(options, 'upstream') !== undefined) {
    if (folder === undefined) return compareLive(options, surroundings, effort)
    const expected = 'expected a folder, or --upstream'
    throw new BadUsage([{ where: '--upstream', reason: `stands beside ${folder}`, expected }])
  }
  if (folder === undefined) {
    const expected = 'expected the folder of a recording, such as snapstand record makes, or --upstream with a URL'
    throw new BadUsage([{ where: 'compare', reason: 'has nothing to compare with', expected }])
  }
  const { compareFolder } = await import('../compare/recorded.ts')
  const report = await compareFolder(folder, effort)
  await tell(report, comparisonText(report, terminal.paint), options, terminal)
  failFor(report)
}

async function compareLive(
  options: Options,
  { terminal, env, ended = toldToEnd }: CompareSurroundings,
  effort: Effort
): Promise<void> {
  const [{ callsAtMost, compareUpstream, probesFor }, { comparedCloud }, { budgetIn }, { upstreamOf }] =
    await Promise.all([
      import('../compare/asking/upstream.ts'),
      import('../compare/recorded.ts'),
      import('../compare/asking/budget.ts'),
      import('../upstream/target.ts')
    ])
  const url = upstreamOf(textOf(options, 'upstream') ?? '')
  const cloud = comparedCloud(textOf(options, 'cloud') ?? '', '--cloud')
  const budget = budgetIn(textOf(options, 'budget'))
  const credentials = readCredentials(cloud.provider, env)
  const tag = tagIn(options)
  const isWriting = options.write === true
  const instance = textOf(options, 'instance')
  const pollMs = durationOf(options, 'poll') ?? 0
  const ca = await certificateOf(options)
  const probes = chosen(probesFor(cloud, isWriting, instance !== undefined), textOf(options, 'only'))
  const most = Math.min(callsAtMost(probes), budget.calls)
  const what = `${probes.length} probes ask ${url.origin} as the key of ${cloud.provider.credentialVariables.keyId}, in ${most} calls at most, beside the lists that tell what is there`
  const plan: [string, ...string[]] = isWriting
    ? [
        `${what}; what they make costs money: up to ${budget.disks} disks with ${budget.gib} GiB in all, their snapshots, and policies.`,
        `Names of all of it begin with ${tag}-, and it is removed in the end, on Ctrl-C too.`
      ]
    : [`${what}; nothing is made or changed there.`]
  if (isWriting) await confirm(terminal, plan, options.yes === true)
  else terminal.stderr.write(`${plan.join('\n')}\n`)
  const interruption = new AbortController()
  ended().then(() => interruption.abort(new Failure('interrupted before all was asked', EXIT.refused)))
  const { report, broken } = await compareUpstream({
    ...{ url, cloud, credentials, budget, tag, isWriting, instance, pollMs, probes, ca },
    zone: textOf(options, 'zone'),
    signal: interruption.signal,
    tell: (line) => terminal.stderr.write(`${line}\n`),
    effort
  }).catch((error: unknown) => {
    throw failureOf(error) ?? error
  })
  await tell(report, upstreamText(report, terminal.paint), options, terminal)
  failForLeft(report)
  if (broken !== undefined) throw failureOf(broken) ?? broken
  failFor(report)
}

/** Prints what was found. */
async function tell(report: Report, text: string, options: Options, terminal: Terminal): Promise<void> {
  if (terminal.isWatched) terminal.stderr.write('\r\x1b[K')
  const file = textOf(options, 'settings')
  if (file !== undefined) await writeSettings(file, report.settings)
  terminal.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : text)
}

function failFor({ differences: { length } }: Report): void {
  if (length > 0) throw new Failure(`${length} ${length === 1 ? 'difference' : 'differences'}`, EXIT.refused)
}

/** What is left costs money: it is told whatever else there is to tell. */
function failForLeft({ left: { things, reason } }: UpstreamReport): void {
  if (things.length === 0) return
  const list = things.map(({ kind, id, name }) => `${kind} ${id} ${name}`.trim()).join(', ')
  throw new Failure(`left there, remove it by hand: ${list}${reason === undefined ? '' : `; ${reason}`}`, EXIT.refused)
}

/** How the other side says no, or nothing. */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof UpstreamSilent) return new Failure(error.message, EXIT.nobody)
  if (!(error instanceof Error)) return undefined
  if (error.name === 'UpstreamRefuses') return new Failure(`the cloud refuses: ${error.message}`, EXIT.refused)
  return error.name === 'BudgetSpent'
    ? new Failure(`the budget is too small: ${error.message}`, EXIT.refused)
    : undefined
}

/** Throws `BadUsage` where settings are to be written and none looked for. */
function effortFor(options: Options, terminal: Terminal): Effort {
  const isExplaining = options.explain !== false
  if (!isExplaining && textOf(options, 'settings') !== undefined) {
    const expected = 'expected one of them: without looking for settings there are none to write'
    throw new BadUsage([{ where: '--settings', reason: 'stands beside --no-explain', expected }])
  }
  return { isExplaining, tell: progressOn(terminal) }
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

/** All names of both clouds take it, with what is put behind it. */
function tagIn(options: Options): string {
  const tag = textOf(options, 'tag') ?? ''
  if (/^[A-Za-z][A-Za-z0-9-]{2,31}$/.test(tag)) return tag
  const expected = 'expected a letter, and 2 to 31 letters, digits or hyphens behind it'
  throw new BadUsage([{ where: '--tag', reason: `${JSON.stringify(tag)} begins no name`, expected }])
}

/** Throws `BadUsage` where a number is that of no probe that can be asked. */
function chosen<T extends { readonly question: string }>(probes: readonly T[], only: string | undefined): readonly T[] {
  if (only === undefined) return probes
  const wanted = only.split(',').map((number) => number.trim())
  const unknown = wanted.filter((number) => !probes.some(({ question }) => question === number))
  if (unknown.length > 0) {
    const expected = `expected some of ${probes.map(({ question }) => question).join(',')}; others need --write or --instance, or cannot be asked`
    throw new BadUsage([{ where: '--only', reason: `${unknown.join(',')} is no probe here`, expected }])
  }
  return probes.filter(({ question }) => wanted.includes(question))
}

const AFTER_HELP = `
The calls of a recording are played in a world that starts with what their answers show, at their times, with ids and
instants aligned. With --upstream the cloud is asked what the open questions of its page ask (docs/clouds, section 8), by
the credentials that its own clients take from the environment: ZENLAYERCLOUD_ACCESS_KEY_ID and
ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or BAIDUCLOUD_ACCESS_KEY, BAIDUCLOUD_SECRET_KEY and BAIDUCLOUD_SESSION_TOKEN. Without
--write nothing is made there. Exit code 0: nothing differs; 1: something does, or something is left there; 2: the command
or the folder is wrong; 3: the cloud does not answer.

  snapstand compare recordings/life --settings found.json
  curl -X PATCH http://127.0.0.1:7420/_snapstand/settings --data @found.json -H 'content-type: application/json'
  snapstand compare --upstream https://console.zenlayer.com --cloud zenlayer --write --budget disks=4,gib=100`
