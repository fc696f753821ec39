import { expect, test } from 'vitest'
import { type Answer, answerOf, type Server, type StartOptions, start } from '../../harness.ts'

const DISK = '1700000000000000101'
const PROBLEM = 'application/problem+json; charset=utf-8'

async function using(options: StartOptions, work: (server: Server) => Promise<void>): Promise<void> {
  const server = await start(options)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

function problem(answer: Answer, status: number, members: object = {}): void {
  expect(answer, JSON.stringify(answer.body)).toMatchObject({
    status,
    headers: { 'content-type': PROBLEM },
    body: { type: 'about:blank', title: expect.any(String), status, detail: expect.any(String), ...members }
  })
}

test('health says what is served, to anyone', () =>
  using({ control: { mode: 'on', version: '1.2.3' } }, async ({ app, control }) => {
    expect((await control('GET', '/health')).body).toStrictEqual({
      status: 'ok',
      version: '1.2.3',
      uptimeMs: expect.any(Number),
      clouds: ['zenlayer', 'baidu'],
      worlds: 0
    })
    const far = await app.inject({ url: '/_snapstand/health', headers: { host: 'snapstand.example' } })
    expect(far.statusCode).toBe(200)
  }))

test('switched off, only the state of health is left', () =>
  using({ control: { mode: 'off' } }, async ({ control, zenlayer }) => {
    expect((await control('GET', '/health')).body).toStrictEqual({ status: 'ok' })
    for (const path of ['/clock', '/worlds', '/requests']) problem(await control('GET', path), 404)
    problem(await control('POST', '/reset'), 404)
    expect((await zenlayer('DescribeDisks')).status).toBe(200)
  }))

test.for([
  ['127.0.0.1:7420', 200],
  ['localhost', 200],
  ['LOCALHOST:1', 200],
  ['app.localhost', 200],
  ['[::1]:7420', 200],
  ['127.3.2.1', 200],
  ['snapstand:7420', 200],
  ['Snapstand', 200],
  ['snapstand.example', 403],
  ['127.0.0.1.example', 403],
  ['localhost.example:7420', 403],
  ['localhost@far.example', 403]
] as const)('a call to host %j is answered with %i', ([host, status]) =>
  using({ control: { mode: 'on', hosts: ['snapstand'] } }, async ({ app }) => {
    for (const url of ['/_snapstand/clock', '/_snapstand/nope']) {
      const answer = answerOf(await app.inject({ url, headers: { host } }))
      if (status === 403) problem(answer, 403, { field: 'Host', detail: expect.stringContaining('--control-host') })
      else expect(answer.status).toBe(url.endsWith('nope') ? 404 : 200)
    }
  })
)

test('a page of another site is refused, one of this machine is not', () =>
  using({}, async ({ app }) => {
    const ask = async (origin: string) =>
      answerOf(await app.inject({ url: '/_snapstand/clock', headers: { host: 'localhost', origin } }))
    problem(await ask('https://evil.example'), 403, { field: 'Origin' })
    problem(await ask('null'), 403, { field: 'Origin' })
    expect((await ask('http://localhost:3000')).status).toBe(200)
  }))

test('with a token, the token opens, whatever the host', () =>
  using({ control: { mode: 'on', token: 'open-sesame' } }, async ({ app, control }) => {
    const ask = async (authorization: string, host = 'far.example') =>
      answerOf(await app.inject({ url: '/_snapstand/clock', headers: { host, authorization } }))
    expect((await ask('Bearer open-sesame')).status).toBe(200)
    problem(await ask('Bearer open-sesam'), 401, { field: 'Authorization' })
    problem(await ask('Bearer open-sesame2', 'localhost'), 401)
    const without = await control('GET', '/clock')
    problem(without, 401)
    expect(without.headers['www-authenticate']).toContain('Bearer')
    expect((await control('GET', '/health')).status).toBe(200)
  }))

test('a world comes into being by a control call, is kept, and is forgotten', () =>
  using({}, async ({ control, core }) => {
    expect((await control('GET', '/worlds')).body).toStrictEqual([])
    expect((await control('PUT', '/worlds/run%2F17', { keep: true })).body).toMatchObject({ id: 'run/17', keep: true })
    await control('PUT', '/clock?world=b', { mode: 'manual' })
    expect((await control('GET', '/worlds')).body).toStrictEqual([
      { id: 'run/17', now: '2026-01-05T08:00:00.000Z', mode: 'manual', calls: 0, keep: true },
      { id: 'b', now: '2026-01-05T08:00:00.000Z', mode: 'manual', calls: 0, keep: false }
    ])
    expect(await control('DELETE', '/worlds/b')).toMatchObject({ status: 204, body: undefined })
    problem(await control('DELETE', '/worlds/b'), 404, { field: 'id', value: 'b' })
    expect(core.peek('b')).toBeUndefined()
    problem(await control('PUT', '/worlds/b', { keep: 'yes' }), 400, { field: 'keep', value: 'yes', example: true })
    problem(await control('PUT', '/worlds/*', { keep: true }), 400, { field: 'world' })
  }))

test('reset brings a world back to its seed, its journal empty and its calls counted anew', () =>
  using({}, async ({ control, zenlayer }) => {
    const make = () => zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'nightly' }, { key: 'a' })
    const first = await make()
    await zenlayer('DescribeDisks', {}, { key: 'b' })
    expect((await control('POST', '/reset?world=a')).body).toStrictEqual({ worlds: ['a'] })
    expect((await control('GET', '/requests?world=a')).body).toMatchObject({ added: 0, requests: [] })
    expect((await make()).body).toStrictEqual(first.body)
    expect((await control('GET', '/requests?world=b')).body).toMatchObject({ added: 1 })
    expect((await control('POST', '/reset?world=*', {})).body).toStrictEqual({
      worlds: expect.arrayContaining(['a', 'b'])
    })
    expect((await control('GET', '/requests?world=*')).body).toMatchObject({ added: 0 })
  }))

