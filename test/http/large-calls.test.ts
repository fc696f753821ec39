import { afterAll, beforeAll, expect, test } from 'vitest'
import { resourcesOf } from '../../src/http/calls/journal-entry.ts'
import { type Server, start } from '../harness.ts'
import { row, rows } from '../providers/zenlayer/stage.ts'

// Bodies up to their limit that are mostly one thing: what is told of them is bounded, and what they mean is not lost.

let server: Server
beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

const MEBI = 1024 ** 2
const list = (item: string) => `[${Array(Math.floor((MEBI - 100) / (item.length + 1))).fill(item)}]`
const POLICY = '"name":"large","timePoints":[1],"repeatWeekdays":[1],"retentionDays":1'
const members = Array.from({ length: 80_000 }, (_, n) => `"m${n}":0`).join(',')

async function send(method: 'POST' | 'PUT', url: string, payload: string, headers: object = {}) {
  const reply = await server.app.inject({ method, url, headers: { host: '127.0.0.1:7420', ...headers }, payload })
  return { status: reply.statusCode, code: reply.json().code, requestId: reply.headers['x-bce-request-id'] }
}
const zec = { 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' }

test.for([
  ['wrong values', 'POST', '/v2/asp', `{"timePoints":${list('{}')}}`, 400, 'Asp.NameInvalid'],
  ['tags', 'POST', '/v2/volume', `{"tags":${list('{"tagKey":""}')}}`, 400, 'BadRequest'],
  ['ids', 'PUT', '/v2/asp/asp-policy00?attach', `{"volumeIds":${list('"v"')}}`, 404, 'NoSuchObject'],
  ['members', 'POST', '/v2/asp', `{${POLICY},${members}}`, 200, undefined],
  ['lists in lists', 'POST', '/v2/asp', `{${POLICY},"x":${list('[[[]]]')}}`, 200, undefined]
] as const)('Baidu: %s', async ([, method, url, payload, status, code]) => {
  expect(await send(method, url, payload)).toMatchObject({ status, code })
})

test.for([
  ['ids', `{"diskIds":${list('"d"')}}`, 200, undefined],
  ['ids, the last of which is none', `{"diskIds":${list('"d"').slice(0, -1)},0]}`, 400, 'INVALID_PARAMETER_TYPE'],
  ['tags', `{"tags":${list('{}')}}`, 400, 'MISSING_PARAMETER'],
  ['members', `{${members}}`, 200, undefined],
  ['objects in objects', `${'{"tags":'.repeat(100_000)}0${'}'.repeat(100_000)}`, 400, 'INVALID_PARAMETER_TYPE'],
  ['brackets', `{"x":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, 400, 'INVALID_PARAMETER_TYPE']
] as const)('Zenlayer: %s', async ([, payload, status, code]) => {
  expect(await send('POST', '/api/v2/zec', payload, zec)).toMatchObject({ status, code })
})

test('of what is unused and named the journal keeps the first few, whatever it comes in', async () => {
  const query = Array.from({ length: 3000 }, (_, n) => `q${n}`).join('&')
  const ids = Array.from({ length: 20_000 }, (_, n) => `"d-${n}"`).join(',')
  const others = members.slice(0, members.indexOf(',"m50000"'))
  await send('POST', `/api/v2/zec?${query}`, `{"diskIds":[${ids}],${others}}`, zec)
  await send('PUT', `/v2/asp/asp-policy00?attach&${query}`, `{"volumeIds":[${ids}],${others}}`)
  const latest = rows(row((await server.control('GET', '/requests?limit=2')).body).requests)
  expect(latest.map(({ operation }) => operation)).toEqual(['AttachAsp', 'DescribeDisks'])
  for (const { unused, resources } of latest) {
    // A hundred each of query and body.
    expect(lengthOf(unused)).toBeLessThanOrEqual(200)
    expect(lengthOf(unused)).toBeGreaterThanOrEqual(100)
    expect(resources).toHaveLength(256)
  }
})

test('of a large value no more is looked at for ids than a page of a list has', () => {
  const item = (id: string) => ({ id, tags: [], size: 1 })
  const items = Array.from({ length: 60_000 }, (_, n) => item(n === 10_000 || n === 59_000 ? `i-${n}` : ''))
  expect(resourcesOf({ items })).toEqual(['i-10000'])
  expect(resourcesOf([[[{ diskIds: ['a', 'b', 3, ''] }], { requestId: 'r', volumeId: 'c' }]])).toEqual(['a', 'b', 'c'])
})

test('a clientToken stands for a large body as it came, for a small one as it is meant', async () => {
  const body = (name: string, first: string) =>
    `{${first},${POLICY.replace('large', name)},"z":[${'1,'.repeat(70_000)}1]}`
  const url = '/v2/asp?clientToken=large'
  const first = await send('POST', url, body('token', '"x":1'))
  expect(first.status).toBe(200)
  expect((await send('POST', url, body('token', '"x":1'))).status).toBe(200)
  expect(await send('POST', url, body('token', '"x": 1'))).toMatchObject({
    status: 403,
    code: 'IdempotentParameterMismatch'
  })
  const small = '/v2/asp?clientToken=small'
  expect((await send('POST', small, `{${POLICY.replace('large', 'small')},"x":1}`)).status).toBe(200)
  expect((await send('POST', small, `{"x": 1,${POLICY.replace('large', 'small')}}`)).status).toBe(200)
})

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : Number.NaN
}
