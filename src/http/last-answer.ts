import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Reply } from '../providers/provider.ts'

/** Writes an answer on a bare socket, as the last one; of an answer to HEAD all but the body. */
export function answerLast(
  socket: Duplex,
  { status, headers, body }: Reply,
  { wallAt, method }: { readonly wallAt: number; readonly method?: string | undefined }
): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Date: ${new Date(wallAt).toUTCString()}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close'
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${method === 'HEAD' ? '' : body}`)
}
