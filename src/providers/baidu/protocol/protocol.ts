import { nearest } from '../../../documents/nearest.ts'
import type { ApiError, Operation, Protocol, RawRequest, Reply, Trouble } from '../../provider.ts'
import { decoded, segmentsOf, targetOf } from '../../wire/uri.ts'
import { refusal } from '../errors.ts'
import { authenticate, claimedKey } from './identify.ts'
import { invalid, jsonOf, normalise, readsBody } from './input.ts'
import { internalPath, type Meaning, nowhere, type RouteTable, routeTable } from './read.ts'
import { clientToken } from './token.ts'

/** How BCC speaks HTTP: REST under `/v2` and `/v3`, actions as query keys, `bce-auth-v1`, bare JSON. */
export function createProtocol(operations: readonly Operation[]): Protocol {
  const table = routeTable(operations)
  const meaningOf = (request: RawRequest) => table.meaning(request.method, request.url)
  return {
    owns: (path) => /^\/v\d/.test(decoded(targetOf(path).path) ?? path),
    target(method, url) {
      const meaning = table.meaning(method, url)
      return meaning.kind === 'operation' ? meaning.internal : nowhere(url)
    },
    routes: (operation) =>
      [operation.route, ...operation.aliases].map((route) => ({ method: route.method, path: internalPath(route) })),
    early(method, url) {
      if (table.meaning(method, url).kind !== 'uri') return undefined
      return refusal('InvalidURI', { hint: 'A "%" in the path or query does not begin the code of a UTF-8 character.' })
    },
    authenticate,
    claimed: claimedKey,
    unmatched: (request) => unmatched(request, meaningOf(request), table),
    version: ({ url }) => /^v\d+/.exec(segmentsOf(targetOf(url).path)?.[0] ?? '')?.[0] ?? '',
    parse(request) {
      const meaning = meaningOf(request)
      return readsBody(request, meaning.kind === 'operation' ? meaning.operation : undefined)
        ? jsonOf(request.body)
        : {}
    },
    normalise,
    invalid,
    token: (_operation, request) => clientToken(request),
    tokenMismatch: () =>
      refusal('IdempotentParameterMismatch', {
        hint: 'This clientToken came before, within 24 hours, with another method, path, query or body.',
        field: 'query.clientToken',
        rule: 'baidu.md 1.9'
      }),
    trouble,
    requestId: (uuid) => uuid,
    success: (_operation, result, requestId) =>
      reply(200, result === undefined ? '' : JSON.stringify(result), requestId),
    failure: (error, requestId) =>
      reply(error.status, JSON.stringify({ requestId, code: error.code, message: error.message }), requestId)
  }
}

/** Cloud: the headers of every example; `Date` is the server's own, wall-clock time (baidu.md 1.4). */
function reply(status: number, body: string, requestId: string): Reply {
  return {
    status,
    headers: { 'x-bce-request-id': requestId, 'content-type': 'application/json;charset=UTF-8', server: 'BWS' },
    body
  }
}

function unmatched(request: RawRequest, meaning: Meaning, table: RouteTable): ApiError {
  const line = `${request.method} ${targetOf(request.url).path}`
  switch (meaning.kind) {
    case 'version':
      return refusal('InvalidVersion', {
        hint: nearestLine(line, table),
        field: 'path',
        rule: 'baidu.md 3.2, 7.5'
      })
    case 'method':
      return refusal('BadRequest', {
        hint: `${meaning.path} takes ${meaning.methods.join(', ')}, not ${request.method}.`,
        field: 'method',
        rule: 'baidu.md 3.2'
      })
    case 'action':
      return refusal('BadRequest', { hint: actionHint(meaning), field: 'query', rule: 'baidu.md 1.2, 3.2' })
    case 'uri':
      return refusal('InvalidURI', { field: 'path' })
    case 'path':
    case 'operation':
      return refusal('NoSuchObject', { hint: nearestLine(line, table), field: 'path', rule: 'baidu.md 3.2' })
    default:
      return meaning satisfies never
  }
}

function actionHint({ path, given, actions }: Extract<Meaning, { kind: 'action' }>): string {
  const wanted = `${path} wants exactly one of ${actions.map((action) => `?${action}`).join(', ')}`
  return given.length === 0 ? `${wanted}; none is there.` : `${wanted}; given: ${given.join(', ')}.`
}

function nearestLine(line: string, table: RouteTable): string {
  const near = nearest(line, table.lines)
  return `No operation is at "${line.slice(0, 200)}".${near === undefined ? '' : ` The nearest is ${near}.`}`
}

/** What the HTTP layer finds wrong, in this cloud's words. */
function trouble(kind: Trouble): ApiError {
  switch (kind) {
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
    case 'bad-path':
      return refusal('InvalidURI', { hint: 'The path cannot be decoded.', field: 'path' })
    case 'unavailable':
      return refusal('InternalError', { hint: 'No new world can be made: --max-worlds is reached.' })
    case 'internal':
      return refusal('InternalError')
    default:
      return kind satisfies never
  }
}