test('the clock is read, set and moved', () =>
  using({}, async ({ control }) => {
    const read = await control('GET', '/clock')
    expect(read.body).toStrictEqual({ world: 'default', mode: 'manual', now: '2026-01-05T08:00:00.000Z' })
    const set = await control('PUT', '/clock?world=a', { now: '2025-06-01T02:00:00+02:00' })
    expect(set.body).toStrictEqual({ world: 'a', mode: 'manual', now: '2025-06-01T00:00:00.000Z' })
    expect((await control('PUT', '/clock?world=a', { mode: 'system' })).body).toMatchObject({ mode: 'system' })
    expect((await control('POST', '/clock/advance', { to: '2026-02-01T00:00:00Z' })).body).toStrictEqual({
      world: 'default',
      from: '2026-01-05T08:00:00.000Z',
      to: '2026-02-01T00:00:00.000Z',
      firings: 0,
      snapshotsCreated: 0,
      snapshotsExpired: 0,
      completed: 0,
      skipped: {},
      next: null
    })
    expect((await control('POST', '/clock/advance', { toNext: true })).body).toMatchObject({
      from: '2026-02-01T00:00:00.000Z',
      to: '2026-02-01T00:00:00.000Z'
    })
  }))

test.for([
  ['P7D', '2026-02-07T10:00:00.000Z'],
  ['7d', '2026-02-07T10:00:00.000Z'],
  ['36h', '2026-02-01T22:00:00.000Z'],
  ['90m', '2026-01-31T11:30:00.000Z'],
  ['30s', '2026-01-31T10:00:30.000Z'],
  ['2w', '2026-02-14T10:00:00.000Z'],
  ['P2W', '2026-02-14T10:00:00.000Z'],
  ['PT1H30M', '2026-01-31T11:30:00.000Z'],
  ['PT0.5S', '2026-01-31T10:00:00.500Z'],
  ['P1M', '2026-02-28T10:00:00.000Z'],
  ['P1Y1M1D', '2027-03-01T10:00:00.000Z'],
  ['P1Y', '2027-01-31T10:00:00.000Z']
] as const)('31 January, 10 o’clock, and %s is %s', ([by, to]) =>
  using({ clock: { mode: 'manual', at: Date.UTC(2026, 0, 31, 10) } }, async ({ control }) => {
    expect((await control('POST', '/clock/advance', { by })).body).toMatchObject({ to })
  })
)

