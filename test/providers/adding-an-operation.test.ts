import { Type } from '@sinclair/typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { baidu } from '../../src/providers/baidu/index.ts'
import { operation as baiduOperation } from '../../src/providers/baidu/operations/operation.ts'
import { invented } from '../../src/providers/evidence.ts'
import type { Operation, Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { zec, operation as zenlayerOperation } from '../../src/providers/zenlayer/operations/operation.ts'
import { type Answer, type Server, start } from '../harness.ts'

// An operation is its row and a line of the table: routing, validation, refusals, the journal and the list of operations
// come from the row. Each cloud gets one here that nobody else knows of.

const Days = Type.Integer({ minimum: 1, maximum: 30 })

const freezeDisk = zenlayerOperation({
  name: 'FreezeDisk',
  summary: 'Mark a disk as frozen for some days.',
  evidence: invented('for this test', 'zenlayer.md 5'),
  route: zec('FreezeDisk'),
  versions: ['2025-09-01'],
  request: { body: Type.Object({ diskId: Type.String(), days: Type.Optional(Days) }) },
  response: Type.Object({ frozen: Type.String() }),
  errors: ['INVALID_DISK_NOT_FOUND'],
  reach: { INVALID_DISK_NOT_FOUND: 'An unknown `diskId`.' },
  run({ body, cloud, fail }) {
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail('INVALID_DISK_NOT_FOUND', { field: 'body.diskId', hint: 'no disk has this id' })
    cloud.changeVolume(disk, { name: `frozen-${body.days ?? 1}` })
    return { frozen: disk.id }
  }
})

const freezeVolume = baiduOperation({
  name: 'FreezeVolume',
  summary: 'Mark a volume as frozen for some days.',
  evidence: invented('for this test', 'zenlayer.md 5'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'freeze' },
  request: {
    params: Type.Object({ volumeId: Type.String() }),
    query: Type.Object({ days: Type.Optional(Days) }),
    body: Type.Object({ reason: Type.String({ maxLength: 10 }) })
  },
  response: Type.Object({ frozen: Type.String() }),
  errors: ['NoSuchObject', 'BadRequest'],
  reach: { NoSuchObject: 'An unknown id.', BadRequest: 'No reason.' },
  run({ params, query, body, cloud, fail }) {
    const volume = cloud.findVolume(params.volumeId)
    if (!volume) throw fail('NoSuchObject', { field: 'params.volumeId', hint: 'no volume has this id' })
    cloud.changeVolume(volume, { name: `frozen-${query.days ?? 1}-${body.reason}` })
    return { frozen: volume.id }
  }
})

interface Added {
  readonly provider: Provider
  readonly row: Operation
  readonly success: (server: Server) => Promise<Answer>
  /** What the call has changed, as an operation of the cloud's own shows it. */
  readonly shown: (server: Server) => Promise<Answer>
  readonly name: string
  /** Refused inputs, each with its code. */
  readonly refused: readonly (readonly [string, (server: Server) => Promise<Answer>])[]
  readonly unknown: (server: Server) => Promise<Answer>
  /** Beside the row: the same way, and not its operation. */
  readonly beside: (server: Server) => Promise<Answer>
}

const DISK = '1700000000000000102'
const VOLUME = 'v-Starter2'
const freeze = (id: string, query: string, body: object) => (server: Server) =>
  server.baidu('PUT', `/v2/volume/${id}?freeze${query}`, body)

const added: Readonly<Record<string, Added>> = {
  zenlayer: {
    provider: { ...zenlayer, operations: [...zenlayer.operations, freezeDisk] },
    row: freezeDisk,
    success: (server) => server.zenlayer('FreezeDisk', { diskId: DISK, days: 7 }),
    shown: (server) => server.zenlayer('DescribeDisks', { diskIds: [DISK] }),
    name: 'frozen-7',
    refused: [
      ['MISSING_PARAMETER', (server) => server.zenlayer('FreezeDisk', { days: 7 })],
      ['INVALID_PARAMETER_TYPE', (server) => server.zenlayer('FreezeDisk', { diskId: DISK, days: '7' })],
      ['INVALID_PARAMETER_LESS_MINIMUM', (server) => server.zenlayer('FreezeDisk', { diskId: DISK, days: 0 })],
      ['INVALID_PARAMETER_EXCEED_MAXIMUM', (server) => server.zenlayer('FreezeDisk', { diskId: DISK, days: 31 })],
      [
        'AUTHFAILURE_UNAUTHORIZED_OPERATION',
        (server) => server.zenlayer('FreezeDisk', { diskId: DISK }, { version: '2024-04-01' })
      ]
    ],
    unknown: (server) => server.zenlayer('FreezeDisk', { diskId: 'none' }),
    beside: (server) => server.zenlayer('FreezeDisks', { diskId: DISK })
  },
  baidu: {
    provider: { ...baidu, operations: [...baidu.operations, freezeVolume] },
    row: freezeVolume,
    success: freeze(VOLUME, '&days=7', { reason: 'damage' }),
    shown: (server) => server.baidu('GET', `/v2/volume/${VOLUME}`),
    name: 'frozen-7-damage',
    refused: [
      ['BadRequest', freeze(VOLUME, '', {})],
      ['BadRequest', freeze(VOLUME, '', { reason: 7 })],
      ['BadRequest', freeze(VOLUME, '', { reason: 'much too long' })],
      ['BadRequest', freeze(VOLUME, '&days=x', { reason: 'damage' })],
      ['BadRequest', freeze(VOLUME, '&days=31', { reason: 'damage' })]
    ],
    unknown: freeze('v-none', '', { reason: 'damage' }),
    beside: (server) => server.baidu('PUT', `/v2/volume/${VOLUME}?frieze`, { reason: 'damage' })
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> => ({ ...Object(value) })

describe.for(Object.entries(added))('an operation that is added to %s', ([name, cloud]) => {
  const { provider, row } = cloud
  let server: Server
  beforeAll(async () => {
    server = await start({ providers: [provider] })
  })
  afterAll(() => server.close())
  const latest = async () => {
    const { requests } = record((await server.control('GET', '/requests?world=*&limit=1')).body)
    return Array.isArray(requests) ? record(requests[0]) : {}
  }

  test('is found by its address, runs in its world, and answers in the form of its cloud', async () => {
    const reply = await cloud.success(server)
    expect(reply.status).toBe(200)
    expect(JSON.stringify(reply.body)).toContain('"frozen":')
    expect(reply.requestId).toEqual(expect.any(String))
    expect(await latest()).toMatchObject({ operation: row.name, provider: name, status: 200, id: reply.requestId })
    expect(JSON.stringify((await cloud.shown(server)).body)).toContain(`"${cloud.name}"`)
  })

  test.for(cloud.refused.map(([code, call], index) => [index, code, call] as const))(
    'refuses input that its schema does not take, before it runs: %i %s',
    async ([, code, call]) => {
      const before = JSON.stringify((await cloud.shown(server)).body, withoutIds)
      const reply = await call(server)
      expect(reply.status).toBeGreaterThanOrEqual(400)
      expect(reply.code).toBe(code)
      expect(JSON.stringify((await cloud.shown(server)).body, withoutIds)).toBe(before)
    }
  )

  test('refuses with the words and the status of the catalogue, and the journal says why', async () => {
    const reply = await cloud.unknown(server)
    const [code = ''] = row.errors
    expect(reply).toMatchObject({ status: provider.catalogue[code]?.status, code })
    const { refusal, operation } = await latest()
    expect(operation).toBe(row.name)
    expect(record(refusal).hint).toMatch(/^no (?:disk|volume) has this id$/)
  })

  test('is none of those that are like it', async () => {
    const reply = await cloud.beside(server)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect((await latest()).operation).not.toBe(row.name)
  })

  test('is listed with its address, its source and how each of its errors is reached', async () => {
    const { operations } = record((await server.control('GET', `/operations?provider=${name}`)).body)
    const listed = Array.isArray(operations) ? operations.map(record) : []
    expect(listed).toHaveLength(provider.operations.length)
    expect(listed.at(-1)).toMatchObject({
      provider: name,
      name: row.name,
      summary: row.summary,
      evidence: invented('for this test', 'zenlayer.md 5'),
      route: row.route,
      errors: row.errors.map((code) => ({
        code,
        status: provider.catalogue[code]?.status,
        message: expect.any(String),
        reach: row.reach[code]
      }))
    })
  })
})

function withoutIds(name: string, value: unknown): unknown {
  return name === 'requestId' ? undefined : value
}
