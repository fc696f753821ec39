import type { Server } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { wallNow } from '../core/model/clock.ts'
import { answerLast } from './last-answer.ts'
import { Problem, replyOf } from './problem.ts'

/** Where clients come in that insist on TLS. */
export interface SecureDoor {
  /** Listens on all these addresses, and gives back the port: 0 asks for a free one. */
  listen(addresses: readonly string[], port: number): Promise<number>
  /** Takes nobody in any more; settles when all who came in by here are gone. */
  close(): Promise<void>
}

export interface Pair {
  readonly certificate: string
  readonly key: string
}

/** The first byte of all that speaks TLS. */
const HANDSHAKE = 0x16
/** How long a client may take until it has said who it wants. */
const PATIENCE_MS = 30_000

const NO_TLS = 'This port speaks TLS: call it by https, or the other port by http.'

/**
 * A door to a server that is there already: what comes out of TLS goes on like any other connection of it, so there is one
 * way through for both. Throws where the pair can't serve.
 */
export function createSecureDoor(server: Server, { certificate, key }: Pair): SecureDoor {
  const secureContext = createSecureContext({ cert: certificate, key })
  /** Connections that have not come through yet. */
  const outside = new Set<Socket>()

  const takeIn = (socket: Socket) => {
    outside.add(socket)
    socket.setTimeout(PATIENCE_MS, () => socket.destroy())
    socket.once('close', () => outside.delete(socket))
    // Who hangs up here has not asked anything.
    socket.on('error', () => {})
    socket.once('data', (first: Buffer) => {
      if (first[0] !== HANDSHAKE) {
        answerLast(socket, replyOf(new Problem(400, NO_TLS)), { wallAt: wallNow() })
        return
      }
      socket.pause()
      socket.unshift(first)
      const secure = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
      const failed = () => socket.destroy()
      secure.on('error', failed)
      secure.once('secure', () => {
        outside.delete(socket)
        socket.setTimeout(0)
        secure.off('error', failed)
        server.emit('connection', secure)
      })
    })
  }

  const doors: ReturnType<typeof createServer>[] = []
  return {
    async listen(addresses, port) {
      let taken = port
      for (const host of addresses) {
        const door = createServer(takeIn)
        doors.push(door)
        await new Promise<void>((resolve, reject) => {
          door.once('error', reject)
          door.listen({ host, port: taken }, resolve)
        })
        taken = portOf(door.address()) ?? taken
      }
      return taken
    },
    async close() {
      const closed = doors.map((door) => new Promise((resolve) => door.close(resolve)))
      for (const socket of outside) socket.destroy()
      await Promise.all(closed)
    }
  }
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' ? address?.port : undefined
}
