import { BadUsage } from '../documents/complaint.ts'

/** The URL of an upstream: scheme, host and port. Throws `BadUsage`. */
export function upstreamOf(text: string, where = '--upstream'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const expected = 'expected scheme and host, such as https://console.zenlayer.com'
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new BadUsage([{ where, reason: `${JSON.stringify(text)} is no URL`, expected }])
  }
  if (url.username !== '' || url.password !== '') {
    throw new BadUsage([{ where, reason: 'holds credentials', expected: 'expected them in the environment' }])
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    const reason = `${JSON.stringify(text)} goes on behind the host: the paths are those of the calls`
    throw new BadUsage([{ where, reason, expected }])
  }
  return url
}
