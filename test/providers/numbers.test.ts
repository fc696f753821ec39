import { KindGuard, type TSchema } from '@sinclair/typebox'
import { expect, test } from 'vitest'
import { baidu } from '../../src/providers/baidu/index.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { stages } from './baidu/stage.ts'

const stage = stages()

// JSON writes numbers from 1e21 on in another form, which no client reads as an integer: what is echoed has a bound.

const providers: readonly Provider[] = [zenlayer, baidu]

/** Paths of integers without a bound. */
function unbounded(schema: TSchema, path: string): string[] {
  if (schema.ignored === true) return []
  if (KindGuard.IsInteger(schema)) return schema.maximum === undefined ? [path] : []
  if (KindGuard.IsObject(schema)) {
    return Object.entries(schema.properties).flatMap(([name, member]) => unbounded(member, `${path}.${name}`))
  }
  if (KindGuard.IsArray(schema)) return unbounded(schema.items, `${path}[]`)
  if (KindGuard.IsUnion(schema)) return schema.anyOf.flatMap((form) => unbounded(form, path))
  return []
}

/** None of them is echoed: page sizes are cut, pages are counted off, terms are looked up in a list. */
const NOT_ECHOED = /\.(?:maxKeys|pageNum|reservationLength|renewTime)$/

test('every integer of a request that may come back in an answer has a bound', () => {
  const found = providers.flatMap(({ operations }) =>
    operations.flatMap(({ name, request: { query, body } }) => [...unbounded(query, name), ...unbounded(body, name)])
  )
  expect(found.filter((path) => !NOT_ECHOED.test(path))).toEqual([])
  expect(found.length).toBeGreaterThan(10)
})

test('every integer of a seed has a bound', () => {
  expect(providers.flatMap(({ name, seed }) => unbounded(seed.schema, name))).toEqual([])
})

test.for(['pageNo', 'pageSize'])(
  'a %s beyond 32 bits is refused, the greatest one is echoed as an integer',
  async (name) => {
    const { call, ok } = await stage()
    for (const digits of ['2147483648', '9'.repeat(23), '9'.repeat(400)]) {
      expect((await call(`GET /v2/snapshot/chain?${name}=${digits}`)).code, digits).toBe('BadRequest')
    }
    const page = await ok(`GET /v2/snapshot/chain?${name}=2147483647`)
    expect(JSON.stringify(page[name])).toMatch(/^\d+$/)
  }
)

test('a page size of marker lists is cut, however great', async () => {
  const { call } = await stage()
  for (const path of ['/v2/snapshot', '/v2/asp', '/v2/volume', '/v3/volume', '/v2/instance', '/v2/image']) {
    const reply = await call(`GET ${path}?maxKeys=${'9'.repeat(23)}`)
    expect(JSON.stringify(reply.body), path).toContain('"maxKeys":1000')
  }
})
