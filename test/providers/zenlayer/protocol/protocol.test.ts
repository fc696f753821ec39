import { Type } from '@sinclair/typebox'
import { expect, test } from 'vitest'
import type { Wrong } from '../../../../src/documents/wrongs.ts'
import { invented } from '../../../../src/providers/evidence.ts'
import { operationOf } from '../../../../src/providers/operation-of.ts'
import { ApiError, type RawRequest, type RequestLine } from '../../../../src/providers/provider.ts'
import { errors } from '../../../../src/providers/zenlayer/errors.ts'
import { createProtocol } from '../../../../src/providers/zenlayer/protocol/protocol.ts'

const { operation } = operationOf<unknown>()(errors)
const Tag = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) })
const createSnapshot = operation({
  name: 'CreateSnapshot',
  summary: 'A row for this test.',
  evidence: invented('for this test', 'zenlayer.md 5.1'),
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
  evidence: invented('for this test', 'zenlayer.md 5.27'),
  route: { method: 'POST', path: '/api/v2/zec', selector: 'ChangeDisksAttach' },
  versions: ['2024-04-01'],
  response: Type.Object({}),
  errors: [],
  run: () => ({})
})
const describeResourceGroups = operation({
  name: 'DescribeResourceGroups',
  summary: 'A row of another service.',
  evidence: invented('for this test', 'zenlayer.md 5.30'),
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

const read = (method: string, url: string, sent: RequestLine['headers'] = {}) =>
  protocol.read({ method, url, headers: sent })
const meant = (...line: Parameters<typeof read>) => read(...line).operation
/** Why no row was meant. */
function missed(...line: Parameters<typeof read>) {
  const { operation, refused } = read(...line)
  if (!refused) throw new Error(`${operation.name} was meant`)
  return { early: refused.early, error: refused.error() }
}

test('an action leads to its row, at each of its versions', () => {
  for (const version of ['2024-04-01', '2025-09-01']) {
    const reading = read('POST', '/api/v2/zec', headers('CreateSnapshot', version))
    expect(reading).toMatchObject({ operation: createSnapshot, version })
  }
  expect(meant('POST', '/api/v2/zec', headers('ChangeDisksAttach', '2024-04-01'))).toBe(changeDisksAttach)
  expect(meant('POST', '/api/v2/zec', headers('ChangeDisksAttach', '2025-09-01'))).toBeUndefined()
  expect(meant('POST', '/api/v2/user', headers('DescribeResourceGroups', '2024-05-29'))).toBe(describeResourceGroups)
})

test('an absolute-form target and a query lead to the same row', () => {
  const asked = headers('CreateSnapshot', '2024-04-01')
  const reading = read('POST', 'HTTP://h:1/api/v2/zec?a=%zz', asked)
  expect(reading).toMatchObject({ operation: createSnapshot, query: { a: '%zz' } })
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
  [
    'an action of a service that is not served',
    '/api/v2/zec',
    'InquiryPriceCreateLoadBalancer',
    '2025-09-01',
    /service zlb$/
  ],
  ['a built-in name', '/api/v2/zec', '__proto__', '2025-09-01', /^unknown action/],
  ['an enormous action', '/api/v2/zec', 'x'.repeat(9000), '2025-09-01', /^unknown action x{100}\.\.\.$/]
] as const)('%s is unmatched, with a hint', ([, url, action, version, hint]) => {
  const { early, error } = missed('POST', url, headers(action, version))
  expect(early).toBe(false)
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
  const { early, error } = missed(method, url)
  expect(early).toBe(true)
  expect(error).toMatchObject({ code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION', status })
  expect(error.why.hint).toMatch(/path|POST/)
})

test.for(['/api/v2/zec', '/api/v2/user', '/api/v2/zrm', 'http://h:1/api/v2/zec?x'])('POST %s is not early', (url) => {
  expect(missed('POST', url).early).toBe(false)
})

test.for(['bmc', 'vm', 'zlb', 'zos'])('service %s is known and not emulated', (service) => {
  const { early, error } = missed('POST', `/api/v2/${service}`, headers('DescribeInstances', '2026-02-01'))
  expect(early).toBe(true)
  expect(error).toMatchObject({ code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION', status: 404 })
  expect(error.why.hint).toBe(
    `service ${service} is known but not emulated: /api/v2/zec, /api/v2/user, /api/v2/zrm are`
  )
})

test('the hint of an unknown path names the nearest', () => {
  expect(missed('POST', '/api/v2/zek').error.why.hint).toBe('unknown path: did you mean /api/v2/zec?')
})

/** What a row gets that takes any body. */
const anything = operation({
  name: 'Anything',
  summary: 'A row for this test.',
  evidence: invented('for this test', 'zenlayer.md 5.1'),
  route: { method: 'POST', path: '/api/v2/zec', selector: 'Anything' },
  request: { body: Type.Record(Type.String(), Type.Unknown()) },
  response: Type.Object({}),
  errors: [],
  run: () => ({})
})
const readingOf = (query: Record<string, string> = {}) => ({
  operation: anything,
  params: {},
  query,
  version: '2025-09-01'
})
const parse = (request: RawRequest) => protocol.input(anything, readingOf(), request).input.body

test.for([
  undefined,
  '',
  'application/json',
  'Application/JSON',
  'application/json; charset=gbk',
  'application/json ;x'
])('Content-Type %j is JSON', (contentType) => {
  expect(parse(body('{"a":1}', contentType))).toEqual({ a: 1 })
})

test('a request without Content-Type is JSON', () => {
  expect(parse(raw({ body: Buffer.from('{"a":1}') }))).toEqual({ a: 1 })
})

test.for(['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', 'json', ';', ' '])(
  'Content-Type %j is refused before the JSON is read',
  (contentType) => {
    const error = refused(() => parse(body('{', contentType)))
    expect(error).toMatchObject({ code: 'INVALID_PARAMETER_TYPE', status: 400 })
    expect(error.why.hint).toMatch(/Content-Type must be/)
  }
)

test('an empty body is an empty object', () => {
  expect(parse(body(''))).toEqual({})
})

test.for(['{', '[]', '[{}]', 'null', '1', '"a"', 'true', ' ', '{"a":1}{}', "{'a':1}", '\ufeff{}', '{"a":NaN}'])(
  'the body %j is refused',
  (text) => {
    expect(refused(() => parse(body(text)))).toMatchObject({ code: 'INVALID_PARAMETER_TYPE', status: 400 })
  }
)

test('a body that is not UTF-8 is refused', () => {
  const latin1 = Buffer.from('{"name":"é"}', 'latin1')
  expect(refused(() => parse(body(latin1))).why.hint).toBe('the body is not UTF-8')
})

function normalised(value: object, query: Record<string, string> = {}) {
  const { input, unused } = protocol.input(createSnapshot, readingOf(query), body(JSON.stringify(value)))
  return { ...input, unused }
}

test('null is absent everywhere', () => {
  const value = { diskId: null, snapshotName: null, ids: null, tags: { tags: [{ key: 'a', value: null }] }, size: null }
  expect(normalised(value).body).toEqual({ tags: { tags: [{ key: 'a' }] } })
})

test.for([
  ['a required member', { diskId: '' }, {}],
  ['an empty list for a required member that is none', { diskId: [] }, { diskId: [] }],
  [
    'an empty list for a name, an object, a number',
    { snapshotName: [], tags: [], size: [] },
    { snapshotName: [], tags: [], size: [] }
  ],
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
  expect(normalised({ diskId: 'd', foo: 1, tags: { bar: {} } }, { x: '1', y: '2' })).toEqual({
    params: {},
    query: {},
    body: { diskId: 'd', tags: {} },
    unused: ['query.x', 'query.y', 'body.foo', 'body.tags.bar']
  })
})

const invalid = (of: typeof createSnapshot, wrongs: readonly Wrong[]) =>
  protocol.refusal({ kind: 'invalid', operation: of, wrongs })
const wrong = (kind: Wrong['kind'], path: string, own?: string): Wrong => ({
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
] as const)('a wrong of kind %s is %s', ([kind, code]) => {
  const error = invalid(createSnapshot, [wrong(kind, 'tags.0.key')])
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ code, status: 400, message: errors[code].message, why: { field: 'body.tags.0.key' } })
})

test('types come first, then required members, then everything else', () => {
  const ranked = [wrong('too-long', 'a'), wrong('missing', 'b'), wrong('type', 'c'), wrong('type', 'd')]
  const codes = ranked.map((_, index) => invalid(createSnapshot, ranked.slice(0, index + 1)))
  expect(codes.map(({ code, why }) => `${why.field} ${code}`)).toEqual([
    'body.a INVALID_PARAMETER_EXCEED_LENGTH',
    'body.b MISSING_PARAMETER',
    'body.c INVALID_PARAMETER_TYPE',
    'body.c INVALID_PARAMETER_TYPE'
  ])
})

test('of one class the member that is declared first counts, of one member its length before its form', () => {
  const wrongs = [wrong('pattern', 'a'), wrong('too-short', 'a'), wrong('too-long', 'b')]
  expect(invalid(createSnapshot, wrongs)).toMatchObject({
    code: 'INVALID_PARAMETER_LESS_LENGTH',
    why: { field: 'body.a' }
  })
})

test('a member’s own code takes the place of the value codes, never of type and required', () => {
  const own = 'INVALID_RETENTION_DAYS'
  expect(invalid(createSnapshot, [wrong('too-small', 'a', own)])).toMatchObject({ code: own, status: 400 })
  expect(invalid(createSnapshot, [wrong('type', 'a', own)]).code).toBe('INVALID_PARAMETER_TYPE')
  expect(invalid(createSnapshot, [wrong('missing', 'a', own)]).code).toBe('MISSING_PARAMETER')
})

test('a row may word a code differently', () => {
  expect(invalid(createSnapshot, [wrong('value', 'a', 'INVALID_DISK_NOT_FOUND')])).toMatchObject({
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
  expect(protocol.success({ snapshotId: '1' }, ID)).toEqual({
    status: 200,
    headers: JSON_TYPE,
    body: `{"requestId":"${ID}","response":{"requestId":"${ID}","snapshotId":"1"}}`
  })
  expect(protocol.success(undefined, ID).body).toBe(`{"requestId":"${ID}","response":{"requestId":"${ID}"}}`)
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
  expect(protocol.refusal({ kind })).toMatchObject({ status, code, message: errors[code].message })
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
