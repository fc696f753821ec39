import { Type } from '@sinclair/typebox'
import { expect, test } from 'vitest'
import { ApiError, type Fault, operationOf, type RawRequest } from '../../../src/providers/provider.ts'
import { errors } from '../../../src/providers/zenlayer/errors.ts'
import { createProtocol } from '../../../src/providers/zenlayer/protocol/protocol.ts'

const { operation } = operationOf<unknown>()(errors)
const Tag = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) })
const createSnapshot = operation({
  name: 'CreateSnapshot',
  summary: 'A row for this test.',
  source: 'zenlayer.md 5.1',
  route: { method: 'POST', path: '/api/v2/zec', selector: 'CreateSnapshot' },
  request: {
    body: Type.Object({
      diskId: Type.String(),
      snapshotName: Type.Optional(Type.String({ emptyIsGiven: true })),
      ids: Type.Optional(Type.Array(Type.String())),
      tags: Type.Optional(Type.Object({ tags: Type.Optional(Type.Array(Tag)) })),
      size: Type.Optional(Type.Integer())
    })
  },
  response: Type.Object({ snapshotId: Type.String() }),
  errors: ['INVALID_DISK_NOT_FOUND', 'INVALID_RETENTION_DAYS'],
  wording: { INVALID_DISK_NOT_FOUND: { status: 418, message: 'other words' } },
  run: () => ({ snapshotId: '1' })
})
const changeDisksAttach = operation({
  name: 'ChangeDisksAttach',
  summary: 'A row of one version.',
  source: 'zenlayer.md 5.27',
  route: { method: 'POST', path: '/api/v2/zec', selector: 'ChangeDisksAttach' },
  versions: ['2024-04-01'],
  response: Type.Object({}),
  errors: [],
  run: () => ({})
})
const describeResourceGroups = operation({
  name: 'DescribeResourceGroups',
  summary: 'A row of another service.',
  source: 'zenlayer.md 5.30',
  route: { method: 'POST', path: '/api/v2/user', selector: 'DescribeResourceGroups' },
  response: Type.Object({}),
  errors: [],
  run: () => ({})
})
const protocol = createProtocol({
  operations: [createSnapshot, changeDisksAttach, describeResourceGroups],
  notServed: [{ name: 'ReleaseInstances', reason: 'instances come with the seed', source: 'zenlayer.md 5.29' }]
})

const headers = (action?: string, version?: string) => ({
  ...(action === undefined ? {} : { 'x-zc-action': action }),
  ...(version === undefined ? {} : { 'x-zc-version': version })
})
function raw(change: Partial<RawRequest> = {}): RawRequest {
  return { method: 'POST', url: '/api/v2/zec', headers: {}, body: Buffer.alloc(0), ...change }
}
const body = (text: string | Uint8Array, contentType: string | undefined = 'application/json') =>
  raw({ headers: { 'content-type': contentType }, body: Buffer.from(text) })