test('a clock does not go back, nor out of its range', () =>
  using({}, async ({ control, zenlayer }) => {
    problem(await control('POST', '/clock/advance', { by: '-P1D' }), 409, { field: 'by', reason: 'back' })
    problem(await control('POST', '/clock/advance', { to: '2026-01-01T00:00:00Z' }), 409, {
      field: 'to',
      reason: 'back',
      now: '2026-01-05T08:00:00.000Z',
      asked: '2026-01-01T00:00:00.000Z'
    })
    problem(await control('POST', '/clock/advance', { by: 'P300Y' }), 400, { field: 'by', reason: 'range' })
    await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'nightly' })
    problem(await control('PUT', '/clock', { now: '2025-06-01T00:00:00Z' }), 409, {
      field: 'now',
      reason: 'before-change',
      changedAt: '2026-01-05T08:00:00.000Z',
      detail: expect.stringContaining('reset')
    })
  }))

test('the journal is filtered, counted and emptied', () =>
  using({}, async ({ control, zenlayer, baidu }) => {
    await zenlayer('DescribeDisks', { foo: 1 })
    const made = await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'nightly' })
    await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' })
    await control('POST', '/clock/advance', { by: 'P1D' })
    await baidu('GET', '/v2/volume?foo=1')
    await baidu('GET', '/v2/nope')
    const found = async (query: string) => (await control('GET', `/requests${query}`)).body
    expect(await found('')).toMatchObject({
      world: 'default',
      added: 5,
      dropped: 0,
      found: 5,
      counts: {
        operation: { CreateSnapshot: 2, DescribeDisks: 1, ListVolumes: 1, none: 1 },
        status: { 200: 3, 404: 2 },
        code: { INVALID_DISK_NOT_FOUND: 1, NoSuchObject: 1 }
      },
      unused: { 'DescribeDisks body.foo': 1, 'ListVolumes query.foo': 1 },
      requests: [
        { operation: null, world: 'default' },
        { operation: 'ListVolumes', at: '2026-01-06T08:00:00.000Z' },
        {},
        {},
        { operation: 'DescribeDisks' }
      ]
    })
    expect(await found('?operation=CreateSnapshot')).toMatchObject({ found: 2 })
    expect(await found('?status=404')).toMatchObject({ found: 2, requests: [{}, { code: 'INVALID_DISK_NOT_FOUND' }] })
    expect(await found('?code=INVALID_DISK_NOT_FOUND')).toMatchObject({ found: 1 })
    expect(await found(`?resource=${DISK}`)).toMatchObject({ found: 2 })
    expect(await found('?after=2026-01-06T00:00:00Z')).toMatchObject({ found: 2 })
    expect(await found('?before=2026-01-06T00:00:00Z')).toMatchObject({ found: 3 })
    expect(await found('?limit=2')).toMatchObject({ found: 5, requests: [{}, {}] })
    const all = await found('?world=*')
    expect(all).toMatchObject({ found: 5, requests: [{ world: 'default', operation: null }, {}, {}, {}, {}] })
    const one = await control('GET', `/requests/${made.requestId}`)
    expect(one.body).toMatchObject({ id: made.requestId, operation: 'CreateSnapshot', status: 200, refusal: null })
    problem(await control('GET', '/requests/nope'), 404, { field: 'id' })
    expect((await control('DELETE', '/requests')).status).toBe(204)
    expect(await found('')).toMatchObject({ added: 0, found: 0, requests: [] })
    await baidu('GET', '/v2/nope', undefined, { key: 'a' })
    expect(await found('?world=*')).toMatchObject({ found: 1 })
    await control('DELETE', '/requests?world=*')
    expect(await found('?world=*')).toMatchObject({ found: 0 })
  }))

