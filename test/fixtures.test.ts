import { afterAll, expect, test } from 'vitest'
import { type Exchange, exchangesOf, type FixtureRequest, providersWithFixtures, seedOf } from './fixtures.ts'
import { type Server, start } from './harness.ts'

// Replays every exchange under fixtures/; test/fixtures.ts describes their form.

const exchanges = providersWithFixtures.flatMap(exchangesOf)

/** One server for each seed and clock; each exchange is a world of its own. */
const servers = new Map<string, Promise<Server>>()
function serverFor(exchange: Exchange): Promise<Server> {
  const { provider, clock, seed } = exchange
  const name = JSON.stringify([provider, clock, seed])
  const known = servers.get(name)
  if (known) return known
  const document = seedOf(exchange)
  const server = start({ clock: { mode: 'manual', at: Date.parse(clock) }, ...(document && { seed: document }) })
  servers.set(name, server)
  return server
}
afterAll(async () => {
  for (const server of servers.values()) await (await server).close()
})

function send(server: Server, request: FixtureRequest, key: string) {
  if ('method' in request) return server.baidu(request.method, request.url, request.body, { key })
  const { action, version, body } = request
  return server.zenlayer(action, body, { key, ...(version !== undefined && { version }) })
}

/** Takes a generated value out of a body and gives it back. */
function take(body: unknown, path: string): unknown {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let inner: unknown = body
  for (const name of names) inner = memberOf(inner, name)
  const value = memberOf(inner, last)
  if (typeof inner === 'object' && inner !== null) Reflect.set(inner, last, null)
  return value
}
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

test('the fixtures are found', () => {
  expect(providersWithFixtures).toContain('zenlayer')
  expect(exchanges.length).toBeGreaterThan(100)
})

test('only what a page prints is called documented', () => {
  const wrong = exchanges.filter(({ kind, title }) => (kind === 'documented') !== title.endsWith('-documented'))
  expect(wrong.map(({ operation, title }) => `${operation}/${title}`)).toEqual([])
})

test('what is ours says which sections it was made after, and what is documented where it stands', () => {
  const known = /\b(?:zenlayer|baidu)\.md \d/
  for (const exchange of exchanges) {
    const where = `${exchange.operation}/${exchange.title}`
    if (exchange.kind === 'ours') expect(exchange.after, where).toMatch(known)
    if (exchange.kind === 'documented') expect(exchange.source, where).toMatch(known)
  }
})

test.for(exchanges)('$provider $operation: $title', async (exchange) => {
  const { provider, operation, title, settings, before = [], request, response, generated = {} } = exchange
  const server = await serverFor(exchange)
  const key = `${provider}-${operation}-${title}`
  if (settings) {
    const changed = await server.control('PATCH', `/settings?world=${key}`, settings)
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  }
  for (const earlier of before) {
    const { status, body } = await send(server, earlier, key)
    expect(status, JSON.stringify(body)).toBeLessThan(300)
  }
  const reply = await send(server, request, key)
  expect(reply.status, JSON.stringify(reply.body)).toBe(response.status)

  const expected: unknown = structuredClone(response.body)
  const answered: unknown = structuredClone(reply.body)
  for (const [path, pattern] of Object.entries(generated)) {
    expect(String(take(expected, path)), `the fixture's ${path}`).toMatch(new RegExp(pattern))
    expect(String(take(answered, path)), `the answer's ${path}`).toMatch(new RegExp(pattern))
  }
  expect(answered).toEqual(expected)
})
