import { Type } from '@sinclair/typebox'
import { describe, expect, test } from 'vitest'
import type { Wrong } from '../../../../src/documents/wrongs.ts'
import { errors } from '../../../../src/providers/baidu/errors.ts'
import { createProtocol } from '../../../../src/providers/baidu/protocol/protocol.ts'
import { invented } from '../../../../src/providers/evidence.ts'
import { operationOf } from '../../../../src/providers/operation-of.ts'
import { ApiError, type Operation, type RawRequest, type Route } from '../../../../src/providers/provider.ts'
import { raw } from './signed-requests.ts'

const { operation } = operationOf<unknown>()(errors)

function row(name: string, ...[route, ...aliases]: [Route, ...Route[]]): Operation<unknown> {
  return operation({
    name,
    summary: '',
    evidence: invented('for this test', 'the page'),
    route,
    aliases,
    response: Type.Undefined(),
    errors: [],
    run: () => undefined
  })
}

const GET = (path: string): Route => ({ method: 'GET', path })
const POST = (path: string): Route => ({ method: 'POST', path })
const PUT = (path: string, selector?: string): Route => ({
  method: 'PUT',
  path,
  ...(selector !== undefined && { selector })
})

const createAsp = operation({
  name: 'CreateAsp',
  summary: '',
  evidence: invented('for this test', 'the page'),
  route: POST('/v2/asp'),
  request: {
    query: Type.Object({ maxKeys: Type.Optional(Type.Integer()), flag: Type.Optional(Type.Boolean()) }),
    body: Type.Object(
      {
        name: Type.String({ refusal: 'Asp.NameInvalid', refusalFor: ['missing'] }),
        hours: Type.Array(Type.Union([Type.Integer(), Type.String()]), { refusal: 'Asp.TimePointsInvalid' }),
        note: Type.Optional(Type.String({ emptyIsAbsent: true })),
        size: Type.Optional(Type.Integer({ zeroIsAbsent: true })),
        text: Type.Optional(Type.String()),
        inner: Type.Optional(Type.Object({ known: Type.Optional(Type.String()) }))
      },
      { ownOrder: true }
    )
  },
  response: Type.Object({}),
  errors: ['BadRequest'],
  wording: { BadRequest: { message: 'missing parameter.', status: 499 } },
  run: () => ({})
})
const listShares = operation({
  name: 'ListSnapshotShare',
  summary: '',
  evidence: invented('for this test', 'test'),
  route: POST('/v2/snapshot/snapshotShare/list'),
  aliases: [GET('/v2/snapshot/snapshotShare/list')],
  request: { body: Type.Object({ marker: Type.Optional(Type.String()) }) },
  response: Type.Object({}),
  errors: [],
  run: () => ({})
})

const rows = [
  createAsp,
  row('ListAsps', GET('/v2/asp')),
  row('UpdateAsp', PUT('/v2/asp/update')),
  row('GetAsp', GET('/v2/asp/:aspId')),
  row('DeleteAsp', { method: 'DELETE', path: '/v2/asp/:aspId' }),
  row('AttachAsp', PUT('/v2/asp/:aspId', 'attach')),
  row('DetachAsp', PUT('/v2/asp/:aspId', 'detach')),
  row('GetSnapshot', GET('/v2/snapshot/:snapshotId')),
  row('ListSnapchain', GET('/v2/snapshot/chain')),
  row('BindTagSnapchain', PUT('/v2/snapshot/chain/:chainId/tag', 'bind')),
  row('CancelSnapshotShare', POST('/v2/snapshot/unShare'), POST('/v2snapshot/unShare')),
  row('RenameVolume', PUT('/v2/volume/:volumeId', 'rename')),
  row('ReleaseVolume', { method: 'DELETE', path: '/v2/volume/:id' }, POST('/v2/volume/:id')),
  row('GetVolumeV3', GET('/v3/volume/:volumeId')),
  row('AttachTags', { method: 'POST', path: '/v3/bcc/tag', selector: 'action=AttachTags' }),
  row('DetachTags', { method: 'POST', path: '/v3/bcc/tag', selector: 'action=DetachTags' }),
  listShares
]
const protocol = createProtocol(rows)