test('the journal says how many entries it has let go', () =>
  using({}, async ({ control, baidu }) => {
    for (let call = 0; call < 1005; call++) await baidu('GET', '/v2/zone')
    const { body } = await control('GET', '/requests?limit=1')
    expect(body).toMatchObject({ added: 1005, dropped: 5, found: 1000, counts: { status: { 200: 1000 } } })
  }))

test('a request becomes a line for a shell, without what authenticates', () =>
  using({}, async ({ app, control, zenlayer, baidu }) => {
    const body = { diskName: "it's 每日" }
    const { requestId } = await zenlayer('DescribeDisks', body, { key: 'a' })
    const reply = await app.inject({ url: `/_snapstand/requests/${requestId}/curl`, headers: { host: 'localhost:1' } })
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(reply.body).toContain(`--data-raw '{"diskName":"it'\\''s 每日"}' 'http://localhost:1/api/v2/zec'`)
    expect(reply.body).toContain("-H 'x-zc-action: DescribeDisks'")
    expect(reply.body).not.toMatch(/authorization|signature|timestamp/i)
    const get = await baidu('GET', '/v2/volume?marker=a%20b')
    const line = await control('GET', `/requests/${get.requestId}/curl`)
    expect(line.body).toBe(
      "curl -sS -i -g -X 'GET' -H 'content-type: application/json;charset=utf-8' 'http://127.0.0.1:7420/v2/volume?marker=a%20b'\n"
    )
    const long = await zenlayer('DescribeDisks', { foo: 'x'.repeat(20_000) })
    problem(await control('GET', `/requests/${long.requestId}/curl`), 409)
  }))

test('operations are listed with their errors and how each is reached', () =>
  using({}, async ({ control }) => {
    const all = await control('GET', '/operations')
    expect(all.body).toMatchObject({
      operations: expect.arrayContaining([
        expect.objectContaining({
          provider: 'zenlayer',
          name: 'CreateSnapshot',
          summary: expect.any(String),
          source: expect.any(String),
          route: { method: 'POST', path: '/api/v2/zec', selector: 'CreateSnapshot' },
          counts: {
            documented: expect.any(Number),
            client: expect.any(Number),
            recorded: 0,
            inferred: expect.any(Number),
            invented: expect.any(Number)
          },
          members: expect.arrayContaining([
            { evidence: expect.anything(), names: expect.arrayContaining(['body.diskId', 'answer.snapshotId']) }
          ]),
          states: [expect.objectContaining({ text: 'Takes a disk that is IN_USE, AVAILABLE.' })],
          notes: expect.arrayContaining([{ text: 'Boot disks are allowed.', evidence: expect.anything() }]),
          errors: expect.arrayContaining([
            {
              code: 'INVALID_DISK_NOT_FOUND',
              status: 404,
              message: expect.any(String),
              source: expect.any(String),
              reach: expect.any(String),
              evidence: {
                kind: 'documented',
                page: 'Zenlayer API reference, CreateSnapshot',
                readBy: '2026-11-22',
                section: 'zenlayer.md 5.1'
              },
              codeEvidence: expect.objectContaining({ kind: 'documented', section: 'zenlayer.md 3.2' }),
              textEvidence: expect.objectContaining({ kind: 'invented', section: 'zenlayer.md 1.6' }),
              byFault: {
                provider: 'zenlayer',
                operation: 'CreateSnapshot',
                then: { error: 'INVALID_DISK_NOT_FOUND' }
              }
            }
          ])
        }),
        expect.objectContaining({ provider: 'baidu', name: 'CreateAsp' })
      ]),
      specification: { zenlayer: 'docs/clouds/zenlayer.md', baidu: 'docs/clouds/baidu.md' },
      common: { zenlayer: expect.any(Array), baidu: expect.any(Array) },
      behaviours: {
        zenlayer: expect.arrayContaining([
          expect.objectContaining({ about: 'setting', name: 'zenlayer.snapshotQuota' }),
          expect.objectContaining({ about: 'time', name: 'onExpiry' })
        ]),
        baidu: expect.any(Array)
      },
      notServed: expect.arrayContaining([
        { provider: 'zenlayer', name: 'CreateInstances', reason: expect.any(String), source: expect.any(String) }
      ])
    })
    const one = await control('GET', '/operations?provider=baidu')
    expect(JSON.stringify(one.body)).not.toContain('zenlayer')
    problem(await control('GET', '/operations?provider=baidoo'), 400, { field: 'provider', example: 'baidu' })
  }))

