import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { build, CLI, startProgram } from '../program.ts'

beforeAll(build, 120_000)

test.for(['stderr', 'stdout'] as const)('a server whose %s nobody reads any more goes on', async (stream) => {
  const { url, child, stop } = await startProgram()
  child[stream].destroy()
  // Each refusal is a line of the log.
  for (let call = 0; call < 5; call++) {
    expect((await fetch(`${url}/v2/nothing`)).status).toBe(404)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect((await fetch(`${url}/_snapstand/health`)).status).toBe(200)
  expect(await stop()).toMatchObject({ code: 0 })
})

// Linux has a file that is always full.
test.runIf(existsSync('/dev/full'))('what cannot be written to a full disk ends with a failure, and says so', () => {
  const full = openSync('/dev/full', 'w')
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'schema'], { stdio: ['ignore', full, 'pipe'] })
  expect(status).toBe(1)
  expect(String(stderr)).toMatch(/^snapstand: standard output cannot be written: ENOSPC/)
})

test('a reader that has seen enough is no failure', () => {
  const words = `"$0" "$1" schema | head -c 1; exit "\${PIPESTATUS[0]}"`
  const { status, stderr } = spawnSync('bash', ['-c', words, process.execPath, CLI])
  expect([status, String(stderr)]).toEqual([0, ''])
})
