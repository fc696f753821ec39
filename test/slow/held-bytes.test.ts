import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { startSnapstand } from '../../src/index.ts'

const MIB = 1024 ** 2
setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

async function held(): Promise<number> {
  for (let n = 0; n < 3; n++) {
    if (typeof collect === 'function') collect()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

// What is cut out of a large text keeps the whole of it in memory, unless it is copied.
test.for([
  ['a long name that nobody reads', (n: number) => `{"${'x'.repeat(900_000)}${n}":1,"name":"n"}`],
  ['a long value', (n: number) => `{"name":"${'y'.repeat(900_000)}${n}"}`],
  ['many ids', (n: number) => JSON.stringify({ volumeIds: Array.from({ length: 40_000 }, (_, i) => `v-${n}-${i}`) })]
] as const)('of sixty calls with %s the journal holds what it may, read or not', async ([, bodyOf]) => {
  const journalBytes = 4 * MIB
  const server = await startSnapstand({ journalBytes })
  try {
    const calls = async (count: number) => {
      for (let n = 0; n < count; n++) {
        await (await fetch(`${server.url}/v2/asp/update`, { method: 'PUT', body: bodyOf(n) })).text()
      }
      return held()
    }
    const before = await calls(10)
    expect((await calls(60)) - before).toBeLessThan(journalBytes + 8 * MIB)
    await server.world('default').requests.list({ limit: 60 })
    expect((await calls(1)) - before).toBeLessThan(journalBytes + 8 * MIB)
  } finally {
    await server.close()
  }
})
