import { expect, test } from 'vitest'
import { type Server, type StartOptions, start } from '../harness.ts'

async function using(options: StartOptions, work: (server: Server) => Promise<void>): Promise<void> {
  const server = await start(options)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

const asp = { name: 'nightly', timePoints: ['24'], repeatWeekdays: ['0'], retentionDays: '7' }

test('a refused call without a key is found without naming a world, though it made none', () =>
  using({ auth: 'verify' }, async ({ control, baidu, zenlayer, core }) => {
    const refused = await baidu('POST', '/v2/asp', asp)
    await zenlayer('Nope')
    await baidu('GET', '/v2/nothing')
    await baidu('GET', '/v2/%zz')
    expect(core.worlds()).toStrictEqual([])
    const { body } = await control('GET', '/requests')
    expect(body).toMatchObject({ world: 'default', added: 4, found: 4 })
    expect(body).toMatchObject({ requests: [{}, {}, {}, { id: refused.requestId, world: 'default' }] })
    const one = await control('GET', `/requests/${refused.requestId}?world=default`)
    expect(one.body).toMatchObject({ code: 'Asp.TimePointsInvalid', refusal: { hint: expect.any(String) } })
    // They stay when the world comes into being, and are counted with its own.
    await baidu('GET', '/v2/volume')
    expect((await control('GET', '/requests')).body).toMatchObject({ added: 5, found: 5 })
    expect((await control('GET', '/requests?world=*')).body).toMatchObject({ added: 5, found: 5 })
  }))

test('so is one with a key whose owner it proved to be, in the world of the key', () =>
  using({ auth: 'verify' }, async ({ control, baidu, core }) => {
    const refused = await baidu('POST', '/v2/asp', asp, { key: 'run-17' })
    expect(core.worlds()).toStrictEqual([])
    const found = await control('GET', '/requests?world=run-17')
    expect(found.body).toMatchObject({ found: 1, requests: [{ id: refused.requestId, world: 'run-17' }] })
    expect((await control('GET', '/requests')).body).toMatchObject({ found: 0 })
    await control('DELETE', '/requests?world=run-17')
    expect((await control('GET', '/requests?world=*')).body).toMatchObject({ found: 0 })
  }))

test('whose call proved nothing is told of in no world', () =>
  using({ auth: 'verify' }, async ({ app, control }) => {
    const authorization = `bce-auth-v1/run-17/${new Date().toISOString().slice(0, 19)}Z/1800/host/${'0'.repeat(64)}`
    await app.inject({ url: '/v2/volume', headers: { host: 'localhost', authorization } })
    for (const world of ['run-17', 'default']) {
      expect((await control('GET', `/requests?world=${world}`)).body).toMatchObject({ found: 0 })
    }
    expect((await control('GET', '/requests?world=*')).body).toMatchObject({
      requests: [{ world: null, code: 'SignatureDoesNotMatch' }]
    })
  }))

test('a reset empties the journal of a world that is not there, too', () =>
  using({ auth: 'verify' }, async ({ control, baidu, core }) => {
    await baidu('POST', '/v2/asp', asp)
    await baidu('POST', '/v2/asp', asp, { key: 'a' })
    expect((await control('POST', '/reset', {})).body).toStrictEqual({ worlds: ['default'] })
    expect((await control('GET', '/requests')).body).toMatchObject({ added: 0 })
    await control('POST', '/reset?world=*', {})
    expect((await control('GET', '/requests?world=*')).body).toMatchObject({ added: 0 })
    expect(core.worlds()).toStrictEqual([])
  }))

test('journals of worlds that are not there are few: of too many the one that waited longest goes', () =>
  using({}, async ({ baidu, control }) => {
    const refuse = (key: string) => baidu('GET', '/v2/nothing', undefined, { key })
    for (let key = 0; key < 300; key++) {
      await refuse(`k-${key}`)
      if (key === 250) await refuse('k-0')
    }
    const found = async (world: string) => (await control('GET', `/requests?world=${world}`)).body
    expect(await found('k-299')).toMatchObject({ found: 1 })
    expect(await found('k-0')).toMatchObject({ found: 2 })
    expect(await found('k-1')).toMatchObject({ found: 0 })
    expect(await found('*')).toMatchObject({ found: 257 })
  }))

test('request ids of a world that is not there depend on no other world, and go on when it comes into being', async () => {
  const idsOf = async (neighbours: boolean) => {
    const ids: (string | undefined)[] = []
    await using({ auth: 'verify' }, async ({ baidu, core }) => {
      const mine = async (method: 'GET' | 'POST', url: string, body?: object) => {
        const { requestId } = await baidu(method, url, body, { key: 'mine' })
        ids.push(requestId)
        if (!neighbours) return
        for (const key of ['other', 'third']) await baidu('POST', '/v2/asp', asp, { key })
        await baidu('GET', '/v2/nothing')
      }
      await mine('POST', '/v2/asp', asp)
      await mine('GET', '/v2/nothing')
      expect(core.peek('mine')).toBeUndefined()
      await mine('GET', '/v2/volume')
      await mine('POST', '/v2/asp', asp)
    })
    return ids
  }
  const alone = await idsOf(false)
  expect(new Set(alone).size).toBe(4)
  expect(await idsOf(true)).toStrictEqual(alone)
})

test('a reset starts the series of request ids again, also of a world that is not there', () =>
  using({ auth: 'verify' }, async ({ control, baidu }) => {
    const refused = async () => (await baidu('POST', '/v2/asp', asp, { key: 'mine' })).requestId
    const first = await refused()
    expect(await refused()).not.toBe(first)
    await control('POST', '/reset?world=mine', {})
    expect(await refused()).toBe(first)
  }))

test('what is told of a small call when it is read is what is told of a large one at once', () =>
  using({ auth: 'off' }, async ({ app, control, zenlayer }) => {
    await zenlayer('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'first' })
    const body = JSON.stringify({ pageSize: 5, diskIds: ['1700000000000000102'], zone: 'a', '\ud800': [] })
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-zc-action': 'DescribeSnapshots',
      'x-zc-version': '2025-09-01',
      'x-request': '17',
      authorization: 'Bearer a-token-that-is-never-told'
    }
    for (const payload of [body, body.replace('{', `{${' '.repeat(4000)}`)]) {
      await app.inject({ method: 'POST', url: '/api/v2/zec?a=a-token-that-is-never-told', headers, payload })
    }
    const { requests } = Object((await control('GET', '/requests?world=*&operation=DescribeSnapshots')).body)
    const [large, small] = requests.map(({ id: _id, at: _at, wallAt: _wallAt, ...told }: Record<string, unknown>) => ({
      ...told,
      request: String(told.request).replace(/ {2,}/, ''),
      response: String(told.response).replace(/T[0-9A-F-]{36}/g, ''),
      durationMs: 0
    }))
    expect(small).toStrictEqual(large)
    expect(small).toMatchObject({ resources: ['1700000000000000102'], unused: ['query.a', 'body.zone', 'body.\ud800'] })
    expect(JSON.stringify(small)).not.toContain('never-told')
  }))

test('calls are found by their cloud, by being refused, and by a text that they say', () =>
  using({ auth: 'verify' }, async ({ control, baidu, zenlayer }) => {
    await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'nightly-7' })
    await baidu('POST', '/v2/asp', asp)
    await baidu('GET', '/v2/volume?maxKeys=7')
    const found = async (query: string): Promise<unknown> => {
      const { status, body } = await control('GET', `/requests?${query}`)
      expect(status, query).toBe(200)
      return Object(body).requests.map(({ operation }: { readonly operation: unknown }) => operation)
    }
    expect(await found('provider=baidu')).toEqual(['ListVolumes', 'CreateAsp'])
    expect(await found('provider=baidu&refusal=true')).toEqual(['CreateAsp'])
    expect(await found('refusal=false')).toEqual(['ListVolumes'])
    expect(await found('text=nightly')).toEqual(['CreateAsp', 'CreateSnapshot'])
    expect(await found('text=nightly-7')).toEqual(['CreateSnapshot'])
    expect(await found('text=maxKeys%3D7')).toEqual(['ListVolumes'])
    // The answer's body and the words of the refusal, and no pattern.
    expect(await found('text=v-Starter')).toEqual(['ListVolumes'])
    expect(await found('text=timePoints&refusal=true')).toEqual(['CreateAsp'])
    expect(await found('text=.*')).toEqual([])
  }))

