import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start } from '../../../harness.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'
import { place, row, rows } from '../stage.ts'

describe('3.1: the common codes', () => {
  let server: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    server = await start({ auth: 'verify', seed: { zenlayer: place } })
  })
  afterAll(async () => {
    await server.close()
  })

  interface Sent {
    readonly action?: string
    readonly version?: string
    readonly path?: string
    readonly method?: 'GET' | 'POST'
    readonly body?: unknown
    readonly sign?: Partial<ToSign>
    readonly authorization?: string
  }
  async function answerTo({ action = 'DescribeDisks', version = '2025-09-01', body = {}, sign, ...sent }: Sent) {
    const text = JSON.stringify(body)
    const timestampS = Math.floor(Date.now() / 1000)
    const toSign = { keyId: 'caller', secret: 'caller', host: '127.0.0.1:7420', body: text, timestampS, ...sign }
    const reply = await server.app.inject({
      method: sent.method ?? 'POST',
      url: sent.path ?? '/api/v2/zec',
      headers: {
        ...signedHeaders(toSign),
        ...(sent.authorization !== undefined && { authorization: sent.authorization }),
        'x-zc-action': action,
        'x-zc-version': version
      },
      payload: text
    })
    return { status: reply.statusCode, code: row(reply.json()).code }
  }

  const write = { action: 'CreateSnapshot' }
  const policy = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] }
  const cases: readonly (readonly [code: string, status: number, sent: Sent])[] = [
    ['AUTHFAILURE_INVALID_AUTHORIZATION', 401, { authorization: 'nonsense' }],
    ['AUTHFAILURE_SIGNATURE_FAILURE', 401, { sign: { secret: 'another' } }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 401, { action: 'Fly' }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 401, { version: '2024-04-02' }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 404, { path: '/api/v2/vm' }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 405, { method: 'GET' }],
    ['AUTHFAILURE_SIGNATURE_EXPIRED', 401, { sign: { timestampS: 1 } }],
    ['MISSING_PARAMETER', 400, { ...write, body: { diskId: 'd-free' } }],
    ['INVALID_PARAMETER_TYPE', 400, { body: { pageNum: '1' } }],
    ['INVALID_PARAMETER_EXCEED_MAXIMUM', 400, { body: { pageSize: 1001 } }],
    ['INVALID_PARAMETER_LESS_MINIMUM', 400, { body: { pageNum: 0 } }],
    ['INVALID_PARAMETER_EXCEED_LENGTH', 400, { ...write, body: { diskId: 'd', snapshotName: 'x'.repeat(65) } }],
    [
      'INVALID_PARAMETER_LESS_LENGTH',
      400,
      { action: 'CreateAutoSnapshotPolicy', body: { ...policy, autoSnapshotPolicyName: 'a' } }
    ],
    [
      'INVALID_PARAMETER_PATTERN_ERROR',
      400,
      { action: 'ModifyDisksAttributes', body: { diskIds: ['d-free'], diskName: 'a b' } }
    ],
    [
      'INVALID_PARAMETER_DATE_FORMAT_ERROR',
      400,
      { ...write, body: { diskId: 'd-free', snapshotName: 'x', retentionTime: 'soon' } }
    ],
    ['INVALID_PARAMETER_VALUE', 400, { body: { diskStatus: 'NORMAL' } }],
    [
      'OPERATION_FAILED_FOR_RECYCLE_RESOURCE',
      403,
      { action: 'ModifyDisksAttributes', body: { diskIds: ['d-recycled'], diskName: 'x' } }
    ],
    [
      'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND',
      404,
      { action: 'CreateAutoSnapshotPolicy', body: { ...policy, resourceGroupId: 'none' } }
    ],
    [
      'OPERATION_FAILED_RESOURCE_NOT_FOUND',
      404,
      { action: 'DescribeResourceTags', version: '2025-10-14', path: '/api/v2/zrm', body: { resourceUuid: 'none' } }
    ]
  ]
  test.for(cases)('%s with status %i is reached', async ([code, status, sent]) => {
    expect(await answerTo(sent)).toEqual({ status, code })
  })

  test('GET /operations says of each how it is reached, and of those without a case here why only a fault does', async () => {
    const { common } = row((await server.control('GET', '/operations?provider=zenlayer')).body)
    const listed = rows(row(common).zenlayer)
    expect(listed).toHaveLength(20)
    for (const { reach } of listed) expect(reach).toEqual(expect.stringMatching(/.{10,}\.$/))
    const faultsOnly = listed.filter(({ reach }) => String(reach).startsWith('Only by a fault'))
    const reached = new Set(cases.map(([code]) => code))
    expect(faultsOnly.map(({ code }) => code)).toEqual(
      listed.map(({ code }) => code).filter((code) => !reached.has(String(code)))
    )
  })

  test('1.2: x-zc-service is ignored, the path decides', async () => {
    const { statusCode } = await server.app.inject({
      method: 'POST',
      url: '/api/v2/zec',
      headers: { 'x-zc-service': 'bmc', 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' },
      payload: '{}'
    })
    expect(statusCode).toBe(200)
  })

  test('question 29: no headers of its own but a hint, which only refusals have', async () => {
    const headersOf = async (action: string) => {
      const headers = { 'x-zc-action': action, 'x-zc-version': '2025-09-01', 'content-type': 'application/json' }
      const reply = await server.app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload: '{}' })
      const ofHttp = ['content-length', 'date', 'connection', 'keep-alive']
      return Object.keys(reply.headers).filter((name) => !ofHttp.includes(name))
    }
    expect(await headersOf('DescribeDisks')).toEqual(['content-type'])
    expect(await headersOf('ReleaseDisk')).toEqual(['content-type', 'x-snapstand-hint'])
    expect(await headersOf('Fly')).toEqual(['content-type', 'x-snapstand-hint'])
  })
})