const read = (method: string, url: string) => protocol.read({ method, url, headers: {} })
/** Which row was meant, with which parameters. */
function routed(method: string, url: string) {
  const { operation, params, query } = read(method, url)
  return { name: operation?.name ?? 'unmatched', params, query }
}
/** Why none was meant. */
function missed(method: string, url: string) {
  const { operation, refused } = read(method, url)
  if (!refused) throw new Error(`${operation.name} was meant`)
  return { early: refused.early, error: refused.error() }
}

describe('which operation is meant', () => {
  test.for([
    ['GET', '/v2/asp', 'ListAsps', {}],
    ['GET', '/v2/asp?marker=&maxKeys=1000', 'ListAsps', {}],
    ['GET', '/v2/asp?attach', 'ListAsps', {}],
    ['PUT', '/v2/asp/update', 'UpdateAsp', {}],
    ['PUT', '/v2/asp/update?clientToken=1', 'UpdateAsp', {}],
    ['PUT', '/v2/asp/update?update', 'UpdateAsp', {}],
    ['GET', '/v2/asp/asp-1', 'GetAsp', { aspId: 'asp-1' }],
    ['DELETE', '/v2/asp/asp-1', 'DeleteAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?attach', 'AttachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?attach=', 'AttachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?attach=no', 'AttachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?clientToken=t&detach', 'DetachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?detach&clientToken=t', 'DetachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?attach&attach=', 'AttachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?%61ttach', 'AttachAsp', { aspId: 'asp-1' }],
    ['PUT', '/v2/asp/asp-1?&&attach&', 'AttachAsp', { aspId: 'asp-1' }],
    ['GET', '/v2/snapshot/chain', 'ListSnapchain', {}],
    ['GET', '/v2/snapshot/chains', 'GetSnapshot', { snapshotId: 'chains' }],
    ['PUT', '/v2/snapshot/chain/sl-1/tag?bind', 'BindTagSnapchain', { chainId: 'sl-1' }],
    ['POST', '/v2snapshot/unShare', 'CancelSnapshotShare', {}],
    ['POST', '/v2/volume/v-1', 'ReleaseVolume', { id: 'v-1' }],
    ['DELETE', '/v2/volume/v-1', 'ReleaseVolume', { id: 'v-1' }],
    ['GET', '/v3/volume/v-1', 'GetVolumeV3', { volumeId: 'v-1' }],
    ['POST', '/v3/bcc/tag?action=AttachTags', 'AttachTags', {}],
    ['POST', '/v3/bcc/tag?action=AttachTags&action=DetachTags', 'DetachTags', {}],
    ['GET', '/v2/snapshot/snapshotShare/list', 'ListSnapshotShare', {}],
    ['POST', '/v2/snapshot/snapshotShare/list', 'ListSnapshotShare', {}],
    // Odd encodings: one decoding, whatever the router thinks of the characters.
    ['GET', '/%762/%61sp/asp%2D1', 'GetAsp', { aspId: 'asp-1' }],
    ['GET', '/v2/asp/a%2Fb', 'GetAsp', { aspId: 'a/b' }],
    ['GET', '/v2/asp/a%252Fb', 'GetAsp', { aspId: 'a%2Fb' }],
    ['GET', '/v2/asp/a%25zz', 'GetAsp', { aspId: 'a%zz' }],
    ['GET', '/v2/asp/%E6%AF%8F%E6%97%A5', 'GetAsp', { aspId: '每日' }],
    ['GET', '/v2/asp/%3Fattach', 'GetAsp', { aspId: '?attach' }],
    ['GET', '/v2/asp/%23;a=1:b@c', 'GetAsp', { aspId: '#;a=1:b@c' }],
    ['GET', '/v2/asp/:aspId', 'GetAsp', { aspId: ':aspId' }],
    ['GET', '/v2/asp/*', 'GetAsp', { aspId: '*' }],
    ['GET', '/v2/asp/%00', 'GetAsp', { aspId: '\0' }],
    ['GET', '/v2/asp/constructor', 'GetAsp', { aspId: 'constructor' }]
  ] as const)('%s %s is %s', ([method, url, name, params]) => {
    expect(routed(method, url)).toMatchObject({ name, params })
  })

  test('the query goes on as the client meant it', () => {
    expect(routed('GET', '/v2/asp?aspName=%E6%AF%8F&marker=a%26b')).toMatchObject({
      query: { aspName: '每', marker: 'a&b' }
    })
    expect(routed('GET', `/v2/asp?aspName=${Buffer.from('每').toString('latin1')}#x`)).toMatchObject({
      name: 'ListAsps',
      query: { aspName: '每#x' }
    })
    expect(routed('GET', '/v2/asp?marker=a+b&marker=c+%2B').query).toEqual({ marker: 'c +' })
  })

  test('the absolute form means the same', () => {
    expect(routed('PUT', 'http://bcc.bj.baidubce.com/v2/asp/a?attach')).toEqual(routed('PUT', '/v2/asp/a?attach'))
    expect(protocol.owns('http://bcc.bj.baidubce.com:80/v2/asp')).toBe(true)
  })

  test.for([
    ['/v2', true],
    ['/v1/instance', true],
    ['/v2snapshot/unShare', true],
    ['/%76%32/asp', true],
    ['/v2/%zz', true],
    ['/v', false],
    ['/vx/asp', false],
    ['/api/v2/zec', false],
    ['/', false],
    ['', false]
  ] as const)('%s is ours: %s', ([path, ours]) => {
    expect(protocol.owns(path)).toBe(ours)
  })
})

