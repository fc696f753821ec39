import type { IncomingHttpHeaders } from 'node:http'

export interface AccessOptions {
  /** Hosts that count as this machine, besides the loopback ones: `--control-host`. */
  readonly hosts?: readonly string[]
  /** Origins whose pages may call the clouds, `*` for all: `--cors`. */
  readonly cors?: readonly string[]
}

/** What says that a page of another site is asking. */
export interface Stranger {
  readonly field: 'Sec-Fetch-Site' | 'Origin'
  readonly value: string
}

/** By whom the server is called, as far as the headers tell that no page can forge. */
export interface Access {
  /** Called by a name of this machine: a page that has its own name point here is not. */
  isByOwnHost(headers: IncomingHttpHeaders): boolean
  /** undefined: no page, or one of this machine. */
  strangerIn(headers: IncomingHttpHeaders): Stranger | undefined
  /** The origin that `--cors` lets in, or `*` for a page that does not tell its own. */
  letsIn(headers: IncomingHttpHeaders): string | undefined
}

export function createAccess({ hosts = [], cors = [] }: AccessOptions): Access {
  const named = hosts.map((host) => host.toLowerCase())
  const origins = new Set(cors.map((origin) => origin.toLowerCase()))
  const isOurs = (authority: string): boolean => {
    const host = hostOf(authority)
    return isLoopback(host) || named.some((name) => fits(name, host) || fits(name, authority.toLowerCase()))
  }
  return {
    isByOwnHost: ({ host = '' }) => isOurs(host),
    strangerIn({ host = '', origin, 'sec-fetch-site': site }) {
      if (site === 'cross-site') return { field: 'Sec-Fetch-Site', value: site }
      if (origin === undefined) return undefined
      const authority = origin.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
      const isFine = authority.toLowerCase() === host.toLowerCase() || isOurs(authority)
      return isFine ? undefined : { field: 'Origin', value: origin }
    },
    letsIn({ origin }) {
      if (origin !== undefined && origins.has(origin.toLowerCase())) return origin
      return origins.has('*') ? (origin ?? '*') : undefined
    }
  }
}

/** Without its port, in lower case. A bare IPv6 address has none. */
export function hostOf(authority: string): string {
  const host = authority.toLowerCase()
  if (/:.*:/.test(host) && !host.startsWith('[')) return host
  return host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** Whether a host is the one that is named, or, of `.example.com`, one below it. */
function fits(name: string, host: string): boolean {
  if (name.startsWith('.')) return host === name.slice(1) || host.endsWith(name)
  return host === name || (name.endsWith(']') && host === hostOf(name))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
