import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '../../../harness.ts'
import { signedHeaders } from '../../../signers/zenlayer.ts'

// The order of checks, from the path to the quota (zenlayer.md 2.3, 3.3): each request mends one more fault than the one
// before, and keeps all later ones.

let server: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  server = await start({ auth: 'verify' })
})
afterAll(async () => {
  await server.close()
})

interface Sent {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly authorization: 'malformed' | 'expired' | 'wrong' | 'right'
  readonly action: string
  readonly version: string
  readonly contentType: string
  readonly body: string
}

async function send({ method, url, authorization, action, version, contentType, body }: Sent, key = 'order') {
  const host = '127.0.0.1:7420'
  const timestampS = Math.floor(Date.now() / 1000) - (authorization === 'expired' ? 400 : 0)
  const secret = authorization === 'right' ? key : 'wrong'
  const headers = signedHeaders({ keyId: key, secret, host, body, timestampS, contentType })
  const reply = await server.app.inject({
    method,
    url,
    headers: {
      ...headers,
      ...(authorization === 'malformed' && { authorization: 'nonsense' }),
      'x-zc-action': action,
      'x-zc-version': version
    },
    payload: body
  })
  const answer: unknown = reply.json()
  return { status: reply.statusCode, answer, hint: reply.headers['x-snapstand-hint'] }
}
const right: Sent = {
  method: 'POST',
  url: '/api/v2/zec',
  authorization: 'right',
  action: '',
  version: '2025-09-01',
  contentType: 'application/json',
  body: '{}'
}
const code = (name: string) => ({ answer: { requestId: expect.any(String), code: name, message: expect.any(String) } })

test('the outer order: path, method, size, form, time, signature, action, content type, JSON, types', async () => {
  const worst: Sent = {
    method: 'GET',
    url: '/api/v2/zek',
    authorization: 'malformed',
    action: 'Fly',
    version: '2025-09-01',
    contentType: 'text/plain',
    body: `{"pageSize":"${'x'.repeat(1024 ** 2)}`
  }
  const steps: readonly (readonly [Partial<Sent>, number, string])[] = [
    [{}, 404, 'AUTHFAILURE_UNAUTHORIZED_OPERATION'],
    [{ url: '/api/v2/zec' }, 405, 'AUTHFAILURE_UNAUTHORIZED_OPERATION'],
    [{ method: 'POST' }, 400, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ body: '{"pageSize":"x"' }, 401, 'AUTHFAILURE_INVALID_AUTHORIZATION'],
    [{ authorization: 'expired' }, 401, 'AUTHFAILURE_SIGNATURE_EXPIRED'],
    [{ authorization: 'wrong' }, 401, 'AUTHFAILURE_SIGNATURE_FAILURE'],
    [{ authorization: 'right' }, 401, 'AUTHFAILURE_UNAUTHORIZED_OPERATION'],
    [{ action: 'DescribeSnapshots' }, 400, 'INVALID_PARAMETER_TYPE'],
    [{ contentType: 'application/json' }, 400, 'INVALID_PARAMETER_TYPE'],
    [{ body: '{"pageSize":"x"}' }, 400, 'INVALID_PARAMETER_TYPE'],
    [{ body: '{"pageSize":0}' }, 400, 'INVALID_PARAMETER_LESS_MINIMUM']
  ]
  let sent = worst
  const hints: unknown[] = []
  for (const [change, status, name] of steps) {
    sent = { ...sent, ...change }
    const reply = await send(sent)
    expect(reply, JSON.stringify(change).slice(0, 99)).toMatchObject({ status, ...code(name) })
    hints.push(reply.hint)
  }
  expect((await send({ ...sent, body: '{"pageSize":1}' })).status).toBe(200)
  // Three steps share a code; the hints tell them apart.
  expect(hints.slice(7, 10).join('\n')).toMatch(
    /^the Content-Type .*\nthe body is not JSON.*\nbody.pageSize: a whole number/
  )
})

test('the inner order: types, required, ranges, group, existence, zone, region', async () => {
  const steps: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ zoneId: 7, repeatWeekDays: [9], resourceGroupId: 'none', retentionDays: -2 }, 'INVALID_PARAMETER_TYPE'],
    [{ zoneId: 'none' }, 'MISSING_PARAMETER'],
    [{ autoSnapshotPolicyName: 'x', hours: [24] }, 'INVALID_PARAMETER_LESS_LENGTH'],
    [{ autoSnapshotPolicyName: 'x!y' }, 'INVALID_PARAMETER_PATTERN_ERROR'],
    [{ autoSnapshotPolicyName: 'x-y' }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ repeatWeekDays: [1] }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    [{ hours: [0] }, 'INVALID_RETENTION_DAYS'],
    [{ retentionDays: 0 }, 'INVALID_RETENTION_DAYS'],
    [{ retentionDays: 1 }, 'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND'],
    [{ resourceGroupId: null }, 'INVALID_ZONE_NOT_FOUND']
  ]
  let body = {}
  for (const [change, name] of steps) {
    body = { ...body, ...change }
    const reply = await send({ ...right, action: 'CreateAutoSnapshotPolicy', body: JSON.stringify(body) })
    expect(reply, JSON.stringify(change)).toMatchObject(code(name))
  }
})

test('a refused request makes no world', async () => {
  const sent: Sent = { ...right, authorization: 'wrong', action: 'DescribeDisks' }
  await send(sent, 'never')
  await send({ ...sent, authorization: 'right', action: 'Fly' }, 'never')
  await send({ ...sent, authorization: 'right', body: '{"pageNum":0}' }, 'never')
  expect(server.core.peek('never')).toBeUndefined()
  await send({ ...sent, authorization: 'right' }, 'never')
  expect(server.core.peek('never')).toBeDefined()
})

test('the journal keeps what the cloud never tells, and no secret', async () => {
  const logged: string[] = []
  const own = await start({
    auth: 'verify',
    keys: [{ id: 'configured', secret: 'hush-hush-hush' }],
    log: (message, detail) => logged.push(JSON.stringify([message, detail]))
  })
  try {
    const body = '{"pageSize": 1}'
    const host = '127.0.0.1:7420'
    const timestampS = Math.floor(Date.now() / 1000)
    const toSign = { keyId: 'configured', secret: 'hush-hush-hush', host, body, timestampS, uri: '/api/v2/zec' }
    const named = { 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
    const reply = await own.app.inject({
      method: 'POST',
      url: '/api/v2/zec',
      headers: { ...signedHeaders(toSign), ...named },
      payload: body
    })
    const hint = 'the path was signed: the canonical URI is always "/"'
    expect(reply.headers['x-snapstand-hint']).toBe(hint)
    const bearer = { ...named, authorization: 'Bearer hush-hush-token' }
    await own.app.inject({ method: 'POST', url: '/api/v2/zec', headers: bearer, payload: '[]' })
    const journal = await own.control('GET', '/requests?world=*')
    const text = JSON.stringify(journal.body)
    expect(text).toContain(JSON.stringify(hint).slice(1, -1))
    expect(text).toContain(
      'POST\\n/\\n\\ncontent-type:application/json\\nhost:127.0.0.1:7420\\n\\ncontent-type;host\\n'
    )
    expect(text).toContain(`ZC2-HMAC-SHA256\\n${timestampS}\\n`)
    expect(text + logged.join()).not.toContain('hush')
    expect(logged.join()).toContain('the path was signed')
  } finally {
    await own.close()
  }
})
