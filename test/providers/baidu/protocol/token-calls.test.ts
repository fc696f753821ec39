import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listen } from '../listening.ts'

const BODY = '{"name":"asp-num1","timePoints":["20"],"repeatWeekdays":["1","5"],"retentionDays":"7"}'
const HOUR_MS = 3_600_000

let server: Awaited<ReturnType<typeof listen>>
beforeEach(async () => {
  server = await listen()
})
afterEach(() => server.close())

async function create(token: string, { key = 'default', body = BODY, path = '/v2/asp' } = {}) {
  const { status, headers, text } = await server.call('POST', `${path}?clientToken=${token}`, { key, body })
  return { status, text, id: headers['x-bce-request-id'] }
}

async function policies(key = 'default'): Promise<number> {
  const { text } = await server.call('GET', '/v2/asp', { key })
  const { autoSnapshotPolicys }: { autoSnapshotPolicys: unknown[] } = JSON.parse(text)
  return autoSnapshotPolicys.length - 1
}

describe('a repeated clientToken', () => {
  test('makes one policy of fifty concurrent calls, and fifty equal answers', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create('tok')))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(answers[0]?.text).toMatch(/^\{"aspId":"asp-[0-9A-Za-z]{8}"\}$/)
    expect(new Set(answers.map(({ id }) => id)).size).toBe(50)
    expect(await policies()).toBe(1)
  })

  test('compares bodies as JSON, and other requests get 403 IdempotentParameterMismatch', async () => {
    const first = await create('tok')
    expect((await create('tok', { body: ` ${BODY.replaceAll(',', ' , ')}` })).text).toBe(first.text)
    const others = [
      create('tok', { body: BODY.replace('num1', 'num2') }),
      create('tok', { body: BODY.replace('"20"', '20') }),
      create('tok&x=1'),
      server.call('PUT', '/v2/asp/asp-policy00?detach&clientToken=tok', { body: '{"volumeIds":["v-used0000"]}' })
    ]
    for (const { status, text } of await Promise.all(others)) {
      expect(status).toBe(403)
      expect(JSON.parse(text)).toMatchObject({
        code: 'IdempotentParameterMismatch',
        message: 'The request uses the same client token as a previous, but non-identical request.'
      })
    }
    expect(await policies()).toBe(1)
  })

  test('repeats an empty answer, too', async () => {
    const detach = () =>
      server.call('PUT', '/v2/asp/asp-policy00?detach&clientToken=tok', { body: '{"volumeIds":["v-used0000"]}' })
    const attach = () => server.call('PUT', '/v2/asp/asp-policy00?attach', { body: '{"volumeIds":["v-used0000"]}' })
    const count = async () => (await server.call('GET', '/v2/asp/asp-policy00')).text
    expect(await detach()).toMatchObject({ status: 200, text: '' })
    expect(await attach()).toMatchObject({ status: 200, text: '' })
    expect(await detach()).toMatchObject({ status: 200, text: '' })
    expect(await count()).toContain('"volumeCount":1')
  })

  test('belongs to its world', async () => {
    await create('tok', { key: 'one' })
    await create('tok', { key: 'two', body: BODY.replace('num1', 'num2') })
    expect([await policies('one'), await policies('two')]).toEqual([1, 1])
  })

  test('lives for 24 hours from the last time it was received, by the clock of the world', async () => {
    const first = await create('tok')
    const world = server.core.world('default')
    for (let times = 0; times < 3; times++) {
      await world.advance({ by: 23 * HOUR_MS })
      expect((await create('tok')).text).toBe(first.text)
    }
    await world.advance({ by: 24 * HOUR_MS + 1000 })
    expect((await create('tok')).text).not.toBe(first.text)
    expect(await policies()).toBe(2)
  })
})

describe('a token is not remembered', () => {
  test('after a refusal of the input, or by the state', async () => {
    expect((await create('tok', { body: BODY.replace('"20"', '"24"') })).status).toBe(400)
    expect((await create('tok')).status).toBe(200)
    const rename = () =>
      server.call('PUT', '/v2/asp/asp-none0000?attach&clientToken=gone', { body: '{"volumeIds":["v-used0000"]}' })
    expect((await rename()).status).toBe(404)
    expect((await create('gone')).status).toBe(200)
  })

  test('of a GET', async () => {
    await create('tok')
    expect((await server.call('GET', '/v2/asp?clientToken=tok')).status).toBe(200)
    expect(await policies()).toBe(1)
  })

  test('when it is empty', async () => {
    const answers = [await create(''), await create('')]
    expect(new Set(answers.map(({ text }) => text)).size).toBe(2)
  })
})

test.for(['t'.repeat(65), '%E6%AF%8F'])(
  'the token %s is a BadRequest that comes after the rules of members',
  async (token) => {
    expect(await create(token)).toMatchObject({ status: 400, text: expect.stringContaining('"BadRequest"') })
    const wrong = await create(token, { body: BODY.replace('"20"', '"24"') })
    expect(wrong.text).toContain('"Asp.TimePointsInvalid"')
    expect(await policies()).toBe(0)
  }
)

test('a token of another account sees nothing, and no call needs one', async () => {
  const answers = [
    await server.call('POST', '/v2/asp', { body: BODY }),
    await server.call('POST', '/v2/asp', { body: BODY })
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await policies()).toBe(2)
})
