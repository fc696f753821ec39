import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import type { Snapstand } from '../../src/index.ts'
import { answersIn, type RawAnswer } from '../http/raw-http.ts'

/** A connection as a client holds it that trusts one certificate alone. */
export interface Held {
  readonly socket: TLSSocket
  answers(): RawAnswer[]
  readonly ended: Promise<unknown>
}

export async function hold({ tls }: Pick<Snapstand, 'tls'>, ...sent: readonly string[]): Promise<Held> {
  const socket = connect({ port: tls?.port ?? 0, host: '127.0.0.1', ca: tls?.certificate })
  let text = ''
  socket.on('error', () => {})
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  const ended = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'secureConnect')
  for (const part of sent) {
    socket.write(part)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { socket, answers: () => answersIn(text), ended }
}

/** The first answer to bytes that a client sends by TLS. */
export async function askSecurely(server: Pick<Snapstand, 'tls'>, ...sent: readonly string[]): Promise<RawAnswer> {
  const held = await hold(server, ...sent)
  for (;;) {
    const [answer] = held.answers()
    if (answer) {
      held.socket.destroy()
      return answer
    }
    if (held.socket.destroyed) throw new Error('it was closed without an answer')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
