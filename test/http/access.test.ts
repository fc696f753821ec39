import { expect, test } from 'vitest'
import { answerOf, type Server, type StartOptions, start } from '../harness.ts'

async function using(options: StartOptions, work: (server: Server) => Promise<void>): Promise<void> {
  const server = await start(options)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

type Headers = Readonly<Record<string, string>>
const HERE = { host: '127.0.0.1:7420' }

/** What a page can send without asking first: a form’s content type, no header of its own. */
async function pageCalls({ app }: Server, headers: Headers) {
  const payload = '{"cdsSizeInGB":20,"zoneName":"cn-bj-a","billing":{"paymentTiming":"Postpaid"}}'
  const inject = { headers: { ...HERE, 'content-type': 'text/plain', ...headers }, payload }
  return answerOf(await app.inject({ method: 'POST', url: '/v2/volume', ...inject }))
}
async function zenlayerCalls({ app }: Server, headers: Headers) {
  const named = { 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01', ...headers }
  return answerOf(
    await app.inject({ method: 'POST', url: '/api/v2/zec', headers: { ...HERE, ...named }, payload: '{}' })
  )
}
async function controlCalls({ app }: Server, headers: Headers) {
  return answerOf(await app.inject({ url: '/_snapstand/clock', headers: { ...HERE, ...headers } }))
}

const STRANGERS: readonly (readonly [string, Headers, string])[] = [
  ['that says it is of another site', { 'sec-fetch-site': 'cross-site' }, "--cors '*'"],
  ['of another origin', { origin: 'https://evil.example' }, '--cors https://evil.example'],
  ['of a sandbox, which has no origin', { origin: 'null' }, '--cors null'],
  ['of another port of another host', { origin: 'http://127.0.0.1.evil.example:7420' }, '--cors http://127.0.0.1.evil'],
  [
    'of this machine’s other name, as the browser says',
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
    '--cors http://localhost:3000'
  ]
]

test.for(STRANGERS)('a page %s is refused in the form of what it calls', ([, headers, hint]) =>
  using({}, async (server) => {
    expect(await pageCalls(server, headers)).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      requestId: expect.any(String),
      headers: { 'x-snapstand-hint': expect.stringContaining(hint) }
    })
    const zenlayer = await zenlayerCalls(server, headers)
    expect(zenlayer).toMatchObject({ status: 401, code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION' })
    expect(zenlayer.headers['x-snapstand-hint']).toContain(hint)
    expect(zenlayer.headers['access-control-allow-origin']).toBeUndefined()
    const control = await controlCalls(server, headers)
    expect(control).toMatchObject({ status: 403, headers: { 'content-type': expect.stringContaining('problem') } })
    expect(server.core.worlds()).toStrictEqual([])
  })
)

test('a page is refused whatever its signature says, and a release by an alias is none the less a call', () =>
  using({ auth: 'verify' }, async ({ app, core }) => {
    const headers = { ...HERE, origin: 'https://evil.example', authorization: 'Bearer token' }
    const release = await app.inject({ method: 'POST', url: '/v2/volume/v-Starter2', headers, payload: '{}' })
    expect(release.statusCode).toBe(403)
    const named = { ...headers, 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
    expect((await app.inject({ method: 'POST', url: '/api/v2/zec', headers: named, payload: '{}' })).statusCode).toBe(
      401
    )
    expect(core.worlds()).toStrictEqual([])
  }))

test.for<readonly [string, Headers]>([
  ['no page', {}],
  ['a page of the same origin', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:7420' }],
  ['a page of the same site', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:3000' }],
  ['somebody at the address bar', { 'sec-fetch-site': 'none' }],
  ['a page that this machine serves', { origin: 'http://localhost:3000' }],
  ['a page of a host that is named', { origin: 'http://snapstand:8080' }]
])('%s is served', ([, headers]) =>
  using({ control: { mode: 'on', hosts: ['snapstand'] } }, async (server) => {
    expect((await pageCalls(server, headers)).status).toBe(200)
    expect((await zenlayerCalls(server, headers)).status).toBe(200)
    expect((await controlCalls(server, headers)).status).toBe(200)
  })
)

test('a page of the very host that is called is served', () =>
  using({ auth: 'verify' }, async ({ app }) => {
    const headers = { host: 'clouds.example', origin: 'https://clouds.example', authorization: 'Bearer t' }
    const named = { ...headers, 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }
    expect((await app.inject({ method: 'POST', url: '/api/v2/zec', headers: named, payload: '{}' })).statusCode).toBe(
      200
    )
  }))

test.for([
  ['localhost:7420', true],
  ['127.3.2.1', true],
  ['[::1]:7420', true],
  ['app.localhost', true],
  ['snapstand:7420', true],
  ['rebound.example:7420', false],
  ['192.168.0.7:7420', false]
] as const)('an unsigned call by the host %j: served is %s', ([host, isServed]) =>
  using({ auth: 'verify', control: { mode: 'off', hosts: ['snapstand'] } }, async (server) => {
    const [baidu, zenlayer] = [await pageCalls(server, { host }), await zenlayerCalls(server, { host })]
    expect([baidu.status, zenlayer.status]).toEqual(isServed ? [200, 200] : [403, 401])
    if (isServed) return
    expect(baidu.headers['x-snapstand-hint']).toContain(`--control-host ${host.split(':')[0]}`)
    expect(zenlayer.headers['x-snapstand-hint']).toContain('sign it')
  })
)

test.for(['verify', 'off'] as const)('a signed call is served by any host: %s', (auth) =>
  using({ auth }, async ({ app }) => {
    const headers = {
      host: 'far.example',
      authorization: 'Bearer somebody',
      'x-zc-action': 'DescribeDisks',
      'x-zc-version': '2025-09-01'
    }
    expect((await app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload: '{}' })).statusCode).toBe(200)
  })
)

test('an Authorization that names no key is none where nothing is checked, and is refused as what it is elsewhere', async () => {
  const ask = async ({ app }: Server) =>
    answerOf(await app.inject({ url: '/v2/volume', headers: { host: 'far.example', authorization: 'nonsense' } }))
  await using({ auth: 'off' }, async (server) => {
    expect(await ask(server)).toMatchObject({ code: 'AccessDenied' })
  })
  await using({ auth: 'verify' }, async (server) => {
    expect(await ask(server)).toMatchObject({ code: 'InvalidHTTPAuthHeader' })
  })
})

const PREFLIGHT = {
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'authorization,content-type,x-bce-date',
  'access-control-request-private-network': 'true'
}

test.for([
  ['https://app.example', ['https://app.example']],
  ['https://any.example', ['*']],
  ['null', ['null']],
  ['http://localhost:3000', ['https://app.example', 'http://localhost:3000']]
] as const)('a page of %s that --cors lets in asks, calls and reads', ([origin, cors]) =>
  using({ cors }, async (server) => {
    const page = { origin, 'sec-fetch-site': 'cross-site' }
    for (const url of ['/v2/volume/v-1?attach', '/api/v2/zec']) {
      const asked = await server.app.inject({ method: 'OPTIONS', url, headers: { ...HERE, ...page, ...PREFLIGHT } })
      expect(asked).toMatchObject({ statusCode: 204, body: '' })
      expect(asked.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'PUT',
        'access-control-allow-headers': 'authorization,content-type,x-bce-date',
        'access-control-allow-private-network': 'true'
      })
    }
    const made = await pageCalls(server, page)
    expect(made).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin, vary: 'Origin' } })
    expect(made.headers['access-control-expose-headers']).toContain('x-bce-request-id')
    const refused = answerOf(await server.app.inject({ url: '/v2/volume/none', headers: { ...HERE, ...page } }))
    expect(refused).toMatchObject({ status: 404, headers: { 'access-control-allow-origin': origin } })
    expect(refused.headers['access-control-expose-headers']).toContain('x-snapstand-hint')
    // Whoever may call the clouds may not turn their clock.
    const turned = await controlCalls(server, page)
    expect(turned).toMatchObject({ status: 403 })
    expect(turned.headers['access-control-allow-origin']).toBeUndefined()
    expect(server.core.peek('default')?.journal.counts().added).toBe(2)
  })
)

test('a page that --cors does not let in is refused, and so is its preflight, with the way out', () =>
  using({ cors: ['https://app.example'] }, async (server) => {
    const page = { ...HERE, origin: 'https://other.example' }
    expect(await pageCalls(server, page)).toMatchObject({ status: 403, code: 'AccessDenied' })
    for (const origin of ['https://other.example', 'http://localhost:3000']) {
      const headers = { ...HERE, ...PREFLIGHT, origin }
      const asked = answerOf(await server.app.inject({ method: 'OPTIONS', url: '/v2/volume', headers }))
      expect(asked).toMatchObject({ status: 403, code: 'AccessDenied' })
      expect(asked.headers['x-snapstand-hint']).toContain(`--cors ${origin}`)
    }
    const none = await server.app.inject({ url: '/v2/volume', headers: { ...HERE, 'sec-fetch-site': 'cross-site' } })
    expect(none.statusCode).toBe(403)
  }))

test('a page that does not tell its origin is let in by * alone', () =>
  using({ cors: ['*'] }, async (server) => {
    const page = await pageCalls(server, { 'sec-fetch-site': 'cross-site' })
    expect(page.status).toBe(200)
    expect(page.headers['access-control-allow-origin']).toBeUndefined()
  }))
