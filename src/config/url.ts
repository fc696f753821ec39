/** What a client on this machine takes: a wildcard address is reached by the loopback one. */
export function urlOf(host: string, port: number, scheme: 'http' | 'https' = 'http'): string {
  if (host === '0.0.0.0') return `${scheme}://127.0.0.1:${port}`
  if (host === '::') return `${scheme}://[::1]:${port}`
  // Only an IPv6 address has a colon in it; `isIPv6` takes 2 ms of a start to compile its pattern.
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
