import { STATUS_CODES } from 'node:http'
import type { Reply } from '../providers/provider.ts'

/** A refusal outside the clouds: problem details (RFC 9457). `members` stand beside the standard ones. */
export class Problem extends Error {
  readonly status: number
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  constructor(
    status: number,
    detail: string,
    members: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {}
  ) {
    super(detail)
    this.status = status
    this.members = members
    this.headers = headers
  }
}

/** Too much of a kind is under way: another try may find room. */
export function busy(detail: string, retryAfterS: number): Problem {
  return new Problem(503, detail, { retryAfterS }, { 'retry-after': String(retryAfterS) })
}

/** The answer that tells a problem. */
export function replyOf({ status, message, members, headers }: Problem): Reply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
    body: JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail: message, ...members })
  }
}
