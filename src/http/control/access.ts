import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type Access, hostOf, type Stranger } from '../access.ts'
import { Problem } from '../problem.ts'

/**
 * Who may use the control API: a program on this machine, which says so by the host it calls; one that calls a host named
 * by `--control-host`; or, where there is a token, whoever sends it. A page of another site never, also where `--cors`
 * lets it call the clouds.
 */
export function controlCheck(
  { isByOwnHost, strangerIn }: Access,
  token: string | undefined
): (headers: IncomingHttpHeaders) => Problem | undefined {
  return (headers) => {
    if (token !== undefined) return isSame(headers.authorization, `Bearer ${token}`) ? undefined : refusedToken()
    if (!isByOwnHost(headers)) return refusedHost(hostOf(headers.host ?? ''))
    const stranger = strangerIn(headers)
    return stranger && refusedPage(stranger, headers.origin)
  }
}

function isSame(given: string | undefined, wanted: string): boolean {
  const left = Buffer.from(given ?? '')
  const right = Buffer.from(wanted)
  return left.length === right.length && timingSafeEqual(left, right)
}

function refusedHost(host: string): Problem {
  const name = host === '' ? 'NAME' : host
  return new Problem(
    403,
    `The control API answers on a loopback Host only, not on ${JSON.stringify(host)}; start the server with --control-host ${name} or with --control-token.`,
    { field: 'Host', value: host, example: 'localhost' }
  )
}

function refusedPage({ field, value }: Stranger, origin = 'another site'): Problem {
  return new Problem(403, `The control API does not answer to pages of ${origin}.`, { field, value })
}

function refusedToken(): Problem {
  return new Problem(
    401,
    'The control API wants the token of --control-token.',
    { field: 'Authorization', example: 'Authorization: Bearer <token>' },
    { 'www-authenticate': 'Bearer realm="snapstand"' }
  )
}
