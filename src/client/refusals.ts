import type { Miss, Unmet } from '../doors/expectations.ts'
import type { Problem } from '../doors/schemas.ts'
import { distrustOf } from './distrust.ts'

/** The server said no: its problem details, as far as it told any. */
export class ControlRefused extends Error {
  override readonly name: string = 'ControlRefused'
  readonly status: number
  /** What is wrong, and the way out, as a sentence; the message says the same. */
  readonly detail: string
  /** What it is about: a member, a parameter, a header. */
  readonly field: string | undefined
  /** What was sent there. */
  readonly value: unknown
  /** What would have been right there. */
  readonly example: unknown
  /** All that was told. */
  readonly problem: Partial<Problem> & Readonly<Record<string, unknown>>
  constructor(status: number, problem: ControlRefused['problem'], call: string) {
    const detail = problem.detail ?? `${call} was answered with ${status}`
    super(detail)
    this.status = status
    this.detail = detail
    this.field = problem.field
    this.value = problem.value
    this.example = problem.example
    this.problem = problem
  }
}

/** Something is called by a name that no address can hold: nothing, or one of the two that mean a step up or down. */
export class NoPath extends RangeError {
  override readonly name = 'NoPath'
  constructor(name: string) {
    super(`no path can hold the name ${JSON.stringify(name)}`)
  }
}

/** The journal does not hold the calls that were expected; the message names those that were nearly it. */
export class ExpectationUnmet extends ControlRefused {
  override readonly name: string = 'ExpectationUnmet'
  /** How many such calls there were. */
  readonly count: number
  readonly requests: Unmet['requests']
  /** The nearest first. */
  readonly misses: readonly Miss[]
  constructor(status: number, problem: ControlRefused['problem'] & Unmet, call: string) {
    super(status, problem, call)
    this.count = problem.count
    this.requests = problem.requests
    this.misses = problem.misses
    this.message = [this.detail, ...this.misses.map(lineOf)].join('\n')
  }
}

/** The refusal that an answer tells. */
export function refusalOf(status: number, problem: ControlRefused['problem'], call: string): ControlRefused {
  return isUnmet(problem) ? new ExpectationUnmet(status, problem, call) : new ControlRefused(status, problem, call)
}

function isUnmet(problem: ControlRefused['problem']): problem is ControlRefused['problem'] & Unmet {
  return problem.status === 409 && typeof problem.count === 'number' && Array.isArray(problem.misses)
}

function lineOf({ request, differences }: Miss): string {
  const words = differences.map(({ member, expected, actual, reason }) => {
    const found = reason ?? (actual === undefined ? 'missing' : JSON.stringify(actual))
    return `${member} is ${found}, not ${JSON.stringify(expected)}`
  })
  return `- ${request.operation ?? request.url} (${request.id}): ${words.join('; ')}`
}

/** Nobody answers there, or nobody who is trusted, or the answer broke off; the cause says how. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly url: string
  /** Somebody answers, whose certificate is not trusted; the message says what would help. */
  readonly isDistrusted: boolean
  constructor(url: string, cause: unknown) {
    const distrust = distrustOf(url, cause)
    super(distrust ?? `nothing answers at ${url}`, { cause })
    this.url = url
    this.isDistrusted = distrust !== undefined
  }
}
