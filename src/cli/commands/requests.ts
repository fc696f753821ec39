import type { JournalEntry, RequestsFilter } from '../../client/index.ts'
import type { Asked, RemoteCommand } from '../command.ts'
import { callsOf, given, limited, limitOf, type Options, textOf } from '../options.ts'
import { columns, type Paint, statusIn, writeTo } from '../terminal.ts'

const FILTERS = [
  { flags: '--cloud <name>', description: 'only of this cloud' },
  { flags: '--operation <name>', description: 'only of this operation' },
  { flags: '--status <number>', description: 'only those answered with this status' },
  { flags: '--code <code>', description: 'only those refused with this code' },
  { flags: '--refused', description: 'only those that were refused' },
  { flags: '--resource <id>', description: 'only those about this resource' },
  { flags: '--text <text>', description: 'only those that have it in their URL, bodies or reason' },
  { flags: '--after <instant>', description: 'only later ones, by the world’s clock' },
  { flags: '--before <instant>', description: 'only earlier ones' }
] as const

const listRequests: RemoteCommand = {
  usage: 'requests list',
  description: 'list the newest calls of a world, the oldest of them first, refusals with the reason',
  isDefault: true,
  options: [
    ...FILTERS,
    { ...limited, preset: '20' },
    { flags: '--follow', description: 'and go on with those that come; with --json each on a line' }
  ],
  async run(asked) {
    const { world, options, terminal } = asked
    if (options.follow === true) return follow(asked)
    const answer = await world.requests.list({ ...filterOf(options), ...limitOf(options) })
    if (answer.requests.length === 0) {
      const none = answer.added === 0 ? `No calls in ${world.key} yet.\n` : `No such calls in ${world.key}.\n`
      return { answer, text: none }
    }
    return { answer, text: shownCalls(answer.requests.toReversed(), terminal.paint) }
  }
}

/** Lists what there is, and then each call as it comes, until the server ends. */
async function follow({ world, options, isJson, terminal: { stdout, paint } }: Asked): Promise<undefined> {
  const filter = filterOf(options)
  // Nothing is missed between the list and what follows it, and nothing is told twice.
  await using events = world.events({ types: ['request'] })
  await events.opened
  const { requests: listed } = await world.requests.list({ ...filter, ...limitOf(options) })
  const known = new Set(listed.map(({ id }) => id))
  const tell = (entry: Line) =>
    writeTo(stdout, isJson ? `${JSON.stringify(entry)}\n` : shownCalls([entry], paint, WIDTHS))
  for (const entry of listed.toReversed()) await tell(entry)
  for await (const event of events) {
    if (event.type !== 'request' || known.has(event.id) || !isMeant(event, filter)) continue
    const { type: _, ...entry } = event
    const isFound = filter.text === undefined || hasText(await world.requests.get(event.id), filter.text)
    if (isFound) await tell(entry)
  }
  return undefined
}

/** The same choice as the server's, of what an event tells. */
function isMeant(entry: Line & { readonly resources: readonly string[]; readonly at: string }, filter: RequestsFilter) {
  const { provider, operation, status, code, resource, refusal, after, before } = filter
  return (
    (provider === undefined || entry.provider === provider) &&
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (code === undefined || entry.code === code) &&
    (resource === undefined || entry.resources.includes(resource)) &&
    (refusal === undefined || (entry.refusal !== null) === refusal) &&
    (after === undefined || Date.parse(entry.at) >= Date.parse(String(after))) &&
    (before === undefined || Date.parse(entry.at) < Date.parse(String(before)))
  )
}

/** An event has no bodies. */
function hasText({ url, request, response, refusal }: JournalEntry, text: string): boolean {
  return [url, request, response, ...Object.values(refusal ?? {})].some((word) => word?.includes(text))
}

const showRequest: RemoteCommand = {
  usage: 'requests show <id>',
  description: 'tell one call, by the request id that its client got: what was sent, answered, and why',
  async run({ world, words: [id = ''], terminal: { paint } }) {
    const answer = await world.requests.get(id)
    return { answer, text: told(answer, paint) }
  }
}

const curlRequest: RemoteCommand = {
  usage: 'requests curl <id>',
  description: 'tell the shell command that sends a call again, without its credentials',
  async run({ world, words: [id = ''] }) {
    const answer = await world.requests.curl(id)
    return { answer, text: answer.endsWith('\n') ? answer : `${answer}\n` }
  }
}

const clearRequests: RemoteCommand = {
  usage: 'requests clear',
  description: 'empty the journal of a world',
  async run({ world }) {
    await world.requests.clear()
    return { text: `The journal of ${world.key} is empty.\n` }
  }
}

function filterOf(options: Options): RequestsFilter {
  return given({
    ...callsOf(options),
    operation: textOf(options, 'operation'),
    text: textOf(options, 'text'),
    before: textOf(options, 'before'),
    refusal: options.refused === true ? true : undefined
  })
}

type Line = Pick<
  JournalEntry,
  'wallAt' | 'world' | 'provider' | 'operation' | 'method' | 'url' | 'status' | 'code' | 'id'
> &
  Partial<Pick<JournalEntry, 'refusal' | 'fault' | 'connection'>>

/** What columns are as wide as at least where nobody knows what comes. */
const WIDTHS = [24, 7, 8, 24, 3, 24]

/** One call a line, its reason below it. */
export function shownCalls(entries: readonly Line[], paint: Paint, widths: readonly number[] = []): string {
  const lines = columns(
    entries.map((entry) => cellsOf(entry, paint)),
    { widths }
  ).split('\n')
  return entries.map((entry, index) => `${lines[index]}\n${reasonLine(whyOf(entry), paint)}`).join('')
}

/** Why a call was answered as it was, where that is not what it asked for. */
export function whyOf({ refusal, fault, connection }: Pick<Line, 'refusal' | 'fault' | 'connection'>) {
  if (refusal?.hint !== undefined && connection === undefined) return refusal.hint
  if (fault === undefined) return undefined
  const name = `The fault ${JSON.stringify(fault)}`
  if (connection === undefined) return `${name} did something to it.`
  return connection === 'close-early'
    ? `${name} broke the answer off.`
    : `${name} let no answer through (${connection}).`
}

function cellsOf({ wallAt, world, provider, operation, method, url, status, code, id }: Line, paint: Paint): string[] {
  const what = operation ?? `${method} ${url}`
  return [paint.dim(wallAt), world ?? '-', provider, what, statusIn(paint, status), code ?? '', paint.dim(id)]
}

function reasonLine(reason: string | undefined, paint: Paint): string {
  return reason === undefined ? '' : `    ${paint.yellow(reason)}\n`
}

function told(entry: JournalEntry, paint: Paint): string {
  const { refusal, request, response, unused, method, url, at, durationMs, habit } = entry
  const { hint, rule, field, canonicalRequest, stringToSign } = refusal ?? {}
  const part = (title: string, text: string | undefined) =>
    text === undefined || text === '' ? '' : `\n${paint.dim(title)}\n${text}\n`
  return [
    shownCalls([entry], paint),
    `${method} ${url}\n${at} in its world, ${durationMs} ms\n`,
    rule === undefined ? '' : `refused by ${rule}${field === undefined ? '' : `, for ${field}`}\n`,
    unused.length === 0 ? '' : `sent and not read: ${unused.join(', ')}\n`,
    part('its signature', habit),
    part('sent', request),
    part('answered', response),
    part('canonical request, as the server computed it', hint === undefined ? undefined : canonicalRequest),
    part('string to sign', stringToSign)
  ].join('')
}

export const requests = [listRequests, showRequest, curlRequest, clearRequests]
