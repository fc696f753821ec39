import type { FastifyReply } from 'fastify'

/** The first is refused by the system of one who has gone, however far away; the next finds that out. */
const PROBES_AT_MS = [0, 100, 2000]

/**
 * Sends something when the client's half of the connection ends while it waits for its answer. It may still be there, or
 * have gone: nothing else tells, and the connection of one who has gone closes by it.
 */
export function probeWhenHalfClosed({ raw }: FastifyReply, send: () => void): void {
  const { socket } = raw
  let timers: readonly NodeJS.Timeout[] = []
  const probe = () => {
    timers = PROBES_AT_MS.map((ms) => setTimeout(send, ms))
  }
  socket?.once('end', probe)
  raw.once('close', () => {
    socket?.off('end', probe)
    for (const timer of timers) clearTimeout(timer)
  })
}