describe('what no operation wants', () => {
  test.for([
    ['GET', '/v2/none', 'NoSuchObject', 404],
    ['GET', '/v2', 'NoSuchObject', 404],
    ['GET', '/v2/', 'NoSuchObject', 404],
    ['GET', '/v2/asp/', 'NoSuchObject', 404],
    ['GET', '/v2//asp', 'NoSuchObject', 404],
    ['GET', '/v2/asp/a/b', 'NoSuchObject', 404],
    ['GET', '/v2/ASP', 'NoSuchObject', 404],
    ['GET', '/v2/asp/../asp', 'NoSuchObject', 404],
    ['GET', '/v3/nothing', 'NoSuchObject', 404],
    ['GET', '/v2/asp/~attach/x', 'NoSuchObject', 404],
    ['GET', '/v1/asp', 'InvalidVersion', 404],
    ['GET', '/v22/asp', 'InvalidVersion', 404],
    ['GET', '/v2.0/asp', 'InvalidVersion', 404],
    ['GET', '/v3/asp', 'InvalidVersion', 404],
    ['PUT', '/v3/asp/asp-1?attach', 'InvalidVersion', 404],
    ['PUT', '/v3/snapshot/s-1?modifyAttribute', 'InvalidVersion', 404],
    ['GET', '/v3/snapshot', 'InvalidVersion', 404],
    ['POST', '/v2/bcc/tag?action=AttachTags', 'InvalidVersion', 404],
    ['DELETE', '/v2/asp', 'BadRequest', 400],
    ['PATCH', '/v2/asp/asp-1', 'BadRequest', 400],
    ['HEAD', '/v2/asp', 'BadRequest', 400],
    ['OPTIONS', '/v2/asp', 'BadRequest', 400],
    ['get', '/v2/asp', 'BadRequest', 400],
    ['GET', '/v2/asp/update', 'BadRequest', 400],
    ['GET', '/v2/asp/up%64ate', 'BadRequest', 400],
    ['POST', '/v2/snapshot/chain', 'BadRequest', 400],
    ['POST', '/v3/volume/v-1', 'BadRequest', 400],
    ['PUT', '/v2/asp/asp-1', 'BadRequest', 400],
    ['DELETE', '/v2/asp/asp-1?detach', 'BadRequest', 400],
    ['GET', '/v2/asp/asp-1?attach', 'BadRequest', 400],
    ['PUT', '/v2/asp/asp-1?Attach', 'BadRequest', 400],
    ['PUT', '/v2/asp/asp-1?attach&detach', 'BadRequest', 400],
    ['PUT', '/v2/asp/asp-1?attach&rename', 'BadRequest', 400],
    ['PUT', '/v2/asp/asp-1?rename', 'BadRequest', 400],
    ['PUT', '/v2/asp/asp-1?=attach', 'BadRequest', 400],
    ['POST', '/v3/bcc/tag?action=Other', 'BadRequest', 400],
    ['POST', '/v3/bcc/tag', 'BadRequest', 400]
  ] as const)('%s %s is %s', ([method, url, code, status]) => {
    const { early, error } = missed(method, url)
    expect(early).toBe(false)
    expect(error).toMatchObject({ code, status, message: errors[code].message })
    expect(error.why.hint).toBeTruthy()
  })

  test.for(['/v2/asp/%zz', '/v2/asp/%', '/v2/asp/%ff', '/v2/asp?x=%zz', '/v2/asp?%e6=1', '/v2/asp/%c0%af'])(
    '%s is refused before anyone asks who is calling',
    (url) => {
      expect(missed('GET', url)).toMatchObject({ early: true, error: { code: 'InvalidURI', status: 400 } })
    }
  )

  test('the hint names the nearest operation, the methods, or the actions', () => {
    const hint = (method: string, url: string) => missed(method, url).error.why.hint
    expect(hint('POST', '/v2/aps')).toContain('The nearest is POST /v2/asp.')
    expect(hint('PATCH', '/v2/asp/a')).toBe('/v2/asp/:aspId takes GET, DELETE, PUT, not PATCH.')
    expect(hint('DELETE', '/v2/asp/a?detach')).toBe('/v2/asp/:aspId?detach takes PUT, not DELETE.')
    expect(hint('PUT', '/v2/asp/a')).toContain('exactly one of ?attach, ?detach; none is there.')
    expect(hint('PUT', '/v2/asp/a?attach&detach')).toContain('given: attach, detach.')
  })

  test('a long garbage path does not make the hint long', () => {
    expect(missed('GET', `/v2/${'x'.repeat(15_000)}`).error.why.hint?.length).toBeLessThan(400)
  })
})

