import { randomUUID } from 'node:crypto'
import { connect } from 'snapstand/client'

const server = connect(process.env.SNAPSTAND_URL ?? 'http://127.0.0.1:7420')

/** A world that nobody else knows: its key is made up, so it is new, and its time stands still until it is told to go on. */
export async function newWorld(name, now) {
  const world = server.world(`${name}-${randomUUID()}`)
  await world.clock.set({ mode: 'manual', now })
  return world
}
