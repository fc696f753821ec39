import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of a server: who looks after them can end them. */
export interface Connections {
  watch(server: Server): void
  /**
   * Closes at once those on which nothing is under way, also one that has sent nothing yet; the others after their answer,
   * and whatever is left after the grace.
   */
  end(graceMs: number): void
  /** Leaves a connection without an answer, until its client goes, the server ends, or too many others wait like it. */
  hang(socket: Socket): void
}

/** Connections that hang at a time: of more the one that has waited longest is closed. */
const HANGING_MAX = 256

interface Connection {
  readonly underWay: Set<ServerResponse>
  /** How many bytes had come when nothing was under way last: where it is more, half a request is there. */
  bytesRead: number
}

export function createConnections(): Connections {
  const open = new Map<Socket, Connection>()
  const hanging = new Set<Socket>()
  let ending = false

  const connectionOf = (socket: Socket): Connection => {
    let connection = open.get(socket)
    if (!connection) {
      connection = { underWay: new Set(), bytesRead: 0 }
      open.set(socket, connection)
      socket.once('close', () => open.delete(socket))
    }
    return connection
  }
  const answered = (socket: Socket, response: ServerResponse) => {
    const connection = connectionOf(socket)
    connection.underWay.delete(response)
    connection.bytesRead = socket.bytesRead
    if (ending && connection.underWay.size === 0) socket.destroySoon()
  }

  return {
    watch(server) {
      server.on('connection', connectionOf)
      server.on('request', ({ socket }, response) => {
        connectionOf(socket).underWay.add(response)
        if (ending) response.setHeader('connection', 'close')
        // Once, but `once` would wrap it: this is every request.
        response.on('close', () => answered(socket, response))
      })
    },
    hang(socket) {
      if (ending || socket.destroyed) {
        socket.destroy()
        return
      }
      hanging.add(socket)
      socket.once('close', () => hanging.delete(socket))
      const [longest] = hanging
      if (hanging.size > HANGING_MAX) longest?.destroy()
    },
    end(graceMs) {
      ending = true
      for (const socket of hanging) socket.destroy()
      for (const [socket, { underWay, bytesRead }] of open) {
        if (underWay.size === 0 && socket.bytesRead === bytesRead) socket.destroySoon()
        // So that the client sends nothing more on it.
        for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close')
      }
      // Connections keep the process going, not their end.
      setTimeout(() => {
        for (const socket of open.keys()) socket.destroy()
      }, graceMs).unref()
    }
  }
}
