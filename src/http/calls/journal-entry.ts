import type { FaultConnection } from '../../core/model/fault-form.ts'
import type { JournalEntry, Why } from '../../core/model/journal.ts'
import { type Hide, hiderOfOwn } from '../../documents/hiding.ts'
import type { RequestLine } from '../../providers/provider.ts'
import type { HttpContext } from '../context.ts'
import type { Call } from './call.ts'

export const BODY_BYTES_MAX = 16 * 1024
/** So much may half a secret take, in whatever form, at the end of what is looked at. */
const SECRET_MAX = 4096
export const LOOKED_AT = BODY_BYTES_MAX + SECRET_MAX
const RESOURCES_MAX = 256
const PATH_LENGTH_MAX = 256
const HEADERS_MAX = 20
const HEADER_LENGTH_MAX = 1024

/** What a call was. */
export type Told = Pick<Call, 'cloud' | 'line' | 'reading' | 'body' | 'caller' | 'sent' | 'wallAt'>

/** How it ended. */
export interface Ending {
  readonly id: string
  readonly world: string | null
  readonly at: number
  readonly durationMs: number
  readonly status: number
  readonly code: string | null
  readonly response: string
  /** What the operation gave back, before it was wrapped. */
  readonly result: unknown
  readonly refusal: Why | null
  /** The rule that did something to it, and what became of the answer on its way. */
  readonly fault?: string | undefined
  readonly connection?: FaultConnection | undefined
}

/** What the journal keeps of a call: no secret, and of long bodies their beginning. */
export function entryOf(
  { cloud, line, reading, body, caller, sent, wallAt }: Told,
  ending: Ending,
  { keys, hide: hideConfigured }: Pick<HttpContext, 'keys' | 'hide'>
): JournalEntry {
  const { operation } = reading
  const own = cloud.protocol.secrets({ ...line, body }, keys).filter((secret) => !keys.secrets.includes(secret))
  const hideOwn = hiderOfOwn(own)
  const hide: Hide = (text) => hideConfigured(hideOwn(text))
  const request = beginningOf(body.toString('utf8', 0, LOOKED_AT), body.length > LOOKED_AT, hide)
  const response = beginningOf(ending.response.slice(0, LOOKED_AT), ending.response.length > LOOKED_AT, hide)
  const { params, query, body: members } = sent?.input ?? NO_INPUT
  return {
    id: ending.id,
    world: ending.world,
    provider: cloud.name,
    operation: operation?.name ?? null,
    version: operation ? reading.version : null,
    at: ending.at,
    wallAt,
    durationMs: ending.durationMs,
    method: line.method,
    url: hide(line.url),
    status: ending.status,
    code: ending.code,
    request: request.text,
    response: response.text,
    unused: (sent?.unused ?? []).map((path) => whole(hide(path).slice(0, PATH_LENGTH_MAX))),
    resources: resourcesOf(params, query, members, ending.result).map(hide),
    refusal: ending.refusal && hiddenIn(ending.refusal, hide),
    headers: replayable(line, hide),
    ...(caller?.habit !== undefined && { habit: caller.habit }),
    ...(ending.fault !== undefined && { fault: hide(ending.fault) }),
    ...(ending.connection && { connection: ending.connection }),
    ...cutOf(request.isCut, response.isCut)
  }
}

const NO_INPUT = { params: undefined, query: undefined, body: undefined }

function cutOf(request: boolean, response: boolean): Pick<JournalEntry, 'cut'> {
  if (!request && !response) return {}
  return { cut: request && response ? ['request', 'response'] : request ? ['request'] : ['response'] }
}

interface Beginning {
  readonly text: string
  readonly isCut: boolean
}

/** What the journal keeps of a text that may go on: what it does not keep it does not search for secrets either. */
function beginningOf(text: string, goesOn: boolean, hide: Hide): Beginning {
  const hidden = hide(text)
  if (!goesOn) return cut(hidden, BODY_BYTES_MAX)
  return { ...cut(hidden, Math.min(BODY_BYTES_MAX, Buffer.byteLength(hidden) - SECRET_MAX)), isCut: true }
}

/** A text's beginning, at most so many bytes, and no half characters. */
function cut(text: string, bytesMax: number): Beginning {
  // A character of JavaScript takes up to three bytes.
  if (text.length * 3 <= bytesMax) return { text, isCut: false }
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return { text, isCut: false }
  let end = Math.max(0, bytesMax)
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
    // What a proxy adds is not the client's.
    if ((name !== 'content-type' && !name.startsWith('x-')) || name.startsWith('x-snapstand-shard')) continue
    if (room-- === 0) break
    kept[name] = hide(value)
  }
  return kept
}

const ID_MEMBER = /(?:^id|Id)s?$/

/** Ids of resources that are named in these values, the first few hundred. */
export function resourcesOf(...values: readonly unknown[]): readonly string[] {
  const found: Found = { ids: new Set(), room: VALUES_MAX }
  for (const value of values) collect(value, found, 0)
  return [...found.ids]
}

/** Deeper than any request or answer of a cloud; a client may nest a hundred thousand lists, the stack may not. */
const DEPTH_MAX = 20
/** A page of a list has some ten thousand values. */
const VALUES_MAX = 50_000

interface Found {
  readonly ids: Set<string>
  /** How many more values are looked at. */
  room: number
}

function collect(value: unknown, found: Found, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isEnough(found)) return
      collect(item, found, depth + 1)
    }
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    if (isEnough(found)) return
    if (ID_MEMBER.test(name) && name !== 'requestId') {
      for (const id of idsIn(inner)) if (found.ids.size < RESOURCES_MAX) found.ids.add(id)
    }
    collect(inner, found, depth + 1)
  }
}

function isEnough(found: Found): boolean {
  return found.room-- <= 0 || found.ids.size >= RESOURCES_MAX
}

function idsIn(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value.slice(0, RESOURCES_MAX) : [value]
  return values.filter((id): id is string => typeof id === 'string' && id !== '' && id.length <= ID_LENGTH_MAX)
}
const ID_LENGTH_MAX = 200
