import { Type } from '@sinclair/typebox'
import { expect, test } from 'vitest'
import { type Door, door } from '../../src/doors/door.ts'
import { DOORS } from '../../src/doors/index.ts'
import { inexactAnswer } from '../exact.ts'
import { type Server, start } from '../harness.ts'

const rows: readonly Door[] = DOORS
const DISK = '1700000000000000101'
const POLICY = { zoneId: 'asia-east-1a', autoSnapshotPolicyName: 'nightly', repeatWeekDays: [1], hours: [9] }

test('every row has a name and an address of its own, and says what its path names', () => {
  const addresses = rows.map(({ method, path }) => `${method} ${path}`)
  expect(new Set(addresses).size).toBe(rows.length)
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
  for (const { path, request } of rows) {
    const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)
    expect(Object.keys(request.params?.properties ?? {}), path).toEqual(named)
  }
})

test('what is about a world takes its name', () => {
  const taking = rows.filter(({ request }) => request.query?.properties.world !== undefined)
  expect(taking.map(({ name }) => name)).toEqual(rows.filter(({ about }) => about !== 'server').map(({ name }) => name))
})

test('the server has a route for each row, and none besides', async () => {
  const routes: string[] = []
  const server = await start({
    onRoute: ({ method, url }) => {
      if (url.startsWith('/_snapstand/')) routes.push(`${method} ${url.slice('/_snapstand'.length)}`)
    }
  })
  await server.close()
  expect(routes.toSorted()).toEqual(rows.map(({ method, path }) => `${method} ${path}`).toSorted())
})

/** A success of each row, in an order in which each is one. */
const CALLS: readonly (readonly [name: string, path: string, body?: unknown])[] = [
  ['getHealth', '/health'],
  ['setClock', '/clock?world=one', { mode: 'manual', now: '2026-01-05T08:00:00Z' }],
  ['getClock', '/clock?world=one'],
  ['keepWorld', '/worlds/one', { keep: true }],
  ['listWorlds', '/worlds'],
  ['getAgenda', '/agenda'],
  ['advanceClock', '/clock/advance', { by: 'P8D' }],
  ['listOccurrences', '/zenlayer/policies/POLICY/occurrences'],
  ['stopAdvance', '/clock/stop'],
  ['getTimeline', '/timeline'],
  ['listResources', '/resources/zenlayer/snapshots'],
  ['getResource', `/resources/zenlayer/volumes/${DISK}`],
  ['listRequests', '/requests?world=*'],
  ['getRequest', '/requests/REQUEST'],
  ['getRequestCurl', '/requests/REQUEST/curl'],
  ['expectRequests', '/requests/expect', { operation: 'ApplyAutoSnapshotPolicy', times: 1 }],
  ['clearRequests', '/requests'],
  ['listOperations', '/operations'],
  ['getOpenApi', '/openapi.json'],
  ['getCloudOpenApi', '/openapi/zenlayer.json'],
  ['changeSettings', '/settings', { 'zenlayer.snapshotQuota': 2 }],
  ['getSettings', '/settings'],
  ['setContent', `/zenlayer/volumes/${DISK}/content`, 'marker'],
  ['getContent', `/zenlayer/volumes/${DISK}/content`],
  ['exportState', '/state'],
  ['importState', '/state', {}],
  ['saveCheckpoint', '/checkpoints/before', {}],
  ['listCheckpoints', '/checkpoints'],
  ['restoreCheckpoint', '/checkpoints/before/restore', { as: 'other' }],
  ['dropCheckpoint', '/checkpoints/before'],
  [
    'putFault',
    '/faults/quota',
    { operation: 'CreateSnapshot', times: 1, when: { resource: 'x' }, then: { delayMs: 1 } }
  ],
  ['listFaults', '/faults'],
  ['dropFault', '/faults/quota'],
  ['clearFaults', '/faults?world=*'],
  ['resetWorlds', '/reset?world=*'],
  ['deleteWorld', '/worlds/other'],
  ['beginMove', '/moves/one', { to: 'http://127.0.0.1:7431' }],
  ['listMoves', '/moves'],
  ['finishMove', '/moves/one/finish', { move: 'MOVE' }],
  ['giveUpMove', '/moves/one']
]

test('each row’s success is answered as it says', async () => {
  const server = await start()
  try {
    const { policy, request } = await something(server)
    const named = new Map(rows.map((row) => [row.name, row]))
    let move = ''
    for (const [name, path, body] of CALLS) {
      const row = named.get(name)
      named.delete(name)
      const url = path.replace('POLICY', policy).replace('REQUEST', request)
      // The harness holds what is answered to the row.
      const sent = Object(body).move === 'MOVE' ? { move } : body
      const answer = await server.control(row?.method ?? 'GET', url, sent)
      if (name === 'beginMove') move = String(Object(answer.body).move)
      expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(row?.answer.status)
    }
    // A stream has no end, and nothing is counted here: tests of their own hold these two to their rows.
    expect([...named.keys()]).toEqual(['readEvents', 'getMetrics'])
  } finally {
    await server.close()
  }
})

async function something({ zenlayer }: Server): Promise<{ readonly policy: string; readonly request: string }> {
  const made = await zenlayer('CreateAutoSnapshotPolicy', POLICY)
  const policy = String(Object(Object(made.body).response).autoSnapshotPolicyId)
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: [DISK] })
  return { policy, request: made.requestId ?? '' }
}

test('an answer that is not its row’s is told from one that is', () => {
  const row = door({
    name: 'getDoor',
    method: 'GET',
    path: '/door',
    summary: 'Tell of a door.',
    about: 'server',
    request: {},
    answer: { status: 200, schema: Type.Object({ isOpen: Type.Boolean() }) },
    refusals: [409]
  })
  const json = 'application/json; charset=utf-8'
  const problem = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'It is stuck.' }
  expect(inexactAnswer(row, 200, json, '{"isOpen":true}')).toBeUndefined()
  expect(inexactAnswer(row, 409, 'application/problem+json', JSON.stringify(problem))).toBeUndefined()
  expect(inexactAnswer(row, 200, json, '{"isOpen":true,"isNew":true}')).toContain('isNew')
  expect(inexactAnswer(row, 200, json, '{"isOpen":"yes"}')).toContain('isOpen')
  expect(inexactAnswer(row, 200, 'text/plain', 'open')).toContain('text/plain')
  expect(inexactAnswer(row, 204, '', '')).toContain('204')
  expect(inexactAnswer(row, 404, 'application/problem+json', JSON.stringify(problem))).toContain('404')
  expect(inexactAnswer(row, 409, 'application/problem+json', '{"detail":"stuck"}')).toContain('getDoor')
})
