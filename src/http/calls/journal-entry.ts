import type { JournalEntry, Why } from '../../core/model/journal.ts'
import { type Hide, hiderOf } from '../../documents/hiding.ts'
import type { RequestLine } from '../../providers/provider.ts'
import type { HttpContext } from '../context.ts'
import type { Call } from './call.ts'

export const BODY_BYTES_MAX = 16 * 1024
const RESOURCES_MAX = 256
const HEADERS_MAX = 20
const HEADER_LENGTH_MAX = 1024

/** How a call ended. */
export interface Ending {
  readonly id: string
  readonly world: string | null
  readonly at: number
  readonly status: number
  readonly code: string | null
  readonly response: string
  /** What the operation gave back, before it was wrapped. */
  readonly result: unknown
  readonly refusal: Why | null
}

/** What the journal keeps of a call: no secret, and of long bodies their beginning. */
export function entryOf(
  { cloud, line, reading, body, caller, sent, ...call }: Call,
  ending: Ending,
  { keys, hide: hideConfigured }: Pick<HttpContext, 'keys' | 'hide'>
): JournalEntry {
  const { operation } = reading
  const hideOwn = hiderOf(cloud.protocol.secrets({ ...line, body }, keys))
  const hide: Hide = (text) => hideConfigured(hideOwn(text))
  const request = cut(hide(body.toString()))
  const response = cut(hide(ending.response))
  const { params, query, body: members } = sent?.input ?? NO_INPUT
  return {
    id: ending.id,
    world: ending.world,
    provider: cloud.name,
    operation: operation?.name ?? null,
    version: operation ? reading.version : null,
    at: ending.at,
    wallAt: call.wallAt,
    durationMs: performance.now() - call.startedAt,
    method: line.method,
    url: hide(line.url),
    status: ending.status,
    code: ending.code,
    request: request.text,
    response: response.text,
    unused: (sent?.unused ?? []).map((path) => whole(hide(path))),
    resources: resourcesOf(params, query, members, ending.result).map(hide),
    refusal: ending.refusal && hiddenIn(ending.refusal, hide),
    headers: replayable(line, hide),
    ...(caller?.habit !== undefined && { habit: caller.habit }),
    ...cutOf(request.isCut, response.isCut)
  }
}

const NO_INPUT = { params: undefined, query: undefined, body: undefined }

function cutOf(request: boolean, response: boolean): Pick<JournalEntry, 'cut'> {
  if (!request && !response) return {}
  return { cut: request && response ? ['request', 'response'] : request ? ['request'] : ['response'] }
}

/** A text's beginning, at most so many bytes, and no half characters. */
function cut(text: string): { readonly text: string; readonly isCut: boolean } {
  // A character of JavaScript takes up to three bytes.
  if (text.length * 3 <= BODY_BYTES_MAX) return { text, isCut: false }
  const bytes = Buffer.from(text)
  if (bytes.length <= BODY_BYTES_MAX) return { text, isCut: false }
  let end = BODY_BYTES_MAX
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return { text: bytes.toString('utf8', 0, end), isCut: true }
}

function hiddenIn(why: Why, hide: Hide): Why {
  return Object.fromEntries(Object.entries(why).map(([name, text]) => [name, whole(hide(text))]))
}

/** A copy: the piece of a text that V8 cut out keeps the whole of it in memory, a megabyte for the sake of a name. */
function whole(text: string): string {
  const encoding = /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf16le'
  return Buffer.from(text, encoding).toString(encoding)
}

const SIGNING = /auth|cookie|token|secret|signature|timestamp|date|key/

/** The headers that say what was asked, without those that say who asked and when. */
function replayable({ headers }: RequestLine, hide: Hide): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {}
  let room = HEADERS_MAX
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || value.length > HEADER_LENGTH_MAX || SIGNING.test(name)) continue
    if (name !== 'content-type' && !name.startsWith('x-')) continue
    if (room-- === 0) break
    kept[name] = hide(value)
  }
  return kept
}

const ID_MEMBER = /(?:^id|Id)s?$/

/** Ids of resources that are named in these values, the first few hundred. */
export function resourcesOf(...values: readonly unknown[]): readonly string[] {
  const ids = new Set<string>()
  for (const value of values) collect(value, ids, 0)
  return [...ids]
}

/** Deeper than any request or answer of a cloud; a client may nest a hundred thousand lists, the stack may not. */
const DEPTH_MAX = 20

function collect(value: unknown, ids: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return
  for (const [name, inner] of Object.entries(value)) {
    if (ids.size >= RESOURCES_MAX) return
    if (ID_MEMBER.test(name) && name !== 'requestId') {
      for (const id of Array.isArray(inner) ? inner : [inner]) {
        if (typeof id === 'string' && id !== '' && id.length <= 200 && ids.size < RESOURCES_MAX) ids.add(id)
      }
    }
    collect(inner, ids, depth + 1)
  }
}