test.for([
  ['/v2/asp', 'v2'],
  ['/v3/volume?x', 'v3'],
  ['http://h/v2/asp', 'v2'],
  ['/%762/asp', 'v2'],
  ['/v9', 'v9']
] as const)('the version of %s is %s', ([url, version]) => {
  expect(read('GET', url).version).toBe(version)
})

describe('bodies', () => {
  const post = (body: string | Buffer): RawRequest => ({ ...raw('POST', '/v2/asp', {}), body: Buffer.from(body) })
  /** What a row gets that takes any body: the row at the request's address, or, at `POST /v2/asp`, one of these. */
  const anything = operation({
    name: 'Anything',
    summary: '',
    evidence: invented('for this test', 'the page'),
    route: POST('/v2/asp'),
    request: { body: Type.Record(Type.String(), Type.Unknown()) },
    response: Type.Object({}),
    errors: [],
    run: () => ({})
  })
  const parse = (request: RawRequest) => {
    const reading = protocol.read(request)
    const row = reading.operation === createAsp ? anything : (reading.operation ?? anything)
    return protocol.input(row, reading, request).input.body
  }
  const refusal = (request: RawRequest) => {
    try {
      return parse(request)
    } catch (error) {
      return error instanceof ApiError ? [error.status, error.code] : error
    }
  }

  test('are JSON whatever the content type, and nothing is an empty object', () => {
    expect(parse({ ...post('{"a":[1]}'), headers: { 'content-type': 'text/xml' } })).toEqual({ a: [1] })
    expect(parse(post('\ufeff{"a":1}'))).toEqual({ a: 1 })
    expect(parse(post(''))).toEqual({})
  })

  test.for([
    ['{', 'MalformedJSON'],
    ['{"a":1,}', 'MalformedJSON'],
    [' ', 'MalformedJSON'],
    ["{'a':1}", 'MalformedJSON'],
    ['{"a":NaN}', 'MalformedJSON'],
    ['{}{}', 'MalformedJSON'],
    ['[]', 'BadRequest'],
    ['null', 'BadRequest'],
    ['"text"', 'BadRequest'],
    ['1', 'BadRequest'],
    ['true', 'BadRequest']
  ] as const)('%s is %s', ([body, code]) => {
    expect(refusal(post(body))).toEqual([400, code])
  })

  test('that are not UTF-8 are InvalidHTTPRequest', () => {
    expect(refusal(post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])))).toEqual([400, 'InvalidHTTPRequest'])
  })

  test('of a megabyte of brackets or quotes are refused, or read, at once', () => {
    const started = performance.now()
    expect(refusal(post(`{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`))).toEqual([400, 'MalformedJSON'])
    expect(refusal(post(`{"a":"${'\\"'.repeat(500_000)}`))).toEqual([400, 'MalformedJSON'])
    expect(parse(post(`{"a":"${'[{\\"'.repeat(200_000)}"}`))).toMatchObject({ a: expect.any(String) })
    expect(parse(post(`{"a":[${'[],'.repeat(300_000)}[]]}`))).toMatchObject({ a: expect.any(Array) })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('of a GET are not read, but for the one operation that has members there', () => {
    expect(parse({ ...raw('GET', '/v2/asp', {}, 'garbage') })).toEqual({})
    expect(parse({ ...raw('GET', '/v2/snapshot/snapshotShare/list', {}, '{"marker":"x"}') })).toEqual({
      marker: 'x'
    })
    expect(refusal(raw('GET', '/v2/snapshot/snapshotShare/list', {}, 'garbage'))).toEqual([400, 'MalformedJSON'])
  })
})