function refused(call: () => unknown): ApiError {
  try {
    call()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('not refused')
}

test('the paths under /api are this cloud’s', () => {
  for (const path of ['/api', '/api/', '/api/v2/zec', '/api/v2/zec/', '/api/x']) expect(protocol.owns(path)).toBe(true)
  for (const path of ['/', '/apix', '/v2/asp', '/_snapstand', '/API/v2/zec', ''])
    expect(protocol.owns(path)).toBe(false)
})

test('an action leads to the route of its row, at each of its versions', () => {
  for (const version of ['2024-04-01', '2025-09-01']) {
    const target = protocol.target('POST', '/api/v2/zec', headers('CreateSnapshot', version))
    expect(protocol.routes(createSnapshot)).toEqual([{ method: 'POST', path: target }])
  }
  const [route] = protocol.routes(changeDisksAttach)
  expect(protocol.target('POST', '/api/v2/zec', headers('ChangeDisksAttach', '2024-04-01'))).toBe(route?.path)
  expect(protocol.target('POST', '/api/v2/zec', headers('ChangeDisksAttach', '2025-09-01'))).not.toBe(route?.path)
  expect(protocol.routes(describeResourceGroups)).toEqual([
    { method: 'POST', path: expect.stringMatching(/^\/~zenlayer\/..\/service\/user\/action\/DescribeResourceGroups$/) }
  ])
})

test('an absolute-form target and a query lead to the same row', () => {
  const asked = headers('CreateSnapshot', '2024-04-01')
  const target = protocol.target('POST', 'HTTP://h:1/api/v2/zec?a=%zz', asked)
  expect(target).toBe(`${protocol.routes(createSnapshot)[0]?.path}?a=%zz`)
})

test.for([
  ['no action', '/api/v2/zec', undefined, '2025-09-01', /X-ZC-Action is missing/],
  [
    'no version',
    '/api/v2/zec',
    'CreateSnapshot',
    undefined,
    /X-ZC-Version is missing: zec has 2024-04-01 and 2025-09-01/
  ],
  ['an unknown version', '/api/v2/zec', 'CreateSnapshot', '2025-01-01', /unknown version 2025-01-01/],
  ['another service’s version', '/api/v2/zec', 'CreateSnapshot', '2024-05-29', /unknown version/],
  ['an unknown action', '/api/v2/zec', 'CreateSnapshots', '2025-09-01', /did you mean CreateSnapshot\?$/],
  ['another letter case', '/api/v2/zec', 'createSnapshot', '2025-09-01', /did you mean CreateSnapshot\?$/],
  ['something else', '/api/v2/zec', 'Fly', '2025-09-01', /^unknown action Fly$/],
  ['an action of the other version', '/api/v2/zec', 'ChangeDisksAttach', '2025-09-01', /at version 2024-04-01 only/],
  ['an action of another service', '/api/v2/zec', 'DescribeResourceGroups', '2025-09-01', /\/api\/v2\/user/],
  ['an action that is not served', '/api/v2/zec', 'ReleaseInstances', '2025-09-01', /instances come with the seed/],
  ['a built-in name', '/api/v2/zec', '__proto__', '2025-09-01', /^unknown action/],
  ['an enormous action', '/api/v2/zec', 'x'.repeat(9000), '2025-09-01', /^unknown action x{100}\.\.\.$/]
] as const)('%s is unmatched, with a hint', ([, url, action, version, hint]) => {
  expect(protocol.target('POST', url, headers(action, version))).toBe('/~zenlayer/-')
  const error = protocol.unmatched(raw({ url, headers: headers(action, version) }))
  expect(error).toMatchObject({ code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION', status: 401 })
  expect(error.why.hint).toMatch(hint)
})

test.for([
  ['POST', '/api/v2/zec/', 404],
  ['POST', '/api/v2/zek', 404],
  ['POST', '/api/v1/zec', 404],
  ['POST', '/api', 404],
  ['GET', '/api/v2/zek', 404],
  ['GET', '/api/v2/zec', 405],
  ['HEAD', '/api/v2/zec', 405],
  ['OPTIONS', '/api/v2/user', 405],
  ['post', '/api/v2/zec', 405],
  ['DELETE', 'http://h/api/v2/zrm?x', 405]
] as const)('%s %s is refused early with %i', ([method, url, status]) => {
  const error = protocol.early(method, url, {})
  expect(error).toMatchObject({ code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION', status })
  expect(error?.why.hint).toMatch(/path|POST/)
})

test.for(['/api/v2/zec', '/api/v2/user', '/api/v2/zrm', 'http://h:1/api/v2/zec?x'])('POST %s is not early', (url) => {
  expect(protocol.early('POST', url, {})).toBeUndefined()
})

test('the hint of an unknown path names the nearest', () => {
  expect(protocol.early('POST', '/api/v2/zek', {})?.why.hint).toBe('unknown path: did you mean /api/v2/zec?')
})

test.for([
  undefined,
  '',
  'application/json',
  'Application/JSON',
  'application/json; charset=gbk',
  'application/json ;x'
])('Content-Type %j is JSON', (contentType) => {
  expect(protocol.parse(body('{"a":1}', contentType))).toEqual({ a: 1 })
})

test('a request without Content-Type is JSON', () => {
  expect(protocol.parse(raw({ body: Buffer.from('{"a":1}') }))).toEqual({ a: 1 })
})

test.for(['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', 'json', ';', ' '])(
  'Content-Type %j is refused before the JSON is read',
  (contentType) => {
    const error = refused(() => protocol.parse(body('{', contentType)))
    expect(error).toMatchObject({ code: 'INVALID_PARAMETER_TYPE', status: 400 })
    expect(error.why.hint).toMatch(/Content-Type must be/)
  }
)

test('an empty body is an empty object', () => {
  expect(protocol.parse(body(''))).toEqual({})
})

test.for(['{', '[]', '[{}]', 'null', '1', '"a"', 'true', ' ', '{"a":1}{}', "{'a':1}", '\ufeff{}', '{"a":NaN}'])(
  'the body %j is refused',
  (text) => {
    expect(refused(() => protocol.parse(body(text)))).toMatchObject({ code: 'INVALID_PARAMETER_TYPE', status: 400 })
  }
)

test('a body that is not UTF-8 is refused', () => {
  const latin1 = Buffer.from('{"name":"é"}', 'latin1')
  expect(refused(() => protocol.parse(body(latin1))).why.hint).toBe('the body is not UTF-8')
})

const normalised = (value: unknown, query: unknown = {}) =>
  protocol.normalise(createSnapshot, { params: {}, query, body: value })

test('null is absent everywhere', () => {
  const value = { diskId: null, snapshotName: null, ids: null, tags: { tags: [{ key: 'a', value: null }] }, size: null }
  expect(normalised(value).body).toEqual({ tags: { tags: [{ key: 'a' }] } })
})

test.for([
  ['a required member', { diskId: '' }, {}],
  ['a required member, an empty list', { diskId: [] }, {}],
  ['an optional id', { diskId: 'd', ids: '' }, { diskId: 'd' }],
  ['an optional list', { diskId: 'd', ids: [] }, { diskId: 'd' }],
  ['a list within', { diskId: 'd', tags: { tags: [] } }, { diskId: 'd', tags: {} }],
  ['a name to be set', { diskId: 'd', snapshotName: '' }, { diskId: 'd', snapshotName: '' }],
  ['an id within a list', { diskId: 'd', ids: ['', null] }, { diskId: 'd', ids: ['', null] }],
  ['false and zero', { diskId: false, size: 0 }, { diskId: false, size: 0 }]
] as const)('emptiness: %s', ([, value, kept]) => {
  expect(normalised(value).body).toEqual(kept)
})

test('what no operation reads is dropped and listed', () => {
  expect(normalised({ diskId: 'd', foo: 1, tags: { bar: {} } }, { x: '1', y: ['2'] })).toEqual({
    params: {},
    query: {},
    body: { diskId: 'd', tags: {} },
    unused: ['query.x', 'query.y', 'body.foo', 'body.tags.bar']
  })
})

const fault = (kind: Fault['kind'], path: string, own?: string): Fault => ({
  in: 'body',
  path: path.split('.'),
  kind,
  refusal: own,
  expected: 'something else'
})

test.for([
  ['missing', 'MISSING_PARAMETER'],
  ['type', 'INVALID_PARAMETER_TYPE'],
  ['too-large', 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
  ['too-small', 'INVALID_PARAMETER_LESS_MINIMUM'],
  ['too-long', 'INVALID_PARAMETER_EXCEED_LENGTH'],
  ['too-short', 'INVALID_PARAMETER_LESS_LENGTH'],
  ['pattern', 'INVALID_PARAMETER_PATTERN_ERROR'],
  ['date', 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
  ['value', 'INVALID_PARAMETER_VALUE']
] as const)('a fault of kind %s is %s', ([kind, code]) => {
  const error = protocol.invalid(createSnapshot, [fault(kind, 'tags.0.key')])
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ code, status: 400, message: errors[code].message, why: { field: 'body.tags.0.key' } })
})

test('types come first, then required members, then everything else', () => {
  const ranked = [fault('too-long', 'a'), fault('missing', 'b'), fault('type', 'c'), fault('type', 'd')]
  const codes = ranked.map((_, index) => protocol.invalid(createSnapshot, ranked.slice(0, index + 1)))
  expect(codes.map(({ code, why }) => `${why.field} ${code}`)).toEqual([
    'body.a INVALID_PARAMETER_EXCEED_LENGTH',
    'body.b MISSING_PARAMETER',
    'body.c INVALID_PARAMETER_TYPE',
    'body.c INVALID_PARAMETER_TYPE'
  ])
})

test('of one class the member that is declared first counts, of one member its length before its form', () => {
  const faults = [fault('pattern', 'a'), fault('too-short', 'a'), fault('too-long', 'b')]
  expect(protocol.invalid(createSnapshot, faults)).toMatchObject({
    code: 'INVALID_PARAMETER_LESS_LENGTH',
    why: { field: 'body.a' }
  })
})

test('a member’s own code takes the place of the value codes, never of type and required', () => {
  const own = 'INVALID_RETENTION_DAYS'
  expect(protocol.invalid(createSnapshot, [fault('too-small', 'a', own)])).toMatchObject({ code: own, status: 400 })
  expect(protocol.invalid(createSnapshot, [fault('type', 'a', own)]).code).toBe('INVALID_PARAMETER_TYPE')
  expect(protocol.invalid(createSnapshot, [fault('missing', 'a', own)]).code).toBe('MISSING_PARAMETER')
})

test('a row may word a code differently', () => {
  expect(protocol.invalid(createSnapshot, [fault('value', 'a', 'INVALID_DISK_NOT_FOUND')])).toMatchObject({
    code: 'INVALID_DISK_NOT_FOUND',
    status: 418,
    message: 'other words'
  })
})

const ID = 'T05992D0C-7E8B-4047-B0C0-780F2CD549D3'
const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }

test('request ids are the letter T and an upper-case UUID', () => {
  expect(protocol.requestId('05992d0c-7e8b-4047-b0c0-780f2cd549d3')).toBe(ID)
})

test('a success holds the request id twice and is exactly 200', () => {
  expect(protocol.success(createSnapshot, { snapshotId: '1' }, ID)).toEqual({
    status: 200,
    headers: JSON_TYPE,
    body: `{"requestId":"${ID}","response":{"requestId":"${ID}","snapshotId":"1"}}`
  })
  expect(protocol.success(createSnapshot, undefined, ID).body).toBe(
    `{"requestId":"${ID}","response":{"requestId":"${ID}"}}`
  )
})

test('a failure holds three texts and nothing of why', () => {
  const error = new ApiError('MISSING_PARAMETER', 400, 'text', { hint: 'secret' })
  expect(protocol.failure(error, ID)).toEqual({
    status: 400,
    headers: JSON_TYPE,
    body: `{"requestId":"${ID}","code":"MISSING_PARAMETER","message":"text"}`
  })
})

test.for([
  ['too-large', 400, 'INVALID_PARAMETER_EXCEED_LENGTH'],
  ['headers-too-large', 400, 'INVALID_PARAMETER_EXCEED_LENGTH'],
  ['not-http', 400, 'INVALID_PARAMETER_TYPE'],
  ['bad-path', 404, 'AUTHFAILURE_UNAUTHORIZED_OPERATION'],
  ['unavailable', 503, 'SERVICE_TEMPORARY_UNAVAILABLE'],
  ['internal', 500, 'INTERNAL_SERVER_ERROR']
] as const)('trouble %s is %i %s', ([kind, status, code]) => {
  expect(protocol.trouble(kind)).toMatchObject({ status, code, message: errors[code].message })
})

// zenlayer.md 3.1 and 3.2, as data: status and code of both tables.
const documented = `
500 INTERNAL_SERVER_ERROR, 503 SERVICE_TEMPORARY_UNAVAILABLE, 503 REQUEST_TIMED_OUT,
401 AUTHFAILURE_INVALID_AUTHORIZATION, 401 AUTHFAILURE_SIGNATURE_FAILURE, 401 AUTHFAILURE_UNAUTHORIZED_OPERATION,
401 AUTHFAILURE_SIGNATURE_EXPIRED, 400 MISSING_PARAMETER, 400 INVALID_PARAMETER_TYPE,
400 INVALID_PARAMETER_EXCEED_MAXIMUM, 400 INVALID_PARAMETER_LESS_MINIMUM, 400 INVALID_PARAMETER_EXCEED_LENGTH,
400 INVALID_PARAMETER_LESS_LENGTH, 400 INVALID_PARAMETER_PATTERN_ERROR, 400 INVALID_PARAMETER_DATE_FORMAT_ERROR,
400 INVALID_PARAMETER_VALUE, 403 OPERATION_FAILED_FOR_RECYCLE_RESOURCE,
404 OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND, 404 OPERATION_FAILED_RESOURCE_NOT_FOUND, 429 REQUEST_LIMIT_EXCEEDED;
404 INVALID_DISK_NOT_FOUND, 404 INVALID_DISK_SNAPSHOT_NOT_FOUND, 400 INVALID_SNAPSHOT_QUOTA_EXCEED,
400 INVALID_SNAPSHOT_RETENTION_TIME, 400 UNSUPPORTED_OPERATION_DISK_STATUS, 400 OPERATION_DENIED_DISK_SYSTEM_TYPE,
400 OPERATION_DENIED_DISK_STATUS, 400 OPERATION_DENIED_DISK_SNAPSHOT_STATUS,
400 OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED, 404 INVALID_ZONE_NOT_FOUND, 400 INVALID_SNAPSHOT_REGION_NOT_SUPPORT,
400 INVALID_RETENTION_DAYS, 404 INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND, 404 INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH,
400 INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST, 400 INVALID_DISK_SNAPSHOT_SIZE_MISMATCH, 400 INVALID_DISK_NOT_PORTABLE,
400 INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED, 400 UNSUPPORTED_OPERATION_INSTANCE_STATUS,
400 LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH, 400 UNSUPPORTED_OPERATION_DISK_ATTACHED,
400 UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED, 404 INVALID_ORDER_NOT_FOUND,
400 ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE, 400 UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE,
400 UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE, 404 INVALID_INSTANCE_NOT_FOUND`

test('the catalogue is the two tables of the specification', () => {
  const [common = '', business = ''] = documented.split(';').map((part) => part.trim())
  const listed = Object.entries(errors).map(
    ([code, refusal]) => [`${refusal.status} ${code}`, 'common' in refusal] as const
  )
  expect(listed.filter(([, isCommon]) => isCommon).map(([entry]) => entry)).toEqual(common.split(/,\s+/))
  expect(listed.filter(([, isCommon]) => !isCommon).map(([entry]) => entry)).toEqual(business.split(/,\s+/))
})

test('every code has a text of its own and is in upper case with underscores', () => {
  const texts = Object.values(errors).map(({ message }) => message)
  expect(new Set(texts).size).toBe(texts.length)
  for (const code of Object.keys(errors)) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/)
})
