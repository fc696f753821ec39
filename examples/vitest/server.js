import { startSnapstand } from 'snapstand'

/** One server for all test files; each test makes up a key, and has a world of its own there. */
export default async function setup({ provide }) {
  const server = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
  provide('snapstand', server.url)
  return () => server.close()
}