describe('normalising', () => {
  const normalised = (query: Record<string, string>, body: object, of: Operation<unknown> = createAsp) => {
    const request = { ...raw(of.route.method, of.route.path, {}), body: Buffer.from(JSON.stringify(body)) }
    const { input, unused } = protocol.input(of, { operation: of, params: {}, query, version: 'v2' }, request)
    return { body: input.body, query: input.query, unused }
  }

  test('null is nowhere a value, "" and 0 only where a row says so', () => {
    const { body } = normalised({}, { name: null, hours: [null, 1], note: '', size: 0, text: '', inner: null })
    expect(body).toEqual({ hours: [null, 1], text: '' })
    expect(normalised({}, { note: 'x', size: 1 }).body).toEqual({ note: 'x', size: 1 })
  })

  test('query texts become what the row wants, an empty one is none', () => {
    expect(normalised({ maxKeys: '20', flag: 'false' }, {}).query).toEqual({ maxKeys: 20, flag: false })
    expect(normalised({ maxKeys: '2', flag: '' }, {}).query).toEqual({ maxKeys: 2 })
    expect(normalised({ maxKeys: '12345678901234567890' }, {}).query).toEqual({ maxKeys: 1.2345678901234567e19 })
    for (const text of ['1.5', 'x', '1e3', ' 1', '0x10']) {
      expect(normalised({ maxKeys: text }, {}).query).toEqual({ maxKeys: text })
    }
  })

  test('what no operation reads is dropped and listed', () => {
    const { body, query, unused } = normalised(
      { foo: '1', '': 'x', clientToken: 't', 'x-bce-security-token': 's' },
      { name: 'a', bar: 1, inner: { known: 'x', other: 2 } }
    )
    expect(body).toEqual({ name: 'a', inner: { known: 'x' } })
    expect(query).toEqual({})
    expect(unused).toEqual(['query.foo', 'query.', 'body.bar', 'body.inner.other'])
  })

  test('the action key is read, and a clientToken is not where there is nothing to repeat', () => {
    const rowNamed = (name: string) => rows.find((one) => one.name === name) ?? createAsp
    expect(normalised({ attach: '', detach: '' }, {}, rowNamed('AttachAsp')).unused).toEqual(['query.detach'])
    expect(normalised({ action: 'AttachTags' }, {}, rowNamed('AttachTags')).unused).toEqual([])
    expect(normalised({ clientToken: 't' }, {}, rowNamed('ListSnapchain')).unused).toEqual(['query.clientToken'])
  })

  test('members named like parts of JavaScript objects do no harm', () => {
    const body: object = JSON.parse('{"__proto__":{"name":"x"},"constructor":1,"name":"a"}')
    const result = normalised({}, body)
    expect(result.body).toEqual({ name: 'a' })
    expect(result.unused).toEqual(['body.__proto__', 'body.constructor'])
  })
})

