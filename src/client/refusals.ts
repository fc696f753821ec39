import type { Problem } from '../doors/schemas.ts'

/** The server said no: its problem details, as far as it told any. */
export class ControlRefused extends Error {
  override readonly name = 'ControlRefused'
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

/** Nobody answers there, or the answer broke off; the cause says how. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly url: string
  constructor(url: string, cause: unknown) {
    super(`nothing answers at ${url}`, { cause })
    this.url = url
  }
}
