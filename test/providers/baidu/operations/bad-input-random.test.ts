import { TypeCompiler } from '@sinclair/typebox/compiler'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TRANSITIONS } from '../../../../src/core/model/rules.ts'
import { errors } from '../../../../src/providers/baidu/errors.ts'
import { baidu } from '../../../../src/providers/baidu/index.ts'
import type { Operation } from '../../../../src/providers/provider.ts'
import { exactly } from '../../../exact.ts'
import { runs } from '../../../runs.ts'
import { type Answer, listen } from '../listening.ts'
import { badRequests } from './bad-requests.ts'

const SEED = 20260105
const EACH = runs(4, 20)
const RESPONSES = new Map(baidu.operations.map((row) => [row, TypeCompiler.Compile(exactly(row.response))]))
const COMMON = Object.entries(baidu.catalogue).flatMap(([code, refusal]) => (refusal.common ? [code] : []))

let server: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  server = await listen()
})
afterAll(() => server.close())

/** The code of a refusal, after every promise about its form has been checked: only the row's own codes and common ones. */
function codeOf({ status, headers, text }: Answer, row?: Operation): string {
  const refusal: { requestId: string; code: keyof typeof errors; message: string } = JSON.parse(text)
  expect(Object.keys(refusal).sort()).toEqual(['code', 'message', 'requestId'])
  expect(refusal.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(headers).toMatchObject({
    'x-bce-request-id': refusal.requestId,
    'content-type': 'application/json;charset=UTF-8',
    server: 'BWS'
  })
  expect([...COMMON, ...(row?.errors ?? [])]).toContain(refusal.code)
  const worded = { ...errors[refusal.code], ...row?.wording[refusal.code] }
  // What is wrong before a row is looked at has the catalogue's words.
  const allowed = [worded, errors[refusal.code]].map((one) => [one.status, one.message])
  expect(allowed).toContainEqual([status, refusal.message])
  return refusal.code
}

/** The row that the server took a request for: so says its journal. */
function meantBy({ headers }: Answer, key: string): Operation | undefined {
  const id = String(headers['x-bce-request-id'])
  const { journals } = server.core
  // Where not even the key could be read, it was a call of the world `default`, which need not be there.
  const kept = [journals.own, journals.find(key), journals.find('default')]
  const entry = kept.flatMap((journal) => journal?.find(id) ?? [])[0]
  if (!entry) throw new Error(`no journal has the call ${id}`)
  return baidu.operations.find(({ name }) => name === entry.operation)
}

/** In one world everything is done at once; in the other nothing that was begun is ever done. */
const SPEEDS = ['at once', 'never done']
const SLOW = Object.fromEntries(TRANSITIONS.map((transition) => [`delays.${transition}Ms`, 60_000]))
const CASES = SPEEDS.flatMap((speed) => baidu.operations.map(({ name }, index) => [name, speed, index] as const))

test.for(CASES)(
  '%s answers bad input in its own form, and a refusal changes nothing: %s',
  async ([name, speed, index]) => {
    const operation = baidu.operations[index]
    if (!operation) throw new Error('no such operation')
    const key = `${name} ${speed}`
    if (speed === 'never done') {
      const path = `/_snapstand/settings?world=${encodeURIComponent(key)}`
      expect((await server.call('PATCH', path, { body: JSON.stringify(SLOW) })).status).toBe(200)
    }
    let before = server.stateOf(key)
    for (const { method, url, body } of fc.sample(badRequests(operation), {
      numRuns: EACH,
      seed: SEED + index + (speed === 'at once' ? 0 : 1000)
    })) {
      const answer = await server.call(method, url, { body, key })
      const said = `${method} ${url} ${body.toString().slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 300)}`
      expect(answer.status, said).toBeLessThan(500)
      const after = server.stateOf(key)
      // An odd path or query may well mean another operation.
      const meant = meantBy(answer, key)
      if (answer.status === 200) {
        const result: unknown = answer.text === '' ? undefined : JSON.parse(answer.text)
        expect(meant && RESPONSES.get(meant)?.Check(result), said).toBe(true)
        if (method === 'GET') expect(after, said).toBe(before)
      } else {
        const code = codeOf(answer, meant)
        expect(after, `${said} (${code})`).toBe(before)
      }
      before = after
    }
  }
)

describe('odd addresses', () => {
  const ODD = [
    '/v2',
    '/v2/',
    '/v2//',
    '//v2/asp',
    '/v2//asp',
    '/v2/asp/',
    '/v2/asp//',
    '/v2/./asp',
    '/v2/../v2/asp',
    '/v2/asp/..',
    '/v2/asp/%',
    '/v2/asp/%zz',
    '/v2/asp/%ff',
    '/v2/asp/%c0%af',
    '/v2/asp/%00',
    '/v2/asp/%2F',
    '/v2/asp/%252F',
    '/v2%2Fasp',
    '/%762/asp',
    '/v2/%61sp',
    '/v2/asp;x=1',
    '/v2/asp/;',
    '/v2/asp/:aspId',
    '/v2/asp/*',
    '/v2/asp/~attach',
    '/v2/ASP',
    '/v2/asp?',
    '/v2/asp?&',
    '/v2/asp?=',
    '/v2/asp?=&=',
    '/v2/asp?%zz',
    '/v2/asp?a=%',
    '/v2/asp?__proto__=1',
    '/v2/asp??',
    '/v2/asp?maxKeys=1&maxKeys=2',
    '/v2/asp?maxKeys=2&maxKeys=',
    '/v2/asp?maxKeys=x&maxKeys=1',
    '/v2/asp?maxKeys[]=1',
    '/v2/asp/asp-none0000?attach',
    '/v2/asp/asp-none0000?attach&detach',
    '/v2/asp/asp-none0000?attach=&attach',
    '/v2/asp/asp-none0000?Attach',
    '/v2/asp/asp-none0000?attach%00',
    '/v2/asp/asp-none0000?%61ttach',
    '/v2/asp/update',
    '/v1/asp',
    '/v3/asp',
    '/v3/snapshot/x',
    '/v22',
    '/v2.0/asp',
    '/v9/%zz',
    '/v2snapshot/unShare',
    '/v2asp',
    '/v0',
    '/~baidu/~/v2/asp',
    '/v2/~baidu',
    '/v2/snapshot/chain/x/tag?bind',
    `/v2/asp/${'a'.repeat(9000)}`,
    `/v2/${'a/'.repeat(4000)}`,
    `/v2/asp?${'a=b&'.repeat(2000)}`,
    '/v2/asp#x',
    '/v2/asp/x#?attach'
  ]
  const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']

  test.for(METHODS)('of %s are answered in our form, and change nothing', async (method) => {
    const before = server.stateOf('odd')
    for (const url of ODD) {
      const answer = await server.call(method, url, { key: 'odd' })
      const said = `${method} ${url.slice(0, 100)} → ${answer.status} ${answer.text.slice(0, 200)}`
      expect(answer.status, said).toBeLessThan(500)
      // Beside our paths it is the emulator that answers, not the cloud.
      if (!/^\/+(?:v|%76)\d|^\/+(?:v|%76)%/.test(url)) expect(answer.status, said).toBe(404)
      else if (answer.status !== 200) codeOf(answer, meantBy(answer, 'odd'))
      else expect(method, said).toBe('GET')
    }
    expect(server.stateOf('odd')).toBe(before)
  })

  test('of a repeated key the last value counts, and an empty key is nothing', async () => {
    const maxKeys = async (query: string) => {
      const { status, text } = await server.call('GET', `/v2/asp?${query}`)
      const { maxKeys }: { maxKeys?: number } = JSON.parse(text)
      return status === 200 ? maxKeys : status
    }
    expect(await maxKeys('maxKeys=1&maxKeys=2')).toBe(2)
    expect(await maxKeys('maxKeys=x&maxKeys=1')).toBe(1)
    expect(await maxKeys('maxKeys=1&maxKeys=x')).toBe(400)
    expect(await maxKeys('maxKeys=2&maxKeys=')).toBe(1000)
    expect(await maxKeys('=5&&maxKeys=3&=')).toBe(3)
    expect(await maxKeys('maxKeys=0')).toBe(400)
    expect(await maxKeys('maxKeys=1001')).toBe(1000)
  })
})

test('ids of another world are ids of nothing', async () => {
  const key = 'stranger'
  const post = (path: string, body: object) => server.call('POST', path, { body: JSON.stringify(body), key: 'owner' })
  const idIn = ({ text }: Answer) => /"((?:asp|v|s)-\w+)"/.exec(text)?.[1] ?? ''
  const asp = { name: 'theirs', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 }
  // The stranger makes nothing, so nothing there has these numbers.
  const ids = {
    aspId: idIn(await post('/v2/asp', asp)),
    volumeId: idIn(await post('/v2/volume', { cdsSizeInGB: 20, name: 'theirs' })),
    snapshotId: idIn(await post('/v2/snapshot', { volumeId: 'v-data0000', snapshotName: 'theirs' }))
  }
  expect(
    Object.values(ids).every((id) => /^\w+-\w{8}$/.test(id)),
    JSON.stringify(ids)
  ).toBe(true)
  const before = [server.stateOf('owner'), server.stateOf(key)]
  const calls: readonly [string, string, object][] = [
    ['GET', `/v2/asp/${ids.aspId}`, {}],
    ['DELETE', `/v2/asp/${ids.aspId}`, {}],
    ['PUT', '/v2/asp/update', { aspId: ids.aspId, name: 'mine' }],
    ['PUT', `/v2/asp/${ids.aspId}?attach`, { volumeIds: ['v-used0000'] }],
    ['PUT', '/v2/asp/asp-none0000?attach', { volumeIds: [ids.volumeId] }],
    ['GET', `/v2/volume/${ids.volumeId}`, {}],
    ['DELETE', `/v2/volume/${ids.volumeId}`, {}],
    ['PUT', `/v2/volume/${ids.volumeId}?resize`, { newCdsSizeInGB: 500 }],
    ['PUT', '/v2/volume/v-data0000?rollback', { snapshotId: ids.snapshotId }],
    ['GET', `/v2/snapshot/${ids.snapshotId}`, {}],
    ['DELETE', `/v2/snapshot/${ids.snapshotId}`, {}],
    ['POST', '/v2/snapshot', { volumeId: ids.volumeId, snapshotName: 'mine' }]
  ]
  for (const [method, url, body] of calls) {
    const answer = await server.call(method, url, { body: method === 'GET' ? '' : JSON.stringify(body), key })
    expect([answer.status, codeOf(answer, meantBy(answer, key))], `${method} ${url}`).toEqual([404, 'NoSuchObject'])
  }
  expect([server.stateOf('owner'), server.stateOf(key)]).toEqual(before)
})
