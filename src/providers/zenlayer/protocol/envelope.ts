import type { ApiError, Cause, Reply } from '../../provider.ts'
import { refusal } from '../errors.ts'
import { invalid } from './input.ts'

const HEADERS = { 'content-type': 'application/json;charset=UTF-8' }

/** The request id stands in both objects (zenlayer.md 1.5). */
export function success(result: unknown, requestId: string): Reply {
  return reply(200, { requestId, response: { requestId, ...membersOf(result) } })
}

/** Three members, all of them strings: the Python SDK indexes each (zenlayer.md 1.6). */
export function failure({ status, code, message }: ApiError, requestId: string): Reply {
  return reply(status, { requestId, code, message })
}

/** Cloud: the letter T and an upper-case UUID (zenlayer.md 1.7). */
export function requestId(uuid: string): string {
  return `T${uuid.toUpperCase()}`
}

/** What no row refuses, in this cloud's words. */
export function refusalOf(cause: Cause): ApiError {
  switch (cause.kind) {
    case 'invalid':
      return invalid(cause)
    case 'injected':
      return cause.error
    case 'too-large': // zenlayer.md open question 15a
      return refusal('INVALID_PARAMETER_EXCEED_LENGTH', { hint: 'the body is larger than 1 MiB' })
    case 'headers-too-large':
      return refusal('INVALID_PARAMETER_EXCEED_LENGTH', { hint: 'the headers are larger than 16 KiB' })
    case 'not-http':
      return refusal('INVALID_PARAMETER_TYPE', { hint: 'this is no well-formed HTTP request' })
    case 'encoding':
      return refusal('INVALID_PARAMETER_TYPE', { hint: 'the Content-Encoding of the body is not read' })
    case 'bad-path':
      return refusal('AUTHFAILURE_UNAUTHORIZED_OPERATION', { hint: 'the path cannot be decoded' }, 404)
    case 'costly-pattern': // 1.10 has no bound; this one is ours.
      return refusal('INVALID_PARAMETER_PATTERN_ERROR', { hint: 'the pattern is too costly', rule: 'zenlayer.md 1.10' })
    case 'not-admitted':
      return refusal('AUTHFAILURE_UNAUTHORIZED_OPERATION')
    case 'unavailable':
      return refusal('SERVICE_TEMPORARY_UNAVAILABLE', { hint: 'the server takes no further world (--max-worlds)' })
    case 'token-mismatch': // This cloud has no tokens.
    case 'internal':
      return refusal('INTERNAL_SERVER_ERROR')
    default:
      return cause satisfies never
  }
}

function membersOf(result: unknown): object {
  return typeof result === 'object' && result !== null ? result : {}
}

function reply(status: number, body: object): Reply {
  return { status, headers: HEADERS, body: JSON.stringify(body) }
}
