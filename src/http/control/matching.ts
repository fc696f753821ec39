import type { JournalEntry, JournalFilter } from '../../core/model/journal.ts'
import { fromInstant } from '../../documents/instants.ts'
import type { Miss } from '../../doors/expectations.ts'

/** The calls that are meant: all that the journal itself can look for, and their bodies. */
export type Wanted = Pick<JournalFilter, 'operation' | 'provider' | 'resource' | 'status' | 'code' | 'after'> & {
  readonly body?: Readonly<Record<string, unknown>> | undefined
}
export type Difference = Miss['differences'][number]

export function meets(entry: JournalEntry, wanted: Wanted): boolean {
  return differences(entry, wanted).next().done === true
}

const DIFFERENCES_MAX = 8

/** In what a call is not what is meant, the first few. */
export function differencesOf(entry: JournalEntry, wanted: Wanted): readonly Difference[] {
  const found: Difference[] = []
  for (const difference of differences(entry, wanted)) {
    if (found.length === DIFFERENCES_MAX) break
    found.push(difference)
  }
  return found
}

function* differences(entry: JournalEntry, wanted: Wanted): Generator<Difference, void> {
  for (const member of ['operation', 'provider', 'status', 'code'] as const) {
    const [expected, actual] = [wanted[member], entry[member]]
    if (expected !== undefined && actual !== expected) yield { member, expected, actual }
  }
  const { resource, after, body } = wanted
  if (resource !== undefined && !entry.resources.includes(resource)) {
    yield { member: 'resource', expected: resource, actual: entry.resources.slice(0, LISTED) }
  }
  if (after !== undefined && entry.at < after) {
    yield { member: 'after', expected: fromInstant(after), actual: fromInstant(entry.at) }
  }
  if (body === undefined) return
  if (entry.cut?.includes('request')) {
    yield { member: 'body', expected: brief(body), reason: 'The body is longer than the journal keeps.' }
  } else yield* within('body', body, parsed(entry.request))
}

const LISTED = 10

/** Where what is expected is not there. */
function* within(member: string, expected: unknown, actual: unknown): Generator<Difference, void> {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, item] of expected.entries()) yield* within(`${member}.${index}`, item, actual[index])
  } else if (isObject(expected) && isObject(actual)) {
    for (const [name, value] of Object.entries(expected)) {
      const has = Object.hasOwn(actual, name)
      yield* within(`${member}.${name}`, value, has ? actual[name] : undefined)
    }
  } else if (expected !== actual) {
    yield { member: brief(member), expected: brief(expected), ...(actual !== undefined && { actual: brief(actual) }) }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const BRIEF_LENGTH = 200

/** A long value as the beginning of its text. */
function brief<T>(value: T): T | string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length <= BRIEF_LENGTH ? value : `${text.slice(0, BRIEF_LENGTH)}…`
}
