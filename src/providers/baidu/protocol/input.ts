import { KindGuard, type TSchema } from '@sinclair/typebox'
import { DEPTH_MAX, isTooDeep } from '../../../documents/depth.ts'
import type { Wrong } from '../../../documents/wrongs.ts'
import type { ApiError, Operation, RawRequest, Reading, Sent } from '../../provider.ts'
import { type Member, walk } from '../../wire/absent.ts'
import { type Code, errors, refusal, rowRefusal } from '../errors.ts'
import { clientToken } from './token.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The body as JSON, whatever its Content-Type says: the Python and older Go SDKs send none. */
function jsonOf(body: Buffer): object {
  if (body.length === 0) return {}
  const text = textOf(body)
  if (isTooDeep(text)) throw refusal('MalformedJSON', wrongBody(`The body is nested deeper than ${DEPTH_MAX} levels.`))
  const value = parsed(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw refusal('BadRequest', wrongBody('The body must be a JSON object.'))
}

function textOf(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw refusal('InvalidHTTPRequest', wrongBody('The body is not UTF-8.'))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refusal('MalformedJSON', wrongBody(error instanceof Error ? error.message.slice(0, 200) : 'Not JSON.'))
  }
}

function wrongBody(hint: string) {
  return { hint, field: 'body', rule: 'baidu.md 3.2' }
}

/** GET bodies are ignored unread, but where an operation takes members from query and body alike (baidu.md 5.2.12). */
function readsBody(request: RawRequest, operation: Operation): boolean {
  if (request.method !== 'GET') return true
  const { body } = operation.request
  return KindGuard.IsObject(body) && Object.keys(body.properties).length > 0
}

/**
 * Null is nowhere a value in this cloud, in the query `""` is none, and in bodies only where the row says so: Go fills
 * what its caller left unset with `""`, `0` and null (baidu.md 5.3.1, 7.1).
 */
export function input(operation: Operation, reading: Reading, request: RawRequest): Sent {
  const json = readsBody(request, operation) ? jsonOf(request.body) : {}
  const query = walk(operation.request.query, reading.query, 'query', {
    isAbsent: (value) => value === null || value === '',
    convert: fromText
  })
  const body = walk(operation.request.body, json, 'body', { isAbsent: isAbsentInBody })
  const routes = [operation.route, ...operation.aliases]
  const read = new Set(routes.flatMap(({ selector }) => (selector ? `query.${selector.split('=')[0]}` : [])))
  read.add('query.x-bce-security-token')
  // Cloud: the Python and Java SDKs send a clientToken on GET, too, where it means nothing.
  if (routes.some(({ method }) => method !== 'GET')) read.add('query.clientToken')
  const unused = [...query.unused.filter((path) => !read.has(path)), ...body.unused]
  return {
    input: { params: reading.params, query: query.value, body: body.value },
    unused,
    token: () => clientToken(request, json)
  }
}

function isAbsentInBody(value: unknown, { schema }: Member): boolean {
  if (value === '') return schema.emptyIsAbsent === true
  if (value === 0) return schema.zeroIsAbsent === true
  return value === null
}

/** A query is all text: what its schema wants as a number or a boolean becomes one if it reads as one. */
function fromText(value: unknown, schema: TSchema): unknown {
  if (typeof value !== 'string') return value
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) return /^-?\d+$/.test(value) ? Number(value) : value
  if (KindGuard.IsBoolean(schema)) return value === 'true' ? true : value === 'false' ? false : value
  return value
}

/**
 * The one refusal of an input. Proposed order (baidu.md 5): types and required members, then the rules of members as
 * the row declares them; a row with an order of its own (`ownOrder`) goes by its declaration alone.
 */
export function invalid(operation: Operation, wrongs: readonly Wrong[]): ApiError {
  const { body } = operation.request
  const judged = wrongs.map((wrong) => ({ wrong, code: codeOf(operation, wrong) }))
  const basic = ({ wrong, code }: (typeof judged)[number]) =>
    code === undefined && (wrong.kind === 'missing' || wrong.kind === 'type')
  const first = (body.ownOrder === true ? undefined : judged.find(basic)) ?? judged[0]
  const always: unknown = body.alwaysRefusal
  const code = isCode(always) ? always : (first?.code ?? 'BadRequest')
  if (!first) return rowRefusal(operation, code)
  const field = [first.wrong.in, ...first.wrong.path].join('.')
  const { kind, expected } = first.wrong
  const hint = kind === 'missing' ? `${field} is required: ${expected}.` : `${field} must be ${expected}.`
  return rowRefusal(operation, code, { hint, field, rule: operation.source })
}

/** The code that a member has of its own for this wrong. */
function codeOf(operation: Operation, wrong: Wrong): Code | undefined {
  if (!isCode(wrong.refusal)) return undefined
  if (wrong.kind !== 'missing' && wrong.kind !== 'type') return wrong.refusal
  // A member that is missing, or of another JSON type as a whole, is a bad request all the same, unless it says so.
  const schema = memberAt(operation.request[wrong.in], wrong.path)
  if (schema?.refusal === undefined) return wrong.refusal
  const covers: unknown = schema.refusalFor
  return Array.isArray(covers) && covers.includes(wrong.kind) ? wrong.refusal : undefined
}

function memberAt(schema: TSchema | undefined, path: readonly string[]): TSchema | undefined {
  const [name, ...rest] = path
  if (schema === undefined || name === undefined) return schema
  if (KindGuard.IsObject(schema)) return memberAt(schema.properties[name], rest)
  if (KindGuard.IsArray(schema)) return memberAt(schema.items, rest)
  if (KindGuard.IsUnion(schema)) {
    for (const part of schema.anyOf) {
      const found = memberAt(part, path)
      if (found) return found
    }
  }
  return undefined
}

function isCode(value: unknown): value is Code {
  return typeof value === 'string' && Object.hasOwn(errors, value)
}
