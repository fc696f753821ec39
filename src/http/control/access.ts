import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '../problem.ts'
import type { ControlOptions } from './index.ts'

/**
 * Who may use the control API: a program on this machine, which says so by the host it calls; one that calls a host named
 * by `--control-host` (`.example.com` names all below it); or, where there is a token, whoever sends it.
 */
export function accessOf({ hosts = [], token }: ControlOptions): (headers: IncomingHttpHeaders) => Problem | undefined {
  const named = hosts.map((host) => host.toLowerCase())
  const isNamed = (host: string) => named.some((name) => fits(name, host))
  const isKnown = (host: string): boolean => isLoopback(hostOf(host)) || isNamed(hostOf(host)) || isNamed(host)
  return (headers) => {
    if (token !== undefined) return isSame(headers.authorization, `Bearer ${token}`) ? undefined : refusedToken()
    const host = headers.host?.toLowerCase() ?? ''
    if (!isKnown(host)) return refusedHost(hostOf(host))
    // A page of another site that a browser on this machine shows must not turn the clock.
    const origin = headers.origin
    if (origin !== undefined && !isKnown(origin.toLowerCase().replace(/^[a-z]+:\/\//, ''))) return refusedOrigin(origin)
    return undefined
  }
}

/** Without its port. A bare IPv6 address has none. */
function hostOf(host: string): string {
  if (/:.*:/.test(host) && !host.startsWith('[')) return host
  return host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** Whether a host is the one that is named, or one below it. */
function fits(name: string, host: string): boolean {
  if (name.startsWith('.')) return host === name.slice(1) || host.endsWith(name)
  return host === name || (name.endsWith(']') && host === hostOf(name))
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
