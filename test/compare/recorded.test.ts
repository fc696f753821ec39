import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareFolder } from '../../src/compare/recorded.ts'
import { startSnapstand } from '../../src/index.ts'
import { startRecording } from '../../src/recording/start.ts'
import { FLOWS, KEY, realSide } from './other-side.ts'

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'snapstand-recorded-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

test.for(FLOWS.map(([cloud, flow]) => [cloud.provider.name, cloud, flow] as const))(
  'what is recorded of an unchanged Snapstand, over signed calls, compares to nothing: %s',
  { timeout: 120_000 },
  async ([name, cloud, flow]) => {
    const credentials = { keyId: 'theirs', secret: 'a secret of their own' }
    await using upstream = await startSnapstand({
      auth: 'strict',
      keys: [{ id: credentials.keyId, secret: credentials.secret }]
    })
    const folder = join(scratch, name)
    const recording = await startRecording({
      ...{ provider: cloud.provider, upstream: new URL(upstream.url), credentials, folder, port: 0, tool: 'a test' }
    })
    // The client's own key is none of the cloud's: calls are signed again on the way.
    const side = realSide(recording.url, cloud, KEY)
    await flow(side)
    side.end()
    expect(await recording.close()).toMatchObject({ failed: 0 })
    const { differences, notPlayed, calls } = await compareFolder(folder)
    expect({ differences, notPlayed }).toEqual({ differences: [], notPlayed: [] })
    expect(calls).toBe(side.exchanges.length)
  }
)