test('settings are listed and changed, in one world', () =>
  using({}, async ({ control, zenlayer }) => {
    const quotaOf = async (world: string) => {
      const { body } = await control('GET', `/settings?world=${world}`)
      const rows: unknown[] = Array.isArray(body) ? body : []
      return rows.find((row) => JSON.stringify(row).includes('"zenlayer.snapshotQuota"'))
    }
    const before = await quotaOf('a')
    expect(before).toStrictEqual({
      name: 'zenlayer.snapshotQuota',
      value: expect.any(Number),
      default: expect.any(Number),
      description: expect.any(String),
      source: expect.any(String)
    })
    expect((await control('PATCH', '/settings?world=a', { 'zenlayer.snapshotQuota': 1 })).status).toBe(200)
    expect(await quotaOf('a')).toMatchObject({ value: 1 })
    expect(await quotaOf('b')).toStrictEqual(before)
    const make = () => zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'nightly' }, { key: 'a' })
    expect((await make()).status).toBe(200)
    expect(await make()).toMatchObject({ code: 'INVALID_SNAPSHOT_QUOTA_EXCEED' })
    await control('PATCH', '/settings?world=a', { 'zenlayer.snapshotQuota': null })
    expect(await quotaOf('a')).toStrictEqual(before)
  }))

test('a patch of settings that is wrong in one is refused whole', () =>
  using({}, async ({ control }) => {
    const before = (await control('GET', '/settings')).body
    const patch = (more: object) => control('PATCH', '/settings', { 'zenlayer.snapshotQuota': 3, ...more })
    problem(await patch({ 'zenlayer.snapshotQota': 2 }), 400, {
      field: 'zenlayer.snapshotQota',
      nearest: 'zenlayer.snapshotQuota'
    })
    problem(await patch({ 'zenlayer.recycleBin': 'yes' }), 400, { field: 'zenlayer.recycleBin', value: 'yes' })
    problem(await patch({ 'delays.attachMs': -1 }), 400, { field: 'delays.attachMs', value: -1 })
    problem(await patch({ constructor: 1 }), 400, { field: 'constructor' })
    expect((await control('GET', '/settings')).body).toStrictEqual(before)
  }))