test.for([
  ['provider=aws', 'provider'],
  ['refusal=yes', 'refusal'],
  ['refusal=', 'refusal'],
  ['text=', 'text'],
  [`text=${'x'.repeat(201)}`, 'text']
])('%.30s is refused, naming %s', ([query, field]) =>
  using({}, async ({ control }) => {
    const { status, body } = await control('GET', `/requests?${query}`)
    expect({ status, body }).toMatchObject({ status: 400, body: { field, example: expect.anything() } })
  })
)

test('of what no operation reads the most frequent is listed, and the rest counted', () =>
  using({}, async ({ control, zenlayer }) => {
    await zenlayer('DescribeDisks', { often: 1 })
    const names = Array.from({ length: 90 }, (_, n) => `name-${n}`)
    for (const group of ['a', 'b']) {
      await zenlayer('DescribeDisks', { often: 1, ...Object.fromEntries(names.map((name) => [`${group}-${name}`, 1])) })
    }
    const { unused, unusedMore } = Object((await control('GET', '/requests')).body)
    expect(Object.keys(unused)).toHaveLength(100)
    expect(unused['DescribeDisks body.often']).toBe(3)
    expect(unusedMore).toBe(180 - 99)
  }))

test('of a long name that no operation reads the beginning is kept', () =>
  using({}, async ({ control, zenlayer }) => {
    await zenlayer('DescribeDisks', { ['x'.repeat(100_000)]: 1 })
    const { unused } = Object((await control('GET', '/requests')).body)
    expect(JSON.stringify(unused).length).toBeLessThan(400)
  }))
