import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { wallNow } from '../../core/model/clock.ts'
import type { HttpContext } from '../context.ts'
import type { Answered } from './conclude.ts'

/** What a fault does to a connection instead of answering on it. */
export function breakOff({ connections }: HttpContext, socket: Socket, answered: Answered): void {
  const { connection } = answered
  if (connection === 'hang') connections.hang(socket)
  else if (connection === 'reset') reset(socket)
  else if (connection === 'close-early') {
    socket.write(beginningOf(answered))
    socket.destroySoon()
  } else connection satisfies undefined
}

/** Without a word; where the system can't do that to this kind of connection, it is closed. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy()
  } catch {
    socket.destroy()
  }
}

/** An answer up to the middle of its body; of one that has none, up to the middle of its head. */
function beginningOf({ status, headers, body }: Answered): Buffer {
  const bytes = Buffer.from(body)
  const fields = {
    ...headers,
    date: new Date(wallNow()).toUTCString(),
    connection: 'keep-alive',
    'content-length': bytes.length
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`, 'latin1')
  if (bytes.length === 0) return head.subarray(0, head.length >> 1)
  return Buffer.concat([head, bytes.subarray(0, bytes.length >> 1)])
}
