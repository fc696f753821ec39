import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a call may be passed on. It may be signed with the user's own key, so no page that a browser shows may make one:
 * not by its origin, and not by a name that points to this machine.
 */
export function isAdmitted({ host = '', origin, 'sec-fetch-site': site }: IncomingHttpHeaders, upstream: URL): boolean {
  if (site === 'cross-site' || site === 'same-site') return false
  const isOurs = (name: string) => isLoopback(name) || name === upstream.hostname
  return isOurs(nameIn(host)) && (origin === undefined || isOurs(nameIn(origin.replace(/^[a-z+.-]+:\/\//i, ''))))
}

function nameIn(authority: string): string {
  const url = `http://${authority}`
  return URL.canParse(url) ? new URL(url).hostname : ''
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
