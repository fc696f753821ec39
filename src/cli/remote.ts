import { ALL_WORLDS } from '../core/model/world-names.ts'
import { BadUsage } from '../documents/complaint.ts'
import { readText } from '../documents/document.ts'

/** A running server, and the world of it that is meant. */
export interface Remote {
  readonly url: string
  readonly world: string
  readonly token: string | undefined
}

/** The server said no, or there is none; the message is for the person at the terminal. */
export class RemoteRefused extends Error {}

/** Each of these drives a running server and gives back what to print. */
export async function health(at: Remote): Promise<string> {
  const { status, version, worlds } = await call(at, 'GET', '/health')
  return version === undefined ? `${status}\n` : `${status}, Snapstand ${version}, worlds: ${worlds}\n`
}

export async function reset(at: Remote): Promise<string> {
  await call(at, 'POST', '/reset')
  return at.world === ALL_WORLDS
    ? 'All worlds are back at the starter seed.\n'
    : `${at.world} is back at the starter seed.\n`
}

export async function readClock(at: Remote): Promise<string> {
  return shownClock(await call(at, 'GET', '/clock'))
}

/** `words`: a mode, an instant, or both. */
export async function setClock(at: Remote, words: readonly string[]): Promise<string> {
  const isMode = (word: string) => /^[a-z]+$/.test(word)
  const mode = words.find(isMode)
  const now = words.find((word) => !isMode(word))
  if (words.length > 2 || (words.length === 2 && (mode === undefined || now === undefined))) {
    throw new RemoteRefused('clock takes a mode, an instant, or one of each')
  }
  return shownClock(await call(at, 'PUT', '/clock', { mode, now }))
}

/** `how`: a duration, an instant, or `next`. */
export async function advance(at: Remote, how: string): Promise<string> {
  const way = how === 'next' ? { toNext: true } : /^\d{4}-/.test(how) ? { to: how } : { by: how }
  const report = await call(at, 'POST', '/clock/advance', way)
  const skipped = Object.entries(membersOf(report.skipped)).map(([reason, count]) => `${count} ${reason}`)
  const next = membersOf(report.next)
  return [
    `${report.world}: ${report.from} → ${report.to}`,
    `  ${report.firings} firings, ${report.snapshotsCreated} snapshots created, ${report.snapshotsExpired} expired, ${report.completed} completed`,
    ...(skipped.length > 0 ? [`  skipped: ${skipped.join(', ')}`] : []),
    next.at === undefined ? '  nothing is due next' : `  next: ${next.subject} ${next.kind} at ${next.at}`,
    ''
  ].join('\n')
}

export async function requests(at: Remote, limit: string): Promise<string> {
  const found = await call(at, 'GET', `/requests?limit=${encodeURIComponent(limit)}`)
  const entries: readonly unknown[] = Array.isArray(found.requests) ? found.requests : []
  if (entries.length === 0) return `No calls in ${at.world} yet.\n`
  return entries.map(membersOf).toReversed().map(shownEntry).join('')
}

function shownEntry(entry: Members): string {
  const what = entry.operation ?? `${entry.method} ${entry.url}`
  const { hint } = membersOf(entry.refusal)
  const line = [entry.wallAt, entry.world ?? '-', entry.provider, what, entry.status, entry.code, entry.id]
  const shown = line.filter((word) => word !== null && word !== undefined).join('  ')
  return hint === undefined ? `${shown}\n` : `${shown}\n    ${hint}\n`
}

function shownClock({ world, mode, now }: Members): string {
  return `${world}: ${now} ${mode}\n`
}

type Members = Readonly<Record<string, unknown>>

/** Everything that is wrong with the file is a line of its own. */
export async function seed(at: Remote, file: string): Promise<string> {
  const response = await answerOf(at, 'PUT', '/state', await readText(file), 'text/plain')
  const answer = membersOf(parsed(await response.text()))
  if (response.ok) {
    const how = answer.exact === true ? 'is as it was exported' : 'holds what the seed says'
    return `${answer.world} ${how}, at ${answer.now} ${answer.mode}\n`
  }
  const wrongs: readonly unknown[] = Array.isArray(answer.wrongs) ? answer.wrongs : []
  if (wrongs.length === 0) throw refusedBy(at, response, answer)
  throw new BadUsage(
    wrongs.map(membersOf).map(({ where, reason, expected }) => ({
      where: String(where).replace(/^body(?=:| |$)/, file),
      reason: String(reason),
      ...(expected !== undefined && { expected: String(expected) })
    })),
    typeof answer.more === 'number' ? answer.more : 0
  )
}

/** Written as it comes: a world may be large. */
export async function exported(at: Remote, asYaml: boolean, out: NodeJS.WritableStream): Promise<void> {
  const response = await answerOf(
    at,
    'GET',
    '/state',
    undefined,
    undefined,
    asYaml ? 'application/yaml' : 'application/json'
  )
  if (!response.ok || !response.body) throw refusedBy(at, response, membersOf(parsed(await response.text())))
  const { Readable } = await import('node:stream')
  const { pipeline } = await import('node:stream/promises')
  await pipeline(Readable.fromWeb(response.body), out, { end: false })
}

async function call(at: Remote, method: string, path: string, body?: object): Promise<Members> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const response = await answerOf(at, method, path, text, 'application/json')
  const answer = membersOf(parsed(await response.text()))
  if (response.ok) return answer
  throw refusedBy(at, response, answer)
}

function refusedBy(at: Remote, response: Response, answer: Members): RemoteRefused {
  return new RemoteRefused(typeof answer.detail === 'string' ? answer.detail : `${at.url} answered ${response.status}`)
}

async function answerOf(
  at: Remote,
  method: string,
  path: string,
  body?: string,
  type?: string,
  accept?: string
): Promise<Response> {
  const url = new URL(`_snapstand${path}`, at.url.endsWith('/') ? at.url : `${at.url}/`)
  if (!url.searchParams.has('world')) url.searchParams.set('world', at.world)
  const headers = {
    ...(at.token === undefined ? {} : { authorization: `Bearer ${at.token}` }),
    ...(body === undefined || type === undefined ? {} : { 'content-type': type }),
    ...(accept === undefined ? {} : { accept })
  }
  try {
    return await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
  } catch {
    throw new RemoteRefused(`nothing answers at ${at.url}; start it with snapstand, or name another with --url`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
