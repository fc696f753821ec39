import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '../problem.ts'
import type { ControlOptions } from './index.ts'

/**
 * Who may use the control API: a program on this machine, which says so by the host it calls; one that calls a host named
 * by `--control-host`; or, where there is a token, whoever sends it.
 */
export function accessOf({ hosts = [], token }: ControlOptions): (headers: IncomingHttpHeaders) => Problem | undefined {
  const named = new Set(hosts.map((host) => host.toLowerCase()))
  const isKnown = (host: string): boolean => isLoopback(host) || named.has(host)
  return (headers) => {
    if (token !== undefined) return isSame(headers.authorization, `Bearer ${token}`) ? undefined : refusedToken()
    const host = hostOf(headers.host ?? '')
    if (!isKnown(host) && !named.has(headers.host?.toLowerCase() ?? '')) return refusedHost(host)
    // A page of another site that a browser on this machine shows must not turn the clock.
    const origin = headers.origin
    if (origin !== undefined && !isKnown(hostOf(origin.replace(/^[a-z]+:\/\//i, '')))) return refusedOrigin(origin)
    return undefined
  }
}

/** Without its port, in lower case. */
function hostOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
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

function refusedOrigin(origin: string): Problem {
  return new Problem(403, `The control API does not answer to pages of ${origin}.`, { field: 'Origin', value: origin })
}

function refusedToken(): Problem {
  return new Problem(
    401,
    'The control API wants the token of --control-token.',
    { field: 'Authorization', example: 'Authorization: Bearer <token>' },
    { 'www-authenticate': 'Bearer realm="snapstand"' }
  )
}