describe('which code an invalid input gets', () => {
  const invalid = (of: Operation<unknown>, wrongs: readonly Wrong[]) =>
    protocol.refusal({ kind: 'invalid', operation: of, wrongs })
  const wrong = (kind: Wrong['kind'], path: string[], refusal?: string): Wrong => ({
    in: 'body',
    path,
    kind,
    refusal,
    expected: 'something'
  })
  const plain = operation({
    name: 'CreateSnapshot',
    summary: '',
    evidence: invented('for this test', 'the page'),
    route: POST('/v2/snapshot'),
    request: {
      body: Type.Object({
        snapshotName: Type.String({ refusal: 'Snapshot.SnapshotNameInvalid' }),
        volumeId: Type.String()
      })
    },
    response: Type.Object({}),
    errors: [],
    run: () => ({})
  })
  const denied = operation({
    name: 'RemoteCopySnapshot',
    summary: '',
    evidence: invented('for this test', 'the page'),
    route: POST('/v2/x'),
    request: { body: Type.Object({ a: Type.String() }, { alwaysRefusal: 'OperationDenied' }) },
    response: Type.Object({}),
    errors: ['OperationDenied'],
    wording: { OperationDenied: { message: 'Operation not available' } },
    run: () => ({})
  })

  test('a missing member and a wrong type are BadRequest, in the words of the row', () => {
    expect(invalid(plain, [wrong('missing', ['volumeId'])])).toMatchObject({
      code: 'BadRequest',
      status: 400,
      message: 'Bad request parameters or illegal request.',
      why: { field: 'body.volumeId', rule: 'invented: for this test (the page)' }
    })
    expect(invalid(createAsp, [wrong('type', ['text'])])).toMatchObject({
      code: 'BadRequest',
      status: 499,
      message: 'missing parameter.'
    })
  })

  test("a member's own code wins where its rule is broken, not where it is missing or another type", () => {
    const name = 'Snapshot.SnapshotNameInvalid'
    const code = (kind: Wrong['kind']) => invalid(plain, [wrong(kind, ['snapshotName'], name)]).code
    expect([code('pattern'), code('too-long'), code('missing'), code('type')]).toEqual([
      name,
      name,
      'BadRequest',
      'BadRequest'
    ])
  })

  test('elements get the code of their list, and a member may claim more', () => {
    const code = (one: Wrong) => invalid(createAsp, [one]).code
    expect(code(wrong('type', ['hours', '0'], 'Asp.TimePointsInvalid'))).toBe('Asp.TimePointsInvalid')
    expect(code(wrong('too-short', ['hours'], 'Asp.TimePointsInvalid'))).toBe('Asp.TimePointsInvalid')
    expect(code(wrong('type', ['hours'], 'Asp.TimePointsInvalid'))).toBe('BadRequest')
    expect(code(wrong('missing', ['hours'], 'Asp.TimePointsInvalid'))).toBe('BadRequest')
    expect(code(wrong('missing', ['name'], 'Asp.NameInvalid'))).toBe('Asp.NameInvalid')
  })

  test('types and required members come before rules, unless a row has an order of its own', () => {
    const rule = wrong('pattern', ['snapshotName'], 'Snapshot.SnapshotNameInvalid')
    expect(invalid(plain, [rule, wrong('missing', ['volumeId'])]).code).toBe('BadRequest')
    const own = wrong('pattern', ['name'], 'Asp.NameInvalid')
    expect(invalid(createAsp, [own, wrong('missing', ['hours'], 'Asp.TimePointsInvalid')]).code).toBe('Asp.NameInvalid')
  })

  test('where an operation has one code for everything, it is that one', () => {
    expect(invalid(denied, [wrong('type', ['a'])])).toMatchObject({
      code: 'OperationDenied',
      status: 409,
      message: 'Operation not available'
    })
  })
})

describe('answers', () => {
  const id = '0c41b3a0-5c5e-4d2b-8a51-b1e9b9a3c1d2'

  test('a result is bare JSON, no result is no body', () => {
    const headers = { 'x-bce-request-id': id, 'content-type': 'application/json;charset=UTF-8', server: 'BWS' }
    expect(protocol.requestId(id)).toBe(id)
    expect(protocol.success({ aspId: 'asp-1' }, id)).toEqual({
      status: 200,
      headers,
      body: '{"aspId":"asp-1"}'
    })
    expect(protocol.success(undefined, id)).toEqual({ status: 200, headers, body: '' })
  })

  test('a refusal has three members, and its request id twice', () => {
    const { status, headers, body } = protocol.failure(
      new ApiError('NoSuchObject', 404, 'gone', { hint: 'secret' }),
      id
    )
    expect(status).toBe(404)
    expect(headers['x-bce-request-id']).toBe(id)
    expect(JSON.parse(body)).toEqual({ requestId: id, code: 'NoSuchObject', message: 'gone' })
  })

  test.for([
    ['too-large', 400, 'BadRequest'],
    ['headers-too-large', 400, 'InvalidHTTPRequest'],
    ['not-http', 400, 'InvalidHTTPRequest'],
    ['bad-path', 400, 'InvalidURI'],
    ['unavailable', 500, 'InternalError'],
    ['internal', 500, 'InternalError'],
    ['token-mismatch', 403, 'IdempotentParameterMismatch']
  ] as const)('%s is %i %s', ([kind, status, code]) => {
    expect(protocol.refusal({ kind })).toMatchObject({ status, code, message: errors[code].message })
  })
})
