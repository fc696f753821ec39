import { afterAll, describe, expect, test } from 'vitest'
import { baidu } from '../../src/providers/baidu/index.ts'
import { codesOf, wrongsOfFault } from '../../src/providers/faults.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { storeOf } from '../core/fake-cloud.ts'
import { type Exchange, exchangesOf, type FixtureRequest, seedOf } from '../fixtures.ts'
import { type Answer, type Server, start } from '../harness.ts'

// Every code that is documented, of every operation of both clouds, made by a fault: what a client gets is what a real
// refusal would be. A rule comes before the operation, so any input that is right will do.

const server = await start()
afterAll(() => server.close())

function send(request: FixtureRequest, key: string, to = server): Promise<Answer> {
  if ('method' in request) return to.baidu(request.method, request.url, request.body, { key })
  const { action, version, body } = request
  return to.zenlayer(action, body, { key, ...(version !== undefined && { version }) })
}

const clouds: readonly Provider[] = [zenlayer, baidu]

describe.for(clouds.map((cloud) => [cloud.name, cloud] as const))('%s', ([name, cloud]) => {
  const exchanges = exchangesOf(name)
  const refusals = new Map(exchanges.map((each): [string, Exchange] => [`${each.operation} ${each.title}`, each]))

  test.for(cloud.operations.map((row) => [row.name, row] as const))('%s answers each of its codes', async ([, row]) => {
    const request = refusals.get(`${row.name} success`)?.request
    if (!request) throw new Error(`no fixture shows a success of ${row.name}`)
    for (const code of codesOf(cloud, row)) {
      const then = { error: code }
      const put = await server.control('PUT', '/faults/each', { provider: name, operation: row.name, then })
      expect(put.status, JSON.stringify(put.body)).toBe(200)
      const answer = await send(request, 'default')
      const { status, message } = { ...cloud.catalogue[code], ...row.wording[code] }
      expect(answer, `${row.name} ${code}`).toMatchObject({ status, code })
      expect(answer.body).toEqual({
        requestId: answer.requestId,
        code,
        message: message?.includes('<Data>') ? expect.stringMatching(/ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.$/) : message
      })
      const real = refusals.get(`${row.name} ${code}`)?.response
      if (!real) continue
      expect(answer.status).toBe(real.status)
      expect(Object.keys(Object(answer.body))).toEqual(Object.keys(Object(real.body)))
    }
  })

  test('a fault’s refusal has the headers of a real one', async () => {
    const [method, headersOf] = [
      cloud === zenlayer ? 'zenlayer' : 'baidu',
      (answer: Answer) => Object.keys(answer.headers)
    ]
    const call = (id: string) =>
      method === 'zenlayer'
        ? server.zenlayer('RenewDisk', { diskId: id }, { key: 'plain' })
        : server.baidu('GET', `/v2/volume/${id}`, undefined, { key: 'plain' })
    const real = await call('none')
    const code = real.code ?? ''
    await server.control('PUT', '/faults/one?world=plain', { provider: name, then: { error: commonCode(cloud) } })
    const made = await call('none')
    expect([real.status, made.code]).toEqual([404, commonCode(cloud)])
    expect(code).not.toBe('')
    expect(headersOf(made)).toEqual(headersOf(real))
    expect(JSON.stringify(made.headers)).not.toMatch(/fault/i)
  })

  test('what says “Only by a fault” is told how', async () => {
    const { body } = await server.control('GET', `/operations?provider=${name}`)
    const { operations, common } = Object(body)
    const listed = [...operations.flatMap((row: { errors: object[] }) => row.errors), ...common[name]]
    const only = listed.filter(({ reach }) => String(reach).startsWith('Only by a fault'))
    expect(only.length).toBeGreaterThan(3)
    for (const { byFault } of listed) expect(wrongsOfFault({ id: 'x', ...byFault }, clouds)).toEqual([])
  })
})

function commonCode({ catalogue }: Provider): string {
  return Object.entries(catalogue).find(([, { common, status }]) => common && status === 500)?.[0] ?? ''
}

const KINDS = ['volume', 'snapshot'] as const

/** How many rows of each kind a world has, and how many of them will fail or have. */
function made(
  { core }: Server,
  world: string
): Readonly<Record<(typeof KINDS)[number], { all: number; failing: number }>> {
  const { db } = storeOf(core.world(world))
  const count = (table: string) =>
    db.get<{ all: number; failing: number }>(
      `SELECT count(*) AS "all", coalesce(sum(fails), 0) AS failing FROM ${table}`
    ) ?? { all: 0, failing: 0 }
  return { volume: count('volume'), snapshot: count('snapshot') }
}

/** What they make is there at once, or beside what they are about: nothing of it can fail afterwards. */
const MAKING_AT_ONCE = ['CreateInstance', 'CreateInstanceBySpec', 'SyncCreateVolume']

