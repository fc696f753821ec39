import type { JournalEntry } from '../../core/model/journal.ts'
import { originForm } from '../context.ts'

/** A shell command that sends a request again to a server, without its credentials. */
export function curlOf({ method, url, headers = {}, request }: JournalEntry, server: string): string {
  const sent = Object.entries(headers)
  // Without a type of its own curl would name one.
  if (request !== '' && headers['content-type'] === undefined) sent.push(['content-type', ''])
  return [
    'curl -sS -i -g',
    `-X ${quoted(method)}`,
    ...sent.map(([name, value]) => `-H ${quoted(value === '' ? `${name}:` : `${name}: ${value}`)}`),
    ...(request === '' ? [] : [`--data-raw ${quoted(request)}`]),
    quoted(`${server}${originForm(url)}`)
  ].join(' ')
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
