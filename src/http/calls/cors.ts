import type { IncomingHttpHeaders } from 'node:http'
import type { Reply, RequestLine } from '../../providers/provider.ts'
import type { Access } from '../access.ts'
import type { Answered } from './conclude.ts'

const REMEMBERED_S = 600

/** What a browser asks before it sends a page's request. */
export function isPreflight({ method, headers }: Pick<RequestLine, 'method' | 'headers'>): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined
}

/** The answer to the preflight of a page that is let in; undefined: it is none, or not let in. */
export function preflightReply(access: Access, line: Pick<RequestLine, 'method' | 'headers'>): Reply | undefined {
  const origin = isPreflight(line) ? access.letsIn(line.headers) : undefined
  if (origin === undefined) return undefined
  const { headers } = line
  const wanted = headers['access-control-request-headers']
  return {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': String(headers['access-control-request-method']),
      ...(wanted !== undefined && { 'access-control-allow-headers': String(wanted) }),
      // A page of the internet that calls a machine of this network asks for that, too.
      ...(headers['access-control-request-private-network'] === 'true' && {
        'access-control-allow-private-network': 'true'
      }),
      'access-control-max-age': String(REMEMBERED_S),
      vary: 'Origin, Access-Control-Request-Headers'
    },
    body: ''
  }
}

/** An answer as a page that is let in may read it, all of its headers. */
export function readable(access: Access, headers: IncomingHttpHeaders, reply: Answered): Answered {
  const origin = headers.origin === undefined ? undefined : access.letsIn(headers)
  if (origin === undefined) return reply
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': [...Object.keys(reply.headers), 'date'].join(', '),
      vary: 'Origin'
    }
  }
}
