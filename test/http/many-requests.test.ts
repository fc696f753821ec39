import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/core/model/journal.ts'
import { findIn } from '../../src/http/control/found.ts'
import { type Server, type StartOptions, start } from '../harness.ts'

async function using(options: StartOptions, work: (server: Server) => Promise<void>): Promise<void> {
  const server = await start(options)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

function entry(world: string, n: number, body = ''): JournalEntry {
  return {
    id: `${world}-${n}`,
    world,
    provider: 'zenlayer',
    operation: n % 2 === 0 ? 'DescribeDisks' : 'CreateSnapshot',
    version: '2025-09-01',
    at: n,
    wallAt: n,
    durationMs: 1,
    method: 'POST',
    url: '/api/v2/zec',
    status: n % 5 === 0 ? 404 : 200,
    code: n % 5 === 0 ? 'INVALID_DISK_NOT_FOUND' : null,
    request: body,
    response: body,
    unused: n % 7 === 0 ? ['body.foo'] : [],
    resources: [],
    refusal: null
  }
}

interface Listed {
  readonly found: number
  readonly counts: object
  readonly unused: object
  readonly requests: readonly { readonly id: string; readonly wallAt: string }[]
}

test('the newest of many journals come first, whatever their order, and all are counted', () =>
  using({}, async ({ control, core }) => {
    for (let n = 1; n <= 3000; n++) core.journals.of(`w-${(n * 7919) % 23}`).add(entry(`w-${(n * 7919) % 23}`, n))
    const listed = async (query: string): Promise<Listed> =>
      JSON.parse(JSON.stringify((await control('GET', `/requests?world=*${query}`)).body))
    const all = await listed('&limit=10000')
    expect(all.requests.map(({ wallAt }) => Date.parse(wallAt))).toEqual(
      Array.from({ length: 3000 }, (_, n) => 3000 - n)
    )
    expect(all).toMatchObject({
      found: 3000,
      counts: {
        operation: { DescribeDisks: 1500, CreateSnapshot: 1500 },
        status: { 200: 2400, 404: 600 },
        code: { INVALID_DISK_NOT_FOUND: 600 }
      },
      unused: { 'DescribeDisks body.foo': 214, 'CreateSnapshot body.foo': 214 }
    })
    const { requests, ...counted } = await listed('&limit=3')
    expect(requests.map(({ wallAt }) => Date.parse(wallAt))).toEqual([3000, 2999, 2998])
    expect(counted).toEqual({ ...all, requests: undefined, ...counted })
    expect(await listed('&limit=0')).toMatchObject({ found: 3000, requests: [] })
    expect(await listed('&status=404&limit=1')).toMatchObject({ found: 600, requests: [{ status: 404 }] })
  }))

test('twenty thousand entries, read whole, hold nobody up', { timeout: 120_000 }, () =>
  using({ journalBytes: 1024 ** 3 }, async ({ control, core }) => {
    const body = 'x'.repeat(1500)
    for (let world = 0; world < 40; world++) {
      for (let n = 0; n < 500; n++) core.journals.of(`w-${world}`).add(entry(`w-${world}`, n * 40 + world, body))
    }
    let turns = 0
    let isOver = false
    const others = () => {
      turns++
      if (!isOver) setImmediate(others)
    }
    setImmediate(others)
    const startedAt = performance.now()
    const { found, newest } = await findIn(core.journals.loose(), {}, 10_000)
    isOver = true
    const tookMs = performance.now() - startedAt
    expect({ found, shown: newest.length }).toEqual({ found: 20_000, shown: 10_000 })
    // A fast machine needs hardly more than a slice of ten milliseconds for all of it.
    expect(turns).toBeGreaterThanOrEqual(Math.floor(tookMs / 200))
    const answer = await control('GET', '/requests?world=*&limit=10000')
    expect(answer.status).toBe(200)
    expect(Object(answer.body).requests).toHaveLength(10_000)
  })
)