type BadCall = [string, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string, unknown, number, object]
test.for<BadCall>([
  ['an unknown path', 'GET', '/clocks', undefined, 404, { nearest: '/_snapstand/clock' }],
  ['a path below', 'GET', '/clock/x', undefined, 404, {}],
  ['the bare prefix', 'GET', '', undefined, 404, {}],
  ['a method', 'DELETE', '/clock', undefined, 405, { allowed: ['GET', 'HEAD', 'PUT'] }],
  ['a method of a path with a name', 'GET', '/worlds/a', undefined, 405, { allowed: ['PUT', 'DELETE'] }],
  ['an unknown query', 'GET', '/requests?opration=x', undefined, 400, { field: 'opration', nearest: 'operation' }],
  [
    'a number that is none',
    'GET',
    '/requests?limit=many',
    undefined,
    400,
    { field: 'limit', value: 'many', example: 20 }
  ],
  ['a number out of range', 'GET', '/requests?status=99', undefined, 400, { field: 'status', value: 99, example: 404 }],
  ['an instant without a zone', 'GET', '/requests?after=2026-01-01T00:00:00', undefined, 400, { field: 'after' }],
  ['a query key twice', 'GET', '/requests?limit=1&limit=2', undefined, 400, { field: 'limit' }],
  ['an empty world', 'GET', '/clock?world=', undefined, 400, { field: 'world' }],
  ['two worlds', 'GET', '/clock?world=a&world=b', undefined, 400, { field: 'world' }],
  ['all worlds where one is meant', 'GET', '/clock?world=*', undefined, 400, { field: 'world' }],
  ['an unknown member', 'POST', '/clock/advance', { bye: 'P1D' }, 400, { field: 'bye', nearest: 'by' }],
  ['no way to advance', 'POST', '/clock/advance', {}, 400, { field: 'body' }],
  ['two ways to advance', 'POST', '/clock/advance', { by: '1d', toNext: true }, 400, { field: 'body' }],
  ['no duration', 'POST', '/clock/advance', { by: 'soon' }, 400, { field: 'by', value: 'soon', example: 'P7D' }],
  ...['P7D1H', 'P', 'PT', 'P1DT', 'xP1D', 'P1D ', '1', 'd', '7 d', '7days', 'P999999999999Y', 'P1H', 'PT1D'].map(
    (by): BadCall => [`${by} for a duration`, 'POST', '/clock/advance', { by }, 400, { value: by, example: 'P7D' }]
  ),
  ['half a month', 'POST', '/clock/advance', { by: 'P0.5M' }, 400, { field: 'by' }],
  ['a duration that is a number', 'POST', '/clock/advance', { by: 7 }, 400, { field: 'by', value: 7, example: 'P7D' }],
  ['no such day', 'POST', '/clock/advance', { to: '2026-02-30T00:00:00Z' }, 400, { field: 'to' }],
  ['no such hour', 'PUT', '/clock', { now: '2026-02-03T25:00:00Z' }, 400, { field: 'now' }],
  ['toNext that is not true', 'POST', '/clock/advance', { toNext: false }, 400, { field: 'toNext', example: true }],
  ['no such mode', 'PUT', '/clock', { mode: 'fast' }, 400, { field: 'mode', value: 'fast', example: 'manual' }],
  ['nothing to set', 'PUT', '/clock', {}, 400, { field: 'body' }],
  ['a list for a body', 'PUT', '/clock', [], 400, { field: 'body' }],
  ['a body where none is read', 'POST', '/reset', { world: 'a' }, 400, { field: 'world' }]
])('%s is a problem that names what is right', ([, method, path, body, status, members]) =>
  using({}, async ({ control }) => {
    problem(await control(method, path, body), status, members)
  })
)

test('bodies that are no JSON, too long or no text are problems', () =>
  using({}, async ({ app }) => {
    const put = async (payload: string | Buffer) =>
      answerOf(await app.inject({ method: 'PUT', url: '/_snapstand/clock', headers: { host: 'localhost' }, payload }))
    problem(await put('{'), 400, { field: 'body' })
    problem(await put(Buffer.from([0x22, 0xff, 0x22])), 400, { field: 'body' })
    problem(await put(' '.repeat(1024 ** 2 + 1)), 413)
  }))

test('the header names the world as the query does', () =>
  using({}, async ({ app }) => {
    const ask = async (url: string, world: string) =>
      answerOf(await app.inject({ url, headers: { host: 'localhost', 'x-snapstand-world': world } }))
    expect((await ask('/_snapstand/clock', 'a')).body).toMatchObject({ world: 'a' })
    expect((await ask('/_snapstand/clock?world=a', 'a')).body).toMatchObject({ world: 'a' })
    problem(await ask('/_snapstand/clock?world=b', 'a'), 400, { field: 'world' })
  }))

test('no new world for a control call either, when they are full', () =>
  using({ maxWorlds: 1 }, async ({ control }) => {
    await control('PUT', '/worlds/a', { keep: true })
    problem(await control('PUT', '/clock?world=b', { mode: 'manual' }), 503)
  }))