test.for(clouds.map((cloud) => [cloud.name, cloud] as const))(
  'what a success of %s makes, its row says, and a fault lets it fail',
  async ([name, cloud]) => {
    const places = new Map<string, Server>()
    const successes = new Map(
      exchangesOf(name).flatMap((each) => (each.title === 'success' ? [[each.operation, each] as const] : []))
    )
    for (const row of cloud.operations) {
      const exchange = successes.get(row.name)
      if (!exchange) throw new Error(`no fixture shows a success of ${row.name}`)
      const place = JSON.stringify([exchange.seed, exchange.clock])
      const seed = seedOf(exchange)
      const at = Date.parse(exchange.clock)
      const there = places.get(place) ?? (await start({ clock: { mode: 'manual', at }, ...(seed && { seed }) }))
      places.set(place, there)
      const world = row.name
      if (exchange.settings) await there.control('PATCH', `/settings?world=${world}`, exchange.settings)
      for (const earlier of exchange.before ?? []) await send(earlier, world, there)
      if (row.makes) {
        const rule = { provider: name, operation: row.name, then: { outcome: 'fails' } }
        expect((await there.control('PUT', `/faults/it?world=${world}`, rule)).status).toBe(200)
      }
      const before = made(there, world)
      expect((await send(exchange.request, world, there)).status, row.name).toBe(200)
      const after = made(there, world)
      for (const kind of KINDS) {
        const count = after[kind].all - before[kind].all
        const isMaking = row.makes === kind || (kind === 'volume' && MAKING_AT_ONCE.includes(row.name))
        expect(count > 0, `${row.name} makes a ${kind}`).toBe(isMaking)
        expect(after[kind].failing, `${row.name}: a ${kind} fails`).toBe(row.makes === kind ? count : 0)
      }
    }
    for (const there of places.values()) await there.close()
  }
)

test.for([
  ['an operation that there is not', { operation: 'CreateSnapshots' }, 'operation', 'CreateSnapshot'],
  ['an operation of the other cloud', { provider: 'zenlayer', operation: 'CreateAsp' }, 'operation', undefined],
  ['a pattern that nothing fits', { operation: 'Fly*' }, 'operation', undefined],
  ['a cloud that there is not', { provider: 'baidoo' }, 'provider', 'baidu'],
  ['a code that there is not', { provider: 'baidu', then: { error: 'InternalErro' } }, 'then.error', 'InternalError'],
  [
    'a code of another operation',
    { provider: 'baidu', operation: 'GetAsp', then: { error: 'Asp.NameInvalid' } },
    'then.error',
    undefined
  ],
  [
    'a code that not all that are meant have',
    { provider: 'zenlayer', then: { error: 'INVALID_DISK_NOT_FOUND' } },
    'then.error',
    undefined
  ],
  ['a code of one cloud for both', { then: { error: 'InternalError' } }, 'then.error', undefined],
  ['nothing to do', { then: {} }, 'then', undefined],
  ['only that it is after', { then: { after: true } }, 'then', undefined],
  ['two things to do', { provider: 'baidu', then: { error: 'InternalError', status: 500 } }, 'then.status', undefined],
  ['a body without a status', { then: { delayMs: 1, body: 'x' } }, 'then.body', undefined],
  ['a body of a status that has none', { then: { status: 204, body: 'x' } }, 'then.body', undefined],
  ['an outcome of what makes nothing', { operation: 'Describe*', then: { outcome: 'fails' } }, 'operation', undefined],
  [
    'an outcome whose answer is another',
    { operation: 'CreateDisks', then: { outcome: 'fails', after: true } },
    'then.after',
    undefined
  ],
  [
    'an outcome beyond a rate',
    { operation: 'CreateDisks', then: { outcome: 'fails', rate: { requests: 1, perSeconds: 1 } } },
    'then.rate',
    undefined
  ],
  [
    'a rate where no answer is documented',
    { provider: 'baidu', then: { rate: { requests: 1, perSeconds: 1 } } },
    'then.rate',
    undefined
  ],
  [
    'a member that the operation does not read',
    { operation: 'CreateDisks', when: { body: { disknam: 'x' } } },
    'when.body.disknam',
    'diskName'
  ],
  [
    'a query that no operation reads',
    { provider: 'zenlayer', when: { query: { volumeId: 'x' } } },
    'when.query.volumeId',
    undefined
  ]
] as const)('a rule that can’t act is told why: %s', ([, more, field, near]) => {
  const rule = { id: 'r', then: { delayMs: 1 }, ...more }
  const [wrong, ...others] = wrongsOfFault(rule, clouds)
  expect(others).toEqual([])
  expect(wrong).toMatchObject({ path: field.split('.'), reason: expect.stringMatching(/./) })
  if (near !== undefined)
    expect(wrong).toMatchObject({ nearest: near, example: near, known: expect.arrayContaining([near]) })
})

test.for([
  [{ operation: 'Describe*', then: { delayMs: 5, connection: 'reset' } }],
  [{ provider: 'zenlayer', then: { rate: { requests: 1, perSeconds: 1 } } }],
  [{ provider: 'baidu', then: { rate: { requests: 1, perSeconds: 1 }, error: 'AccessDenied' } }],
  [{ then: { rate: { requests: 1, perSeconds: 1 }, connection: 'hang' } }],
  [{ then: { rate: { requests: 1, perSeconds: 1 }, delayMs: 9 } }, 'then.rate'],
  [{ operation: 'Create*Volume', then: { delayMs: 9 } }, 'operation'],
  [{ operation: 'CreateVolume*', then: { outcome: 'fails', delayMs: 5 } }],
  [{ then: { status: 502, body: { any: 1 }, after: true } }]
] as const)('%j', ([more, wrong]) => {
  const wrongs = wrongsOfFault({ id: 'r', ...more }, clouds)
  expect(wrongs.map(({ path }) => path.join('.'))).toEqual(wrong === undefined ? [] : [wrong])
})
