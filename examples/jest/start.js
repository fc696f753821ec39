import { startSnapstand } from 'snapstand'

/** One server for all test files; workers get its URL with the environment. */
export default async function start() {
  const server = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
  process.env.SNAPSTAND_URL = server.url
  globalThis.snapstand = server
}
