import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { bytesOfText, ENTRY_BYTES, type JournalEntry, type LateEntry } from '../../core/model/journal.ts'
import type { RequestLine } from '../../providers/provider.ts'
import type { HttpContext } from '../context.ts'
import { NO_BODY } from './body.ts'
import { type Ending, entryOf, LOOKED_AT, type Told } from './journal-entry.ts'

/** What takes longer to read again than to write down at once. */
const BODY_BYTES_MAX = 2048

type Context = Pick<HttpContext, 'keys' | 'hide'>

/**
 * The entry of a small call that was served, as what came and what went: protocols are pure functions, so what they said
 * of it they say again when somebody reads it. undefined: the call is none of these.
 */
export function lateEntryOf(told: Told, ending: Ending, context: Context): LateEntry | undefined {
  const { body, line } = told
  const { response } = ending
  const { operation } = told.reading
  if (!operation || ending.refusal || ending.fault !== undefined || response.length > LOOKED_AT) return undefined
  if (body.length > BODY_BYTES_MAX || !isUtf8(body)) return undefined
  const headers = written(line.headers)
  return headers === undefined ? undefined : new LateCall(told, operation.name, headers, ending, context)
}

/** Its texts are one: a thousand calls are kept, and the collector of garbage has to look at each text of each. */
class LateCall implements LateEntry {
  readonly id: string
  readonly world: string | null
  readonly operation: string
  readonly status: number
  readonly code = null
  readonly at: number
  readonly bytes: number
  readonly #context: Context
  readonly #cloud: Told['cloud']
  readonly #caller: Told['caller']
  readonly #method: string
  readonly #wallAt: number
  readonly #durationMs: number
  readonly #hasResult: boolean
  /** Request, response, url and headers. */
  readonly #text: string
  readonly #requestEnd: number
  readonly #responseEnd: number
  readonly #urlEnd: number

  constructor(told: Told, operation: string, headers: string, ending: Ending, context: Context) {
    const { line, body } = told
    const request = body.length === 0 ? '' : body.toString()
    this.id = ending.id
    this.world = ending.world
    this.operation = operation
    this.status = ending.status
    this.at = ending.at
    this.#context = context
    this.#cloud = told.cloud
    this.#caller = told.caller?.habit === undefined ? undefined : told.caller
    this.#method = line.method
    this.#wallAt = told.wallAt
    this.#durationMs = ending.durationMs
    this.#hasResult = ending.result !== undefined
    this.#text = [request, ending.response, line.url, headers].join('')
    this.#requestEnd = request.length
    this.#responseEnd = this.#requestEnd + ending.response.length
    this.#urlEnd = this.#responseEnd + line.url.length
    this.bytes = ENTRY_BYTES + bytesOfText(this.#text) + bytesOfText(this.id)
  }

  made(): JournalEntry {
    const text = this.#text
    const response = text.slice(this.#requestEnd, this.#responseEnd)
    const line: RequestLine = {
      method: this.#method,
      url: text.slice(this.#responseEnd, this.#urlEnd),
      headers: headersIn(text.slice(this.#urlEnd))
    }
    const body = this.#requestEnd === 0 ? NO_BODY : Buffer.from(text.slice(0, this.#requestEnd))
    const cloud = this.#cloud
    const reading = cloud.protocol.read(line)
    const sent = reading.operation && cloud.protocol.input(reading.operation, reading, { ...line, body })
    const result: unknown = this.#hasResult && response !== '' ? JSON.parse(response) : undefined
    return entryOf(
      { cloud, line, reading, body, caller: this.#caller, sent, wallAt: this.#wallAt },
      {
        ...{ id: this.id, world: this.world, at: this.at, durationMs: this.#durationMs },
        ...{ status: this.status, code: null, response, result, refusal: null }
      },
      this.#context
    )
  }
}

/** Headers hold no line breaks. undefined: one came as a list. */
function written(headers: IncomingHttpHeaders): string | undefined {
  let text = ''
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined) continue
    if (typeof value !== 'string') return undefined
    text += `${name}\n${value}\n`
  }
  return text
}

function headersIn(text: string): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = {}
  const lines = text.split('\n')
  for (let at = 0; at + 1 < lines.length; at += 2) {
    Object.defineProperty(headers, lines[at] ?? '', { value: lines[at + 1], enumerable: true, configurable: true })
  }
  return headers
}
