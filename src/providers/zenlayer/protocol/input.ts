import { isUtf8 } from 'node:buffer'
import { KindGuard } from '@sinclair/typebox'
import { isTooDeep } from '../../../documents/depth.ts'
import type { Wrong } from '../../../documents/wrongs.ts'
import { ApiError, type Cause, type Operation, type RawRequest, type Reading, type Sent } from '../../provider.ts'
import { type Member, UNUSED_MAX, walk } from '../../wire/absent.ts'
import { headerOf } from '../../wire/headers.ts'
import { type Code, errors, isCode, named, refusal, shown } from '../errors.ts'

/** Members of the body; nothing reads a query. */
export function input({ request }: Operation, { params, query }: Reading, raw: RawRequest): Sent {
  const walked = walk(request.body, parse(raw), 'body', { isAbsent })
  const asked = Object.keys(query).map((name) => `query.${name}`)
  return { input: { params, query: {}, body: walked.value }, unused: [...asked, ...walked.unused].slice(0, UNUSED_MAX) }
}

/** What no schema knows may be nested as deep as anyone likes, but not so deep that reading it takes longer than it may. */
const BRACKETS_MAX = 150_000

/** The body as one JSON object, `{}` when empty. */
function parse({ headers, body }: RawRequest): unknown {
  const contentType = headerOf(headers, 'content-type') ?? ''
  // Cloud: by media type, parameters ignored; missing means JSON (zenlayer.md 2.3).
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (contentType !== '' && mediaType !== 'application/json') {
    throw unreadable(
      `the Content-Type must be application/json, not ${contentType.slice(0, 100)}`,
      'zenlayer.md open question 16'
    )
  }
  if (body.length === 0) return {}
  if (!isUtf8(body)) throw unreadable('the body is not UTF-8')
  const text = body.toString()
  if (isTooDeep(text, BRACKETS_MAX)) throw unreadable('the body is nested too deep')
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('the body must be one JSON object')
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unreadable(`the body is not JSON: ${error instanceof Error ? error.message : 'it cannot be parsed'}`)
  }
}

function unreadable(hint: string, rule = 'zenlayer.md open question 17'): ApiError {
  return refusal('INVALID_PARAMETER_TYPE', { hint, rule })
}

/**
 * Cloud: null counts as absent everywhere, and so do "" and, for a list, [], required members included, which are then
 * missing; only in a name or time to be set (`emptyIsGiven`) "" is a value that is too short (zenlayer.md 1.3, 3.3).
 */
function isAbsent(value: unknown, { schema, required }: Member): boolean {
  if (value === null) return true
  if (schema.emptyIsGiven === true && !required) return false
  return value === '' || (Array.isArray(value) && value.length === 0 && KindGuard.IsArray(schema))
}

const CODES = {
  type: 'INVALID_PARAMETER_TYPE',
  missing: 'MISSING_PARAMETER',
  'too-long': 'INVALID_PARAMETER_EXCEED_LENGTH',
  'too-short': 'INVALID_PARAMETER_LESS_LENGTH',
  'too-large': 'INVALID_PARAMETER_EXCEED_MAXIMUM',
  'too-small': 'INVALID_PARAMETER_LESS_MINIMUM',
  pattern: 'INVALID_PARAMETER_PATTERN_ERROR',
  date: 'INVALID_PARAMETER_DATE_FORMAT_ERROR',
  value: 'INVALID_PARAMETER_VALUE'
} as const satisfies Record<Wrong['kind'], Code>
const KINDS = Object.keys(CODES)

/** Cloud: types, then required, then the others, an action's own value codes among them (zenlayer.md 3.3). */
const classOf = ({ kind }: Wrong) => (kind === 'type' ? 0 : kind === 'missing' ? 1 : 2)

/** The one refusal of an input with these wrongs, in general words if the caller's world wants them. */
export function invalid({ operation, wrongs, settings }: Extract<Cause, { kind: 'invalid' }>): ApiError {
  const first = firstOf(wrongs)
  if (!first) return refusal('INVALID_PARAMETER_VALUE')
  const own = isCode(first.refusal) && classOf(first) === 2 ? first.refusal : undefined
  const code = own ?? CODES[first.kind]
  const field = [first.in, ...first.path].join('.')
  const hint = first.kind === 'missing' ? `${field} is required` : `${field}: ${first.expected}`
  const { status, message } = { ...errors[code], ...operation.wording[code] }
  const value = first.value === undefined ? {} : { value: shown(first.value) }
  const why = { hint, field, ...value, rule: own ? operation.source : 'zenlayer.md 3.1, 3.3' }
  const error = new ApiError(code, status, message, why)
  return settings?.()?.['zenlayer.plainMessages'] === true ? error : named(error)
}

/** Of the worst class, and of the member that was declared first; of one member's wrongs its length, range, form. */
function firstOf(wrongs: readonly Wrong[]): Wrong | undefined {
  const rank = Math.min(...wrongs.map(classOf))
  const [head, ...others] = wrongs.filter((wrong) => classOf(wrong) === rank)
  const path = head?.path.join('.')
  return others
    .filter((wrong) => wrong.path.join('.') === path)
    .reduce((best, wrong) => (best && KINDS.indexOf(wrong.kind) < KINDS.indexOf(best.kind) ? wrong : best), head)
}
