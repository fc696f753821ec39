import { beforeAll, expect, test } from 'vitest'
import { build, startProgram } from '../program.ts'

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
