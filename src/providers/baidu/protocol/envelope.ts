import type { ApiError, Cause, Reply } from '../../provider.ts'
import { refusal, requestExpired } from '../errors.ts'
import { dateIn } from './identify.ts'
import { invalid } from './input.ts'

/** No envelope; the few answers that show the request's id leave room for it (baidu.md 1.5). */
export function success(result: unknown, requestId: string): Reply {
  if (result === undefined) return reply(200, '', requestId)
  const isShown =
    typeof result === 'object' && result !== null && 'requestId' in result && result.requestId !== undefined
  return reply(200, JSON.stringify(isShown ? { ...result, requestId } : result), requestId)
}

export function failure({ status, code, message }: ApiError, requestId: string): Reply {
  return reply(status, JSON.stringify({ requestId, code, message }), requestId)
}

/** Cloud: the headers of every example; `Date` is the server's own, wall-clock time (baidu.md 1.4). */
function reply(status: number, body: string, requestId: string): Reply {
  return {
    status,
    headers: { 'x-bce-request-id': requestId, 'content-type': 'application/json;charset=UTF-8', server: 'BWS' },
    body
  }
}

/** What no row refuses, in this cloud's words. */
export function refusalOf(cause: Cause): ApiError {
  switch (cause.kind) {
    case 'invalid':
      return invalid(cause.operation, cause.wrongs)
    case 'injected': {
      const { error, request, wallNow } = cause
      return error.code === 'RequestExpired' ? requestExpired(dateIn(request, wallNow), error.why) : error
    }
    case 'token-mismatch':
      return refusal('IdempotentParameterMismatch', {
        hint: 'This clientToken came before, within 24 hours, with another method, path, query or body.',
        field: 'query.clientToken',
        rule: 'baidu.md 1.9'
      })
    case 'too-large':
      return refusal('BadRequest', { hint: 'The body is larger than 1 MiB.', field: 'body', rule: 'baidu.md 8, Q31' })
    case 'headers-too-large':
      return refusal('InvalidHTTPRequest', {
        hint: 'Request line and headers are larger than 16 KiB.',
        field: 'header'
      })
    case 'not-http':
      return refusal('InvalidHTTPRequest', {
        hint: 'What arrived is no HTTP request, or its framing contradicts itself.'
      })
    case 'encoding':
      return refusal('InvalidHTTPRequest', { hint: 'The Content-Encoding of the body is not read.', field: 'header' })
    case 'bad-path':
      return refusal('InvalidURI', { hint: 'The path cannot be decoded.', field: 'path' })
    case 'not-admitted':
      return refusal('AccessDenied')
    case 'unavailable':
      return refusal('InternalError', { hint: 'No new world can be made: --max-worlds is reached.' })
    case 'costly-pattern': // No list of this cloud takes patterns.
    case 'internal':
      return refusal('InternalError')
    default:
      return cause satisfies never
  }
}
